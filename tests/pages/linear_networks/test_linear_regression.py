"""Drawings of the page *Linear regression*."""

import math

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from d2lbook_utils.figures.linear_networks import linear_regression as figures

X = torch.tensor([[1.0], [2], [3]])
Y = torch.tensor([[1.0], [3], [2]])
A = torch.cat([X, torch.ones(3, 1)], dim=1)


@pytest.mark.parametrize("slope, total", [(0.5, 1.5), (-0.5, 3.5), (1.0, 2.0)])
def test_squares_stand_on_the_residuals_and_add_up_to_the_mark(slope, total):
    figures.squares(X, Y, slope)
    left, right = plt.gcf().axes
    assert all(math.isclose(abs(p.get_width()), abs(p.get_height()), abs_tol=1e-6) for p in left.patches)
    assert math.isclose(sum(p.get_height() ** 2 for p in left.patches), total, rel_tol=1e-5)
    assert np.allclose(right.lines[-1].get_xydata(), [[slope, total]])
    assert math.isclose(right.lines[0].get_ydata().min(), 1.5, abs_tol=1e-3)
    assert right.get_ylabel() == "sum of squares"


def test_network_has_a_weight_per_feature_and_a_bias():
    figures.network(["area", "age"])
    words = {text.get_text() for text in plt.gca().texts}
    assert {"$w_1$", "$w_2$", "$b$", "area", "age", "constant", "price"} <= words
    circles = [line for line in plt.gca().lines if line.get_marker() == "o"]
    assert len(circles) == 4


def test_projection_looks_along_the_plane_at_90_and_the_residual_is_orthogonal():
    figures.projection(A, Y, 90)
    axes = plt.gcf().axes[0]
    residual = np.array(axes.lines[-1].get_data_3d()).T
    assert np.allclose(residual, [[1.5, 2, 2.5], [1, 3, 2]], atol=1e-5)
    azimuth, elevation = math.radians(axes.azim), math.radians(axes.elev)
    eye = [math.cos(elevation) * math.cos(azimuth), math.cos(elevation) * math.sin(azimuth), math.sin(elevation)]
    step = residual[1] - residual[0]
    assert np.allclose(A.numpy().T @ step, 0, atol=1e-5) and abs(np.dot(eye, step)) < 1e-5
    assert axes.get_zlabel() == "sale 3"


def test_bowl_marks_one_minimum_or_a_valley():
    figures.bowl(0.5)
    (best,) = plt.gca().lines
    assert best.get_xydata().tolist() == [[1, 0]] and plt.gca().get_title().endswith("3 : 1")
    plt.close()
    figures.bowl(1.0)
    valley, shortest = plt.gca().lines
    assert np.allclose(valley.get_xydata().sum(axis=1), 1) and shortest.get_xydata().tolist() == [[0.5, 0.5]]


def test_bells_give_the_negative_log_likelihood():
    figures.bells(X, Y, 1.0)
    left, right = plt.gcf().axes
    expected = -torch.distributions.Normal(X, 1.0).log_prob(Y).sum().item()
    assert math.isclose(right.lines[-1].get_ydata()[0], expected, rel_tol=1e-5)
    bars = [np.ptp(line.get_xdata()) for line in left.lines[1:-1]]
    density = torch.distributions.Normal(X, 1.0).log_prob(Y).exp().flatten()
    assert np.allclose(np.array(bars) / bars[0], density / density[0], rtol=1e-4)


def test_predictions_are_drawn_against_the_truth():
    figures.predicted(torch.tensor([[2.0], [3]]), torch.tensor([[1.0], [5]]))
    diagonal, points = plt.gca().lines
    assert points.get_xydata().tolist() == [[1, 2], [5, 3]]
    assert np.array_equal(diagonal.get_xdata(), diagonal.get_ydata())
    assert (plt.gca().get_xlabel(), plt.gca().get_ylabel()) == ("measured (dB)", "predicted (dB)")
