"""Drawings of the page *The perceptron*. Labels are -1 (blue circles) and +1 (orange squares)."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure
from ..diagram import arrow, box, node, number

MINUS, PLUS = "C0", "C1"
TICKS = (-1, -0.5, 0, 0.5, 1)
PLANE = {
    "xlabel": "$x_1$",
    "ylabel": "$x_2$",
    "xlim": (-1.1, 1.1),
    "ylim": (-1.1, 1.1),
    "aspect": "equal",
    "xticks": TICKS,
    "yticks": TICKS,
}


def unit(x, w, b, names):
    """Draw one unit at work on one example: inputs, weights on the arrows, the weighted sum and the sign."""
    _, ax = new_figure(figsize=(4.8, 3.1))
    inputs, weights = [*x.tolist(), 1.0], [*w.tolist(), b.item()]
    score = sum(value * weight for value, weight in zip(inputs, weights))
    heights = torch.linspace(1.3, -1.3, len(inputs)).tolist()
    for value, weight, name, height in zip(inputs, weights, [*names, "always 1"], heights):
        text = number(weight, "+g") if weight else "0"
        start, end = (0.34, height), (1.97, 0.2 * height)
        arrow(ax, start, end, text, at=0.4, text_color="C3", fontsize=12, fontweight="bold")
        node(ax, (0, height), number(value), radius=0.32, color="0.93")
        ax.text(0, height - 0.4, name, ha="center", va="top")
    for start, end in ((2.72, 3.38), (4.04, 4.62)):
        arrow(ax, (start, 0), (end, 0))
    node(ax, (2.35, 0), number(score), radius=0.38)
    box(ax, (3.4, -0.32), 0.64, 0.64, linewidth=1.5)
    ax.plot([3.47, 3.72, 3.72, 3.97], [-0.18, -0.18, 0.18, 0.18], color="black", linewidth=2)
    answer = number(math.copysign(1, score), "+g") if score else "?"
    node(ax, (4.95, 0), answer, radius=0.32, color=PLUS if score > 0 else MINUS, ink="white")
    for place, name in ((2.35, "score"), (3.72, "sign"), (4.95, "output")):
        ax.text(place, 0.45, name, ha="center", va="bottom")
    ax.text(1.0, 1.55, "weights", ha="center", va="center", color="C3")
    ax.set(xlim=(-0.75, 5.4), ylim=(-2.1, 1.85), aspect="equal")
    ax.axis("off")


def update(X, y, path, updates, wrong, k):
    """Draw the lines before (dashed) and after update ``k``, the ringed example that turned it, and the mistakes below.

    path: (K + 1, 3), w1, w2 and b after 0..K updates; updates: rows of X, one an update;
    wrong: mistakes after 0..K updates.
    """
    _, (plane, count) = new_figure(2, 1, figsize=(4.4, 5.0), gridspec_kw={"height_ratios": [3.6, 1]})
    _scatter(plane, X, y)
    if k > 0:
        _line(plane, path[k - 1], color="0.6", linestyle="--")
        _line(plane, path[k], color="black", linewidth=2)
        _normal(plane, path[k])
        ring = {"markersize": 17, "markerfacecolor": "none", "markeredgecolor": "C3", "markeredgewidth": 2.5}
        plane.plot(*X[updates[k - 1]], "o", **ring)
    plane.set(**PLANE, title=f"after {k} update{'s' * (k != 1)}: {wrong[k]} of {len(y)} wrong")
    count.step(range(len(wrong)), wrong, where="mid", color="0.5")
    count.plot(k, wrong[k], "o", color="C3", markersize=8, clip_on=False, zorder=3)
    count.set(xlabel="updates", ylabel="wrong", ylim=(0, None))
    count.locator_params(axis="x", integer=True)


def card_and_weights(card, weights, count, label, limit):
    """Draw a card that was answered wrongly and the weights after its update, red for right and blue for left."""
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 2.7))
    left.imshow(card.numpy(), cmap="gray_r", vmin=0, vmax=1.4)
    right.imshow(weights.numpy(), cmap="RdBu_r", vmin=-limit, vmax=limit)
    side = "right" if label > 0 else "left"
    for ax, title in ((left, f"mistake {count}: a {side} card"), (right, "weights after it")):
        ax.axvline(9.5, color="0.5", linestyle=":", linewidth=1.2)
        ax.set(title=title, xlabel="column", xticks=[0, 10, 19], yticks=[0, 10, 19])
        ax.grid(False)
    left.set_ylabel("row")


def gap(X, y, v, margin, found, updates, bound):
    """Draw two classes, the corridor between them, and the line that was found.

    v, found: (3,), w1, w2 and b of the middle of the corridor and of the line found;
    updates, bound: how many were made and how many the theorem allows.
    """
    _, ax = new_figure(figsize=(4.2, 4.3))
    side = torch.linspace(-1.1, 1.1, 111, dtype=v.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    ax.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-margin, margin], colors=["#F7E9A8"])
    _line(ax, v, color="0.5", linestyle="--")
    _line(ax, found, color="black", linewidth=2)
    _scatter(ax, X, y)
    ax.set(**PLANE, title=f"margin {margin:.2g}: {updates} update{'s' * (updates != 1)}, never more than {bound:.0f}")


def race(progress, length, margin, radius):
    """Draw progress and length of the weights, their floor ``k * margin`` and their ceiling ``sqrt(k) * radius``."""
    _, ax = new_figure(figsize=(4.6, 3.5))
    end = (radius / margin) ** 2
    k = torch.linspace(0, 1.15 * end, 400)
    ax.fill_between(k, k * margin, k.sqrt() * radius, where=k <= end, color="#F7E9A8", label="room left")
    ax.plot(k, k.sqrt() * radius, color="C0", label="length: at most")
    ax.plot(k, k * margin, color="C1", label="progress: at least")
    ax.plot(range(len(length)), length, ".", color="C0", markersize=7)
    ax.plot(range(len(progress)), progress, ".", color="C1", markersize=7)
    ax.plot(end, end * margin, "kX", markersize=9)
    ax.set(
        xlabel="updates k",
        ylabel="length, progress",
        xlim=(0, 1.15 * end),
        ylim=(0, None),
        title=f"margin {margin:.2g}: no room after {end:.0f} updates, {len(length) - 1} made",
    )
    ax.legend(loc="lower right")


def updates_and_bounds(bounds, updates):
    """Draw updates made against updates allowed, one point for each data set, with the diagonal."""
    _, ax = new_figure()
    ends = [min(bounds) / 1.5, max(bounds) * 1.5]
    ax.plot(ends, ends, color="0.5", linestyle="--", label="as many as allowed")
    ax.plot(bounds, updates, "o", color="C2", markersize=5, label="one data set")
    ax.set(xscale="log", yscale="log", xlabel="updates allowed by the theorem", ylabel="updates made")
    ax.legend(loc="upper left")


def best_line(X, y, v, degrees, wrong):
    """Draw four points, a line, its two sides, and a ring around each point on the wrong side."""
    _, ax = new_figure(figsize=(3.9, 4.0))
    side = torch.linspace(-0.5, 1.5, 201, dtype=v.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    ax.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-9, 0, 9], colors=[MINUS, PLUS], alpha=0.22)
    _line(ax, v, color="black", linewidth=2)
    _scatter(ax, X, y, size=110)
    for x in X[y * (X @ v[:2] + v[2]) <= 0]:
        ax.plot(*x, "o", markersize=24, markerfacecolor="none", markeredgecolor="C3", markeredgewidth=3)
    ax.set(
        xlabel="$x_1$",
        ylabel="$x_2$",
        xlim=(-0.5, 1.5),
        ylim=(-0.5, 1.5),
        aspect="equal",
        xticks=[0, 1],
        yticks=[0, 1],
        title=f"turned by {degrees}°: at best {wrong} wrong",
    )


def all_labellings(X, labellings, lines):
    """Draw every labelling of the same points in a square: the two sides of a line that does it, or a cross."""
    _, axes = new_figure(4, math.ceil(len(lines) / 4), figsize=(4.6, 4.7), squeeze=False)
    side = torch.linspace(-1.6, 1.6, 121, dtype=X.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    for ax, y, v in zip(axes.flat, labellings, lines):
        if v is None:
            ax.set_facecolor("0.85")
            ax.plot([-0.7, 0.7], [-0.7, 0.7], color="black", linewidth=3)
            ax.plot([-0.7, 0.7], [0.7, -0.7], color="black", linewidth=3)
        else:
            ax.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-99, 0, 99], colors=[MINUS, PLUS], alpha=0.22)
            _line(ax, v, color="black", linewidth=1.2)
        _scatter(ax, X, y, size=50)
        ax.set(xlim=(-1.6, 1.6), ylim=(-1.6, 1.6), xticks=[], yticks=[], aspect="equal")
        ax.grid(False)


def separating_lines(X, y, lines):
    """Draw two classes and several lines between them."""
    _, ax = new_figure()
    for v in lines:
        _line(ax, v, color="0.35", linewidth=1.1)
    _scatter(ax, X, y)
    ax.set(**PLANE)


def _scatter(ax, X, y, size=34):
    for label, color, marker in ((-1, MINUS, "o"), (1, PLUS, "s")):
        ax.scatter(*X[y == label].T, s=size, color=color, marker=marker, edgecolor="black", linewidth=0.8, zorder=3)


def _foot(v):
    """The point of the line w1 x1 + w2 x2 + b = 0 nearest to the origin."""
    return -v[2] * v[:2] / (v[:2] @ v[:2])


def _line(ax, v, **style):
    """Draw the line w1 x1 + w2 x2 + b = 0; there is none while both weights are 0."""
    if v[:2].abs().max() > 0:
        foot = _foot(v)
        ax.axline(foot.tolist(), (foot + torch.stack([-v[1], v[0]]) / v[:2].norm()).tolist(), **style)


def _normal(ax, v):
    """Draw an arrow from the line towards the side of +1."""
    if v[:2].abs().max() > 0:
        foot = _foot(v)
        tip = foot + 0.35 * v[:2] / v[:2].norm()
        arrow(ax, foot.tolist(), tip.tolist(), color=PLUS, linewidth=2.5, zorder=4)
