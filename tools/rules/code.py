"""What code cells look like, and what they may use."""

from __future__ import annotations

import ast
import importlib
import io
import tokenize

from tools.notebook import tags
from tools.page import MAGIC, Page
from tools.rules import Findings, Rule

MAX_LINES = 25
MAX_COLUMNS = 76
PACKAGE = "d2lbook_utils"


def is_python(page: Page) -> Findings:
    """Every code cell can be parsed."""
    for i, cell in page.code:
        if i not in page.trees and "raises-exception" not in tags(cell):
            yield i, "is not Python"


def cell_size(page: Page) -> Findings:
    """Cells fit on a screen and in the column of the site."""
    for i, cell in page.code:
        lines = cell.source.splitlines()
        if len(lines) > MAX_LINES:
            yield i, f"{len(lines)} lines; a code cell has at most {MAX_LINES}"
        widest = max(map(len, lines), default=0)
        if widest > MAX_COLUMNS:
            yield i, f"a line of {widest} columns; at most {MAX_COLUMNS}"


def trailing_semicolon(page: Page) -> Findings:
    """nbval shows the output that a trailing semicolon hides."""
    for i in page.trees:
        source = MAGIC.sub(r"\1pass", page.cells[i].source)
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        words = [token.string for token in tokens if token.string.strip() and token.type != tokenize.COMMENT]
        if words and words[-1] == ";":
            yield i, "ends with ';'; end with plt.show(), or assign to _"


def helper_names(page: Page) -> Findings:
    """What a page imports from the helper package exists."""
    for i, tree in page.trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
                for alias in node.names:
                    if not _exists(node.module, alias.name):
                        yield i, f"{node.module} has no {alias.name}"
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.split(".")[0] == PACKAGE and not _exists(alias.name):
                        yield i, f"there is no module {alias.name}"


def _exists(module: str, name: str | None = None) -> bool:
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith(PACKAGE):
            return False
        raise
    return name is None or hasattr(found, name) or (hasattr(found, "__path__") and _exists(f"{module}.{name}"))


RULES: list[Rule] = [is_python, cell_size, trailing_semicolon, helper_names]
