"""Drawings of the page *Softmax regression*."""

from __future__ import annotations

import math

import torch
from matplotlib.colors import to_rgb

from ...plotting import new_figure
from ..diagram import arrow, number

_COLORS = ("C0", "C1", "C2")
_MARKERS = ("o", "s", "^")


def tempered_softmax(scores, names, temperature, temperatures):
    """Draw softmax(scores / temperature) as bars, and the same probabilities against all temperatures."""
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 2.9))
    scores = torch.as_tensor(scores, dtype=torch.float64)
    now = torch.softmax(scores / temperature, dim=0)
    left.bar(names, now.tolist(), color=_COLORS)
    for place, value in enumerate(now.tolist()):
        left.text(place, value + 0.02, f"{value:.3f}", ha="center", fontsize=9)
    left.set(ylabel="probability", ylim=(0, 1.12), xlabel="class", title=f"temperature {temperature:g}")
    grid = torch.logspace(math.log10(min(temperatures)), math.log10(max(temperatures)), 200, dtype=torch.float64)
    curves = torch.softmax(scores / grid[:, None], dim=1)  # (200, q)
    for k, name in enumerate(names):
        right.plot(grid, curves[:, k], color=_COLORS[k], label=name)
        right.plot(temperature, now[k], _MARKERS[k], color=_COLORS[k], markersize=7)
    right.set(xscale="log", xlabel="temperature", ylim=(-0.03, 1.12), title="all temperatures")


def moved_score(scores, names, moved, truth):
    """Draw the probabilities with arrows to the one-hot truth, and the loss against the true class's score.

    moved: the score of class ``truth``, which replaces the one in ``scores``.
    """
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 3.1))
    scores = torch.as_tensor(scores, dtype=torch.float64).clone()
    scores[truth] = moved
    now = torch.softmax(scores, dim=0)
    label = [float(k == truth) for k in range(len(names))]
    left.bar(names, now.tolist(), color=["0.75" if k != truth else "C0" for k in range(len(names))])
    left.bar(names, label, facecolor="none", edgecolor="black", linestyle="--")
    for place, (value, target) in enumerate(zip(now.tolist(), label)):
        if abs(target - value) > 0.03:
            arrow(left, (place, value), (place, target), color="C1", linewidth=2.5, zorder=3)
        left.text(place, 1.05, number(value - target, "+.2f"), ha="center", fontsize=9, color="C1")
    left.set(ylabel="probability", ylim=(0, 1.18), xlabel="class", title="prediction − truth")
    low, high = -4.5, 8.5
    grid = torch.linspace(low, high, 200, dtype=torch.float64)
    others = torch.logsumexp(torch.cat([scores[:truth], scores[truth + 1 :]]), dim=0)
    loss = torch.logaddexp(grid, others) - grid
    right.plot(grid, loss, color="0.4")
    height, slope = -now[truth].log().item(), now[truth].item() - 1
    reach = 2.5 / math.hypot(1, slope)
    right.plot(
        [moved - reach, moved + reach], [height - slope * reach, height + slope * reach], color="C1", linewidth=2.5
    )
    right.plot(moved, height, "o", color="black")
    right.set(
        xlabel=f"score of {names[truth]}",
        ylabel="loss",
        xlim=(low, high),
        ylim=(-0.6, 8.2),
        title=f"loss {height:.2f}, slope {number(slope, '+.2f')}",
    )


def regions(W, b, X, y, names, title):
    """Draw the plane coloured by the classes' probabilities, the borders between regions, and the examples.

    W (2, 3), b (3,): the model; X (n, 2), y (n,): the examples.
    """
    figure, ax = new_figure(figsize=(4.6, 4.0))
    limit = 4.0
    side = torch.linspace(-limit, limit, 161)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    logits = torch.stack([x1, x2], dim=-1) @ W + b
    shares = torch.softmax(logits, dim=-1)
    pale = 0.35 * torch.tensor([to_rgb(color) for color in _COLORS]) + 0.65
    steps = (shares * 8).round()
    picture = (steps / steps.sum(dim=-1, keepdim=True)) @ pale
    ax.imshow(picture.numpy(), origin="lower", extent=(-limit, limit, -limit, limit))
    if W.any() or b.any():
        for k in range(len(names)):
            others = torch.cat([logits[..., :k], logits[..., k + 1 :]], dim=-1)
            lead = logits[..., k] - others.amax(dim=-1)
            ax.contour(x1, x2, lead, levels=[0.0], colors="black", linewidths=1.5)
    for k, name in enumerate(names):
        chosen = X[y == k]
        ax.plot(
            chosen[:, 0],
            chosen[:, 1],
            _MARKERS[k],
            color=_COLORS[k],
            markersize=4.5,
            markeredgecolor="white",
            markeredgewidth=0.5,
            label=name,
        )
    ax.set(xlabel="shine", ylabel="weight", xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal", title=title)
    ax.grid(False)
    figure.legend(
        *ax.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=3,
        frameon=False,
        handletextpad=0.2,
        markerscale=1.8,
    )


def code_length(p, share):
    """Draw p and the guess q = (share, rest / 2, rest / 2), and the mean code length in bits against the share.

    p: probabilities of three symbols.
    """
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 3.0))
    p = torch.as_tensor(p, dtype=torch.float64)

    def bits(first):
        rest = (1 - first) / 2
        return -(p[0] * torch.log2(first) + (p[1] + p[2]) * torch.log2(rest))

    q = [share, (1 - share) / 2, (1 - share) / 2]
    places = torch.arange(3)
    left.bar((places - 0.2).tolist(), p.tolist(), width=0.4, color="C0", label="true p")
    left.bar((places + 0.2).tolist(), q, width=0.4, color="C1", label="guess q")
    left.set(xticks=range(3), xticklabels=["A", "B", "C"], xlabel="symbol", ylabel="probability", ylim=(0, 1.15))
    left.legend(loc="upper right", ncols=1)
    grid = torch.linspace(0.02, 0.98, 193, dtype=torch.float64)
    entropy, length = -(p * p.log2()).sum().item(), bits(torch.tensor(share, dtype=torch.float64)).item()
    right.plot(grid, bits(grid), color="0.4")
    right.axhline(entropy, color="C0", linestyle="--")
    right.plot([share, share], [entropy, length], color="C1", linewidth=2.5)
    right.plot(share, length, "o", color="C1", markersize=8)
    right.text(0.5, entropy - 0.1, f"entropy {entropy:.2f}", color="C0", fontsize=9, ha="center", va="top")
    right.set(
        xlabel="q of symbol A",
        ylabel="bits a symbol",
        ylim=(1.0, 4.2),
        xlim=(0, 1),
        title=f"{length:.2f} bits: {max(length - entropy, 0):.2f} too many",
    )
