import math

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from traps import Trap, each_is_caught, from_page

from d2lbook_utils import squared_loss
from d2lbook_utils.figures.linear_networks import linear_regression as draw

X = torch.tensor([[1.0], [2], [3]])
Y = torch.tensor([[1.0], [3], [2]])
A = torch.cat([X, torch.ones(3, 1)], dim=1)


@pytest.mark.parametrize("slope, total", [(0.5, 1.5), (-0.5, 3.5), (1.0, 2.0)])
def test_squares_stand_on_the_residuals_and_add_up_to_the_mark(slope, total):
    draw.squares(X, Y, slope)
    left, right = plt.gcf().axes
    assert all(math.isclose(abs(p.get_width()), abs(p.get_height()), abs_tol=1e-6) for p in left.patches)
    assert math.isclose(sum(p.get_height() ** 2 for p in left.patches), total, rel_tol=1e-5)
    assert np.allclose(right.lines[-1].get_xydata(), [[slope, total]])
    assert math.isclose(right.lines[0].get_ydata().min(), 1.5, abs_tol=1e-3)


def test_network_joins_every_input_to_the_neuron():
    draw.network(["area", "age"])
    starts = [line.get_xydata()[0].tolist() for line in plt.gca().lines]
    centers = [list(circle.center) for circle in plt.gca().patches]
    assert starts == centers[:3] and all(line.get_xydata()[1].tolist() == centers[3] for line in plt.gca().lines)
    assert {"$w_1$", "$w_2$", "$b$", "area", "age", "constant"} <= {text.get_text() for text in plt.gca().texts}


def test_projection_looks_along_the_plane_at_90_and_the_residual_is_orthogonal():
    draw.projection(A, Y, 90)
    (ax,) = plt.gcf().axes
    residual = np.array(ax.lines[-1].get_data_3d()).T
    assert np.allclose(residual, [[1.5, 2, 2.5], [1, 3, 2]], atol=1e-5)
    azimuth, elevation = math.radians(ax.azim), math.radians(ax.elev)
    eye = [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    step = residual[1] - residual[0]
    assert np.allclose(A.numpy().T @ step, 0, atol=1e-5) and abs(np.dot(eye, step)) < 1e-5


def test_bowl_marks_one_minimum_or_a_valley():
    draw.bowl(0.5)
    (best,) = plt.gca().lines
    assert best.get_xydata().tolist() == [[1, 0]] and plt.gca().get_title().endswith("3 : 1")
    draw.bowl(1.0)
    valley, shortest = plt.gca().lines
    assert np.allclose(valley.get_xydata().sum(axis=1), 1) and shortest.get_xydata().tolist() == [[0.5, 0.5]]


def test_bells_give_the_negative_log_likelihood():
    draw.bells(X, Y, 1.0)
    left, right = plt.gcf().axes
    expected = -torch.distributions.Normal(X, 1.0).log_prob(Y).sum().item()
    assert math.isclose(right.lines[-1].get_ydata()[0], expected, rel_tol=1e-5)
    bars = [np.ptp(line.get_xdata()) for line in left.lines[1:-1]]
    density = torch.distributions.Normal(X, 1.0).log_prob(Y).exp().flatten()
    assert np.allclose(np.array(bars) / bars[0], density / density[0], rtol=1e-4)


def compares_each_prediction_with_its_own_target(loss):
    y_hat, y = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])
    try:
        assert loss(y_hat, y).numel() == 3
    except ValueError as error:
        assert "shape" in str(error)
    assert loss(y_hat, y_hat).shape == (3, 1)


def finds_a_line_off_the_origin(fit):
    X = torch.randn(50, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    slopes = torch.tensor([[2.0], [-3.4]]).double()
    w, b = fit(X, X @ slopes + 4.2)
    assert torch.allclose(w, slopes) and torch.allclose(b, torch.tensor([4.2]).double())


test_trap = each_is_caught(
    Trap(
        "(n, 1) minus (n,) broadcasts to (n, n)",
        right=squared_loss,
        wrong=lambda y_hat, y: (y_hat - y) ** 2 / 2,
        check=compares_each_prediction_with_its_own_target,
    ),
    Trap(
        "the column of ones is forgotten",
        right=from_page("linear-networks/linear-regression", "fit_least_squares"),
        wrong=lambda X, y: (torch.linalg.lstsq(X, y).solution, torch.zeros(1, dtype=y.dtype)),
        check=finds_a_line_off_the_origin,
    ),
)
