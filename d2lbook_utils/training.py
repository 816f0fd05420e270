"""Training a classifier."""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from .measuring import Accumulator, History
from .progress_bar import progress


def count_correct(logits, y):
    """Return how many rows of ``logits`` have their largest entry in the column that ``y`` names.

    Args:
        logits: scores or probabilities, shape (B, q) with q >= 2.
        y: true classes 0 to q - 1, integers of shape (B,).

    Raises:
        ValueError: other shapes, labels of a floating-point dtype, or a class outside 0 to q - 1.

    Page: softmax-regression-scratch
    """
    if logits.ndim != 2 or logits.shape[1] < 2 or y.shape != logits.shape[:1]:
        raise ValueError(
            f"count_correct: logits of shape (B, q >= 2) and y of shape (B,) are needed, "
            f"got {tuple(logits.shape)} and {tuple(y.shape)}"
        )
    if y.is_floating_point():
        raise ValueError(f"count_correct: y must hold integers, got {y.dtype}")
    if len(y) and (y.min().item() < 0 or y.max().item() >= logits.shape[1]):
        raise ValueError(
            f"count_correct: logits have columns 0 to {logits.shape[1] - 1}, but y names {y.min()} to {y.max()}"
        )
    return int((logits.argmax(dim=1) == y).sum())


def evaluate_accuracy(model, loader, device=None):
    """Return the share of the loader's examples that ``model`` classifies correctly, between 0 and 1.

    A module is put into evaluation mode; no gradients are recorded.

    Args:
        model: maps a batch X to logits of shape (B, q); a module or any function.
        loader: yields pairs (X, y), y of shape (B,).
        device: where batches are moved first; None leaves them where they are.

    Raises:
        ValueError: the loader is empty, or logits and labels do not fit (see :func:`count_correct`).

    Page: softmax-regression-scratch
    """
    if isinstance(model, torch.nn.Module):
        model.eval()
    sums = Accumulator("correct", "examples")
    with torch.no_grad():
        for X, y in loader:
            if device is not None:
                X, y = X.to(device), y.to(device)
            sums.add(correct=count_correct(model(X), y), examples=len(y))
    if sums["examples"] == 0:
        raise ValueError("evaluate_accuracy: the loader is empty")
    return sums["correct"] / sums["examples"]


def train_epoch(model, loader, optimizer, *, loss=F.cross_entropy, device=None):
    """Train on every batch of the loader once; return the mean loss and the accuracy seen on the way.

    Both are averages over examples, measured before each step.

    Args:
        model: maps a batch X to logits of shape (B, q); a module (already on ``device``) or any function.
        loader: yields pairs (X, y), y of shape (B,).
        optimizer: has ``zero_grad()`` and ``step()``.
        loss: ``loss(logits, y)``, the mean over the batch.
        device: where batches are moved first; None leaves them where they are.

    Raises:
        ValueError: the loader is empty, the loss is not one number, or logits and labels do not fit (see
            :func:`count_correct`).
        FloatingPointError: a loss is NaN or infinite; the batch's step is not taken.

    Page: softmax-regression-scratch
    """
    if isinstance(model, torch.nn.Module):
        model.train()
    sums = Accumulator("loss", "correct", "examples")
    for X, y in loader:
        if device is not None:
            X, y = X.to(device), y.to(device)
        logits = model(X)
        mean_loss = loss(logits, y)
        if mean_loss.ndim > 0:
            raise ValueError(f"train_epoch: loss must be one number, a mean, but has shape {tuple(mean_loss.shape)}")
        if not math.isfinite(mean_loss.item()):
            raise FloatingPointError(f"the loss is {mean_loss.item()}; try a smaller learning rate")
        sums.add(loss=mean_loss.item() * len(y), correct=count_correct(logits, y), examples=len(y))
        optimizer.zero_grad()
        mean_loss.backward()
        optimizer.step()
    if sums["examples"] == 0:
        raise ValueError("train_epoch: the loader is empty")
    return sums["loss"] / sums["examples"], sums["correct"] / sums["examples"]


def train_classifier(
    model, train_loader, test_loader, optimizer, *, epochs, loss=F.cross_entropy, device=None, each_epoch=None
):
    """Train for some epochs and return the :class:`History` of training loss, training and test accuracy.

    If the loss becomes NaN or infinite, training stops, says so, and the history so far is returned with
    ``history.stopped`` set.

    Args:
        model: maps a batch X to logits of shape (B, q); a module (already on ``device``) or any function.
        train_loader, test_loader: yield pairs (X, y), y of shape (B,).
        optimizer: has ``zero_grad()`` and ``step()``.
        epochs: passes over the training data, at least 1.
        loss: ``loss(logits, y)``, the mean over the batch.
        device: where batches are moved first; None leaves them where they are.
        each_epoch: called with the history after each epoch, once its numbers are recorded; training ends when it
            returns True. ``each_epoch=board.show`` draws, ``each_epoch=lambda history: scheduler.step()`` changes
            the learning rate.

    Raises:
        ValueError: fewer than one epoch, or what :func:`train_epoch` raises.

    Page: softmax-regression-scratch
    """
    if epochs < 1:
        raise ValueError(f"train_classifier: epochs is {epochs}, not >= 1")
    history = History("train loss", "train accuracy", "test accuracy")
    for epoch in progress(range(1, epochs + 1)):
        try:
            measured = train_epoch(model, train_loader, optimizer, loss=loss, device=device)
        except FloatingPointError as error:
            history.stopped = f"epoch {epoch}: {error}"
            print(f"training stopped in {history.stopped}")
            break
        accuracy = evaluate_accuracy(model, test_loader, device)
        history.record(epoch, *measured, accuracy)
        if each_epoch is not None and each_epoch(history) is True:
            break
    return history
