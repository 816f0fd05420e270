"""Drawings of the page *Probability*."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure
from ...probability import normal_density

_SIDE = 100  # the crowd is a square of _SIDE x _SIDE people


def face_frequencies(frequencies, n):
    """Draw how often each face of a die came up in ``n`` rolls, and the band of four standard errors around 1/6."""
    p = 1 / 6
    room = 4 * math.sqrt(p * (1 - p) / n)
    _, ax = new_figure()
    ax.axhspan(p - room, p + room, color="0.87", zorder=0, label="1/6 ± 4 standard errors")
    ax.bar(range(1, 7), frequencies.tolist(), width=0.7)
    ax.axhline(p, color="C1", linestyle="--", label="1/6")
    ax.set(xlabel="face", ylabel="share of the rolls", ylim=(0, 0.5), xticks=range(1, 7), title=f"{n:,} rolls")
    ax.legend(loc="upper right")


def people(ill, false_alarms):
    """Draw 10,000 people, and beside them those who test positive: the ill ones and the false alarms."""
    figure, (crowd, positive) = new_figure(1, 2, figsize=(4.6, 2.9))
    _draw_crowd(crowd, ill, false_alarms)
    total = ill + false_alarms
    columns = math.ceil(math.sqrt(total))
    for first, last, color in [(0, ill, "C1"), (ill, total, "C0")]:
        places = torch.arange(first, last)
        positive.plot(places % columns, -(places // columns), "o", color=color, markersize=7)
    positive.set(title=f"{total} positive tests", aspect="equal", xlim=(-1, columns), ylim=(-columns, 1))
    positive.axis("off")
    _crowd_legend(figure, crowd)


def belief_updates(prevalence, beliefs):
    """Draw 10,000 people for a prevalence, and the probability of being ill before and after positive tests."""
    figure, (crowd, bars) = new_figure(1, 2, figsize=(4.6, 2.9))
    ill = round(_SIDE**2 * prevalence)
    _draw_crowd(crowd, ill, round((_SIDE**2 - ill) * 0.01))
    bars.bar(["before", "one +", "two +"], beliefs, color="C1")
    for place, belief in enumerate(beliefs):
        bars.text(place, belief + 0.02, f"{belief:.2g}" if belief < 0.995 else f"{belief:.4f}", ha="center", fontsize=9)
    bars.set(ylim=(0, 1.12), xlabel="positive tests", ylabel="P(ill)")
    _crowd_legend(figure, crowd)


def _draw_crowd(ax, ill, false_alarms):
    order = torch.randperm(_SIDE**2, generator=torch.Generator().manual_seed(3))
    groups = [
        (order[ill + false_alarms :], "0.85", 1.2, "healthy, negative"),
        (order[ill : ill + false_alarms], "C0", 2.4, "healthy, positive"),
        (order[:ill], "C1", 2.4, "ill, positive"),
    ]
    for people, color, size, label in groups:
        ax.plot(people % _SIDE, people // _SIDE, "s", color=color, markersize=size, markeredgewidth=0, label=label)
    ax.set(title=f"{_SIDE**2:,} people", aspect="equal")
    ax.axis("off")


def _crowd_legend(figure, crowd):
    handles, labels = crowd.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=3,
        markerscale=3,
        fontsize=9,
        handletextpad=0,
        columnspacing=1,
        frameon=False,
    )


def normals(std, means=(0.0, 4.0)):
    """Draw the normal densities of two means for one standard deviation, with the middle 68 % of the first shaded."""
    _, ax = new_figure()
    x = torch.linspace(-6, 10, 801)
    for mean, fmt in zip(means, ("-", "--")):
        ax.plot(x, normal_density(x, mean, std), fmt, label=f"mean {mean:g}")
    middle = torch.linspace(means[0] - std, means[0] + std, 101)
    ax.fill_between(middle, normal_density(middle, means[0], std), alpha=0.3)
    ax.set(xlabel="x", ylabel="density", xlim=(-6, 10), ylim=(0, 1.7), title=f"std {std:g}: shaded area 0.68")
    ax.legend()


def means_of_dice(rolls, n):
    """Draw how the mean of ``n`` dice is distributed, and the normal density with the same mean and spread.

    rolls: faces 1..6, shape (repetitions, at least n).
    """
    sums = rolls[:, :n].sum(dim=1)
    density = torch.bincount(sums, minlength=6 * n + 1) * n / len(rolls)  # bars are 1/n wide
    std = math.sqrt(35 / 12 / n)
    x = torch.linspace(0, 7, 701)
    name = f"mean of {n} dice" if n > 1 else "one die"
    _, ax = new_figure()
    ax.bar((torch.arange(6 * n + 1) / n).tolist(), density.tolist(), width=1 / n, label="dice")
    ax.plot(x, normal_density(x, 3.5, std), color="C1", linewidth=2.5, label="normal")
    ax.set(xlabel="mean of the dice", ylabel="density", xlim=(0.4, 6.6), title=f"{name}: std {std:.2f}")
    ax.legend(loc="upper right")


def gallery(distributions, samples):
    """Draw each distribution's samples as bars and its formula as dots (discrete) or as a line (density), two to a row.

    distributions: name -> torch distribution; samples: name -> its draws, shape (n,).
    """
    rows = math.ceil(len(distributions) / 2)
    _, axes = new_figure(rows, 2, figsize=(4.6, 1.9 * rows))
    for ax, (name, distribution) in zip(axes.flat, distributions.items()):
        drawn = samples[name]
        if distribution.support.is_discrete:
            counts = torch.bincount(drawn.long())
            values = torch.arange(len(counts), dtype=drawn.dtype)
            ax.bar(values.tolist(), (counts / len(drawn)).tolist(), color="C6")
            ax.plot(values, distribution.log_prob(values).exp(), "o", color="C1", markersize=4)
            ax.locator_params(axis="x", integer=True)
        else:
            low, high = torch.quantile(drawn, torch.tensor([0.002, 0.998], dtype=drawn.dtype)).tolist()
            ax.hist(drawn.numpy(), bins=30, range=(low, high), density=True, color="C6")
            x = torch.linspace(low, high, 200)
            ax.plot(x, distribution.log_prob(x).exp(), color="C1")
        ax.set(title=name, xlabel="x", ylabel="P(X = x)" if distribution.support.is_discrete else "density")


def likelihood(p, heads, tosses):
    """Draw the chances of all numbers of heads for one ``p``, and the likelihood of every ``p`` for the heads seen."""
    _, (left, right) = new_figure(1, 2, figsize=(4.6, 2.7))
    counts = torch.arange(tosses + 1)
    chances = torch.distributions.Binomial(tosses, torch.tensor(p)).log_prob(counts).exp()
    left.bar(counts.tolist(), chances.tolist(), color=["C1" if k == heads else "0.75" for k in counts])
    left.set(xlabel="heads", ylabel="probability", ylim=(0, 0.42), title=f"coin with p = {p:g}")
    grid = torch.linspace(0.005, 0.995, 199)
    right.plot(grid, torch.distributions.Binomial(tosses, grid).log_prob(torch.tensor(heads)).exp(), color="0.4")
    right.plot(p, chances[heads], "o", color="C1", markersize=9)
    right.set(
        xlabel="p",
        ylabel=f"likelihood for {heads} heads",
        ylim=(0, 0.42),
        xlim=(0, 1),
        title=f"likelihood {chances[heads]:.3f}",
    )
