"""What a page builds and the helper package repeats must be the same program."""

from __future__ import annotations

import ast
import copy
import difflib
from pathlib import Path
from typing import Iterator

from tools.page import Page

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _Bare(ast.NodeTransformer):
    """Removes docstrings and annotations."""

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

    def _without_docstring(self, node: Definition) -> ast.AST:
        if ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        self.generic_visit(node)
        node.body = node.body or [ast.Pass()]
        return node


def bare(node: Definition) -> str:
    """The definition without docstrings and annotations, as text."""
    return ast.unparse(_Bare().visit(copy.deepcopy(node)))


def public_definitions(package: Path) -> dict[str, list[Definition]]:
    """The public functions and classes of all modules of a package, by name.

    The drawings in figures/ are not among them: they belong to single pages.
    """
    found: dict[str, list[Definition]] = {}
    for path in sorted(set(package.rglob("*.py")) - set(package.glob("figures/**/*.py"))):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, DEFINITIONS) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(node)
    return found


def differences(page: Page, public: dict[str, list[Definition]]) -> Iterator[str]:
    """How each definition of the page differs from the package's of the same name, as a diff."""
    for i, tree in page.trees.items():
        for node in tree.body:
            if not isinstance(node, DEFINITIONS) or node.name not in public:
                continue
            ours, theirs = bare(node), [bare(other) for other in public[node.name]]
            if ours not in theirs:
                where = f"{page.book.relative(page.path)}: cell {i}: {node.name}"
                lines = difflib.unified_diff(
                    theirs[0].splitlines(), ours.splitlines(), "package", "page", lineterm=""
                )
                yield "\n".join([where, *lines])
