import math

import matplotlib.pyplot as plt
import pytest
import torch
from torch.nn import functional as F
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils.figures.linear_networks import loss_functions as draw
from d2lbook_utils.losses import focal_loss

HUBER, BCE = from_page("linear-networks/loss-functions", "huber_loss", "bce_with_logits")


def test_tug_clips_the_pulls():
    draw.tug([1.0, 2.0, 3.0, 100.0], 26.5, 2.5, 16 / 3, 10)
    _, bars = plt.gcf().axes
    heights = [bar.get_height() for bar in bars.patches]
    assert heights == pytest.approx([1 - 16 / 3, 2 - 16 / 3, 3 - 16 / 3, 10]) and sum(heights) == pytest.approx(0)
    assert [text.get_text() for text in bars.texts] == ["−4.33", "−3.33", "−2.33", "+10"]


@pytest.mark.parametrize("delta", [0.5, 2.0])
def test_triptych_shows_density_and_gradient(delta):
    losses = {"squared": lambda r: r**2 / 2, "absolute": torch.abs, "Huber": lambda r: HUBER(r, delta)}
    draw.triptych(losses, delta)
    loss, likelihood, gradient = plt.gcf().axes
    r = torch.as_tensor(loss.lines[0].get_xdata())
    squared, absolute, _ = (torch.as_tensor(line.get_ydata()) for line in likelihood.lines[:3])
    torch.testing.assert_close(squared, torch.exp(-(r**2) / 2) / math.sqrt(2 * math.pi), atol=1e-6, rtol=0)
    torch.testing.assert_close(absolute, torch.exp(-r.abs()) / 2, atol=1e-4, rtol=0)
    slopes = [torch.as_tensor(line.get_ydata()) for line in gradient.lines[:3]]
    for found, expected in zip(slopes, [r, r.sign(), r.clamp(-delta, delta)]):
        torch.testing.assert_close(found, expected)
    assert gradient.lines[3].get_xydata().tolist() == [[-delta, -delta], [delta, delta]]
    assert loss.lines[3].get_ydata().tolist() == pytest.approx([delta**2 / 2] * 2)


def test_fitted_lines_pass_through_their_values():
    x, y = torch.linspace(-1.5, 1.5, 4), torch.tensor([-2.0, 0.0, 2.0, -10.0])
    draw.fitted_lines(x, y, {"squared": (-1.0, 2.0), "Huber": (2.0, 1.0)}, "wrong by 14")
    for line, (w, b) in zip(plt.gca().lines[1:], [(-1, 2), (2, 1)]):
        xs, ys = line.get_data()
        assert [float(v) for v in ys] == pytest.approx([w * float(v) + b for v in xs])
    names = [text.get_text() for text in plt.gca().get_legend().get_texts()]
    assert names == ["squared: slope −1.0", "Huber: slope +2.0"]


def test_margin_draws_the_pull_of_every_loss():
    draw.margin(
        {
            "zero-one": lambda m: (m <= 0).to(m.dtype),
            "hinge": lambda m: (1 - m).clamp(min=0),
            "logistic": lambda m: F.softplus(-m),
        }
    )
    top, bottom = plt.gcf().axes
    m = torch.as_tensor(top.lines[0].get_xdata())
    zero_one, hinge, logistic = [torch.as_tensor(line.get_ydata()) for line in bottom.lines]
    assert (zero_one == 0).all()
    assert (hinge[m < 0.99] == 1).all() and (hinge[m > 1.01] == 0).all()
    torch.testing.assert_close(logistic, torch.sigmoid(-m))


@pytest.mark.parametrize(
    "gamma, easy, hard",
    [
        (0.0, 10.0, 7.0),
        (2.0, 1000 * 1e-4 * (0.01 - 2 * 0.99 * math.log(0.99)), 10 * 0.49 * (0.7 - 0.6 * math.log(0.3))),
    ],
)
def test_focal_bars_are_total_pulls(gamma, easy, hard):
    draw.focal(lambda m, gamma: -(torch.sigmoid(-m) ** gamma) * F.logsigmoid(m), gamma, (1000, 0.99), (10, 0.3))
    left, right = plt.gcf().axes
    assert [bar.get_height() for bar in right.patches] == pytest.approx([easy, hard])
    assert right.get_title() == f"easy ones: {100 * easy / (easy + hard):.0f} %"
    p, values = (torch.as_tensor(part) for part in left.lines[1].get_data())
    torch.testing.assert_close(values, -((1 - p) ** gamma) * p.log())


def is_huber(loss):
    r = torch.tensor([-200.0, -3.0, -0.5, 0.0, 2.0, 2.5], requires_grad=True)
    expected = F.huber_loss(r, torch.zeros(6), delta=2.0, reduction="none")
    (slope,) = torch.autograd.grad(expected.sum(), r)
    assert torch.allclose(loss(r, 2.0), expected)
    assert torch.allclose(torch.autograd.grad(loss(r, 2.0).sum(), r)[0], slope)


def is_right_far_out(loss):
    logits, labels = torch.tensor([-200.0, 200.0, 0.0]), torch.ones(3)
    assert torch.allclose(loss(logits, labels), torch.tensor([200.0, 0.0, math.log(2)]))


def pulls_easy_examples_less(loss):
    easy, hard = loss(torch.tensor([3.0, -3.0]), torch.tensor([1.0, 1.0]))
    assert hard / easy > 10 * F.softplus(torch.tensor(3.0)) / F.softplus(torch.tensor(-3.0))


test_trap = each_is_caught(
    Trap("Huber taken for hinge", right=HUBER, wrong=lambda r, delta: (delta - r).clamp(min=0), check=is_huber),
    Trap(
        "Huber without the constant that joins its pieces",
        right=HUBER,
        wrong=with_bug(HUBER, " - delta**2 / 2", ""),
        check=is_huber,
    ),
    Trap(
        "smooth L1 taken for Huber",
        right=HUBER,
        wrong=lambda r, beta: F.smooth_l1_loss(r, 0 * r, beta=beta, reduction="none"),
        check=is_huber,
    ),
    Trap(
        "BCE of a sigmoid that has saturated",
        right=BCE,
        wrong=lambda o, y: F.binary_cross_entropy(torch.sigmoid(o), y, reduction="none"),
        check=is_right_far_out,
    ),
    Trap(
        "BCE on outputs that are no probabilities",
        right=BCE,
        wrong=lambda o, y: F.binary_cross_entropy(o, y, reduction="none"),
        check=is_right_far_out,
        caught_by=RuntimeError,
    ),
    Trap(
        "focal loss with p_t and 1 - p_t exchanged",
        right=focal_loss,
        wrong=with_bug(focal_loss, "F.logsigmoid(-margin))", "F.logsigmoid(margin))"),
        check=pulls_easy_examples_less,
    ),
)
