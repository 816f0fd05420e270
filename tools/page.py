"""One page as the lint sees it: its cells, headings, code trees and exercises."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from tools import markdown
from tools.book import Book
from tools.notebook import is_code, tags

EXERCISE, SOLUTION, SIDE_ROAD = "### Exercise: ", "### Solution", "### Going deeper: "
MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a code cell, magics counted as ``pass``; None if it is not Python."""
    for text in (source, MAGIC.sub(r"\1pass", source)):
        try:
            return compile(text, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except SyntaxError:
            continue
    return None


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """All calls with the last part of the called name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield called(node), node


def called(call: ast.Call) -> str:
    """The last part of the called name: ``show`` for ``plt.show()``."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@dataclass
class Exercise:
    """An exercise, the first cell of its solution (None: there is none), and the code cells of the solution."""

    cell: int
    title: str
    label: str
    solution: int | None = None
    code: list[int] = field(default_factory=list)


class Page:
    """The page ``path`` of ``book``."""

    def __init__(self, book: Book, path: Path) -> None:
        self.book = book
        self.path = path
        self.name = path.stem
        self.notebook: NotebookNode = book.read(path)
        self.cells: list[NotebookNode] = self.notebook.cells

    @property
    def metadata(self) -> dict:
        """The book's own metadata of the page."""
        return self.notebook.metadata.get("book", {})

    @property
    def code(self) -> Iterator[tuple[int, NotebookNode]]:
        """The code cells with their positions."""
        return ((i, cell) for i, cell in enumerate(self.cells) if is_code(cell))

    @property
    def texts(self) -> Iterator[tuple[int, str]]:
        """The sources of the Markdown cells with their positions."""
        return ((i, cell.source) for i, cell in enumerate(self.cells) if cell.cell_type == "markdown")

    @cached_property
    def trees(self) -> dict[int, ast.Module]:
        """The syntax trees of the code cells that are Python, by position."""
        parsed = {i: parse(cell.source) for i, cell in self.code}
        return {i: tree for i, tree in parsed.items() if tree is not None}

    @property
    def parameters(self) -> list[str]:
        """The names that the parameters cell assigns."""
        tree = self.trees.get(self.first_tagged("parameters"))
        assignments = [node for node in tree.body if isinstance(node, ast.Assign)] if tree else []
        targets = [target for node in assignments for target in node.targets]
        return [target.id for target in targets if isinstance(target, ast.Name)]

    @cached_property
    def headings(self) -> list[tuple[int, int, str]]:
        """Cell, level and title of every heading."""
        return [(i, level, title) for i, text in self.texts for level, title in markdown.headings(text)]

    @property
    def sections(self) -> list[str]:
        """The titles of the ## sections."""
        return [title for _, level, title in self.headings if level == 2]

    def section(self, title: str) -> range:
        """The cells of a ## section; empty if there is none."""
        starts = [(i, text) for i, level, text in self.headings if level == 2]
        begin = next((i for i, text in starts if text == title), len(self.cells))
        end = next((i for i, _ in starts if i > begin), len(self.cells))
        return range(begin, end)

    def first_tagged(self, tag: str) -> int | None:
        """The position of the first cell with a tag."""
        return next((i for i, cell in enumerate(self.cells) if tag in tags(cell)), None)

    @cached_property
    def exercises(self) -> list[Exercise]:
        """The texts tagged exercise, each with the cells of its solution: those tagged solution that follow."""
        found: list[Exercise] = []
        for i, cell in enumerate(self.cells):
            title = cell.source.partition("\n")[0].removeprefix(EXERCISE).strip()
            if "exercise" in tags(cell) and not is_code(cell):
                label = cell.metadata.get("book", {}).get("label") or f"{self.name}-{markdown.slug(title)}"
                found.append(Exercise(i, title, label))
            elif "solution" in tags(cell) and found:
                if is_code(cell):
                    found[-1].code.append(i)
                elif title == SOLUTION and found[-1].solution is None:
                    found[-1].solution = i
        return found

    @cached_property
    def side_roads(self) -> set[int]:
        """The cells of closed side roads: from a heading cell tagged side-road up to the next heading cell."""
        found, closed = set(), False
        for i, cell in enumerate(self.cells):
            if cell.cell_type == "markdown" and re.match("#{1,6} ", cell.source):
                closed = "side-road" in tags(cell)
            if closed:
                found.add(i)
        return found

    @cached_property
    def labels(self) -> list[tuple[int, str]]:
        """Every label the page defines, with its cell: of exercises and of figures."""
        found = [(exercise.cell, exercise.label) for exercise in self.exercises]
        for i, cell in self.code:
            name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
            found += [(i, name)] if name else []
        return found
