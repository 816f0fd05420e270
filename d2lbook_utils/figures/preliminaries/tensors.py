"""Drawings of the page *Tensors*."""

from __future__ import annotations

import itertools

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Polygon, Rectangle

_SHADES = plt.get_cmap("YlGnBu")


def reading(tensor, cell=None, size=12):
    """Draw a strip of ``size`` memory cells and, below it, what a 1-d or 2-d ``tensor`` on that strip reads.

    The colour of a number tells its place on the strip. ``cell`` is an index of the tensor, framed in both drawings;
    the title says how its place follows from the strides.
    """
    start, strides = tensor.storage_offset(), tensor.stride()
    figure = plt.gcf()
    figure.set_size_inches(4.6, 3.6)
    axes = plt.gca()
    places = {
        index: start + sum(i * s for i, s in zip(index, strides))
        for index in itertools.product(*map(range, tensor.shape))
    }
    left = (size - tensor.shape[-1]) / 2
    for place in range(size):
        read = place in places.values()
        _cell(axes, place, 0, str(place), _SHADES(0.08 + 0.55 * place / size) if read else "white")
    for index, place in places.items():
        row, col = (0, *index)[-2:]
        _cell(axes, left + col, 1.9 + row, str(place), _SHADES(0.08 + 0.55 * place / size))
    axes.text(0, -0.3, "memory", fontsize=10)
    axes.text(left, 1.6, f"shape {tuple(tensor.shape)}, strides {strides}", fontsize=10)
    if cell is not None:
        place = places[cell]
        row, col = (0, *cell)[-2:]
        for corner in [(place, 0), (left + col, 1.9 + row)]:
            axes.add_patch(Rectangle(corner, 1, 1, fill=False, edgecolor="C1", linewidth=3, zorder=3))
        steps = " + ".join(f"{i}·{s}" for i, s in zip(cell, strides))
        axes.set_title(f"entry {list(cell)} is in cell {start} + {steps} = {place}")
    axes.set(xlim=(-0.1, size + 0.1), ylim=(6.1, -0.9), aspect="equal")
    axes.axis("off")


def axis_sum(shape, dim):
    """Draw a block of ``shape`` (sheets, rows, columns), its sum over ``dim``, and in colour the numbers that one sum adds."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 2.7)
    axes = plt.gca()
    squeezed = tuple(1 if axis == dim else length for axis, length in enumerate(shape))
    result = tuple(length for axis, length in enumerate(shape) if axis != dim)
    corner = (0, 0, shape[2] - 1)
    _block(axes, shape, (0, 0), lambda index: all(axis == dim or i == c for axis, (i, c) in enumerate(zip(index, corner))))
    target = tuple(0 if axis == dim else c for axis, c in enumerate(corner))
    _block(axes, squeezed, (shape[2] + 3.1, 0), lambda index: index == target)
    axes.annotate("", (shape[2] + 2.8, -1.5), (shape[2] + 1.4, -1.5), arrowprops={"arrowstyle": "->", "linewidth": 1.5})
    axes.text(shape[2] / 2, -shape[1] - 0.25, f"axis 2: {shape[2]}", ha="center", va="top", fontsize=10)
    axes.text(-0.2, -shape[1] / 2, f"axis 1: {shape[1]}", ha="right", va="center", rotation=90, fontsize=10)
    axes.text(0.1, 0.85, f"axis 0: {shape[0]}", ha="right", va="center", fontsize=10)
    axes.set(
        xlim=(-1.5, 2 * shape[2] + 4.6), ylim=(-shape[1] - 1, 1.7), aspect="equal",
        title=f"sum(dim={dim}): {tuple(shape)} becomes {result}\nwith keepdim=True: {squeezed}",
    )
    axes.axis("off")


def broadcast(first, second):
    """Draw tensors of two shapes (at most 2-d), stretched to their common shape, and the sum, or say why they do not fit.

    Stored numbers are dark, repeated ones pale.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.8, 2.1)
    axes = plt.gca()
    a = 10 * torch.arange(torch.Size(first).numel()).reshape(first)
    b = torch.arange(torch.Size(second).numel()).reshape(second)
    try:
        total = a + b
    except RuntimeError:
        total = None
    left = 0.0
    for tensor, colour, sign in [(a, "C6", "+"), (b, "C5", "="), (total, "C2", "")]:
        if tensor is None:
            axes.text(left + 0.2, 1.5, "do not fit", color="C1", fontsize=11, va="center")
            width = 4
        else:
            width = _stretched(axes, tensor, tensor.shape if total is None else total.shape, left, colour)
        axes.text(left + width + 0.5, 1.5, sign, ha="center", va="center", fontsize=13)
        left += width + 1
    outcome = "error" if total is None else f"shape {tuple(total.shape)}"
    axes.set(xlim=(-0.1, 14.1), ylim=(4.1, -0.2), aspect="equal", title=f"{first} + {second}: {outcome}")
    axes.axis("off")


def _stretched(axes, tensor, shape, left, colour):
    """Draw a tensor expanded to ``shape`` with its repeated numbers pale; return the width of the drawing in cells."""
    grid = tensor.expand(shape)
    strides = (0, 0) + grid.stride()
    grid = grid.reshape((1,) * (2 - grid.ndim) + tuple(shape))
    for row, col in itertools.product(*map(range, grid.shape)):
        repeated = (row > 0 and strides[-2] == 0) or (col > 0 and strides[-1] == 0)
        _cell(axes, left + col, row, str(grid[row, col].item()), colour, alpha=0.15 if repeated else 0.75)
    return grid.shape[1]


def _cell(axes, x, y, text, colour, alpha=1.0):
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor="none", alpha=alpha))
    axes.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor="0.35", linewidth=0.8))
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center_baseline", fontsize=9)


def _block(axes, shape, origin, chosen):
    """Draw unit cubes of a block (sheets, rows, columns), the far ones first; those that ``chosen(index)`` names in orange."""
    depth = 0.45
    for sheet, row, col in itertools.product(reversed(range(shape[0])), reversed(range(shape[1])), range(shape[2])):
        x, y = origin[0] + col + depth * sheet, origin[1] - row - 1 + depth * sheet
        colour = "#E69F00" if chosen((sheet, row, col)) else "#D9E8F2"
        front = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        top = [(x, y + 1), (x + 1, y + 1), (x + 1 + depth, y + 1 + depth), (x + depth, y + 1 + depth)]
        side = [(x + 1, y), (x + 1 + depth, y + depth), (x + 1 + depth, y + 1 + depth), (x + 1, y + 1)]
        for corners in (front, top, side):
            axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="0.35", linewidth=0.8))
