"""The book as a whole: its pages in order and the files that all pages refer to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from nbformat import NotebookNode

from tools import markdown, notebook
from tools.references import Works

ROOT = Path(__file__).resolve().parents[1]


class Book:
    """The book in the folder ``root``; everything is read when it is first needed."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root.resolve()
        self._notebooks: dict[Path, NotebookNode] = {}

    @cached_property
    def listed(self) -> list[str]:
        """What _toc.yml lists, in reading order: paths without suffix."""
        return list(_files(yaml.safe_load(self._text("_toc.yml")) or {}))

    @cached_property
    def pages(self) -> list[Path]:
        """The notebooks of _toc.yml, in reading order."""
        return [path for path in (self.root / f"{file}.ipynb" for file in self.listed) if path.exists()]

    @cached_property
    def notebooks(self) -> list[Path]:
        """The listed pages, then the notebooks under chapters/ that are not listed."""
        unlisted = {
            path
            for path in (self.root / "chapters").rglob("*.ipynb")
            if not any(part.startswith((".", "_")) for part in path.relative_to(self.root).parts)
        }
        return self.pages + sorted(unlisted - set(self.pages))

    @cached_property
    def parts(self) -> list[str]:
        """The folders of the pages, in reading order."""
        return list(dict.fromkeys(path.parent.name for path in self.pages))

    @cached_property
    def data_pages(self) -> list[Path]:
        """The pages that use a data set: those with a download budget."""
        budgets = {path: self.read(path).metadata.get("book", {}).get("budget", {}) for path in self.pages}
        return [path for path, budget in budgets.items() if budget.get("download_mb", 0) > 0]

    @cached_property
    def repository(self) -> str:
        """The address of the repository, "" while _config.yml has none."""
        config = yaml.safe_load(self._text("_config.yml")) or {}
        return (config.get("repository") or {}).get("url") or ""

    @cached_property
    def works(self) -> Works:
        """The works of references.bib."""
        return Works(self.root / "references.bib")

    @cached_property
    def terms(self) -> set[str]:
        """The terms that glossary.md defines, in lower case."""
        glossaries = [d.body for d in markdown.directives(self._text("glossary.md")) if d.name == "glossary"]
        lines = "\n".join(glossaries).splitlines()
        return {line.split(" : ")[0].strip().lower() for line in lines if line and line[0] not in " \t:"}

    def read(self, path: Path) -> NotebookNode:
        """The notebook of a page, read once.

        Raises:
            SystemExit: the file is not a notebook.
        """
        if path not in self._notebooks:
            try:
                self._notebooks[path] = notebook.read(path)
            except ValueError as error:
                raise SystemExit(str(error)) from None
        return self._notebooks[path]

    def find(self, names: list[str]) -> list[Path]:
        """The notebooks that command-line words mean; no word means every page.

        A word is a page's name, or its path from the root, from chapters/ or from here, with or without .ipynb.

        Raises:
            SystemExit: a word names no page, or several.
        """
        return [self._find(name) for name in names] if names else list(self.notebooks)

    def relative(self, path: Path) -> str:
        """The path of a page as people write it: from the root, with slashes."""
        return path.relative_to(self.root).as_posix()

    def _find(self, name: str) -> Path:
        for folder in (Path.cwd(), self.root, self.root / "chapters"):
            path = (folder / f"{name.removesuffix('.ipynb')}.ipynb").resolve()
            if path.is_file():
                if not path.is_relative_to(self.root):
                    raise SystemExit(f"{name} is outside {self.root}")
                return path
        found = [path for path in self.notebooks if path.stem == name]
        if len(found) != 1:
            raise SystemExit(f"{'no page' if not found else 'more than one page'} is called {name}")
        return found[0]

    def _text(self, name: str) -> str:
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


def _files(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _files(item)
    elif isinstance(node, dict):
        if "file" in node:
            yield node["file"]
        for key in ("parts", "chapters", "sections"):
            yield from _files(node.get(key, []))
