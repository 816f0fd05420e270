"""What the prose says and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tools import markdown, plain_forms
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
        for _, target in markdown.links(text):
            if re.match(r"[a-z][a-z0-9+.-]*:|#", target):
                continue
            path = (page.path.parent / unquote(target.split("#")[0])).resolve()
            if target.startswith("/") or not path.is_relative_to(page.book.root.resolve()) or not path.is_file():
                yield i, f"the link {target} leads nowhere"


def citations(page: Page) -> Findings:
    """Every cited work is in the bibliography, and is named as it says."""
    works = page.book.works
    for i, words, key in _anchored_links(page, "references.md"):
        if key not in works:
            yield i, f"references.bib has no {key}"
        elif words not in (works.parenthetical(key), works.textual(key)):
            yield i, f"cites {key} as '{words}'; write '{works.parenthetical(key)}' or '{works.textual(key)}'"


def terms(page: Page) -> Findings:
    """Every linked term is in the glossary."""
    defined = {f"term-{markdown.slug(term)}" for term in page.book.terms}
    for i, _, anchor in _anchored_links(page, "glossary.md"):
        if anchor not in defined:
            yield i, f"glossary.md does not define '{anchor}'"


def raw_myst(page: Page) -> Findings:
    """A plain renderer shows no markup of the site."""
    for i, text in page.texts:
        for shown, remedy in plain_forms.raw(text):
            yield i, f"a notebook program shows '{shown}' as it stands; {remedy}"


def _anchored_links(page: Page, file: str) -> Iterator[tuple[int, str, str]]:
    """Cell, words and anchor of every link to a file of the root."""
    for i, text in page.texts:
        for words, target in markdown.links(text):
            path, _, anchor = target.partition("#")
            if anchor and path.endswith(f"../{file}"):
                yield i, words, anchor


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


RULES: list[Rule] = [banned_words, placeholders, unclosed, links, citations, terms, raw_myst, labels]
