"""The directives behind the landing page: figures of other pages, the map and the cards of the parts."""

import json
import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))
from page_figure import find_figure  # noqa: E402
from part_map import PARTS, draw_cards, draw_map  # noqa: E402

SLIDER = '<figure class="explore"><img src="x" alt="a slider"></figure>'


def cell(name, *outputs, **metadata):
    return {"id": name, "cell_type": "code", "source": "", "execution_count": None, "metadata": metadata,
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": data} for data in outputs]}


NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
    {"id": "title", "cell_type": "markdown", "source": "# A page", "metadata": {}},
    cell("slider", {"text/plain": "slider figure"}, {"text/html": [SLIDER]}),
    cell("picture", {"image/png": "QUJD\n"}, mystnb={"image": {"alt": 'a "b" & c'}}),
    cell("no-alt", {"image/png": "QUJD"}),
    cell("table", {"text/html": "<table></table>"}),
]}


def test_find_figure_prefers_the_slider():
    assert find_figure(NOTEBOOK, "slider") == SLIDER


def test_find_figure_takes_the_picture_with_its_alternative_text():
    expected = '<img src="data:image/png;base64,QUJD" alt="a &quot;b&quot; &amp; c">'
    assert find_figure(NOTEBOOK, "picture") == expected


@pytest.mark.parametrize("name, message", [
    ("absent", "no cell with the id 'absent'"),
    ("no-alt", "has no alternative text"),
    ("table", "neither a slider figure nor a picture"),
])
def test_find_figure_says_what_is_missing(name, message):
    with pytest.raises(ValueError, match=message):
        find_figure(NOTEBOOK, name)


def build(folder, argument, cell):
    """Build a site of one notebook and a landing page that shows its cell: HTML and warnings."""
    folder.joinpath("page.ipynb").write_text(json.dumps(NOTEBOOK))
    folder.joinpath("index.md").write_text(
        f"# Home\n\n```{{toctree}}\npage\n```\n\n```{{page-figure}} {argument}\n:cell: {cell}\n*Move* it.\n```\n")
    warnings = StringIO()
    app = Sphinx(folder, None, folder / "out", folder / "trees", "html", status=None, warning=warnings,
                 confoverrides={"extensions": ["myst_nb", "page_figure"], "nb_execution_mode": "off"})
    app.build()
    return (folder / "out" / "index.html").read_text(), warnings.getvalue()


def test_page_figure_shows_the_figure_and_links_to_its_page(tmp_path):
    html, warnings = build(tmp_path, "page.ipynb", "slider")
    assert warnings == ""
    assert SLIDER in html
    assert "<em>Move</em> it." in html
    assert re.search(r'Page: *(</span>)?<a [^>]*href="page.html"[^>]*>.*?A page', html)


@pytest.mark.parametrize("argument, cell", [("missing.ipynb", "slider"), ("page.ipynb", "absent")])
def test_page_figure_warns_about_what_is_missing(tmp_path, argument, cell):
    html, warnings = build(tmp_path, argument, cell)
    assert f"page-figure: {argument}" in warnings
    assert "page-figure" not in html


def test_parts_need_only_earlier_parts():
    assert [part.number for part in PARTS] == list(range(15))
    assert all(need < part.number for part in PARTS for need in part.needs)
    assert len({part.place for part in PARTS}) == 15


def test_map_links_the_parts_that_exist():
    svg = draw_map({0: "zero.html", 3: "three.html"})
    assert re.findall(r'<a href="(.*?)"', svg) == ["zero.html", "three.html"]
    assert svg.count(" planned") == 13
    assert svg.count('class="edge"') == sum(len(part.needs) for part in PARTS)


def test_cards_say_what_is_planned_and_how_much_is_written():
    written = {part.number: 0 for part in PARTS} | {0: 4, 2: 3}
    html = draw_cards({0: "zero.html", 2: "two.html"}, written)
    cards = html.split("</li>")
    assert "planned" not in cards[0] and "4 pages" in cards[0] and 'href="zero.html"' in cards[0]
    assert "3 of 9 pages" in cards[2]
    assert "planned" in cards[9] and "17 pages" in cards[9] and "needs 6 and 7" in cards[9]
    assert html.count("badge-planned") == 13
