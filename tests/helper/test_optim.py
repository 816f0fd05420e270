import copy

import pytest
import torch
from torch import nn

from d2lbook_utils import clip_gradients
from d2lbook_utils.inspection import gradient_norms


def network(scale):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1)).double()
    (scale * net(torch.randn(5, 4).double())).sum().backward()
    return net


@pytest.mark.parametrize("max_norm", [1e-3, 1.0, 1e3])
@pytest.mark.parametrize("scale", [0.0, 1.0, 1e4])
def test_clip_gradients_equals_torch(scale, max_norm):
    ours = network(scale)
    before = [p.grad.clone() for p in ours.parameters()]
    theirs = copy.deepcopy(ours)
    for p, q in zip(theirs.parameters(), ours.parameters()):
        p.grad = q.grad.clone()
    norm = clip_gradients(ours.parameters(), max_norm)
    torch.testing.assert_close(norm, nn.utils.clip_grad_norm_(theirs.parameters(), max_norm))
    for p, q, old in zip(ours.parameters(), theirs.parameters(), before):
        torch.testing.assert_close(p.grad, q.grad, rtol=2e-3, atol=1e-12)     # torch divides by norm + 1e-6
        assert norm > max_norm or torch.equal(p.grad, old)
    total = torch.cat([p.grad.flatten() for p in ours.parameters()]).norm()
    assert total <= max_norm * (1 + 1e-12)


def test_clip_gradients_edges():
    assert clip_gradients([torch.ones(2, requires_grad=True)], 1.0) == 0
    assert clip_gradients([], 1.0) == 0
    for max_norm in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="clip_gradients: max_norm must be more than 0, got"):
            clip_gradients([], max_norm)


def test_clip_gradients_takes_a_generator_and_keeps_half_precision():
    param = torch.ones(4, dtype=torch.float16, requires_grad=True)
    param.grad = torch.full((4,), 10.0, dtype=torch.float16)
    norm = clip_gradients((p for p in [param]), 1.0)
    assert norm == 20 and param.grad.dtype == torch.float16
    assert param.grad.norm().item() == pytest.approx(1, rel=1e-2)


def test_gradient_norms():
    net = network(1.0)
    net[2].bias.grad = None
    norms = gradient_norms(net)
    assert list(norms) == ["0.weight", "0.bias", "2.weight"]
    assert norms["0.weight"] == pytest.approx(net[0].weight.grad.square().sum().sqrt().item())
    assert gradient_norms(nn.Linear(2, 2)) == {}


@pytest.mark.parametrize("size, dtype", [(1e-30, torch.float32), (1e-6, torch.float16), (1e30, torch.float32), (1e30, torch.bfloat16)])
def test_gradient_norms_do_not_leave_the_range(size, dtype):
    layer = nn.Linear(4, 1, bias=False).to(dtype)
    layer.weight.grad = torch.full((1, 4), size, dtype=dtype)
    assert gradient_norms(layer)["weight"] == pytest.approx(2 * size, rel=0.05)
    assert layer.weight.grad.dtype == dtype
