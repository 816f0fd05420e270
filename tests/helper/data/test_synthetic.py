"""Data from a known rule: the rule, the noise and the types."""

import pytest
import torch

from d2lbook_utils.data import synthetic_regression

W = torch.tensor([2.0, -3.4, 0.5])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_shapes_and_types(dtype, shape):
    X, y = synthetic_regression(W.to(dtype).reshape(shape), 4.2, 100)
    assert X.shape == (100, 3) and y.shape == (100, 1)
    assert X.dtype == y.dtype == dtype


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_without_noise_the_rule_holds(dtype):
    w = W.to(dtype)
    X, y = synthetic_regression(w, 4.2, 50, noise_std=0, generator=seeded())
    torch.testing.assert_close(y[:, 0], (X * w).sum(dim=1) + 4.2)


def test_the_noise_is_drawn_in_the_type_of_the_data():
    """A noise of single precision would have few digits."""
    X, y = synthetic_regression(W.double(), 0.0, 50, noise_std=1.0, generator=seeded())
    noise = y - X @ W.double().reshape(-1, 1)
    assert (noise != noise.float().double()).any()
    torch.testing.assert_close(X, torch.randn(50, 3, dtype=torch.float64, generator=seeded()))


@pytest.mark.parametrize("given, expected", [({}, 0.01), ({"noise_std": 3.0}, 3.0)])
def test_the_size_of_the_noise(given, expected):
    X, y = synthetic_regression(W, -1.0, 20_000, generator=seeded(), **given)
    noise = y - (X @ W.reshape(-1, 1) - 1.0)
    assert abs(noise.std().item() / expected - 1) < 0.03 and abs(noise.mean().item()) < 0.03 * expected
    assert abs(X.mean().item()) < 0.02 and abs(X.std().item() - 1) < 0.02
    assert abs(torch.corrcoef(torch.cat([X, noise], dim=1).T) - torch.eye(4)).max() < 0.03


def test_the_generator_fixes_the_data():
    first, second, third = (synthetic_regression(W, 0.0, 5, generator=seeded(seed)) for seed in (1, 1, 2))
    assert torch.equal(first[0], second[0]) and torch.equal(first[1], second[1])
    assert not torch.equal(first[0], third[0])


@pytest.mark.parametrize("w, got", [([2.0, -3.4], "list"), (2.0, "float"), (torch.tensor([2, -3]), "torch.int64")])
def test_weights_that_are_no_floats(w, got):
    with pytest.raises(TypeError, match=rf"synthetic_regression: w must be a tensor of floats, such as .*; got {got}$"):
        synthetic_regression(w, 0.0, 5)


@pytest.mark.parametrize("w", [torch.tensor(2.0), torch.ones(2, 3), torch.ones(1, 2)])
def test_weights_of_another_shape(w):
    with pytest.raises(ValueError, match=r"w must have shape \(d,\) or \(d, 1\), got \("):
        synthetic_regression(w, 0.0, 5)


def test_negative_noise():
    with pytest.raises(ValueError, match="noise_std must be 0 or more, got -0.1"):
        synthetic_regression(W, 0.0, 5, noise_std=-0.1)
