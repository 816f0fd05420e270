"""Batches by indexing tensors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import torch


class TensorLoader:
    """Iterates over batches of tensors; what tensor_loader returns.

    Page: linear-regression-concise
    """

    def __init__(self, tensors, batch_size, shuffle, generator, transform):
        self.tensors, self.batch_size = tuple(tensors), batch_size
        self.shuffle, self.generator = shuffle, generator
        self.transform = transform

    def __len__(self) -> int:
        return math.ceil(len(self.tensors[0]) / self.batch_size)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, ...]]:
        order = torch.arange(len(self.tensors[0]))
        if self.shuffle:
            order = torch.randperm(len(order), generator=self.generator)
        for rows in order.split(self.batch_size):
            batch = tuple(t.index_select(0, rows.to(t.device)) for t in self.tensors)
            yield batch if self.transform is None else self.transform(*batch)


def tensor_loader(
    tensors: Sequence[torch.Tensor],
    batch_size: int,
    *,
    shuffle: bool = True,
    generator: torch.Generator | None = None,
    transform: Callable[..., tuple] | None = None,
) -> TensorLoader:
    """Loader of batches of tensors that share their first axis, the examples.

    Each pass yields every example once, as tuples of tensors (B, ...) on the device of the data; the last batch may
    be shorter. len() is the number of batches.

    Args:
        tensors: a tuple or list of tensors (n, ...).
        batch_size: B, at least 1.
        shuffle: a new order in every pass, else the stored one.
        generator: a CPU generator for the order; None uses PyTorch's global one.
        transform: called with the tensors of a batch; returns the tuple that is yielded in its place.

    Raises:
        TypeError: tensors is no tuple or list of tensors with at least one axis.
        ValueError: no examples, different numbers of them, or a batch size that is no whole number of at least 1.

    Page: linear-regression-concise
    """
    if not isinstance(tensors, (tuple, list)) or not all(isinstance(t, torch.Tensor) and t.dim() > 0 for t in tensors):
        raise TypeError(
            "tensor_loader: tensors must be a tuple or list of tensors with at least one axis, such as (X, y)"
        )
    if not is_whole(batch_size) or batch_size < 1:
        raise ValueError(f"tensor_loader: batch_size={batch_size!r}; expected a whole number, at least 1")
    if not tensors or len(tensors[0]) == 0 or any(len(t) != len(tensors[0]) for t in tensors):
        raise ValueError(
            f"tensor_loader: tensors have {[len(t) for t in tensors]} examples; "
            "they must all have the same number, at least one"
        )
    return TensorLoader(tensors, batch_size, shuffle, generator, transform)


def minibatches(batch_size, *tensors, shuffle=True, generator=None):
    """Yield tuples of batches; every example comes exactly once, the last batch may be shorter.

    Args:
        batch_size: examples in a batch, at least 1.
        tensors: share their first axis, the n examples.
        shuffle: draw a new order, else keep the stored one.
        generator: a CPU generator for the order.

    Raises (when the first batch is asked for):
        TypeError: a batch size that is no whole number.
        ValueError: a batch size below 1 or different numbers of examples.

    Page: linear-regression-scratch
    """
    if not is_whole(batch_size):
        raise TypeError(
            "minibatches: batch_size must be a whole number and comes first, as in minibatches(10, X, y); "
            f"got {type(batch_size).__name__}"
        )
    if batch_size < 1 or len({len(tensor) for tensor in tensors}) != 1:
        raise ValueError(
            "minibatches: needs batch_size >= 1 and tensors of one length, "
            f"got {batch_size} and {[len(tensor) for tensor in tensors]}"
        )
    n = len(tensors[0])
    order = torch.randperm(n, generator=generator) if shuffle else torch.arange(n)
    for start in range(0, n, batch_size):
        indices = order[start : start + batch_size]
        yield tuple(tensor[indices] for tensor in tensors)


def is_whole(value: object) -> bool:
    """Whether value is an int, and no truth value."""
    return isinstance(value, int) and not isinstance(value, bool)
