"""What readers do with the pages: python -m tools.soak [PAGES...]

Every page is run three times: each cell twice in a row; with two knobs turned, where claims may fail but nothing may
stop; and on stand-ins with no network. Then every slider of the page is moved in a browser, where each position must
show its one frame. Prints a table; fails if anything stops or shows something else.
"""

from __future__ import annotations

import argparse
import ast
import copy
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools import notebook
from tools.book import Book
from tools.check import NO_NETWORK
from tools.notebook import WIDGET
from tools.page import Page
from tools.run import Run, in_parallel, run_page

KNOBS = 2
EXPERIMENTS = ("twice", "knobs", "stand-in")

# The positions of every slider of a document that do not show exactly the frame with their number.
WRONG_POSITIONS = """figures => figures.flatMap((figure, number) => {
    const frames = [...figure.querySelectorAll("img")], input = figure.querySelector("input");
    return frames.map((_, i) => i).filter(i => {
        input.value = i;
        input.dispatchEvent(new Event("input"));
        return frames.some((frame, j) => (getComputedStyle(frame).display !== "none") !== (i === j));
    }).map(i => `slider ${number + 1}, position ${i + 1}`);
})"""


def soak(path: Path, *, root: Path) -> dict[str, Run]:
    """The runs of a page, by experiment."""
    page = Page(Book(root), path)
    with tempfile.TemporaryDirectory() as folder:
        draft, doubled = Path(folder) / "page.ipynb", Path(folder) / "twice.ipynb"
        notebook.write(notebook.normalise(page.notebook), draft)
        notebook.write(twice(notebook.normalise(page.notebook)), doubled)
        run = partial(run_page, output=Path(folder) / "out.ipynb", folder=path.parent)
        return {
            "twice": run(doubled),
            "knobs": run(draft, parameters=turned(page), environment={"D2LBOOK_STRICT": ""}),
            "stand-in": run(draft, environment=NO_NETWORK),
        }


def twice(page: NotebookNode) -> NotebookNode:
    """The page with every code cell followed by a copy of itself."""
    result = copy.deepcopy(page)
    result.cells = []
    for cell in page.cells:
        result.cells.append(cell)
        if notebook.is_code(cell):
            result.cells.append(new_code_cell(cell.source, id=f"{cell.id[:58]}-again", metadata=cell.metadata))
    return result


def turned(page: Page) -> dict[str, Any]:
    """Two other parameters, epochs first: one epoch, half of a whole number, ten times a fraction."""
    tree = page.trees.get(page.first_tagged("parameters"))
    assignments = [node for node in tree.body if isinstance(node, ast.Assign)] if tree else []
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in assignments}
    changed = {name: _turned(name, value) for name, value in values.items() if _turned(name, value) != value}
    names = sorted(changed, key=lambda name: "epochs" not in name)
    return {name: changed[name] for name in names[:KNOBS]}


def _turned(name: str, value: Any) -> Any:
    if type(value) is int:
        return 1 if "epochs" in name else max(1, value // 2)
    return value * 10 if type(value) is float else value


def outcome(run: Run) -> str:
    """What became of a run, in a few words."""
    if run.failure:
        return run.failure
    return f"ok, {run.failed_claims} claims do not hold here" if run.failed_claims else "ok"


def slider_faults(pages: Iterable[NotebookNode]) -> list[list[str]]:
    """For each executed page, the slider positions that do not show their frame; and sliders that need a kernel."""
    from tests.support.site_browser import new_context, open_browser

    faults = []
    with open_browser() as browser:
        tab = new_context(browser).new_page()
        for page in pages:
            data = [output.get("data", {}) for cell in page.cells for output in cell.get("outputs", [])]
            figures = [one for one in data if 'class="explore"' in one.get("text/html", "")]
            tab.set_content("\n".join(one["text/html"] for one in figures))
            wrong = tab.eval_on_selector_all(".explore", WRONG_POSITIONS)
            live = [one for one in figures if any(mime.startswith(WIDGET) for mime in one)]
            faults.append(wrong + ["a slider draws anew when it is moved"] * bool(live))
    return faults


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Run the experiments and print what became of them; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", help="paths or page names; none: every page")
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time (default 2)")
    options = parser.parse_args(arguments)
    book = book or Book()
    paths = book.find(options.pages)
    stopped = dict.fromkeys((*EXPERIMENTS, "sliders"), 0)
    executed = []
    for path, runs in in_parallel(partial(soak, root=book.root), paths, options.jobs):
        for name, run in runs.items():
            stopped[name] += run.failure is not None
            print(f"{book.relative(path)}  {name:<8}  {run.seconds:5.1f} s  {outcome(run)}", flush=True)
        executed.append(runs["stand-in"].page)
    for path, faults in zip(paths, slider_faults(executed)):
        stopped["sliders"] += bool(faults)
        print(f"{book.relative(path)}  sliders   {'; '.join(faults) or 'ok'}")
    print(f"{len(paths)} pages; went wrong: " + ", ".join(f"{name} {count}" for name, count in stopped.items()))
    return 1 if any(stopped.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
