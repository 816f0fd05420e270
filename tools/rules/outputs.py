"""What is stored with a page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from tools import markdown, notebook, stamps
from tools.notebook import is_code, tags
from tools.page import Page, called, calls
from tools.rules import Findings, Rule

TIDY = "run make tidy"
MIN_ALT = 30
POOR_ALT = re.compile(r"^(an? |the )?(plot|figure|image|picture|chart)\b|\.(png|jpe?g|svg|gif)$", re.IGNORECASE)
SPEAKING = {"print", "check", "check_close", "show_error", "explore"}
MACHINE_PATH = re.compile(r"(?:/(?:work|home|root|tmp|Users)/|[A-Z]:\\Users\\)[^\s\"'<>]*")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")


def rendered(page: Page) -> Findings:
    """Sources and outputs are those of the last rendering."""
    if page.metadata.get("rendered") != notebook.content_hash(page.notebook):
        yield None, f"code or outputs changed since the page was rendered: {_render(page)}"


def drawn(page: Page) -> Findings:
    """The pictures were drawn by the code that is there now."""
    if page.metadata.get("rendered") and page.metadata.get("drawn") != stamps.drawn(page):
        yield None, f"the drawing changed since the page was rendered: {_render(page)}"


def executed(page: Page) -> Findings:
    """Every code cell was run, from top to bottom, and what speaks has an output."""
    if not page.metadata.get("rendered"):
        return  # the rule rendered says so
    counts = [cell.execution_count for _, cell in page.code]
    wrong = [i for number, (i, cell) in enumerate(page.code, start=1) if cell.execution_count != number]
    if wrong:
        how = "were executed out of order" if None not in counts else "were not executed"
        yield wrong[0], f"{len(wrong)} code cells, this one first, {how}: {_render(page)}"
    for i, cell in page.code:
        if i not in wrong and i in page.trees and not cell.outputs and any(map(_speaks, page.trees[i].body)):
            yield i, f"prints or shows something, but has no output: {_render(page)}"


def normal_form(page: Page) -> Findings:
    """No widget state, no traces of the run, no foreign metadata."""
    stored, normal = page.notebook, notebook.normalise(page.notebook)
    for key in sorted(set(stored.metadata) | set(normal.metadata)):
        if stored.metadata.get(key) != normal.metadata.get(key):
            yield None, f"metadata.{key} is not in the stored form: {TIDY}"
    if (stored.nbformat, stored.nbformat_minor) != (normal.nbformat, normal.nbformat_minor):
        yield None, f"notebook format {stored.nbformat}.{stored.nbformat_minor}, not 4.5: {TIDY}"
    if len(stored.cells) != len(normal.cells):
        yield None, f"has a cell tagged injected-parameters: {TIDY}"
        return
    for i, (cell, clean) in enumerate(zip(stored.cells, normal.cells)):
        if cell.get("execution_count") != clean.get("execution_count"):
            continue  # the rule executed says so
        if "id" not in cell:
            yield i, f"has no id: {TIDY}"
        differing = [key for key in sorted(set(cell) | set(clean)) if key != "id" and cell.get(key) != clean.get(key)]
        if differing:
            yield i, f"{', '.join(differing)}: not in the stored form: {TIDY}"


def errors(page: Page) -> Findings:
    """Only cells that are meant to fail have failed."""
    for i, cell in page.code:
        for output in cell.outputs:
            if output.output_type == "error" and "raises-exception" not in tags(cell):
                yield i, f"stores the error {output.ename}, but is not tagged raises-exception"


def alt_text(page: Page) -> Findings:
    """Every picture says what it shows."""
    for i, cell in page.code:
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
        has_picture = any("image/png" in output.get("data", {}) for output in cell.outputs)
        if has_picture or alt is not None:
            yield from ((i, f"mystnb.image.alt {problem}") for problem in _alt_problems(alt))
        for name, call in calls(page.trees[i]) if i in page.trees else ():
            if name == "explore":
                value = next((keyword.value for keyword in call.keywords if keyword.arg == "alt"), None)
                if value is None:
                    yield i, "explore(...) has no alt="
                elif isinstance(value, ast.Constant):
                    yield from ((i, f"alt= of explore {problem}") for problem in _alt_problems(value.value))
    for i, text in page.texts:
        prose = markdown.prose(text)
        if re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=)", prose):
            yield i, "a picture has no alternative text"
        if page.cells[i].get("attachments") or "attachment:" in prose:
            yield i, "has a pasted picture; draw it with code"


def machine_traces(page: Page) -> Findings:
    """Nothing that exists on one machine only."""
    for i, cell in enumerate(page.cells):
        found = MACHINE_PATH.search(cell.source)
        if found:
            yield i, f"source has the path {found[0]}"
        for text in _texts(cell):
            text = re.sub(r"base64,[A-Za-z0-9+/=\s]+", "", text)
            found = MACHINE_PATH.search(text)
            if found:
                yield i, f"output has the path {found[0]}"
            found = ADDRESS.search(text)
            if found and "nbval-ignore-output" not in tags(cell):
                yield i, f"output has the address {found[0]}; tag it nbval-ignore-output or do not print it"


def _render(page: Page) -> str:
    return f"run make render PAGES={page.book.relative(page.path)}"


def _speaks(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    return called(node.value) in SPEAKING or ast.unparse(node.value.func) == "plt.show"


def _alt_problems(alt: object) -> Iterator[str]:
    if not isinstance(alt, str) or not alt.strip():
        yield "is missing"
    elif POOR_ALT.search(alt.strip()):
        yield f"says '{alt[:30]}', not what the picture shows"
    elif len(alt) < MIN_ALT:
        yield f"has {len(alt)} characters; at least {MIN_ALT} say what a picture shows"


def _texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs if is_code(cell) else ():
        yield from (str(output[key]) for key in ("text", "evalue") if key in output)
        yield from (str(value) for mime, value in output.get("data", {}).items() if not mime.startswith("image/"))


RULES: list[Rule] = [rendered, drawn, executed, normal_form, errors, alt_text, machine_traces]
