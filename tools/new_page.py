"""Start a page: python -m tools.new_page chapters/part/name "Title"

The page has every part of the contract; what is left to write is marked TODO.
"""

from __future__ import annotations

import argparse
import re
import sys

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import notebook
from tools.book import Book

OPENING = """\
# {title}

TODO: the question that this page answers. Why does the answer matter?

**You will be able to**
- TODO: first outcome
- TODO: second outcome

**You need** nothing (TODO: or links to earlier pages)"""
IMPORTS = """\
import torch

from d2lbook_utils import check

_ = torch.manual_seed(0)"""
PARAMETERS = "number = 3  # TODO: what the reader may change"
EXERCISE = """\
### Exercise: TODO: title {n}

TODO: what to do, and what to hand in."""
SOLUTION = "### Solution"
IDEA = "TODO: the idea of the solution."


def _text(cell_id: str, source: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)})


def _code(cell_id: str, source: str, *tags: str) -> NotebookNode:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)})


def template(title: str, repository: str) -> NotebookNode:
    """The notebook of a page that is still to be written."""
    cells = [
        _text("opening", OPENING.format(title=title)),
        _code("bootstrap", notebook.bootstrap(repository), "remove-cell", "bootstrap"),
        _code("imports", IMPORTS),
        _code("parameters", PARAMETERS, "parameters"),
    ]
    for n in (1, 2, 3):
        cells.append(_text(f"section-{n}", f"## TODO: section {n}"))
        cells.append(_code(f"section-{n}-code", 'check("TODO: a claim", number > 0, number=number)'))
    cells.append(_text("common-confusions", "## Common confusions"))
    cells.append(_text("confusion-1", "### TODO: a question that readers ask?\n\nTODO: the answer.", "confusions"))
    cells.append(_code("confusion-1-code", 'check("TODO: what shows the answer", number > 0)'))
    cells.append(_text("summary", "## Summary\n\n- TODO: what to remember"))
    cells.append(_text("exercises", "## Exercises"))
    for n in (1, 2, 3, 4):
        cells.append(_text(f"exercise-{n}", EXERCISE.format(n=n), "exercise"))
        cells.append(_text(f"solution-{n}", SOLUTION, "solution"))
        cells.append(_text(f"solution-{n}-idea", IDEA, "solution"))
        cells.append(_code(f"solution-{n}-code", 'check("TODO: the solution is right", number > 0)', "solution"))
    budget = {"seconds": 60, "memory_mb": 2048, "download_mb": 0}
    metadata = {"book": {"teaches": [], "needs": [], "budget": budget}}
    return notebook.normalise(new_notebook(cells=cells, metadata=metadata))


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Write the new page and say what comes next."""
    parser = argparse.ArgumentParser(prog="python -m tools.new_page", description=__doc__)
    parser.add_argument("name", help="chapters/part/name")
    parser.add_argument("title")
    options = parser.parse_args(arguments)
    book = book or Book()
    name = options.name.removesuffix(".ipynb")
    word = "[a-z0-9]+(-[a-z0-9]+)*"
    if not re.fullmatch(rf"chapters/{word}/{word}", name):
        raise SystemExit(f"new_page: {name!r} is not like chapters/part/name-of-page (lower case, hyphens)")
    if not options.title.strip():
        raise SystemExit("new_page: the title is empty")
    path = book.root / f"{name}.ipynb"
    if path.exists():
        raise SystemExit(f"new_page: {name}.ipynb exists")
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook.write(template(options.title.strip(), book.repository), path)
    print(f"{name}.ipynb is there. List it in _toc.yml, replace every TODO, run make render PAGES={name}.ipynb")
    return 0


if __name__ == "__main__":
    sys.exit(main())
