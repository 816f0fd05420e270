import pytest
import torch
from torch import nn
from torch.nn import functional as F

from d2lbook_utils import dropout_layer, linear_regression


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16])
def test_dropout_has_the_distribution_of_torch(p, dtype):
    torch.manual_seed(0)
    X = torch.ones(200_000, dtype=dtype)
    for dropped in (dropout_layer(X, p), F.dropout(X, p)):
        assert dropped.dtype == dtype
        kept = dropped[dropped != 0].double()
        assert torch.allclose(kept, torch.tensor(1 / (1 - p), dtype=torch.float64), rtol=1e-3)
        assert abs(len(kept) / len(X) - (1 - p)) < 0.005
    assert abs(dropout_layer(X, p).double().var().item() - p / (1 - p)) < 0.02 * (1 + 9 * p)


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_dropout_gradient_is_the_mask(p):
    torch.manual_seed(0)
    X = torch.randn(50, 4).abs().add(1).requires_grad_()
    dropped = dropout_layer(X, p)
    dropped.sum().backward()
    kept = (dropped != 0).float()
    torch.testing.assert_close(X.grad, kept / (1 - p) if p < 1 else torch.zeros(50, 4))


def test_dropout_edges():
    X = torch.randn(3, 2)
    assert torch.equal(dropout_layer(X, 0), X)
    assert torch.equal(dropout_layer(X, 1), F.dropout(X, 1.0)) and dropout_layer(X, 1).abs().sum() == 0
    assert dropout_layer(torch.zeros(0, 5), 0.5).shape == (0, 5)
    for p in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="dropout_layer: p must be 0 to 1, got"):
            dropout_layer(X, p)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_linear_regression_equals_nn_linear(dtype):
    torch.manual_seed(0)
    layer = nn.Linear(3, 1, dtype=dtype)
    w, b = (p.detach().clone().requires_grad_() for p in (layer.weight.T, layer.bias))
    X = torch.randn(5, 3, dtype=dtype)
    ours, theirs = linear_regression(X, w, b), layer(X)
    assert ours.shape == (5, 1)
    torch.testing.assert_close(ours, theirs)
    (ours**2).sum().backward()
    (theirs**2).sum().backward()
    torch.testing.assert_close(w.grad, layer.weight.grad.T)
    torch.testing.assert_close(b.grad, layer.bias.grad)


def test_linear_regression_takes_a_number_as_bias():
    assert linear_regression(torch.ones(2, 3), torch.ones(3, 1), 0.5).tolist() == [[3.5], [3.5]]
    assert linear_regression(torch.ones(0, 3), torch.ones(3, 1), 0.5).shape == (0, 1)
    assert linear_regression(torch.arange(6.0).reshape(3, 2).T, torch.ones(3, 1), 0).tolist() == [[6.0], [9.0]]


@pytest.mark.parametrize("p", [0.0, 0.5, 1.0])
def test_dropout_stays_on_the_device_of_its_input(p):
    assert dropout_layer(torch.ones(3, 2, device="meta"), p).device.type == "meta"
