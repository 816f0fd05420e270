"""Drawings of the page *Forward and backward propagation*."""

from __future__ import annotations

from ...plotting import new_figure
from ..diagram import GRADIENT, VALUE, box, graph

_NODES = {  # name: (place in inches, formula)
    "W1": ((0.98, 5.0), r"$\mathbf{W}^{(1)}$"),
    "W2": ((0.98, 3.0), r"$\mathbf{W}^{(2)}$"),
    "s": ((0.98, 0.5), r"$s=\frac{\lambda}{2}\Sigma w^2$"),
    "x": ((2.85, 5.75), r"$\mathbf{x}$"),
    "z": ((2.85, 4.7), r"$\mathbf{z}=\mathbf{W}^{(1)}\mathbf{x}$"),
    "h": ((2.85, 3.65), r"$\mathbf{h}=\phi(\mathbf{z})$"),
    "o": ((2.85, 2.6), r"$\mathbf{o}=\mathbf{W}^{(2)}\mathbf{h}$"),
    "L": ((2.85, 1.55), r"$L=\ell(\mathbf{o},\mathbf{y})$"),
    "J": ((2.85, 0.5), "$J=L+s$"),
    "y": ((4.2, 1.55), r"$\mathbf{y}$"),
}
_EDGES = [
    ("x", "z"),
    ("W1", "z"),
    ("z", "h"),
    ("h", "o"),
    ("W2", "o"),
    ("o", "L"),
    ("y", "L"),
    ("L", "J"),
    ("W1", "s", 0.08),
    ("W2", "s"),
    ("s", "J"),
]
_FORWARD = [["x", "W1", "W2", "y"], ["z"], ["h"], ["o"], ["L", "s"], ["J"]]
_BACKWARD = [["J"], ["L", "s"], ["o"], ["W2", "h"], ["z"], ["W1", "x"]]
_TITLES = [
    "given: an example and the weights",
    "forward: weighted sums",
    "forward: bend",
    "forward: weighted sums",
    "forward: loss and penalty",
    "forward: the objective",
    "backward: start with 1",
    "backward: a sum passes it on",
    "backward: through the loss",
    "backward: through the second layer",
    "backward: through the bend",
    "backward: through the first layer",
]
STEPS = list(range(len(_TITLES)))


def graph_at_step(step, values, gradients):
    """Draw the graph of one hidden layer with penalty, filled in as far as ``step`` says.

    Steps 0 to 5 fill in values, 6 to 11 gradients. ``values`` and ``gradients`` map the names
    x, W1, z, h, W2, o, y, L, s, J to tensors (``gradients`` without y).
    """
    filled = sum(_FORWARD[: step + 1], [])
    reached = sum(_BACKWARD[: max(step - len(_FORWARD) + 1, 0)], [])
    places, labels = ({name: node[i] for name, node in _NODES.items()} for i in (0, 1))
    graph(places, labels, _EDGES, values, gradients, filled=filled, reached=reached, title=_TITLES[step])


_PRODUCTS = {  # name: left factor with its shape, sign, right factor with its shape, result with its shape
    "forward, layer 1": (r"\mathbf{X}", "Bd", "·", r"\mathbf{W}^{(1)}", "dh", r"\mathbf{Z}", "Bh"),
    "forward, layer 2": (r"\mathbf{H}", "Bh", "·", r"\mathbf{W}^{(2)}", "hq", r"\mathbf{O}", "Bq"),
    "back to W2": (r"\mathbf{H}^\top", "hB", "·", r"\Delta_{\mathbf{O}}", "Bq", r"\nabla_{\mathbf{W}^{(2)}}L", "hq"),
    "back to H": (r"\Delta_{\mathbf{O}}", "Bq", "·", r"\mathbf{W}^{(2)\top}", "qh", r"\Delta_{\mathbf{H}}", "Bh"),
    "back to Z": (r"\Delta_{\mathbf{H}}", "Bh", "⊙", r"\phi'(\mathbf{Z})", "Bh", r"\Delta_{\mathbf{Z}}", "Bh"),
    "back to W1": (r"\mathbf{X}^\top", "dB", "·", r"\Delta_{\mathbf{Z}}", "Bh", r"\nabla_{\mathbf{W}^{(1)}}L", "dh"),
}
PRODUCTS = list(_PRODUCTS)


def product(name, sizes):
    """Draw one product of the batch form as blocks of cells; dark are an entry of the result and what it is made of.

    ``name`` is one of ``PRODUCTS``, ``sizes`` maps the letters B, d, h, q to small lengths.
    """
    left, left_shape, sign, right, right_shape, result, result_shape = _PRODUCTS[name]
    elementwise = sign == "⊙"
    inner = 1 if elementwise else None
    blocks = [(left, left_shape, (1, inner)), (right, right_shape, (inner, 1)), (result, result_shape, (1, 1))]
    cell, gap, middle = 0.21, 0.36, 0.7  # inches
    _, ax = new_figure(figsize=(4.5, 2.3))
    widths = [cell * sizes[shape[1]] for _, shape, _ in blocks]
    x = (4.5 - sum(widths) - 2 * gap) / 2
    for i, (label, shape, (row, column)) in enumerate(blocks):
        rows, columns = (sizes[letter] for letter in shape)
        gradient = r"\Delta" in label or r"\nabla" in label
        bottom = middle - cell * rows / 2
        for r in range(rows):
            for c in range(columns):
                marked = row in (None, r) and column in (None, c)
                color = ("C1" if gradient else "C0") if marked else (GRADIENT if gradient else VALUE)
                box(ax, (x + c * cell, bottom + (rows - 1 - r) * cell), cell, cell, color=color, edgecolor="white")
        ax.text(x + widths[i] / 2, bottom + cell * rows + 0.06, f"${label}$", ha="center", va="bottom", fontsize=13)
        ax.text(x + widths[i] / 2, bottom - 0.05, f"({shape[0]}, {shape[1]})", ha="center", va="top", fontsize=12)
        if i < 2:
            ax.text(x + widths[i] + gap / 2, middle, (sign, "=")[i], ha="center", va="center", fontsize=15)
        x += widths[i] + gap
    ax.set(xlim=(0, 4.5), ylim=(-0.25, 1.7), title=name)
    ax.axis("off")


def memory(names, parameters, activations):
    """Draw two bars a name: megabytes of parameters and of activations kept for the backward pass."""
    _, ax = new_figure(figsize=(4.5, 0.62 * len(names) + 1.1))
    for i, (own, kept) in enumerate(zip(parameters, activations)):
        bars = (-0.19, own, "C0", "parameters"), (0.19, kept, "C1", "kept activations")
        for offset, size, color, label in bars:
            ax.barh(i + offset, size, 0.36, color=color, label=label if i == 0 else None)
            ax.text(size + 0.04, i + offset, f"{size:.2f}", va="center", fontsize=10)
    ax.set(
        yticks=range(len(names)), yticklabels=names, xlabel="megabytes", xlim=(0, 1.18 * max(*parameters, *activations))
    )
    ax.invert_yaxis()
    ax.grid(False, axis="y")
    ax.legend(loc="upper right")
