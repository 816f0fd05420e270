"""Densities that pages draw and fit."""

from __future__ import annotations

import math

import torch


def normal_density(x, mean, std):
    """Return the density of the normal distribution, ``exp(-((x - mean) / std)**2 / 2) / (std * sqrt(2 pi))``.

    Differentiable in all three arguments.

    Args:
        x: where to evaluate; a number, a list or a tensor.
        mean: centre, in units of ``x``; a number or a tensor that broadcasts with ``x``.
        std: standard deviation (not the variance), above 0, in units of ``x``; a number or a tensor that broadcasts
            with ``x``.

    Returns:
        Densities per unit of ``x``, of the broadcast shape.

    Raises:
        ValueError: ``std`` is not above 0 somewhere.

    Page: probability
    """
    if not (torch.as_tensor(std) > 0).all():
        raise ValueError(f"normal_density: std must be above 0, got {std}")
    z = (torch.as_tensor(x) - mean) / std
    return torch.exp(-(z**2) / 2) / (std * math.sqrt(2 * math.pi))
