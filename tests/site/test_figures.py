"""The directive `page-figure`, and slider figures whose pictures become files."""

import json
import re
from io import StringIO

import pytest
from page_figure import find_figure
from slider_frames import move_frames
from sphinx.application import Sphinx

SLIDER = '<figure class="explore"><img src="x" alt="a slider"></figure>'


def cell(name, *outputs, **metadata):
    return {
        "id": name,
        "cell_type": "code",
        "source": "",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": data} for data in outputs],
    }


NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"id": "title", "cell_type": "markdown", "source": "# A page", "metadata": {}},
        cell("slider", {"text/plain": "slider figure"}, {"text/html": [SLIDER]}),
        cell("picture", {"image/png": "QUJD\n"}, mystnb={"image": {"alt": 'a "b" & c'}}),
        cell("no-alt", {"image/png": "QUJD"}),
        cell("table", {"text/html": "<table></table>"}),
    ],
}


def test_find_figure_prefers_the_slider():
    assert find_figure(NOTEBOOK, "slider") == SLIDER


def test_find_figure_takes_the_picture_with_its_alternative_text():
    expected = '<img src="data:image/png;base64,QUJD" alt="a &quot;b&quot; &amp; c">'
    assert find_figure(NOTEBOOK, "picture") == expected


@pytest.mark.parametrize(
    "name, message",
    [
        ("absent", "no cell with the id 'absent'"),
        ("no-alt", "has no alternative text"),
        ("table", "neither a slider figure nor a picture"),
    ],
)
def test_find_figure_says_what_is_missing(name, message):
    with pytest.raises(ValueError, match=message):
        find_figure(NOTEBOOK, name)


def build(folder, argument, cell):
    """Build a site of one notebook and a landing page that shows its cell: HTML and warnings."""
    folder.joinpath("page.ipynb").write_text(json.dumps(NOTEBOOK))
    folder.joinpath("index.md").write_text(
        f"# Home\n\n```{{toctree}}\npage\n```\n\n```{{page-figure}} {argument}\n:cell: {cell}\n*Move* it.\n```\n"
    )
    warnings = StringIO()
    app = Sphinx(
        folder,
        None,
        folder / "out",
        folder / "trees",
        "html",
        status=None,
        warning=warnings,
        confoverrides={"extensions": ["myst_nb", "page_figure"], "nb_execution_mode": "off"},
    )
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


@pytest.mark.parametrize("kind, hidden", [("png", " hidden"), ("webp", ' hidden="hidden"')])
def test_frames_of_a_slider_become_files(kind, hidden):
    stored = []

    def store(content, suffix):
        stored.append((content, suffix))
        return f"frames/{len(stored)}.{suffix}"

    frame = f'<img src="data:image/{kind};base64,QUJD" alt="a &amp; b"{hidden}>'
    html = move_frames(f'<figure class="explore">{frame}{frame}</figure>', store)
    assert stored == [(b"ABC", kind)] * 2
    assert html == (
        f'<figure class="explore"><img loading="lazy" src="frames/1.{kind}" alt="a &amp; b"{hidden}>'
        f'<img loading="lazy" src="frames/2.{kind}" alt="a &amp; b"{hidden}></figure>'
    )
