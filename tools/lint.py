"""Check pages against the page contract: python -m tools.lint [PAGES...]"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.book import Book
from tools.page import Page
from tools.rules import Rule, clarity, code, metadata, outputs, structure, text

RULES: list[Rule] = [
    *structure.RULES,
    *code.RULES,
    *clarity.RULES,
    *outputs.RULES,
    *text.RULES,
    *metadata.RULES,
]
NAMED = 3  # cells named one by one; more equal findings share a line


def lint(book: Book, path: Path) -> Iterator[str]:
    """What is wrong with a page, one line each; many equal findings are one line."""
    page = Page(book, path)
    found: dict[str, list[int | None]] = {}
    for rule in RULES:
        for position, message in rule(page):
            found.setdefault(message, []).append(position)
    for message, positions in found.items():
        for cell in _cells(page, positions):
            yield f"{book.relative(path)}: {cell}{message}"


def lint_toc(book: Book) -> Iterator[str]:
    """What _toc.yml lists and the book does not have."""
    for file in book.listed:
        if file.startswith("chapters/") and not any((book.root / f"{file}.{end}").exists() for end in ("ipynb", "md")):
            yield f"_toc.yml: lists {file}, which does not exist"


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Print the findings; 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tools.lint", description=__doc__)
    parser.add_argument("pages", nargs="*", help="paths or page names; none: every page")
    names = parser.parse_args(arguments).pages
    book = book or Book()
    findings = [finding for path in book.find(names) for finding in lint(book, path)]
    findings += [] if names else lint_toc(book)
    print("\n".join(findings) if findings else "lint: nothing to report")
    return 1 if findings else 0


def _cells(page: Page, positions: list[int | None]) -> Iterator[str]:
    if len(positions) > NAMED:
        yield f"cells {', '.join(map(str, positions[:NAMED]))}, ... ({len(positions)} in all): "
    else:
        yield from ("" if i is None else f"cell {i} ({_id(page, i)}): " for i in positions)


def _id(page: Page, position: int) -> str:
    return page.cells[position].get("id", "no id") if position < len(page.cells) else "missing"


if __name__ == "__main__":
    sys.exit(main())
