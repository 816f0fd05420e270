"""The page's entry in the book: metadata, file, place among the other pages."""

from __future__ import annotations

import re

from tools import reading
from tools.notebook import MAX_PAGE_MB, MEGABYTE
from tools.page import Page
from tools.rules import Findings, Rule

MAX_BUDGET = {"seconds": 60, "memory_mb": 2048, "download_mb": None}
KEYS = {"teaches", "needs", "budget", "minutes", "timing", "rendered", "drawn"}


def book_metadata(page: Page) -> Findings:
    """metadata.book has its keys, with values of the right type."""
    book = page.metadata
    for key in sorted(set(book) - KEYS):
        yield None, f"metadata.book.{key} is unknown"
    for key in ("teaches", "needs"):
        value = book.get(key)
        if not isinstance(value, list) or not all(isinstance(concept, str) for concept in value):
            yield None, f"metadata.book.{key} must be a list of strings"
    if "timing" in book and book["timing"] is not True:
        yield None, "metadata.book.timing is true or left out"
    if book.get("minutes") != reading.minutes(page):
        yield None, f"metadata.book.minutes is {book.get('minutes')}, not {reading.minutes(page)}: run make tidy"


def budget(page: Page) -> Findings:
    """The budget is complete and within what any page may use."""
    budget = page.metadata.get("budget", {})
    for key in sorted(set(budget) - set(MAX_BUDGET)):
        yield None, f"metadata.book.budget.{key} is unknown"
    for key, most in MAX_BUDGET.items():
        value = budget.get(key)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value < 0:
            yield None, f"metadata.book.budget.{key} must be a number"
        elif most is not None and value > most:
            yield None, f"metadata.book.budget.{key} is {value}; at most {most}"


def concepts(page: Page) -> Findings:
    """What a page needs was taught before; nothing is taught twice."""
    taught: dict[str, str] = {}
    for path in page.book.pages:
        if path == page.path:
            break
        for concept in page.book.read(path).metadata.get("book", {}).get("teaches", []):
            taught.setdefault(concept, page.book.relative(path))
    own: set[str] = set()
    for concept in page.metadata.get("needs", []):
        if concept not in taught:
            yield None, f"needs '{concept}', which no earlier page teaches"
    for concept in page.metadata.get("teaches", []):
        if concept in taught:
            yield None, f"teaches '{concept}', which {taught[concept]} teaches"
        if concept in own:
            yield None, f"teaches '{concept}' twice"
        own.add(concept)


def file_name(page: Page) -> Findings:
    """Lower-case words joined by hyphens, and a name no other page has."""
    parts = page.path.relative_to(page.book.root).with_suffix("").parts
    if not all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", part) for part in parts):
        yield None, "folder and file names are lower-case words joined by hyphens"
    for path in page.book.notebooks:
        if path != page.path and path.stem == page.name:
            yield None, f"{page.book.relative(path)} has the same name"


def file_size(page: Page) -> Findings:
    """A page loads quickly."""
    size = page.path.stat().st_size / MEGABYTE
    if size > MAX_PAGE_MB:
        yield None, f"{size:.2f} MB; a page has at most {MAX_PAGE_MB} MB"


def in_toc(page: Page) -> Findings:
    """The page is part of the book."""
    if page.path not in page.book.pages:
        yield None, "_toc.yml does not list the page"


RULES: list[Rule] = [book_metadata, budget, concepts, file_name, file_size, in_toc]
