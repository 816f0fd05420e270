import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.colors import to_rgba

from d2lbook_utils.figures.multilayer_perceptrons import dropout


def test_layer_counts_survivors_and_shows_the_mean():
    values = torch.tensor([2.0, 0.0, 6.0, 0.0]).repeat(25)
    dropout.layer(values, 0.5)
    units, histogram = plt.gcf().axes
    assert units.get_title() == "p = 0.5: 30 of 60 units survive"
    discs, crosses = units.collections
    assert len(discs.get_offsets()) == len(crosses.get_offsets()) == 30
    assert sorted(set(discs.get_sizes())) == [44, 132]
    heights = {round(bar.get_x() + bar.get_width() / 2, 2): bar.get_height() for bar in histogram.patches}
    assert np.isclose(heights[0], 0.5) and np.isclose(heights[2], 0.25) and np.isclose(heights[6], 0.25)
    line = histogram.lines[0]
    assert line.get_xdata()[0] == 2 and line.get_label() == "mean 2.00" and histogram.get_xlabel() == "value after dropout"


def test_bowl_marks_a_line_or_a_point():
    def loss(w1, w2, p):
        return (w1 + w2 - 1) ** 2 + p * (w1**2 + w2**2)

    dropout.bowl(loss, 0.0, None)
    line = plt.gca().lines[0]
    assert np.allclose(line.get_xdata() + line.get_ydata(), 1)
    plt.figure()
    dropout.bowl(loss, 0.5, (0.4, 0.4))
    star = plt.gca().lines[0]
    assert star.get_xydata().tolist() == [[0.4, 0.4]] and star.get_label() == "best: (0.40, 0.40)"
    assert plt.gca().get_title() == "average loss, p = 0.5" and plt.gca().get_xlabel() == "$w_1$, first word"


def test_dropped_units_have_no_edges():
    masks = torch.tensor([True, False, True]), torch.tensor([False, True])
    dropout.network(masks, "step 1")
    axes = plt.gca()
    crosses = [line for line in axes.lines if line.get_marker() == "x"]
    assert len(crosses) == 2
    assert len(axes.lines) - len(crosses) == 4 * 2 + 2 * 1 + 1 * 3
    assert [patch.get_linestyle() for patch in axes.patches] == ["-"] * 4 + ["-", "--", "-"] + ["--", "-"] + ["-"] * 3
    assert axes.get_title() == "step 1: 2 of 3 and 1 of 2 hidden units"


def test_fates_show_the_chosen_epoch():
    accuracy = {"without": [0.2, 0.6], "with": [0.1, 0.7]}
    fates = {"without": torch.tensor([[0.5, 0.25, 0.25], [0.25, 0.75, 0.0]]), "with": torch.tensor([[0.5, 0.0, 0.5], [1.0, 0.0, 0.0]])}
    dropout.fates([5, 10], accuracy, fates, 10)
    curves, bars = plt.gcf().axes
    marks = [line.get_xydata().tolist() for line in curves.lines if line.get_marker() == "o"]
    assert marks == [[[10, 0.6]], [[10, 0.7]]]
    widths = [patch.get_width() for patch in bars.patches]
    assert np.allclose(widths, [0.25, 0.75, 0, 1, 0, 0])
    assert bars.patches[1].get_facecolor() == to_rgba("C1") and [t.get_text() for t in bars.texts] == ["25%", "75%", "100%"]
    assert [t.get_text() for t in bars.get_yticklabels()] == ["without", "with"]


def test_fan_is_two_standard_deviations_wide():
    grid = torch.tensor([0.0, 1.0])
    passes = torch.tensor([[1.0, 2.0], [1.0, 4.0], [1.0, 6.0]])
    dropout.fan(torch.tensor([0.5]), torch.tensor([3.0]), grid, passes)
    axes = plt.gca()
    lines = {line.get_label(): line for line in axes.lines}
    assert lines["mean of the passes"].get_ydata().tolist() == [1, 4] and lines["training data"].get_ydata().tolist() == [3]
    top = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert np.isclose(top.max(), 8) and np.isclose(top.min(), 0)
