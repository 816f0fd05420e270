import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from torch import nn
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import evaluate_loss, sgd, squared_loss, tensor_loader
from d2lbook_utils.figures.linear_networks import linear_regression_concise as draw


def test_two_losses_and_their_ratio():
    draw.two_losses([4.0, 1.0], [8.0, 0.5])
    _, ratio = plt.gcf().axes[1].lines
    assert np.allclose(ratio.get_ydata(), [2, 0.5])


def test_predictions_tell_the_error_in_the_title():
    draw.predictions(torch.tensor([[103.0], [116.0]]), torch.tensor([[100.0], [120.0]]))
    assert plt.gca().get_title() == "RMSE 3.5 dB"


def keeps_the_path_of_the_scratch_version(rate):
    """rate: what the learning rate is multiplied by when nn.MSELoss replaces half the squared error."""
    X = torch.randn(20, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    y = X @ torch.tensor([[2.0], [-3.4]]).double()
    ours = torch.zeros(2, 1, dtype=torch.float64, requires_grad=True)
    net = nn.Linear(2, 1, bias=False, dtype=torch.float64)
    nn.init.zeros_(net.weight)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1 * rate)
    for _ in range(5):
        squared_loss(X @ ours, y).sum().backward()
        sgd([ours], 0.1, 20)
        optimizer.zero_grad()
        nn.MSELoss()(net(X), y).backward()
        optimizer.step()
    assert torch.allclose(ours, net.weight.T)


def is_the_mean_over_unequal_batches(evaluate):
    X, y = torch.zeros(10, 1), torch.arange(10.0).reshape(10, 1)
    loader = tensor_loader((X, y), 4, shuffle=False)
    assert evaluate(lambda X: X, loader, nn.MSELoss()) == pytest.approx((y**2).mean().item())


test_trap = each_is_caught(
    Trap(
        "MSELoss with the learning rate of half the squared error",
        right=0.5,
        wrong=1.0,
        check=keeps_the_path_of_the_scratch_version,
    ),
    Trap(
        "mean of the means of unequal batches",
        right=evaluate_loss,
        wrong=with_bug(evaluate_loss, "* len(y), examples=len(y)", ", examples=1"),
        check=is_the_mean_over_unequal_batches,
    ),
)
