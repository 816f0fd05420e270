"""Models and layers written as functions."""

from __future__ import annotations

import torch


def linear_regression(X, w, b):
    """Return the predictions ``X @ w + b``.

    Args:
        X: inputs, shape (B, d).
        w: weights, shape (d, 1).
        b: bias, a number or a tensor of shape (1,).

    Returns:
        A column of shape (B, 1).

    Page: linear-regression-scratch
    """
    return X @ w + b


def dropout_layer(X, p):
    """Set each entry to zero with probability p and divide the others by 1 - p, so that the mean stays.

    For training only.

    Args:
        X: a floating-point tensor of any shape.
        p: probability of dropping, 0 to 1.

    Returns:
        A tensor like X.

    Raises:
        ValueError: p out of range.

    Page: dropout
    """
    if not 0 <= p <= 1:
        raise ValueError(f"dropout_layer: p must be 0 to 1, got {p}")
    if p == 1:
        return 0 * X
    keep = torch.rand(X.shape, device=X.device) >= p
    return keep * X / (1 - p)
