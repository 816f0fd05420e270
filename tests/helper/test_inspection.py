import pytest
import torch
from torch import nn

from d2lbook_utils.inspection import activation_statistics, gradient_norms


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
    assert [row["layer"] for row in rows] == ["0 ReLU", "0 ReLU"] and rows[0] == {
        "layer": "0 ReLU",
        "mean": 1.5,
        "std": 1.5,
        "zeros": 0.5,
    }
    assert not relu._forward_hooks
    assert activation_statistics(nn.ReLU(), torch.ones(1))[0]["layer"] == "ReLU"


def test_the_share_of_dead_outputs():
    rows = activation_statistics(nn.ReLU(), torch.tensor([[-1.0, 2.0, 0.0, -3.0]]))
    assert rows[0]["zeros"] == 0.75
    assert activation_statistics(nn.Tanh(), torch.ones(2, 2))[0]["zeros"] == 0.0


def test_no_graph_is_recorded():
    layer = nn.Linear(3, 2)
    outputs = []
    layer.register_forward_hook(lambda module, inputs, output: outputs.append(output))
    activation_statistics(layer, torch.ones(4, 3))
    assert not outputs[0].requires_grad


def test_hooks_go_even_when_the_model_fails():
    layer = nn.Linear(3, 1)
    with pytest.raises(RuntimeError):
        activation_statistics(layer, torch.ones(2, 2))
    assert not layer._forward_hooks


def test_gradient_norms():
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1)).double()
    net(torch.randn(5, 4).double()).sum().backward()
    net[2].bias.grad = None
    norms = gradient_norms(net)
    assert list(norms) == ["0.weight", "0.bias", "2.weight"]
    assert norms["0.weight"] == pytest.approx(net[0].weight.grad.square().sum().sqrt().item())
    assert gradient_norms(nn.Linear(2, 2)) == {}


@pytest.mark.parametrize(
    "size, dtype", [(1e-30, torch.float32), (1e-6, torch.float16), (1e30, torch.float32), (1e30, torch.bfloat16)]
)
def test_gradient_norms_do_not_leave_the_range(size, dtype):
    layer = nn.Linear(4, 1, bias=False).to(dtype)
    layer.weight.grad = torch.full((1, 4), size, dtype=dtype)
    assert gradient_norms(layer)["weight"] == pytest.approx(2 * size, rel=0.05)
    assert layer.weight.grad.dtype == dtype
