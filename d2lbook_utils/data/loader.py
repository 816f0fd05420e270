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
