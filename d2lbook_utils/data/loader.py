"""Batches by indexing tensors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch


class TensorLoader:
    """Iterates over batches of tensors; what tensor_loader returns."""

    def __init__(self, tensors, batch_size, shuffle, generator):
        self.tensors, self.batch_size = tuple(tensors), batch_size
        self.shuffle, self.generator = shuffle, generator

    def __len__(self) -> int:
        return math.ceil(len(self.tensors[0]) / self.batch_size)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, ...]]:
        order = torch.arange(len(self.tensors[0]))
        if self.shuffle:
            order = torch.randperm(len(order), generator=self.generator)
        for indices in order.split(self.batch_size):
            yield tuple(tensor[indices] for tensor in self.tensors)


def tensor_loader(
    tensors: Sequence[torch.Tensor],
    batch_size: int,
    *,
    shuffle: bool = True,
    generator: torch.Generator | None = None,
) -> TensorLoader:
    """Loader of batches of tensors that share their first axis, the examples.

    Each pass yields every example once, in a new order if shuffle is true, as
    tuples of tensors (B, ...); the last batch may be shorter. len() is the
    number of batches. generator: a CPU generator for the order.
    Raises TypeError or ValueError for tensors or a batch size that do not fit.
    """
    if not isinstance(tensors, (tuple, list)) or not all(
        isinstance(t, torch.Tensor) and t.dim() > 0 for t in tensors
    ):
        raise TypeError(
            "tensor_loader: tensors must be a tuple or list of tensors with at "
            "least one axis, such as (X, y)"
        )
    lengths = [len(t) for t in tensors]
    if len(set(lengths)) != 1 or lengths[0] == 0:
        raise ValueError(
            f"tensor_loader: tensors have {lengths} examples; they must all "
            "have the same number, at least one"
        )
    if not isinstance(batch_size, int) or batch_size < 1:
        raise ValueError(
            f"tensor_loader: batch_size={batch_size!r}; expected a whole "
            "number, at least 1"
        )
    return TensorLoader(tensors, batch_size, shuffle, generator)


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
