import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn
from traps import Trap, each_is_caught, with_bug

from d2lbook_utils import evaluate_accuracy
from d2lbook_utils.figures.multilayer_perceptrons import mlp_concise as draw

ACCURACY = torch.tensor([[[0.1, 0.1], [0.1, 0.1]], [[0.8, 0.7], [0.82, 0.76]], [[0.85, 0.85], [0.85, 0.83]]])


@pytest.mark.parametrize(
    "epoch, title",
    [
        (2, "epoch 2: std 0.01 ahead by 0.040"),
        (3, "epoch 3: default ahead by 0.010"),
    ],
)
def test_pairs_join_the_runs_of_one_order_and_name_the_leader(epoch, title):
    now = ACCURACY[epoch - 1]
    draw.pairs(now, ["default", "std 0.01"], epoch, ACCURACY)
    heights = torch.tensor([line.get_ydata().tolist() for line in plt.gca().lines])
    assert torch.equal(heights, now.T) and plt.gca().get_title() == title
    assert plt.gca().get_ylim() == pytest.approx((0.68, 0.87))


def predicts_the_same_twice(evaluate):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(5, 50), nn.Dropout(0.9), nn.Linear(50, 3))
    X = torch.randn(200, 5)
    results = {evaluate(net, [(X, torch.arange(200) % 3)]) for _ in range(5)}
    assert len(results) == 1


test_trap = each_is_caught(
    Trap(
        "evaluated in training mode",
        right=evaluate_accuracy,
        wrong=with_bug(evaluate_accuracy, "model.eval()", "model.train()"),
        check=predicts_the_same_twice,
    ),
)
