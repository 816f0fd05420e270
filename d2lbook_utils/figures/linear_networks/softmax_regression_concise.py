"""Drawings of the page *Softmax regression, concise*."""

from __future__ import annotations

from ...plotting import new_figure


def sweep(histories, lr):
    """Draw the test accuracy by epoch of every learning rate in {lr: History}, with one of them emphasised."""
    _, ax = new_figure()
    for history in histories.values():
        ax.plot(history.epochs, history["test accuracy"], color="0.8")
    chosen = histories[lr]
    ax.plot(chosen.epochs, chosen["test accuracy"], "o-", linewidth=2.5)
    ax.set(
        xlabel="epoch",
        ylabel="validation accuracy",
        ylim=(0.4, 1),
        title=f"last training loss {chosen['train loss'][-1]:.2f}",
    )


def two_runs(first, second):
    """Draw the test accuracies by epoch of two lists of runs (History), one colour a list."""
    _, ax = new_figure()
    for histories, name, color in [(first, "std 0.01", "C0"), (second, "default", "C1")]:
        for i, history in enumerate(histories):
            ax.plot(history.epochs, history["test accuracy"], color=color, label=name if i == 0 else None)
    ax.set(xlabel="epoch", ylabel="validation accuracy")
    ax.legend()
