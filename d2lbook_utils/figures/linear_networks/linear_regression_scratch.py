"""Drawings of the page *Linear regression from scratch*."""

from __future__ import annotations

import torch
from matplotlib.colors import ListedColormap

from ...plotting import new_figure
from ..diagram import number


def cloud(X, y):
    """Draw the target against each of the two features, one panel below the other."""
    _, axes = new_figure(2, 1, figsize=(4.4, 4.6), sharey=True)
    for j, ax in enumerate(axes):
        ax.plot(X[:, j], y[:, 0], ".", markersize=3, color=f"C{j}")
        ax.set(xlabel=f"feature {j + 1}", ylabel="target y")


def batches(epochs, batch_size):
    """Draw which batch every example belongs to, one row of squares for each epoch's order (n,)."""
    _, ax = new_figure(figsize=(6, 2.1))
    n = len(epochs[0])
    batch = torch.zeros(len(epochs), n)
    for row, order in zip(batch, epochs):
        row[order] = torch.arange(n).div(batch_size, rounding_mode="floor").float()
    colors = ListedColormap(["#0072B2", "#E69F00", "#999999"])
    ax.imshow(batch.numpy(), cmap=colors, vmin=0, vmax=2, aspect="auto")
    for i in range(len(epochs)):
        for j in range(n):
            number = int(batch[i, j])
            ax.text(j, i, number + 1, ha="center", va="center", fontsize=10, color="white" if number == 0 else "black")
    ax.set(xlabel="example", ylabel="epoch", xticks=range(0, n, 4), yticks=range(len(epochs)))
    ax.set_yticklabels(range(1, len(epochs) + 1))
    ax.grid(False)


def line(X, y, path, losses, predicted, step):
    """Draw the cloud of feature 2, the model's line at feature 1 = 0 after some steps, and the loss up to there.

    path: (w, b) after each step; losses, predicted: one number a step, from step 0.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.4, 5), gridspec_kw={"height_ratios": [1.4, 1]})
    w, b = path[step]
    ends = torch.tensor([-3.2, 3.2])
    top.plot(X[:, 1], y[:, 0], ".", markersize=3, color="0.65")
    top.plot(ends, b + w[1] * ends, linewidth=3, color="C1")
    top.set(
        xlabel="feature 2",
        ylabel="target y",
        xlim=(-3.3, 3.3),
        ylim=(-9, 18),
        title=f"$w_1$ = {number(w[0], '.2f')}, $w_2$ = {number(w[1], '.2f')}, $b$ = {number(b, '.2f')}",
    )
    bottom.plot(losses, label="measured")
    bottom.plot(predicted, "--", color="0.4", label="predicted")
    bottom.plot(step, losses[step], "o", markersize=9, color="C1")
    bottom.set(xlabel="step", ylabel="loss", yscale="log")
    bottom.legend()


def noise_floor(losses, floor):
    """Draw a run's loss, one number a step, and the level of its noise floor."""
    _, ax = new_figure()
    ax.plot(losses, label="loss")
    ax.axhline(floor, linestyle="--", color="C1", label="half the noise variance")
    ax.set(xlabel="step", ylabel="loss", yscale="log", ylim=(1e-6, 100), title=f"last loss {losses[-1]:.1e}")
    ax.legend(loc="upper right")


def slips(runs, floor):
    """Draw the losses of several runs, {name: one number a step}, and the noise floor."""
    _, ax = new_figure(figsize=(4.8, 3.8))
    for (name, losses), style in zip(runs.items(), ("-", "--", "-.", ":")):
        ax.plot(losses, style, linewidth=2, label=name)
    ax.axhline(floor, color="0.5", linewidth=1, label="noise floor")
    ax.set(xlabel="step", ylabel="loss", yscale="log")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncol=2)
