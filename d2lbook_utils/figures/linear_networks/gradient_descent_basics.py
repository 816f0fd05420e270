"""Drawings of the page *Gradient descent*."""

from __future__ import annotations

import torch
from matplotlib.patches import Circle

from ...plotting import new_figure
from ..diagram import arrow, number

STEEP, FLAT = "C1", "C0"


def valley(A, goal, path, rate):
    """Draw the path of gradient descent in a quadratic bowl, and below the distance left along the eigenvectors."""
    curvatures, directions = torch.linalg.eigh(A)  # the flat one comes first
    flat, steep = (1 - rate * curvatures).tolist()
    _, (above, below) = new_figure(2, 1, figsize=(4.5, 5.8), gridspec_kw={"height_ratios": [2.1, 1]})

    reach = 3.2
    x1 = torch.linspace(goal[0] - reach, goal[0] + reach, 121)
    x2 = torch.linspace(goal[1] - reach, goal[1] + reach, 121)
    error = torch.stack(torch.meshgrid(x1, x2, indexing="xy"), dim=-1) - goal
    heights = ((error @ A) * error).sum(dim=-1) / 2
    above.contour(x1, x2, heights, levels=[0.05, 0.2, 0.5, 1, 2, 3.5, 5.5, 8], colors="0.7", linewidths=0.9)
    above.plot(*path.T, ".-", color="0.25", markersize=6, linewidth=1.2)
    above.plot(*path[0], "s", color="black", markersize=7)
    above.plot(*goal, "*", color="C2", markersize=14, markeredgecolor="white")
    above.set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    above.set_title(f"rate {rate:g}: {verdict(steep)}", fontweight="bold")
    above.grid(False)

    left = ((path - goal) @ directions).abs().clamp(min=1e-9)
    below.plot(left[:, 1], "o-", color=STEEP, markersize=3, label=f"steep: times {number(steep, '.2f')}")
    below.plot(left[:, 0], "s-", color=FLAT, markersize=3, label=f"flat: times {number(flat, '.2f')}")
    below.set(xlabel="step", ylabel="distance left", yscale="log", ylim=(1e-4, 1e3))
    below.legend(loc="upper right", ncols=2, columnspacing=1.0, handlelength=1.4)


def verdict(factor):
    """Say in words what a factor per step does to the steep direction."""
    if abs(factor) > 1 + 1e-9:
        return "diverges"
    if abs(factor) > 1 - 1e-9:
        return "bounces for ever"
    if factor < -0.3:
        return "zigzags"
    return "creeps" if factor > 0.3 else "direct"


def worst_factor(flattest, steepest):
    """Draw what one step leaves of the flattest and of the steepest direction, against the learning rate.

    A star marks the best rate, and the rates that diverge are shaded.
    """
    last = 2.3 / steepest
    rates = torch.linspace(0, last, 231)
    flat, steep = (1 - rates * flattest).abs(), (1 - rates * steepest).abs()
    _, ax = new_figure(figsize=(4.8, 3.4))
    ax.plot(rates, torch.maximum(flat, steep), color="0.85", linewidth=7, label="the slower one")
    ax.plot(rates, steep, color=STEEP, label=f"steepest ($\\lambda$ = {steepest:g})")
    ax.plot(rates, flat, "--", color=FLAT, label=f"flattest ($\\lambda$ = {flattest:g})")
    best = 2 / (flattest + steepest)
    ax.plot(best, 1 - best * flattest, "*", color="C2", markersize=14, label="best rate")
    ax.axvspan(2 / steepest, last, color="C3", alpha=0.2, label="diverges", linewidth=0)
    ax.axhline(1, color="0.4", linewidth=0.8)
    ax.set(xlabel="learning rate $\\eta$", ylabel="left after one step", xlim=(0, last), ylim=(0, 1.95))
    ax.legend(loc="upper center", ncols=2)


def cloud(gradients, true, batch_size, reach):
    """Draw stochastic gradients (m, 2) as points, the true gradient as an arrow, and a ring of the typical error.

    The typical error is the root of the mean squared distance.
    """
    _, ax = new_figure(figsize=(4.4, 4.4))
    x, y = true.tolist()
    ax.plot(*gradients.T, ".", color="C0", alpha=0.45, markersize=5)
    arrow(ax, (0, 0), (x, y), color="C1", linewidth=2.5, zorder=3)
    radius = (gradients - true).square().sum(dim=1).mean().sqrt().item()
    ax.add_patch(Circle((x, y), radius, fill=False, linewidth=1.6, zorder=3))
    ax.axhline(0, color="0.75", linewidth=0.8)
    ax.axvline(0, color="0.75", linewidth=0.8)
    ax.set(
        xlabel="slope along $w_1$",
        ylabel="slope along $w_2$",
        aspect="equal",
        xlim=(x - reach, x + reach),
        ylim=(y - reach, y + reach),
        title=f"B = {batch_size}: typical error {radius:.1f}",
    )


def remaining_loss(runs, axis):
    """Draw the remaining loss of several runs against the steps, epochs or seconds spent.

    runs: name -> {"loss", "steps", "epochs", "seconds"}; axis: which of the last three.
    """
    _, ax = new_figure(figsize=(4.8, 3.8))
    for i, (name, run) in enumerate(runs.items()):
        ax.plot(run[axis], run["loss"], ("-", "--", "-.", ":")[i % 4], linewidth=2, label=name)
    ax.set(xscale="log", yscale="log", xlabel=f"{axis} spent", ylabel="loss left (start = 1)", ylim=(1e-7, 3))
    ax.legend(loc="lower left")


def noise_floors(curves, floors):
    """Draw the loss above its minimum for several runs, name -> curve, with the predicted floors as dotted lines."""
    _, ax = new_figure(figsize=(4.8, 3.6))
    for i, (name, curve) in enumerate(curves.items()):
        ax.plot(curve, ("-", "--", "-.")[i % 3], label=name, color=f"C{i}")
    for floor in sorted(set(floors)):
        ax.axhline(floor, color="black", linestyle=":", linewidth=1.4)
    ax.set(xlabel="step", ylabel="loss above its minimum", yscale="log")
    ax.legend()
