"""The extension that makes the site's exercises, boxes, terms and citations of plain Markdown."""

import json
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx

from tools import markdown

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))
from plain_forms import glossary_terms, slug, to_directives, with_boxes, with_roles  # noqa: E402

TERMS = {"term-weight-decay": "weight decay", "term-auc": "AUC"}
GLOSSARY = (
    "# Glossary\n\n```{glossary}\n:sorted:\n\nweight decay\nL2 penalty\n  Pulls {term}`AUC`.\n\nAUC\n  An area.\n```\n"
)
BIB = "@book{ho1999key, author = {Ho, A. and Kim, B.}, title = {A title}, year = {1999}, publisher = {P}}"
CITED = "../../references.md#ho1999key"


def text(cell_id, source, *tags, **metadata):
    return {"id": cell_id, "cell_type": "markdown", "metadata": {"tags": list(tags), **metadata}, "source": source}


def code(cell_id, source, *tags):
    return {
        "id": cell_id,
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


PYTHON = {"language_info": {"name": "python"}}
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": PYTHON,
    "cells": [
        text(
            "title",
            "# A page\n\n[Decay](../../glossary.md#term-weight-decay) is old "
            f"([Ho and Kim, 1999]({CITED})), say [Ho and Kim (1999)]({CITED}).",
        ),
        text(
            "boxes",
            "## One\n\n> **Warning: Mind the $n$.** It is *large*.\n>\n> - a list\n>\n> ```\n> fenced\n> ```\n\n"
            "> **Going deeper: why?** Because.\n\n> An ordinary quotation.",
        ),
        text("deep", "### Going deeper: The $d$ of it\n\nDeep text.", "side-road"),
        code("deep-code", "deep_code = 1"),
        text("deep-more", "Deeper text."),
        text("exercises", "## Exercises\n\nAfter the side road."),
        text(
            "task", "### Exercise: Find $x$, then `y`\n\nDo it: $a<b$.\n\n```python\nraise SystemExit\n```", "exercise"
        ),
        text("answer", "### Solution\n\nSo.", "solution"),
        code("answer-code", "solution_code = 1", "solution"),
        text("answer-more", "And so.", "solution"),
        text("task-2", "### Exercise: Two", "exercise", book={"label": "page-second"}),
        text("answer-2", "### Solution", "solution"),
        code("answer-2-code", "last_code = 1", "solution"),
    ],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """HTML of the page and of the references, and the warnings."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "chapters/part").mkdir(parents=True)
    (folder / "chapters/part/page.ipynb").write_text(json.dumps(NOTEBOOK))
    (folder / "glossary.md").write_text(GLOSSARY)
    (folder / "references.bib").write_text(BIB)
    (folder / "references.md").write_text(
        '# References\n\n- <a id="ho1999key"></a>The list\n- <a id="b"></a>of the file.\n'
    )
    (folder / "index.md").write_text("# Home\n\n```{toctree}\nchapters/part/page\nglossary\nreferences\n```\n")
    warnings = StringIO()
    app = Sphinx(
        folder,
        None,
        folder / "out",
        folder / "trees",
        "html",
        status=None,
        warning=warnings,
        confoverrides={
            "extensions": ["myst_nb", "sphinx_exercise", "sphinxcontrib.bibtex", "plain_forms"],
            "nb_execution_mode": "off",
            "bibtex_bibfiles": ["references.bib"],
            "bibtex_reference_style": "author_year",
            "nitpicky": True,
            "myst_enable_extensions": ["dollarmath"],
        },
    )
    app.build()
    html = (folder / "out/chapters/part/page.html").read_text()
    said = [line for line in warnings.getvalue().splitlines() if "already registered" not in line]  # an earlier build
    return html, (folder / "out/references.html").read_text(), "\n".join(said)


def box(html, classes):
    """The inside of the box whose class begins so."""
    start = re.search(rf'<div class="{classes}[^>]*>', html)
    depth, end = 1, start.end()
    while depth:
        tag = re.compile(r"<(/?)div\b").search(html, end)
        depth, end = depth + (-1 if tag[1] else 1), tag.end()
    return html[start.end() : end]


def test_nothing_is_amiss(site):
    assert site[2] == ""


def test_terms_and_citations_become_links(site):
    html, references, _ = site
    assert re.search(
        r'<a [^>]*href="../../glossary.html#term-weight-decay"><span class="xref std std-term">Decay</', html
    )
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    assert "is old (Ho and Kim, 1999), say Ho and Kim (1999)." in shown
    assert html.count('href="../../references.html#') >= 2
    assert "A title" in references and "The list" not in references and "of the file" not in references


def test_exercises_are_numbered_boxes_and_their_solutions_are_closed(site):
    html = site[0]
    first, second = re.findall(r'<div class="exercise admonition" id="([^"]+)">', html)
    assert (first, second) == ("page-find-x-then-y", "page-second")
    assert first == f"page-{markdown.slug('Find $x$, then `y`')}"
    inside = box(html, "exercise")
    assert "Exercise 1" in inside and "a&lt;b" in inside and "SystemExit" in inside and "solution_code" not in inside
    solution = box(html, r"solution dropdown")
    assert all(words in solution for words in ("So.", "solution_code", "And so."))
    assert "last_code" not in solution
    assert "### " not in html


def test_quotations_with_a_title_become_boxes(site):
    html = site[0]
    warning = box(html, "warning admonition")
    assert "Mind the" in warning and "Warning:" not in warning and "<em>large</em>" in warning
    assert "<li>" in warning and "fenced" in warning
    assert re.search(r'class="dropdown admonition">\s*<p class="admonition-title">Going deeper: why\?</p>', html)
    assert re.search(r"<blockquote>\s*<div><p>An ordinary quotation", html)


def test_a_side_road_holds_everything_up_to_the_next_heading(site):
    inside = box(site[0], "dropdown side-road admonition")
    assert "Going deeper: The" in inside
    assert all(words in inside for words in ("Deep text.", "deep_code", "Deeper text."))
    assert "After the side road" not in inside


def test_links_in_code_stay():
    source = "`[a](../../glossary.md#term-auc)`\n\n```\n[a](../../glossary.md#term-auc)\n```\n"
    assert with_roles(source, TERMS) == source
    assert with_roles("[the\n`AUC`](../../glossary.md#term-auc)", TERMS) == "{term}`the AUC <AUC>`"
    assert with_roles("[a](../../glossary.md#term-none)", TERMS) == "[a](../../glossary.md#term-none)"
    assert with_boxes("```\n> **Title.** text\n```\n") == "```\n> **Title.** text\n```\n"


def test_a_box_outlasts_the_fences_inside():
    assert with_boxes("> **A `title`:** text\n> ~~~\n> x\n> ~~~") == (
        "~~~~{admonition} A `title`\n:class: note\n\ntext\n~~~\nx\n~~~\n~~~~\n"
    )


def test_terms_are_found_by_the_anchors_that_pages_use():
    assert glossary_terms(GLOSSARY) == {
        "term-weight-decay": "weight decay",
        "term-l2-penalty": "L2 penalty",
        "term-auc": "AUC",
    }
    assert slug("I.i.d. (data)") == markdown.slug("I.i.d. (data)") == "i-i-d-data"


def test_a_solution_needs_an_exercise():
    with pytest.raises(ValueError, match="a solution without an exercise"):
        to_directives({"cells": [text("a", "### Solution", "solution")]}, "page")
