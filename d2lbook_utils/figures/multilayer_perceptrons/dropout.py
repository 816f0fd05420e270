"""Drawings of the page *Dropout*."""

from __future__ import annotations

import torch

from ...plotting import new_figure
from ..diagram import column, connect, node

FATES = (("true class", "C2"), ("wrong label", "C1"), ("neither", "0.8"))


def layer(values, p, shown=60):
    """Draw the first units of a layer after dropout, and below the histogram of all values with their mean.

    A unit is a disc as large as its value, or a cross where it is 0.
    """
    _, (units, histogram) = new_figure(2, 1, figsize=(4.8, 4.4), gridspec_kw={"height_ratios": [2, 3]})
    place = torch.arange(shown)
    x, y, first = place % 15, place // 15, values[:shown]
    alive = first != 0
    units.scatter(x[alive].numpy(), y[alive].numpy(), s=(22 * first[alive]).numpy(), color="C1")
    units.scatter(x[~alive].numpy(), y[~alive].numpy(), s=30, color="0.6", marker="x")
    units.set(xlim=(-0.7, 14.7), ylim=(-0.7, (shown - 1) // 15 + 0.7))
    units.set_title(f"p = {p:g}: {int(alive.sum())} of {shown} units survive")
    units.axis("off")
    edges = torch.arange(-0.25, 12.6, 0.5)
    weights = torch.full_like(values, 1 / len(values))
    histogram.hist(values.numpy(), bins=edges.numpy(), weights=weights.numpy(), color="C0", label="units")
    mean = values.mean().item()
    histogram.axvline(mean, color="black", linestyle="--", label=f"mean {mean:.2f}")
    histogram.set(xlabel="value after dropout", ylabel="share of units", xlim=(-0.5, 12), ylim=(0, 0.8))
    histogram.legend(loc="upper right")


def bowl(loss, p, best):
    """Draw the contour lines of ``loss(w1, w2, p)`` over the plane of the two weights, and the best weights.

    best: a point, or None for the whole line w1 + w2 = 1.
    """
    _, ax = new_figure(figsize=(4.2, 3.9))
    grid = torch.linspace(-0.6, 1.6, 89)
    w1, w2 = torch.meshgrid(grid, grid, indexing="xy")
    levels = [0.02, 0.1, 0.25, 0.5, 1, 2, 4, 8]
    height = loss(w1, w2, p)
    height = height - height.min()
    ax.contour(w1.numpy(), w2.numpy(), height.numpy(), levels=levels, cmap="viridis", linewidths=1.2)
    if best is None:
        ax.plot([-0.6, 1.6], [1.6, -0.6], color="C1", linewidth=3, label="all best weights")
    else:
        label = f"best: ({best[0]:.2f}, {best[1]:.2f})"
        ax.plot(*best, "*", color="C1", markersize=16, markeredgecolor="black", label=label)
    ax.plot(1, 0, "ks", markersize=7, label="(1, 0): one word alone")
    ax.set(
        xlim=(-0.6, 1.6),
        ylim=(-0.6, 1.6),
        aspect="equal",
        xlabel="$w_1$, first word",
        ylabel="$w_2$, second word",
        title=f"average loss, p = {p:g}",
    )
    ax.legend(loc="lower left")


def network(masks, name, num_inputs=4, num_outputs=3):
    """Draw a network whose hidden units are kept where a mask is true.

    A dropped unit is an empty dashed circle with a cross and has no edges. masks: one bool tensor a hidden layer.
    """
    _, ax = new_figure(figsize=(4.6, 3.6))
    layers = [[True] * num_inputs, *[mask.tolist() for mask in masks], [True] * num_outputs]
    columns = [column(2.0 * i, len(kept)) for i, kept in enumerate(layers)]
    alive = [[place for place, on in zip(places, kept) if on] for places, kept in zip(columns, layers)]
    for starts, ends in zip(alive, alive[1:]):
        connect(ax, starts, ends, color="C0", linewidth=1, alpha=0.7)
    for places, kept in zip(columns, layers):
        for place, on in zip(places, kept):
            if on:
                node(ax, place, color="#F3D2BD")
            else:
                node(ax, place, "\N{MULTIPLICATION SIGN}", edgecolor="0.6", linestyle="--", ink="0.5", fontsize=18)
    top = max(len(kept) for kept in layers) / 2 + 0.15
    for i, label in enumerate(("input", "hidden 1", "hidden 2", "output")):
        ax.text(2.0 * i, top, label, ha="center", va="bottom", fontsize=11)
    kept = " and ".join(f"{int(mask.sum())} of {len(mask)}" for mask in masks)
    ax.set(xlim=(-0.7, 6.7), ylim=(-top, top + 0.5), aspect="equal", title=f"{name}: {kept} hidden units")
    ax.axis("off")


def label_fates(epochs, test_accuracy, fates, epoch):
    """Draw the test accuracy of each network with a mark at ``epoch``, and below its answers on wrong labels then.

    epochs: those that were measured; test_accuracy: name -> one number for each;
    fates: name -> (len(epochs), 3), shares of true class, wrong label and neither.
    """
    now = epochs.index(epoch)
    _, (curves, bars) = new_figure(2, 1, figsize=(4.8, 4.6), gridspec_kw={"height_ratios": [3, 2]})
    for color, (name, values) in enumerate(test_accuracy.items()):
        curves.plot(epochs, values, "-" if color else "--", color=f"C{color}", label=name)
        curves.plot(epoch, values[now], "o", color=f"C{color}", markeredgecolor="black", markersize=9)
    curves.set(xlabel="epoch", ylabel="test accuracy", ylim=(0.2, 0.9))
    curves.legend(loc="lower right")
    for row, shares in enumerate(fates.values()):
        left = 0.0
        for (label, color), share in zip(FATES, shares[now].tolist()):
            bars.barh(row, share, left=left, color=color, edgecolor="white", label=label if row == 0 else None)
            if share > 0.12:
                ink = "black" if color == "0.8" else "white"
                bars.text(left + share / 2, row, f"{share:.0%}", ha="center", va="center", color=ink, weight="bold")
            left += share
    bars.set(
        xlim=(0, 1),
        yticks=range(len(fates)),
        yticklabels=list(fates),
        xlabel="answers on wrongly labelled training images",
    )
    bars.invert_yaxis()
    bars.grid(False)
    bars.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, frameon=False)


def fan(x, y, grid, passes):
    """Draw data, the predictions of many passes with dropout left on, their mean and a band of two standard deviations.

    passes: (number of passes, number of grid points).
    """
    _, ax = new_figure(figsize=(4.8, 3.4))
    mean, spread = passes.mean(dim=0), passes.std(dim=0)
    low, high = mean - 2 * spread, mean + 2 * spread
    ax.fill_between(grid, low, high, color="C0", alpha=0.2, label="mean ± 2 spreads")
    ax.plot(grid, passes[:12].T, color="C0", linewidth=0.6, alpha=0.6)
    ax.plot(grid, mean, color="C0", linewidth=2.5, label="mean of the passes")
    ax.plot(x, y, "o", color="C1", markersize=4, label="training data")
    ax.set(xlabel="x", ylabel="y")
    ax.legend(loc="lower left")
