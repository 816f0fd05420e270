"""Drawings of the page *From linear models to multilayer perceptrons*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch

from d2lbook_utils.plotting import new_figure

FLAT, EDGE = "C0", "C1"
MINUS = "\N{MINUS SIGN}"


def repairs(cases):
    """Draw one panel a case: (x and y label, x scale, middles of bins, shares in them, x, {name: predicted shares})."""
    panels = new_figure(len(cases), 1, figsize=(4.5, 2.6 * len(cases)))[1]
    for axes, ((xlabel, ylabel), xscale, middles, shares, x, curves) in zip(panels, cases):
        axes.plot(middles, shares, "o", color="0.45", label="data")
        for (name, curve), fmt in zip(curves.items(), ("--", "-")):
            axes.plot(x, curve, fmt, linewidth=2, label=name)
        axes.set(xlabel=xlabel, xscale=xscale, ylabel=ylabel, ylim=(-0.03, 1.03))
        axes.legend()


def network(W1, b1, W2, b2, x):
    """Draw a network with one ReLU layer and one output: weights on the edges, biases below the units, and the values for the input ``x`` inside."""
    hidden = (x @ W1 + b1).clamp(min=0)
    output = hidden @ W2 + b2
    figure = plt.gcf()
    figure.set_size_inches(4.6, 3.3)
    axes = plt.gca()
    columns = [_places(0.0, x), _places(2.0, hidden), _places(4.0, output)]
    for weights, starts, ends in ((W1, columns[0], columns[1]), (W2, columns[1], columns[2])):
        for i, start in enumerate(starts):
            for j, end in enumerate(ends):
                _edge(axes, start, end, weights[i, j].item())
    for (px, py), value in zip(columns[0], x.tolist()):
        bright = value > 0
        axes.add_patch(plt.Rectangle((px - 0.36, py - 0.36), 0.72, 0.72, facecolor="white" if bright else "0.25",
                                     edgecolor="black", linewidth=1.5, zorder=3))
        axes.text(px, py, _signed(value), ha="center", va="center", fontsize=13, color="black" if bright else "white", zorder=4)
    for places, values, biases in ((columns[1], hidden, b1), (columns[2], output, b2)):
        for (px, py), value, bias in zip(places, values.tolist(), biases.tolist()):
            colour = "#F3D2BD" if value > 0 else "white"
            axes.add_patch(plt.Circle((px, py), 0.42, facecolor=colour, edgecolor="black", linewidth=1.5, zorder=3))
            axes.text(px, py, f"{value:g}".replace("-", MINUS), ha="center", va="center", fontsize=13, zorder=4)
            axes.text(px, py - 0.5, f"bias {bias:g}".replace("-", MINUS), ha="center", va="top", fontsize=10)
    for px, name in ((0.0, "input"), (2.0, "hidden (ReLU)"), (4.0, "output")):
        axes.text(px, 1.85, name, ha="center", va="bottom", fontsize=11)
    axes.set(xlim=(-0.7, 4.7), ylim=(-2.0, 2.2), aspect="equal",
             title=f"output {_signed(output.item())}: {'edge' if output.item() > 0 else 'no edge'}")
    axes.axis("off")


def _signed(number):
    return f"{number:+g}".replace("-", MINUS)


def _places(x, values):
    """Places of one column of units, from top to bottom."""
    n = len(values)
    return [(x, 1.0 * (n - 1) - 2.0 * i) for i in range(n)]


def _edge(axes, start, end, weight):
    colour = "C0" if weight > 0 else "C1"
    axes.plot(*zip(start, end), color=colour, linewidth=2, zorder=1)
    at = 0.36
    axes.text(start[0] + at * (end[0] - start[0]), start[1] + at * (end[1] - start[1]), _signed(weight), ha="center", va="center",
              fontsize=12, color=colour, zorder=2, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def hidden(slope):
    """Draw the hidden space of the edge detector when both units use a ReLU with the given slope on its left arm."""
    figure = plt.gcf()
    figure.set_size_inches(4.0, 3.7)
    axes = plt.gca()

    def bend(z):
        return z.clamp(min=0) + slope * z.clamp(max=0)

    t = torch.linspace(-2.8, 2.8, 113)
    axes.plot(bend(t), bend(-t), color="0.6", linewidth=5, solid_capstyle="round", label="the line")
    axes.plot(0, 0, "o", color=FLAT, markeredgecolor="black", markersize=11, label="no edge (2 images)")
    edges = torch.tensor([2.0, -2.0])
    axes.plot(bend(edges), bend(-edges), "s", color=EDGE, markeredgecolor="black", markersize=11, label="edge")
    if slope < 1:
        u = torch.tensor([-3.2, 3.2])
        axes.plot(u, (1 - slope) - u, "k--", label="cut")
    axes.set(xlim=(-3, 3.6), ylim=(-3, 3.6), aspect="equal", xlabel="$h_1$: left is brighter", ylabel="$h_2$: right is brighter",
             title="straight: no cut separates" if slope == 1 else "bent: one straight cut is enough")
    axes.legend(loc="lower left" if slope < 0.3 else "upper right")


def activation(x, value, slope, name):
    """Draw an activation function and its slope."""
    axes = plt.gca()
    axes.axhline(0, color="0.6", linewidth=0.8)
    axes.plot(x, value, linewidth=2.5, label="value")
    axes.plot(x, slope, "--", linewidth=2, label="slope")
    axes.set(xlabel="x", ylim=(-1.3, 3.3), title=f"{name}: slopes from {slope.min().item():.2f} to {slope.max().item():.2f}")
    axes.legend(loc="upper left")


def hinges(x, target, approximation, knots, values):
    """Draw a curve, its piecewise linear approximation and the knots; the title tells the largest error."""
    axes = plt.gca()
    axes.plot(x, target, color="0.6", linewidth=4, label="target")
    axes.plot(x, approximation, color="C1", label="network")
    axes.plot(knots, values, "o", color="black", markersize=4)
    error = (approximation - target).abs().max().item()
    axes.set(xlabel="x", ylabel="f(x)", ylim=(-1.2, 1.2), title=f"{len(knots) - 1} hinges: largest error {error:.4f}")
    axes.legend(loc="upper right")


def folds(x, y, depth):
    """Draw the folded position ``y`` of every point ``x`` of a strip, one cut at 1/2, and where it goes through the unfolded strip."""
    figure = plt.gcf()
    figure.set_size_inches(4.6, 3.8)
    graph, strip = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [4, 1]})
    cuts = (torch.arange(2**depth) + 0.5) / 2**depth
    graph.plot(x, y, linewidth=2)
    graph.axhline(0.5, color="black", linestyle="--", linewidth=1.2)
    graph.plot(cuts, torch.full_like(cuts, 0.5), "o", color="C1", markersize=5)
    graph.set(ylabel="place after folding", ylim=(-0.05, 1.05),
              title=f"{depth} layer{'s' * (depth > 1)} of 2 units: {2**depth} pieces, cut in {len(cuts)} places")
    side = (y > 0.5).double()[None]
    strip.imshow(side.numpy(), aspect="auto", extent=(0, 1, 0, 1), cmap="Blues", vmin=0, vmax=1.6, interpolation="nearest")
    strip.vlines(cuts, 0, 1, color="C1", linewidth=2)
    strip.set(xlabel="place on the strip", yticks=[], xlim=(0, 1))
    strip.grid(False)
