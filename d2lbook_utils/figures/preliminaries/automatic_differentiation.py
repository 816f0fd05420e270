"""Drawings of the page *Automatic differentiation*."""

from __future__ import annotations

import matplotlib.pyplot as plt

_NODES = {  # name: (place, formula)
    "x1": ((0, 4), "$x_1$"), "w1": ((1, 4), "$w_1$"), "w2": ((2, 4), "$w_2$"), "x2": ((3, 4), "$x_2$"), "y": ((4, 4), "$y$"),
    "p1": ((0.5, 3), "$p_1=w_1x_1$"), "p2": ((2.5, 3), "$p_2=w_2x_2$"),
    "a": ((1.5, 2), "$a=p_1+p_2$"), "b": ((2.6, 1), "$b=a-y$"), "z": ((2.6, 0), "$z=b^2$"),
}
_ROWS = [["x1", "w1", "w2", "x2", "y"], ["p1", "p2"], ["a"], ["b"], ["z"]]
_EDGES = [("x1", "p1"), ("w1", "p1"), ("w2", "p2"), ("x2", "p2"), ("p1", "a"), ("p2", "a"), ("a", "b"), ("y", "b"), ("b", "z")]


def graph(step, values, gradients):
    """Draw the graph of ``z = (w1 x1 + w2 x2 - y)**2``, filled in as far as ``step`` says.

    Steps 0 to 4 fill in values row by row, steps 5 to 9 gradients, from z back to the inputs.
    ``values`` and ``gradients`` map the names x1, x2, w1, w2, y, p1, p2, a, b, z to numbers.
    """
    forward_rows = min(step, len(_ROWS) - 1) + 1
    backward_rows = max(step - len(_ROWS) + 1, 0)
    known = {name for row in _ROWS[:forward_rows] for name in row}
    reached = {name for row in _ROWS[len(_ROWS) - backward_rows:] for name in row}
    slopes = {("x1", "p1"): values["w1"], ("w1", "p1"): values["x1"], ("w2", "p2"): values["x2"], ("x2", "p2"): values["w2"],
              ("p1", "a"): 1, ("p2", "a"): 1, ("a", "b"): 1, ("y", "b"): -1, ("b", "z"): 2 * values["b"]}
    plt.gcf().set_size_inches(4.5, 5.2)
    axes = plt.gca()
    for start, end in _EDGES:
        (x1, y1), (x2, y2) = _NODES[start][0], _NODES[end][0]
        on = start in reached
        top, bottom = (x1, y1 - 0.3), (x2, y2 + 0.3)
        head, tail = (top, bottom) if on else (bottom, top)
        axes.annotate("", head, tail, arrowprops={"arrowstyle": "->", "color": "C1" if on else "0.5", "linewidth": 1.5})
        if on:
            axes.text(x1 + 0.5 * (x2 - x1), y1 + 0.5 * (y2 - y1), _text("×", slopes[start, end]), ha="center", va="center", color="0.25",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})
    for name, ((x, y), formula) in _NODES.items():
        text = _text(f"{formula}\n", values[name]) if name in known else formula
        axes.text(x, y, text, ha="center", va="center", color="black",
                  bbox={"boxstyle": "round,pad=0.25", "facecolor": "#CDE3F1" if name in known else "white", "edgecolor": "C0"})
        if name in reached:
            axes.text(x + {"z": 0.46, "b": 0.56}.get(name, 0.32 if y == 4 else 0.66), y, _text("", gradients[name]), ha="center", va="center", color="C1", fontweight="bold")
    if step == 0:
        title = "start: the inputs"
    elif backward_rows == 0:
        title = "forward: compute the values"
    else:
        title = "backward: multiply by the slopes"
    axes.set(xlim=(-0.5, 4.6), ylim=(-0.45, 4.45), title=title)
    axes.axis("off")


def _text(before, number):
    return before + f"{number:g}".replace("-", "−")


def cost(sizes, reverse_seconds, forward_seconds):
    """Draw the time of a Jacobian in reverse and forward mode against the number of inputs."""
    axes = plt.gca()
    axes.loglog(sizes, [1000 * s for s in reverse_seconds], "o-", label="reverse (jacrev)")
    axes.loglog(sizes, [1000 * s for s in forward_seconds], "s--", label="forward (jacfwd)")
    axes.set(xlabel="number of inputs n  (outputs: 65,536 / n)", ylabel="milliseconds")
    axes.legend()
