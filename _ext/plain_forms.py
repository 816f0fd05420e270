"""Lets pages be written in plain Markdown, which every notebook program shows; the site gets directives and roles.

    in the page                                             on the site
    `### Exercise: Title`, cell tagged `exercise`           {exercise} with a number
    `### Solution`, cells tagged `solution`                 a solution that is closed, code included
    `### Title`, cell tagged `side-road`                    a box that is closed, with all cells up to the next heading
    `> **Title.** text`                                     a box; closed if the title begins with "Going deeper:",
                                                            a warning if it begins with "Warning:"
    `[word](../../glossary.md#term-word)`                   {term}
    `[Ho and Kim, 1999](../../references.md#ho1999key)`     {cite:alp}, with {cite:author} for "Ho and Kim (1999)"

The headings of solutions and side roads stand in cells of their own: a notebook program that folds a heading hides the
cells after it only. An exercise's label is `book.label` of its cell's metadata, or made of page name and title.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)

FENCED = r"^ *(?P<marks>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?^ *(?P=marks)[`~]* *$"
CODE = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
LINK = r"\[(?P<text>(?:[^\[\]`]|`[^`]*`)+)\]\((?:\.\./)*(?P<file>glossary|references)\.md#(?P<anchor>[\w:-]+)\)"
CODE_OR_LINK = re.compile(f"{FENCED}|{LINK}|{CODE}", re.MULTILINE | re.DOTALL)
CODE_OR_QUOTATION = re.compile(rf"{FENCED}|(?P<quotation>(?:^>[^\n]*\n?)+)", re.MULTILINE | re.DOTALL)
TITLED = re.compile(r"\*\*(?P<title>[^\n]+?)\*\*\s*(?P<body>.*)", re.DOTALL)
LIST_OF_WORKS = re.compile(r"(?:^- <a id=.*\n?)+", re.MULTILINE)
HEADING = re.compile(r"#{1,6} ")
EXERCISE, SOLUTION = "### Exercise: ", "### Solution"


def slug(text):
    """The words of a text joined by hyphens, as anchors and labels have them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def glossary_terms(text):
    """The terms of glossary.md by their anchors: `{"term-weight-decay": "weight decay"}`."""
    found = re.search(r"^(`{3,})\{glossary\}\n(.*?)^\1", text, re.MULTILINE | re.DOTALL)
    lines = found[2].splitlines() if found else []
    terms = [line.split(" : ")[0].strip() for line in lines if line and line[0] not in " \t:"]
    return {f"term-{slug(term)}": term for term in terms}


def with_roles(text, terms):
    """The text with roles in place of links to the glossary and the references; unknown terms stay links."""

    def role(match):
        words, anchor = match["text"], match["anchor"]
        if match["file"] == "glossary" and anchor in terms:
            shown = " ".join(words.replace("`", "").split())
            return f"{{term}}`{shown} <{terms[anchor]}>`"
        if match["file"] == "references":
            if words.endswith(")"):  # in a sentence
                return f"{{cite:author}}`{anchor}` ({{cite:year}}`{anchor}`)"
            return f"{{cite:alp}}`{anchor}`"
        return match[0]

    return CODE_OR_LINK.sub(role, text)


def with_boxes(text):
    """The text with an admonition in place of each quotation that begins with a bold title."""

    def box(match):
        inside = re.sub(r"^> ?", "", match["quotation"] or "", flags=re.MULTILINE)
        titled = TITLED.match(inside)
        if not titled:
            return match[0]
        title = re.sub(r"[.:]$", "", titled["title"])
        kind = "dropdown" if title.startswith("Going deeper:") else "note"
        if title.startswith("Warning:"):
            title, kind = title.removeprefix("Warning:").strip(), "warning"
        return directive("admonition", title, titled["body"], **{"class": kind}) + "\n"

    return CODE_OR_QUOTATION.sub(box, text)


def directive(name, argument, body="", **options):
    """A directive as MyST writes it; tildes let the argument have backticks, and more of them hold other directives."""
    marks = "~" * max([3, *(len(run) + 1 for run in re.findall("~{3,}", body))])
    head = [f"{marks}{{{name}}} {argument}".rstrip(), *(f":{key}: {value}" for key, value in options.items())]
    return "\n".join([*head, "", body.strip("\n"), marks] if body else [*head, marks])


def to_directives(notebook, page, terms=None):
    """The notebook, a parsed JSON object, with all plain forms rewritten; ValueError: a form is incomplete."""
    cells, label, opened = [], None, None
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        cell_tags = cell["metadata"].get("tags", [])
        is_text = cell["cell_type"] == "markdown"
        heading = is_text and HEADING.match(source)
        if opened and (heading or opened == "solution" and opened not in cell_tags):
            cells.append(_text(f"{opened}-end-{len(cells)}", directive(f"{opened}-end", "")))
            opened = None
        if is_text:
            source = with_boxes(with_roles(source, terms or {}))
            title, _, body = source.partition("\n")
            body = body.strip("\n")
            if "exercise" in cell_tags and title.startswith(EXERCISE):
                title = title.removeprefix(EXERCISE).strip()
                label = cell["metadata"].get("book", {}).get("label") or f"{page}-{slug(title)}"
                source = directive("exercise", title, body, label=label)
            elif "solution" in cell_tags and title.strip() == SOLUTION:
                if label is None:
                    raise ValueError("a solution without an exercise before it")
                opened = "solution"
                source = directive("solution-start", label, **{"class": "dropdown"}) + "\n\n" + body
            elif "side-road" in cell_tags and title.startswith("### "):
                opened = "side-road"
                source = directive("side-road-start", title.removeprefix("### ")) + "\n\n" + body
            cell = {**cell, "source": source}
        cells.append(cell)
    if opened:
        cells.append(_text(f"{opened}-end-{len(cells)}", directive(f"{opened}-end", "")))
    return {**notebook, "cells": cells}


def _text(cell_id, source):
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


class SideRoadStart(SphinxDirective):
    """The title of a closed box; it holds what follows, up to `side-road-end`."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        text, messages = self.state.inline_text(self.arguments[0], self.lineno)
        box = nodes.admonition(classes=["dropdown", "side-road"])
        box += nodes.title(self.arguments[0], "", *text)
        return [box, *messages]


class SideRoadEnd(SphinxDirective):
    def run(self):
        return [nodes.comment(classes=["side-road-end"])]


class FillSideRoads(SphinxTransform):
    """Moves the nodes between the marks into the box."""

    default_priority = 10

    def apply(self):
        for end in [node for node in self.document.findall(nodes.comment) if "side-road-end" in node["classes"]]:
            parent = end.parent
            stop = parent.index(end)
            start = max(i for i in range(stop) if "side-road" in getattr(parent[i], "get", dict().get)("classes", []))
            inside = parent[start + 1 : stop]
            del parent[start + 1 : stop + 1]
            parent[start].extend(inside)


def rewrite(app, docname, content):
    """Rewrites a notebook's JSON text before myst-nb parses it, and the list of works in references.md."""
    path = Path(app.env.doc2path(docname))
    if docname == "references":
        content[0] = LIST_OF_WORKS.sub(directive("bibliography", "", cited=""), content[0])
    if path.suffix != ".ipynb":
        return
    glossary = Path(app.srcdir, "glossary.md")
    terms = glossary_terms(glossary.read_text(encoding="utf-8")) if glossary.exists() else {}
    try:
        content[0] = json.dumps(to_directives(json.loads(content[0]), path.stem, terms))
    except ValueError as error:
        logger.warning("plain-forms: %s", error, location=docname)


def setup(app):
    app.add_directive("side-road-start", SideRoadStart)
    app.add_directive("side-road-end", SideRoadEnd)
    app.add_transform(FillSideRoads)
    app.connect("source-read", rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
