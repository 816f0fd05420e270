"""A progress bar for loops that take longer than two seconds."""

from __future__ import annotations

import os


def progress(steps):
    """Iterate over ``steps``; once two seconds have passed, show how many are done. The bar goes at the end.

    In a notebook it is a widget, in a terminal a line. Nothing is shown while the book is tested or rendered
    (``D2LBOOK_STRICT=1``).

    Args:
        steps: anything with a length to iterate over, such as ``range(1, epochs + 1)``.
    """
    from tqdm.auto import tqdm

    return tqdm(steps, delay=2, leave=False, disable=os.environ.get("D2LBOOK_STRICT") == "1")
