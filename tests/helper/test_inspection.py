import pytest
import torch
from torch import nn

from d2lbook_utils.inspection import activation_statistics


def test_rows_describe_every_layers_output():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(6, 4), nn.ReLU(), nn.Sequential(nn.Linear(4, 2)))
    X = torch.randn(30, 2, 3)
    rows = activation_statistics(net, X)
    assert [row["layer"] for row in rows] == ["0 Flatten", "1 Linear", "2 ReLU", "3.0 Linear"]
    output = net[:3](X)
    assert rows[2]["mean"] == pytest.approx(output.mean().item())
    assert rows[2]["std"] == pytest.approx(output.std(correction=0).item())
    assert rows[2]["zeros"] == pytest.approx((output == 0).float().mean().item()) and 0.2 < rows[2]["zeros"] < 0.8


def test_a_module_that_is_called_twice_has_two_rows_and_no_hook_stays():
    relu = nn.ReLU()
    net = nn.Sequential(relu, relu)
    rows = activation_statistics(net, torch.tensor([-1.0, 3.0]))
    assert [row["layer"] for row in rows] == ["0 ReLU", "0 ReLU"] and rows[0] == {"layer": "0 ReLU", "mean": 1.5, "std": 1.5, "zeros": 0.5}
    assert not relu._forward_hooks
    assert activation_statistics(nn.ReLU(), torch.ones(1))[0]["layer"] == "ReLU"


def test_hooks_go_even_when_the_model_fails():
    layer = nn.Linear(3, 1)
    with pytest.raises(RuntimeError):
        activation_statistics(layer, torch.ones(2, 2))
    assert not layer._forward_hooks
