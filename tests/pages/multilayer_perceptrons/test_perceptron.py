import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from d2lbook_utils.figures.multilayer_perceptrons import perceptron as draw

X = torch.tensor([[-0.5, 0.0], [0.5, 0.2], [0.6, -0.4]])
y = torch.tensor([-1.0, 1.0, 1.0])


def texts(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def points(axes):
    """The examples on the axes, circles first."""
    return np.concatenate([cloud.get_offsets() for cloud in axes.collections[-2:]])


def rings(axes):
    return [line.get_xydata()[0].tolist() for line in axes.lines if line.get_marker() == "o"]


@pytest.mark.parametrize("bias, score, output", [(0.0, "5", "+1"), (-7.0, "-2", "-1"), (-5.0, "0", "?")])
def test_unit_adds_up(bias, score, output):
    draw.unit(torch.tensor([3.0, 2.0]), torch.tensor([3.0, -2.0]), torch.tensor(bias), ["redness", "spots"])
    shown = texts(plt.gca())
    assert shown[:9:3] == ["+3", "-2", f"{bias:+g}" if bias else "0"] and shown[1:9:3] == ["3", "2", "1"]
    assert shown[shown.index("score") - 1] == score and shown[shown.index("output") - 1] == output


def test_update_rings_the_mistake_and_draws_both_lines():
    path = torch.tensor([[0.0, 0.0, 0.0], [1.0, 0.0, -0.25], [1.0, 1.0, 0.0]])
    draw.update(X, y, path, [2, 1], [3, 1, 0], 2)
    plane, count = plt.gcf().axes
    assert "after 2 updates: 0 of 3 wrong" == plane.get_title() and np.allclose(points(plane), X)
    before, after = plane.lines[:2]
    assert before.get_xy1()[0] == before.get_xy2()[0] == 0.25 and before.get_linestyle() == "--"
    assert after.get_xy1()[0] == -after.get_xy1()[1] and after.get_linestyle() == "-"
    assert np.allclose(rings(plane), [X[1].tolist()])
    assert list(count.lines[0].get_ydata()) == [3, 1, 0] and count.lines[1].get_xydata().tolist() == [[2, 0]]


def test_update_0_has_no_line():
    draw.update(X, y, torch.zeros(1, 3), [], [3], 0)
    assert not plt.gcf().axes[0].lines and plt.gcf().axes[0].get_title() == "after 0 updates: 3 of 3 wrong"


def test_card_and_weights_are_shown_with_the_middle_marked():
    draw.card(torch.eye(20), -torch.eye(20), 3, torch.tensor(-1.0), limit=2)
    left, right = plt.gcf().axes
    assert left.get_title() == "mistake 3: a left card" and right.images[0].get_clim() == (-2, 2)
    assert np.array_equal(right.images[0].get_array(), -np.eye(20)) and np.array_equal(left.images[0].get_array(), np.eye(20))
    assert left.lines[0].get_xdata()[0] == right.lines[0].get_xdata()[0] == 9.5


def test_gap_colours_the_corridor():
    v = torch.tensor([1.0, 0.0, 0.0])
    draw.gap(X, y, v, 0.5, torch.tensor([2.0, 0.0, 0.4]), 7, 20.4)
    axes = plt.gca()
    corridor = np.concatenate([path.vertices for path in axes.collections[0].get_paths()])
    assert np.allclose([corridor[:, 0].min(), corridor[:, 0].max()], [-0.5, 0.5])
    middle, found = axes.lines
    assert middle.get_xy1()[0] == 0 and np.isclose(found.get_xy1()[0], -0.2)
    assert axes.get_title() == "margin 0.5: 7 updates, never more than 20"


def test_race_ends_where_the_line_meets_the_root():
    draw.race([0.0, 0.6], [0.0, 1.1], 0.5, 1.5)
    axes = plt.gca()
    ceiling, floor, length, progress, end = axes.lines
    assert np.allclose(end.get_xydata(), [[9, 4.5]]) and np.allclose(floor.get_ydata(), floor.get_xdata() / 2)
    assert np.allclose(ceiling.get_ydata(), 1.5 * np.sqrt(ceiling.get_xdata()))
    assert list(length.get_ydata()) == [0, 1.1] and list(progress.get_ydata()) == [0, 0.6]
    assert "no room after 9 updates, 1 made" in axes.get_title() and axes.get_xlabel() == "updates k"


def test_bounds_has_a_diagonal_and_one_point_for_each_set():
    draw.bounds([20, 100], [3, 40])
    axes = plt.gca()
    diagonal, sets = axes.lines
    assert np.array_equal(diagonal.get_xdata(), diagonal.get_ydata()) and sets.get_xydata().tolist() == [[20, 3], [100, 40]]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")


def test_best_line_rings_what_is_wrong():
    draw.best_line(X, y, torch.tensor([0.0, 1.0, 0.1]), 30, 2)
    assert np.allclose(rings(plt.gca()), [X[0].tolist(), X[2].tolist()]) and "30°: at best 2 wrong" in plt.gca().get_title()


def test_labellings_cross_out_what_has_no_line():
    labellings = torch.tensor([[-1.0, 1.0, 1.0], [1.0, 1.0, -1.0]])
    draw.labellings(X, labellings, [torch.tensor([1.0, 0.0, 0.0]), None])
    separated, crossed = [axes for axes in plt.gcf().axes if axes.collections]
    assert len(separated.lines) == 1 and len(crossed.lines) == 2
    assert np.allclose(crossed.collections[0].get_offsets(), X[2:]) and np.allclose(crossed.collections[1].get_offsets(), X[:2])


def test_lines_are_all_there():
    draw.lines(X, y, torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    assert len(plt.gca().lines) == 2 and np.allclose(points(plt.gca()), X)
