"""Drawings of the page *Initialisation and activations*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

WORKABLE = 1e-6, 1e3


def layers(samples, gradients, limit=1.05):
    """Draw a histogram of the activations of each chosen layer, and below them the gradient norm of every layer.

    Args:
        samples: {number of the layer: its activations}.
        gradients: one number a layer, from the first to the last.
        limit: activations are shown from minus to plus this number.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.4, 6.2)
    panels = figure.subplots(len(samples) + 1, 1, gridspec_kw={"height_ratios": [1] * len(samples) + [3]})
    white = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
    bins = np.linspace(-limit, limit, 61)
    for axes, (layer, values) in zip(panels, samples.items()):
        values = values.flatten()
        axes.hist(values.numpy(), bins=bins, color="C0", weights=np.full(len(values), 1 / len(values)))
        axes.text(0.02, 0.92, f"layer {layer}", transform=axes.transAxes, va="top", fontsize=10, bbox=white)
        axes.text(0.98, 0.92, f"std {values.std().item():.1g}", transform=axes.transAxes, va="top", ha="right", fontsize=10, bbox=white)
        axes.set(xlim=(-limit, limit), xticks=[-1, -0.5, 0, 0.5, 1], yticks=[])
        axes.tick_params(labelbottom=layer == list(samples)[-1])
        axes.grid(False)
    panels[len(samples) - 1].set_xlabel("activation")
    axes = panels[-1]
    axes.axhspan(*WORKABLE, color="C2", alpha=0.2, label="workable range")
    axes.plot(range(1, len(gradients) + 1), gradients, color="C1", linewidth=2, label="gradient norm")
    axes.set(xlabel="layer", ylabel="gradient norm", yscale="log", ylim=(1e-45, 1e45))
    axes.legend(loc="upper right")


def signal(curves):
    """Draw the standard deviation after each layer, measured (dots) and predicted (line): {name: (measured, predicted)}."""
    axes = plt.gca()
    for k, (name, (measured, predicted)) in enumerate(curves.items()):
        layers = range(1, len(measured) + 1)
        axes.plot(layers, predicted, color=f"C{k}")
        axes.plot(layers[::3], measured[::3], "o^sDv"[k % 5], color=f"C{k}", markersize=5, label=name)
    axes.set(xlabel="layer", ylabel="standard deviation", yscale="log")
    axes.legend(title="std of the weights")


def taylor(x, value, line, cubic, name):
    """Draw a function near 0, its tangent at 0, its Taylor polynomial of degree 3 and the identity."""
    axes = plt.gca()
    plt.gcf().set_size_inches(4.5, 3.6)
    axes.plot(x, x, color="0.7", linewidth=5, label="identity")
    axes.plot(x, value, color="C0", linewidth=2.5, label=name)
    axes.plot(x, line, "--", color="C1", label="tangent at 0")
    near = x.abs() <= 1.8
    axes.plot(x[near], cubic[near], ":", color="C2", linewidth=2.2, label="to the third power")
    axes.set(xlabel="x", ylabel="value", ylim=(-2.2, 2.2), title=name)
    axes.legend(loc="upper left")


def grid(panels, rows, columns):
    """Draw one coloured table a panel of powers of ten: {title: values}, values[i][j] for rows[i] and columns[j].

    Blue is too small, red too large, white about 1; zero and infinity or NaN are named.
    """
    figure, grid = plt.subplots(len(panels), 1, figsize=(4.6, 3.3 * len(panels)), squeeze=False)
    for axes, (title, values) in zip(grid[:, 0], panels.items()):
        values = np.asarray(values, dtype=float)
        with np.errstate(divide="ignore"):
            powers = np.log10(values)
        shown = np.where(np.isnan(powers), 45, powers)
        image = axes.imshow(np.clip(shown, -12, 12), cmap="RdBu_r", vmin=-12, vmax=12, aspect="auto")
        for (i, j), power in np.ndenumerate(powers):
            word = f"$10^{{{round(power)}}}$" if np.isfinite(power) else "0" if values[i, j] == 0 else "inf"
            axes.text(j, i, word, ha="center", va="center", fontsize=10,
                      color="white" if abs(shown[i, j]) > 7 else "black")
        axes.set(xticks=range(len(columns)), xticklabels=columns, yticks=range(len(rows)), yticklabels=rows,
                 xlabel="activation", ylabel="initialisation", title=title)
        axes.grid(False)
        figure.colorbar(image, ax=axes, label="power of ten")
