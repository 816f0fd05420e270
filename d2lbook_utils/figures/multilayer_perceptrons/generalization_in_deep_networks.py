"""Drawings of the page *Generalisation in deep networks*."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.ticker import LogLocator, NullFormatter


def _log_log(axes):
    axes.set(xscale="log", yscale="log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter(NullFormatter())


def memorising(runs):
    """Draw training (solid) and test accuracy (dashed) against the epoch, one colour a run; runs: name -> (training, test)."""
    axes = plt.gca()
    for i, (name, (train, test)) in enumerate(runs.items()):
        axes.plot(range(1, len(train) + 1), train, color=f"C{i}", label=f"{name}, training")
        axes.plot(range(1, len(test) + 1), test, "--", color=f"C{i}", label=f"{name}, test")
    axes.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.03))
    axes.legend(loc="lower right", bbox_to_anchor=(1, 0.12))


def stopping(patience, train_loss, valid_loss, right, wrong, test, best, stop):
    """Draw the losses above and three shares below against the epoch, with the best epoch and the one at which training stops.

    right, wrong: shares of the rightly and wrongly labelled examples whose given label has a probability above one half; test: accuracy; best, stop: epochs from 1, stop may be None.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.8, 5.8)
    top, bottom = figure.subplots(2, 1, sharex=True)
    epochs = range(1, len(train_loss) + 1)
    top.plot(epochs, train_loss, color="C0", label="training loss")
    top.plot(epochs, valid_loss, "--", color="C1", label="validation loss")
    top.plot(best, valid_loss[best - 1], "o", color="black", markersize=8, label=f"kept: epoch {best}")
    top.set(ylabel="loss", ylim=(0, None), title=f"patience {patience}: " + (f"stops after epoch {stop}" if stop else "does not stop"))
    bottom.plot(epochs, right, color="C2", label="right labels learned")
    bottom.plot(epochs, wrong, color="C3", label="wrong labels learned")
    bottom.plot(epochs, test, "--", color="black", label="test accuracy (clean)")
    bottom.set(xlabel="epoch", ylabel="share", ylim=(0, 1.75), yticks=[0, 0.25, 0.5, 0.75, 1])
    for axes in (top, bottom):
        axes.axvline(best, color="black", linestyle=":")
        if stop:
            axes.axvspan(stop, len(train_loss), color="0.5", alpha=0.2, linewidth=0)
    top.legend(loc="upper left")
    bottom.legend(loc="upper left")


def _draw_fit(axes, grid, curve, truth, x, y, name):
    axes.plot(grid, truth, "--", color="0.5", label="true curve")
    axes.plot(grid, curve, color="C1", label=name)
    axes.plot(x, y, "o", color="C0", markersize=5, label="training example")
    axes.set(xlabel="x", ylabel="y", xlim=(0, 1), ylim=(-2.4, 3.6))
    axes.legend(loc="upper right")


def steps(steps, tried, grid, curve, truth, x, y, errors):
    """Draw the fit after some steps of gradient descent above the test error after all numbers of steps that were tried."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 5.2)
    top, bottom = figure.subplots(2, 1, height_ratios=[1.5, 1])
    _draw_fit(top, grid, curve, truth, x, y, f"after {steps} steps")
    bottom.plot(tried, errors, "o-", color="C1", markersize=4)
    bottom.plot(steps, errors[tried.index(steps)], "o", color="black", markersize=9)
    bottom.set(xlabel="steps of gradient descent", ylabel="test error", xscale="log", ylim=(0, None))


def features(features, sizes, grid, curve, truth, x, y, errors, norms):
    """Draw the fit with some features above test error and length of the weights for all numbers of features."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 6.6)
    top, middle, bottom = figure.subplots(3, 1, height_ratios=[1.7, 1, 1])
    _draw_fit(top, grid, curve, truth, x, y, f"{features} features")
    for axes, values, name, colour in [(middle, errors, "test error", "C1"), (bottom, norms, "length of $\\mathbf{w}$", "C2")]:
        axes.plot(sizes, values, "o-", color=colour, markersize=4)
        axes.plot(features, values[sizes.index(features)], "o", color="black", markersize=9)
        axes.axvline(len(x), color="0.4", linestyle=":")
        axes.set(ylabel=name)
        _log_log(axes)
    bottom.set(xlabel=f"number of features (dotted: n = {len(x)})")


def descent(sizes, curves, norms, n):
    """Draw the median test error of several cases above the median length of the weights, against the number of features.

    curves: name -> (m,) errors; norms: (m,), for the first case; n: number of examples.
    """
    figure = plt.gcf()
    figure.set_size_inches(4.8, 5.2)
    top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1.5, 1])
    for i, (name, errors) in enumerate(curves.items()):
        top.plot(sizes, errors, "o-s-^-"[2 * i:2 * i + 2], color=f"C{i + 1}", markersize=4, label=name)
    bottom.plot(sizes, norms, "o-", color="C1", markersize=4)
    for axes in (top, bottom):
        axes.axvline(n, color="0.4", linestyle=":")
        _log_log(axes)
    top.set(ylabel="test error")
    bottom.set(xlabel=f"hidden units (dotted: n = {n})", ylabel="length of $\\mathbf{w}$")
    top.legend(loc="upper right")


def remedies(accuracies):
    """Draw one bar of test accuracy for each remedy, the first of them grey as the baseline; accuracies: name -> number."""
    axes = plt.gca()
    names, values = list(accuracies), list(accuracies.values())
    axes.barh(names, values, color=["0.6"] + ["C0"] * (len(names) - 1))
    for i, value in enumerate(values):
        axes.text(0.02, i, f"{value:.2f}", va="center", color="white", weight="bold")
    axes.axvline(values[0], color="0.4", linestyle=":")
    axes.set(xlabel="test accuracy (clean labels)", xlim=(0, 1))
    axes.invert_yaxis()
    axes.grid(False)
