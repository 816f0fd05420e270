"""Drawings of the page *Calculus*."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import torch


def zoom(f, x, width):
    """Draw ``f`` in a window of the given width around ``x``, its straight line there, and the largest gap."""
    u = torch.linspace(x - width / 2, x + width / 2, 201, dtype=torch.float64)
    height = (f(u).max() - f(u).min()).item()
    line = torch.lerp(f(u[:1]), f(u[-1:]), (u - u[0]) / width)
    gap = (f(u) - line).abs().max().item()
    axes = plt.gca()
    axes.plot(u, f(u), linewidth=2.5)
    axes.plot(u, line, "--")
    axes.plot(x, f(torch.tensor(x)), "o", color="black")
    axes.set(xlabel="x", ylabel="f(x)", title=f"window {width:g} wide: curve bends by {100 * gap / height:.2g} % of its height")


def secant(f, x, h, limits=(0, 3)):
    """Draw ``f``, the points at ``x`` and ``x + h``, and the line through them."""
    u = torch.linspace(*limits, 200, dtype=torch.float64)
    y, slope = f(x), (f(x + h) - f(x)) / h
    axes = plt.gca()
    axes.plot(u, f(u), linewidth=2.5)
    axes.plot(u, y + slope * (u - x), "--")
    axes.plot([x, x + h], [y, f(x + h)], "o", color="black")
    axes.set(xlabel="x", ylabel="f(x)", xlim=limits, ylim=(-4, 10), title=f"slope of the dashed line: {slope:.4f}")


def gradient_field(f, gradient):
    """Draw contours of ``f(x1, x2)`` on [-2, 2] x [-2, 2] with an arrow along the gradient at some points."""
    side = torch.linspace(-2, 2, 81)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    axes = plt.gca()
    contours = axes.contour(x1, x2, f(x1, x2), levels=8, colors="0.6")
    axes.clabel(contours, fontsize=9)
    p1, p2 = torch.meshgrid(torch.linspace(-1.5, 1.5, 5), torch.linspace(-1.5, 1.5, 5), indexing="xy")
    g1, g2 = gradient(p1, p2)
    axes.quiver(p1, p2, g1, g2, angles="xy", color="C1", width=0.007)
    axes.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def direction(gradient, degrees):
    """Draw the gradient, a unit direction at an angle to it, and the rate of change for every angle."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 2.8)
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1, 1.2]})
    length = math.hypot(*gradient)
    base = math.atan2(gradient[1], gradient[0])
    turned = base + math.radians(degrees)
    left.annotate("", (math.cos(base), math.sin(base)), (0, 0), arrowprops={"width": 2.5, "color": "C1"})
    left.annotate("", (math.cos(turned), math.sin(turned)), (0, 0), arrowprops={"width": 2.5, "color": "C0"})
    left.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title="gradient and step")
    angles = torch.linspace(-180, 180, 181)
    right.plot(angles, length * torch.cos(torch.deg2rad(angles)), color="0.4")
    rate = length * math.cos(math.radians(degrees))
    right.plot(degrees, rate, "o", markersize=9)
    right.axhline(0, color="0.8", linewidth=1)
    right.set(xlabel="angle (degrees)", ylabel="rate of change", title=f"rate {rate:+.2f}", xticks=range(-180, 181, 90))


def product_rule():
    """Draw a rectangle with sides u and v that grow by du and dv, and name the three new pieces."""
    axes = plt.gca()
    for corner, width, height, colour, text in [
        ((0, 0), 3.0, 2.0, "0.9", "$u\\,v$"),
        ((3, 0), 0.6, 2.0, "C0", "$v\\,du$"),
        ((0, 2), 3.0, 0.5, "C1", "$u\\,dv$"),
        ((3, 2), 0.6, 0.5, "C3", "$du\\,dv$"),
    ]:
        axes.add_patch(plt.Rectangle(corner, width, height, facecolor=colour, edgecolor="black", alpha=0.75))
        axes.text(corner[0] + width / 2, corner[1] + height / 2, text, ha="center", va="center")
    axes.set(xlim=(-0.1, 3.8), ylim=(-0.1, 2.7), aspect="equal")
    axes.axis("off")
