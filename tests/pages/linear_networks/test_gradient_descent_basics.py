import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from traps import Trap, each_is_caught, from_page, with_bug

from d2lbook_utils import squared_loss
from d2lbook_utils.figures.linear_networks import gradient_descent_basics as draw


@pytest.mark.parametrize(
    "rate, word",
    [
        (0.02, "creeps"),
        (0.5, "direct"),
        (0.9, "zigzags"),
        (1.0, "bounces"),
        (1.1, "diverges"),
    ],
)
def test_valley_names_the_verdict_and_draws_the_distances_along_the_eigenvectors(rate, word):
    A, goal = torch.diag(torch.tensor([0.5, 2.0])), torch.tensor([1.0, -1.0])
    error = torch.tensor([[2.0, 1.0], [2.0 * (1 - 0.5 * rate), 1 - 2 * rate]])
    draw.valley(A, goal, goal + error, rate)
    above, below = plt.gcf().axes
    assert word in above.get_title()
    steep, flat = (line.get_ydata() for line in below.lines)
    assert np.allclose(steep, error[:, 1].abs(), atol=1e-6) and np.allclose(flat, error[:, 0].abs())


def test_worst_factor_is_lowest_at_the_star_and_one_at_the_limit():
    draw.worst_factor(0.4, 2.0)
    slower, steep, flat, best = plt.gca().lines[:4]
    x, y = slower.get_data()
    assert np.allclose(y, np.maximum(steep.get_ydata(), flat.get_ydata()))
    assert np.allclose(best.get_xydata(), [[2 / 2.4, 1 - 0.8 / 2.4]]) and abs(x[y.argmin()] - 2 / 2.4) < 0.01
    assert np.allclose(np.interp(1.0, x, y), 1)


def test_cloud_has_a_ring_of_the_root_mean_square():
    true = torch.tensor([1.0, 2.0])
    draw.cloud(true + torch.tensor([[3.0, 4.0], [0.0, 0.0]]), true, 8, reach=10)
    (ring,) = plt.gca().patches
    assert np.isclose(ring.radius, 12.5**0.5) and ring.center == (1, 2)
    assert plt.gca().get_title() == "B = 8: typical error 3.5"


def goes_down(descend):
    path = descend(lambda w: 2 * w, torch.tensor([1.0]), 0.1, 5)
    assert (path[1:] ** 2 < path[:-1] ** 2).all()


def does_not_depend_on_how_often_the_data_are_repeated(loss):
    x = torch.tensor([1.0, 2.0, 3.0])
    slopes = []
    for data in (x, x.repeat(4)):
        w = torch.tensor(0.5, requires_grad=True)
        loss(w * data, 2 * data).backward()
        slopes.append(w.grad)
    assert torch.isclose(*slopes)


DESCENT = from_page("linear-networks/gradient-descent-basics", "gradient_descent")

test_trap = each_is_caught(
    Trap(
        "moving along the gradient instead of against it",
        right=DESCENT,
        wrong=with_bug(DESCENT, "w - lr", "w + lr"),
        check=goes_down,
    ),
    Trap(
        "the sum of the losses makes the step grow with the batch",
        right=lambda y_hat, y: squared_loss(y_hat, y).mean(),
        wrong=lambda y_hat, y: squared_loss(y_hat, y).sum(),
        check=does_not_depend_on_how_often_the_data_are_repeated,
    ),
)
