"""Linear regression from tensors. Every definition is built on the page *Linear regression from scratch*."""

from __future__ import annotations

import torch


def synthetic_regression(w, b, num_examples, *, noise_std=0.01,
                         generator=None):
    """Make inputs from N(0, 1) and targets ``X @ w + b`` plus normal noise.

    Args:
        w: true weights, shape (d,) or (d, 1); their dtype is that of the data.
        b: true bias, a number.
        num_examples: n.
        noise_std: standard deviation of the noise, in units of the target.
        generator: a CPU generator; None uses PyTorch's global one.

    Returns:
        X, shape (n, d), and y, a column of shape (n, 1).

    Raises:
        ValueError: a negative noise_std.
    """
    if noise_std < 0:
        raise ValueError(f"synthetic_regression: noise_std must be 0 or "
                         f"more, got {noise_std}")
    w = w.reshape(-1, 1)                                 # (d, 1)
    X = torch.randn(num_examples, len(w), dtype=w.dtype,
                    generator=generator)                 # (n, d)
    noise = torch.randn(num_examples, 1, dtype=w.dtype,
                        generator=generator)             # (n, 1)
    return X, X @ w + b + noise_std * noise


def minibatches(batch_size, *tensors, shuffle=True, generator=None):
    """Yield tuples of batches; every example comes exactly once, the last batch may be shorter.

    Args:
        batch_size: examples in a batch, at least 1.
        tensors: share their first axis, the n examples.
        shuffle: draw a new order, else keep the stored one.
        generator: a CPU generator for the order.

    Raises:
        ValueError: a batch size below 1 or different numbers of examples (when the first batch is asked for).
    """
    lengths = [len(tensor) for tensor in tensors]
    if batch_size < 1 or len(set(lengths)) != 1:
        raise ValueError(f"minibatches: needs batch_size >= 1 and tensors "
                         f"of one length, got {batch_size} and {lengths}")
    order = (torch.randperm(lengths[0], generator=generator) if shuffle
             else torch.arange(lengths[0]))
    for start in range(0, lengths[0], batch_size):
        indices = order[start:start + batch_size]
        yield tuple(tensor[indices] for tensor in tensors)


def linear_regression(X, w, b):
    """Return the predictions ``X @ w + b``.

    Args:
        X: inputs, shape (B, d).
        w: weights, shape (d, 1).
        b: bias, a number or a tensor of shape (1,).

    Returns:
        A column of shape (B, 1).
    """
    return X @ w + b


def sgd(params, lr, batch_size):
    """Take a minibatch step ``param <- param - lr / batch_size * param.grad`` and clear the gradients.

    Args:
        params: tensors whose grad is the *sum* of the gradients over a batch.
        lr: learning rate.
        batch_size: examples in this batch, the short last one included.
    """
    with torch.no_grad():
        for param in params:
            param -= lr / batch_size * param.grad
            param.grad.zero_()
