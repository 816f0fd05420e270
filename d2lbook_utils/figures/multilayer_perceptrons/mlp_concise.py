"""Drawings of the page *Multilayer perceptrons, concise*."""

from __future__ import annotations

from ...plotting import new_figure


def pairs(now, names, epoch, accuracy):
    """Draw the accuracies (2, runs) of two kinds of runs, with lines that join the runs of one order of batches.

    accuracy: (epochs, 2, runs), from which the limits are taken; the first epoch may lie beyond them.
    """
    _, ax = new_figure()
    for k, pair in enumerate(now.T.tolist()):
        ax.plot([0, 1], pair, "o-", label=f"order {k + 1}")
    low, high = accuracy[1:].min().item(), accuracy.max().item()
    gap = (now[0].mean() - now[1].mean()).item()
    leader = names[0] if gap > 0 else names[1]
    ax.set(
        xlim=(-0.3, 1.9),
        ylim=(low - 0.02, high + 0.02),
        xlabel="start",
        ylabel="test accuracy",
        title=f"epoch {epoch}: {leader} ahead by {abs(gap):.3f}",
    )
    ax.set_xticks([0, 1], names)
    ax.legend(loc="right")
