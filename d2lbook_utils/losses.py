"""Losses that several pages share."""

from __future__ import annotations

import torch
from torch.nn import functional as F


def squared_loss(y_hat, y):
    """Return half the squared error of every example.

    Args:
        y_hat: predictions, any shape.
        y: targets of the same shape.

    Returns:
        A tensor of that shape.

    Raises:
        ValueError: the shapes differ; broadcasting would compare every prediction with every target.

    Page: linear-regression
    """
    if y_hat.shape != y.shape:
        raise ValueError(f"squared_loss: y_hat has shape {tuple(y_hat.shape)} but y has {tuple(y.shape)}")
    return (y_hat - y) ** 2 / 2


def focal_loss(logits, targets, *, gamma=2.0, alpha=None):
    r"""Return the focal loss :math:`-(1-p_t)^\gamma\log p_t` of every entry.

    :math:`p_t` is the probability of the true one of two classes. Source: Lin et al. (2017).

    Args:
        logits: any shape; the sigmoid of an entry is the probability of class 1.
        targets: 0 or 1, the same shape, any real dtype.
        gamma: 0 or more; 0 is binary cross-entropy.
        alpha: weight of class 1, between 0 and 1, against 1 - alpha of class 0; None weighs nothing.

    Returns:
        A tensor of that shape.

    Raises:
        ValueError: the shapes differ, a target is neither 0 nor 1, or gamma or alpha is out of range.

    Page: loss-functions
    """
    if logits.shape != targets.shape or not gamma >= 0:
        raise ValueError(
            f"focal_loss: needs equal shapes and gamma >= 0, got logits {tuple(logits.shape)}, "
            f"targets {tuple(targets.shape)}, gamma {gamma}"
        )
    if ((targets != 0) & (targets != 1)).any():
        raise ValueError("focal_loss: targets must be 0 or 1")
    if alpha is not None and not 0 <= alpha <= 1:
        raise ValueError(f"focal_loss: alpha must be 0 to 1, got {alpha}")
    targets = targets.to(logits.dtype)
    margin = (2 * targets - 1) * logits  # > 0: on the right side
    easy = torch.exp(gamma * F.logsigmoid(-margin))  # (1 - p_t)^gamma
    loss = -easy * F.logsigmoid(margin)
    if alpha is not None:
        loss = (alpha * targets + (1 - alpha) * (1 - targets)) * loss
    return loss


def l2_penalty(w):
    """Return half the squared length of ``w``.

    Args:
        w: weights of any shape.

    Returns:
        A tensor with one number.

    Page: weight-decay
    """
    return (w**2).sum() / 2


def log_rmse(predictions, targets):
    """Return the root of the mean squared difference of logarithms.

    Args:
        predictions: positive numbers of any shape, at least one.
        targets: positive numbers of the same shape.

    Returns:
        A tensor with one number; 0.1 means about 10 % off.

    Raises:
        ValueError: the shapes differ, there are no numbers, or one of them is not positive.

    Page: house-prices
    """
    if predictions.shape != targets.shape or predictions.numel() == 0:
        raise ValueError(
            f"log_rmse: predictions have shape {tuple(predictions.shape)} but targets have {tuple(targets.shape)}"
        )
    if not ((predictions > 0).all() and (targets > 0).all()):
        raise ValueError("log_rmse: needs positive numbers")
    return (predictions.log() - targets.log()).square().mean().sqrt()
