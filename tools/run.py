"""Run pages with papermill, each in a fresh kernel, several at a time.

    python -m tools.run render [PAGES...]                   execute pages and store their outputs
    python -m tools.run execute --profile full [PAGES...]   run them with other parameters into _build/executed

``render`` without pages takes those that are stale, ``render all`` takes all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import papermill
import psutil
import yaml
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from tools import notebook, pictures, stamps, tidy
from tools.book import Book
from tools.notebook import MAX_PAGE_MB, MEGABYTE
from tools.page import Page

Parameters = dict[str, dict[str, Any]]

ERROR_MARKER = "papermill-error-cell-tag"
STRICT = {"D2LBOOK_STRICT": "1", "OMP_NUM_THREADS": "1", "NO_COLOR": "1"}
FAILED_CLAIM = "not so here"


@dataclass(frozen=True)
class Run:
    """What became of a page: ``failure`` is None, or says which cell failed and how; ``traceback`` tells more.

    ``seconds`` is the processor time of the kernel, so that other work on the machine does not count.
    """

    page: NotebookNode
    seconds: float = 0.0
    peak_mb: float = 0.0
    failure: str | None = None
    traceback: str = ""

    def over_budget(self, budget: dict[str, float]) -> str | None:
        """In words, which part of the budget was exceeded."""
        excess = []
        if self.seconds > budget["seconds"]:
            excess.append(f"{self.seconds:.1f} s of {budget['seconds']} s")
        if self.peak_mb > budget["memory_mb"]:
            excess.append(f"{self.peak_mb:.0f} MB of {budget['memory_mb']} MB")
        return " and ".join(excess) or None

    @property
    def failed_claims(self) -> int:
        """How many claims did not hold in a run that went on."""
        outputs = (output for cell in self.page.cells for output in cell.get("outputs", []))
        return sum(str(output).count(FAILED_CLAIM) > 0 for output in outputs)


def run_page(
    path: Path,
    output: Path,
    *,
    folder: Path,
    parameters: dict[str, Any] | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    """Execute the notebook ``path``, working in ``folder``; the executed notebook, also a failed one, is ``output``.

    A claim that fails stops the page, unless ``environment`` says otherwise.
    """
    variables = {**os.environ, **STRICT, **(environment or {})}
    variables.pop("MPLBACKEND", None)  # the kernel then draws inline
    watch = _Watch()

    class Kernel(AsyncKernelManager):
        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs, cwd=str(folder), env=variables)
            watch.start(self.provisioner.pid)

    problem = None
    try:
        papermill.execute_notebook(
            str(path),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            kernel_manager_class=Kernel,
        )
    except PapermillExecutionError:
        pass  # raised for raises-exception cells too; the notebook tells
    except (RuntimeError, TimeoutError) as error:  # the kernel died or did not answer
        problem = f"{type(error).__name__}: {error}"
    finally:
        seconds, peak_mb = watch.stop()
    page = notebook.read(output)
    page.cells = [cell for cell in page.cells if ERROR_MARKER not in notebook.tags(cell)]
    notebook.write(page, output)
    return Run(page, seconds, peak_mb, *_failure(page, problem))


def in_parallel(work: Callable[[Path], Any], paths: list[Path], jobs: int) -> Iterator[tuple[Path, Any]]:
    """Every path with what ``work`` returns for it, in order, ``jobs`` at a time."""
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from zip(paths, pool.map(work, paths))


# --- render


def render(path: Path, *, root: Path) -> tuple[Run, str | None, int]:
    """Execute a page and store it: the run, why it is not stored (None: it is), and how many pictures changed."""
    book = Book(root)
    page = tidy.tidied(book, path)
    budget = page.metadata.get("book", {}).get("budget", {})
    if not {"seconds", "memory_mb"} <= set(budget):
        return Run(page), "the metadata have no book.budget with seconds and memory_mb", 0
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        notebook.write(page, draft)
        # The draft has the cell ids; the kernel works in the folder of the page.
        run = run_page(draft, draft, folder=path.parent)
    if run.failure:
        return run, run.failure, 0
    excess = run.over_budget(budget)
    if excess:
        return run, f"over budget: {excess}", 0
    changed = pictures.store(run.page, page)
    result = rendered(page, run.page, stamps.drawn(Page(book, path)))
    size = len(notebook.dumps(result).encode()) / MEGABYTE
    if size > MAX_PAGE_MB:
        return run, f"{size:.2f} MB; a page may have {MAX_PAGE_MB} MB", 0
    notebook.write(result, path)
    return run, None, changed


def rendered(page: NotebookNode, executed: NotebookNode, drawn: str) -> NotebookNode:
    """The page with the outputs of its execution, in stored form and with its stamps."""
    outputs = {cell.id: cell for cell in executed.cells if notebook.is_code(cell)}
    for cell in filter(notebook.is_code, page.cells):
        cell.outputs = outputs[cell.id].outputs
        cell.execution_count = outputs[cell.id].execution_count
    result = notebook.normalise(page)
    result.metadata.setdefault("book", NotebookNode())
    result.metadata.book.update(rendered=notebook.content_hash(result), drawn=drawn)
    return result


def render_all(book: Book, names: list[str], jobs: int) -> int:
    """Render the named pages, the stale ones if none is named; how many could not be stored."""
    paths = book.find([name for name in names if name != "all"])
    if not names:
        paths = [path for path in paths if stamps.is_stale(Page(book, path))]
        print(f"{len(paths)} of {len(book.notebooks)} pages are stale", flush=True)
    failures = 0
    for path, (run, problem, changed) in in_parallel(partial(render, root=book.root), paths, jobs):
        measured = f"{run.seconds:.1f} s, {run.peak_mb:.0f} MB peak"
        if problem:
            failures += 1
            print(f"{book.relative(path)}: NOT STORED ({measured}): {problem}\n{run.traceback}", flush=True)
        else:
            shows_times = run.page.metadata.get("book", {}).get("timing")
            pictures_now = "pictures of measured times" if shows_times else f"{changed} pictures changed"
            stored = f"{path.stat().st_size / MEGABYTE:.2f} MB stored, {pictures_now}"
            print(f"{book.relative(path)}: {measured}, {stored}", flush=True)
    return failures


# --- execute


def load_profile(book: Book, profile: str) -> Parameters:
    """Parameters by page name; the profile "default" has none.

    Raises:
        SystemExit: there is no such profile, or it names a page or a parameter that does not exist.
    """
    if profile == "default":
        return {}
    path = book.root / "profiles" / f"{profile}.yml"
    if not path.is_file():
        raise SystemExit(f"there is no profile {profile}: {path} does not exist")
    parameters = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    pages = {page.stem: Page(book, page) for page in book.notebooks}
    problems = []
    for name, values in parameters.items():
        if name not in pages:
            problems.append(f"there is no page {name}")
            continue
        if not isinstance(values, dict):
            problems.append(f"{name} must map parameters to values")
            continue
        known = pages[name].parameters
        unknown = [key for key in values if key not in known]
        problems += [f"page {name} has no parameter {key}; it has {', '.join(known)}" for key in unknown]
    if problems:
        raise SystemExit("\n".join(f"{path.name}: {problem}" for problem in problems))
    return parameters


def execute(path: Path, *, root: Path, output: Path, parameters: Parameters) -> Run:
    """Run one page; the executed notebook goes to the same place under ``output``.

    With other parameters a claim that does not hold is shown, and the page goes on.
    """
    target = output / path.relative_to(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    values = parameters.get(path.stem)
    environment = {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
    if values:
        environment["D2LBOOK_STRICT"] = ""
    return run_page(path, target, folder=path.parent, parameters=values, environment=environment)


def outcome(run: Run, has_parameters: bool) -> str:
    """The last column of the summary. Budgets are meant for the parameters that a page stores."""
    if run.failure:
        return run.failure
    if has_parameters:
        return f"ok, {run.failed_claims} claims do not hold here" if run.failed_claims else "ok"
    budget = run.page.metadata.get("book", {}).get("budget")
    excess = run.over_budget(budget) if budget else None
    return f"over budget: {excess}" if excess else "ok"


def execute_all(book: Book, names: list[str], jobs: int, profile: str, output: Path) -> int:
    """Run the pages and print a summary; how many failed."""
    paths = book.find(names)
    parameters = load_profile(book, profile)
    failures = 0
    width = max((len(book.relative(path)) for path in paths), default=4)
    print(f"{'page':<{width}}  seconds  peak MB  outcome")
    work = partial(execute, root=book.root, output=output, parameters=parameters)
    for path, run in in_parallel(work, paths, jobs):
        failures += run.failure is not None
        result = outcome(run, path.stem in parameters)
        print(f"{book.relative(path):<{width}}  {run.seconds:7.1f}  {run.peak_mb:7.0f}  {result}", flush=True)
    print(f"{len(paths)} pages, {failures} failed")
    return failures


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Render or execute pages; 1 if one failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["render", "execute"])
    parser.add_argument("pages", nargs="*", help="paths or page names")
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time (default 2)")
    parser.add_argument("--profile", default="default", help="file of profiles/ without .yml; default: no parameters")
    parser.add_argument("--output", type=Path, default=None, help="folder (default _build/executed)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs is at least 1")
    book = book or Book()
    if options.action == "render":
        failures = render_all(book, options.pages, options.jobs)
    else:
        output = (options.output or book.root / "_build" / "executed").resolve()
        failures = execute_all(book, options.pages, options.jobs, options.profile, output)
    return 1 if failures else 0


def _failure(page: NotebookNode, problem: str | None) -> tuple[str | None, str]:
    started = [cell for cell in page.cells if cell.metadata.papermill.get("start_time")]
    failed = [cell for cell in started if cell.metadata.papermill.get("exception")]
    if not failed and problem is None:
        return None, ""
    if not started:
        return problem, ""
    cell = (failed or started)[-1]
    position = [c for c in page.cells if "injected-parameters" not in notebook.tags(c)].index(cell)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    error = f"{errors[-1].ename}: {errors[-1].evalue}" if errors else problem or "failed"
    lines = errors[-1].traceback if errors else [cell.source]
    headline = f"cell {position} ({cell.id}): {error}"
    return notebook.ANSI.sub("", headline), notebook.ANSI.sub("", "\n".join(lines))


class _Watch:
    """Watches the processor time and the resident memory of a process from a thread."""

    def __init__(self) -> None:
        self._seconds, self._peak = 0.0, 0
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, pid: int) -> None:
        self._thread = threading.Thread(target=self._watch, args=[psutil.Process(pid)], daemon=True)
        self._thread.start()

    def _watch(self, process: psutil.Process) -> None:
        with suppress(psutil.Error):
            while not self._done.wait(0.05):
                self._peak = max(self._peak, process.memory_info().rss)
                self._seconds = sum(process.cpu_times()[:2])

    def stop(self) -> tuple[float, float]:
        """End the watch; the seconds and the peak in megabytes."""
        self._done.set()
        if self._thread:
            self._thread.join()
        return self._seconds, self._peak / MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
