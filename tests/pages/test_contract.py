"""Every page of the book keeps the page contract and builds what the helper package holds."""

import pytest

from tools.book import ROOT, Book
from tools.definitions import differences, public_definitions
from tools.execute import load_profile
from tools.lint import lint, lint_toc
from tools.page import Page

BOOK = Book()
PUBLIC = public_definitions(ROOT / "d2lbook_utils")
every_page = pytest.mark.parametrize("path", BOOK.notebooks, ids=BOOK.relative)


@every_page
def test_contract(path):
    findings = list(lint(BOOK, path))
    assert not findings, "\n" + "\n".join(findings)


@every_page
def test_definitions(path):
    found = list(differences(Page(BOOK, path), PUBLIC))
    assert not found, "\n" + "\n\n".join(found)


def test_toc_lists_what_exists():
    assert list(lint_toc(BOOK)) == []


def test_public_definitions_are_found():
    assert {"check", "explore", "Timer"} <= set(PUBLIC)


@pytest.mark.parametrize("profile", sorted(path.stem for path in (ROOT / "profiles").glob("*.yml")))
def test_profiles_fit_the_pages(profile):
    load_profile(BOOK, profile)
