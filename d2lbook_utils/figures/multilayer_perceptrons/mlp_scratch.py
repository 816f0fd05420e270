"""Drawings of the page *Multilayer perceptrons from scratch*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch

from d2lbook_utils.plotting import new_figure

SHOWN = 9  # circles of a column with more units than that


def network(image, widths):
    """Draw a network of fully connected layers with the given widths behind an image (H, W); long columns are cut in the middle."""
    _, axes = new_figure(figsize=(4.8, 3.6))
    axes.imshow(image.numpy(), cmap="gray", extent=(-2.2, -0.5, -0.85, 0.85), zorder=3)
    names = ["pixels", *["hidden units"] * (len(widths) - 2), "logits"]
    columns = [_column(2 * i, width) for i, width in enumerate(widths)]
    for starts, ends in zip(columns, columns[1:]):
        for x0, y0 in starts:
            for x1, y1 in ends:
                axes.plot([x0, x1], [y0, y1], color="0.75", linewidth=0.7, zorder=1)
    for places, width, name in zip(columns, widths, names):
        x = places[0][0]
        colour = "C1" if name == "hidden units" else "C0"
        for place in places:
            axes.add_patch(plt.Circle(place, 0.13, facecolor=colour, edgecolor="black", zorder=3))
        if width > SHOWN + 1:
            axes.text(x, 0, "⋮", ha="center", va="center", fontsize=17, zorder=4)
        axes.text(x, 2.15, f"{width}\n{name}", ha="center", va="bottom", fontsize=11)
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        axes.text(2 * i + 1, -2.15, f"$\\mathbf{{W}}^{{({i + 1})}}$\n{a} × {b}", ha="center", va="top", fontsize=11)
    axes.set(xlim=(-2.3, 2 * len(widths) - 1.4), ylim=(-3.1, 3.1), aspect="equal")
    axes.axis("off")


def _column(x, width):
    """Places of the circles of one column, from top to bottom; a long column leaves out the one in the middle."""
    long = width > SHOWN + 1
    n = SHOWN if long else width
    places = [(x, 2 - 4 * i / max(n - 1, 1)) for i in range(n)]
    return [place for i, place in enumerate(places) if not (long and i == SHOWN // 2)]


def losses(linear, network):
    """Draw the training loss by epoch of two runs (History)."""
    _, axes = new_figure()
    for run, name, fmt in ((linear, "softmax regression", "--"), (network, "MLP", "-")):
        axes.plot(run.epochs, run["train loss"], fmt, label=name)
    axes.set(xlabel="epoch", ylabel="training loss")
    axes.legend()


def unit_images(units, titles, cols=4):
    """Draw hidden units' weights (n, 28, 28) on the current figure, grey = 0, with one brightness scale for all (1 % of the weights lie beyond it) and a title above each."""
    rows = -(-len(units) // cols)
    plt.gcf().set_size_inches(4.8, 1.42 * rows)
    _draw_tiles(plt.gca(), units, titles, rows, cols)


def _draw_tiles(axes, units, titles, rows, cols):
    side, gap, room = 28, 3, 10 if any(titles) else 3
    tiles = torch.full((rows * (side + room), cols * (side + gap) - gap), torch.nan)
    for i, (unit, title) in enumerate(zip(units, titles)):
        top, left = i // cols * (side + room) + room, i % cols * (side + gap)
        tiles[top:top + side, left:left + side] = unit
        axes.text(left + side / 2, top - 2, title, ha="center", va="bottom", fontsize=10)
    scale = units.abs().quantile(0.99).item() or 1.0
    axes.imshow(tiles.numpy(), cmap="gray", vmin=-scale, vmax=scale, interpolation="nearest")
    axes.axis("off")


def start(units, name, accuracy):
    """Draw eight hidden units' weights (8, 28, 28) after a short training from some start, and tell the test accuracy."""
    unit_images(units, [f"unit {i + 1}" for i in range(len(units))])
    plt.gcf().set_size_inches(4.8, 3.2)
    plt.gca().set_title(f"{name}: test accuracy {accuracy:.2f}", fontsize=12)


def width(h, results, units):
    """Draw the weights of up to eight units, and training and test accuracy over the width, {h: (loss, training accuracy, test accuracy)}, with h marked."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 4.6)
    top, axes = figure.subplots(2, 1, height_ratios=[2, 3])
    _draw_tiles(top, units[:8], [""] * 8, 2, 4)
    for position, name, fmt in ((1, "train", "-"), (2, "test", "--")):
        line, = axes.plot(list(results), [result[position] for result in results.values()], fmt, label=name)
        axes.plot(h, results[h][position], "o", color=line.get_color(), markersize=9)
    axes.set(xscale="log", xlabel="hidden units", ylabel="accuracy", ylim=(0.2, 1),
             title=f"{h} hidden unit{'s' * (h > 1)}: train {results[h][1]:.3f}, test {results[h][2]:.3f}")
    axes.set_xticks(list(results), [str(width) for width in results])
    axes.minorticks_off()
    axes.legend(loc="lower right")
