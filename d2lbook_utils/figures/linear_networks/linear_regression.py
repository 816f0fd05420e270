"""Drawings of the page *Linear regression*."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import torch
from matplotlib.patheffects import withStroke
from mpl_toolkits.mplot3d.art3d import Poly3DCollection


def squares(x, y, slope):
    """Draw the best line of the given slope, the squares on its residuals, and their sum for every slope."""
    x, y = x.flatten(), y.flatten()
    dx, dy = x - x.mean(), y - y.mean()
    figure = plt.gcf()
    figure.set_size_inches(5, 3)
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1.25, 1]})
    ends = torch.tensor([x.min() - 0.8, x.max() + 0.8])
    left.plot(ends, y.mean() + slope * (ends - x.mean()), linewidth=2.5)
    for xi, yi, ri in zip(x.tolist(), y.tolist(), (dy - slope * dx).tolist()):
        side = -abs(ri) if xi < x.mean() else abs(ri)
        left.add_patch(plt.Rectangle((xi, yi - ri), side, ri, facecolor="C1", edgecolor="C1", alpha=0.35))
        left.plot([xi, xi], [yi - ri, yi], color="C1")
    left.plot(x, y, "o", color="black", zorder=3)
    left.plot(x.mean(), y.mean(), "+", color="black", markersize=11, markeredgewidth=1.8)
    left.set(xlabel="area (100 m²)", ylabel="price (100,000)", xlim=(-0.8, 4.7), ylim=(-0.2, 4.6), aspect="equal",
             title=f"slope {slope:g}")
    slopes = torch.linspace(-0.6, 1.6, 100, dtype=x.dtype)
    right.plot(slopes, (dy - slopes[:, None] * dx).square().sum(dim=1), color="0.4")
    total = (dy - slope * dx).square().sum().item()
    right.plot(slope, total, "o", color="C1", markersize=9)
    right.set(xlabel="slope w", ylabel="sum of squares", ylim=(0, None), title=f"sum {total:.3g}")


def network(features):
    """Draw the linear model as a network: one input per name, a constant 1, and a single output neuron."""
    axes = plt.gca()
    names = [*features, "1"]
    height = (len(names) - 1) / 2
    for i, name in enumerate(names):
        y = height - i
        constant = name == "1"
        weight = "b" if constant else f"w_{i + 1}"
        axes.plot([0, 2], [y, 0], color="0.7" if constant else "0.4", linestyle="--" if constant else "-", zorder=1)
        axes.text(0.85, y * (1 - 0.85 / 2), f"${weight}$", ha="center", va="center", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})
        axes.plot(0, y, "o", markersize=30, markerfacecolor="white", markeredgecolor="0.6" if constant else "C0", markeredgewidth=2)
        axes.text(0, y, "$1$" if constant else f"$x_{i + 1}$", ha="center", va="center")
        axes.text(-0.28, y, "constant" if constant else name, ha="right", va="center")
    axes.plot(2, 0, "o", markersize=34, markerfacecolor="white", markeredgecolor="C1", markeredgewidth=2)
    axes.text(2, 0, r"$\hat y$", ha="center", va="center")
    axes.text(2.32, 0, "price", ha="left", va="center")
    axes.text(0, -height - 0.75, "inputs\n(no layer)", ha="center", va="center", color="C0")
    axes.text(2, -height - 0.75, "layer 1\n(dense)", ha="center", va="center", color="C1")
    axes.set(xlim=(-1.3, 3), ylim=(-height - 1.2, height + 0.5))
    axes.axis("off")


def projection(A, y, turn):
    """Draw three targets as one arrow, its shadow on the plane of two columns, and the residual; at ``turn`` 90 (degrees) the plane is seen from its edge."""
    y, (first, second) = y.flatten(), A.T
    shadow = A @ torch.linalg.lstsq(A, y[:, None]).solution[:, 0]
    along = shadow / shadow.norm()
    normal = (y - shadow) / (y - shadow).norm()
    side = torch.linalg.cross(along, normal)  # in the plane, towards the eye at turn 90
    figure = plt.gcf()
    figure.set_size_inches(4.5, 3.9)
    axes = figure.add_subplot(projection="3d", computed_zorder=False)
    plane = [along * u + side * v for u, v in [(0, -1), (4.4, -1), (4.4, 1), (0, 1)]]
    axes.add_collection3d(Poly3DCollection([torch.stack(plane).tolist()], facecolor="0.6", edgecolor="0.5", alpha=0.3, clip_on=False))
    for end, colour, name, shift in [(first, "0.4", "area", 0.7 * along + 0.5 * side), (second, "0.4", "ones", -0.4 * side - 0.1 * along),
                                     (shadow, "C0", r"$\hat{\mathbf{y}}$", -0.35 * normal), (y, "black", r"$\mathbf{y}$", 0.3 * normal)]:
        axes.quiver(0, 0, 0, *end.tolist(), color=colour, arrow_length_ratio=0.3 / end.norm().item(), linewidth=2)
        axes.text(*(end + shift).tolist(), name, color=colour, fontsize=12, ha="center", va="center",
                  path_effects=[withStroke(linewidth=3, foreground="white")])
    axes.plot(*torch.stack([shadow, y]).T.tolist(), "--", color="C1", linewidth=2.5)
    axes.set(xlim=(0, 3), ylim=(0, 3), zlim=(0, 3), xticks=[0, 1, 2, 3], yticks=[0, 1, 2, 3], zticks=[0, 1, 2, 3],
             xlabel="sale 1", ylabel="sale 2", zlabel="sale 3")
    axes.set_box_aspect((1, 1, 1), zoom=0.86)
    azimuth = math.degrees(math.atan2(side[1], side[0]))
    axes.view_init(elev=math.degrees(math.asin(side[2])), azim=azimuth + turn - 90)


def bowl(overlap):
    """Draw the training loss over two weights whose standardised columns have the given correlation; its lowest point is (1, 0)."""
    side = torch.linspace(-1.5, 2.5, 161, dtype=torch.float64)
    w1, w2 = torch.meshgrid(side, side - 0.5, indexing="xy")
    d1, d2 = w1 - 1, w2
    height = (d1**2 + d2**2 + 2 * overlap * d1 * d2) / 2
    axes = plt.gca()
    axes.figure.set_size_inches(4.2, 3.9)
    axes.contour(w1, w2, height, levels=[0.02, 0.1, 0.3, 0.6, 1, 1.5, 2.2, 3, 4, 5.5], colors="0.55")
    if overlap == 1:
        axes.plot(side, 1 - side, color="C1", linewidth=3, label="all of these are best")
        axes.plot(0.5, 0.5, "o", color="black", markersize=8, label="the shortest of them")
    else:
        axes.plot(1, 0, "o", color="C1", markersize=8, label="the best weights")
    ratio = "1 : 0" if overlap == 1 else f"{(1 + overlap) / (1 - overlap):.3g} : 1"
    axes.set(xlabel="$w_1$", ylabel="$w_2$", xlim=(-1.5, 2.5), ylim=(-2, 2), aspect="equal", title=f"steepest : flattest curvature = {ratio}")
    axes.legend(loc="lower left")


def bells(x, y, slope, std=1.0):
    """Draw normal densities along the best line of the given slope, the data on them, and the negative log-likelihood for every slope."""
    x, y = x.flatten(), y.flatten()
    dx, dy = x - x.mean(), y - y.mean()
    figure = plt.gcf()
    figure.set_size_inches(5, 3)
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1.25, 1]})
    ends = torch.tensor([x.min() - 0.5, x.max() + 0.9])
    left.plot(ends, y.mean() + slope * (ends - x.mean()), linewidth=2.5)
    around = torch.linspace(-3 * std, 3 * std, 100, dtype=x.dtype)
    peak = 1 / (std * math.sqrt(2 * math.pi))
    for xi, yi, mean in zip(x.tolist(), y.tolist(), (y.mean() + slope * dx).tolist()):
        width = 1.8 * peak * torch.exp(-(around / std)**2 / 2)
        left.fill_betweenx(mean + around, xi, xi + width, color="C0", alpha=0.2, linewidth=0)
        at_point = 1.8 * peak * math.exp(-((yi - mean) / std)**2 / 2)
        left.plot([xi, xi + at_point], [yi, yi], color="C1", linewidth=2.5)
    left.plot(x, y, "o", color="black", zorder=3)
    left.set(xlabel="area (100 m²)", ylabel="price (100,000)", xlim=(0.3, 4.2), ylim=(-1.5, 5.5), title=f"slope {slope:g}")

    def surprise(w):
        squares = (dy - w[:, None] * dx).square().sum(dim=1)
        return len(x) / 2 * math.log(2 * math.pi * std**2) + squares / (2 * std**2)

    slopes = torch.linspace(-0.6, 1.6, 100, dtype=x.dtype)
    right.plot(slopes, surprise(slopes), color="0.4")
    here = surprise(torch.tensor([slope], dtype=x.dtype)).item()
    right.plot(slope, here, "o", color="C1", markersize=9)
    right.set(xlabel="slope w", ylabel="negative log-likelihood", title=f"NLL {here:.2f}")


def predicted(y_hat, y):
    """Draw predictions against truth and the diagonal on which they would agree (decibel)."""
    axes = plt.gca()
    low, high = min(y.min(), y_hat.min()).item() - 1, max(y.max(), y_hat.max()).item() + 1
    axes.plot([low, high], [low, high], color="black", linewidth=1.2)
    axes.plot(y.flatten(), y_hat.flatten(), "o", markersize=3, alpha=0.35)
    axes.set(xlabel="measured (dB)", ylabel="predicted (dB)", xlim=(low, high), ylim=(low, high), aspect="equal")
