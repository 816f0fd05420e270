import math

import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import clip_gradients
from d2lbook_utils.figures.multilayer_perceptrons import numerical_stability as draw

FORMATS = {"float16": (6e-8, 6e-5, 65504.0, 3.3), "float32": (1.4e-45, 1.2e-38, 3.4e38, 7.2)}


@pytest.mark.parametrize(
    "factor, kept, title",
    [
        (0.8, 101, "2.0\\cdot10^{-10}"),
        (4.0, 64, "1.6\\cdot10^{60}"),
        (0.25, 75, "6.2\\cdot10^{-61}"),
        (1.0, 101, "layers 1"),
    ],
)
def test_travel_splits_the_powers_at_the_ends_of_the_last_format(factor, kept, title):
    draw.travel(factor, FORMATS)
    numbers, line = plt.gcf().axes
    good, lost, _ = numbers.lines
    assert (len(good.get_xdata()), len(lost.get_xdata())) == (kept, 101 - kept)
    assert good.get_xdata()[10] == pytest.approx(factor**10) and title in numbers.get_title()
    ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in line.patches]
    assert ends[0] == pytest.approx((6e-8, 6e-5)) and ends[1] == pytest.approx((6e-5, 65504))


def test_a_norm_of_exactly_zero_becomes_a_cross():
    draw.gradient_norms(0.25, {"sigmoid": [0.0, 0.0, 1e-9, 0.1], "ReLU": [1e-3] * 4})
    sigmoid, crosses, _, none = plt.gca().lines
    assert math.isnan(sigmoid.get_ydata()[1]) and sigmoid.get_ydata()[3] == 0.1
    assert list(crosses.get_xdata()) == [1, 2] and len(none.get_xdata()) == 0
    assert [text.get_text() for text in plt.gca().texts] == ["exactly 0"]


@pytest.mark.parametrize("end", [math.nan, math.inf])
def test_crash_marks_the_first_step_that_is_not_finite(end):
    draw.crash([2.0, 50.0, 1e6, end], [2.0, 1.5, 1.2, 1.0, 0.9])
    _, plain, marker = plt.gca().lines
    assert list(plain.get_ydata()) == [2.0, 50.0, 1e6] and list(marker.get_xdata()) == [4, 4]
    assert plt.gca().texts[0].get_text() == f"{end} at step 4"


def keeps_the_direction(clip):
    params = [torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)]
    params[0].grad, params[1].grad = torch.tensor([3.0, 0.1]), torch.tensor([-8.0])
    before = torch.cat([p.grad for p in params])
    clip(params, 1.0)
    after = torch.cat([p.grad for p in params])
    assert torch.allclose(after, before / before.norm(), atol=1e-5)


def leaves_short_gradients_alone(clip):
    param = torch.zeros(2, requires_grad=True)
    for gradient in (torch.zeros(2), torch.tensor([0.3, 0.4])):
        param.grad = gradient.clone()
        clip([param], 1.0)
        assert torch.equal(param.grad, gradient)


def clip_by_value(params, limit):
    nn.utils.clip_grad_value_(params, limit)


test_trap = each_is_caught(
    Trap("clipping by value turns the gradient", right=clip_gradients, wrong=clip_by_value, check=keeps_the_direction),
    Trap(
        "every parameter clipped on its own",
        right=clip_gradients,
        wrong=lambda params, limit: [clip_gradients([p], limit) for p in params],
        check=keeps_the_direction,
    ),
    Trap(
        "short gradients stretched to max_norm",
        right=clip_gradients,
        wrong=with_bug(clip_gradients, "if norm > max_norm:", "if True:"),
        check=leaves_short_gradients_alone,
    ),
)
