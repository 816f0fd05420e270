"""Judging a model: its mean loss, and what a classifier gets right and wrong."""

from __future__ import annotations

import torch

from .measuring import Accumulator


def evaluate_loss(model, loader, loss):
    """Return the mean loss per example over all batches of the loader.

    A module is put into evaluation mode; no gradients are recorded.

    Args:
        model: maps a batch X to predictions; a module or any function.
        loader: yields pairs (X, y); the last batch may be shorter.
        loss: ``loss(predictions, y)``, either the mean over the batch or one number an example.

    Raises:
        ValueError: the loader is empty, or predictions and targets hold as many numbers in different shapes, such as
            (B, 1) and (B,), and would be broadcast against each other.

    Page: model-selection
    """
    if isinstance(model, torch.nn.Module):
        model.eval()
    sums = Accumulator("loss", "examples")
    with torch.no_grad():
        for X, y in loader:
            y_hat = model(X)
            if y_hat.numel() == y.numel() and y_hat.shape != y.shape:
                raise ValueError(
                    f"evaluate_loss: predictions of shape {tuple(y_hat.shape)} but targets of {tuple(y.shape)}"
                )
            sums.add(loss=loss(y_hat, y).mean().item() * len(y), examples=len(y))
    if sums["examples"] == 0:
        raise ValueError("evaluate_loss: the loader is empty")
    return sums["loss"] / sums["examples"]


def confusion_matrix(y, y_hat, q):
    """Count the examples of every pair (true class, predicted class).

    Args:
        y: true classes 0 to q - 1, a tensor, array or list of shape (n,); whole numbers, of a floating-point dtype too.
        y_hat: predicted classes, likewise.
        q: number of classes.

    Returns:
        Integers of shape (q, q): row = true class, column = predicted class; they sum to n.

    Raises:
        ValueError: other shapes, different lengths, or an entry that is no whole number 0 to q - 1, such as a
            probability.

    Page: softmax-regression-scratch
    """
    y, y_hat = torch.as_tensor(y), torch.as_tensor(y_hat)
    if y.shape != y_hat.shape or y.ndim != 1:
        raise ValueError(
            f"confusion_matrix: y and y_hat must be two lists of one length, "
            f"got {tuple(y.shape)} and {tuple(y_hat.shape)}"
        )
    if any(((c < 0) | (c >= q) | (c != c.long())).any() for c in (y, y_hat)):
        raise ValueError(f"confusion_matrix: classes must be whole numbers 0 to {q - 1}")
    counts = torch.bincount(y.long() * q + y_hat.long(), minlength=q * q)
    return counts.reshape(q, q)


def show_predictions(model, loader, *, n=6, names=None):
    """Show the first ``n`` images of the loader with their true class above the predicted one.

    A module is put into evaluation mode; no gradients are recorded.

    Args:
        model: maps a batch of images (B, 1, H, W) or (B, 3, H, W) to logits (B, q).
        loader: yields pairs (X, y), y integers of shape (B,).
        n: number of images, at least 1.
        names: class names, one for each of the q classes; None shows the numbers.

    Raises:
        ValueError: the first batch holds fewer than ``n`` images, labels of another shape or dtype, or the number of
            names is not q.
    """
    from .images import show_images

    X, y = next(iter(loader))
    if not 1 <= n <= len(X):
        raise ValueError(f"show_predictions: n is {n}, but the first batch holds {len(X)} images")
    if y.ndim != 1 or y.is_floating_point():
        raise ValueError(f"show_predictions: labels must be integers of shape (B,), got {y.dtype} {tuple(y.shape)}")
    if isinstance(model, torch.nn.Module):
        model.eval()
    with torch.no_grad():
        logits = model(X[:n])
    if names is not None and len(names) != logits.shape[1]:
        raise ValueError(f"show_predictions: {len(names)} names for {logits.shape[1]} classes")
    label = str if names is None else names.__getitem__
    titles = [f"{label(int(t))}\n{label(int(p))}" for t, p in zip(y[:n], logits.argmax(dim=1))]
    show_images(X[:n], 1, n, titles=titles)
