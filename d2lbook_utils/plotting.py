"""Figures of the book: curves, images, boxes, heat maps and descent paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ._display import FMTS, as_list, ink_on, set_axes, to_numpy, use_book_style, with_gaps

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def new_figure(rows: int = 1, cols: int = 1, *, figsize: tuple[float, float] | None = None,
               **subplots_kwargs: Any) -> tuple[Figure, Any]:
    """Return a figure in the book's style and its axes, as `plt.subplots` does.

    The first call turns the style on (matplotlib's rcParams) for the whole session.
    rows, cols: layout of the axes; figsize: width and height in inches
    (default: 4.5 x 3 for one, at most 7 wide for several);
    subplots_kwargs: passed on to `plt.subplots`, for example `sharey=True`.
    """
    import matplotlib.pyplot as plt

    if figsize is None:
        width = min(4.5 * cols, 7)
        figsize = (width, rows * max(2.2, width / cols * 2 / 3))
    use_book_style()
    return plt.subplots(rows, cols, figsize=figsize, **subplots_kwargs)


def plot(X, Y=None, *, xlabel: str = "", ylabel: str = "", legend: Sequence[str] | None = None,
         xlim=None, ylim=None, xscale: str = "linear", yscale: str = "linear",
         fmts: Sequence[str] = FMTS, figsize: tuple[float, float] = (4.5, 3),
         ax: Axes | None = None) -> None:
    """Draw one curve or several; `plot(Y)` counts the points 0, 1, 2, ...

    X: (n,), shared by all curves, or one row per curve; Y: (n,) or one row
    per curve, (curves, n) or a list of curves of different lengths.
    NaN and infinite values leave gaps. fmts: matplotlib formats, used in turn;
    ax: draw there, instead of on a new figure of size figsize (inches).
    Raises ValueError for shapes or counts that disagree, TypeError for values
    that are not numbers.
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


def show_images(images, rows: int, cols: int, *, titles: Sequence[str] | None = None,
                scale: float = 1.5) -> None:
    """Show images in a grid, row by row; places left over stay empty.

    images: (n, ...) or a list of n images, each grey (H, W) or (1, H, W), or
    colour (3, H, W) or (H, W, 3); bool, uint8 in 0..255 or float in 0..1.
    titles: n strings; scale: width and height of one place in inches.
    Raises ValueError for shapes, counts or value ranges that do not fit,
    TypeError for other dtypes.
    """
    if len(images) == 0:
        raise ValueError("show_images: images is empty")
    if len(images) > rows * cols:
        raise ValueError(f"show_images: {len(images)} images but {rows} rows x {cols} columns "
                         f"hold {rows * cols}")
    titles = [""] * len(images) if titles is None else as_list(titles)
    if len(titles) != len(images):
        raise ValueError(f"show_images: {len(titles)} titles but {len(images)} images")
    pictures = [_picture(image, f"images[{i}]") for i, image in enumerate(images)]
    _, axes = new_figure(rows, cols, figsize=(cols * scale, rows * scale), squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for ax, picture, title in zip(axes.flat, pictures, titles):
        ax.imshow(picture, cmap="gray", vmin=0, vmax=1)
        ax.set_title(title)


def show_bboxes(ax: Axes, boxes, *, labels: Sequence[str] | None = None,
                colors: Sequence[str] | None = None) -> None:
    """Draw boxes on an image.

    boxes: (n, 4), n may be 0, each row x1, y1, x2, y2 (left, top, right,
    bottom) in pixels; labels: n strings; colors: matplotlib colours, used in
    turn (default: the book's colours). Raises ValueError for a wrong shape or
    count, or a box whose corners are swapped.
    """
    from matplotlib.patches import Rectangle

    boxes = to_numpy(boxes, "show_bboxes", "boxes")
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"show_bboxes: boxes has shape {boxes.shape}, expected (n, 4): "
                         "x1, y1, x2, y2 per box")
    labels = [""] * len(boxes) if labels is None else [str(label) for label in as_list(labels)]
    if len(labels) != len(boxes):
        raise ValueError(f"show_bboxes: {len(labels)} labels but {len(boxes)} boxes")
    use_book_style()
    colors = [f"C{i}" for i in range(7)] if colors is None else as_list(colors)
    for i, ((x1, y1, x2, y2), label) in enumerate(zip(boxes, labels)):
        if x2 < x1 or y2 < y1:
            raise ValueError(f"show_bboxes: boxes[{i}] is {x1:g}, {y1:g}, {x2:g}, {y2:g}, "
                             "expected x1 <= x2 and y1 <= y2")
        color = colors[i % len(colors)]
        ax.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=color,
                               linewidth=2))
        if label:
            ax.text(x1, y1, label, va="top", fontsize=9, color=ink_on(color),
                    bbox={"facecolor": color, "edgecolor": color, "pad": 1.5})


def show_heatmaps(matrices, *, xlabel: str = "", ylabel: str = "",
                  titles: Sequence[str] | None = None, figsize: tuple[float, float] | None = None,
                  cmap: str = "viridis", annotate: bool = False) -> None:
    """Show matrices as coloured grids with one shared colour bar.

    matrices: (rows, cols, h, w) or a single matrix (h, w); NaN and infinite
    entries stay white. titles: one per matrix, or one per column;
    figsize: inches; annotate: write the value into every cell.
    Raises ValueError for a wrong shape or number of titles.
    """
    values = to_numpy(matrices, "show_heatmaps", "matrices")
    if values.ndim not in (2, 4):
        raise ValueError(f"show_heatmaps: matrices has shape {values.shape}, expected "
                         "(rows, cols, h, w) or one matrix (h, w)")
    if values.size == 0:
        raise ValueError(f"show_heatmaps: matrices is empty, its shape is {values.shape}")
    digits = ".2f" if values.dtype.kind == "f" else ".0f"
    values = np.ma.masked_invalid(values.reshape((1, 1) * (values.ndim == 2) + values.shape)
                                  .astype(float))
    rows, cols, height, width = values.shape
    titles = [] if titles is None else as_list(titles)
    if len(titles) not in (0, cols, rows * cols):
        raise ValueError(f"show_heatmaps: {len(titles)} titles, expected {rows * cols} "
                         f"(one per matrix) or {cols} (one per column)")
    if figsize is None:
        side = min(3.5 if rows * cols == 1 else 2.2, 6 / cols)
        if annotate:
            side = max(side, 0.42 * width)
        figsize = (cols * side + 1, rows * (side * min(height / width, 2) + 0.3) + 0.4)
    figure, axes = new_figure(rows, cols, figsize=figsize, squeeze=False)
    low, high = (0, 1) if values.count() == 0 else (values.min(), values.max())
    for i, ax in enumerate(axes.flat):
        matrix = values[i // cols, i % cols]
        image = ax.imshow(matrix, cmap=cmap, vmin=low, vmax=high)
        ax.set(xlabel=xlabel if i // cols == rows - 1 else "",
               ylabel=ylabel if i % cols == 0 else "",
               title=titles[i] if i < len(titles) else "")
        ax.locator_params(integer=True, min_n_ticks=1)
        ax.grid(False)
        if annotate:
            for (row, col), value in np.ndenumerate(matrix):
                if np.isfinite(value):
                    ax.text(col, row, f"{value:{digits}}", ha="center", va="center", fontsize=9,
                            color=ink_on(image.cmap(image.norm(value))))
    figure.colorbar(image, ax=axes, shrink=0.8)


def show_trace_2d(f: Callable, trace, *, xlim=None, ylim=None, xlabel: str = "x1",
                  ylabel: str = "x2", levels: int | Sequence[float] = 12,
                  ax: Axes | None = None) -> None:
    """Draw the path of an optimiser over the contours of f(x1, x2).

    f: works elementwise on two tensors of equal shape; trace: (T, 2), the
    points visited; xlim, ylim: default to the path with some room around it;
    levels: number of contours, or their heights. Raises ValueError for a wrong
    shape of trace or of what f returns.
    """
    path = to_numpy(trace, "show_trace_2d", "trace")
    if path.ndim != 2 or path.shape[1] != 2 or len(path) == 0:
        raise ValueError(f"show_trace_2d: trace has shape {path.shape}, expected (T, 2)")
    path = with_gaps(path)
    xlim, ylim = xlim or _range_around(path[:, 0]), ylim or _range_around(path[:, 1])
    x1, x2 = torch.meshgrid(torch.linspace(*xlim, 101), torch.linspace(*ylim, 101), indexing="xy")
    heights = to_numpy(f(x1, x2), "show_trace_2d", "f(x1, x2)")
    if heights.shape != x1.shape:
        raise ValueError(f"show_trace_2d: f returned shape {heights.shape} for inputs of shape "
                         f"{tuple(x1.shape)}; it must work elementwise")
    use_book_style()
    if ax is None:
        _, ax = new_figure()
    ax.contour(x1, x2, np.ma.masked_invalid(heights), levels=levels, colors="0.6", linewidths=0.8)
    ax.plot(path[:, 0], path[:, 1], "C1.-")
    ax.plot(*path[0], "C0s", label="start")
    ax.plot(*path[-1], "C2o", label="end")
    set_axes(ax, xlabel, ylabel, xlim, ylim)
    ax.grid(False)
    ax.legend()


def plot_decision_regions(predict, X, y, *, ax=None):
    """Colour the plane by the class that a model predicts, with the examples on top.

    Built on the page *The perceptron*.

    Args:
        predict: maps points (n, 2) to n numbers, one for each class.
        X: examples, shape (n, 2).
        y: their classes, shape (n,).
        ax: axes to draw on; None makes a figure.

    Raises:
        ValueError: X has another shape, or y another length.
    """
    if X.ndim != 2 or X.shape[1] != 2 or len(X) != len(y):
        raise ValueError(f"plot_decision_regions: X must be (n, 2) and y "
                         f"(n,), got {tuple(X.shape)} and {tuple(y.shape)}")
    ax = ax or new_figure()[1]
    room = (X.max(dim=0).values - X.min(dim=0).values) / 5 + 1e-3
    low, high = X.min(dim=0).values - room, X.max(dim=0).values + room
    sides = [torch.linspace(a, b, 201, dtype=X.dtype)
             for a, b in zip(low.tolist(), high.tolist())]
    points = torch.cartesian_prod(*sides)                 # (201^2, 2)
    with torch.no_grad():
        regions = predict(points).reshape(201, 201).T
    classes = y.unique().float()
    edges = [classes[0] - 1, *(classes[1:] + classes[:-1]) / 2,
             classes[-1] + 1]
    ax.contourf(*sides, regions, levels=edges, alpha=0.25,
                colors=[f"C{i}" for i in range(len(classes))])
    for i, name in enumerate(classes):
        ax.scatter(*X[y == name].T, color=f"C{i}", marker="os^Dv"[i % 5],
                   edgecolor="black", label=f"class {name:g}", zorder=2)
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.legend()


def _curves(values, name: str) -> list[np.ndarray]:
    """Return one float array (n,) per curve."""
    if isinstance(values, (list, tuple)) and any(
            isinstance(v, (list, tuple)) or getattr(v, "ndim", 0) for v in values):
        curves = [to_numpy(v, "plot", f"{name}[{i}]") for i, v in enumerate(values)]
        shape = next((c.shape for c in curves if c.ndim != 1), None)
    else:
        array = to_numpy(values, "plot", name)
        curves = [array] if array.ndim == 1 else list(array) if array.ndim == 2 else []
        column = array.ndim == 2 and array.shape[0] > 1 and array.shape[1] == 1
        shape = array.shape if column or array.ndim not in (1, 2) else None
    if shape is not None:
        raise ValueError(f"plot: {name} has shape {shape}, expected (n,) for one curve or "
                         "(curves, n) for several")
    if not curves or any(len(curve) == 0 for curve in curves):
        raise ValueError(f"plot: {name} is empty")
    return [with_gaps(curve) for curve in curves]


def _picture(image, name: str) -> np.ndarray:
    """Return an image as floats in 0..1 of shape (H, W) or (H, W, 3)."""
    array = to_numpy(image, "show_images", name)
    if array.ndim == 3 and array.shape[0] in (1, 3):
        array = array[0] if array.shape[0] == 1 else array.transpose(1, 2, 0)
    elif array.ndim != 2 and not (array.ndim == 3 and array.shape[2] == 3):
        raise ValueError(f"show_images: {name} has shape {array.shape}, expected (H, W), "
                         "(1, H, W), (3, H, W) or (H, W, 3)")
    if array.size == 0:
        raise ValueError(f"show_images: {name} is empty, its shape is {array.shape}")
    if array.dtype == np.uint8:
        return array / 255
    if array.dtype.kind in "iu":
        raise TypeError(f"show_images: {name} is {array.dtype}, expected uint8 in 0..255 or "
                        "float in 0..1")
    array = np.nan_to_num(array.astype(float), nan=1.0, posinf=np.inf, neginf=-np.inf)
    low, high = array.min(), array.max()
    if low < -0.001 or high > 1.001:
        raise ValueError(f"show_images: {name} has values from {low:.3g} to {high:.3g}, expected "
                         "floats in 0..1 (undo a normalisation first) or uint8")
    return array.clip(0, 1)


def _range_around(values: np.ndarray) -> tuple[float, float]:
    """Return limits that leave a quarter of the values' range free on either side."""
    values = values[np.isfinite(values)]
    if len(values) == 0:
        raise ValueError("show_trace_2d: trace holds no finite point")
    room = (values.max() - values.min()) / 4 or 1.0
    return values.min() - room, values.max() + room
