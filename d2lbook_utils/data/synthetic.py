"""Data drawn from a known rule."""

from __future__ import annotations

import torch


def synthetic_regression(w, b, num_examples, *, noise_std=0.01, generator=None):
    """Make inputs from N(0, 1) and targets ``X @ w + b`` plus normal noise.

    Args:
        w: true weights, floats of shape (d,) or (d, 1); their dtype is that of the data.
        b: true bias, a number.
        num_examples: n.
        noise_std: standard deviation of the noise, in units of the target.
        generator: a CPU generator; None uses PyTorch's global one.

    Returns:
        X, shape (n, d), and y, a column of shape (n, 1).

    Raises:
        TypeError: w is no tensor of floats.
        ValueError: weights of another shape or a negative noise_std.

    Page: linear-regression-scratch
    """
    if not isinstance(w, torch.Tensor) or not w.is_floating_point():
        raise TypeError(
            "synthetic_regression: w must be a tensor of floats, such as torch.tensor([2.0, -3.4]); "
            f"got {getattr(w, 'dtype', type(w).__name__)}"
        )
    if w.dim() == 0 or w.numel() != len(w):
        raise ValueError(f"synthetic_regression: w must have shape (d,) or (d, 1), got {tuple(w.shape)}")
    if noise_std < 0:
        raise ValueError(f"synthetic_regression: noise_std must be 0 or more, got {noise_std}")
    w = w.reshape(-1, 1)  # (d, 1)
    X = torch.randn(num_examples, len(w), dtype=w.dtype, generator=generator)  # (n, d)
    noise = torch.randn(num_examples, 1, dtype=w.dtype, generator=generator)  # (n, 1)
    return X, X @ w + b + noise_std * noise
