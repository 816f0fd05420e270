import math

import pytest
import torch
from torch.func import jacrev

from d2lbook_utils.numerical import numerical_derivative, numerical_jacobian

ONE = torch.tensor(1.0, dtype=torch.float64)


@pytest.mark.parametrize(
    "f, x, slope",
    [
        (lambda x: 3 * x**2 - 4 * x, 1.0, 2.0),
        (math.sin, 1.0, math.cos(1)),
        (lambda x: 7.0, 2.0, 0.0),
        (abs, -3.0, -1.0),
    ],
)
def test_derivative_of_a_number(f, x, slope):
    assert numerical_derivative(f, x) == pytest.approx(slope, abs=1e-8)
    assert numerical_derivative(f, x, central=False) == pytest.approx(slope, abs=1e-4)


@pytest.mark.parametrize("dtype, h, tolerance", [(torch.float32, 1e-2, 1e-4), (torch.float64, 1e-5, 1e-10)])
@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (0,)])
def test_derivative_of_a_tensor_keeps_dtype_and_shape(dtype, h, tolerance, shape):
    x = torch.rand(shape, dtype=dtype, generator=torch.Generator().manual_seed(0))
    slope = numerical_derivative(torch.sin, x, h)
    assert slope.dtype == dtype and slope.shape == shape
    torch.testing.assert_close(slope, torch.cos(x), atol=tolerance, rtol=0)


@pytest.mark.parametrize("central, order", [(False, 1), (True, 2)])
def test_halving_the_step_divides_the_error_by_two_to_the_order(central, order):
    errors = [numerical_derivative(torch.exp, ONE, h, central) - math.e for h in (0.02, 0.01)]
    assert (errors[0] / errors[1]).item() == pytest.approx(2**order, rel=0.02)


@pytest.mark.parametrize("h", [0, -1e-5, float("nan")])
def test_derivative_wants_a_step_above_0(h):
    with pytest.raises(ValueError, match=f"numerical_derivative: h is {h}, not above 0"):
        numerical_derivative(math.sin, 1.0, h)


def test_derivative_has_a_step_of_1e_minus_5_and_looks_to_both_sides():
    seen = []
    numerical_derivative(lambda x: seen.append(x) or x, 1.0)
    assert seen == [1 + 1e-5, 1 - 1e-5]


def test_derivative_refuses_tensors_of_integers():
    with pytest.raises(TypeError, match="numerical_derivative: x is torch.int64, not float"):
        numerical_derivative(lambda x: x**2, torch.tensor(3))


def test_jacobian_has_a_step_of_1e_minus_5():
    seen = []
    numerical_jacobian(lambda x: seen.append(x.item()) or x, ONE)
    assert sorted(seen) == pytest.approx([1 - 1e-5, 1, 1 + 1e-5], abs=1e-12)


@pytest.mark.parametrize(
    "f",
    [
        torch.sin,
        lambda x: x.sum(),
        lambda x: x @ x.mT,
        lambda x: torch.stack([x.sum(0), x.prod(0)]),
        lambda x: x[..., :1],
    ],
)
@pytest.mark.parametrize("shape", [(3, 2), (1, 1), (1, 4), (2, 2)])
def test_jacobian_agrees_with_jacrev(f, shape):
    x = torch.randn(shape, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    jacobian = numerical_jacobian(f, x)
    assert jacobian.shape == f(x).shape + shape
    torch.testing.assert_close(jacobian, jacrev(f)(x), atol=1e-8, rtol=0)


def test_rows_are_outputs_and_columns_inputs():
    def f(x):
        return torch.stack([x[0] * x[1], x[0] + x[1] ** 2, x[0]])

    x = torch.tensor([2.0, 3.0], dtype=torch.float64)
    expected = torch.tensor([[3.0, 2.0], [1.0, 6.0], [1.0, 0.0]], dtype=torch.float64)
    torch.testing.assert_close(numerical_jacobian(f, x), expected, atol=1e-8, rtol=0)


@pytest.mark.parametrize(
    "x",
    [ONE, torch.arange(6.0, dtype=torch.float64).reshape(2, 3).T, torch.zeros(0, dtype=torch.float64)],
    ids=["scalar", "transposed view", "empty"],
)
def test_jacobian_of_unusual_inputs(x):
    jacobian = numerical_jacobian(lambda x: x**2, x)
    assert jacobian.shape == x.shape + x.shape
    torch.testing.assert_close(jacobian, jacrev(lambda x: x**2)(x), atol=1e-8, rtol=0)


def test_jacobian_leaves_its_input_alone_and_keeps_the_dtype():
    x = torch.tensor([0.5, 1.5])
    jacobian = numerical_jacobian(torch.sin, x, h=1e-2)
    assert x.tolist() == [0.5, 1.5]
    assert jacobian.dtype == torch.float32
    torch.testing.assert_close(jacobian, torch.diag(torch.cos(x)), atol=1e-4, rtol=0)


def test_jacobian_error_is_of_second_order():
    x = torch.tensor([1.0, 0.5], dtype=torch.float64)
    errors = [(numerical_jacobian(torch.exp, x, h) - torch.diag(torch.exp(x))).abs().max() for h in (0.02, 0.01)]
    assert (errors[0] / errors[1]).item() == pytest.approx(4, rel=0.02)


def test_jacobian_wants_float_and_a_step_above_0():
    with pytest.raises(TypeError, match=r"numerical_jacobian: x is torch.int64, not float"):
        numerical_jacobian(torch.sum, torch.arange(3))
    with pytest.raises(ValueError, match="h is 0, not above 0"):
        numerical_jacobian(torch.sum, torch.ones(3), h=0)
