"""Drawings of the page *Matrix calculus*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ..diagram import box

_SHAPES = [  # (rows, columns, number of sheets) of each derivative, and its name
    [(1, 1, 1, "(1)"), (1, 4, 1, "(1, d)"), (3, 2, 1, "(p, q)")],
    [(3, 1, 1, "(m, 1)"), (3, 4, 1, "(m, d)"), (3, 2, 3, "(m, p, q)")],
    [(2, 3, 1, "(k, l)"), (2, 3, 4, "(k, l, d)"), (3, 2, 6, "(k, l, p, q)")],
]


def local_map(f, jacobian, point, side):
    """Draw a square grid around ``point``, its image under ``f``, and the parallelogram that ``jacobian`` makes."""
    centre = torch.tensor(point, dtype=torch.float64)
    t = torch.linspace(-0.5, 0.5, 41, dtype=torch.float64) * side
    _, (left, right) = new_figure(1, 2, figsize=(6, 3.3))
    for fixed in torch.linspace(-0.5, 0.5, 5, dtype=torch.float64) * side:
        for line, color in [(torch.stack([t, fixed.expand(41)]), "C0"), (torch.stack([fixed.expand(41), t]), "C2")]:
            left.plot(*(centre[:, None] + line), color=color, linewidth=1)
            right.plot(*f(centre[:, None] + line), color=color, linewidth=1)
    corners = torch.tensor([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]], dtype=torch.float64) * side / 2
    right.plot(*(f(centre)[:, None] + jacobian @ corners), "--", color="C1", linewidth=2)
    left.plot(*centre, "o", color="black")
    right.plot(*f(centre), "o", color="black")
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="input")
    right.set(xlabel="$y_1$", ylabel="$y_2$", title="output")
    for ax in (left, right):
        ax.set_box_aspect(1)
        ax.set_aspect("equal", adjustable="datalim")
        ax.locator_params(nbins=4)


def shape_table():
    """Draw the derivative of a scalar, a vector and a matrix by each of the three, as rectangles with their shapes."""
    _, ax = new_figure(figsize=(4.5, 4.4))
    colors = ["C0", "C1", "C2", "C3", "C5"]  # by the number of axes of both
    for i, row in enumerate(_SHAPES):
        for j, (height, width, sheets, name) in enumerate(row):
            unit, shift = 0.15, 0.035
            x = 1.2 * j - unit * width / 2 - shift * (sheets - 1) / 2
            y = -1.2 * i - unit * height / 2 + shift * (sheets - 1) / 2
            for sheet in reversed(range(sheets)):
                corner = (x + shift * sheet, y - shift * sheet)
                box(ax, corner, unit * width, unit * height, color=colors[i + j], edgecolor="white")
            ax.text(1.2 * j, -1.2 * i - 0.48, name, ha="center", va="center")
    for place, text in enumerate(["number", "vector (d)", "matrix (p, q)"]):
        ax.text(1.2 * place, 0.55, text, ha="center", va="center")
    for place, text in enumerate(["number", "vector\n(m)", "matrix\n(k, l)"]):
        ax.text(-0.95, -1.2 * place, text, ha="center", va="center")
    ax.text(1.2, 0.85, "input x", ha="center", va="center", fontweight="bold")
    ax.text(-0.95, 0.55, "output y", ha="center", va="center", fontweight="bold")
    ax.set(xlim=(-1.4, 3.05), ylim=(-3.1, 1.0), aspect="equal")
    ax.axis("off")


def chain(stage, widths):
    """Draw the factors of a chain of Jacobians, multiplied as far as ``stage`` says.

    stage: a side and a number of products, for example "left 1"; widths: the sizes from the loss to the input.
    """
    side, count = stage.split()
    a, b, c, d = widths
    factors, colors, cost = [(a, b), (b, c), (c, d)], ["C0"] * 3, 0
    for _ in range(int(count)):
        first = 0 if side == "left" else len(factors) - 2
        (rows, inner), (_, cols) = factors[first : first + 2]
        cost += rows * inner * cols
        factors[first : first + 2], colors[first : first + 2] = [(rows, cols)], ["C2"]
    _, ax = new_figure(figsize=(4.5, 2.4))
    x = 0.0
    for (rows, cols), color in zip(factors, colors):
        if x > 0:
            ax.text(x + 0.9, 0, "·", ha="center", va="center", fontsize=18)
            x += 1.8
        box(ax, (x, -rows / 2), cols, rows, color=(color, 0.75))
        ax.text(x + cols / 2, -rows / 2 - 0.4, f"({rows}, {cols})", ha="center", va="top")
        x += cols
    ax.set(
        xlim=(-0.5, sum(widths[1:]) + 4.1),
        ylim=(-b / 2 - 2, b / 2 + 0.5),
        aspect="equal",
        title=f"multiplications so far: {cost}",
    )
    ax.axis("off")
