"""Drawings of the page *Loss functions*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ..diagram import number

_STYLES = ("--", ":", "-")


def _slope(function, x):
    x = x.detach().clone().requires_grad_()
    total = function(x).sum()
    if not total.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(total, x)[0]


def tug(numbers, mean, median, answer, delta):
    """Draw numbers on a log scale with three answers, and each number's pull on the last one, clipped at delta.

    numbers: shape (n,); mean, median, answer: the answers of the squared, the absolute and the Huber loss.
    """
    _, (line, bars) = new_figure(2, 1, figsize=(4.4, 4.3), gridspec_kw={"height_ratios": [1, 1.25]})
    numbers = torch.as_tensor(numbers, dtype=torch.float64)
    line.axhline(0, color="0.6")
    line.plot(numbers, [0] * len(numbers), "o", color="black", markersize=7)
    answers = [(3, "mean", mean, "C0"), (2, "median", median, "C1"), (1, "Huber", answer, "C2")]
    for height, name, place, color in answers:
        line.plot([place, place], [0, height], color=color, linestyle=":" if name != "Huber" else "-")
        line.plot(place, height, "v", color=color, markersize=8)
        line.text(place * 1.12, height, f"{name} {place:.3g}", color=color, va="center", fontsize=10)
    ticks = [1, 2, 3, 5, 10, 20, 50, 100]
    line.set(
        xscale="log",
        xlim=(0.8, 140),
        ylim=(-0.5, 3.6),
        yticks=[],
        xlabel="metres",
        title=f"delta {delta:g}: Huber's answer {answer:.3g}",
    )
    line.set_xticks(ticks, [str(tick) for tick in ticks])
    line.set_xticks([], minor=True)
    pulls = (numbers - answer).clamp(-delta, delta)
    places = range(len(numbers))
    bars.bar(places, pulls.tolist(), color="C2", width=0.6)
    bars.axhline(0, color="0.4", linewidth=1)
    largest = pulls.abs().max().item()
    for place, pull in zip(places, pulls.tolist()):
        side, va = (1, "bottom") if pull > 0 else (-1, "top")
        bars.text(place, pull + 0.08 * side * largest, number(pull, "+.3g"), ha="center", va=va, fontsize=9)
    bars.set(
        xticks=list(places),
        xticklabels=[f"{metres:g} m" for metres in numbers.tolist()],
        xlabel="pulled by",
        ylabel="pull on the answer",
        ylim=(-1.4 * largest, 1.4 * largest),
    )


def triptych(losses, delta):
    """Draw loss, likelihood and gradient of three losses against the residual, one above the other.

    losses: name -> function of the residuals; the last one bends at plus and minus delta.
    """
    _, axes = new_figure(3, 1, figsize=(4.4, 6.2), sharex=True)
    r = torch.linspace(-5, 5, 401, dtype=torch.float64)
    wide = torch.linspace(-200, 200, 40_001, dtype=torch.float64)
    for k, (name, loss) in enumerate(losses.items()):
        mass = torch.trapezoid(torch.exp(-loss(wide)), wide)
        style = {"color": f"C{k}", "linestyle": _STYLES[k], "linewidth": 2.4 if k == 2 else 1.6, "label": name}
        for ax, values in zip(axes, [loss(r), torch.exp(-loss(r)) / mass, _slope(loss, r)]):
            ax.plot(r, values, **style)
    bends = torch.tensor([-delta, delta], dtype=torch.float64)
    huber = list(losses.values())[-1]
    mass = torch.trapezoid(torch.exp(-huber(wide)), wide)
    for ax, heights in zip(axes, [huber(bends), torch.exp(-huber(bends)) / mass, bends]):
        ax.plot(bends, heights, "o", color="C2")
    axes[0].set(ylabel="loss", ylim=(-0.3, 8), title=f"delta {delta:g}")
    axes[1].set(ylabel="likelihood", ylim=(-0.02, 0.54))
    axes[2].set(ylabel="gradient", ylim=(-5, 5), xlabel="residual", xlim=(-5, 5))
    axes[0].legend(loc="upper center")


def fitted_lines(x, y, lines, title):
    """Draw points and one line for each name in lines: name -> (w, b)."""
    _, ax = new_figure(figsize=(4.5, 3.5))
    ax.plot(x, y, "o", color="black", markersize=5)
    ends = torch.tensor([x.min() - 0.1, x.max() + 0.1])
    for k, (name, (w, b)) in enumerate(lines.items()):
        ax.plot(
            ends, w * ends + b, _STYLES[k], color=f"C{k}", linewidth=2.2, label=f"{name}: slope {number(w, '+.1f')}"
        )
    ax.set(xlabel="x", ylabel="y", xlim=(-1.65, 1.65), ylim=(-20, 9), title=title)
    ax.legend(loc="lower left")


def margin(losses):
    """Draw losses against the margin, and below the pull towards a larger margin.

    losses: name -> function of the margins.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.4, 4.8), sharex=True)
    m = torch.linspace(-3, 3, 601, dtype=torch.float64)
    for k, (name, loss) in enumerate(losses.items()):
        style = {"color": f"C{k}", "linestyle": ("-", "--", "-.")[k], "linewidth": 2, "label": name}
        top.plot(m, loss(m), **style)
        bottom.plot(m, -_slope(loss, m), **style)
    for ax in (top, bottom):
        ax.axvspan(-3, 0, color="0.95", zorder=0)
    top.text(-2.9, 0.25, "wrong", fontsize=9, color="0.35")
    top.text(2.9, 0.25, "right", fontsize=9, color="0.35", ha="right")
    top.set(ylabel="loss", ylim=(-0.1, 4.1))
    bottom.set(xlabel="margin m", ylabel="pull", xlim=(-3, 3), ylim=(-0.08, 1.15))
    top.legend(loc="upper right")


def focal(loss, gamma, easy, hard):
    """Draw the focal loss against the probability of the truth, and who pulls: many easy examples or few hard ones.

    loss: function of (margins, gamma); easy, hard: (how many, their probability of the truth).
    """
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 3.1))
    p = torch.linspace(0.01, 0.995, 300, dtype=torch.float64)
    margins = torch.logit(p)
    left.plot(p, loss(margins, 0.0), "--", color="0.5", label="BCE")
    left.plot(p, loss(margins, gamma), color="C0", linewidth=2.2, label=f"gamma {gamma:g}")
    left.set(xlabel="probability of the truth", ylabel="loss", ylim=(-0.1, 4), title=f"gamma {gamma:g}")
    left.legend(loc="upper right")
    totals = []
    for count, probability in (easy, hard):
        margin = torch.logit(torch.tensor([probability], dtype=torch.float64))
        totals.append(count * _slope(lambda m: loss(m, gamma), margin).abs().item())
    names = [f"{count:,} easy\np = {probability:g}" for count, probability in (easy, hard)]
    right.bar(names, totals, color=["C1", "C2"], width=0.6)
    for place, total in enumerate(totals):
        text = f"{total:.1f}" if total >= 0.05 else "< 0.05"
        right.text(place, total + 0.25, text, ha="center", fontsize=9)
    right.set_xticks([0, 1], [names[0], names[1].replace("easy", "hard")])
    right.set(ylabel="total pull", ylim=(0, 12), title=f"easy ones: {100 * totals[0] / sum(totals):.0f} %")
