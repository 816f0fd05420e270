"""Execute pages and store their outputs: python -m tools.render [PAGES...]"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from nbformat import NotebookNode

from tools import notebook
from tools.book import Book
from tools.notebook import MAX_PAGE_MB, MEGABYTE
from tools.running import Run, run_page


def rendered(page: NotebookNode, executed: NotebookNode) -> NotebookNode:
    """The page with the outputs of its execution, in stored form and stamped with its hash."""
    outputs = {cell.id: cell for cell in executed.cells if notebook.is_code(cell)}
    for cell in filter(notebook.is_code, page.cells):
        cell.outputs = outputs[cell.id].outputs
        cell.execution_count = outputs[cell.id].execution_count
    result = notebook.normalise(page)
    result.metadata.setdefault("book", NotebookNode())["rendered"] = notebook.content_hash(result)
    return result


def render(path: Path) -> tuple[Run, str | None]:
    """Execute a page and store it, or say why it is not stored."""
    page = notebook.normalise(notebook.read(path))
    budget = page.metadata.get("book", {}).get("budget", {})
    if not {"seconds", "memory_mb"} <= set(budget):
        return Run(page), "the metadata have no book.budget with seconds and memory_mb"
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        notebook.write(page, draft)
        # The draft has the cell ids; the kernel works in the folder of the page.
        run = run_page(draft, draft, folder=path.parent, environment={"OMP_NUM_THREADS": "1"})
    if run.failure:
        return run, run.failure
    excess = run.over_budget(budget)
    if excess:
        return run, f"over budget: {excess}"
    result = rendered(page, run.page)
    size = len(notebook.dumps(result).encode()) / MEGABYTE
    if size > MAX_PAGE_MB:
        return run, f"{size:.2f} MB; a page may have {MAX_PAGE_MB} MB"
    notebook.write(result, path)
    return run, None


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Render the pages, all of them unless some are named; 1 if one could not be stored."""
    parser = argparse.ArgumentParser(prog="python -m tools.render", description=__doc__)
    parser.add_argument("pages", nargs="*", help="paths or page names; none: every page")
    book = book or Book()
    failures = 0
    for path in book.find(parser.parse_args(arguments).pages):
        run, problem = render(path)
        measured = f"{run.seconds:.1f} s, {run.peak_mb:.0f} MB peak"
        if problem:
            failures += 1
            print(f"{book.relative(path)}: NOT STORED ({measured}): {problem}\n{run.traceback}", flush=True)
        else:
            print(f"{book.relative(path)}: {measured}, {path.stat().st_size / MEGABYTE:.2f} MB stored", flush=True)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main())
