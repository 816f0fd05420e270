"""The works of references.bib: how the text cites them, and the list of references.md for readers of the file.

python -m tools.references writes references.md; the site makes its own list from references.bib.
"""

from __future__ import annotations

import re
from pathlib import Path

from pybtex.database import BibliographyData, Person, parse_string
from pybtex.plugin import find_plugin

HEAD = """\
# References

The books, papers and software that the pages cite.
"""


class Works:
    """The works of a BibTeX file; a missing file holds none."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        self.data: BibliographyData = parse_string(text, "bibtex")

    def __contains__(self, key: str) -> bool:
        return key in self.data.entries

    def authors(self, key: str) -> str:
        """Last names: one, two joined by "and", or the first of more with "et al."; else the editors', or the key."""
        persons = self.data.entries[key].persons
        names = [_last_name(person) for person in persons.get("author") or persons.get("editor") or []]
        if len(names) > 2 or names[1:] == ["others"]:
            return f"{names[0]} et al."
        return " and ".join(names) or key

    def year(self, key: str) -> str:
        """The year of a work, "" if it has none."""
        return self.data.entries[key].fields.get("year", "")

    def parenthetical(self, key: str) -> str:
        """ "Ho and Kim, 1999", as written in parentheses."""
        return f"{self.authors(key)}, {self.year(key)}"

    def textual(self, key: str) -> str:
        """ "Ho and Kim (1999)", as part of a sentence."""
        return f"{self.authors(key)} ({self.year(key)})"

    def markdown(self) -> str:
        """The text of references.md: all works by author, each with its key as anchor."""
        style, backend = find_plugin("pybtex.style.formatting", "plain")(), find_plugin("pybtex.backends", "markdown")()
        entries = style.format_bibliography(self.data)
        lines = [f'- <a id="{entry.key}"></a>{_one_line(entry.text.render(backend))}' for entry in entries]
        return "\n".join([HEAD, *lines, ""])


def _one_line(text: str) -> str:
    return re.sub(r"\\([-.()])", r"\1", " ".join(text.split()))  # pybtex escapes more than a line needs


def _last_name(person: Person) -> str:
    return " ".join(str(part) for part in [*person.rich_prelast_names, *person.rich_last_names])


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[1]
    (root / "references.md").write_text(Works(root / "references.bib").markdown(), encoding="utf-8", newline="\n")
