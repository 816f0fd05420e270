"""Run pages with the parameters of a profile: python -m tools.execute --profile full [PAGES...]"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from tools.book import Book
from tools.page import Page
from tools.running import Run, run_page

Parameters = dict[str, dict[str, Any]]


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


def execute(path: Path, *, root: Path, output: Path, parameters: Parameters, threads: str) -> Run:
    """Run one page; the executed notebook goes to the same place under ``output``."""
    target = output / path.relative_to(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    return run_page(
        path,
        target,
        folder=path.parent,
        parameters=parameters.get(path.stem),
        environment={"OMP_NUM_THREADS": threads},
    )


def outcome(run: Run, has_parameters: bool) -> str:
    """The last column of the summary. Budgets are meant for the parameters that a page stores."""
    if run.failure:
        return run.failure
    budget = run.page.metadata.get("book", {}).get("budget")
    excess = run.over_budget(budget) if budget and not has_parameters else None
    return f"over budget: {excess}" if excess else "ok"


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Run the pages and print a summary; 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.execute", description=__doc__)
    parser.add_argument("pages", nargs="*", help="paths or page names; none: every page")
    parser.add_argument("--profile", default="default", help="file of profiles/ without .yml; default: no parameters")
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time (default 2)")
    parser.add_argument("--output", type=Path, default=None, help="folder (default _build/executed)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs is at least 1")
    book = book or Book()
    paths = book.find(options.pages)
    parameters = load_profile(book, options.profile)
    work = partial(
        execute,
        root=book.root,
        output=(options.output or book.root / "_build" / "executed").resolve(),
        parameters=parameters,
        threads=os.environ.get("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // options.jobs))),
    )
    failures = 0
    width = max((len(book.relative(path)) for path in paths), default=4)
    print(f"{'page':<{width}}  seconds  peak MB  outcome")
    with ProcessPoolExecutor(options.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for path, run in zip(paths, pool.map(work, paths)):
            failures += run.failure is not None
            result = outcome(run, path.stem in parameters)
            print(f"{book.relative(path):<{width}}  {run.seconds:7.1f}  {run.peak_mb:7.0f}  {result}", flush=True)
    print(f"{len(paths)} pages, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
