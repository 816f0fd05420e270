"""Drawings of the page *How to read and run this book*."""

from __future__ import annotations

import math

import torch

from ...plotting import new_figure
from ..diagram import box

_TEXT, _CODE, _KNOBS, _PICTURE = "#F2F2F2", "#D6E9F5", "#FBE3B0", "#DFF0E6"
_PARTS = [  # (what stands on the page, colour, height, what it is for)
    ("Title and question", _TEXT, 1.3, "What is at stake?\nIs it for me?"),
    ("imports", _CODE, 0.8, "Run this cell first."),
    ("parameters", _KNOBS, 0.8, "The knobs: turn them."),
    ("an idea, a formula", _TEXT, 0.8, "Read: two minutes,"),
    ("the code that computes it", _CODE, 0.8, "then run, and compare:"),
    ("the picture, or a number", _PICTURE, 0.8, "is it what you expected?"),
    ("check: ok", _CODE, 0.8, "The claim holds here."),
    ("Common confusions", _TEXT, 0.8, "What readers ask"),
    ("Summary", _TEXT, 0.8, "In a hurry? Start here."),
    ("Exercises, hidden solutions", _TEXT, 0.8, "Try first, then open."),
]


def page():
    """Draw a page in miniature: its parts from top to bottom, and beside each what it is for."""
    _, ax = new_figure(figsize=(4.4, 4.4))
    box(ax, (-0.15, -0.15), 5.5, sum(height + 0.15 for *_, height, _ in _PARTS) + 0.15, edgecolor="0.3")
    top = 0.0
    for name, color, height, purpose in _PARTS:
        box(ax, (0, top), 5.2, height, color=color, edgecolor="0.6")
        family = "monospace" if color in (_CODE, _KNOBS) else None
        ax.text(0.2, top + height / 2, name, va="center", fontsize=9, family=family, zorder=3)
        ax.text(5.6, top + height / 2, purpose, va="center", fontsize=9, color="0.25")
        top += height + 0.15
    ax.set(xlim=(-0.3, 9.6), ylim=(top + 0.2, -0.3))
    ax.axis("off")


def rate(x, y, w, b, losses):
    """Draw the points with the line ``w x + b`` that a run ended with, and below it the loss after each step."""
    _, (above, below) = new_figure(2, 1, figsize=(4.6, 4.8))
    ends = torch.tensor([-2.2, 2.2])
    above.plot(x, y, "o", color="0.6", markersize=4)
    above.plot(ends, (w * ends + b).clamp(-100, 100), linewidth=2.2)
    above.set(xlabel="x", ylabel="y", xlim=(-2.2, 2.2), ylim=(-6, 6), title="the line at the end of the run")
    final = f"{losses[-1]:.2f}" if losses[-1] < 100 else "out of bounds"
    below.plot(range(1, len(losses) + 1), losses, color="C1")
    below.set(
        xlabel="step", ylabel="loss", yscale="log", ylim=(0.1, 100), xlim=(0, len(losses)), title=f"last loss: {final}"
    )


def band(curves, steps):
    """Draw the curve of every seed in grey, their mean, and the band from lowest to highest; curves (seeds, steps)."""
    _, ax = new_figure()
    ax.fill_between(
        steps, curves.min(0).values, curves.max(0).values, alpha=0.25, linewidth=0, label="lowest to highest"
    )
    ax.plot(steps, curves.T, color="0.5", linewidth=0.8)
    ax.plot(steps, curves.mean(0), linewidth=2.4, color="C0", label="mean of the seeds")
    ax.set(xlabel="step", ylabel="loss", yscale="log")
    ax.legend()


def measured_accuracies(accuracies, accuracy, n):
    """Draw how often each measured accuracy came up, the true one, and two standard errors to both sides of it."""
    error = math.sqrt(accuracy * (1 - accuracy) / n)
    _, ax = new_figure()
    ax.axvspan(
        accuracy - 2 * error,
        accuracy + 2 * error,
        color="C5",
        alpha=0.3,
        linewidth=0,
        label="two standard errors each way",
    )
    counts = max(1, round(n * error / 4))  # every bar holds as many of the possible counts
    first = round(n * accuracy) - 20 * counts - 0.5
    edges = [(first + i * counts) / n for i in range(42)]
    ax.hist(accuracies, bins=edges, weights=[100 / len(accuracies)] * len(accuracies), color="C0")
    ax.axvline(accuracy, color="black", linestyle="--", label="true accuracy")
    ax.margins(y=0.35)  # room for the legend
    ax.set(
        xlabel="measured accuracy",
        ylabel="test sets (%)",
        xlim=(0.6, 1.0),
        title=f"n = {n}: standard error {error:.4f}",
    )
    ax.legend(loc="upper left")
