"""Drawings of the page *Distribution shift and the learning environment*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch

from ...plotting import new_figure
from ...probability import normal_density


def kinds():
    """Draw, for each kind of shift, the factor that moves and the one that stays: source dashed, target solid."""
    _, panels = new_figure(3, 2, figsize=(4.8, 6))
    u = torch.linspace(-4, 4, 200)

    def rule(centre):
        return torch.sigmoid(2 * (u - centre))

    curves = [[(normal_density(u, -1, 0.8), normal_density(u, 1.2, 0.8)), (rule(0), rule(0))],
              [None, (normal_density(u, -1.3, 0.8), normal_density(u, 1.3, 0.8))],
              [(normal_density(u, 0, 1.0), normal_density(u, 0, 1.0)), (rule(-1), rule(1.2))]]
    titles = [["covariate shift\nP(x) moves", "\nP(y = 1 | x) stays"], ["label shift\nP(y) moves", "\nP(x | y) stays"],
              ["concept shift\nP(x) stays", "\nP(y = 1 | x) moves"]]
    for axes, pair, title in zip(panels.flat, sum(curves, []), sum(titles, [])):
        axes.set_title(title)
        if pair is None:
            axes.bar([-0.2, 0.8], [0.75, 0.25], 0.36, facecolor="white", edgecolor="0.35", linestyle="--", label="source")
            axes.bar([0.2, 1.2], [0.35, 0.65], 0.36, color="C1", label="target")
            axes.set(xlabel="y", ylabel="P(y)", xticks=[0, 1])
            continue
        if "P(x | y)" in title:       # two classes, the same before and after
            before = after = torch.stack(pair, dim=1)
        else:
            before, after = pair
        axes.plot(u, after, color="C1" if "moves" in title else "C0", linewidth=2.2)
        axes.plot(u, before, "--", color="0.2", linewidth=1.2)
        axes.set(xlabel="x", xticks=[], yticks=[])
    panels[0, 0].plot([], [], "--", color="0.2", label="source")
    panels[0, 0].plot([], [], color="C1", linewidth=2.2, label="target")
    panels[0, 0].set_ylim(-0.02, 0.75)
    panels[0, 0].legend(loc="upper center", ncols=2, handlelength=1.4, columnspacing=1)
    panels[1, 0].set(yticks=[])
    panels[1, 1].text(-1.3, 0.2, "y = 0", ha="center")
    panels[1, 1].text(1.3, 0.2, "y = 1", ha="center")
    for axes in panels.flat:
        axes.grid(False)


def reweighting(mean, x_source, y_source, x_target, y_target, beta, plain, weighted, effective):
    """Draw the densities N(0, 1) and N(mean, 0.5), the weights of the source examples, and both lines.

    x_*, y_*, beta: (n,); plain, weighted: (2,), constant and slope; effective: the effective sample size.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.8, 6.2)
    top, middle, bottom = figure.subplots(3, 1, sharex=True, height_ratios=[1, 1, 1.8])
    u = torch.linspace(-3.5, 4.8, 300)
    for axes_mean, std, colour, name in [(0, 1.0, "C0", "source q"), (mean, 0.5, "C1", "target p")]:
        density = normal_density(u, axes_mean, std)
        top.fill_between(u, density, color=colour, alpha=0.25, linewidth=0)
        top.plot(u, density, color=colour, label=name)
    top.set(ylabel="density", ylim=(0, 0.95), yticks=[0, 0.5])
    top.legend(loc="upper left")
    middle.scatter(x_source, beta.clamp(min=1e-4), s=8, color="C0", linewidth=0)
    middle.axhline(1, color="0.5", linestyle="--", linewidth=1)
    middle.set(ylabel="weight $\\beta$", yscale="log", ylim=(0.007, 1500), yticks=[0.01, 1, 100],
               title=f"worth {effective:.0f} of {len(beta)} examples")
    bottom.scatter(x_source[:300], y_source[:300], s=8, color="C0", alpha=0.5, linewidth=0)
    bottom.scatter(x_target[:150], y_target[:150], s=8, color="C1", alpha=0.5, linewidth=0)
    errors = [((w[0] + w[1] * x_target - y_target) ** 2).mean().item() for w in (plain, weighted)]
    bottom.plot(u, plain[0] + plain[1] * u, "--", color="C4", label=f"plain: error {errors[0]:.2f}")
    bottom.plot(u, weighted[0] + weighted[1] * u, color="C2", linewidth=2.4, label=f"weighted: error {errors[1]:.2f}")
    bottom.set(xlabel="speed x", ylabel="consumption y", ylim=(-1.5, 6), xlim=(-3.5, 4.8))
    bottom.legend(loc="upper left")


def frequencies(names, naive, corrected, true):
    """Draw two horizontal bars for each class, the share of guesses and the corrected share, and the true share as a diamond."""
    _, axes = new_figure(figsize=(4.8, 4.8))
    place = torch.arange(len(names))
    axes.barh(place - 0.2, naive, 0.38, color="C1", label="share of guesses")
    axes.barh(place + 0.2, corrected, 0.38, color="C0", label="corrected")
    axes.plot(true, place, "D", color="black", markersize=5, label="true")
    axes.set(xlabel="share of the shop's garments", yticks=place, yticklabels=names)
    axes.invert_yaxis()
    axes.legend(loc="upper right")
    axes.grid(False, axis="y")


def monitor(speed, frozen, kept, limit, alarms):
    """Draw the daily errors (days 1, 2, ...) of a frozen and of a monitored model, the alarm limit and the alarms."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 3.8)
    axes = figure.subplots()
    day = torch.arange(1, len(frozen) + 1)
    axes.plot(day, frozen, color="C1", linewidth=1.2, label="frozen")
    axes.plot(day, kept, color="C0", linewidth=1.2, label="retrained at alarms")
    axes.plot(alarms, [float(kept[t - 1]) for t in alarms], "v", color="black", markersize=5, label="alarm")
    axes.axhline(limit, color="0.4", linestyle="--", label="limit")
    axes.set(xlabel="day", ylabel="share of wrong answers", ylim=(0, 1.3), yticks=[0, 0.25, 0.5, 0.75, 1],
             title=f"{speed:g} degrees a day: {len(alarms)} alarms")
    axes.legend(loc="upper left", ncols=2)
