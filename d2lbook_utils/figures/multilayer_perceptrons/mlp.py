"""Drawings of the page *From linear models to multilayer perceptrons*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ..diagram import box, column, edge, node, number

FLAT, EDGE = "C0", "C1"


def network(W1, b1, W2, b2, x):
    """Draw a network with one ReLU layer and one output, and the values for the input ``x`` in its units.

    Weights stand on the edges, biases below the units.
    """
    hidden = (x @ W1 + b1).clamp(min=0)
    output = hidden @ W2 + b2
    _, ax = new_figure(figsize=(4.6, 3.3))
    layers = [(x, None), (hidden, b1), (output, b2)]
    columns = [column(2.0 * i, len(values), spacing=2.0) for i, (values, _) in enumerate(layers)]
    for weights, starts, ends in zip((W1, W2), columns, columns[1:]):
        for start, row in zip(starts, weights.tolist()):
            for end, weight in zip(ends, row):
                color = "C0" if weight > 0 else "C1"
                edge(ax, start, end, number(weight, "+g"), at=0.36, color=color, text_color=color, linewidth=2)
    for (left, y), value in zip(columns[0], x.tolist()):
        color, ink = ("white", "black") if value > 0 else ("0.25", "white")
        text = number(value, "+g")
        box(ax, (left - 0.36, y - 0.36), 0.72, 0.72, text, color=color, linewidth=1.5, zorder=3, fontsize=13, ink=ink)
    for places, (values, biases) in zip(columns[1:], layers[1:]):
        for place, value, bias in zip(places, values.tolist(), biases.tolist()):
            node(ax, place, number(value), radius=0.42, color="#F3D2BD" if value > 0 else "white", fontsize=13)
            ax.text(place[0], place[1] - 0.5, f"bias {number(bias)}", ha="center", va="top")
    for left, name in ((0.0, "input"), (2.0, "hidden (ReLU)"), (4.0, "output")):
        ax.text(left, 1.85, name, ha="center", va="bottom", fontsize=11)
    verdict = "edge" if output.item() > 0 else "no edge"
    ax.set(xlim=(-0.7, 4.7), ylim=(-2.0, 2.2), aspect="equal", title=f"output {number(output, '+g')}: {verdict}")
    ax.axis("off")


def hidden_space(slope):
    """Draw the hidden space of the edge detector when both units use a ReLU with the given slope on its left arm."""
    _, ax = new_figure(figsize=(4.0, 3.7))

    def bend(z):
        return z.clamp(min=0) + slope * z.clamp(max=0)

    t = torch.linspace(-2.8, 2.8, 113)
    ax.plot(bend(t), bend(-t), color="0.6", linewidth=5, solid_capstyle="round", label="the line")
    ax.plot(0, 0, "o", color=FLAT, markeredgecolor="black", markersize=11, label="no edge (2 images)")
    edges = torch.tensor([2.0, -2.0])
    ax.plot(bend(edges), bend(-edges), "s", color=EDGE, markeredgecolor="black", markersize=11, label="edge")
    if slope < 1:
        u = torch.tensor([-3.2, 3.2])
        ax.plot(u, (1 - slope) - u, "k--", label="cut")
    ax.set(
        xlim=(-3, 3.6),
        ylim=(-3, 3.6),
        aspect="equal",
        xlabel="$h_1$: left is brighter",
        ylabel="$h_2$: right is brighter",
        title="straight: no cut separates" if slope == 1 else "bent: one straight cut is enough",
    )
    ax.legend(loc="lower left" if slope < 0.3 else "upper right")


def activation(x, value, slope, name):
    """Draw an activation function and its slope."""
    _, ax = new_figure()
    ax.axhline(0, color="0.6", linewidth=0.8)
    ax.plot(x, value, linewidth=2.5, label="value")
    ax.plot(x, slope, "--", linewidth=2, label="slope")
    ax.set(
        xlabel="x", ylim=(-1.3, 3.3), title=f"{name}: slopes from {slope.min().item():.2f} to {slope.max().item():.2f}"
    )
    ax.legend(loc="upper left")


def hinges(x, target, approximation, knots, values):
    """Draw a curve, its piecewise linear approximation and the knots; the title tells the largest error."""
    _, ax = new_figure()
    ax.plot(x, target, color="0.6", linewidth=4, label="target")
    ax.plot(x, approximation, color="C1", label="network")
    ax.plot(knots, values, "o", color="black", markersize=4)
    error = (approximation - target).abs().max().item()
    ax.set(xlabel="x", ylabel="f(x)", ylim=(-1.2, 1.2), title=f"{len(knots) - 1} hinges: largest error {error:.4f}")
    ax.legend(loc="upper right")


def folds(x, y, depth):
    """Draw the folded place ``y`` of every point ``x`` of a strip, a cut at 1/2, and its cuts in the unfolded strip."""
    _, (graph, strip) = new_figure(2, 1, figsize=(4.6, 3.8), sharex=True, gridspec_kw={"height_ratios": [4, 1]})
    cuts = (torch.arange(2**depth) + 0.5) / 2**depth
    graph.plot(x, y, linewidth=2)
    graph.axhline(0.5, color="black", linestyle="--", linewidth=1.2)
    graph.plot(cuts, torch.full_like(cuts, 0.5), "o", color="C1", markersize=5)
    graph.set(
        ylabel="place after folding",
        ylim=(-0.05, 1.05),
        title=f"{depth} layer{'s' * (depth > 1)} of 2 units: {2**depth} pieces, cut in {len(cuts)} places",
    )
    side = (y > 0.5).double()[None]
    blues = {"cmap": "Blues", "vmin": 0, "vmax": 1.6, "interpolation": "nearest"}
    strip.imshow(side.numpy(), aspect="auto", extent=(0, 1, 0, 1), **blues)
    strip.vlines(cuts, 0, 1, color="C1", linewidth=2)
    strip.set(xlabel="place on the strip", yticks=[], xlim=(0, 1))
    strip.grid(False)
