"""Drawings of the page *Linear regression*."""

from __future__ import annotations

import math

import torch
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from ...plotting import new_figure
from ..diagram import edge, node, number


def squares(x, y, slope):
    """Draw the best line of the given slope, the squares on its residuals, and their sum for every slope."""
    x, y = x.flatten(), y.flatten()
    dx, dy = x - x.mean(), y - y.mean()
    _, (left, right) = new_figure(1, 2, figsize=(5, 3), gridspec_kw={"width_ratios": [1.25, 1]})
    ends = torch.tensor([x.min() - 0.8, x.max() + 0.8])
    left.plot(ends, y.mean() + slope * (ends - x.mean()), linewidth=2.5)
    for xi, yi, ri in zip(x.tolist(), y.tolist(), (dy - slope * dx).tolist()):
        side = -abs(ri) if xi < x.mean() else abs(ri)
        left.add_patch(Rectangle((xi, yi - ri), side, ri, facecolor="C1", edgecolor="C1", alpha=0.35))
        left.plot([xi, xi], [yi - ri, yi], color="C1")
    left.plot(x, y, "o", color="black", zorder=3)
    left.plot(x.mean(), y.mean(), "+", color="black", markersize=11, markeredgewidth=1.8)
    left.set(
        xlabel="area (100 m²)",
        ylabel="price (100,000)",
        xlim=(-0.8, 4.7),
        ylim=(-0.2, 4.6),
        aspect="equal",
        title=f"slope {number(slope)}",
    )
    slopes = torch.linspace(-0.6, 1.6, 100, dtype=x.dtype)
    right.plot(slopes, (dy - slopes[:, None] * dx).square().sum(dim=1), color="0.4")
    total = (dy - slope * dx).square().sum().item()
    right.plot(slope, total, "o", color="C1", markersize=9)
    right.set(xlabel="slope w", ylabel="sum of squares", ylim=(0, None), title=f"sum {total:.3g}")


def network(features):
    """Draw the linear model as a network: one input per name, a constant 1, and a single output neuron."""
    _, ax = new_figure()
    heights = [(len(features) / 2 - i) for i in range(len(features) + 1)]
    for i, (name, y) in enumerate(zip([*features, "constant"], heights)):
        constant = i == len(features)
        weight, symbol = ("$b$", "$1$") if constant else (f"$w_{i + 1}$", f"$x_{i + 1}$")
        line = {"color": "0.7", "linestyle": "--"} if constant else {}
        edge(ax, (0, y), (2, 0), weight, at=0.425, fontsize=10, **line)
        node(ax, (0, y), symbol, radius=0.24, edgecolor="0.6" if constant else "C0", linewidth=2, fontsize=10)
        ax.text(-0.32, y, name, ha="right", va="center")
    node(ax, (2, 0), r"$\hat y$", radius=0.28, edgecolor="C1", linewidth=2, fontsize=10)
    ax.text(2.36, 0, "price", ha="left", va="center")
    ax.text(0, heights[-1] - 0.65, "inputs\n(no layer)", ha="center", va="center", color="C0")
    ax.text(2, heights[-1] - 0.65, "layer 1\n(dense)", ha="center", va="center", color="C1")
    ax.set(xlim=(-1.3, 3), ylim=(heights[-1] - 1.0, heights[0] + 0.4), aspect="equal")
    ax.axis("off")


def projection(A, y, turn):
    """Draw three targets as one arrow, its shadow on the plane of two columns, and the residual.

    turn: degrees from the view from above; at 90 the plane is seen from its edge.
    """
    y, (first, second) = y.flatten(), A.T
    shadow = A @ torch.linalg.lstsq(A, y[:, None]).solution[:, 0]
    along = shadow / shadow.norm()
    normal = (y - shadow) / (y - shadow).norm()
    side = torch.linalg.cross(along, normal)  # in the plane, towards the eye at turn 90
    _, ax = new_figure(figsize=(4.5, 3.9), subplot_kw={"projection": "3d", "computed_zorder": False})
    plane = [along * u + side * v for u, v in [(0, -1), (4.4, -1), (4.4, 1), (0, 1)]]
    corners = [torch.stack(plane).tolist()]
    ax.add_collection3d(Poly3DCollection(corners, facecolor="0.6", edgecolor="0.5", alpha=0.3, clip_on=False))
    for end, color, name, shift in [
        (first, "0.4", "area", 0.7 * along + 0.5 * side),
        (second, "0.4", "ones", -0.4 * side - 0.1 * along),
        (shadow, "C0", r"$\hat{\mathbf{y}}$", -0.35 * normal),
        (y, "black", r"$\mathbf{y}$", 0.3 * normal),
    ]:
        ax.quiver(0, 0, 0, *end.tolist(), color=color, arrow_length_ratio=0.3 / end.norm().item(), linewidth=2)
        ax.text(
            *(end + shift).tolist(),
            name,
            color=color,
            fontsize=12,
            ha="center",
            va="center",
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    ax.plot(*torch.stack([shadow, y]).T.tolist(), "--", color="C1", linewidth=2.5)
    ticks = [0, 1, 2, 3]
    ax.set(xlim=(0, 3), ylim=(0, 3), zlim=(0, 3), xticks=ticks, yticks=ticks, zticks=ticks)
    ax.set(xlabel="sale 1", ylabel="sale 2", zlabel="sale 3")
    ax.set_box_aspect((1, 1, 1), zoom=0.86)
    azimuth = math.degrees(math.atan2(side[1], side[0]))
    ax.view_init(elev=math.degrees(math.asin(side[2])), azim=azimuth + turn - 90)


def bowl(overlap):
    """Draw the loss over two weights whose standardised columns have the given correlation; it is lowest at (1, 0)."""
    side = torch.linspace(-1.5, 2.5, 161, dtype=torch.float64)
    w1, w2 = torch.meshgrid(side, side - 0.5, indexing="xy")
    d1, d2 = w1 - 1, w2
    height = (d1**2 + d2**2 + 2 * overlap * d1 * d2) / 2
    _, ax = new_figure(figsize=(4.2, 3.9))
    ax.contour(w1, w2, height, levels=[0.02, 0.1, 0.3, 0.6, 1, 1.5, 2.2, 3, 4, 5.5], colors="0.55")
    if overlap == 1:
        ax.plot(side, 1 - side, color="C1", linewidth=3, label="all of these are best")
        ax.plot(0.5, 0.5, "o", color="black", markersize=8, label="the shortest of them")
    else:
        ax.plot(1, 0, "o", color="C1", markersize=8, label="the best weights")
    ratio = "1 : 0" if overlap == 1 else f"{(1 + overlap) / (1 - overlap):.3g} : 1"
    ax.set(
        xlabel="$w_1$",
        ylabel="$w_2$",
        xlim=(-1.5, 2.5),
        ylim=(-2, 2),
        aspect="equal",
        title=f"steepest : flattest curvature = {ratio}",
    )
    ax.legend(loc="lower left")


def bells(x, y, slope, std=1.0):
    """Draw normal densities along the best line of a slope, the data on them, and the negative log-likelihood."""
    x, y = x.flatten(), y.flatten()
    dx, dy = x - x.mean(), y - y.mean()
    _, (left, right) = new_figure(1, 2, figsize=(5, 3), gridspec_kw={"width_ratios": [1.25, 1]})
    ends = torch.tensor([x.min() - 0.5, x.max() + 0.9])
    left.plot(ends, y.mean() + slope * (ends - x.mean()), linewidth=2.5)
    around = torch.linspace(-3 * std, 3 * std, 100, dtype=x.dtype)
    peak = 1 / (std * math.sqrt(2 * math.pi))
    for xi, yi, mean in zip(x.tolist(), y.tolist(), (y.mean() + slope * dx).tolist()):
        width = 1.8 * peak * torch.exp(-((around / std) ** 2) / 2)
        left.fill_betweenx(mean + around, xi, xi + width, color="C0", alpha=0.2, linewidth=0)
        at_point = 1.8 * peak * math.exp(-(((yi - mean) / std) ** 2) / 2)
        left.plot([xi, xi + at_point], [yi, yi], color="C1", linewidth=2.5)
    left.plot(x, y, "o", color="black", zorder=3)
    left.set(
        xlabel="area (100 m²)",
        ylabel="price (100,000)",
        xlim=(0.3, 4.2),
        ylim=(-1.5, 5.5),
        title=f"slope {number(slope)}",
    )

    def surprise(w):
        squares = (dy - w[:, None] * dx).square().sum(dim=1)
        return len(x) / 2 * math.log(2 * math.pi * std**2) + squares / (2 * std**2)

    slopes = torch.linspace(-0.6, 1.6, 100, dtype=x.dtype)
    right.plot(slopes, surprise(slopes), color="0.4")
    here = surprise(torch.tensor([slope], dtype=x.dtype)).item()
    right.plot(slope, here, "o", color="C1", markersize=9)
    right.set(xlabel="slope w", ylabel="negative log-likelihood", title=f"NLL {here:.2f}")


def predictions(y_hat, y):
    """Draw predictions against truth and the diagonal on which they would agree (decibel)."""
    _, ax = new_figure(figsize=(4, 4))
    low, high = min(y.min(), y_hat.min()).item() - 1, max(y.max(), y_hat.max()).item() + 1
    ax.plot([low, high], [low, high], color="black", linewidth=1.2)
    ax.plot(y.flatten(), y_hat.flatten(), "o", markersize=3, alpha=0.35)
    ax.set(xlabel="measured (dB)", ylabel="predicted (dB)", xlim=(low, high), ylim=(low, high), aspect="equal")
