"""Optimisers, and what keeps their steps in bounds."""

from __future__ import annotations

import torch


def sgd(params, lr, batch_size):
    """Take a minibatch step ``param <- param - lr / batch_size * param.grad`` and clear the gradients.

    Args:
        params: tensors whose grad is the *sum* of the gradients over a batch.
        lr: learning rate.
        batch_size: examples in this batch, the short last one included.

    Raises:
        TypeError: ``params`` is a single tensor and no list.

    Page: linear-regression-scratch
    """
    if isinstance(params, torch.Tensor):
        raise TypeError("sgd: params is a single tensor, give a list such as [w, b]")
    with torch.no_grad():
        for param in params:
            param -= lr / batch_size * param.grad
            param.grad.zero_()


class SGD:
    """Minibatch stochastic gradient descent: ``param <- param - lr * param.grad``.

    Has the two methods of ``torch.optim.SGD`` that a training loop calls, so one loop serves both.

    Args:
        params: tensors that require gradients, of any shapes.
        lr: learning rate, at least 0.

    Raises:
        TypeError: ``params`` is a single tensor and no list.
        ValueError: no parameters, or a negative learning rate.

    Page: softmax-regression-scratch
    """

    def __init__(self, params, lr):
        if isinstance(params, torch.Tensor):
            raise TypeError("SGD: params is a single tensor, give a list such as [W, b]")
        self.params = list(params)
        self.lr = lr
        if not self.params:
            raise ValueError("SGD: no parameters to update")
        if not lr >= 0:
            raise ValueError(f"SGD: lr must be 0 or more, got {lr}")

    def zero_grad(self):
        for param in self.params:
            param.grad = None

    def step(self):
        with torch.no_grad():
            for param in self.params:
                if param.grad is not None:
                    param -= self.lr * param.grad


def clip_gradients(params, max_norm):
    """Scale all gradients together so that their joint length is at most max_norm; return the length before.

    The direction stays. Gradients that are short enough, zero ones included, are left alone.

    Args:
        params: tensors of any shapes; those without a gradient are skipped.
        max_norm: the greatest length, more than 0.

    Returns:
        A tensor with one number.

    Raises:
        TypeError: ``params`` is a single tensor and no list.
        ValueError: max_norm is not positive.

    Page: numerical-stability
    """
    if isinstance(params, torch.Tensor):
        raise TypeError("clip_gradients: params is a single tensor, give a list such as [w]")
    if not max_norm > 0:
        raise ValueError(f"clip_gradients: max_norm must be more than 0, got {max_norm}")
    grads = [param.grad for param in params if param.grad is not None]
    if not grads:
        return torch.tensor(0.0)
    norm = torch.stack([grad.norm() for grad in grads]).norm()
    if norm > max_norm:
        for grad in grads:
            grad *= max_norm / norm
    return norm
