"""Every page of the book keeps the page contract and builds what the helper package holds."""

import jupytext
import pytest
from nbconvert.exporters import PythonExporter

from tools.book import ROOT, Book
from tools.definitions import differences, not_taught, public_definitions
from tools.lint import lint, lint_toc
from tools.page import Page
from tools.rules import clarity
from tools.run import load_profile

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


def test_what_the_package_teaches_is_on_its_page():
    found = list(not_taught(BOOK, PUBLIC))
    assert not found, "\n" + "\n\n".join(found)


def test_taught_definitions_name_their_page():
    taught = {name for name, definitions in PUBLIC.items() if any(definition.page for definition in definitions)}
    assert {"evaluate_accuracy", "train_epoch", "train_classifier", "SGD", "dropout_layer"} <= taught


@every_page
def test_a_page_becomes_a_script(path):
    page = BOOK.read(path)
    script, _ = PythonExporter().from_notebook_node(page)
    compile(script, path.name, "exec")
    compile(jupytext.writes(page, fmt="py:percent"), path.name, "exec")  # which makes comments of magics


def test_exempt_pages_exist_and_need_it():
    pages = {path.stem: Page(BOOK, path) for path in BOOK.pages}
    assert set(pages) >= clarity.EXEMPT
    clear = [name for name in clarity.EXEMPT if not any(list(rule(pages[name])) for rule in clarity.CLARITY)]
    assert not clear, f"no longer exempt: {', '.join(clear)}"


def test_toc_lists_what_exists():
    assert list(lint_toc(BOOK)) == []


def test_public_definitions_are_found():
    assert {"check", "explore", "Timer"} <= set(PUBLIC)


@pytest.mark.parametrize("profile", sorted(path.stem for path in (ROOT / "profiles").glob("*.yml")))
def test_profiles_fit_the_pages(profile):
    load_profile(BOOK, profile)
