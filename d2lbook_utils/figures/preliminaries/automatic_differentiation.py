"""Drawings of the page *Automatic differentiation*."""

from __future__ import annotations

from ...plotting import new_figure
from ..diagram import graph

_PLACES = {
    "x1": (0.6, 5.15),
    "w1": (1.65, 5.15),
    "w2": (2.7, 5.15),
    "x2": (3.75, 5.15),
    "p1": (1.125, 3.95),
    "p2": (3.225, 3.95),
    "a": (2.175, 2.8),
    "b": (2.175, 1.65),
    "y": (3.75, 1.65),
    "z": (2.175, 0.5),
}
_FORMULAS = {
    "x1": "$x_1$",
    "w1": "$w_1$",
    "w2": "$w_2$",
    "x2": "$x_2$",
    "p1": "$p_1=w_1x_1$",
    "p2": "$p_2=w_2x_2$",
    "a": "$a=p_1+p_2$",
    "b": "$b=a-y$",
    "y": "$y$",
    "z": "$z=b^2$",
}
_ROWS = [["x1", "w1", "w2", "x2", "y"], ["p1", "p2"], ["a"], ["b"], ["z"]]


def graph_at_step(step, values, gradients):
    """Draw the graph of ``z = (w1 x1 + w2 x2 - y)**2``, filled in as far as ``step`` says.

    Steps 0 to 4 fill in values row by row, steps 5 to 9 gradients, from z back to the inputs.
    ``values`` and ``gradients`` map the names x1, x2, w1, w2, y, p1, p2, a, b, z to numbers.
    """
    slopes = {
        ("x1", "p1"): values["w1"],
        ("w1", "p1"): values["x1"],
        ("w2", "p2"): values["x2"],
        ("x2", "p2"): values["w2"],
        ("p1", "a"): 1,
        ("p2", "a"): 1,
        ("a", "b"): 1,
        ("y", "b"): -1,
        ("b", "z"): 2 * values["b"],
    }
    backward = max(step - len(_ROWS) + 1, 0)
    if step == 0:
        title = "start: the inputs"
    elif backward == 0:
        title = "forward: compute the values"
    else:
        title = "backward: multiply by the slopes"
    filled = sum(_ROWS[: step + 1], [])
    reached = sum(_ROWS[len(_ROWS) - backward :], [])
    graph(
        _PLACES, _FORMULAS, list(slopes), values, gradients, filled=filled, reached=reached, slopes=slopes, title=title
    )


def cost(sizes, reverse_seconds, forward_seconds):
    """Draw the time of a Jacobian in reverse and forward mode against the number of inputs."""
    _, ax = new_figure()
    ax.loglog(sizes, [1000 * s for s in reverse_seconds], "o-", label="reverse (jacrev)")
    ax.loglog(sizes, [1000 * s for s in forward_seconds], "s--", label="forward (jacfwd)")
    ax.set(xlabel="number of inputs n  (outputs: 65,536 / n)", ylabel="milliseconds")
    ax.legend()
