"""Drawings of the page *Distribution shift and the learning environment*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ...probability import normal_density


def kinds():
    """Draw, for each kind of shift, the factor that moves and the one that stays: source dashed, target solid."""
    _, axes = new_figure(3, 2, figsize=(4.8, 6))
    u = torch.linspace(-4, 4, 200)

    def rule(centre):
        return torch.sigmoid(2 * (u - centre))

    curves = [
        [(normal_density(u, -1, 0.8), normal_density(u, 1.2, 0.8)), (rule(0), rule(0))],
        [None, (normal_density(u, -1.3, 0.8), normal_density(u, 1.3, 0.8))],
        [(normal_density(u, 0, 1.0), normal_density(u, 0, 1.0)), (rule(-1), rule(1.2))],
    ]
    titles = [
        ["covariate shift\nP(x) moves", "\nP(y = 1 | x) stays"],
        ["label shift\nP(y) moves", "\nP(x | y) stays"],
        ["concept shift\nP(x) stays", "\nP(y = 1 | x) moves"],
    ]
    for ax, pair, title in zip(axes.flat, sum(curves, []), sum(titles, [])):
        ax.set_title(title)
        if pair is None:
            source = {"facecolor": "white", "edgecolor": "0.35", "linestyle": "--", "label": "source"}
            ax.bar([-0.2, 0.8], [0.75, 0.25], 0.36, **source)
            ax.bar([0.2, 1.2], [0.35, 0.65], 0.36, color="C1", label="target")
            ax.set(xlabel="y", ylabel="P(y)", xticks=[0, 1])
            continue
        if "P(x | y)" in title:  # two classes, the same before and after
            before = after = torch.stack(pair, dim=1)
        else:
            before, after = pair
        ax.plot(u, after, color="C1" if "moves" in title else "C0", linewidth=2.2)
        ax.plot(u, before, "--", color="0.2", linewidth=1.2)
        ax.set(xlabel="x", xticks=[], yticks=[])
    axes[0, 0].plot([], [], "--", color="0.2", label="source")
    axes[0, 0].plot([], [], color="C1", linewidth=2.2, label="target")
    axes[0, 0].set_ylim(-0.02, 0.75)
    axes[0, 0].legend(loc="upper center", ncols=2, handlelength=1.4, columnspacing=1)
    axes[1, 0].set(yticks=[])
    axes[1, 1].text(-1.3, 0.2, "y = 0", ha="center")
    axes[1, 1].text(1.3, 0.2, "y = 1", ha="center")
    for ax in axes.flat:
        ax.grid(False)


def reweighting(mean, x_source, y_source, x_target, y_target, beta, plain, weighted, effective):
    """Draw the densities N(0, 1) and N(mean, 0.5), the weights of the source examples, and both lines.

    x_*, y_*, beta: (n,); plain, weighted: (2,), constant and slope; effective: the effective sample size.
    """
    _, (top, middle, bottom) = new_figure(3, 1, figsize=(4.8, 6.2), sharex=True, height_ratios=[1, 1, 1.8])
    u = torch.linspace(-3.5, 4.8, 300)
    for center, std, color, name in [(0, 1.0, "C0", "source q"), (mean, 0.5, "C1", "target p")]:
        density = normal_density(u, center, std)
        top.fill_between(u, density, color=color, alpha=0.25, linewidth=0)
        top.plot(u, density, color=color, label=name)
    top.set(ylabel="density", ylim=(0, 0.95), yticks=[0, 0.5])
    top.legend(loc="upper left")
    middle.scatter(x_source, beta.clamp(min=1e-4), s=8, color="C0", linewidth=0)
    middle.axhline(1, color="0.5", linestyle="--", linewidth=1)
    middle.set(
        ylabel="weight $\\beta$",
        yscale="log",
        ylim=(0.007, 1500),
        yticks=[0.01, 1, 100],
        title=f"worth {effective:.0f} of {len(beta)} examples",
    )
    bottom.scatter(x_source[:300], y_source[:300], s=8, color="C0", alpha=0.5, linewidth=0)
    bottom.scatter(x_target[:150], y_target[:150], s=8, color="C1", alpha=0.5, linewidth=0)
    errors = [((w[0] + w[1] * x_target - y_target) ** 2).mean().item() for w in (plain, weighted)]
    bottom.plot(u, plain[0] + plain[1] * u, "--", color="C4", label=f"plain: error {errors[0]:.2f}")
    label = f"weighted: error {errors[1]:.2f}"
    bottom.plot(u, weighted[0] + weighted[1] * u, color="C2", linewidth=2.4, label=label)
    bottom.set(xlabel="speed x", ylabel="consumption y", ylim=(-1.5, 6), xlim=(-3.5, 4.8))
    bottom.legend(loc="upper left")


def class_shares(names, naive, corrected, true):
    """Draw two bars for each class, the share of guesses and the corrected share, and the true share as a diamond."""
    _, ax = new_figure(figsize=(4.8, 4.8))
    place = torch.arange(len(names))
    ax.barh(place - 0.2, naive, 0.38, color="C1", label="share of guesses")
    ax.barh(place + 0.2, corrected, 0.38, color="C0", label="corrected")
    ax.plot(true, place, "D", color="black", markersize=5, label="true")
    ax.set(xlabel="share of the shop's garments", yticks=place, yticklabels=names)
    ax.invert_yaxis()
    ax.legend(loc="upper right")
    ax.grid(False, axis="y")


def monitor(speed, frozen, kept, limit, alarms):
    """Draw the daily errors (days 1, 2, ...) of a frozen and of a monitored model, the alarm limit and the alarms."""
    _, ax = new_figure(figsize=(4.8, 3.8))
    day = torch.arange(1, len(frozen) + 1)
    ax.plot(day, frozen, color="C1", linewidth=1.2, label="frozen")
    ax.plot(day, kept, color="C0", linewidth=1.2, label="retrained at alarms")
    ax.plot(alarms, [float(kept[t - 1]) for t in alarms], "v", color="black", markersize=5, label="alarm")
    ax.axhline(limit, color="0.4", linestyle="--", label="limit")
    ax.set(
        xlabel="day",
        ylabel="share of wrong answers",
        ylim=(0, 1.3),
        yticks=[0, 0.25, 0.5, 0.75, 1],
        title=f"{speed:g} degrees a day: {len(alarms)} alarms",
    )
    ax.legend(loc="upper left", ncols=2)
