"""Drawings of the page *The perceptron*. Labels are -1 (blue circles) and +1 (orange squares)."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import torch

MINUS, PLUS = "C0", "C1"
TICKS = (-1, -0.5, 0, 0.5, 1)
PLANE = {"xlabel": "$x_1$", "ylabel": "$x_2$", "xlim": (-1.1, 1.1), "ylim": (-1.1, 1.1), "aspect": "equal", "xticks": TICKS, "yticks": TICKS}


def unit(x, w, b, names):
    """Draw one unit at work: inputs, weights on the edges, the weighted sum and the sign, with the numbers of one example."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 3.1)
    axes = plt.gca()
    inputs, weights = [*x.tolist(), 1.0], [*w.tolist(), b.item()]
    score = sum(value * weight for value, weight in zip(inputs, weights))
    heights = torch.linspace(1.3, -1.3, len(inputs)).tolist()
    for value, weight, name, height in zip(inputs, weights, [*names, "always 1"], heights):
        axes.annotate("", (1.97, 0.2 * height), (0.34, height), arrowprops={"arrowstyle": "-|>", "color": "0.35", "linewidth": 1.5})
        axes.text(1.0, 0.68 * height, f"{weight:+g}" if weight else "0", ha="center", va="center", fontsize=12, color="C3", fontweight="bold",
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})
        _node(axes, (0, height), f"{value:g}", "0.93")
        axes.text(0, height - 0.4, name, ha="center", va="top", fontsize=10)
    for start, end in ((2.72, 3.38), (4.02, 4.62)):
        axes.annotate("", (end, 0), (start, 0), arrowprops={"arrowstyle": "-|>", "color": "0.35", "linewidth": 1.5})
    _node(axes, (2.35, 0), f"{score:g}", "white", radius=0.38)
    axes.text(2.35, 0.45, "score", ha="center", va="bottom", fontsize=10)
    axes.add_patch(plt.Rectangle((3.4, -0.32), 0.64, 0.64, facecolor="white", edgecolor="black", linewidth=1.5))
    axes.plot([3.47, 3.72, 3.72, 3.97], [-0.18, -0.18, 0.18, 0.18], color="black", linewidth=2)
    axes.text(3.72, 0.45, "sign", ha="center", va="bottom", fontsize=10)
    _node(axes, (4.95, 0), f"{math.copysign(1, score):+g}" if score else "?", PLUS if score > 0 else MINUS, ink="white")
    axes.text(4.95, 0.45, "output", ha="center", va="bottom", fontsize=10)
    axes.text(1.0, 1.55, "weights", ha="center", va="center", fontsize=10, color="C3")
    axes.set(xlim=(-0.75, 5.4), ylim=(-2.1, 1.85), aspect="equal")
    axes.axis("off")


def update(X, y, path, updates, wrong, k):
    """Draw the line after update ``k`` (solid), the one before (dashed), the example that turned it (ringed), and below how many are wrong.

    path: (K + 1, 3), w1, w2 and b after 0..K updates; updates: rows of X, one an update; wrong: mistakes after 0..K updates.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.4, 5.0)
    plane, count = figure.subplots(2, 1, gridspec_kw={"height_ratios": [3.6, 1]})
    _scatter(plane, X, y)
    if k > 0:
        _line(plane, path[k - 1], color="0.6", linestyle="--")
        _line(plane, path[k], color="black", linewidth=2)
        _normal(plane, path[k])
        plane.plot(*X[updates[k - 1]], "o", markersize=17, markerfacecolor="none", markeredgecolor="C3", markeredgewidth=2.5)
    plane.set(**PLANE, title=f"after {k} update{'s' * (k != 1)}: {wrong[k]} of {len(y)} wrong")
    count.step(range(len(wrong)), wrong, where="mid", color="0.5")
    count.plot(k, wrong[k], "o", color="C3", markersize=8, clip_on=False, zorder=3)
    count.set(xlabel="updates", ylabel="wrong", ylim=(0, None))
    count.locator_params(axis="x", integer=True)


def card(card, weights, number, label, limit):
    """Draw a card that was answered wrongly and the weights after its update as an image, red for right and blue for left."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 2.7)
    left, right = figure.subplots(1, 2)
    left.imshow(card.numpy(), cmap="gray_r", vmin=0, vmax=1.4)
    right.imshow(weights.numpy(), cmap="RdBu_r", vmin=-limit, vmax=limit)
    for axes, title in ((left, f"mistake {number}: a {'right' if label > 0 else 'left'} card"), (right, "weights after it")):
        axes.axvline(9.5, color="0.5", linestyle=":", linewidth=1.2)
        axes.set(title=title, xlabel="column", xticks=[0, 10, 19], yticks=[0, 10, 19])
        axes.grid(False)
    left.set_ylabel("row")


def gap(X, y, v, margin, found, updates, bound):
    """Draw two classes, the corridor between them, and the line that was found.

    v, found: (3,), w1, w2 and b of the middle of the corridor and of the line found; the title tells the updates and the bound.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.2, 4.3)
    axes = plt.gca()
    side = torch.linspace(-1.1, 1.1, 111, dtype=v.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    axes.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-margin, margin], colors=["#F7E9A8"])
    _line(axes, v, color="0.5", linestyle="--")
    _line(axes, found, color="black", linewidth=2)
    _scatter(axes, X, y)
    axes.set(**PLANE, title=f"margin {margin:.2g}: {updates} update{'s' * (updates != 1)}, never more than {bound:.0f}")


def race(progress, length, margin, radius):
    """Draw progress and length of the weights against their floor ``k * margin`` and their ceiling ``sqrt(k) * radius``."""
    axes = plt.gca()
    plt.gcf().set_size_inches(4.6, 3.5)
    end = (radius / margin) ** 2
    k = torch.linspace(0, 1.15 * end, 400)
    axes.fill_between(k, k * margin, k.sqrt() * radius, where=k <= end, color="#F7E9A8", label="room left")
    axes.plot(k, k.sqrt() * radius, color="C0", label="length: at most")
    axes.plot(k, k * margin, color="C1", label="progress: at least")
    axes.plot(range(len(length)), length, ".", color="C0", markersize=7)
    axes.plot(range(len(progress)), progress, ".", color="C1", markersize=7)
    axes.plot(end, end * margin, "kX", markersize=9)
    axes.set(xlabel="updates k", ylabel="length, progress", xlim=(0, 1.15 * end), ylim=(0, None),
             title=f"margin {margin:.2g}: no room after {end:.0f} updates, {len(length) - 1} made")
    axes.legend(loc="lower right")


def bounds(bounds, updates):
    """Draw updates made against updates allowed, one point for each data set, with the diagonal."""
    axes = plt.gca()
    ends = [min(bounds) / 1.5, max(bounds) * 1.5]
    axes.plot(ends, ends, color="0.5", linestyle="--", label="as many as allowed")
    axes.plot(bounds, updates, "o", color="C2", markersize=5, label="one data set")
    axes.set(xscale="log", yscale="log", xlabel="updates allowed by the theorem", ylabel="updates made")
    axes.legend(loc="upper left")


def best_line(X, y, v, degrees, wrong):
    """Draw four points, a line, its two sides, and a ring around each point on the wrong side."""
    figure = plt.gcf()
    figure.set_size_inches(3.9, 4.0)
    axes = plt.gca()
    side = torch.linspace(-0.5, 1.5, 201, dtype=v.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    axes.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-9, 0, 9], colors=[MINUS, PLUS], alpha=0.22)
    _line(axes, v, color="black", linewidth=2)
    _scatter(axes, X, y, size=110)
    for x in X[y * (X @ v[:2] + v[2]) <= 0]:
        axes.plot(*x, "o", markersize=24, markerfacecolor="none", markeredgecolor="C3", markeredgewidth=3)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xticks=[0, 1], yticks=[0, 1],
             title=f"turned by {degrees}°: at best {wrong} wrong")


def labellings(X, labellings, lines):
    """Draw every labelling of the same points in a small square: the two sides of a line that does it, or a cross if there is none."""
    figure = plt.gcf()
    figure.set_size_inches(4.6, 4.7)
    grid = figure.subplots(4, math.ceil(len(lines) / 4), squeeze=False).flat
    side = torch.linspace(-1.6, 1.6, 121, dtype=X.dtype)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    for axes, y, v in zip(grid, labellings, lines):
        if v is None:
            axes.set_facecolor("0.85")
            axes.plot([-0.7, 0.7], [-0.7, 0.7], color="black", linewidth=3)
            axes.plot([-0.7, 0.7], [0.7, -0.7], color="black", linewidth=3)
        else:
            axes.contourf(x1, x2, v[0] * x1 + v[1] * x2 + v[2], levels=[-99, 0, 99], colors=[MINUS, PLUS], alpha=0.22)
            _line(axes, v, color="black", linewidth=1.2)
        _scatter(axes, X, y, size=50)
        axes.set(xlim=(-1.6, 1.6), ylim=(-1.6, 1.6), xticks=[], yticks=[], aspect="equal")
        axes.grid(False)


def lines(X, y, lines):
    """Draw two classes and several lines between them."""
    axes = plt.gca()
    for v in lines:
        _line(axes, v, color="0.35", linewidth=1.1)
    _scatter(axes, X, y)
    axes.set(**PLANE)


def _node(axes, place, text, colour, radius=0.32, ink="black"):
    axes.add_patch(plt.Circle(place, radius, facecolor=colour, edgecolor="black", linewidth=1.5, zorder=3))
    axes.text(*place, text, ha="center", va="center", fontsize=12, color=ink, zorder=4)


def _scatter(axes, X, y, size=34):
    for label, colour, marker in ((-1, MINUS, "o"), (1, PLUS, "s")):
        axes.scatter(*X[y == label].T, s=size, color=colour, marker=marker, edgecolor="black", linewidth=0.8, zorder=3)


def _foot(v):
    """The point of the line w1 x1 + w2 x2 + b = 0 nearest to the origin."""
    return -v[2] * v[:2] / (v[:2] @ v[:2])


def _line(axes, v, **style):
    """Draw the line w1 x1 + w2 x2 + b = 0; there is none while both weights are 0."""
    if v[:2].abs().max() > 0:
        foot = _foot(v)
        axes.axline(foot.tolist(), (foot + torch.stack([-v[1], v[0]]) / v[:2].norm()).tolist(), **style)


def _normal(axes, v):
    """Draw an arrow from the line towards the side of +1."""
    if v[:2].abs().max() > 0:
        foot = _foot(v)
        tip = foot + 0.35 * v[:2] / v[:2].norm()
        axes.annotate("", tip.tolist(), foot.tolist(), arrowprops={"arrowstyle": "-|>", "color": PLUS, "linewidth": 2.5}, zorder=4)
