import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.figures.multilayer_perceptrons import perceptron as draw

MINUS = "\N{MINUS SIGN}"
X = torch.tensor([[-0.5, 0.0], [0.5, 0.2], [0.6, -0.4]])
y = torch.tensor([-1.0, 1.0, 1.0])


def rings(ax):
    return [line.get_xydata()[0].tolist() for line in ax.lines if line.get_marker() == "o"]


@pytest.mark.parametrize(
    "bias, shown, score, output",
    [
        (0.0, "0", "5", "+1"),
        (-7.0, f"{MINUS}7", f"{MINUS}2", f"{MINUS}1"),
        (-5.0, f"{MINUS}5", "0", "?"),
    ],
)
def test_unit_adds_up(bias, shown, score, output):
    draw.unit(torch.tensor([3.0, 2.0]), torch.tensor([3.0, -2.0]), torch.tensor(bias), ["redness", "spots"])
    texts = [text.get_text() for text in plt.gca().texts if text.get_text()]
    assert (
        texts[:9:3] == ["+3", f"{MINUS}2", shown] and texts[1:9:3] == ["3", "2", "1"] and texts[9:11] == [score, output]
    )


def test_update_rings_the_mistake_and_draws_both_lines():
    path = torch.tensor([[0.0, 0.0, 0.0], [1.0, 0.0, -0.25], [1.0, 1.0, 0.0]])
    draw.update(X, y, path, [2, 1], [3, 1, 0], 2)
    plane, count = plt.gcf().axes
    before, after = plane.lines[:2]
    assert before.get_xy1()[0] == before.get_xy2()[0] == 0.25 and after.get_xy1()[0] == -after.get_xy1()[1]
    assert np.allclose(rings(plane), [X[1].tolist()]) and rings(count) == [[2, 0]]
    assert plane.get_title() == "after 2 updates: 0 of 3 wrong"


def test_update_0_has_no_line():
    draw.update(X, y, torch.zeros(1, 3), [], [3], 0)
    assert not plt.gcf().axes[0].lines


def test_gap_colours_the_corridor():
    draw.gap(X, y, torch.tensor([1.0, 0.0, 0.0]), 0.5, torch.tensor([2.0, 0.0, 0.4]), 7, 20.4)
    corridor = np.concatenate([path.vertices for path in plt.gca().collections[0].get_paths()])
    assert np.allclose([corridor[:, 0].min(), corridor[:, 0].max()], [-0.5, 0.5])
    middle, found = plt.gca().lines
    assert middle.get_xy1()[0] == 0 and np.isclose(found.get_xy1()[0], -0.2)


def test_race_ends_where_the_line_meets_the_root():
    draw.race([0.0, 0.6], [0.0, 1.1], 0.5, 1.5)
    ceiling, floor, _, _, end = plt.gca().lines
    assert np.allclose(end.get_xydata(), [[9, 4.5]]) and np.allclose(floor.get_ydata(), floor.get_xdata() / 2)
    assert np.allclose(ceiling.get_ydata(), 1.5 * np.sqrt(ceiling.get_xdata()))
    assert "no room after 9 updates, 1 made" in plt.gca().get_title()


def test_best_line_rings_what_is_wrong():
    draw.best_line(X, y, torch.tensor([0.0, 1.0, 0.1]), 30, 2)
    assert np.allclose(rings(plt.gca()), [X[0].tolist(), X[2].tolist()])


def test_labellings_cross_out_what_has_no_line():
    labellings = torch.tensor([[-1.0, 1.0, 1.0], [1.0, 1.0, -1.0]])
    draw.all_labellings(X, labellings, [torch.tensor([1.0, 0.0, 0.0]), None])
    separated, crossed = [ax for ax in plt.gcf().axes if ax.collections]
    assert len(separated.lines) == 1 and len(crossed.lines) == 2
    left, right = (cloud.get_offsets() for cloud in crossed.collections)
    assert np.allclose(left, X[2:]) and np.allclose(right, X[:2])


def test_lines_without_weights_are_left_out():
    draw.separating_lines(X, y, torch.tensor([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    assert len(plt.gca().lines) == 2


PERCEPTRON = from_page("multilayer-perceptrons/perceptron", "perceptron")
LINE = torch.tensor([[2.0, 1.0], [-1.0, -2.0], [1.0, 2.0], [-2.0, -1.5]]), torch.tensor([1.0, -1.0, 1.0, -1.0])


def separates(perceptron):
    X, y = LINE
    w, b, updates = perceptron(X, y, 50)
    assert 0 < len(updates) < 10 and (y * (X @ w + b) > 0).all()


def gives_up_on_xor(perceptron):
    X = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    w, b, updates = perceptron(X, torch.tensor([-1.0, 1.0, 1.0, -1.0]), 3)
    assert len(updates) <= 12


def endless(X, y, max_epochs):
    """Until all are right, with a brake for this test."""
    w, b, updates = PERCEPTRON(X, y, 100)
    return w, b, updates


def bounds_the_updates(margin):
    X, y = torch.tensor([[1.0, 0.05], [-1.0, 0.05]]), torch.tensor([1.0, -1.0])
    X, y = torch.cat([X, 0.1 * X, LINE[0]]), torch.cat([y, y, LINE[1]])
    w = torch.tensor([30.0, 0.0, 0.0])  # separates; its length is not 1
    assert len(PERCEPTRON(X, y, 100)[2]) <= ((X**2).sum(dim=1).max() + 1) / margin(X, y, w) ** 2


def margin(X, y, w):
    w = w / w.norm()
    return (y * (X @ w[:-1] + w[-1])).min()


test_trap = each_is_caught(
    Trap(
        "< 0 for <= 0: never leaves the start",
        right=PERCEPTRON,
        wrong=with_bug(PERCEPTRON, "<= 0", "< 0"),
        check=separates,
    ),
    Trap(
        "a wrong answer has the same sign",
        right=PERCEPTRON,
        wrong=with_bug(PERCEPTRON, "<= 0", ">= 0"),
        check=separates,
    ),
    Trap("until all are right loops forever on XOR", right=PERCEPTRON, wrong=endless, check=gives_up_on_xor),
    Trap(
        "margin of a line that was not normalised",
        right=margin,
        wrong=with_bug(margin, "w / w.norm()", "w"),
        check=bounds_the_updates,
    ),
)
