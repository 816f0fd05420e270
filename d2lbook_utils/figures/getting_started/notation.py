"""Tables and drawings of the page *Notation*."""

from __future__ import annotations

import torch

from ...checking import check
from ...plotting import new_figure
from ..diagram import box


def table(names, rows):
    """Run every row's code, check that it gives the row's value, and show the rows as a table.

    names: the variables that the code may use, for example ``globals()``; rows: (symbol, meaning, code, value),
    the value worked out by hand, to three decimals. Raises CheckFailed with the rows whose code gives something else.
    """
    wrong = [
        f"{code} gives {result}, not {value}"
        for _, _, code, value in rows
        if not _agree(result := eval(code, dict(names)), value)
    ]
    check(f"all {len(rows)} rows give the value shown", not wrong, wrong=wrong)
    lines = ["| symbol | meaning | code and value |", "|---|---|---|"]
    for symbol, meaning, code, value in rows:
        lines.append(f"| {symbol} | {meaning} | `{code.replace('|', chr(92) + '|')}` = {_text(value)} |")

    from IPython.display import Markdown, display

    display(Markdown("\n".join(lines)))


def _agree(result, value):
    if isinstance(result, torch.Size):
        return tuple(result) == value
    if isinstance(result, torch.Tensor):
        value = torch.tensor(value)
        return result.shape == value.shape and torch.allclose(result.double(), value.double(), rtol=0, atol=6e-4)
    if isinstance(result, float):
        return abs(result - value) < 6e-4
    return result == value


def _text(value):
    if isinstance(value, list):
        return "[" + ", ".join(_text(entry) for entry in value) + "]"
    return str(value).replace("-", "\N{MINUS SIGN}")


def layer(n, d, q):
    """Draw the layer O = X W + b as four grids of cells, one row of X and of O coloured, with the shape under each."""
    _, ax = new_figure(figsize=(4.6, 2.5))
    left = 0.0
    for name, rows, columns, sign in [("O", n, q, "="), ("X", n, d, ""), ("W", d, q, "+"), ("b", 1, q, "")]:
        top = n / 2 + rows / 2
        for row in range(rows):
            for column in range(columns):
                colored = name in "OX" and row == 0
                box(ax, (left + column, top - row - 1), 1, 1, color="C5" if colored else "0.93", edgecolor="0.3")
        shape = f"({q},)" if name == "b" else f"({rows}, {columns})"
        ax.text(left + columns / 2, n + 0.5, name, ha="center", fontsize=12, fontweight="bold")
        ax.text(left + columns / 2, -0.9, shape, ha="center", fontsize=9)
        ax.text(left + columns + 0.6, n / 2, sign, ha="center", va="center", fontsize=12)
        left += columns + (1.2 if sign else 0.6)
    ax.set(xlim=(-0.2, left), ylim=(-1.2, n + 1.3), aspect="equal")
    ax.axis("off")
