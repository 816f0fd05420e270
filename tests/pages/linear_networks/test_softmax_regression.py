import math

import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.linear_networks import softmax_regression as draw

NAMES = ["paper", "glass", "battery"]


def heights(axes, first=0, last=None):
    return [bar.get_height() for bar in axes.patches[first:last]]


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_temperature_bars_are_the_marked_points_of_the_curves(temperature):
    draw.temperature([1.0, 2.0, 3.0], NAMES, temperature, [0.1, 1.0, 30.0])
    left, right = plt.gcf().axes
    expected = torch.softmax(torch.tensor([1.0, 2.0, 3.0]) / temperature, dim=0).tolist()
    assert heights(left) == pytest.approx(expected)
    assert [text.get_text() for text in left.texts] == [f"{p:.3f}" for p in expected]
    assert left.get_title() == f"temperature {temperature:g}" and left.get_ylabel() == "probability"
    points = [line for line in right.lines if len(line.get_xdata()) == 1]
    assert [float(line.get_ydata()[0]) for line in points] == pytest.approx(expected)
    assert all(line.get_xdata() == [temperature] for line in points)
    curves = [line for line in right.lines if len(line.get_xdata()) > 1]
    assert (curves[0].get_xdata()[0], curves[0].get_xdata()[-1]) == pytest.approx((0.1, 30))
    assert curves[2].get_ydata()[0] > 0.99 and curves[2].get_ydata()[-1] < 0.37
    assert right.get_xscale() == "log"


def test_score_arrows_lead_from_prediction_to_truth():
    draw.score([1.0, 2.0, 3.0], NAMES, 0.0, 1)
    left, right = plt.gcf().axes
    p = torch.softmax(torch.tensor([1.0, 0.0, 3.0]), dim=0).tolist()
    truth = [0.0, 1.0, 0.0]
    assert heights(left, 0, 3) == pytest.approx(p) and heights(left, 3, 6) == truth
    arrows = [text for text in left.texts if text.get_text() == ""]
    assert [(arrow.xyann[1], arrow.xy[1]) for arrow in arrows] == [pytest.approx(pair) for pair in zip(p, truth)]
    numbers = [text.get_text() for text in left.texts if text.get_text()]
    assert numbers == [f"{a - b:+.2f}" for a, b in zip(p, truth)]


@pytest.mark.parametrize("moved", [-4.0, 2.0, 8.0])
def test_score_tangent_has_the_slope_of_the_loss(moved):
    draw.score([1.0, 2.0, 3.0], NAMES, moved, 1)
    curve, tangent, point = plt.gcf().axes[1].lines
    loss = math.log(math.e + math.exp(moved) + math.exp(3)) - moved
    assert point.get_xydata().tolist() == [[moved, pytest.approx(loss)]]
    grid, values = curve.get_data()
    place = int(abs(grid - moved).argmin())
    place = min(max(place, 1), len(grid) - 2)
    slope = (values[place + 1] - values[place - 1]) / (grid[place + 1] - grid[place - 1])
    (x0, x1), (y0, y1) = tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(float(slope), abs=0.02)
    assert plt.gcf().axes[1].get_xlabel() == "score of glass"


def test_regions_take_the_colour_of_the_likeliest_class():
    W, b = torch.tensor([[-3.0, 3.0, 0.0], [-1.0, -1.0, 4.0]]), torch.zeros(3)
    X, y = torch.tensor([[-2.0, -2.0], [2.0, -2.0], [0.0, 3.0]]), torch.tensor([0, 1, 2])
    draw.regions(W, b, X, y, NAMES, "step 1")
    axes = plt.gcf().axes[0]
    picture = torch.as_tensor(axes.images[0].get_array())
    assert axes.images[0].origin == "lower" and axes.images[0].get_extent() == [-4, 4, -4, 4]
    for (x1, x2), color in zip(X.tolist(), ["C0", "C1", "C2"]):
        pixel = picture[round((x2 + 4) * 20), round((x1 + 4) * 20)]
        full = 0.35 * torch.tensor(plt.matplotlib.colors.to_rgb(color)) + 0.65
        assert torch.allclose(pixel.double(), full.double(), atol=1e-3)
    assert [line.get_label() for line in axes.lines] == NAMES
    assert [line.get_xydata().tolist() for line in axes.lines] == [[row] for row in X.tolist()]
    assert len(axes.collections) == 3 and axes.get_title() == "step 1"


def test_regions_have_no_borders_for_a_model_without_weights():
    draw.regions(torch.zeros(2, 3), torch.zeros(3), torch.zeros(3, 2), torch.arange(3), NAMES, "step 0")
    axes = plt.gcf().axes[0]
    picture = torch.as_tensor(axes.images[0].get_array())
    assert not axes.collections and (picture == picture[0, 0]).all()


@pytest.mark.parametrize("share, length", [(0.5, 1.5), (0.25, 1 - 0.5 * math.log2(0.375) )])
def test_code_length_is_the_cross_entropy_in_bits(share, length):
    draw.code_length([0.5, 0.25, 0.25], share)
    left, right = plt.gcf().axes
    rest = (1 - share) / 2
    assert heights(left) == pytest.approx([0.5, 0.25, 0.25, share, rest, rest])
    curve, entropy, gap, point = right.lines
    assert point.get_xydata().tolist() == [[share, pytest.approx(length)]]
    assert entropy.get_ydata() == pytest.approx([1.5, 1.5]) and gap.get_ydata() == pytest.approx([1.5, length])
    assert curve.get_ydata().min() == pytest.approx(1.5) and curve.get_xdata()[curve.get_ydata().argmin()] == pytest.approx(0.5)
    assert right.get_title() == f"{length:.2f} bits: {length - 1.5:.2f} too many"
    assert right.get_ylabel() == "bits a symbol"
