"""Drawings of the page *How to read and run this book*."""

from __future__ import annotations

import math

import matplotlib.pyplot as plt
import torch

from d2lbook_utils.plotting import new_figure

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
    _, axes = new_figure(figsize=(4.4, 4.4))
    axes.add_patch(plt.Rectangle((-0.15, -0.15), 5.5, sum(height + 0.15 for *_, height, _ in _PARTS) + 0.15,
                                 facecolor="white", edgecolor="0.3"))
    top = 0.0
    for name, colour, height, purpose in _PARTS:
        axes.add_patch(plt.Rectangle((0, top), 5.2, height, facecolor=colour, edgecolor="0.6"))
        is_code = colour in (_CODE, _KNOBS)
        axes.text(0.2, top + height / 2, name, va="center", fontsize=9, family="monospace" if is_code else None, color="black")
        axes.text(5.6, top + height / 2, purpose, va="center", fontsize=9, color="0.25")
        top += height + 0.15
    axes.set(xlim=(-0.3, 9.6), ylim=(top + 0.2, -0.3))
    axes.axis("off")


def rate(x, y, w, b, losses):
    """Draw the points with the line ``w x + b`` that a run ended with, and below it the loss after each step."""
    figure = plt.gcf()
    figure.set_size_inches(4.6, 4.8)
    above, below = figure.subplots(2, 1)
    ends = torch.tensor([-2.2, 2.2])
    above.plot(x, y, "o", color="0.6", markersize=4)
    above.plot(ends, (w * ends + b).clamp(-100, 100), linewidth=2.2)
    above.set(xlabel="x", ylabel="y", xlim=(-2.2, 2.2), ylim=(-6, 6), title="the line at the end of the run")
    final = f"{losses[-1]:.2f}" if losses[-1] < 100 else "out of bounds"
    below.plot(range(1, len(losses) + 1), losses, color="C1")
    below.set(xlabel="step", ylabel="loss", yscale="log", ylim=(0.1, 100), xlim=(0, len(losses)), title=f"last loss: {final}")


def band(curves, steps):
    """Draw the curve of every seed in grey, their mean, and the band from the lowest to the highest; curves (seeds, steps)."""
    _, axes = new_figure()
    axes.fill_between(steps, curves.min(0).values, curves.max(0).values, alpha=0.25, linewidth=0, label="lowest to highest")
    axes.plot(steps, curves.T, color="0.5", linewidth=0.8)
    axes.plot(steps, curves.mean(0), linewidth=2.4, color="C0", label="mean of the seeds")
    axes.set(xlabel="step", ylabel="loss", yscale="log")
    axes.legend()


def test_sets(accuracies, accuracy, n):
    """Draw how often each measured accuracy came up, the true one, and two standard errors to both sides of it."""
    error = math.sqrt(accuracy * (1 - accuracy) / n)
    axes = plt.gca()
    axes.axvspan(accuracy - 2 * error, accuracy + 2 * error, color="C5", alpha=0.3, linewidth=0, label="two standard errors each way")
    counts = max(1, round(n * error / 4))  # every bar holds as many of the possible counts
    first = round(n * accuracy) - 20 * counts - 0.5
    edges = [(first + i * counts) / n for i in range(42)]
    axes.hist(accuracies, bins=edges, weights=[100 / len(accuracies)] * len(accuracies), color="C0")
    axes.axvline(accuracy, color="black", linestyle="--", label="true accuracy")
    axes.margins(y=0.35)  # room for the legend
    axes.set(xlabel="measured accuracy", ylabel="test sets (%)", xlim=(0.6, 1.0), title=f"n = {n}: standard error {error:.4f}")
    axes.legend(loc="upper left")
