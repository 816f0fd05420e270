import math

import numpy as np
import pytest
import torch

from d2lbook_utils.probability import normal_density


def reference(x, mean, std):
    return torch.distributions.Normal(mean, std).log_prob(x).exp()


def test_values_and_gradients_agree_with_torch():
    generator = torch.Generator().manual_seed(0)
    x, mean = torch.randn(2, 4, 5, dtype=torch.float64, generator=generator)
    std = torch.rand(5, dtype=torch.float64, generator=generator) + 0.1
    ours, theirs = [[t.clone().requires_grad_() for t in (x, mean, std)] for _ in range(2)]
    torch.testing.assert_close(normal_density(*ours), reference(*theirs), rtol=1e-12, atol=1e-14)
    weight = torch.randn(4, 5, dtype=torch.float64, generator=generator)
    (weight * normal_density(*ours)).sum().backward()
    (weight * reference(*theirs)).sum().backward()
    for a, b in zip(ours, theirs):
        torch.testing.assert_close(a.grad, b.grad, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("mean, std", [(0, 1), (-3.5, 0.01), (100.0, 25.0)])
def test_area_mean_and_variance(mean, std):
    width = std / 100
    x = mean + torch.arange(-1000, 1000, dtype=torch.float64) * width
    mass = normal_density(x, mean, std) * width
    assert mass.sum().item() == pytest.approx(1, abs=1e-9)
    assert (mass * x).sum().item() == pytest.approx(mean, abs=1e-9)
    assert (mass * (x - mean) ** 2).sum().item() == pytest.approx(std**2, rel=1e-9)


@pytest.mark.parametrize(
    "x", [1, 1.0, [1.0, 1.0], np.array([1.0]), torch.tensor(1), torch.ones(2, 3, dtype=torch.float32)]
)
def test_accepts_numbers_lists_arrays_and_integers(x):
    density = normal_density(x, 1, 2)
    torch.testing.assert_close(
        density.double(), torch.full(density.shape, 1 / math.sqrt(8 * math.pi), dtype=torch.float64)
    )


def test_keeps_shape_dtype_and_precision():
    x = torch.linspace(-1, 1, 3, dtype=torch.float64)
    assert normal_density(x.float(), 0.1, 0.3).dtype == torch.float32
    assert normal_density(x, 0.1, 0.3).dtype == torch.float64
    torch.testing.assert_close(
        normal_density(x, 0.1, 0.3), reference(x, x.new_tensor(0.1), x.new_tensor(0.3)), rtol=1e-14, atol=0
    )
    assert normal_density(x[:, None], torch.zeros(4), torch.ones(4)).shape == (3, 4)
    assert normal_density(torch.empty(0), 0, 1).shape == (0,)


def test_far_out_is_zero_not_nan():
    assert normal_density(torch.tensor([1e30, -math.inf]), 0, 1).tolist() == [0, 0]


@pytest.mark.parametrize(
    "std", [0, -1, 0.0, float("nan"), torch.tensor([1.0, 0.0]), torch.tensor(-2.0, requires_grad=True)]
)
def test_std_must_be_above_zero(std):
    with pytest.raises(ValueError, match=r"^normal_density: std must be above 0, got "):
        normal_density(torch.zeros(2), 0, std)


def test_slices_and_half_precision():
    x = torch.linspace(-1, 1, 6, dtype=torch.float64)
    torch.testing.assert_close(normal_density(x[::2], 0, 1), normal_density(x, 0, 1)[::2])
    torch.testing.assert_close(normal_density(x.half(), 0, 1), normal_density(x, 0, 1).half(), rtol=2e-3, atol=0)
