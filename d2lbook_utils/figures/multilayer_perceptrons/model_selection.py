"""Drawings of the page *Model selection, underfitting and overfitting*."""

from __future__ import annotations

import math

import torch
from matplotlib.ticker import NullLocator

from ...plotting import new_figure
from ..diagram import arrow, box, number


def fit_of_degree(degree, degrees, fits, predict, truth, x, y, errors):
    """Draw the fit of one degree above the errors of all degrees and the weights of this one.

    fits: degree -> weights; predict(x, weights) and truth(x) give curves; x, y: (n,);
    errors: degree -> (training, test error).
    """
    _, ((top, unused), (left, right)) = new_figure(2, 2, figsize=(4.8, 5.2), height_ratios=[1.3, 1])
    unused.remove()
    top.set_subplotspec(top.get_gridspec()[0, :])
    u = torch.linspace(-3.2, 3.2, 400)
    top.plot(u, truth(u), "--", color="0.5", label="true curve")
    top.plot(u, predict(u, fits[degree]), color="C1", label=f"degree {degree}")
    top.plot(x, y, "o", color="C0", label="training example")
    top.set(
        xlabel="x",
        ylabel="y",
        xlim=(-3.2, 3.2),
        ylim=(-45, 25),
        title=f"degree {degree}: training error {errors[degree][0]:.2g}, test error {errors[degree][1]:.2g}",
    )
    top.legend(loc="lower right")
    for j, (name, style) in enumerate([("training", "C0o-"), ("test", "C1s-")]):
        left.plot(degrees, [errors[d][j] for d in degrees], style, markersize=4, label=name)
    left.axvline(degree, color="0.4", linestyle=":")
    left.set(xlabel="degree", ylabel="squared error", yscale="log")
    left.legend(loc="upper left")
    weights = fits[degree]
    right.vlines(torch.arange(len(weights)), 0, weights, color="C2", linewidth=2)
    right.plot(torch.arange(len(weights)), weights, "C2o", markersize=4)
    right.axhline(0, color="0.5", linewidth=0.8)
    right.set_yscale("symlog", linthresh=10)
    right.set(
        xlabel="i",
        ylabel="weight $w_i$",
        xlim=(-0.8, max(degrees) + 0.8),
        ylim=(-1e10, 1e10),
        yticks=[-1e9, -1e5, -10, 10, 1e5, 1e9],
        xticks=range(0, max(degrees) + 1, 4),
    )


def u_curve(degrees, train, test):
    """Draw the median training and test error against the degree, with bands from the 10 % to the 90 % quantile.

    train, test: (number of degrees, repetitions).
    """
    _, ax = new_figure(figsize=(4.8, 3.4))
    for errors, color, marker, name in [(train, "C0", "o", "training error"), (test, "C1", "s", "test error")]:
        low, middle, high = errors.quantile(torch.tensor([0.1, 0.5, 0.9], dtype=errors.dtype), dim=1)
        ax.fill_between(degrees, low, high, color=color, alpha=0.2, linewidth=0)
        ax.plot(degrees, middle, marker + "-", color=color, markersize=4, label=name)
    ax.set(xlabel="degree", ylabel="squared error", yscale="log", ylim=(2e-4, 1e5))
    ax.text(degrees[0], 4e-4, "underfitting", color="0.3")
    ax.text(degrees[-1], 4e-4, "overfitting", color="0.3", ha="right")
    ax.legend(loc="upper center")


def four_fits(panels, predict):
    """Draw two rows (capacities) and two columns (data) of fits.

    panels: four tuples (title, x, y, weights), row by row.
    """
    figure, axes = new_figure(2, 2, figsize=(4.8, 4.8), sharex=True, sharey=True)
    u = torch.linspace(0, 1, 300)
    for ax, (title, x, y, weights) in zip(axes.flat, panels):
        ax.plot(x, y, ".", color="C0", markersize=5)
        ax.plot(u, predict(u, weights), color="C1", linewidth=2)
        ax.set(title=title, ylim=(-2.2, 2.2))
        ax.label_outer()
    figure.supxlabel("x", fontsize=10)
    figure.supylabel("y", fontsize=10)


def sample_size(n, sizes, x, y, weights, predict, truth, train, test, floor):
    """Draw the fit to n examples above the learning curves, which are marked at n.

    train, test: one error for each of the sizes; floor: the error of the true curve.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.8, 4.8))
    u = torch.linspace(0, 1, 300)
    top.plot(u, truth(u), "--", color="0.5", label="true curve")
    top.plot(x, y, ".", color="C0", label=f"{n} examples")
    top.plot(u, predict(u, weights), color="C1", label="fit")
    top.set(xlabel="x", ylabel="y", ylim=(-2.2, 2.2))
    top.legend(loc="lower left")
    bottom.plot(sizes, train, "C0o-", markersize=4, label="training error")
    bottom.plot(sizes, test, "C1s-", markersize=4, label="test error")
    bottom.axhline(floor, color="0.5", linestyle="--", label="noise")
    bottom.axvline(n, color="0.4", linestyle=":")
    bottom.set(
        xlabel="number of training examples n", ylabel="squared error", xscale="log", yscale="log", ylim=(0.01, 100)
    )
    _plain_ticks(bottom)
    bottom.legend(loc="upper right")


def cloud_of_fits(degree, grid, curves, truth, noise_std, place=0.25):
    """Draw the fits to many training sets, and below what they and the labels say at one place.

    grid: (m,); curves: (repetitions, m), the fits on the grid; truth: (m,).
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.8, 5), height_ratios=[1.3, 1])
    top.plot(grid, curves[:60].T, color="C0", alpha=0.2, linewidth=0.8)
    top.plot(grid, truth, "--", color="black", label="true curve")
    top.plot(grid, curves.mean(dim=0), color="C1", linewidth=2.5, label="mean of the fits")
    top.axvline(place, color="0.4", linestyle=":")
    top.set(xlabel="x", ylabel="y", ylim=(-2.2, 2.2), title=f"degree {degree}: 60 of the fits")
    top.legend(loc="upper right")
    column = int((grid - place).abs().argmin())
    values, target = curves[:, column], float(truth[column])
    mean, spread = float(values.mean()), float(values.var())
    bins = torch.linspace(-1, 2.2, 81)
    bottom.hist(values, bins=bins, density=True, color="C0", alpha=0.6, label="fits")
    v = torch.linspace(-1, 2.2, 200)
    bell = torch.exp(-(((v - target) / noise_std) ** 2) / 2) / (noise_std * math.sqrt(2 * math.pi))
    bottom.plot(v, bell, "--", color="black", label="labels")
    height = bottom.get_ylim()[1]
    bottom.plot([mean, mean], [0, height], color="C1", linewidth=2)
    bottom.plot([target, target], [0, height], color="black", linewidth=1)
    arrow(bottom, (mean, 0.93 * height), (target, 0.93 * height), color="C1", head="<->", zorder=3)
    bottom.set(
        xlabel=f"values at x = {place:g}",
        ylabel="density",
        xlim=(-1, 2.2),
        yticks=[],
        title=f"here: bias {number(mean - target, '.2f')}, variance {spread:.3f}",
    )
    bottom.legend(loc="upper right" if mean < 0.3 else "upper left")


def error_parts(degrees, bias2, variance, noise, measured):
    """Draw bias squared, variance and noise as layers against the degree, with the measured error on top."""
    _, ax = new_figure(figsize=(4.8, 3.2))
    ax.stackplot(
        degrees,
        [torch.full((len(degrees),), noise), bias2, variance],
        colors=["0.8", "C1", "C0"],
        alpha=0.75,
        labels=["noise $\\sigma^2$", "bias$^2$", "variance"],
    )
    ax.plot(degrees, measured, "ko", clip_on=False, label="measured error")
    ax.set(xlabel="degree", ylabel="squared error", xlim=(degrees[0], degrees[-1]), ylim=(0, None), xticks=degrees)
    ax.legend(loc="upper right")


def k_fold(folds):
    """Draw one row for each fold: the examples in shuffled order with their numbers, the validation part in colour.

    folds: pairs (train, valid) of index tensors whose validation parts make up 0..n-1.
    """
    order = torch.cat([valid for _, valid in folds])
    k, n = len(folds), len(order)
    _, ax = new_figure(figsize=(4.8, 2.2))
    for i, (_, valid) in enumerate(folds):
        held = set(valid.tolist())
        for j, example in enumerate(order.tolist()):
            color, ink, weight = ("C1", "white", "bold") if example in held else ("0.9", "0.3", "normal")
            box(ax, (j, -i), 0.92, 0.8, str(example), color=color, edgecolor="none", ink=ink, weight=weight)
        ax.text(-0.25, 0.4 - i, f"fold {i + 1}", ha="right", va="center")
        ax.text(n + 0.2, 0.4 - i, f"error {i + 1}", va="center", color="C1")
    ax.text(n + 0.2, 0.35 - k, "mean", va="center", weight="bold", color="C1")
    ax.text(0, 0.35 - k, "grey: train   orange: validate", va="center")
    ax.set(xlim=(-2.4, n + 2.6), ylim=(-k - 0.1, 1))
    ax.axis("off")


def fold_errors(degrees, scores, true_error):
    """Draw every fold's validation error, their mean and the error on fresh data against the degree.

    scores: (number of degrees, folds); true_error: (number of degrees,).
    """
    _, ax = new_figure(figsize=(4.8, 3.2))
    ax.plot(degrees, scores, ".", color="C0", alpha=0.5)
    ax.plot(degrees, scores.mean(dim=1), "C0o-", label="mean of the folds")
    ax.plot(degrees, true_error, "k--", label="error on fresh data")
    best = int(scores.mean(dim=1).argmin())
    ring = {"markersize": 13, "markerfacecolor": "none", "color": "C1", "label": "chosen"}
    ax.plot(degrees[best], scores.mean(dim=1)[best], "o", **ring)
    ax.set(xlabel="degree", ylabel="squared error", yscale="log", xticks=degrees)
    ax.legend(loc="upper right")


def learning_curves(sizes, curves):
    """Draw training (solid) and test (dashed) error against the number of examples, one colour for each degree.

    curves: degree -> (2, number of sizes).
    """
    _, ax = new_figure(figsize=(4.8, 3.8))
    for color, (degree, (train, test)) in enumerate(curves.items()):
        ax.plot(sizes, train, "o-", color=f"C{color}", markersize=4, label=f"degree {degree}, training")
        ax.plot(sizes, test, "s--", color=f"C{color}", markersize=4, label=f"degree {degree}, test")
    ax.set(xlabel="number of training examples n", ylabel="squared error", xscale="log", yscale="log")
    _plain_ticks(ax)
    ax.legend(loc="upper right")


def _plain_ticks(ax):
    sizes = [20, 50, 100, 200, 500]
    ax.set_xticks(sizes, [str(size) for size in sizes])
    ax.xaxis.set_minor_locator(NullLocator())
