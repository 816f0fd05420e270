"""Drawings of the page *Reading and cleaning tables*."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.patches import Rectangle

from ...plotting import new_figure


def table(frame, before=None, room=0):
    """Draw a table: empty cells hatched in orange, cells that are not the same in the table ``before`` green.

    ``room`` is the least number of columns to leave room for, so that several tables get one size.
    """
    rows, cols = frame.shape
    width = max(cols, room) + 1.5
    _, ax = new_figure(figsize=(0.46 * width, 3))
    for row in range(rows):
        for col, name in enumerate(frame.columns):
            value = frame.iloc[row, col]
            style = {"facecolor": "white"}
            if pd.isna(value):
                style = {"facecolor": "#F6D8B8", "hatch": "///"}
            elif before is not None and (name not in before or before[name].iloc[row] != value):
                style = {"facecolor": "#B5E3D3"}
            ax.add_patch(Rectangle((col, row), 1, 1, edgecolor="0.45", linewidth=0.8, **style))
            ax.text(col + 0.5, row + 0.5, _entry(value), ha="center", va="center_baseline", fontsize=9)
    for col, name in enumerate(frame.columns):
        ax.text(col + 0.35, -0.15, name, rotation=40, ha="left", va="bottom", fontsize=9)
    ax.set(xlim=(-0.1, width), ylim=(rows + 0.1, -2.3))
    ax.axis("off")


def _entry(value):
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return ""
    return f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"


def missing_areas(rooms, area, missing):
    """Draw area against rooms for the first 600 houses, those whose area is missing in orange.

    The lines are the mean area of all houses and of those whose area is known.
    """
    _, ax = new_figure(figsize=(4.6, 3.5))
    shift = np.random.default_rng(0).uniform(-0.3, 0.3, len(rooms))
    seen = ~np.asarray(missing)
    shown = np.arange(len(rooms)) < 600
    for mask, marker, color, label in [(shown & seen, ".", "C0", "known"), (shown & ~seen, "x", "C1", "missing")]:
        ax.plot((rooms + shift)[mask], area[mask], marker, color=color, markersize=4, label=label)
    ax.axhline(area.mean(), color="black", linewidth=2)
    ax.axhline(area[seen].mean(), color="C0", linewidth=2, linestyle="--")
    ax.set(
        xlabel="rooms",
        ylabel="area in square metres",
        ylim=(0, 220),
        title=f"mean area: true {area.mean():.0f} (solid), of what is left {area[seen].mean():.0f} (dashed)",
    )
    ax.legend(loc="upper left", ncols=2)


def mean_fill(values, missing):
    """Draw the histogram of ``values`` after the entries at ``missing`` were replaced by the mean of the others."""
    _, ax = new_figure(figsize=(4.6, 3))
    filled = np.where(missing, values[~missing].mean(), values)
    edges = np.linspace(values.min(), values.max(), 41)
    ax.hist(filled, edges, color="C1", label="filled in")
    ax.hist(values[~missing], edges, color="C0", label="known")
    ax.set(
        xlabel="area in square metres",
        ylabel="houses",
        ylim=(0, len(values)),
        title=f"standard deviation: {values.std(ddof=1):.0f} before, {filled.std(ddof=1):.0f} after",
    )
    ax.legend(loc="upper left")
