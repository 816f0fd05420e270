"""What a reader reads on the main road of a page, and how long it takes."""

from __future__ import annotations

import re

from tools import markdown
from tools.notebook import tags
from tools.page import Page

ASIDE = ("Common confusions", "Exercises")
CLOSED = {"hide-input", "hide-cell", "remove-cell", "remove-input", "solution"}
CLOSED_QUOTATION = re.compile(r"^> *\*\*Going deeper\b.*(?:\n>.*)*", re.MULTILINE)
WORDS_A_MINUTE = 200
ROUNDED_TO = 5


def main_road(page: Page) -> list[int]:
    """The positions of the cells on the main road: all but confusions, exercises and closed cells."""
    aside = {i for title in ASIDE for i in page.section(title)} | page.side_roads
    return [i for i, cell in enumerate(page.cells) if i not in aside and not CLOSED & set(tags(cell))]


def visible_code(page: Page) -> list[int]:
    """The positions of the code cells that stand open on the site, those of the confusions too."""
    aside = set(page.section("Exercises")) | page.side_roads
    return [i for i, cell in page.code if i not in aside and not CLOSED & set(tags(cell))]


def words(page: Page) -> int:
    """The words on the main road."""
    road = set(main_road(page))
    return sum(markdown.words(CLOSED_QUOTATION.sub("", text)) for i, text in page.texts if i in road)


def minutes(page: Page) -> int:
    """How long the main road takes: a minute for 200 words, and one for each open code cell; in steps of five."""
    cells = len([i for i in main_road(page) if page.cells[i].cell_type == "code"])
    exact = words(page) / WORDS_A_MINUTE + cells
    return max(ROUNDED_TO, ROUNDED_TO * round(exact / ROUNDED_TO))
