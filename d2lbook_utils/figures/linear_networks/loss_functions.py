"""Drawings of the page *Loss functions*."""

from __future__ import annotations

import torch

from ...plotting import new_figure

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
    figure, (line, bars) = new_figure(2, 1, figsize=(4.4, 4.3), gridspec_kw={"height_ratios": [1, 1.25]})
    numbers = torch.as_tensor(numbers, dtype=torch.float64)
    line.axhline(0, color="0.6")
    line.plot(numbers, [0] * len(numbers), "o", color="black", markersize=7)
    for height, name, place, colour in [(3, "mean", mean, "C0"), (2, "median", median, "C1"), (1, "Huber", answer, "C2")]:
        line.plot([place, place], [0, height], color=colour, linestyle=":" if name != "Huber" else "-")
        line.plot(place, height, "v", color=colour, markersize=8)
        line.text(place * 1.12, height, f"{name} {place:.3g}", color=colour, va="center", fontsize=10)
    ticks = [1, 2, 3, 5, 10, 20, 50, 100]
    line.set(xscale="log", xlim=(0.8, 140), ylim=(-0.5, 3.6), yticks=[], xlabel="metres", title=f"delta {delta:g}: Huber's answer {answer:.3g}")
    line.set_xticks(ticks, [str(tick) for tick in ticks])
    line.set_xticks([], minor=True)
    pulls = (numbers - answer).clamp(-delta, delta)
    places = range(len(numbers))
    bars.bar(places, pulls.tolist(), color="C2", width=0.6)
    bars.axhline(0, color="0.4", linewidth=1)
    largest = pulls.abs().max().item()
    for place, pull in zip(places, pulls.tolist()):
        bars.text(place, pull + (0.08 if pull > 0 else -0.08) * largest, f"{pull:+.3g}".replace("-", "−"), ha="center",
                  va="bottom" if pull > 0 else "top", fontsize=9)
    bars.set(xticks=list(places), xticklabels=[f"{number:g} m" for number in numbers.tolist()], xlabel="pulled by",
             ylabel="pull on the answer", ylim=(-1.4 * largest, 1.4 * largest))


def triptych(losses, delta):
    """Draw loss, likelihood and gradient of three losses against the residual, one above the other.

    losses: name -> function of the residuals; the last one bends at plus and minus delta.
    """
    figure, panels = new_figure(3, 1, figsize=(4.4, 6.2), sharex=True)
    r = torch.linspace(-5, 5, 401, dtype=torch.float64)
    wide = torch.linspace(-200, 200, 40_001, dtype=torch.float64)
    for k, (name, loss) in enumerate(losses.items()):
        mass = torch.trapezoid(torch.exp(-loss(wide)), wide)
        style = {"color": f"C{k}", "linestyle": _STYLES[k], "linewidth": 2.4 if k == 2 else 1.6, "label": name}
        for axes, values in zip(panels, [loss(r), torch.exp(-loss(r)) / mass, _slope(loss, r)]):
            axes.plot(r, values, **style)
    bends = torch.tensor([-delta, delta], dtype=torch.float64)
    huber = list(losses.values())[-1]
    mass = torch.trapezoid(torch.exp(-huber(wide)), wide)
    for axes, heights in zip(panels, [huber(bends), torch.exp(-huber(bends)) / mass, bends]):
        axes.plot(bends, heights, "o", color="C2")
    panels[0].set(ylabel="loss", ylim=(-0.3, 8), title=f"delta {delta:g}")
    panels[1].set(ylabel="likelihood", ylim=(-0.02, 0.54))
    panels[2].set(ylabel="gradient", ylim=(-5, 5), xlabel="residual", xlim=(-5, 5))
    panels[0].legend(loc="upper center")


def lines(x, y, lines, title):
    """Draw points and one line for each name in lines: name -> (w, b)."""
    figure, axes = new_figure(figsize=(4.5, 3.5))
    axes.plot(x, y, "o", color="black", markersize=5)
    ends = torch.tensor([x.min() - 0.1, x.max() + 0.1])
    for k, (name, (w, b)) in enumerate(lines.items()):
        axes.plot(ends, w * ends + b, _STYLES[k], color=f"C{k}", linewidth=2.2, label=f"{name}: slope {w:+.1f}".replace("-", "−"))
    axes.set(xlabel="x", ylabel="y", xlim=(-1.65, 1.65), ylim=(-20, 9), title=title)
    axes.legend(loc="lower left")


def margin(losses):
    """Draw losses against the margin, and below the pull towards a larger margin.

    losses: name -> function of the margins.
    """
    figure, (top, bottom) = new_figure(2, 1, figsize=(4.4, 4.8), sharex=True)
    m = torch.linspace(-3, 3, 601, dtype=torch.float64)
    for k, (name, loss) in enumerate(losses.items()):
        style = {"color": f"C{k}", "linestyle": ("-", "--", "-.")[k], "linewidth": 2, "label": name}
        top.plot(m, loss(m), **style)
        bottom.plot(m, -_slope(loss, m), **style)
    for axes in (top, bottom):
        axes.axvspan(-3, 0, color="0.95", zorder=0)
    top.text(-2.9, 0.25, "wrong", fontsize=9, color="0.35")
    top.text(2.9, 0.25, "right", fontsize=9, color="0.35", ha="right")
    top.set(ylabel="loss", ylim=(-0.1, 4.1))
    bottom.set(xlabel="margin m", ylabel="pull", xlim=(-3, 3), ylim=(-0.08, 1.15))
    top.legend(loc="upper right")


def focal(loss, gamma, easy, hard):
    """Draw the focal loss against the probability of the truth, and who pulls: many easy examples or few hard ones.

    loss: function of (margins, gamma); easy, hard: (how many, their probability of the truth).
    """
    figure, (left, right) = new_figure(1, 2, figsize=(4.8, 3.1))
    p = torch.linspace(0.01, 0.995, 300, dtype=torch.float64)
    margins = torch.logit(p)
    left.plot(p, loss(margins, 0.0), "--", color="0.5", label="BCE")
    left.plot(p, loss(margins, gamma), color="C0", linewidth=2.2, label=f"gamma {gamma:g}")
    left.set(xlabel="probability of the truth", ylabel="loss", ylim=(-0.1, 4), title=f"gamma {gamma:g}")
    left.legend(loc="upper right")
    totals = []
    for number, probability in (easy, hard):
        margin = torch.logit(torch.tensor([probability], dtype=torch.float64))
        totals.append(number * _slope(lambda m: loss(m, gamma), margin).abs().item())
    names = [f"{number:,} easy\np = {probability:g}" for number, probability in (easy, hard)]
    right.bar(names, totals, color=["C1", "C2"], width=0.6)
    for place, total in enumerate(totals):
        text = f"{total:.1f}" if total >= 0.05 else "< 0.05"
        right.text(place, total + 0.25, text, ha="center", fontsize=9)
    right.set_xticks([0, 1], [names[0], names[1].replace("easy", "hard")])
    right.set(ylabel="total pull", ylim=(0, 12), title=f"easy ones: {100 * totals[0] / sum(totals):.0f} %")
