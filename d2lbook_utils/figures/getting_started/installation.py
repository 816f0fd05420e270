"""Drawings of the page *Installing and checking*."""

from __future__ import annotations

from ...plotting import new_figure
from ..diagram import arrow, box

_QUESTIONS = [  # (question, way in if the answer is no)
    ("Do you want to run code?", "the site"),
    ("May you install programs?", "Colab"),
    ("Is there Python 3.10 or newer?", "conda"),
    ("Is there make?", "pip"),
]
_READERS = {  # who -> (how many questions are answered with yes, what to do)
    "on a phone": (0, "open the site: nothing to install"),
    "on a locked computer": (1, "run on Colab, in the browser"),
    "without Python": (2, "conda env create -f environment.yml"),
    "on Windows": (3, 'pip install -e ".[book,test]"'),
    "on Linux or a Mac": (4, "make lab"),
}


def way_in(who):
    """Draw the questions that lead to one of the ways in, with the path of one reader coloured."""
    passed, command = _READERS[who]
    figure, ax = new_figure(figsize=(4.6, 3.9))
    last = len(_QUESTIONS)
    for row, (question, way) in enumerate(_QUESTIONS):
        asked, leaves = row <= passed, row == passed
        _step(ax, 0, row, 5.6, question, asked)
        _answer(ax, (5.7, row), (7.1, row), "no", leaves)
        _step(ax, 7.2, row, 2.8, way, leaves)
        _answer(ax, (2.8, row + 0.3), (2.8, row + 0.7), "yes", row < passed)
    _step(ax, 1.4, last, 2.8, "make", passed == last)
    ax.set(xlim=(-0.1, 10.1), ylim=(last + 0.45, -0.45))
    ax.axis("off")
    figure.suptitle(command, family="monospace", fontsize=10)


def environments():
    """Draw a computer with two environments: the kernel looks into that with torch, a terminal into the other."""
    _, ax = new_figure(figsize=(4.6, 2.7))
    box(ax, (-0.2, -0.2), 10.4, 3.4, edgecolor="0.3")
    for left, name, lines, color in [
        (0.1, "the system's Python", ["pip"], "#F2F2F2"),
        (5.1, ".venv", ["torch", "d2lbook_utils", "JupyterLab"], "#D6E9F5"),
    ]:
        box(ax, (left, 0), 4.8, 3, color=color, edgecolor="0.5")
        ax.text(left + 2.4, 2.6, name, ha="center", va="center", fontweight="bold")
        ax.text(left + 2.4, 1.2, "\n".join(lines), ha="center", va="center", family="monospace")
    for x, name in [(2.5, "a new terminal"), (7.5, "the kernel of this page")]:
        ax.text(x, 4.15, name, ha="center", va="bottom")
        arrow(ax, (x, 4.1), (x, 3.05), color="0.2", head="->", zorder=3)
    ax.set(xlim=(-0.3, 10.3), ylim=(-0.3, 4.5))
    ax.axis("off")


def _step(ax, left, row, width, text, on):
    colors = {"color": "#FBE3B0", "edgecolor": "black"} if on else {"color": "#F5F5F5", "edgecolor": "0.75"}
    box(ax, (left, row - 0.28), width, 0.56, **colors)
    ax.text(left + width / 2, row, text, ha="center", va="center", color="black" if on else "0.5", zorder=3)


def _answer(ax, start, end, text, on):
    """Draw an arrow with the answer above it, or beside it if it points down."""
    arrow(ax, start, end, color="black" if on else "0.75", linewidth=2 if on else 1, head="->")
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    style = {"fontsize": 9, "color": "black" if on else "0.5"}
    if start[1] == end[1]:
        ax.text(x, y - 0.1, text, ha="center", va="bottom", **style)
    else:
        ax.text(x + 0.2, y, text, ha="left", va="center", **style)
