import copy
import math

import pytest
import torch
from torch import nn

from d2lbook_utils import SGD, clip_gradients, sgd


@pytest.mark.parametrize("batch_size", [1, 4])
def test_sgd_step_equals_torch_on_the_mean_loss(batch_size):
    torch.manual_seed(0)
    X, y = torch.randn(batch_size, 3, dtype=torch.float64), torch.randn(batch_size, 1, dtype=torch.float64)
    ours = torch.randn(3, 1, dtype=torch.float64, requires_grad=True)
    theirs = ours.detach().clone().requires_grad_()
    optimizer = torch.optim.SGD([theirs], lr=0.3)
    for _ in range(3):
        ((X @ ours - y) ** 2).sum().backward()
        sgd([ours], 0.3, batch_size)
        optimizer.zero_grad()
        ((X @ theirs - y) ** 2).mean().backward()
        optimizer.step()
        torch.testing.assert_close(ours, theirs)
    assert ours.grad.abs().sum() == 0 and ours.is_leaf


def test_sgd_updates_every_parameter_in_place():
    w, b = torch.ones(2, 1, requires_grad=True), torch.ones(1, requires_grad=True)
    stored = w.data_ptr()
    (2 * w.sum() + 3 * b.sum()).backward()
    sgd(iter([w, b]), 0.5, 2)
    assert w.tolist() == [[0.5], [0.5]] and b.tolist() == [0.25] and w.data_ptr() == stored


@pytest.mark.parametrize("take_step", [sgd, clip_gradients, SGD], ids=lambda f: f.__name__)
def test_a_single_tensor_is_no_list_of_parameters(take_step):
    w = torch.ones(2, requires_grad=True)
    w.sum().backward()
    arguments = (0.1, 1) if take_step is sgd else (0.1,)
    with pytest.raises(TypeError, match=f"{take_step.__name__}: params is a single tensor, give a list such as "):
        take_step(w, *arguments)
    assert w.tolist() == [1, 1] and w.grad.tolist() == [1, 1]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
def test_sgd_step_equals_torch(dtype):
    ours = torch.tensor([1.0, -2.0, 3.0], dtype=dtype, requires_grad=True)
    theirs = ours.detach().clone().requires_grad_()
    for param, optimizer in [(ours, SGD([ours], 0.1)), (theirs, torch.optim.SGD([theirs], 0.1))]:
        for _ in range(3):
            optimizer.zero_grad()
            (param**2).sum().backward()
            optimizer.step()
    assert torch.equal(ours, theirs) and ours.is_leaf and ours.requires_grad


def test_sgd_leaves_unused_parameters_alone():
    used, unused = torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True)
    optimizer = SGD(iter([used, unused]), 0.5)
    used.sum().backward()
    optimizer.step()
    assert (used.item(), unused.item()) == (0.5, 1.0)
    optimizer.zero_grad()
    assert used.grad is None


@pytest.mark.parametrize(
    "params, lr, message",
    [
        ([], 0.1, "no parameters"),
        ([torch.ones(1)], -1, "lr must be 0 or more"),
        ([torch.ones(1)], math.nan, "lr must be"),
    ],
)
def test_sgd_bad_input(params, lr, message):
    with pytest.raises(ValueError, match=message):
        SGD(params, lr)


def test_sgd_with_a_rate_of_0_stays():
    w = torch.ones(1, requires_grad=True)
    w.sum().backward()
    SGD([w], 0).step()
    assert w.item() == 1


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
        torch.testing.assert_close(p.grad, q.grad, rtol=2e-3, atol=1e-12)  # torch divides by norm + 1e-6
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
    param.grad = torch.full((4, 2), 10.0, dtype=torch.float16)[:, 0]  # not contiguous
    norm = clip_gradients((p for p in [param]), 1.0)
    assert norm == 20 and param.grad.dtype == torch.float16
    assert param.grad.norm().item() == pytest.approx(1, rel=1e-2)
