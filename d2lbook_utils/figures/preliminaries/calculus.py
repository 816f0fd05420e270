"""Drawings of the page *Calculus*."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure
from ..diagram import arrow, box, number


def zoom(f, x, width):
    """Draw ``f`` in a window of the given width around ``x``, its straight line there, and the largest gap."""
    u = torch.linspace(x - width / 2, x + width / 2, 201, dtype=torch.float64)
    height = (f(u).max() - f(u).min()).item()
    line = torch.lerp(f(u[:1]), f(u[-1:]), (u - u[0]) / width)
    gap = (f(u) - line).abs().max().item()
    _, ax = new_figure()
    ax.plot(u, f(u), linewidth=2.5)
    ax.plot(u, line, "--")
    ax.plot(x, f(torch.tensor(x)), "o", color="black")
    ax.set(
        xlabel="x",
        ylabel="f(x)",
        title=f"window {width:g} wide: curve bends by {100 * gap / height:.2g} % of its height",
    )


def secant(f, x, h, limits=(0, 3)):
    """Draw ``f``, the points at ``x`` and ``x + h``, and the line through them."""
    u = torch.linspace(*limits, 200, dtype=torch.float64)
    y, slope = f(x), (f(x + h) - f(x)) / h
    _, ax = new_figure()
    ax.plot(u, f(u), linewidth=2.5)
    ax.plot(u, y + slope * (u - x), "--")
    ax.plot([x, x + h], [y, f(x + h)], "o", color="black")
    ax.set(
        xlabel="x", ylabel="f(x)", xlim=limits, ylim=(-4, 10), title=f"slope of the dashed line: {number(slope, '.4f')}"
    )


def gradient_field(f, gradient):
    """Draw contours of ``f(x1, x2)`` on [-2, 2] x [-2, 2] with an arrow along the gradient at some points."""
    side = torch.linspace(-2, 2, 81)
    x1, x2 = torch.meshgrid(side, side, indexing="xy")
    _, ax = new_figure(figsize=(4.4, 4.2))
    contours = ax.contour(x1, x2, f(x1, x2), levels=8, colors="0.6")
    ax.clabel(contours, fontsize=9)
    p1, p2 = torch.meshgrid(torch.linspace(-1.5, 1.5, 5), torch.linspace(-1.5, 1.5, 5), indexing="xy")
    g1, g2 = gradient(p1, p2)
    ax.quiver(p1, p2, g1, g2, angles="xy", color="C1", width=0.007)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")


def direction(gradient, degrees):
    """Draw the gradient, a unit direction at an angle to it, and the rate of change for every angle."""
    _, (left, right) = new_figure(1, 2, figsize=(4.8, 2.8), gridspec_kw={"width_ratios": [1, 1.2]})
    length = math.hypot(*gradient)
    base = math.atan2(gradient[1], gradient[0])
    turned = base + math.radians(degrees)
    for angle, color in ((base, "C1"), (turned, "C0")):
        arrow(left, (0, 0), (math.cos(angle), math.sin(angle)), color=color, linewidth=3.5, zorder=2)
    left.set(
        xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal", xlabel="$x_1$", ylabel="$x_2$", title="gradient and step"
    )
    angles = torch.linspace(-180, 180, 181)
    right.plot(angles, length * torch.cos(torch.deg2rad(angles)), color="0.4")
    rate = length * math.cos(math.radians(degrees))
    right.plot(degrees, rate, "o", markersize=9)
    right.axhline(0, color="0.8", linewidth=1)
    right.set(
        xlabel="angle (degrees)",
        ylabel="rate of change",
        title=f"rate {number(rate, '+.2f')}",
        xticks=range(-180, 181, 90),
    )


def product_rule():
    """Draw a rectangle with sides u and v that grow by du and dv, and name the three new pieces."""
    _, ax = new_figure(figsize=(4.2, 3))
    for corner, width, height, color, text in [
        ((0, 0), 3.0, 2.0, "0.9", "$u\\,v$"),
        ((3, 0), 0.6, 2.0, "C0", "$v\\,du$"),
        ((0, 2), 3.0, 0.5, "C1", "$u\\,dv$"),
        ((3, 2), 0.6, 0.5, "C3", "$du\\,dv$"),
    ]:
        box(ax, corner, width, height, text, color=(color, 0.75))
    ax.set(xlim=(-0.1, 3.8), ylim=(-0.1, 2.7), aspect="equal")
    ax.axis("off")
