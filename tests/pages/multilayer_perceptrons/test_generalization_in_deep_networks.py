import matplotlib.pyplot as plt
import torch

from d2lbook_utils.figures.multilayer_perceptrons import generalization_in_deep_networks as draw

GRID = torch.linspace(0, 1, 5)
X, Y = torch.tensor([0.2, 0.8]), torch.tensor([1.0, -1.0])


def test_memorising_pairs_runs_by_colour():
    draw.memorising({"true": ([0.5, 1.0], [0.4, 0.8]), "random": ([0.1, 0.9], [0.1, 0.2])})
    lines = plt.gca().lines
    assert [list(line.get_ydata()) for line in lines] == [[0.5, 1], [0.4, 0.8], [0.1, 0.9], [0.1, 0.2]]
    assert [line.get_color() for line in lines] == ["C0", "C0", "C1", "C1"] and list(lines[0].get_xdata()) == [1, 2]
    assert lines[3].get_label() == "random, test" and lines[3].get_linestyle() == "--"


def test_stopping_marks_the_kept_epoch_and_shades_the_rest():
    draw.stopping(1, [3.0, 2, 1, 0], [3.0, 2, 2.5, 3], [0.1] * 4, [0.2] * 4, [0.3] * 4, 2, 3)
    top, bottom = plt.gcf().axes
    assert list(top.lines[2].get_xdata()) == [2] and list(top.lines[2].get_ydata()) == [2.0]
    assert top.patches[0].get_x() == 3 and len(bottom.patches) == 1
    assert "stops after epoch 3" in top.get_title() and [line.get_ydata()[0] for line in bottom.lines[:3]] == [0.1, 0.2, 0.3]


def test_stopping_without_a_stop_shades_nothing():
    draw.stopping(9, [3.0, 2], [3.0, 2], [0.1] * 2, [0.2] * 2, [0.3] * 2, 2, None)
    top, bottom = plt.gcf().axes
    assert not top.patches and not bottom.patches and "does not stop" in top.get_title()


def test_steps_mark_the_error_of_this_number():
    draw.steps(10, [1, 10, 100], GRID, GRID, 2 * GRID, X, Y, [0.3, 0.1, 0.2])
    top, bottom = plt.gcf().axes
    truth, fit, points = top.lines
    assert torch.equal(torch.as_tensor(fit.get_ydata()), GRID) and torch.equal(torch.as_tensor(truth.get_ydata()), 2 * GRID)
    assert torch.equal(torch.as_tensor(points.get_xdata()), X)
    assert list(bottom.lines[1].get_xdata()) == [10] and list(bottom.lines[1].get_ydata()) == [0.1] and bottom.get_xscale() == "log"


def test_features_mark_error_and_length_and_the_number_of_examples():
    draw.features(4, [1, 4, 9], GRID, GRID, GRID, X, Y, [0.3, 0.1, 0.2], [1.0, 5.0, 2.0])
    _, middle, bottom = plt.gcf().axes
    for axes, value in [(middle, 0.1), (bottom, 5.0)]:
        curve, mark, threshold = axes.lines
        assert list(mark.get_xdata()) == [4] and list(mark.get_ydata()) == [value] and threshold.get_xdata()[0] == 2
    assert middle.get_ylabel() == "test error" and "n = 2" in bottom.get_xlabel()


def test_descent_shows_all_curves_and_one_norm():
    plt.figure()
    draw.descent([1, 2], {"noisy": [3.0, 1.0], "ridge": [2.0, 1.5]}, [7.0, 8.0], 2)
    top, bottom = plt.gcf().axes
    assert [list(line.get_ydata()) for line in top.lines[:2]] == [[3, 1], [2, 1.5]] and top.lines[1].get_label() == "ridge"
    assert top.lines[0].get_marker() != top.lines[1].get_marker()
    assert list(bottom.lines[0].get_ydata()) == [7, 8] and bottom.lines[1].get_xdata()[0] == 2


def test_remedies_in_given_order_from_the_top():
    draw.remedies({"none": 0.6, "dropout": 0.8})
    axes = plt.gca()
    assert [bar.get_width() for bar in axes.patches] == [0.6, 0.8] and axes.yaxis_inverted()
    assert [text.get_text() for text in axes.texts] == ["0.60", "0.80"]
    assert axes.patches[0].get_facecolor() != axes.patches[1].get_facecolor() and axes.lines[0].get_xdata()[0] == 0.6
