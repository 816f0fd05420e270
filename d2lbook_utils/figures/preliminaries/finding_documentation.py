"""Drawings of the page *Finding documentation*."""

from __future__ import annotations

import linecache
import re
import textwrap
import traceback

from ...plotting import new_figure
from ..diagram import box

_WIDTH = 58
_STEPS = {
    1: ("error", "1. The last lines, from the error's name on: what went wrong", "C1"),
    2: ("where", "2. The lowest line in your own file: where", "C5"),
    3: ("how", "3. Further up: how the value got there", "C2"),
}


def traceback_step(program, step, name="train.py"):
    """Run a program that fails, write down its traceback and colour the part that is read in this step.

    program: source text; step: 1 for the error, 2 for the place in the program, 3 for the calls before it.
    Raises ValueError if the program does not fail.
    """
    chosen, title, color = _STEPS[step]
    lines = traceback_lines(program, name)
    _, ax = new_figure(figsize=(4.7, 0.5 + 0.19 * len(lines)))
    for row, (part, text) in enumerate(lines):
        if part == chosen:
            box(ax, (-0.5, row - 0.5), _WIDTH + 1, 1, color=(color, 0.35), linewidth=0)
        shade = "black" if part == chosen else "0.45"
        ax.text(0, row, text, family="monospace", fontsize=9, va="center", color=shade, in_layout=False, zorder=3)
    ax.set(xlim=(-0.5, _WIDTH + 0.5), ylim=(len(lines) - 0.5, -0.5), title=title)
    ax.axis("off")


def traceback_lines(program, name="train.py"):
    """Return the traceback of a failing program as pairs (part, text); parts: head, how, where, library, error."""
    linecache.cache[name] = (len(program), None, program.splitlines(keepends=True), name)
    try:
        exec(compile(program, name, "exec"), {})
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)[1:]
        message = f"{type(error).__name__}: {error}".splitlines()
    else:
        raise ValueError("traceback_lines: program does not fail")
    own = [frame for frame in frames if frame.filename == name]
    lines = [("head", "Traceback (most recent call last):")]
    for frame in frames:
        part = "library" if frame.filename != name else "where" if frame is own[-1] else "how"
        path = re.sub(r".*[\\/]site-packages[\\/]", ".../", frame.filename).replace("\\", "/")
        lines.append((part, _cut(f'  File "{path}", line {frame.lineno}')))
        lines.append((part, _cut(f"    {frame.line}")))
    return lines + [("error", part) for line in message for part in textwrap.wrap(line, _WIDTH)]


def _cut(text):
    return text if len(text) <= _WIDTH else text[: _WIDTH - 3] + "..."
