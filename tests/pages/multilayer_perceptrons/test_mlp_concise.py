import matplotlib.pyplot as plt
import pytest
import torch

from d2lbook_utils.figures.multilayer_perceptrons import mlp_concise


def test_pairs_join_the_runs_of_one_order_and_name_the_leader():
    accuracy = torch.tensor([[[0.1, 0.1], [0.1, 0.1]], [[0.8, 0.7], [0.82, 0.76]], [[0.85, 0.85], [0.85, 0.83]]])
    mlp_concise.pairs(accuracy[1], ["default", "std 0.01"], 2, accuracy)
    axes = plt.gca()
    first, second = axes.lines
    assert torch.allclose(torch.tensor(first.get_xydata()).float(), torch.tensor([[0, 0.8], [1, 0.82]]))
    assert torch.allclose(torch.tensor(second.get_ydata()).float(), torch.tensor([0.7, 0.76]))
    assert axes.get_title() == "epoch 2: std 0.01 ahead by 0.040"
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["default", "std 0.01"]
    assert axes.get_ylabel() == "test accuracy" and axes.get_ylim() == pytest.approx((0.68, 0.87))


def test_leader_changes_with_the_epoch():
    accuracy = torch.tensor([[[0.1, 0.1], [0.1, 0.1]], [[0.85, 0.85], [0.85, 0.83]]])
    mlp_concise.pairs(accuracy[1], ["default", "std 0.01"], 2, accuracy)
    assert plt.gca().get_title() == "epoch 2: default ahead by 0.010"
