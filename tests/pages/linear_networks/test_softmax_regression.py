import math

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import to_rgb
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.figures.linear_networks import softmax_regression as draw

NAMES = ["paper", "glass", "battery"]
SOFTMAX, LOG_SOFTMAX = from_page("linear-networks/softmax-regression", "softmax_stable", "log_softmax")


def heights(ax, first=0, last=None):
    return [bar.get_height() for bar in ax.patches[first:last]]


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_tempered_bars_are_the_marked_points_of_the_curves(temperature):
    draw.tempered_softmax([1.0, 2.0, 3.0], NAMES, temperature, [0.1, 1.0, 30.0])
    left, right = plt.gcf().axes
    expected = torch.softmax(torch.tensor([1.0, 2.0, 3.0]) / temperature, dim=0).tolist()
    assert heights(left) == pytest.approx(expected)
    points = [float(line.get_ydata()[0]) for line in right.lines if len(line.get_xdata()) == 1]
    assert points == pytest.approx(expected)
    curves = [line for line in right.lines if len(line.get_xdata()) > 1]
    assert (curves[0].get_xdata()[0], curves[0].get_xdata()[-1]) == pytest.approx((0.1, 30))
    assert curves[2].get_ydata()[0] > 0.99 and curves[2].get_ydata()[-1] < 0.37


def test_score_arrows_lead_from_prediction_to_truth():
    draw.moved_score([1.0, 2.0, 3.0], NAMES, 0.0, 1)
    left, _ = plt.gcf().axes
    p = torch.softmax(torch.tensor([1.0, 0.0, 3.0]), dim=0).tolist()
    truth = [0.0, 1.0, 0.0]
    assert heights(left, 0, 3) == pytest.approx(p) and heights(left, 3, 6) == truth
    arrows = [text for text in left.texts if text.get_text() == ""]
    assert [(arrow.xyann[1], arrow.xy[1]) for arrow in arrows] == [pytest.approx(pair) for pair in zip(p, truth)]


@pytest.mark.parametrize("moved", [-4.0, 2.0, 8.0])
def test_score_tangent_has_the_slope_of_the_loss(moved):
    draw.moved_score([1.0, 2.0, 3.0], NAMES, moved, 1)
    curve, tangent, point = plt.gcf().axes[1].lines
    loss = math.log(math.e + math.exp(moved) + math.exp(3)) - moved
    assert point.get_xydata().tolist() == [[moved, pytest.approx(loss)]]
    grid, values = curve.get_data()
    place = int(abs(grid - moved).argmin())
    place = min(max(place, 1), len(grid) - 2)
    slope = (values[place + 1] - values[place - 1]) / (grid[place + 1] - grid[place - 1])
    (x0, x1), (y0, y1) = tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(float(slope), abs=0.02)


def test_regions_take_the_colour_of_the_likeliest_class():
    W, b = torch.tensor([[-3.0, 3.0, 0.0], [-1.0, -1.0, 4.0]]), torch.zeros(3)
    X, y = torch.tensor([[-2.0, -2.0], [2.0, -2.0], [0.0, 3.0]]), torch.tensor([0, 1, 2])
    draw.regions(W, b, X, y, NAMES, "step 1")
    ax = plt.gca()
    picture = torch.as_tensor(ax.images[0].get_array())
    assert ax.images[0].origin == "lower" and ax.images[0].get_extent() == [-4, 4, -4, 4]
    for (x1, x2), color in zip(X.tolist(), ["C0", "C1", "C2"]):
        pixel = picture[round((x2 + 4) * 20), round((x1 + 4) * 20)]
        full = 0.35 * torch.tensor(to_rgb(color)) + 0.65
        assert torch.allclose(pixel.double(), full.double(), atol=1e-3)
    borders = [path.vertices for line in ax.collections for path in line.get_paths() if len(path.vertices)]
    for x1, x2 in torch.cat([torch.as_tensor(border) for border in borders]).tolist():
        first, second, _ = sorted((torch.tensor([x1, x2]) @ W).tolist(), reverse=True)
        assert first - second < 0.3  # two classes lead together


def test_regions_have_no_borders_for_a_model_without_weights():
    draw.regions(torch.zeros(2, 3), torch.zeros(3), torch.zeros(3, 2), torch.arange(3), NAMES, "step 0")
    picture = torch.as_tensor(plt.gca().images[0].get_array())
    assert not plt.gca().collections and (picture == picture[0, 0]).all()


@pytest.mark.parametrize("share, length", [(0.5, 1.5), (0.25, 1 - 0.5 * math.log2(0.375))])
def test_code_length_is_the_cross_entropy_in_bits(share, length):
    draw.code_length([0.5, 0.25, 0.25], share)
    left, right = plt.gcf().axes
    rest = (1 - share) / 2
    assert heights(left, 3) == pytest.approx([share, rest, rest])
    curve, entropy, gap, point = right.lines
    assert point.get_xydata().tolist() == [[share, pytest.approx(length)]]
    assert entropy.get_ydata() == pytest.approx([1.5, 1.5]) and gap.get_ydata() == pytest.approx([1.5, length])
    lowest = curve.get_ydata().argmin()
    assert (curve.get_xdata()[lowest], curve.get_ydata()[lowest]) == pytest.approx((0.5, 1.5))
    assert right.get_title() == f"{length:.2f} bits: {length - 1.5:.2f} too many"


def makes_every_row_a_distribution(softmax):
    p = softmax(torch.randn(4, 3, generator=torch.Generator().manual_seed(0)))
    assert torch.allclose(p.sum(dim=1), torch.ones(4)) and (p > 0).all()


def survives_large_scores(softmax):
    assert torch.allclose(softmax(torch.tensor([[1e4, 0.0]])), torch.tensor([[1.0, 0.0]]))


def keeps_the_distance_of_unlikely_classes(log_softmax):
    assert torch.allclose(log_softmax(torch.tensor([[0.0, -200.0]])), torch.tensor([[0.0, -200.0]]))


test_trap = each_is_caught(
    Trap(
        "softmax over the examples, dim=0",
        right=SOFTMAX,
        wrong=with_bug(SOFTMAX, "dim=-1", "dim=0"),
        check=makes_every_row_a_distribution,
    ),
    Trap(
        "softmax without subtracting the maximum",
        right=SOFTMAX,
        wrong=with_bug(SOFTMAX, "logits - logits.amax(dim=-1, keepdim=True)", "logits"),
        check=survives_large_scores,
    ),
    Trap(
        "log of softmax for log_softmax",
        right=LOG_SOFTMAX,
        wrong=lambda O: SOFTMAX(O).log(),
        check=keeps_the_distance_of_unlikely_classes,
    ),
)
