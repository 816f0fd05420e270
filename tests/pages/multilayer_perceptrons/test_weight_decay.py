import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from traps import Trap, each_is_caught

from d2lbook_utils.figures.multilayer_perceptrons import weight_decay as draw
from d2lbook_utils.losses import l2_penalty


def settle(H, w_hat, weight_decay):
    return torch.linalg.solve(H + weight_decay * torch.eye(2, dtype=H.dtype), H @ w_hat)


def test_ball_touches_the_contour_where_the_weights_settle():
    H = torch.tensor([[1.0, 0.8], [0.8, 1.0]], dtype=torch.float64)
    w_hat = torch.tensor([2.0, -1.0], dtype=torch.float64)
    draw.ball(0.5, H, w_hat, settle)
    above, below = plt.gcf().axes
    w = settle(H, w_hat, 0.5)
    assert np.allclose(above.lines[-1].get_xydata(), [w.numpy()])
    circle = above.patches[-1]
    assert np.isclose(circle.radius, w.norm().item())
    towards_data, towards_zero = [np.subtract(arrow.xy, w.numpy()) for arrow in above.texts]
    assert np.allclose(towards_data, -towards_zero)
    pull = H @ (w_hat - w)  # of the data, opposite to that of zero
    assert np.allclose(towards_data / np.linalg.norm(towards_data), (pull / pull.norm()).numpy())
    assert np.allclose([bar.get_width() for bar in below.patches[:2]], [0.2 / 0.7, 1.8 / 2.3])
    assert f"length {w.norm():.2f}" in above.get_title()


def test_ball_without_decay_has_no_arrows():
    H, w_hat = torch.eye(2, dtype=torch.float64), torch.tensor([2.0, -1.0], dtype=torch.float64)
    draw.ball(0, H, w_hat, settle)
    above, below = plt.gcf().axes
    assert not above.texts and [bar.get_width() for bar in below.patches] == [1, 1, 0, 0]


def test_ridge_splits_the_error_of_each_direction():
    stiffness = torch.tensor([0.1, 1.0])
    draw.ridge(0.1, [0.0, 0.1, 1.0], [3.0, 1.0, 2.0], [0.1, 0.2, 0.3], [2.0, 1.0, 0.5], stiffness, 0.02, 0.01)
    top, middle, bottom = plt.gcf().axes
    test, train, length, mark = top.lines
    assert mark.get_xdata()[0] == test.get_xdata()[1] == 0.1
    assert [text.get_text() for text in top.get_xticklabels()] == ["0", "0.1", "1"]
    kept = np.array([0.5, 1 / 1.1])
    assert np.allclose([bar.get_height() for bar in middle.patches], kept)
    assert np.allclose([bar.get_height() for bar in bottom.patches[:2]], kept**2 * [0.1, 0.01])
    assert np.allclose([bar.get_height() for bar in bottom.patches[2:]], (1 - kept) ** 2 * 0.02)
    assert np.isclose(bottom.patches[2].get_y(), bottom.patches[0].get_height())


def equals_the_optimizers_weight_decay(penalised):
    """penalised(losses (B,), w, strength): what backward is called on."""
    generator = torch.Generator().manual_seed(0)
    X, y = torch.randn(8, 3, generator=generator), torch.randn(8, generator=generator)
    ours, theirs = (torch.tensor([1.0, 2.0, -3.0], requires_grad=True) for _ in range(2))
    penalised((X @ ours - y) ** 2 / 2, ours, 0.3).backward()
    ((X @ theirs - y) ** 2 / 2).mean().backward()
    with torch.no_grad():
        ours -= 0.1 * ours.grad
    torch.optim.SGD([theirs], lr=0.1, weight_decay=0.3).step()
    assert torch.allclose(ours, theirs)


def with_penalty(penalty):
    return lambda losses, w, strength: losses.mean() + strength * penalty(w)


def reads_its_argument(penalty):
    globals_like = torch.full((5,), 100.0)
    assert penalty(torch.ones(3)).item() == pytest.approx(1.5) and globals_like.sum() == 500


SOME_OTHER_WEIGHTS = torch.full((5,), 100.0)


def careless_penalty(v):
    return (SOME_OTHER_WEIGHTS**2).sum() / 2


test_trap = each_is_caught(
    Trap(
        "a penalty on the length, not on its square",
        right=with_penalty(l2_penalty),
        wrong=with_penalty(lambda w: w.norm()),
        check=equals_the_optimizers_weight_decay,
    ),
    Trap(
        "the half forgotten in the penalty",
        right=with_penalty(l2_penalty),
        wrong=with_penalty(lambda w: (w**2).sum()),
        check=equals_the_optimizers_weight_decay,
    ),
    Trap(
        "an L1 penalty called L2",
        right=with_penalty(l2_penalty),
        wrong=with_penalty(lambda w: w.abs().sum()),
        check=equals_the_optimizers_weight_decay,
    ),
    Trap(
        "the penalty added to every example of a summed loss",
        right=with_penalty(l2_penalty),
        wrong=lambda losses, w, strength: (losses + strength * l2_penalty(w)).sum(),
        check=equals_the_optimizers_weight_decay,
    ),
    Trap("a penalty that uses a global w", right=l2_penalty, wrong=careless_penalty, check=reads_its_argument),
)
