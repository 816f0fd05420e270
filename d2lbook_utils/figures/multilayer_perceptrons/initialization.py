"""Drawings of the page *Initialisation and activations*."""

from __future__ import annotations

import numpy as np

from ...plotting import new_figure

WORKABLE = 1e-6, 1e3


def layers(samples, gradients, limit=1.05):
    """Draw a histogram of the activations of each chosen layer, and below them the gradient norm of every layer.

    Args:
        samples: {number of the layer: its activations}.
        gradients: one number a layer, from the first to the last.
        limit: activations are shown from minus to plus this number.
    """
    _, (*histograms, norms) = new_figure(
        len(samples) + 1, 1, figsize=(4.4, 6.2), height_ratios=[1] * len(samples) + [3]
    )
    white = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
    bins = np.linspace(-limit, limit, 61)
    for ax, (layer, values) in zip(histograms, samples.items()):
        values = values.flatten()
        ax.hist(values.numpy(), bins=bins, color="C0", weights=np.full(len(values), 1 / len(values)))
        style = {"transform": ax.transAxes, "va": "top", "bbox": white}
        ax.text(0.02, 0.92, f"layer {layer}", **style)
        ax.text(0.98, 0.92, f"std {values.std().item():.1g}", ha="right", **style)
        ax.set(xlim=(-limit, limit), xticks=[-1, -0.5, 0, 0.5, 1], yticks=[])
        ax.tick_params(labelbottom=layer == list(samples)[-1])
        ax.grid(False)
    histograms[-1].set_xlabel("activation")
    norms.axhspan(*WORKABLE, color="C2", alpha=0.2, label="workable range")
    norms.plot(range(1, len(gradients) + 1), gradients, color="C1", linewidth=2, label="gradient norm")
    norms.set(xlabel="layer", ylabel="gradient norm", yscale="log", ylim=(1e-45, 1e45))
    norms.legend(loc="upper right")


def signal(curves):
    """Draw the standard deviation by layer, measured (dots) and predicted (line): {name: (measured, predicted)}."""
    _, ax = new_figure()
    for k, (name, (measured, predicted)) in enumerate(curves.items()):
        number = range(1, len(measured) + 1)
        ax.plot(number, predicted, color=f"C{k}")
        ax.plot(number[::3], measured[::3], "o^sDv"[k % 5], color=f"C{k}", markersize=5, label=name)
    ax.set(xlabel="layer", ylabel="standard deviation", yscale="log")
    ax.legend(title="std of the weights")


def taylor(x, value, line, cubic, name):
    """Draw a function near 0, its tangent at 0, its Taylor polynomial of degree 3 and the identity."""
    _, ax = new_figure(figsize=(4.5, 3.6))
    ax.plot(x, x, color="0.7", linewidth=5, label="identity")
    ax.plot(x, value, color="C0", linewidth=2.5, label=name)
    ax.plot(x, line, "--", color="C1", label="tangent at 0")
    near = x.abs() <= 1.8
    ax.plot(x[near], cubic[near], ":", color="C2", linewidth=2.2, label="to the third power")
    ax.set(xlabel="x", ylabel="value", ylim=(-2.2, 2.2), title=name)
    ax.legend(loc="upper left")


def powers_of_ten(tables, rows, columns):
    """Draw coloured tables of powers of ten: {title: values}, values[i][j] for rows[i] and columns[j].

    Blue is too small, red too large, white about 1; zero and infinity or NaN are named.
    """
    figure, axes = new_figure(len(tables), 1, figsize=(4.6, 3.3 * len(tables)), squeeze=False)
    for ax, (title, values) in zip(axes.flat, tables.items()):
        values = np.asarray(values, dtype=float)
        with np.errstate(divide="ignore"):
            powers = np.log10(values)
        shown = np.where(np.isnan(powers), 45, powers)
        image = ax.imshow(np.clip(shown, -12, 12), cmap="RdBu_r", vmin=-12, vmax=12, aspect="auto")
        for (i, j), power in np.ndenumerate(powers):
            ink = "white" if abs(shown[i, j]) > 7 else "black"
            ax.text(j, i, _power(power), ha="center", va="center", color=ink)
        ax.set(
            xticks=range(len(columns)),
            xticklabels=columns,
            yticks=range(len(rows)),
            yticklabels=rows,
            xlabel="activation",
            ylabel="initialisation",
            title=title,
        )
        ax.grid(False)
        figure.colorbar(image, ax=ax, label="power of ten")


def _power(power):
    if np.isneginf(power):
        return "0"
    return f"$10^{{{round(power)}}}$" if np.isfinite(power) else "inf"
