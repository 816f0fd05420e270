import pytest
import torch
from torch import nn

from d2lbook_utils.nn.init import init_normal


class Special(nn.Linear):
    pass


def test_init_normal_reaches_every_linear_layer_and_nothing_else():
    torch.manual_seed(0)
    net = nn.Sequential(nn.BatchNorm1d(200), nn.Sequential(Special(200, 300), nn.Linear(300, 200, bias=False)))
    net.apply(init_normal)
    for layer in net[1]:
        assert layer.weight.std().item() == pytest.approx(0.01, rel=0.05) and abs(layer.weight.mean().item()) < 2e-4
    assert not net[1][0].bias.any() and net[0].weight.eq(1).all()
    assert all(param.requires_grad for param in net.parameters())


def test_init_normal_std():
    layer = nn.Linear(300, 300)
    init_normal(layer, std=2.0)
    assert layer.weight.std().item() == pytest.approx(2.0, rel=0.05)
    init_normal(layer, std=0)
    assert not layer.weight.any()
    for std in (-1, float("nan")):
        with pytest.raises(ValueError, match=f"init_normal: std must be 0 or more, got {std}"):
            init_normal(layer, std=std)
