"""Pages read well where plain Markdown is rendered: in JupyterLab, Colab, VS Code and on GitHub."""

from pathlib import Path

import nbformat.v4
import pytest

from tools import notebook, plain_forms
from tools.book import ROOT, Book
from tools.references import Works

RAW = {
    "```{exercise} Title\n:label: a\n\nDo it.\n```": "```{exercise} Title",
    "````{solution-start} a\n:class: dropdown\n````": "````{solution-start} a",
    ":::{admonition} Title\n:class: tip\nText\n:::": ":::{admonition} Title",
    ":::{note}\nText\n:::": ":::{note}",
    "The {term}`loss`.": "{term}`loss`",
    "- deeper {term}`losses <loss>`": "{term}`losses <loss>`",
    "| a |\n|---|\n| {term}`loss` |": "{term}`loss`",
    "As {cite:t}`ho1999key` shows": "{cite:t}`ho1999key`",
    "See {numref}`figure`": "{numref}`figure`",
    ":label: a": ":label: a",
    "(a-label)=\n# Title": "(a-label)=",
    "$$x$$ (equation)": "(equation)",
    "Term\n: what it means": ": what it means",
    "{{ name }} is put in": "{{ name }} is put in",
    "`x`{.python}": "{.python}",
    "![Two lines](a.png){width=50%}": "{width=50%}",
    "A claim.[^1]": "A claim.[^1]",
    "% a comment": "% a comment",
    "\\begin{align}\nx&=1\n\\end{align}": "\\begin{align}",
    "> **Title.** The {term}`loss`.": "{term}`loss`",
}
CLEAN = [
    "### Exercise: $n$ images\n\nWrite `f{x}` and $\\{1,2\\}$.\n\n```python\n{term}: `x`\n```",
    "> **Title.** text\n>\n> $$x_1 = 2$$\n>\n> - a\n>\n>       code",
    "[word](../../glossary.md#term-word) ([Ho and Kim, 1999](../../references.md#ho1999key))",
    "A set $\\{`a`\\}$, a dict `{1: 2}` and the note `{term}` (1) on `:label:`.",
    "$$\\begin{aligned}x&=1\\\\y&=2\\end{aligned}$$",
    "| a | b |\n|---|---|\n| $x$ | `{y}` |",
]


@pytest.mark.parametrize("text", RAW, ids=range(len(RAW)))
def test_what_shows_raw_is_found(text):
    assert RAW[text] in [shown for shown, _ in plain_forms.raw(text)]


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_what_reads_well_is_left_alone(text):
    assert list(plain_forms.raw(text)) == []


def test_the_remedy_is_the_plain_form():
    assert [remedy for _, remedy in plain_forms.raw(":::{tip}\nText\n:::")][0] == "write > **Title.** text"
    assert [remedy for _, remedy in plain_forms.raw("{cite:p}`a`")] == [plain_forms.REMEDIES["cite"]]
    assert [remedy for _, remedy in plain_forms.raw("```{solution-end}\n```")] == [plain_forms.REMEDIES["solution"]]


@pytest.mark.parametrize("path", Book().notebooks, ids=lambda path: path.stem)
def test_no_page_shows_anything_raw(path):
    texts = {cell.id: cell.source for cell in notebook.read(path).cells if cell.cell_type == "markdown"}
    assert {name: found for name, text in texts.items() if (found := list(plain_forms.raw(text)))} == {}


def test_solutions_and_side_roads_are_folded_in_lab_and_colab():
    def text(cell_id, source, *tags):
        return nbformat.v4.new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)})

    cells = [
        text("a", "### Exercise: A", "exercise"),
        text("b", "### Solution", "solution"),
        text("c", "More.", "solution"),
        text("d", "### Going deeper: D", "side-road"),
    ]
    cells[0].metadata["jp-MarkdownHeadingCollapsed"] = True  # an author folded it in Lab
    page = notebook.normalise(nbformat.v4.new_notebook(cells=cells))
    assert page.metadata.colab == {"collapsed_sections": ["b", "d"]}
    assert [cell.metadata.get("jp-MarkdownHeadingCollapsed", False) for cell in page.cells] == [
        False,
        True,
        False,
        True,
    ]
    assert notebook.normalise(page) == page


BIB = """
@book{one, author = {van der Maaten, Laurens}, title = {A}, year = {2008}, publisher = {P}}
@book{two, author = {Ho, A. and Kim, B.}, title = {B}, year = {1999}, publisher = {P}}
@book{three, author = {Cesa-Bianchi, N. and Ho, A. and Kim, B.}, title = {C}, year = {2001}, publisher = {P}}
@book{others, author = {Ho, A. and others}, title = {D}, year = {2002}, publisher = {P}}
"""


def test_works_are_named_by_author_and_year(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIB)
    works = Works(path)
    assert [works.parenthetical(key) for key in ("one", "two", "three", "others")] == [
        "van der Maaten, 2008",
        "Ho and Kim, 1999",
        "Cesa-Bianchi et al., 2001",
        "Ho et al., 2002",
    ]
    assert works.textual("two") == "Ho and Kim (1999)"
    assert '- <a id="two"></a>A. Ho and B. Kim. *B*. P, 1999.' in works.markdown()
    assert "two" in works and "four" not in works and "one" not in Works(Path("nowhere"))


def test_references_are_listed_for_readers_of_the_file():
    expected = Works(ROOT / "references.bib").markdown()
    assert (ROOT / "references.md").read_text(encoding="utf-8") == expected, "run python -m tools.references"
