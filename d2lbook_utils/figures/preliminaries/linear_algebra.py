"""Drawings of the page *Linear algebra*."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure
from ..diagram import arrow, box, number


def shadow(degrees, length=1.5, reference=2.0):
    """Draw an arrow x at an angle to a horizontal arrow y, and the shadow of x on the line of y."""
    angle = math.radians(degrees)
    tip = (length * math.cos(angle), length * math.sin(angle))
    _, ax = new_figure()
    ax.plot([-2, 2.4], [0, 0], color="0.8", linewidth=1)
    ax.plot([tip[0], tip[0]], [0, tip[1]], ":", color="0.3")
    ax.plot([0, tip[0]], [0, 0], color="C2", linewidth=7, alpha=0.7, solid_capstyle="butt", label="shadow")
    _vector(ax, (reference, 0), "C1")
    _vector(ax, tip, "C0")
    ax.text(reference, -0.3, "y", color="C1", ha="center", fontsize=12)
    ax.text(1.16 * tip[0], 1.16 * tip[1] + 0.05, "x", color="C0", ha="center", fontsize=12)
    ax.set(
        xlim=(-2.1, 2.5),
        ylim=(-0.6, 2),
        aspect="equal",
        xlabel="first entry",
        ylabel="second entry",
        title=f"shadow {_tidy(tip[0])} times length {reference:g} = dot product {_tidy(tip[0] * reference)}",
    )


def cosine_histogram(cosines):
    """Draw the histogram of the cosines of random pairs, and their standard deviation as a title."""
    _, ax = new_figure()
    ax.hist(cosines.tolist(), bins=41, range=(-1, 1), color="C0")
    ax.set(
        xlim=(-1, 1),
        xlabel="cosine of the angle",
        ylabel="pairs",
        title=f"standard deviation {cosines.std().item():.2f}",
    )


def matrix_product(A, B, rows=None, cols=None, inner=None):
    """Draw A left of and B above their product, with the chosen rows of A, columns of B and inner indices in colour."""
    (n, k), m = A.shape, B.shape[1]
    rows = range(n) if rows is None else rows
    cols = range(m) if cols is None else cols
    inner = range(k) if inner is None else inner
    C = A[:, list(inner)] @ B[list(inner)]
    _, ax = new_figure()
    left, top = k + 0.6, k + 0.6
    _grid(ax, A, 0, top, lambda i, j: i in rows and j in inner, "C0", "A")
    _grid(ax, B, left, 0, lambda i, j: i in inner and j in cols, "C1", "B")
    _grid(ax, C, left, top, lambda i, j: i in rows and j in cols, "C2", "C = AB" if len(inner) == k else "part of C")
    ax.set(xlim=(-0.2, left + m + 0.2), ylim=(top + n + 0.2, -0.7), aspect="equal")
    ax.axis("off")
    if len(rows) == len(cols) == 1:
        i, j = rows[0], cols[0]
        terms = " + ".join(f"{number(A[i, s])}·{number(B[s, j])}" for s in range(k))
        ax.set_title(f"{terms} = {number(C[i, j])}")


def linear_map(A):
    """Draw where a 2 x 2 matrix sends a grid, the unit square and the two unit arrows."""
    _, ax = new_figure()
    line = torch.linspace(-2, 2, 2)
    for c in torch.arange(-2, 2.5, 1.0):
        for start in (torch.stack([line, c.expand(2)]), torch.stack([c.expand(2), line])):
            ax.plot(*start, color="0.85", linewidth=1)
            ax.plot(*(A @ start), color="0.45", linewidth=1)
    corners = A @ torch.tensor([[0.0, 1, 1, 0], [0, 0, 1, 1]])
    ax.fill(*corners, color="C5", alpha=0.55)
    for column, color in zip(A.T.tolist(), ["C0", "C1"]):
        _vector(ax, column, color)
    area = torch.linalg.det(A).item()
    ax.set(
        xlim=(-4.2, 4.2),
        ylim=(-3, 3),
        aspect="equal",
        xlabel="first entry",
        ylabel="second entry",
        title=f"determinant {_tidy(area)}",
    )


def eigen(A, degrees):
    """Draw a unit arrow v, the arrow Av, and the curves on which both run when v turns."""
    angle = math.radians(degrees)
    turn = torch.linspace(0, 2 * math.pi, 181)
    circle = torch.stack([turn.cos(), turn.sin()])
    v = torch.tensor([math.cos(angle), math.sin(angle)])
    image = A @ v
    _, ax = new_figure(figsize=(3.9, 3.7))
    ax.plot(*circle, color="C0", linewidth=1, alpha=0.5)
    ax.plot(*(A @ circle), color="C1", linewidth=1, alpha=0.5)
    _vector(ax, image.tolist(), "C1")
    _vector(ax, v.tolist(), "C0")
    between = math.degrees(math.acos(min(1.0, (v @ image / image.norm()).item())))
    text = f"Av is turned by {between:.0f}°" if between > 0.5 else f"same line: Av = {image.norm().item():.2g} v"
    ax.set(xlim=(-3.3, 3.3), ylim=(-3.3, 3.3), aspect="equal", xlabel="first entry", ylabel="second entry", title=text)


def unit_ball(p):
    """Draw all vectors of two entries whose p-norm is at most 1, and the circle for comparison."""
    turn = torch.linspace(0, 2 * math.pi, 721)
    circle = torch.stack([turn.cos(), turn.sin()])
    length = circle.abs().amax(0) if math.isinf(p) else (circle.abs() ** p).sum(0) ** (1 / p)
    _, ax = new_figure(figsize=(3.9, 3.7))
    ax.fill(*(circle / length), color="C0", alpha=0.35)
    ax.plot(*(circle / length), color="C0", linewidth=2)
    ax.plot(*circle, ":", color="0.3")
    ax.set(
        xlim=(-1.25, 1.25),
        ylim=(-1.25, 1.25),
        aspect="equal",
        xlabel="first entry",
        ylabel="second entry",
        title=f"p = {p:g}: not a norm, it bends inwards" if p < 1 else f"p = {p:g}",
    )


def low_rank(U, S, Vh, k):
    """Draw the picture that the first k terms of an SVD make, with the numbers stored and the error."""
    picture = (U[:, :k] * S[:k]) @ Vh[:k]
    stored = k * (len(U) + len(Vh.T) + 1)
    error = (S[k:].square().sum() / S.square().sum()).sqrt().item()
    _, ax = new_figure(figsize=(3.9, 3.7))
    ax.imshow(picture.numpy(), cmap="gray", vmin=0, vmax=1)
    ax.grid(False)
    ax.set(
        xlabel="column", ylabel="row", title=f"{stored:,} of {len(U) * len(Vh.T):,} numbers, error {100 * error:.0f} %"
    )


def _tidy(value):
    return number(round(value, 2), ".2g" if abs(value) < 0.1 else ".3g")


def _vector(ax, tip, color):
    arrow(ax, (0, 0), tip, color=color, linewidth=2.5, zorder=2)


def _grid(ax, values, left, top, marked, color, name):
    height, width = values.shape
    for i in range(height):
        for j in range(width):
            chosen = marked(i, j)
            fill = (color, 0.6) if chosen else "white"
            text = number(values[i, j])
            box(ax, (left + j, top + i), 1, 1, text, color=fill, edgecolor="0.4", fontsize=12)
    ax.text(left + width / 2, top - 0.12, name, ha="center", va="bottom", fontsize=11)
