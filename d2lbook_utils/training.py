"""Training a classifier. Every definition is built on the page *Softmax regression from scratch*."""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from .measuring import Accumulator, History


def count_correct(logits, y):
    """Return how many rows of ``logits`` have their largest entry in the column that ``y`` names.

    Args:
        logits: scores or probabilities, shape (B, q) with q >= 2.
        y: true classes, integers of shape (B,).

    Raises:
        ValueError: other shapes.
    """
    if logits.ndim != 2 or logits.shape[1] < 2 or len(logits) != len(y):
        raise ValueError(
            f"count_correct: logits of shape (B, q >= 2) and y of shape "
            f"(B,) are needed, got {tuple(logits.shape)} and "
            f"{tuple(y.shape)}")
    return int((logits.argmax(dim=1) == y).sum())


def evaluate_accuracy(model, loader, device=None):
    """Return the share of the loader's examples that ``model`` classifies correctly, between 0 and 1.

    A module is put into evaluation mode; no gradients are recorded.

    Args:
        model: maps a batch X to logits of shape (B, q); a module or any function.
        loader: yields pairs (X, y), y of shape (B,).
        device: where batches are moved first; None leaves them where they are.

    Raises:
        ValueError: the loader is empty.
    """
    if isinstance(model, torch.nn.Module):
        model.eval()
    sums = Accumulator("correct", "examples")
    with torch.no_grad():
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            sums.add(correct=count_correct(model(X), y), examples=len(y))
    if sums["examples"] == 0:
        raise ValueError("evaluate_accuracy: the loader is empty")
    return sums["correct"] / sums["examples"]


def train_epoch(model, loader, loss, optimizer, device=None):
    """Train on every batch of the loader once; return the mean loss and the accuracy seen on the way.

    Both are averages over examples, measured before each step.

    Args:
        model: maps a batch X to logits of shape (B, q); a module or any function.
        loader: yields pairs (X, y), y of shape (B,).
        loss: ``loss(logits, y)``, either the mean over the batch or one number an example.
        optimizer: has ``zero_grad()`` and ``step()``.
        device: where batches are moved first; None leaves them where they are.

    Raises:
        ValueError: the loader is empty.
        FloatingPointError: a loss is NaN or infinite; the batch's step is not taken.
    """
    if isinstance(model, torch.nn.Module):
        model.train()
    sums = Accumulator("loss", "correct", "examples")
    for X, y in loader:
        X, y = X.to(device), y.to(device)
        logits = model(X)
        mean_loss = loss(logits, y)
        if mean_loss.ndim > 0:               # one number an example
            mean_loss = mean_loss.mean()
        value = mean_loss.item()
        if not math.isfinite(value):
            raise FloatingPointError(
                f"the loss is {value}; try a smaller learning rate")
        optimizer.zero_grad()
        mean_loss.backward()
        optimizer.step()
        sums.add(loss=value * len(y), examples=len(y),
                 correct=count_correct(logits, y))
    if sums["examples"] == 0:
        raise ValueError("train_epoch: the loader is empty")
    return (sums["loss"] / sums["examples"],
            sums["correct"] / sums["examples"])


def train_classifier(model, train_loader, test_loader, optimizer, *,
                     epochs, loss=F.cross_entropy, device=None,
                     animator=None):
    """Train for some epochs and return the :class:`History` of training loss, training and test accuracy.

    If the loss becomes NaN or infinite, training stops, says so, and the history so far is returned with
    ``history.stopped`` set.

    Args:
        model: maps a batch X to logits of shape (B, q); a module or any function.
        train_loader, test_loader: yield pairs (X, y), y of shape (B,).
        optimizer: has ``zero_grad()`` and ``step()``.
        epochs: passes over the training data, at least 1.
        loss: ``loss(logits, y)``, the mean over the batch or one number an example.
        device: where the model and the batches are moved; None leaves them where they are.
        animator: an :class:`Animator` with three curves that is drawn on while training.

    Raises:
        ValueError: fewer than one epoch, or an empty loader.
    """
    from tqdm import trange

    if epochs < 1:
        raise ValueError(f"train_classifier: epochs is {epochs}, not >= 1")
    if device is not None and isinstance(model, torch.nn.Module):
        model.to(device)
    history = History("train loss", "train accuracy", "test accuracy")
    for epoch in trange(1, epochs + 1, delay=2, leave=False):
        try:
            numbers = train_epoch(model, train_loader, loss, optimizer,
                                  device)
        except FloatingPointError as error:
            history.stopped = f"epoch {epoch}: {error}"
            print(f"training stopped in {history.stopped}")
            break
        numbers += (evaluate_accuracy(model, test_loader, device),)
        history.record(epoch, *numbers)
        if animator is not None:
            animator.add(epoch, numbers)
    return history
