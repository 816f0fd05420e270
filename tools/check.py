"""Run the tests of the book, in one of their parts or all: python -m tools.check [WHAT] [PART]

    style              ruff over package, tools, tests and pages
    helper             the helper, the tools, and the contract, traps and drawings of every page
    site               the built site in a browser
    pages [PART]       execute pages and compare every stored output; PART as in chapters/preliminaries
    standin [PART]     the same for pages that use data, with stand-ins and no network

Without WHAT: all of them, in this order; it stops at the first that fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator

from tools.book import ROOT, Book

WHAT = ("style", "helper", "site", "pages", "standin")
WORKERS = ["-q", "-n", "2"]
BY_FILE = [*WORKERS, "--dist", "loadfile"]  # the cells of a notebook need one kernel
BY_GROUP = [*WORKERS, "--dist", "loadgroup"]
NO_NETWORK = {"D2LBOOK_SOURCE": "standin", "HTTPS_PROXY": "http://127.0.0.1:9"}


def commands(what: str, part: str | None, book: Book) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The arguments of ``python -m`` and the environment of each command.

    Raises:
        SystemExit: the book has no such part.
    """
    if part and part not in book.parts:
        raise SystemExit(f"check: there is no part {part}; there are {', '.join(book.parts)}")
    folder = f"chapters/{part}" if part else "chapters"
    if what == "style":
        yield ["ruff", "check"], {}
        yield ["ruff", "format", "--check"], {}
    elif what == "helper":
        yield ["pytest", *BY_FILE, "tests", "--ignore=tests/site"], {}
    elif what == "site":
        yield ["pytest", *BY_GROUP, "tests/site"], {}
    elif what == "pages":
        yield ["pytest", "--nbval", *BY_FILE, folder], {}
    elif what == "standin":
        pages = [book.relative(path) for path in book.data_pages if part in (None, path.parent.name)]
        if pages:
            yield ["pytest", "--nbval", *BY_FILE, *pages], NO_NETWORK


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Run the commands; the exit status of the first that fails."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=WHAT)
    parser.add_argument("part", nargs="?")
    options = parser.parse_args(arguments)
    for what in [options.what] if options.what else WHAT:
        for command, environment in commands(what, options.part, book or Book()):
            print("+", *(f"{key}={value}" for key, value in environment.items()), *command, flush=True)
            run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env={**os.environ, **environment})
            if run.returncode:
                return run.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
