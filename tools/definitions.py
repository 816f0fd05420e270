"""What a page builds and the helper package repeats must be the same program."""

from __future__ import annotations

import ast
import copy
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.book import Book
from tools.page import Page

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
TAUGHT = re.compile(r"^\s*Page: ([a-z0-9-]+)\s*$", re.MULTILINE)


class _Bare(ast.NodeTransformer):
    """Removes docstrings, annotations and guards (``if ...: raise``)."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self._without_docstring(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._without_docstring(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        self.generic_visit(node)
        return ast.Assign([node.target], node.value, lineno=node.lineno) if node.value else None

    def visit_If(self, node: ast.If) -> ast.AST | None:
        self.generic_visit(node)
        return node if node.orelse or not all(isinstance(line, ast.Raise) for line in node.body) else None

    def visit_For(self, node: ast.For) -> ast.AST | None:
        self.generic_visit(node)
        return node if node.body else None  # a loop that held nothing but guards

    def _without_docstring(self, node: Definition) -> ast.AST:
        if ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node


@dataclass(frozen=True)
class Public:
    """A public definition of the package, and the page that its docstring names."""

    module: Path
    node: Definition

    @property
    def page(self) -> str | None:
        """The stem of the page that teaches it, from the docstring's line ``Page: stem``."""
        found = TAUGHT.search(ast.get_docstring(self.node) or "")
        return found[1] if found else None


def bare(node: Definition) -> str:
    """The definition without docstrings, annotations and guards, as text."""
    return ast.unparse(_Bare().visit(copy.deepcopy(node)))


def public_definitions(package: Path) -> dict[str, list[Public]]:
    """The public functions and classes of all modules of a package, by name.

    The drawings in figures/ are not among them: they belong to single pages.
    """
    found: dict[str, list[Public]] = {}
    for path in sorted(set(package.rglob("*.py")) - set(package.glob("figures/**/*.py"))):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, DEFINITIONS) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(Public(path, node))
    return found


def not_taught(book: Book, public: dict[str, list[Public]]) -> Iterator[str]:
    """The definitions of the package that the page they name lacks, or holds in another form."""
    pages = {path.stem: path for path in book.pages}
    for name, definitions in public.items():
        for definition in (definition for definition in definitions if definition.page):
            where = f"{definition.module.name}: {name}"
            if definition.page not in pages:
                yield f"{where}: there is no page {definition.page}"
                continue
            theirs = bare(definition.node)
            ours = [bare(node) for _, node in _definitions(Page(book, pages[definition.page])) if node.name == name]
            if not ours:
                yield f"{where}: the page {definition.page} does not define it"
            elif theirs not in ours:
                yield _diff(f"{where}: the page {definition.page} has another one", theirs, ours[0])


def differences(page: Page, public: dict[str, list[Public]]) -> Iterator[str]:
    """How each definition of the page differs from the package's of the same name, as a diff."""
    for i, node in _definitions(page):
        theirs = [bare(other.node) for other in public.get(node.name, [])]
        if theirs and bare(node) not in theirs:
            yield _diff(f"{page.book.relative(page.path)}: cell {i}: {node.name}", theirs[0], bare(node))


def _definitions(page: Page) -> Iterator[tuple[int, Definition]]:
    for i, tree in page.trees.items():
        yield from ((i, node) for node in tree.body if isinstance(node, DEFINITIONS))


def _diff(where: str, package: str, page: str) -> str:
    lines = difflib.unified_diff(package.splitlines(), page.splitlines(), "package", "page", lineterm="")
    return "\n".join([where, *lines])
