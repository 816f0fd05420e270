"""Traps: mistakes that run, or nearly run, and the check that notices each of them.

The test file of a page says ``test_trap = each_is_caught(Trap(...), Trap(...))``. A trap passes when its check accepts
the right code, which is the book's (of the package or, by ``from_page``, of a page), and refuses the wrong code: where
it can be, the right code with one piece of text replaced, ``with_bug(dropout_layer, "rand(", "randn(")``.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tools.book import Book
from tools.notebook import tags
from tools.page import Page

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Trap:
    """One mistake: its name, the right and the wrong code, and the check that tells them apart.

    check(code) runs the code and asserts what must hold; the wrong code must make it raise ``caught_by``.
    """

    name: str
    right: Any
    wrong: Any
    check: Callable[[Any], None]
    caught_by: type[Exception] | tuple[type[Exception], ...] = AssertionError


def each_is_caught(*traps: Trap) -> Callable:
    """A test for each trap, named after it."""

    @pytest.mark.parametrize("trap", traps, ids=lambda trap: trap.name)
    def test_trap(trap):
        is_caught(trap)

    return test_trap


def is_caught(trap: Trap) -> None:
    """The check accepts the right code and refuses the wrong code."""
    trap.check(trap.right)
    with pytest.raises(trap.caught_by):
        trap.check(trap.wrong)


def with_bug(definition: Callable, right: str, wrong: str) -> Any:
    """The function or class with every ``right`` in its source replaced by ``wrong``."""
    source = getattr(definition, "_source", None) or inspect.getsource(definition)
    assert right in source, f"{definition.__name__} no longer holds {right!r}"
    names = getattr(definition, "_names", None) or vars(sys.modules[definition.__module__])
    return _define(source.replace(right, wrong), definition.__name__, names)


def from_page(page: str, *names: str) -> Any:
    """A function or class (or several) as the page ``part/name`` defines it, with the page's imports and parameters."""
    page = Page(Book(ROOT), ROOT / "chapters" / f"{page}.ipynb")
    names_there: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for i, tree in page.trees.items():
        for node in tree.body:
            source = _source(page.cells[i].source, node)
            kind = type(node).__name__
            if kind in ("Import", "ImportFrom") or "parameters" in tags(page.cells[i]):
                exec(source, names_there)
            elif kind in ("FunctionDef", "ClassDef"):
                try:
                    defined = _define(source, node.name, names_there)
                except NameError:  # a default that only a run of the page computes
                    continue
                names_there[node.name] = defined
                found.setdefault(node.name, defined)
    wanted = [found[name] for name in names]
    return wanted[0] if len(wanted) == 1 else wanted


def _source(cell: str, node) -> str:
    lines = cell.splitlines()
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _define(source: str, name: str, names: dict[str, Any]) -> Any:
    scope = dict(names)
    exec(source, scope)
    scope[name]._source, scope[name]._names = source, names
    return scope[name]
