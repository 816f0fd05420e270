"""Drawings of the page *Numerical stability*."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure

LAYERS = 100


def travel(factor, formats):
    """Draw ``factor ** t`` for t = 0, ..., 100 above a number line with the ranges of the number formats.

    formats: {name: (least number above 0, least normal number, largest number, decimal digits)}; the last one decides
    which points count as lost.
    """
    _, (numbers, line) = new_figure(2, 1, figsize=(4.6, 4.4), sharex=True, gridspec_kw={"height_ratios": [5, 3]})
    t = torch.arange(LAYERS + 1, dtype=torch.float64)
    size = torch.as_tensor(factor, dtype=torch.float64) ** t
    least, _, largest, _ = list(formats.values())[-1]
    kept = (size >= least) & (size <= largest)
    numbers.plot(size[kept], t[kept], "o", color="C0", markersize=3.5, label="a number")
    numbers.plot(size[~kept], t[~kept], "x", color="C1", markersize=4, label="lost: 0 or inf")
    numbers.axvline(1, color="0.5", linewidth=0.8)
    numbers.set(
        xscale="log",
        xlim=(1e-61, 1e61),
        ylim=(LAYERS + 4, -4),
        ylabel="layers passed",
        title=f"factor {factor:g}: after 100 layers {_power(size[-1].item())}",
    )
    numbers.legend(loc="upper right" if factor <= 1 else "upper left")
    for row, (least, normal, largest, _) in enumerate(formats.values()):
        left, middle, right = (math.log10(number) for number in (least, normal, largest))
        line.barh(row, 10**middle - 10**left, left=10**left, height=0.55, color=f"C{row}", alpha=0.45)
        line.barh(row, 10**right - 10**middle, left=10**middle, height=0.55, color=f"C{row}")
    names = [f"{name}\n{digits:.1f} digits" for name, (*_, digits) in formats.items()]
    line.set(
        yticks=range(len(formats)), yticklabels=names, ylim=(len(formats) - 0.5, -0.5), xlabel="size of the number"
    )
    line.set_xticks([1e-60, 1e-40, 1e-20, 1, 1e20, 1e40, 1e60])
    line.minorticks_off()


def _power(number):
    exponent = math.floor(math.log10(number) + 1e-9)
    return "1" if number == 1 else f"${number / 10**exponent:.1f}\\cdot10^{{{exponent}}}$"


def gradient_norms(scale, norms):
    """Draw the gradient norm of every layer's weights, one curve a network; an exact 0 becomes a cross at the bottom.

    norms: {name: norms from the bottom layer to the top layer}.
    """
    _, ax = new_figure(figsize=(4.6, 3.6))
    low, high = 1e-26, 1e17
    for k, ((name, values), fmt) in enumerate(zip(norms.items(), ("o-", "s--", "^-."))):
        layers = range(1, len(values) + 1)
        heights = [value if value > 0 else math.nan for value in values]
        ax.plot(layers, heights, fmt, color=f"C{k}", markersize=4, label=name)
        zeros = [layer for layer, value in zip(layers, values) if value == 0]
        ax.plot(zeros, [low * 10] * len(zeros), "x", color=f"C{k}", markersize=8, markeredgewidth=2)
        if zeros:
            ax.annotate("exactly 0", (zeros[-1], low * 10), xytext=(8, -2), textcoords="offset points")
    ax.axhspan(1e-6, 1e3, color="C2", alpha=0.12, label="workable")
    ax.set(
        yscale="log",
        ylim=(low, high),
        xlabel="layer, from the input to the output",
        ylabel="gradient norm of its weights",
        title=f"weight scale {scale:g}",
    )
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.legend(loc="lower right", ncols=2)


def crash(plain, clipped):
    """Draw the losses of a run that ends in inf or nan and of its clipped twin, and mark the step of the end."""
    _, ax = new_figure(figsize=(4.8, 3.4))
    good = [loss for loss in plain if math.isfinite(loss)]
    ax.plot(range(1, len(clipped) + 1), clipped, "-", color="C0", label="clipped")
    ax.plot(range(1, len(good) + 1), good, "o-", color="C1", label="not clipped")
    end = len(good) + 1
    ax.axvline(end, color="C1", linestyle=":")
    ax.text(end + 0.6, max(good), f"{plain[len(good)]} at step {end}", va="top", fontsize=11)
    ax.set(yscale="log", xlabel="step", ylabel="loss", ylim=(0.3, max(good) * 30))
    ax.legend(loc="center right")
