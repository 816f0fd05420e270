"""Drawings of the page *Softmax regression, concise*."""

from __future__ import annotations

import matplotlib.pyplot as plt


def sweep(histories, lr):
    """Draw the test accuracy by epoch of every learning rate in {lr: History}, with one of them emphasised."""
    axes = plt.gca()
    for history in histories.values():
        axes.plot(history.epochs, history["test accuracy"], color="0.8")
    chosen = histories[lr]
    axes.plot(chosen.epochs, chosen["test accuracy"], "o-", linewidth=2.5)
    axes.set(xlabel="epoch", ylabel="test accuracy", ylim=(0.4, 1), title=f"last training loss {chosen['train loss'][-1]:.2f}")


def two_runs(first, second):
    """Draw the test accuracies by epoch of two lists of runs (History), one colour a list."""
    axes = plt.gca()
    for histories, name, colour in [(first, "std 0.01", "C0"), (second, "default", "C1")]:
        for i, history in enumerate(histories):
            axes.plot(history.epochs, history["test accuracy"], color=colour, label=name if i == 0 else None)
    axes.set(xlabel="epoch", ylabel="test accuracy")
    axes.legend()
