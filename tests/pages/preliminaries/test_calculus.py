import math

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from d2lbook_utils.figures.preliminaries import calculus as draw


def parabola(x):
    return 3 * x**2 - 4 * x


def test_zoom_draws_the_chord_and_names_its_largest_gap():
    draw.zoom(parabola, 1.0, 0.5)
    curve, chord, point = plt.gca().lines
    x, y = chord.get_data()
    assert (x[0], x[-1]) == (0.75, 1.25) and np.allclose(np.diff(y) / np.diff(x), 2)
    assert np.allclose([y[0], y[-1]], [parabola(0.75), parabola(1.25)])
    # the chord of 3 x^2 over a width w lies at most 3 w^2 / 4 from the curve
    assert f"{100 * 0.75 * 0.25 / (parabola(1.25) - parabola(0.75)):.2g} %" in plt.gca().get_title()


def test_secant_has_the_slope_in_its_title():
    draw.secant(parabola, 1.0, 0.5)
    _, line, points = plt.gca().lines
    x, y = line.get_data()
    assert np.allclose(np.diff(y) / np.diff(x), 3.5) and plt.gca().get_title().endswith("3.5000")
    assert points.get_xydata().tolist() == [[1.0, -1.0], [1.5, 0.75]]


def test_gradient_field_has_an_arrow_along_the_gradient_at_each_point():
    draw.gradient_field(lambda a, b: a**2 + b, lambda a, b: (2 * a, torch.ones_like(b)))
    arrows = plt.gca().collections[-1]
    assert np.allclose(arrows.U, 2 * arrows.X) and np.allclose(arrows.V, 1)


@pytest.mark.parametrize("degrees, rate", [(0, 5.0), (90, 0.0), (180, -5.0)])
def test_direction_marks_the_rate_of_change(degrees, rate):
    draw.direction((3.0, 4.0), degrees)
    arrows, curve = plt.gcf().axes
    along, step = [text.xy for text in arrows.texts]
    assert np.allclose(along, (0.6, 0.8)) and math.isclose(np.dot(along, step), rate / 5, abs_tol=1e-9)
    assert math.isclose(curve.lines[1].get_ydata()[0], rate, abs_tol=1e-9)


def test_product_rule_pieces_fill_the_grown_rectangle():
    draw.product_rule()
    assert math.isclose(sum(p.get_width() * p.get_height() for p in plt.gca().patches), 3.6 * 2.5)
