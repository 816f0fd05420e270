"""Choosing models on data that did not train them."""

from __future__ import annotations

import copy
import math

import torch


def k_fold_indices(n, k, *, generator=None):
    """Yield k pairs (train, valid) of index tensors; every example is in exactly one validation part.

    Args:
        n: number of examples.
        k: number of folds, 2 to n; their sizes differ by at most one.
        generator: a CPU generator for the shuffled order.

    Raises:
        ValueError: k does not fit (when the first fold is asked for).

    Page: model-selection
    """
    if not 2 <= k <= n:
        raise ValueError(f"k_fold_indices: k must be 2 to n = {n}, got {k}")
    folds = torch.randperm(n, generator=generator).tensor_split(k)
    for i, valid in enumerate(folds):
        yield torch.cat(folds[:i] + folds[i + 1 :]), valid


class EarlyStopping:
    """Say when a validation loss has stopped falling, and keep the best parameters.

    NaN never counts as an improvement.

    Args:
        patience: steps without an improvement after which to stop, at least 1.
        min_delta: how far the loss must fall below the best one to count, 0 or more.

    Raises:
        ValueError: patience or min_delta out of range.

    Page: generalization-in-deep-networks
    """

    def __init__(self, patience, min_delta=0.0):
        if not (patience >= 1 and min_delta >= 0):
            raise ValueError(f"EarlyStopping: needs patience >= 1 and min_delta >= 0, got {patience}, {min_delta}")
        self.patience, self.min_delta = patience, min_delta
        self.best, self.waited, self.state = math.inf, 0, None

    def step(self, value, model=None):
        """Take the next validation loss; return True when it is time to stop.

        Args:
            value: the loss, a number.
            model: its parameters are copied whenever the loss is the best so far.
        """
        if value < self.best - self.min_delta:
            self.best, self.waited = value, 0
            if model is not None:
                self.state = copy.deepcopy(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model):
        """Load the parameters of the best step into the model; ValueError if none were kept."""
        if self.state is None:
            raise ValueError("EarlyStopping: no step kept a model")
        model.load_state_dict(self.state)
