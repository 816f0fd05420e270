import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from d2lbook_utils.figures.linear_networks import gradient_descent_basics as draw


@pytest.mark.parametrize("rate, word", [(0.02, "creeps"), (0.5, "direct"), (0.9, "zigzags"), (1.0, "bounces"), (1.1, "diverges")])
def test_valley_shows_path_goal_verdict_and_both_distances(rate, word):
    A, goal = torch.diag(torch.tensor([0.5, 2.0])), torch.tensor([1.0, -1.0])
    error = torch.tensor([[2.0, 1.0], [2.0 * (1 - 0.5 * rate), 1 - 2 * rate]])
    draw.valley(A, goal, goal + error, rate)
    above, below = plt.gcf().axes
    assert word in above.get_title() and f"rate {rate:g}" in above.get_title()
    path, start, star = above.lines
    assert np.allclose(path.get_xydata(), goal + error) and np.allclose(star.get_xydata(), [[1, -1]])
    assert np.allclose(start.get_xydata(), [[3, 0]])
    steep, flat = below.lines
    assert np.allclose(steep.get_ydata(), error[:, 1].abs(), atol=1e-6) and np.allclose(flat.get_ydata(), error[:, 0].abs())
    assert below.get_yscale() == "log" and below.get_xlabel() == "step"


def test_signed_has_no_negative_zero():
    assert [draw.signed(x) for x in (-0.001, -0.66, 0.5)] == ["0.00", "-0.66", "0.50"]


def test_worst_factor_is_lowest_at_the_star_and_one_at_the_limit():
    draw.worst_factor(0.4, 2.0)
    slower, steep, flat, best = plt.gca().lines[:4]
    x, y = slower.get_data()
    assert np.allclose(y, np.maximum(steep.get_ydata(), flat.get_ydata()))
    assert np.allclose(best.get_xydata(), [[2 / 2.4, 1 - 0.8 / 2.4]]) and abs(x[y.argmin()] - 2 / 2.4) < 0.01
    assert np.allclose(np.interp(1.0, x, y), 1) and "learning rate" in plt.gca().get_xlabel()


def test_cloud_has_all_points_and_a_ring_of_the_root_mean_square():
    true = torch.tensor([1.0, 2.0])
    draw.cloud(true + torch.tensor([[3.0, 4.0], [0.0, 0.0]]), true, 8, reach=10)
    axes = plt.gca()
    assert axes.lines[0].get_xydata().tolist() == [[4, 6], [1, 2]]
    (ring,) = axes.patches
    assert np.isclose(ring.radius, 12.5**0.5) and ring.center == (1, 2)
    assert axes.get_title() == "B = 8: typical error 3.5" and axes.get_xlim() == (-9, 11)
    assert axes.texts[0].xy == (1.0, 2.0)


def test_runs_are_drawn_against_the_chosen_axis():
    run = {"loss": torch.tensor([1.0, 0.1]), "steps": [1, 2], "epochs": [3, 4], "seconds": [5, 6]}
    draw.runs({"B = 1": run, "B = 9": run}, "epochs")
    axes = plt.gca()
    assert [line.get_xdata().tolist() for line in axes.lines] == [[3, 4]] * 2 and axes.get_xlabel() == "epochs spent"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["B = 1", "B = 9"]


def test_floors_have_a_curve_for_each_run_and_a_line_for_each_floor():
    draw.floors({"a": torch.tensor([1.0, 0.5]), "b": torch.tensor([2.0, 0.25])}, [0.5, 0.25])
    curves, lines = plt.gca().lines[:2], plt.gca().lines[2:]
    assert [curve.get_label() for curve in curves] == ["a", "b"] and curves[1].get_ydata().tolist() == [2.0, 0.25]
    assert [line.get_ydata()[0] for line in lines] == [0.25, 0.5]
