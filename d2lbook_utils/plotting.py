"""Figures of the book: curves, descent paths and decision regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ._display import FMTS, as_list, set_axes, to_numpy, use_book_style, with_gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def new_figure(
    rows: int = 1, cols: int = 1, *, figsize: tuple[float, float] | None = None, **subplots_kwargs: Any
) -> tuple[Figure, Any]:
    """Return a figure in the book's style and its axes, as ``plt.subplots`` does.

    The first call turns the style on (matplotlib's rcParams) for the whole session.

    Args:
        rows, cols: layout of the axes.
        figsize: width and height in inches; None makes it 4.5 x 3 for one, at most 7 wide for several.
        subplots_kwargs: passed on to ``plt.subplots``, for example ``sharey=True``.
    """
    import matplotlib.pyplot as plt

    if figsize is None:
        width = min(4.5 * cols, 7)
        figsize = (width, rows * max(2.2, width / cols * 2 / 3))
    use_book_style()
    return plt.subplots(rows, cols, figsize=figsize, **subplots_kwargs)


def plot(
    X,
    Y=None,
    *,
    xlabel: str = "",
    ylabel: str = "",
    legend: Sequence[str] | None = None,
    xlim=None,
    ylim=None,
    xscale: str = "linear",
    yscale: str = "linear",
    fmts: Sequence[str] = FMTS,
    figsize: tuple[float, float] = (4.5, 3),
    ax: Axes | None = None,
) -> None:
    """Draw one curve or several; ``plot(Y)`` counts the points 0, 1, 2, ...

    NaN and infinite values leave gaps.

    Args:
        X: shape (n,), shared by all curves, or one row for each curve.
        Y: shape (n,), or (curves, n), or a list of curves of different lengths.
        legend: one name for each curve.
        fmts: matplotlib formats, used in turn.
        figsize: width and height in inches.
        ax: axes to draw on; None makes a figure.

    Raises:
        ValueError: shapes or counts disagree.
        TypeError: values that are no real numbers.
    """
    ys = _curves(X if Y is None else Y, "Y")
    xs = [np.arange(len(y)) for y in ys] if Y is None else _curves(X, "X")
    if len(xs) == 1:
        xs = xs * len(ys)
    if len(xs) != len(ys):
        raise ValueError(f"plot: X has {len(xs)} curves but Y has {len(ys)}")
    for i, (x, y) in enumerate(zip(xs, ys)):
        if len(x) != len(y):
            name = "Y" if len(ys) == 1 else f"Y[{i}]"
            raise ValueError(f"plot: X has {len(x)} points but {name} has {len(y)}")
    names = [None] * len(ys) if legend is None else as_list(legend)
    if len(names) != len(ys):
        raise ValueError(f"plot: legend has {len(names)} names but there are {len(ys)} curves")
    fmts = as_list(fmts)
    if ax is None:
        _, ax = new_figure(figsize=figsize)
    for i, (x, y, name) in enumerate(zip(xs, ys, names)):
        ax.plot(x, y, fmts[i % len(fmts)], label=name)
    set_axes(ax, xlabel, ylabel, xlim, ylim, xscale, yscale)
    if legend is not None:
        ax.legend()


def show_trace_2d(
    f: Callable,
    trace,
    *,
    xlim=None,
    ylim=None,
    xlabel: str = "x1",
    ylabel: str = "x2",
    levels: int | Sequence[float] = 12,
    ax: Axes | None = None,
) -> None:
    """Draw the path of an optimiser over the contours of f(x1, x2).

    Args:
        f: works elementwise on two tensors of equal shape.
        trace: shape (T, 2), the points visited.
        xlim, ylim: limits of the plane; None takes the path with some room around it.
        levels: number of contours, or their heights.
        ax: axes to draw on; None makes a figure.

    Raises:
        ValueError: a wrong shape of trace or of what f returns.
        TypeError: values that are no real numbers.
    """
    path = to_numpy(trace, "show_trace_2d", "trace")
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0:
        raise ValueError(f"show_trace_2d: trace has shape {path.shape}, expected (T, 2)")
    path = with_gaps(path)
    xlim, ylim = xlim or _range_around(path[:, 0]), ylim or _range_around(path[:, 1])
    x1, x2 = torch.meshgrid(torch.linspace(*xlim, 101), torch.linspace(*ylim, 101), indexing="xy")
    heights = to_numpy(f(x1, x2), "show_trace_2d", "f(x1, x2)")
    if heights.shape != x1.shape:
        raise ValueError(
            f"show_trace_2d: f returned shape {heights.shape} for inputs of shape "
            f"{tuple(x1.shape)}; it must work elementwise"
        )
    use_book_style()
    if ax is None:
        _, ax = new_figure()
    ax.contour(x1.numpy(), x2.numpy(), np.ma.masked_invalid(heights), levels=levels, colors="0.6", linewidths=0.8)
    ax.plot(path[:, 0], path[:, 1], "C1.-")
    ax.plot(*path[0], "C0s", label="start")
    ax.plot(*path[-1], "C2o", label="end")
    set_axes(ax, xlabel, ylabel, xlim, ylim)
    ax.grid(False)
    ax.legend()


def plot_decision_regions(predict, X, y, *, ax=None):
    """Colour the plane by the class that a model predicts, with the examples on top.

    Page: perceptron

    Args:
        predict: maps points (n, 2) to n numbers, one for each class.
        X: examples, shape (n, 2).
        y: their classes, shape (n,).
        ax: axes to draw on; None makes a figure.

    Raises:
        ValueError: X has another shape, or y another length.
    """
    if X.ndim != 2 or X.shape[1] != 2 or len(X) != len(y):
        raise ValueError(
            f"plot_decision_regions: X must be (n, 2) and y (n,), got {tuple(X.shape)} and {tuple(y.shape)}"
        )
    ax = ax or new_figure()[1]
    room = (X.max(dim=0).values - X.min(dim=0).values) / 5 + 1e-3
    low, high = X.min(dim=0).values - room, X.max(dim=0).values + room
    sides = [torch.linspace(a, b, 201, dtype=X.dtype) for a, b in zip(low.tolist(), high.tolist())]
    points = torch.cartesian_prod(*sides)  # (201^2, 2)
    with torch.no_grad():
        regions = predict(points).reshape(201, 201).T
    classes = y.unique().float()
    edges = [classes[0] - 1, *(classes[1:] + classes[:-1]) / 2, classes[-1] + 1]
    ax.contourf(*sides, regions, levels=edges, alpha=0.25, colors=[f"C{i}" for i in range(len(classes))])
    for i, name in enumerate(classes):
        ax.scatter(
            *X[y == name].T, color=f"C{i}", marker="os^Dv"[i % 5], edgecolor="black", label=f"class {name:g}", zorder=2
        )
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.legend()


def _curves(values, name: str) -> list[np.ndarray]:
    """Return one float array (n,) for each curve of (n,), (curves, n) or a list of curves."""
    several = isinstance(values, (list, tuple)) and any(np.ndim(v) or isinstance(v, list) for v in values)
    if several:
        curves = [to_numpy(v, "plot", f"{name}[{i}]") for i, v in enumerate(values)]
    else:
        array = to_numpy(values, "plot", name)
        column = array.ndim == 2 and array.shape[1] == 1 < len(array)
        curves = list(array) if array.ndim == 2 and not column else [array]
    for curve in curves:
        if curve.ndim != 1:
            raise ValueError(
                f"plot: {name} has shape {curve.shape}, expected (n,) for one curve or (curves, n) for several"
            )
    if not any(len(curve) for curve in curves):
        raise ValueError(f"plot: {name} is empty")
    return [with_gaps(curve) for curve in curves]


def _range_around(values: np.ndarray) -> tuple[float, float]:
    """Return limits that leave a quarter of the values' range free on either side."""
    values = values[np.isfinite(values)]
    if len(values) == 0:
        raise ValueError("show_trace_2d: trace holds no finite point")
    room = (values.max() - values.min()) / 4 or 1.0
    return values.min() - room, values.max() + room
