"""Numerical derivatives, for checking the exact ones."""

from __future__ import annotations

import torch


def numerical_derivative(f, x, h=1e-5, central=True):
    """Estimate ``f'(x)`` by a difference quotient with step ``h``.

    Central, ``(f(x + h) - f(x - h)) / (2 h)``, has an error of order ``h**2``; forward,
    ``(f(x + h) - f(x)) / h``, one of order ``h``. Use float64.

    Args:
        f: a function that works elementwise.
        x: a number, or a floating-point tensor of any shape.
        h: step, above 0.
        central: whether to step to both sides.

    Returns:
        The slope at every entry of ``x``, same shape.

    Raises:
        TypeError: ``x`` is a tensor of integers, which a step would turn into float32.
        ValueError: ``h`` is not above 0.

    Page: calculus
    """
    if isinstance(x, torch.Tensor) and not x.is_floating_point():
        raise TypeError(f"numerical_derivative: x is {x.dtype}, not float")
    if not h > 0:
        raise ValueError(f"numerical_derivative: h is {h}, not above 0")
    if central:
        return (f(x + h) - f(x - h)) / (2 * h)
    return (f(x + h) - f(x)) / h


def numerical_jacobian(f, x, h=1e-5):
    """Estimate the Jacobian of ``f`` at ``x``, one column for each entry of ``x``, by central differences.

    Entry ``[i, j]`` is the slope of output ``i`` as input ``j`` moves. Takes ``2 n`` calls of ``f`` for ``n`` inputs;
    the error is of order ``h**2``. Use float64.

    Args:
        f: a function from a tensor to a tensor.
        x: a floating-point tensor of any shape.
        h: step, above 0.

    Returns:
        A tensor of shape ``(*f(x).shape, *x.shape)``: the axes of the output first, as in ``torch.func.jacrev``.

    Raises:
        TypeError: ``x`` is not a floating-point tensor.
        ValueError: ``h`` is not above 0.

    Page: matrix-calculus
    """
    if not x.is_floating_point():
        raise TypeError(f"numerical_jacobian: x is {x.dtype}, not float")
    y = f(x)
    jacobian = y.new_empty(y.shape + (x.numel(),))
    for j in range(x.numel()):
        unit = x.new_zeros(x.numel())
        unit[j] = 1
        unit = unit.reshape(x.shape)
        jacobian[..., j] = numerical_derivative(lambda t: f(x + t * unit), 0.0, h)
    return jacobian.reshape(y.shape + x.shape)
