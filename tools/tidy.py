"""Bring pages into the form in which they are stored, without running them: python -m tools.tidy [PAGES...]

Use it after a page was saved in JupyterLab. What needs a run (changed code, changed outputs) is left to make render.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nbformat import NotebookNode

from tools import notebook, reading
from tools.book import Book
from tools.page import Page


def tidied(book: Book, path: Path) -> NotebookNode:
    """The page in stored form, with the Colab cell and the reading time that belong to it."""
    page = notebook.normalise(book.read(path))
    for cell in page.cells:
        if "bootstrap" in notebook.tags(cell):
            cell.source = notebook.bootstrap(book.repository)
    if "book" in page.metadata:
        page.metadata.book["minutes"] = reading.minutes(Page(book, path))
    return page


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Store the pages that are not in this form yet."""
    parser = argparse.ArgumentParser(prog="python -m tools.tidy", description=__doc__)
    parser.add_argument("pages", nargs="*", help="paths or page names; none: every page")
    book = book or Book()
    changed = 0
    for path in book.find(parser.parse_args(arguments).pages):
        page = tidied(book, path)
        if notebook.dumps(page) != path.read_text(encoding="utf-8"):
            notebook.write(page, path)
            print(f"{book.relative(path)}: tidied")
            changed += 1
    print(f"{changed} pages changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
