"""Drawings of the page *Installing and checking*."""

from __future__ import annotations

import matplotlib.pyplot as plt

from d2lbook_utils.plotting import new_figure

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
    figure, axes = plt.gcf(), plt.gca()
    figure.set_size_inches(4.6, 3.9)
    last = len(_QUESTIONS)
    for row, (question, way) in enumerate(_QUESTIONS):
        asked, leaves = row <= passed, row == passed
        _box(axes, 0, row, 5.6, question, asked)
        _arrow(axes, (5.7, row), (7.1, row), "no", leaves)
        _box(axes, 7.2, row, 2.8, way, leaves)
        _arrow(axes, (2.8, row + 0.3), (2.8, row + 0.7), "yes", row < passed)
    _box(axes, 1.4, last, 2.8, "make", passed == last)
    axes.set(xlim=(-0.1, 10.1), ylim=(last + 0.45, -0.45))
    axes.axis("off")
    figure.suptitle(command, family="monospace", fontsize=10)


def environments():
    """Draw a computer with two environments: the kernel looks into the one that holds torch, a terminal into the other."""
    _, axes = new_figure(figsize=(4.6, 2.7))
    axes.add_patch(plt.Rectangle((-0.2, -0.2), 10.4, 3.4, facecolor="white", edgecolor="0.3"))
    for left, name, lines, colour in [(0.1, "the system's Python", ["pip"], "#F2F2F2"),
                                      (5.1, ".venv", ["torch", "d2lbook_utils", "JupyterLab"], "#D6E9F5")]:
        axes.add_patch(plt.Rectangle((left, 0), 4.8, 3, facecolor=colour, edgecolor="0.5"))
        axes.text(left + 2.4, 2.6, name, ha="center", va="center", fontsize=10, fontweight="bold")
        axes.text(left + 2.4, 1.2, "\n".join(lines), ha="center", va="center", fontsize=10, family="monospace")
    for x, name in [(2.5, "a new terminal"), (7.5, "the kernel of this page")]:
        axes.annotate(name, (x, 3.05), (x, 4.1), ha="center", fontsize=10, arrowprops={"arrowstyle": "->", "color": "0.2"})
    axes.set(xlim=(-0.3, 10.3), ylim=(-0.3, 4.5))
    axes.axis("off")


def _box(axes, left, row, width, text, on):
    axes.add_patch(plt.Rectangle((left, row - 0.28), width, 0.56, facecolor="#FBE3B0" if on else "#F5F5F5", edgecolor="black" if on else "0.75"))
    axes.text(left + width / 2, row, text, ha="center", va="center", fontsize=10, color="black" if on else "0.5")


def _arrow(axes, start, end, text, on):
    colour = "black" if on else "0.75"
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 2 if on else 1})
    across = start[1] == end[1]
    axes.text((start[0] + end[0]) / 2 + (0 if across else 0.2), (start[1] + end[1]) / 2 - (0.1 if across else 0), text,
              ha="center" if across else "left", va="bottom" if across else "center", fontsize=9, color="black" if on else "0.5")
