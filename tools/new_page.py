"""Start a page: python -m tools.new_page chapters/part/name "Title"

Writes the page (notebook, drawings, tests) and its line of _toc.yml; what is left to write is marked TODO.
The title may also stand in the environment, as NEW_TITLE.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import notebook, tidy
from tools.book import Book

BUDGET = {"seconds": 60, "memory_mb": 2048, "download_mb": 0}

OPENING = """\
# {title}

TODO: the question that this page answers, with a story that carries it to the end. Why does the answer matter?

**You will be able to**
- TODO: first outcome
- TODO: second outcome

**You need** nothing (TODO: or links to earlier pages)"""
IMPORTS = """\
import torch

from d2lbook_utils import check
from d2lbook_utils.figures.{part} import {module} as draw

_ = torch.manual_seed(0)"""
PARAMETERS = "number = 3  # TODO: what the reader may change"
SECTION = """\
## TODO: section {n}, in the field's words

TODO: picture or question, idea, formula derived line by line. Every symbol and term is introduced before it is used;
a term of the glossary is a link with three words of meaning, `[word](../../glossary.md#term-word)`, and a work is cited
as `[Author, year](../../references.md#key)`. At most three new ideas."""
PLAIN_CODE = """\
# TODO: the plain thing first: one network, one loop, one data set
value = number**2
print(value)"""
CLAIM = 'check("TODO: the sentence of the text", value > 0, value=value)'
DRAWING = """\
draw.something(value)  # TODO: what is drawn from what"""
SIDE_ROAD = """\
> **Going deeper: TODO.** A proof that only confirms, a second derivation, a variant, history: what nobody needs to go
> on stands here, closed on the site."""
CONFUSION = """\
### TODO: a question that readers ask?

TODO: the answer. At most six questions stand open."""
EXERCISE = """\
### Exercise: TODO title {n}

TODO: what to do, and what to hand in."""
SOLUTION = "### Solution"
IDEA = "TODO: the idea of the solution."

DRAWINGS = '''\
"""Drawings of the page *{title}*."""

from __future__ import annotations

from d2lbook_utils import new_figure


def something(value):
    """TODO: say what is drawn; value: shape and unit. A drawing draws what it is given, on a figure it makes."""
    _, ax = new_figure()
    ax.plot([0, 1], [0, value])
    ax.set(xlabel="TODO", ylabel="TODO")
'''
TESTS = '''\
"""The page *{title}*: its traps, and its drawings where they compute something."""

from traps import Trap, from_page, is_caught, with_bug  # noqa: F401  TODO: one trap for each mistake of the page
'''


def _text(cell_id: str, source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)})


def _code(cell_id: str, source: str, *tags: str) -> NotebookNode:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)})


def template(title: str, part: str, module: str, repository: str) -> NotebookNode:
    """The notebook of a page that is still to be written."""
    picture = _code("picture", DRAWING, "hide-input")
    picture.metadata["mystnb"] = {
        "image": {"alt": "TODO: what the picture shows, in a sentence of at least 30 letters"}
    }
    cells = [
        _text("opening", OPENING.format(title=title)),
        _code("bootstrap", notebook.bootstrap(repository), "remove-cell", "bootstrap"),
        _code("imports", IMPORTS.format(part=part, module=module)),
        _code("parameters", PARAMETERS, "parameters"),
    ]
    for n in (1, 2, 3):
        cells.append(_text(f"section-{n}", SECTION.format(n=n)))
        cells.append(_code(f"section-{n}-code", PLAIN_CODE))
    cells += [
        picture,
        _code("claim", CLAIM),
        _text("side-road", SIDE_ROAD),
        _text("common-confusions", "## Common confusions"),
        _text("confusion-1", CONFUSION, "confusions"),
        _code("confusion-1-code", "print(number)"),
        _text("summary", "## Summary\n\n- TODO: what to remember"),
        _text("exercises", "## Exercises"),
    ]
    for n in (1, 2, 3, 4):
        cells.append(_text(f"exercise-{n}", EXERCISE.format(n=n), "exercise"))
        cells.append(_text(f"solution-{n}", SOLUTION, "solution"))
        cells.append(_text(f"solution-{n}-idea", IDEA, "solution"))
        cells.append(_code(f"solution-{n}-code", 'check("TODO: the solution is right", number > 0)', "solution"))
    metadata = {"book": {"teaches": [], "needs": [], "budget": BUDGET}}
    return notebook.normalise(new_notebook(cells=cells, metadata=metadata))


def listed(toc: str, name: str) -> str:
    """The text of _toc.yml with the page at the end of its part.

    Raises:
        SystemExit: the part is not in _toc.yml.
    """
    part = name.rpartition("/")[0]
    lines = toc.splitlines()
    entries = [i for i, line in enumerate(lines) if re.match(rf"\s*- file: {part}/", line)]
    if not entries:
        raise SystemExit(f"new_page: _toc.yml has no page of {part}; list {part}/index there first")
    last = lines[entries[-1]]
    new = [f"{last[: last.index('- ')]}- file: {name}"]
    if last.endswith("/index"):
        indent = " " * (last.index("- ") + 2)
        new = [f"{indent}sections:", f"{indent}- file: {name}"]
    return "\n".join([*lines[: entries[-1] + 1], *new, *lines[entries[-1] + 1 :]]) + "\n"


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Write the new page and say what comes next."""
    parser = argparse.ArgumentParser(prog="python -m tools.new_page", description=__doc__)
    parser.add_argument("name", help="chapters/part/name")
    parser.add_argument("title", nargs="?", default=os.environ.get("NEW_TITLE", ""))
    options = parser.parse_args(arguments)
    book = book or Book()
    name, title = options.name.removesuffix(".ipynb"), options.title.strip()
    word = "[a-z0-9]+(-[a-z0-9]+)*"
    if not re.fullmatch(rf"chapters/{word}/{word}", name):
        raise SystemExit(f"new_page: {name!r} is not like chapters/part/name-of-page (lower case, hyphens)")
    if not title:
        raise SystemExit("new_page: the title is empty")
    _, part, module = name.replace("-", "_").split("/")
    page = book.root / f"{name}.ipynb"
    drawings = book.root / f"d2lbook_utils/figures/{part}/{module}.py"
    tests = book.root / f"tests/pages/{part}/test_{module}.py"
    for path in (page, drawings, tests):
        if path.exists():
            raise SystemExit(f"new_page: {path.relative_to(book.root)} exists")
    toc = book.root / "_toc.yml"
    _write(toc, listed(toc.read_text(encoding="utf-8"), name))
    words = title.replace("\\", "\\\\").replace('"', '\\"')
    _write(drawings, DRAWINGS.format(title=words))
    _write(tests, TESTS.format(title=words))
    page.parent.mkdir(parents=True, exist_ok=True)
    notebook.write(template(title, part, module, book.repository), page)
    notebook.write(tidy.tidied(Book(book.root), page), page)
    print(f"{name}.ipynb, its drawings, its tests and its line of _toc.yml are there.")
    print(f"Replace every TODO, then: make render PAGES={name}.ipynb")
    return 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
