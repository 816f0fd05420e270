"""The parts and pages of the book, and the directive `part-pages`: a part's table of pages.

    ```{part-pages}
    ```

The parts are listed in chapters/parts.yml, the pages in _toc.yml; what a page teaches, needs and takes is in
its notebook (metadata.book).
"""

import json
import posixpath
import re
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx_external_toc.parsing import parse_toc_yaml

WORDS_A_MINUTE, LINES_A_MINUTE = 100, 10


class Part(NamedTuple):
    number: int
    folder: str
    title: str
    summary: str
    pages: int  # how many pages the finished part has
    needs: list[str]  # folders of the parts to be read before
    place: list[int]  # column and row on the map
    group: str
    short: str = ""  # the title on the map
    wide: bool = False  # as wide as the map


def read_parts(root):
    """The parts in their order, from chapters/parts.yml."""
    entries = yaml.safe_load(Path(root, "chapters", "parts.yml").read_text(encoding="utf-8"))
    return [Part(number, **entry) for number, entry in enumerate(entries)]


class Page(NamedTuple):
    name: str  # as in _toc.yml: chapters/preliminaries/tensors
    number: str  # 1.1
    title: str  # Markdown
    teaches: list[str]
    needs: list[str]
    links: list[str]  # names of the pages that its **You need** paragraph links to
    minutes: int


def read_page(root, name, number):
    """A page as its notebook states it."""
    notebook = json.loads(Path(root, name + ".ipynb").read_text(encoding="utf-8"))
    opening = "".join(notebook["cells"][0]["source"])
    book = notebook["metadata"]["book"]
    needed = opening.partition("**You need**")[2]
    links = [
        posixpath.normpath(posixpath.join(posixpath.dirname(name), link))
        for link in re.findall(r"\]\(([^)#]+)\.ipynb", needed)
    ]
    title = opening.partition("\n")[0].removeprefix("# ")
    minutes = book.get("minutes") or estimate_minutes(notebook["cells"])
    return Page(name, number, title, book["teaches"], book["needs"], links, minutes)


def estimate_minutes(cells):
    """Minutes to read and run the cells before the exercises, to the next five."""
    words = lines = 0
    for cell in cells:
        source = "".join(cell["source"])
        if source.startswith("## Exercises"):
            break
        if cell["cell_type"] == "code":
            lines += len(source.splitlines())
        else:
            words += len(source.split())
    return max(5, 5 * round((words / WORDS_A_MINUTE + lines / LINES_A_MINUTE) / 5))


class Book:
    """The written pages in their order, and which of them rests on which."""

    def __init__(self, root):
        self.parts = read_parts(root)
        part_of = {part.folder: part for part in self.parts}
        self.pages, count = {}, {}
        for name in map(posixpath.normpath, parse_toc_yaml(Path(root, "_toc.yml"))):
            _, _, inside = name.partition("chapters/")
            folder, _, stem = inside.partition("/")
            if stem and stem != "index":
                count[folder] = count.get(folder, 0) + 1
                self.pages[name] = read_page(root, name, f"{part_of[folder].number}.{count[folder]}")
        self.teacher = {topic: page.name for page in self.pages.values() for topic in page.teaches}

    def needed(self, name):
        """The pages that teach what a page needs."""
        return {self.teacher[topic] for topic in self.pages[name].needs if topic in self.teacher} - {name}

    @cached_property
    def behind(self):
        """For each page all those before it that it rests on, directly or not."""
        found = {}
        for name in self.pages:
            direct = self.needed(name)
            found[name] = direct.union(*(found.get(other, ()) for other in direct))
        return found

    def rests_on(self, name):
        """The nearest of the needed pages, latest first: those that no other needed page rests on."""
        needed = self.needed(name)
        order = list(self.pages)
        nearest = [page for page in needed if not any(page in self.behind[other] for other in needed)]
        return sorted(nearest, key=order.index, reverse=True)


@cache
def read_book(root, stamp):
    """The book; `stamp` changes when one of its files does."""
    return Book(root)


def book_of(env):
    """The book that is being built."""
    root = Path(env.srcdir)
    files = [root / "_toc.yml", root / "chapters" / "parts.yml", *sorted(root.glob("chapters/*/*.ipynb"))]
    return read_book(root, tuple(file.stat().st_mtime_ns for file in files))


def table(book, folder):
    """The table of a part's pages in Markdown."""

    def link(name):
        return f"[{book.pages[name].title}](/{name})".replace("|", r"\|")

    pages = {name: page for name, page in book.pages.items() if name.startswith(f"chapters/{folder}/")}
    if not pages:
        return ["The pages of this part are still to be written."]
    rows = ["| No. | Page | Rests on | Time |", "|---|---|---|---|"]
    for name, page in pages.items():
        rests_on = "; ".join(map(link, book.rests_on(name))) or "nothing"
        rows.append(f"| {page.number} | {link(name)} | {rests_on} | {page.minutes}&nbsp;min |")
    return rows


class PartPages(SphinxDirective):
    def run(self):
        self.env.note_reread()
        folder = self.env.docname.split("/")[-2]
        holder = nodes.container(classes=["part-pages"])
        source = self.env.doc2path(self.env.docname)
        self.state.nested_parse(StringList(table(book_of(self.env), folder), source), 0, holder)
        return [holder]


def setup(app):
    app.add_directive("part-pages", PartPages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
