"""Figures of the book that show arrays: images, boxes on them, heat maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ._display import as_list, ink_on, to_numpy, use_book_style
from .plotting import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def show_images(images, rows: int, cols: int, *, titles: Sequence[str] | None = None, scale: float = 1.5) -> None:
    """Show images in a grid, row by row; places left over stay empty.

    Args:
        images: shape (n, ...) or a list of n images, each grey (H, W) or (1, H, W), or colour (3, H, W) or
            (H, W, 3); bool, uint8 in 0..255 or float in 0..1.
        rows, cols: layout of the grid.
        titles: n strings.
        scale: width and height of one place in inches.

    Raises:
        ValueError: shapes, counts or value ranges that do not fit.
        TypeError: other dtypes.
    """
    if len(images) == 0:
        raise ValueError("show_images: images is empty")
    if len(images) > rows * cols:
        raise ValueError(f"show_images: {len(images)} images but {rows} rows x {cols} columns hold {rows * cols}")
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


def show_bboxes(ax: Axes, boxes, *, labels: Sequence[str] | None = None, colors: Sequence[str] | None = None) -> None:
    """Draw boxes on an image.

    Args:
        ax: axes that show the image.
        boxes: shape (n, 4), n may be 0; each row x1, y1, x2, y2 (left, top, right, bottom) in pixels.
        labels: n strings.
        colors: matplotlib colours, used in turn; None takes the book's.

    Raises:
        ValueError: a wrong shape or count, a box whose corners are swapped, or one with NaN.
    """
    from matplotlib.patches import Rectangle

    boxes = to_numpy(boxes, "show_bboxes", "boxes")
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise ValueError(f"show_bboxes: boxes has shape {boxes.shape}, expected (n, 4): x1, y1, x2, y2 per box")
    labels = [""] * len(boxes) if labels is None else [str(label) for label in as_list(labels)]
    if len(labels) != len(boxes):
        raise ValueError(f"show_bboxes: {len(labels)} labels but {len(boxes)} boxes")
    use_book_style()
    colors = [f"C{i}" for i in range(7)] if colors is None else as_list(colors)
    for i, ((x1, y1, x2, y2), label) in enumerate(zip(boxes, labels)):
        if not (x1 <= x2 and y1 <= y2):
            raise ValueError(
                f"show_bboxes: boxes[{i}] is {x1:g}, {y1:g}, {x2:g}, {y2:g}, expected x1 <= x2 and y1 <= y2"
            )
        color = colors[i % len(colors)]
        ax.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=color, linewidth=2))
        if label:
            ax.text(
                x1,
                y1,
                label,
                va="top",
                fontsize=9,
                color=ink_on(color),
                bbox={"facecolor": color, "edgecolor": color, "pad": 1.5},
            )


def show_heatmaps(
    matrices,
    *,
    xlabel: str = "",
    ylabel: str = "",
    titles: Sequence[str] | None = None,
    figsize: tuple[float, float] | None = None,
    cmap: str = "viridis",
    annotate: bool = False,
) -> None:
    """Show matrices as coloured grids with one shared colour bar; NaN and infinite entries stay white.

    Args:
        matrices: shape (rows, cols, h, w), or one matrix (h, w).
        titles: one for each matrix, or one for each column.
        figsize: width and height in inches.
        cmap: matplotlib's name of the colours.
        annotate: write the value into every cell.

    Raises:
        ValueError: a wrong shape or number of titles.
        TypeError: values that are no real numbers.
    """
    values = to_numpy(matrices, "show_heatmaps", "matrices")
    if values.ndim not in (2, 4):
        raise ValueError(
            f"show_heatmaps: matrices has shape {values.shape}, expected (rows, cols, h, w) or one matrix (h, w)"
        )
    if values.size == 0:
        raise ValueError(f"show_heatmaps: matrices is empty, its shape is {values.shape}")
    digits = 2 if values.dtype.kind == "f" else 0
    values = np.ma.masked_invalid(values.astype(float))
    grid = values if values.ndim == 4 else values[None, None]
    rows, cols, height, width = grid.shape
    titles = [] if titles is None else as_list(titles)
    if len(titles) not in (0, cols, rows * cols):
        raise ValueError(
            f"show_heatmaps: {len(titles)} titles, expected {rows * cols} (one per matrix) or {cols} (one per column)"
        )
    if figsize is None:
        side = min(3.5 if rows * cols == 1 else 2.2, 6 / cols)
        side = max(side, 0.42 * width) if annotate else side
        figsize = (cols * side + 1, rows * (side * min(height / width, 2) + 0.3) + 0.4)
    figure, axes = new_figure(rows, cols, figsize=figsize, squeeze=False)
    low, high = (grid.min(), grid.max()) if grid.count() else (0, 1)
    for ax, matrix in zip(axes.flat, grid.reshape(-1, height, width)):
        image = ax.imshow(matrix, cmap=cmap, vmin=low, vmax=high)
        ax.locator_params(integer=True, min_n_ticks=1)
        ax.grid(False)
        if annotate:
            _write_values(ax, image, matrix, digits)
    for ax, title in zip(axes.flat, titles):
        ax.set_title(title)
    for ax in axes[-1]:
        ax.set_xlabel(xlabel)
    for ax in axes[:, 0]:
        ax.set_ylabel(ylabel)
    figure.colorbar(image, ax=axes, shrink=0.8)


def _write_values(ax, image, matrix, digits: int) -> None:
    """Write the values that are not masked into the cells of a heat map."""
    for (row, col), value in np.ndenumerate(matrix):
        if np.isfinite(value):
            color = ink_on(image.cmap(image.norm(value)))
            ax.text(col, row, f"{value:.{digits}f}", ha="center", va="center", fontsize=9, color=color)


def _picture(image, name: str) -> np.ndarray:
    """Return an image as floats in 0..1 of shape (H, W) or (H, W, 3)."""
    array = to_numpy(image, "show_images", name)
    if array.ndim == 3 and array.shape[0] in (1, 3):
        array = array[0] if array.shape[0] == 1 else array.transpose(1, 2, 0)
    elif array.ndim != 2 and not (array.ndim == 3 and array.shape[2] == 3):
        raise ValueError(
            f"show_images: {name} has shape {array.shape}, expected (H, W), (1, H, W), (3, H, W) or (H, W, 3)"
        )
    if array.size == 0:
        raise ValueError(f"show_images: {name} is empty, its shape is {array.shape}")
    if array.dtype == np.uint8:
        return array / 255
    if array.dtype.kind in "iu":
        raise TypeError(f"show_images: {name} is {array.dtype}, expected uint8 in 0..255 or float in 0..1")
    array = np.nan_to_num(array.astype(float), nan=1.0, posinf=np.inf, neginf=-np.inf)
    low, high = array.min(), array.max()
    if low < -0.001 or high > 1.001:
        raise ValueError(
            f"show_images: {name} has values from {low:.3g} to {high:.3g}, expected "
            "floats in 0..1 (undo a normalisation first) or uint8"
        )
    return array.clip(0, 1)
