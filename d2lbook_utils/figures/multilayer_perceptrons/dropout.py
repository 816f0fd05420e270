"""Drawings of the page *Dropout*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch

from d2lbook_utils.plotting import new_figure

FATES = (("true class", "C2"), ("wrong label", "C1"), ("neither", "0.8"))


def layer(values, p, shown=60):
    """Draw the first units of a layer after dropout, discs as large as their values and crosses where they are 0; below, the histogram of all values and their mean."""
    figure = plt.gcf()
    figure.set_size_inches(4.8, 4.4)
    units, histogram = figure.subplots(2, 1, gridspec_kw={"height_ratios": [2, 3]})
    place = torch.arange(shown)
    x, y, first = place % 15, place // 15, values[:shown]
    alive = first != 0
    units.scatter(x[alive].numpy(), y[alive].numpy(), s=(22 * first[alive]).numpy(), color="C1")
    units.scatter(x[~alive].numpy(), y[~alive].numpy(), s=30, color="0.6", marker="x")
    units.set(xlim=(-0.7, 14.7), ylim=(-0.7, (shown - 1) // 15 + 0.7), title=f"p = {p:g}: {int(alive.sum())} of {shown} units survive")
    units.axis("off")
    edges = torch.arange(-0.25, 12.6, 0.5)
    weights = torch.full_like(values, 1 / len(values))
    histogram.hist(values.numpy(), bins=edges.numpy(), weights=weights.numpy(), color="C0", label="units")
    mean = values.mean().item()
    histogram.axvline(mean, color="black", linestyle="--", label=f"mean {mean:.2f}")
    histogram.set(xlabel="value after dropout", ylabel="share of units", xlim=(-0.5, 12), ylim=(0, 0.8))
    histogram.legend(loc="upper right")


def bowl(loss, p, best):
    """Draw the contour lines of ``loss(w1, w2, p)`` over the plane of the two weights, and the best weights: a point, or the line w1 + w2 = 1 if ``best`` is None."""
    figure = plt.gcf()
    figure.set_size_inches(4.2, 3.9)
    axes = plt.gca()
    grid = torch.linspace(-0.6, 1.6, 89)
    w1, w2 = torch.meshgrid(grid, grid, indexing="xy")
    levels = [0.02, 0.1, 0.25, 0.5, 1, 2, 4, 8]
    height = loss(w1, w2, p)
    height = height - height.min()
    axes.contour(w1.numpy(), w2.numpy(), height.numpy(), levels=levels, cmap="viridis", linewidths=1.2)
    if best is None:
        axes.plot([-0.6, 1.6], [1.6, -0.6], color="C1", linewidth=3, label="all best weights")
    else:
        axes.plot(*best, "*", color="C1", markersize=16, markeredgecolor="black", label=f"best: ({best[0]:.2f}, {best[1]:.2f})")
    axes.plot(1, 0, "ks", markersize=7, label="(1, 0): one word alone")
    axes.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), aspect="equal", xlabel="$w_1$, first word", ylabel="$w_2$, second word", title=f"average loss, p = {p:g}")
    axes.legend(loc="lower left")


def network(masks, name, num_inputs=4, num_outputs=3):
    """Draw a network whose hidden units are kept where a mask is true; a dropped unit is an empty dashed circle with a cross and has no edges."""
    figure = plt.gcf()
    figure.set_size_inches(4.6, 3.6)
    axes = plt.gca()
    columns = [[True] * num_inputs, *[mask.tolist() for mask in masks], [True] * num_outputs]
    places = [[(2.0 * i, (len(column) - 1) / 2 - j) for j in range(len(column))] for i, column in enumerate(columns)]
    for left, right, alive_left, alive_right in zip(places, places[1:], columns, columns[1:]):
        for start, a in zip(left, alive_left):
            for end, b in zip(right, alive_right):
                if a and b:
                    axes.plot(*zip(start, end), color="C0", linewidth=1, alpha=0.7, zorder=1)
    for column, alive in zip(places, columns):
        for (x, y), on in zip(column, alive):
            axes.add_patch(plt.Circle((x, y), 0.33, facecolor="#F3D2BD" if on else "white", edgecolor="black" if on else "0.6",
                                      linestyle="-" if on else "--", linewidth=1.5, zorder=3))
            if not on:
                axes.plot(x, y, "x", color="0.5", markersize=10, zorder=4)
    top = max(len(column) for column in columns) / 2 + 0.15
    for i, label in enumerate(("input", "hidden 1", "hidden 2", "output")):
        axes.text(2.0 * i, top, label, ha="center", va="bottom", fontsize=11)
    kept = " and ".join(f"{int(mask.sum())} of {len(mask)}" for mask in masks)
    axes.set(xlim=(-0.7, 6.7), ylim=(-top, top + 0.5), aspect="equal", title=f"{name}: {kept} hidden units")
    axes.axis("off")


def fates(epochs, test_accuracy, fates, epoch):
    """Draw the test accuracy of each network with a mark at ``epoch``, and below what each answers on the wrongly labelled images then.

    epochs: those that were measured; test_accuracy: name -> one number for each; fates: name -> (len(epochs), 3), shares of true class, wrong label and neither.
    """
    now = epochs.index(epoch)
    figure = plt.gcf()
    figure.set_size_inches(4.8, 4.6)
    curves, bars = figure.subplots(2, 1, gridspec_kw={"height_ratios": [3, 2]})
    for colour, (name, values) in enumerate(test_accuracy.items()):
        curves.plot(epochs, values, "-" if colour else "--", color=f"C{colour}", label=name)
        curves.plot(epoch, values[now], "o", color=f"C{colour}", markeredgecolor="black", markersize=9)
    curves.set(xlabel="epoch", ylabel="test accuracy", ylim=(0.2, 0.9))
    curves.legend(loc="lower right")
    for row, shares in enumerate(fates.values()):
        left = 0.0
        for (label, colour), share in zip(FATES, shares[now].tolist()):
            bars.barh(row, share, left=left, color=colour, edgecolor="white", label=label if row == 0 else None)
            if share > 0.12:
                bars.text(left + share / 2, row, f"{share:.0%}", ha="center", va="center", color="black" if colour == "0.8" else "white", weight="bold")
            left += share
    bars.set(xlim=(0, 1), yticks=range(len(fates)), yticklabels=list(fates), xlabel="answers on wrongly labelled training images")
    bars.invert_yaxis()
    bars.grid(False)
    bars.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, frameon=False)


def fan(x, y, grid, passes):
    """Draw data, the predictions of many passes with dropout left on, their mean and a band of two standard deviations.

    passes: (number of passes, number of grid points).
    """
    axes = new_figure(figsize=(4.8, 3.4))[1]
    mean, spread = passes.mean(dim=0), passes.std(dim=0)
    axes.fill_between(grid.numpy(), (mean - 2 * spread).numpy(), (mean + 2 * spread).numpy(), color="C0", alpha=0.2, label="mean ± 2 spreads")
    axes.plot(grid, passes[:12].T, color="C0", linewidth=0.6, alpha=0.6)
    axes.plot(grid, mean, color="C0", linewidth=2.5, label="mean of the passes")
    axes.plot(x, y, "o", color="C1", markersize=4, label="training data")
    axes.set(xlabel="x", ylabel="y")
    axes.legend(loc="lower left")
