"""Judging a model: its mean loss, and what a classifier gets right and wrong."""

from __future__ import annotations

import torch

from .measuring import Accumulator


def evaluate_loss(model, loader, loss):
    """Return the mean loss per example over all batches of the loader.

    A module is put into evaluation mode; no gradients are recorded. Built on the page *Model selection,
    underfitting and overfitting*.

    Args:
        model: maps a batch X to predictions; a module or any function.
        loader: yields pairs (X, y); the last batch may be shorter.
        loss: ``loss(predictions, y)``, either the mean over the batch or one number an example.

    Raises:
        ValueError: the loader is empty.
    """
    if isinstance(model, torch.nn.Module):
        model.eval()
    sums = Accumulator("loss", "examples")
    with torch.no_grad():
        for X, y in loader:
            mean_loss = loss(model(X), y).mean()
            sums.add(loss=mean_loss.item() * len(y), examples=len(y))
    if sums["examples"] == 0:
        raise ValueError("evaluate_loss: the loader is empty")
    return sums["loss"] / sums["examples"]


def confusion_matrix(y, y_hat, q):
    """Count the examples of every pair (true class, predicted class).

    Built on the page *Softmax regression from scratch*.

    Args:
        y: true classes, integers 0..q-1 of shape (n,).
        y_hat: predicted classes, integers 0..q-1 of shape (n,).
        q: number of classes.

    Returns:
        Integers of shape (q, q): row = true class, column = predicted class; they sum to n.

    Raises:
        ValueError: different lengths, or a class outside 0..q-1.
    """
    y, y_hat = torch.as_tensor(y).long(), torch.as_tensor(y_hat).long()
    if y.shape != y_hat.shape or y.ndim != 1:
        raise ValueError(
            f"confusion_matrix: y and y_hat must be two lists of one "
            f"length, got {tuple(y.shape)} and {tuple(y_hat.shape)}")
    if len(y) and not 0 <= min(y.min(), y_hat.min()) <= max(
            y.max(), y_hat.max()) < q:
        raise ValueError(f"confusion_matrix: classes must be 0..{q - 1}")
    counts = torch.bincount(y * q + y_hat, minlength=q * q)
    return counts.reshape(q, q)


def show_predictions(model, loader, *, n=6, names=None):
    """Show the first ``n`` images of the loader with their true class above the predicted one.

    Args:
        model: maps a batch of images (B, 1, H, W) or (B, 3, H, W) to logits (B, q).
        loader: yields pairs (X, y), y of shape (B,).
        n: number of images, at least 1.
        names: class names, one for each of the q classes; None shows the numbers.

    Raises:
        ValueError: the first batch holds fewer than ``n`` images.
    """
    from .images import show_images

    X, y = next(iter(loader))
    if not 1 <= n <= len(X):
        raise ValueError(f"show_predictions: n is {n}, but the first batch holds {len(X)} images")
    with torch.no_grad():
        y_hat = model(X[:n]).argmax(dim=1)
    label = str if names is None else names.__getitem__
    titles = [f"{label(int(t))}\n{label(int(p))}" for t, p in zip(y[:n], y_hat)]
    show_images(X[:n], 1, n, titles=titles)
