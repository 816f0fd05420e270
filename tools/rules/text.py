"""What the prose says and what it refers to."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tools import markdown
from tools.book import Book
from tools.page import Page
from tools.rules import Findings, Rule

BANNED = re.compile(r"\b(simply|obviously|trivially|as we all know|needless to say)\b", re.IGNORECASE)


def banned_words(page: Page) -> Findings:
    """No words that belittle the reader's work."""
    for i, text in page.texts:
        for word in BANNED.findall(markdown.plain(text)):
            yield i, f"says '{word}'"


def placeholders(page: Page) -> Findings:
    """Nothing is left to be written."""
    for i, cell in enumerate(page.cells):
        if "TODO" in cell.source:
            yield i, "has a TODO"


def unclosed(page: Page) -> Findings:
    """Every backtick and every bracket of a link has its partner."""
    for i, text in page.texts:
        for paragraph in re.split(r"\n\s*\n", markdown.prose(text)):
            without_code = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "code", paragraph, flags=re.DOTALL)
            stray = re.search(r"(\{[\w:]+\})?`.{0,20}|\]\([^)\n]*$", without_code, re.MULTILINE)
            if stray:
                yield i, f"'{stray[0]}' is not closed"


def links(page: Page) -> Findings:
    """Relative links lead to files of the book."""
    for i, text in page.texts:
        for target in markdown.links(text):
            if re.match(r"[a-z][a-z0-9+.-]*:|#", target):
                continue
            path = (page.path.parent / unquote(target.split("#")[0])).resolve()
            if target.startswith("/") or not path.is_relative_to(page.book.root.resolve()) or not path.is_file():
                yield i, f"the link {target} leads nowhere"


def citations(page: Page) -> Findings:
    """Every cited work is in the bibliography."""
    for i, text in page.texts:
        for role in markdown.roles(text, r"cite(?::\w+)?"):
            for key in role.split(","):
                if key.strip() not in page.book.citation_keys:
                    yield i, f"references.bib has no {key.strip()}"


def terms(page: Page) -> Findings:
    """Every linked term is in the glossary."""
    for i, text in page.texts:
        for role in markdown.roles(text, "term"):
            target = re.search(r"<([^>]+)>\s*$", role)
            term = " ".join((target[1] if target else role).split())
            if term.lower() not in page.book.terms:
                yield i, f"glossary.md does not define '{term}'"


def labels(page: Page) -> Findings:
    """Labels begin with the name of the page and occur once in the book."""
    others = [path for path in page.book.notebooks if path != page.path]
    elsewhere = {label: page.book.relative(path) for path in others for label in _labels(page.book, path)}
    own: set[str] = set()
    for i, label in page.labels:
        if not label.startswith(f"{page.name}-"):
            yield i, f"the label {label} does not begin with '{page.name}-'"
        if label in own:
            yield i, f"the label {label} occurs twice"
        elif label in elsewhere:
            yield i, f"the label {label} occurs in {elsewhere[label]} too"
        own.add(label)


@cache
def _labels(book: Book, path: Path) -> list[str]:
    return [label for _, label in Page(book, path).labels]


RULES: list[Rule] = [banned_words, placeholders, unclosed, links, citations, terms, labels]
