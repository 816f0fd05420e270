"""A progress bar for loops that take longer than two seconds."""

from __future__ import annotations

import os
import sys

from ._display import notebook_shell


def progress(steps):
    """Iterate over ``steps``; once two seconds have passed, show how many are done. The bar goes at the end.

    Nothing is shown while the book is tested or rendered (``D2LBOOK_STRICT=1``).

    Args:
        steps: anything with a length to iterate over, such as ``range(1, epochs + 1)``.
    """
    from tqdm import tqdm

    shown = sys.stderr if notebook_shell() is None else _CellLine()
    return tqdm(steps, delay=2, leave=False, file=shown, disable=os.environ.get("D2LBOOK_STRICT") == "1")


class _CellLine:
    """A file for tqdm that shows the last line written to it below the running cell, and nothing once it is blank.

    On stderr, where tqdm writes by itself, an empty red band would stay.
    """

    encoding = "utf-8"

    def __init__(self):
        self._display = None

    def write(self, text: str) -> None:
        from IPython.display import display

        line = text.strip()
        if self._display is not None:
            self._display.update({"text/plain": line} if line else {}, raw=True)
        elif line:
            self._display = display({"text/plain": line}, raw=True, display_id=True)

    def flush(self) -> None:
        pass
