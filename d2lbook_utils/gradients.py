"""Measuring and limiting gradients. Both definitions are built on the page *Numerical stability*."""

from __future__ import annotations

import torch


def gradient_norms(model):
    """Return the length of the gradient of every parameter that has one, by parameter name.

    The length is taken in float64, because the squares of float32 numbers below 1e-23 underflow.

    Args:
        model: a module after ``backward()``.

    Returns:
        dict from name to float, in the order of ``model.named_parameters()``.
    """
    return {name: param.grad.cpu().double().norm().item()
            for name, param in model.named_parameters()
            if param.grad is not None}


def clip_gradients(params, max_norm):
    """Scale all gradients together so that their joint length is at most max_norm; return the length before.

    The direction stays. Gradients that are short enough, zero ones included, are left alone.

    Args:
        params: tensors of any shapes; those without a gradient are skipped.
        max_norm: the greatest length, more than 0.

    Returns:
        A tensor with one number.

    Raises:
        ValueError: max_norm is not positive.
    """
    if not max_norm > 0:
        raise ValueError(f"clip_gradients: max_norm must be more than 0, "
                         f"got {max_norm}")
    grads = [param.grad for param in params if param.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    norm = torch.stack([grad.norm() for grad in grads]).norm()
    if norm > max_norm:
        for grad in grads:
            grad *= max_norm / norm
    return norm
