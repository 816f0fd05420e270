"""Drawings of the page *Predicting house prices*."""

from __future__ import annotations

import numpy as np
import torch

from ...plotting import new_figure
from ..diagram import number

_DOLLARS = (50_000, 100_000, 200_000, 400_000, 800_000, 1_600_000)


def missing(table):
    """Map the empty cells of a table: a row for each column with gaps, the fullest on top, with their number.

    The houses are sorted by the areas of garage and basement, so that houses without one stand together.
    """
    gaps = table.isna().sum().sort_values(kind="stable")
    names = gaps.index[gaps > 0]
    order = table.sort_values(["GarageArea", "TotalBsmtSF"], kind="stable").index
    _, ax = new_figure(figsize=(5.6, 4.6))
    ax.imshow(
        table.loc[order, names].isna().to_numpy().T,
        aspect="auto",
        cmap="Blues",
        vmin=0,
        vmax=1.2,
        interpolation="nearest",
    )
    ax.set_yticks(range(len(names)), names)
    for row, name in enumerate(names):
        ax.text(len(table) * 1.01, row, gaps[name], va="center", fontsize=9)
    ax.set(xlabel="houses, those without a garage first")
    ax.grid(False)


def prices(price):
    """Draw histograms of prices in dollars and of their natural logarithms, with their skewness."""
    price = np.asarray(price, dtype=float)
    _, axes = new_figure(1, 2, figsize=(6, 2.6))
    quantities = [(price / 1000, "price in 1,000 dollars"), (np.log(price), "log price")]
    for ax, (values, label) in zip(axes, quantities):
        skew = (((values - values.mean()) / values.std()) ** 3).mean()
        ax.hist(values, 40)
        ax.set(xlabel=label, ylabel="houses", title=f"skewness {number(skew, '.1f')}")


def ridge(strengths, learn, valid, price, predicted, chosen):
    """Draw both errors against the strength of the penalty with one strength marked, and below its predictions.

    learn, valid: an error for each strength; price, predicted: tensors (n,) in dollars.
    """
    _, (top, bottom) = new_figure(2, 1, figsize=(4.6, 5.4), height_ratios=[1, 1.5])
    i = strengths.index(chosen)
    for errors, label in ((learn, "training"), (valid, "validation")):
        (line,) = top.plot(strengths, errors, "-", label=label)
        top.plot(chosen, errors[i], "o", color=line.get_color())
    top.set(
        xscale="log",
        xlabel="strength of the penalty",
        ylabel="log-RMSE",
        title=f"training {learn[i]:.3f}, validation {valid[i]:.3f}",
    )
    top.legend()
    _scatter(bottom, price, predicted)


def _scatter(ax, price, predicted):
    price, predicted = np.asarray(price), np.asarray(predicted)
    ax.plot(price, predicted, ".", markersize=3, alpha=0.5)
    ax.plot(_DOLLARS[:5], _DOLLARS[:5], "--", color="black", linewidth=1)
    names = [f"{dollars // 1000}" for dollars in _DOLLARS]
    ax.set(
        xscale="log",
        yscale="log",
        xlim=(30_000, 900_000),
        ylim=(30_000, 3_000_000),
        xlabel="true price (1,000 dollars)",
        ylabel="predicted (1,000 dollars)",
    )
    for axis, count in ((ax.xaxis, 5), (ax.yaxis, 6)):
        axis.set_ticks(_DOLLARS[:count], names[:count])
        axis.set_ticks([], minor=True)


def leaders(errors):
    """Draw fold errors, {model: (k,)}, a row a model; a fold keeps its marker, the bar is the mean."""
    _, ax = new_figure(figsize=(5.6, 0.42 * len(errors) + 0.9))
    for row, folds in enumerate(errors.values()):
        for fold, marker in zip(folds, "os^Dvp*XPh"):
            ax.plot(float(fold), row, marker, color="C0", markersize=5, alpha=0.7)
        mean = float(folds.mean())
        ax.plot([mean, mean], [row - 0.35, row + 0.35], color="C1", linewidth=2.5)
    ax.set_yticks(range(len(errors)), list(errors))
    ax.invert_yaxis()
    ax.set(xscale="log", xlabel="log-RMSE on the validation fold (a marker a fold, bar: mean)")
    low, high = ax.get_xlim()
    ticks = [tick for tick in (0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.4, 0.5) if low <= tick <= high]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.set_xticks([], minor=True)


def worst_houses(price, predicted, ids, worst):
    """Scatter predicted against true prices and name the houses at the positions ``worst``."""
    _, ax = new_figure(figsize=(4.8, 4.4))
    _scatter(ax, price, predicted)
    for i in worst:
        ax.plot(float(price[i]), float(predicted[i]), "o", markersize=7, markerfacecolor="none", color="C1")
        ax.annotate(
            f"{int(ids[i])}",
            (float(price[i]), float(predicted[i])),
            xytext=(6, 3),
            textcoords="offset points",
            fontsize=9,
        )


def splits(random, by_time, gap):
    """Draw the errors of random splits as dots, that of the split by time as a line, and a bar of length ``gap``."""
    _, ax = new_figure(figsize=(5.4, 2.2))
    height = np.linspace(-0.2, 0.2, len(random))
    ax.plot(random, height, "o", label="random splits")
    ax.axvline(by_time, color="C1", label="2009-10 after 2006-08")
    left = min(random)
    ax.plot([left, left + gap], [-0.36, -0.36], color="black", linewidth=4, label="gap of two models")
    ax.set(xlabel="log-RMSE on the validation part", ylim=(-0.5, 0.95), yticks=[])
    ax.legend(loc="upper center", ncols=2)


def fold_curves(curves, limits=(0.09, 1.0)):
    """Draw the validation error of every fold, ``curves`` of shape (k, epochs), and their mean against the epoch."""
    curves = torch.as_tensor(curves)
    _, ax = new_figure(figsize=(4.6, 3))
    epochs = range(1, curves.shape[1] + 1)
    for curve in curves:
        ax.plot(epochs, curve.numpy(), color="C0", linewidth=0.8, alpha=0.7)
    ax.plot(epochs, curves.mean(dim=0).numpy(), color="C1", label="mean of the folds")
    ax.set(xlabel="epoch", ylabel="validation log-RMSE", yscale="log", ylim=limits)
    ticks = [tick for tick in (0.1, 0.15, 0.2, 0.3, 0.5, 1.0) if limits[0] <= tick <= limits[1]]
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.set_yticks([], minor=True)
    ax.legend()
