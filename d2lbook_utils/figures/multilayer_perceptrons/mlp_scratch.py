"""Drawings of the page *Multilayer perceptrons from scratch*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ..diagram import column, connect, node

SHOWN = 9  # circles of a column with more units than that


def network(image, widths):
    """Draw a network of fully connected layers behind an image (H, W); long columns are cut in the middle."""
    _, ax = new_figure(figsize=(4.8, 3.6))
    ax.imshow(image.numpy(), cmap="gray", extent=(-2.2, -0.5, -0.85, 0.85), zorder=3)
    names = ["pixels", *["hidden units"] * (len(widths) - 2), "logits"]
    columns = [_column(2 * i, width) for i, width in enumerate(widths)]
    for starts, ends in zip(columns, columns[1:]):
        connect(ax, starts, ends, color="0.75", linewidth=0.7)
    for places, width, name in zip(columns, widths, names):
        x = places[0][0]
        color = "C1" if name == "hidden units" else "C0"
        for place in places:
            node(ax, place, radius=0.13, color=color, linewidth=1)
        if width > SHOWN + 1:
            ax.text(x, 0, "⋮", ha="center", va="center", fontsize=17, zorder=4)
        ax.text(x, 2.15, f"{width}\n{name}", ha="center", va="bottom", fontsize=11)
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        ax.text(2 * i + 1, -2.15, f"$\\mathbf{{W}}^{{({i + 1})}}$\n{a} × {b}", ha="center", va="top", fontsize=11)
    ax.set(xlim=(-2.3, 2 * len(widths) - 1.4), ylim=(-3.1, 3.1), aspect="equal")
    ax.axis("off")


def _column(x, width):
    """Places of the circles of one column, from top to bottom; a long column leaves out the one in the middle."""
    long = width > SHOWN + 1
    n = SHOWN if long else width
    places = column(x, n, 4 / max(n - 1, 1))
    return [place for i, place in enumerate(places) if not (long and i == SHOWN // 2)]


def training_losses(linear, network):
    """Draw the training loss by epoch of two runs (History)."""
    _, ax = new_figure()
    for run, name, fmt in ((linear, "softmax regression", "--"), (network, "MLP", "-")):
        ax.plot(run.epochs, run["train loss"], fmt, label=name)
    ax.set(xlabel="epoch", ylabel="training loss")
    ax.legend()


def unit_images(units, titles, title="", cols=4):
    """Draw hidden units' weights (n, 28, 28) with a title above each, and one title above all.

    Grey is 0; one brightness scale serves all, and 1 % of the weights lie beyond it.
    """
    rows = -(-len(units) // cols)
    _, ax = new_figure(figsize=(4.8, 1.42 * rows + (0.36 if title else 0)))
    _draw_tiles(ax, units, titles, rows, cols)
    ax.set_title(title, fontsize=12)


def _draw_tiles(ax, units, titles, rows, cols):
    side, gap, room = 28, 3, 10 if any(titles) else 3
    tiles = torch.full((rows * (side + room), cols * (side + gap) - gap), torch.nan)
    for i, (unit, title) in enumerate(zip(units, titles)):
        top, left = i // cols * (side + room) + room, i % cols * (side + gap)
        tiles[top : top + side, left : left + side] = unit
        ax.text(left + side / 2, top - 2, title, ha="center", va="bottom", fontsize=10)
    scale = units.abs().quantile(0.99).item() or 1.0
    ax.imshow(tiles.numpy(), cmap="gray", vmin=-scale, vmax=scale, interpolation="nearest")
    ax.axis("off")


def units_from_start(units, name, accuracy):
    """Draw eight hidden units' weights (8, 28, 28) after a short training from some start, and the test accuracy."""
    titles = [f"unit {i + 1}" for i in range(len(units))]
    unit_images(units, titles, f"{name}: test accuracy {accuracy:.2f}")


def accuracy_by_width(h, results, units):
    """Draw the weights of up to eight units, and training and test accuracy over the width, with h marked.

    results: {width: (loss, training accuracy, test accuracy)}.
    """
    _, (top, ax) = new_figure(2, 1, figsize=(4.8, 4.6), height_ratios=[2, 3])
    _draw_tiles(top, units[:8], [""] * 8, 2, 4)
    for position, name, fmt in ((1, "train", "-"), (2, "test", "--")):
        (line,) = ax.plot(list(results), [result[position] for result in results.values()], fmt, label=name)
        ax.plot(h, results[h][position], "o", color=line.get_color(), markersize=9)
    ax.set(
        xscale="log",
        xlabel="hidden units",
        ylabel="accuracy",
        ylim=(0.2, 1),
        title=f"{h} hidden unit{'s' * (h > 1)}: train {results[h][1]:.3f}, test {results[h][2]:.3f}",
    )
    ax.set_xticks(list(results), [str(width) for width in results])
    ax.minorticks_off()
    ax.legend(loc="lower right")
