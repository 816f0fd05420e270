"""Fingerprints that tell whether a page must be run again: of what it holds, and of what draws its pictures."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

from tools import notebook
from tools.page import Page

PACKAGE = "d2lbook_utils"
FIGURES = f"{PACKAGE}.figures"
SHARED = (f"{PACKAGE}.plotting", f"{PACKAGE}._display")
STYLE = "book.mplstyle"


def is_stale(page: Page) -> bool:
    """Whether the page must be run again before its outputs can be trusted."""
    stamps = page.metadata.get("rendered"), page.metadata.get("drawn")
    return stamps != (notebook.content_hash(page.notebook), drawn(page))


def drawn(page: Page) -> str:
    """Fingerprint of what draws the page's pictures.

    That is the drawing modules that the page imports, those that they import, plotting, the display and the style.
    Comments, docstrings and layout do not count.
    """
    root = page.book.root
    modules = sorted(_closure(root, {*SHARED, *_animator(page), *_imported(page)}))
    texts = [_code(path) for path in filter(None, (_file(root, module) for module in modules))]
    style = root / PACKAGE / STYLE
    texts.append(style.read_text(encoding="utf-8") if style.exists() else "")
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _imported(page: Page) -> Iterator[str]:
    for tree in page.trees.values():
        yield from _drawings(tree, "")


def _animator(page: Page) -> set[str]:
    return {f"{PACKAGE}.animator"} if any("Animator" in cell.source for _, cell in page.code) else set()


def _closure(root: Path, modules: set[str]) -> set[str]:
    """The modules and every drawing module that they import, directly or not."""
    found: set[str] = set()
    waiting = set(modules)
    while waiting:
        module = waiting.pop()
        found.add(module)
        path = _file(root, module)
        if path:
            waiting |= set(_drawings(ast.parse(path.read_text(encoding="utf-8")), module)) - found
    return found


def _drawings(tree: ast.AST, importer: str) -> Iterator[str]:
    """The modules under figures/ that the code of the module ``importer`` may mean with its imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(importer.split(".")[: -node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.startswith(f"{FIGURES}."))


def _file(root: Path, module: str) -> Path | None:
    path = root.joinpath(*module.split(".")).with_suffix(".py")
    return path if path.is_file() else None


def _code(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:]
    return repr(_structure(tree))


def _structure(node: object) -> object:
    """A syntax tree as nested lists without its empty fields, which `ast.dump` shows in some versions of Python."""
    if isinstance(node, ast.AST):
        fields = [(name, value) for name, value in ast.iter_fields(node) if value not in (None, [])]
        return [type(node).__name__, *((name, _structure(value)) for name, value in fields)]
    if isinstance(node, list):
        return [_structure(part) for part in node]
    return node
