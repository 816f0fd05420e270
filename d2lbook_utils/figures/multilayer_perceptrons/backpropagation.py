"""Drawings of the page *Forward and backward propagation*."""

from __future__ import annotations

import matplotlib.pyplot as plt
import torch

MINUS = "\N{MINUS SIGN}"
VALUE, GRADIENT = "#CDE3F1", "#F6D5BF"
CELL_WIDTH, CELL_HEIGHT, LABEL_HEIGHT = 0.42, 0.23, 0.27

_NODES = {  # name: (place in inches, formula)
    "W1": ((0.98, 5.0), r"$\mathbf{W}^{(1)}$"), "W2": ((0.98, 3.0), r"$\mathbf{W}^{(2)}$"),
    "s": ((0.98, 0.5), r"$s=\frac{\lambda}{2}\Sigma w^2$"),
    "x": ((2.85, 5.75), r"$\mathbf{x}$"), "z": ((2.85, 4.7), r"$\mathbf{z}=\mathbf{W}^{(1)}\mathbf{x}$"),
    "h": ((2.85, 3.65), r"$\mathbf{h}=\phi(\mathbf{z})$"), "o": ((2.85, 2.6), r"$\mathbf{o}=\mathbf{W}^{(2)}\mathbf{h}$"),
    "L": ((2.85, 1.55), r"$L=\ell(\mathbf{o},\mathbf{y})$"), "J": ((2.85, 0.5), "$J=L+s$"), "y": ((4.2, 1.55), r"$\mathbf{y}$"),
}
_EDGES = [("x", "z"), ("W1", "z"), ("z", "h"), ("h", "o"), ("W2", "o"), ("o", "L"), ("y", "L"), ("L", "J"),
          ("W1", "s", 0.08), ("W2", "s"), ("s", "J")]
_FORWARD = [["x", "W1", "W2", "y"], ["z"], ["h"], ["o"], ["L", "s"], ["J"]]
_BACKWARD = [["J"], ["L", "s"], ["o"], ["W2", "h"], ["z"], ["W1", "x"]]
_TITLES = ["given: an example and the weights", "forward: weighted sums", "forward: bend", "forward: weighted sums",
           "forward: loss and penalty", "forward: the objective", "backward: start with 1", "backward: a sum passes it on",
           "backward: through the loss", "backward: through the second layer", "backward: through the bend",
           "backward: through the first layer"]
STEPS = list(range(len(_TITLES)))


def step(step, values, gradients):
    """Draw the graph of one hidden layer with penalty, filled in as far as ``step`` says.

    Steps 0 to 5 fill in values, 6 to 11 gradients. ``values`` and ``gradients`` map the names
    x, W1, z, h, W2, o, y, L, s, J to tensors (``gradients`` without y).
    """
    filled = sum(_FORWARD[:step + 1], [])
    reached = sum(_BACKWARD[:max(step - len(_FORWARD) + 1, 0)], [])
    places, labels = ({name: node[i] for name, node in _NODES.items()} for i in (0, 1))
    graph(places, labels, _EDGES, values, gradients, filled=filled, reached=reached, title=_TITLES[step])


def graph(places, labels, edges, values, gradients, *, filled=None, reached=None, title=""):
    """Draw a computational graph with the numbers in its nodes: values blue, gradients orange.

    Args:
        places: name -> centre of the node in inches.
        labels: name -> formula above the numbers.
        edges: pairs (from, to), or (from, to, x) to run along the vertical line at x.
        values, gradients: name -> number, vector or matrix; a node without gradient shows values only.
        filled, reached: names whose values and gradients are shown; default all.
    """
    filled = values if filled is None else filled
    reached = gradients if reached is None else reached
    boxes = {name: _box(places[name], values[name], name in gradients) for name in places}
    width = max(x + w / 2 for x, _, w, _ in boxes.values()) + 0.1
    height = max(y + h / 2 for _, y, _, h in boxes.values()) + 0.1
    figure = plt.gcf()
    figure.set_size_inches(width, height + 0.3)
    axes = plt.gca()
    for start, end, *bend in edges:
        back = start in reached and end in reached
        path = _path(boxes[start], boxes[end], *bend)
        path = path[::-1] if back else path
        colour = "C1" if back else "0.5"
        axes.plot(*zip(*path[:-1]), color=colour, linewidth=1.5, zorder=1)
        axes.annotate("", path[-1], path[-2], zorder=1, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 1.5,
                                                                   "shrinkA": 0, "shrinkB": 0})
    for name, (x, y, w, h) in boxes.items():
        axes.add_patch(plt.Rectangle((x - w / 2, y - h / 2), w, h, facecolor="white", edgecolor="0.35", linewidth=1.2, zorder=2))
        top = y + h / 2 - LABEL_HEIGHT
        axes.text(x, top + LABEL_HEIGHT / 2, labels[name], ha="center", va="center", fontsize=11, zorder=4)
        rows = len(_rows(values[name]))
        _cells(axes, x, top, values[name], VALUE, name in filled)
        if name in gradients:
            _cells(axes, x, top - rows * CELL_HEIGHT, gradients[name], GRADIENT, name in reached)
    axes.set(xlim=(0, width), ylim=(0, height), title=title)
    axes.axis("off")


def _rows(value):
    return torch.atleast_2d(torch.as_tensor(value).detach()).tolist()


def _box(place, value, with_gradient):
    rows = _rows(value)
    return (*place, max(len(rows[0]) * CELL_WIDTH, 0.84) + 0.12,
            LABEL_HEIGHT + len(rows) * CELL_HEIGHT * (1 + with_gradient) + 0.06)


def _path(start, end, bend=None):
    """Points of an arrow between two boxes (x, y, width, height)."""
    (x1, y1, w1, h1), (x2, y2, w2, h2) = start, end
    if bend is not None:
        return [(x1 - w1 / 2, y1), (bend, y1), (bend, y2), (x2 - w2 / 2, y2)]
    if abs(x1 - x2) < 0.1:
        side = 1 if y1 > y2 else -1
        return [(x1, y1 - side * h1 / 2), (x2, y2 + side * h2 / 2)]
    side = 1 if x1 < x2 else -1
    return [(x1 + side * w1 / 2, y1), (x2 - side * w2 / 2, y2)]


def _cells(axes, x, top, value, colour, shown):
    rows = _rows(value)
    left = x - len(rows[0]) * CELL_WIDTH / 2
    for i, row in enumerate(rows):
        for j, number in enumerate(row):
            corner = (left + j * CELL_WIDTH, top - (i + 1) * CELL_HEIGHT)
            axes.add_patch(plt.Rectangle(corner, CELL_WIDTH, CELL_HEIGHT, facecolor=colour if shown else "white",
                                         edgecolor="0.75" if shown else "0.92", linewidth=0.8, zorder=3))
            if shown:
                axes.text(corner[0] + CELL_WIDTH / 2, corner[1] + CELL_HEIGHT / 2 - 0.01, _number(number), ha="center", va="center",
                          fontsize=11, zorder=4)


def _number(number):
    return f"{round(number, 2) + 0.0:g}".replace("-", MINUS)


_PRODUCTS = {  # name: left factor with its shape, sign, right factor with its shape, result with its shape
    "forward, layer 1": (r"$\mathbf{X}$", "Bd", "·", r"$\mathbf{W}^{(1)}$", "dh", r"$\mathbf{Z}$", "Bh"),
    "forward, layer 2": (r"$\mathbf{H}$", "Bh", "·", r"$\mathbf{W}^{(2)}$", "hq", r"$\mathbf{O}$", "Bq"),
    "back to W2": (r"$\mathbf{H}^\top$", "hB", "·", r"$\Delta_{\mathbf{O}}$", "Bq", r"$\nabla_{\mathbf{W}^{(2)}}L$", "hq"),
    "back to H": (r"$\Delta_{\mathbf{O}}$", "Bq", "·", r"$\mathbf{W}^{(2)\top}$", "qh", r"$\Delta_{\mathbf{H}}$", "Bh"),
    "back to Z": (r"$\Delta_{\mathbf{H}}$", "Bh", "⊙", r"$\phi'(\mathbf{Z})$", "Bh", r"$\Delta_{\mathbf{Z}}$", "Bh"),
    "back to W1": (r"$\mathbf{X}^\top$", "dB", "·", r"$\Delta_{\mathbf{Z}}$", "Bh", r"$\nabla_{\mathbf{W}^{(1)}}L$", "dh"),
}
PRODUCTS = list(_PRODUCTS)


def product(name, sizes):
    """Draw one product of the batch form as blocks of cells; dark are an entry of the result and what it is made of.

    ``name`` is one of ``PRODUCTS``, ``sizes`` maps the letters B, d, h, q to small lengths.
    """
    left, left_shape, sign, right, right_shape, result, result_shape = _PRODUCTS[name]
    elementwise = sign == "⊙"
    blocks = [(left, left_shape, (1, 1 if elementwise else None)), (right, right_shape, (1 if elementwise else None, 1)),
              (result, result_shape, (1, 1))]
    cell, gap, middle = 0.21, 0.36, 0.7
    figure = plt.gcf()
    figure.set_size_inches(4.5, 2.3)
    axes = plt.gca()
    widths = [cell * sizes[shape[1]] for _, shape, _ in blocks]
    x = (4.5 - sum(widths) - 2 * gap) / 2
    for i, (label, shape, (row, column)) in enumerate(blocks):
        rows, columns = (sizes[letter] for letter in shape)
        gradient = r"\Delta" in label or r"\nabla" in label
        bottom = middle - cell * rows / 2
        for r in range(rows):
            for c in range(columns):
                marked = row in (None, r) and column in (None, c)
                colour = ("C1" if gradient else "C0") if marked else (GRADIENT if gradient else VALUE)
                axes.add_patch(plt.Rectangle((x + c * cell, bottom + (rows - 1 - r) * cell), cell, cell,
                                             facecolor=colour, edgecolor="white", linewidth=1))
        axes.text(x + widths[i] / 2, bottom + cell * rows + 0.06, label, ha="center", va="bottom", fontsize=13)
        axes.text(x + widths[i] / 2, bottom - 0.05, f"({shape[0]}, {shape[1]})", ha="center", va="top", fontsize=12)
        if i < 2:
            axes.text(x + widths[i] + gap / 2, middle, (sign, "=")[i], ha="center", va="center", fontsize=15)
        x += widths[i] + gap
    axes.set(xlim=(0, 4.5), ylim=(-0.25, 1.7), title=name)
    axes.axis("off")


def memory(names, parameters, activations):
    """Draw two bars a name: megabytes of parameters and of activations kept for the backward pass."""
    figure = plt.gcf()
    figure.set_size_inches(4.5, 0.62 * len(names) + 1.1)
    axes = plt.gca()
    for i, (own, kept) in enumerate(zip(parameters, activations)):
        for offset, size, colour, label in ((-0.19, own, "C0", "parameters"), (0.19, kept, "C1", "kept activations")):
            axes.barh(i + offset, size, 0.36, color=colour, label=label if i == 0 else None)
            axes.text(size + 0.04, i + offset, f"{size:.2f}", va="center", fontsize=10)
    axes.set(yticks=range(len(names)), yticklabels=names, xlabel="megabytes", xlim=(0, 1.18 * max(*parameters, *activations)))
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    axes.legend(loc="upper right")
