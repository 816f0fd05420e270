"""Drawings of the page *Generalisation in deep networks*."""

from __future__ import annotations

from matplotlib.ticker import LogLocator, NullFormatter

from ...plotting import new_figure


def _log_log(ax):
    ax.set(xscale="log", yscale="log")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter(NullFormatter())


def memorising(runs):
    """Draw training (solid) and test accuracy (dashed), one colour a run; runs: name -> (training, test)."""
    _, ax = new_figure(figsize=(4.8, 3.6))
    for i, (name, (train, test)) in enumerate(runs.items()):
        ax.plot(range(1, len(train) + 1), train, color=f"C{i}", label=f"{name}, training")
        ax.plot(range(1, len(test) + 1), test, "--", color=f"C{i}", label=f"{name}, test")
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.03))
    ax.legend(loc="lower right", bbox_to_anchor=(1, 0.12))


def stopping(patience, train_loss, valid_loss, right, wrong, test, best, stop):
    """Draw the losses and below three shares against the epoch, with the best epoch and that at which training stops.

    right, wrong: shares of the rightly and wrongly labelled examples whose given label has a probability above
    one half; test: accuracy; best, stop: epochs from 1, stop may be None.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.8, 5.8), sharex=True)
    epochs = range(1, len(train_loss) + 1)
    top.plot(epochs, train_loss, color="C0", label="training loss")
    top.plot(epochs, valid_loss, "--", color="C1", label="validation loss")
    top.plot(best, valid_loss[best - 1], "o", color="black", markersize=8, label=f"kept: epoch {best}")
    outcome = f"stops after epoch {stop}" if stop else "does not stop"
    top.set(ylabel="loss", ylim=(0, None), title=f"patience {patience}: {outcome}")
    bottom.plot(epochs, right, color="C2", label="right labels learned")
    bottom.plot(epochs, wrong, color="C3", label="wrong labels learned")
    bottom.plot(epochs, test, "--", color="black", label="test accuracy (clean)")
    bottom.set(xlabel="epoch", ylabel="share", ylim=(0, 1.75), yticks=[0, 0.25, 0.5, 0.75, 1])
    for ax in (top, bottom):
        ax.axvline(best, color="black", linestyle=":")
        if stop:
            ax.axvspan(stop, len(train_loss), color="0.5", alpha=0.2, linewidth=0)
    top.legend(loc="upper left")
    bottom.legend(loc="upper left")


def _draw_fit(ax, grid, curve, truth, x, y, name):
    ax.plot(grid, truth, "--", color="0.5", label="true curve")
    ax.plot(grid, curve, color="C1", label=name)
    ax.plot(x, y, "o", color="C0", markersize=5, label="training example")
    ax.set(xlabel="x", ylabel="y", xlim=(0, 1), ylim=(-2.4, 3.6))
    ax.legend(loc="upper right")


def fit_after_steps(steps, tried, grid, curve, truth, x, y, errors):
    """Draw the fit after some steps of gradient descent above the test error after every number of steps."""
    _, (top, bottom) = new_figure(2, 1, figsize=(4.8, 5.2), height_ratios=[1.5, 1])
    _draw_fit(top, grid, curve, truth, x, y, f"after {steps} steps")
    bottom.plot(tried, errors, "o-", color="C1", markersize=4)
    bottom.plot(steps, errors[tried.index(steps)], "o", color="black", markersize=9)
    bottom.set(xlabel="steps of gradient descent", ylabel="test error", xscale="log", ylim=(0, None))


def fit_with_features(features, sizes, grid, curve, truth, x, y, errors, norms):
    """Draw the fit with some features above test error and length of the weights for all numbers of features."""
    _, (top, middle, bottom) = new_figure(3, 1, figsize=(4.8, 6.6), height_ratios=[1.7, 1, 1])
    _draw_fit(top, grid, curve, truth, x, y, f"{features} features")
    curves = [(middle, errors, "test error", "C1"), (bottom, norms, "length of $\\mathbf{w}$", "C2")]
    for ax, values, name, color in curves:
        ax.plot(sizes, values, "o-", color=color, markersize=4)
        ax.plot(features, values[sizes.index(features)], "o", color="black", markersize=9)
        ax.axvline(len(x), color="0.4", linestyle=":")
        ax.set(ylabel=name)
        _log_log(ax)
    bottom.set(xlabel=f"number of features (dotted: n = {len(x)})")


def double_descent(sizes, curves, norms, n):
    """Draw the median test error of several cases above the median length of the weights, by the number of features.

    curves: name -> (m,) errors; norms: (m,), for the first case; n: number of examples.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.8, 5.2), sharex=True, height_ratios=[1.5, 1])
    for i, (name, errors) in enumerate(curves.items()):
        top.plot(sizes, errors, ("o-", "s-", "^-")[i], color=f"C{i + 1}", markersize=4, label=name)
    bottom.plot(sizes, norms, "o-", color="C1", markersize=4)
    for ax in (top, bottom):
        ax.axvline(n, color="0.4", linestyle=":")
        _log_log(ax)
    top.set(ylabel="test error")
    bottom.set(xlabel=f"hidden units (dotted: n = {n})", ylabel="length of $\\mathbf{w}$")
    top.legend(loc="upper right")


def remedies(accuracies):
    """Draw a bar of test accuracy for each remedy, the first one grey as the baseline; accuracies: name -> number."""
    _, ax = new_figure(figsize=(4.8, 3.2))
    names, values = list(accuracies), list(accuracies.values())
    ax.barh(names, values, color=["0.6"] + ["C0"] * (len(names) - 1))
    for i, value in enumerate(values):
        ax.text(0.02, i, f"{value:.2f}", va="center", color="white", weight="bold")
    ax.axvline(values[0], color="0.4", linestyle=":")
    ax.set(xlabel="test accuracy (clean labels)", xlim=(0, 1))
    ax.invert_yaxis()
    ax.grid(False)
