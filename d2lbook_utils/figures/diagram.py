"""What diagrams share: numbers, boxes, nodes, edges, arrows, columns of units, computational graphs."""

from __future__ import annotations

import torch
from matplotlib.patches import Circle, Rectangle

from ..plotting import new_figure

VALUE, GRADIENT = "#CDE3F1", "#F6D5BF"  # pale blue and orange, readable under black numbers
_CELL_WIDTH, _CELL_HEIGHT, _LABEL_HEIGHT = 0.42, 0.23, 0.27  # inches, in a computational graph


def number(value, spec="g"):
    """Write a number with a true minus sign, and none before a zero; spec: Python's format, as in ``"+.2f"``."""
    text = format(float(value), spec)
    if not text.strip("+-0."):
        text = text.lstrip("-")
    return text.replace("-", "\N{MINUS SIGN}")


def box(
    ax, corner, width, height, text="", *, color="white", edgecolor="black", linewidth=1, zorder=2, ink="black", **style
):
    """Draw a rectangle with text at its centre.

    corner: (x, y), the smallest coordinates; color: also (color, opacity); ink, style: of the text.
    """
    patch = {"facecolor": color, "edgecolor": edgecolor, "linewidth": linewidth, "zorder": zorder}
    ax.add_patch(Rectangle(corner, width, height, **patch))
    if text:
        style = {"ha": "center", "va": "center", "color": ink, "zorder": zorder + 1, **style}
        ax.text(corner[0] + width / 2, corner[1] + height / 2, text, **style)


def node(
    ax,
    place,
    text="",
    *,
    radius=0.33,
    color="white",
    edgecolor="black",
    linewidth=1.5,
    linestyle="-",
    ink="black",
    **style,
):
    """Draw a unit of a network as a circle with text in it; ink, style: of the text."""
    patch = {"facecolor": color, "edgecolor": edgecolor, "linewidth": linewidth, "linestyle": linestyle, "zorder": 3}
    ax.add_patch(Circle(place, radius, **patch))
    ax.text(*place, text, **{"ha": "center", "va": "center", "fontsize": 12, "color": ink, "zorder": 4, **style})


def edge(ax, start, end, text="", *, at=0.5, text_color="black", fontsize=12, **style):
    """Draw a line between two places, and text on it after the share ``at`` of its length; style: of the line."""
    ax.plot(*zip(start, end), **{"color": "0.4", "zorder": 1, **style})
    _text_on_line(ax, start, end, text, at, color=text_color, fontsize=fontsize)


def arrow(
    ax, start, end, text="", *, at=0.5, color="0.35", linewidth=1.5, head="-|>", zorder=1, text_color="black", **style
):
    """Draw an arrow from one place to another; head: ``"-|>"`` filled, ``"->"`` open; style: of the text."""
    size = 10 * max(1, linewidth / 1.5)
    props = {"arrowstyle": head, "mutation_scale": size, "color": color, "linewidth": linewidth}
    ax.annotate("", end, start, arrowprops={**props, "shrinkA": 0, "shrinkB": 0}, zorder=zorder)
    _text_on_line(ax, start, end, text, at, color=text_color, **style)


def column(x, count, spacing=1.0):
    """Return the places of ``count`` units above each other, from top to bottom, centred at height 0."""
    return [(x, spacing * ((count - 1) / 2 - i)) for i in range(count)]


def connect(ax, starts, ends, **style):
    """Draw an edge from each of the places ``starts`` to each of ``ends``."""
    for start in starts:
        for end in ends:
            edge(ax, start, end, **style)


def graph(places, labels, edges, values, gradients, *, filled=None, reached=None, slopes=None, title=""):
    """Draw a computational graph with the numbers in its nodes: values blue, gradients orange.

    Args:
        places: name -> centre of the node in inches.
        labels: name -> formula above the numbers.
        edges: pairs (from, to), or (from, to, x) to run along the vertical line at x.
        values, gradients: name -> number, vector or matrix; a node without gradient shows values only.
        filled, reached: names whose values and gradients are shown; default all.
        slopes: (from, to) -> factor on the edge, shown once both its ends are reached; default none.
    """
    filled = values if filled is None else filled
    reached = gradients if reached is None else reached
    boxes = {name: _extent(places[name], values[name], name in gradients) for name in places}
    width = max(x + w / 2 for x, _, w, _ in boxes.values()) + 0.1
    height = max(y + h / 2 for _, y, _, h in boxes.values()) + 0.1
    _, ax = new_figure(figsize=(width, height + 0.3))
    for start, end, *bend in edges:
        back = start in reached and end in reached
        path = _path(boxes[start], boxes[end], *bend)
        path = path[::-1] if back else path
        color = "C1" if back else "0.5"
        ax.plot(*zip(*path[:-1]), color=color, zorder=1)
        arrow(ax, *path[-2:], color=color, head="->")
        if slopes and back:
            text = f"\N{MULTIPLICATION SIGN}{number(slopes[start, end])}"
            _text_on_line(ax, path[0], path[-1], text, 0.5, color="0.25")
    for name, (x, y, w, h) in boxes.items():
        box(ax, (x - w / 2, y - h / 2), w, h, edgecolor="0.35", linewidth=1.2)
        top = y + h / 2 - _LABEL_HEIGHT
        ax.text(x, top + _LABEL_HEIGHT / 2, labels[name], ha="center", va="center", fontsize=11, zorder=4)
        _cells(ax, x, top, values[name], VALUE, name in filled)
        if name in gradients:
            _cells(ax, x, top - len(_rows(values[name])) * _CELL_HEIGHT, gradients[name], GRADIENT, name in reached)
    ax.set(xlim=(0, width), ylim=(0, height), title=title)
    ax.axis("off")


def _text_on_line(ax, start, end, text, at, **style):
    if text:
        x, y = (a + at * (b - a) for a, b in zip(start, end))
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        ax.text(x, y, text, **{"ha": "center", "va": "center", "bbox": white, "zorder": 2, **style})


def _rows(value):
    return torch.atleast_2d(torch.as_tensor(value).detach()).tolist()


def _extent(place, value, with_gradient):
    """Centre, width and height of a node of a graph."""
    rows = _rows(value)
    width = max(len(rows[0]) * _CELL_WIDTH, 0.84) + 0.12
    return *place, width, _LABEL_HEIGHT + len(rows) * _CELL_HEIGHT * (1 + with_gradient) + 0.06


def _path(start, end, bend=None):
    """Points of an arrow between two nodes of a graph, each given by its extent."""
    (x1, y1, w1, h1), (x2, y2, w2, h2) = start, end
    if bend is not None:
        return [(x1 - w1 / 2, y1), (bend, y1), (bend, y2), (x2 - w2 / 2, y2)]
    if abs(y1 - y2) > (h1 + h2) / 2:
        side = 1 if y1 > y2 else -1
        return [(x1, y1 - side * h1 / 2), (x2, y2 + side * h2 / 2)]
    side = 1 if x1 < x2 else -1
    return [(x1 + side * w1 / 2, y1), (x2 - side * w2 / 2, y2)]


def _cells(ax, x, top, value, color, shown):
    """Draw a number, vector or matrix as cells below the height ``top``, empty ones until they are shown."""
    rows = _rows(value)
    left = x - len(rows[0]) * _CELL_WIDTH / 2
    color, edgecolor = (color, "0.75") if shown else ("white", "0.92")
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            corner = (left + j * _CELL_WIDTH, top - (i + 1) * _CELL_HEIGHT)
            text = number(round(entry, 2)) if shown else ""
            box(
                ax,
                corner,
                _CELL_WIDTH,
                _CELL_HEIGHT,
                text,
                color=color,
                edgecolor=edgecolor,
                linewidth=0.8,
                zorder=3,
                va="center_baseline",
                fontsize=11,
            )
