"""Drawings of the page *Tensors*."""

from __future__ import annotations

import itertools

import torch
from matplotlib import colormaps
from matplotlib.patches import Polygon

from ...plotting import new_figure
from ..diagram import arrow, box

_SHADES = colormaps["YlGnBu"]


def reading(tensor, cell=None, size=12):
    """Draw a strip of ``size`` memory cells and, below it, what a 1-d or 2-d ``tensor`` on that strip reads.

    The colour of a number tells its place on the strip. ``cell`` is an index of the tensor, framed in both drawings;
    the title says how its place follows from the strides.
    """
    start, strides = tensor.storage_offset(), tensor.stride()
    _, ax = new_figure(figsize=(4.6, 3.6))
    places = {
        index: start + sum(i * s for i, s in zip(index, strides))
        for index in itertools.product(*map(range, tensor.shape))
    }
    left = (size - tensor.shape[-1]) / 2
    for place in range(size):
        read = place in places.values()
        _cell(ax, place, 0, str(place), _SHADES(0.08 + 0.55 * place / size) if read else "white")
    for index, place in places.items():
        row, col = (0, *index)[-2:]
        _cell(ax, left + col, 1.9 + row, str(place), _SHADES(0.08 + 0.55 * place / size))
    ax.text(0, -0.3, "memory", fontsize=10)
    ax.text(left, 1.6, f"shape {tuple(tensor.shape)}, strides {strides}", fontsize=10)
    if cell is not None:
        place = places[cell]
        row, col = (0, *cell)[-2:]
        for corner in [(place, 0), (left + col, 1.9 + row)]:
            box(ax, corner, 1, 1, color="none", edgecolor="C1", linewidth=3, zorder=4)
        steps = " + ".join(f"{i}·{s}" for i, s in zip(cell, strides))
        ax.set_title(f"entry {list(cell)} is in cell {start} + {steps} = {place}")
    ax.set(xlim=(-0.1, size + 0.1), ylim=(6.1, -0.9), aspect="equal")
    ax.axis("off")


def axis_sum(shape, dim):
    """Draw a block of ``shape`` (sheets, rows, columns), its sum over ``dim``, and in colour what one entry adds up."""
    _, ax = new_figure(figsize=(4.8, 2.7))
    squeezed = tuple(1 if axis == dim else length for axis, length in enumerate(shape))
    result = tuple(length for axis, length in enumerate(shape) if axis != dim)
    corner = (0, 0, shape[2] - 1)
    target = tuple(0 if axis == dim else c for axis, c in enumerate(corner))

    def added(index):
        return tuple(0 if axis == dim else i for axis, i in enumerate(index)) == target

    _block(ax, shape, (0, 0), added)
    _block(ax, squeezed, (shape[2] + 3.1, 0), added)
    arrow(ax, (shape[2] + 1.4, -1.5), (shape[2] + 2.8, -1.5), color="black", head="->")
    ax.text(shape[2] / 2, -shape[1] - 0.25, f"axis 2: {shape[2]}", ha="center", va="top", fontsize=10)
    ax.text(-0.2, -shape[1] / 2, f"axis 1: {shape[1]}", ha="right", va="center", rotation=90, fontsize=10)
    ax.text(0.1, 0.85, f"axis 0: {shape[0]}", ha="right", va="center", fontsize=10)
    ax.set(
        xlim=(-1.5, 2 * shape[2] + 4.6),
        ylim=(-shape[1] - 1, 1.7),
        aspect="equal",
        title=f"sum(dim={dim}): {tuple(shape)} becomes {result}\nwith keepdim=True: {squeezed}",
    )
    ax.axis("off")


def broadcast(first, second):
    """Draw tensors of two shapes (at most 2-d), stretched to their common shape, and the sum, or that they do not fit.

    Stored numbers are dark, repeated ones pale.
    """
    _, ax = new_figure(figsize=(4.8, 2.1))
    a = 10 * torch.arange(torch.Size(first).numel()).reshape(first)
    b = torch.arange(torch.Size(second).numel()).reshape(second)
    try:
        total = a + b
    except RuntimeError:
        total = None
    left = 0.0
    for tensor, color, sign in [(a, "C6", "+"), (b, "C5", "="), (total, "C2", "")]:
        if tensor is None:
            ax.text(left + 0.2, 1.5, "do not fit", color="C1", fontsize=11, va="center")
            width = 4
        else:
            width = _stretched(ax, tensor, tensor.shape if total is None else total.shape, left, color)
        ax.text(left + width + 0.5, 1.5, sign, ha="center", va="center", fontsize=13)
        left += width + 1
    outcome = "error" if total is None else f"shape {tuple(total.shape)}"
    ax.set(xlim=(-0.1, 14.1), ylim=(4.1, -0.2), aspect="equal", title=f"{first} + {second}: {outcome}")
    ax.axis("off")


def _stretched(ax, tensor, shape, left, color):
    """Draw a tensor expanded to ``shape`` with its repeated numbers pale; return the width of the drawing in cells."""
    grid = tensor.expand(shape)
    strides = (0, 0) + grid.stride()
    grid = grid.reshape((1,) * (2 - grid.ndim) + tuple(shape))
    for row, col in itertools.product(*map(range, grid.shape)):
        repeated = (row > 0 and strides[-2] == 0) or (col > 0 and strides[-1] == 0)
        _cell(ax, left + col, row, str(grid[row, col].item()), color, alpha=0.15 if repeated else 0.75)
    return grid.shape[1]


def _cell(ax, x, y, text, color, alpha=1.0):
    box(ax, (x, y), 1, 1, color=(color, alpha), edgecolor="none")
    box(ax, (x, y), 1, 1, text, color="none", edgecolor="0.35", linewidth=0.8, va="center_baseline", fontsize=9)


def _block(ax, shape, origin, chosen):
    """Draw the unit cubes of a block (sheets, rows, columns), the far ones first; orange are those that are chosen.

    chosen(index): whether the cube at (sheet, row, column) is.
    """
    depth = 0.45
    for sheet, row, col in itertools.product(reversed(range(shape[0])), reversed(range(shape[1])), range(shape[2])):
        x, y = origin[0] + col + depth * sheet, origin[1] - row - 1 + depth * sheet
        color = "#E69F00" if chosen((sheet, row, col)) else "#D9E8F2"
        front = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
        top = [(x, y + 1), (x + 1, y + 1), (x + 1 + depth, y + 1 + depth), (x + depth, y + 1 + depth)]
        side = [(x + 1, y), (x + 1 + depth, y + depth), (x + 1 + depth, y + 1 + depth), (x + 1, y + 1)]
        for corners in (front, top, side):
            ax.add_patch(Polygon(corners, facecolor=color, edgecolor="0.35", linewidth=0.8))
