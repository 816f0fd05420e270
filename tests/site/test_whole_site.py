"""The built site as files: links, addresses, slider figures, the landing page."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from parts import read_parts
from site_names import NAMES, ROOT


class Markup(HTMLParser):
    """The ids of a page, where its links lead, what it loads, and the pictures of its slider figures."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loads, self.figures, self.in_figure = set(), [], [], [], False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.update(filter(None, (attributes.get("id"), attributes.get("name"))))
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag in ("script", "img", "iframe", "source", "video", "audio"):
            self.loads.append(attributes.get("src") or "")
        if tag == "link" and attributes.get("rel") in ("stylesheet", "preload", "icon"):
            self.loads.append(attributes.get("href") or "")
        if tag == "figure" and attributes.get("class") == "explore":
            self.figures.append({"shown": 0, "stored in the page": 0, "control": False})
            self.in_figure = True
        if tag == "img" and self.in_figure:
            self.figures[-1]["shown"] += "hidden" not in attributes
            self.figures[-1]["stored in the page"] += attributes["src"].startswith("data:")
        if self.in_figure and attributes.get("class") == "explore-control":
            self.figures[-1]["control"] = "hidden" not in attributes

    def handle_endtag(self, tag):
        self.in_figure = self.in_figure and tag != "figure"


@cache
def markup(path):
    return Markup(path)


def test_links_lead_somewhere(site):
    wrong = []
    for name in NAMES:
        path = site / f"{name}.html"
        for link in markup(path).links:
            target, fragment = urldefrag(urljoin(path.as_uri(), link))
            if urlsplit(target).scheme != "file":
                continue
            target = Path(unquote(urlsplit(target).path))
            found = target.is_file()
            if not found or (fragment and target.suffix == ".html" and unquote(fragment) not in markup(target).ids):
                wrong.append((name, link))
    assert wrong == []


def test_pages_load_nothing_from_elsewhere(site):
    loads = {url for name in NAMES for url in markup(site / f"{name}.html").loads}
    assert [url for url in loads if urlsplit(url).netloc] == []


def test_slider_figures_show_one_picture_without_scripts_and_load_the_others_later(site):
    figures = [figure for name in NAMES for figure in markup(site / f"{name}.html").figures]
    assert figures
    assert all(figure == {"shown": 1, "stored in the page": 0, "control": False} for figure in figures)


def test_mathjax_is_loaded_only_where_there_are_formulas(site):
    for name in NAMES:
        html = (site / f"{name}.html").read_text(encoding="utf-8")
        assert any("mathjax" in url for url in markup(site / f"{name}.html").loads) == ('class="math' in html), name


def test_references_are_those_that_are_cited(site):
    linked = {
        unquote(urldefrag(link).fragment)
        for name in NAMES
        for link in markup(site / f"{name}.html").links
        if "references.html#" in link
    }
    html = (site / "references.html").read_text(encoding="utf-8")
    entries = {part.split('"')[0] for part in html.split('<div class="citation" id="')[1:]}
    assert entries and entries <= linked


def test_landing_page_shows_figures_and_marks_planned_parts(site):
    html = (site / "index.html").read_text(encoding="utf-8")
    parts = read_parts(ROOT)
    written = {name.split("/")[1] for name in NAMES if name.startswith("chapters/")}
    assert html.count('<div class="page-figure') == (ROOT / "index.md").read_text(encoding="utf-8").count(
        "```{page-figure}"
    )
    for part in parts:
        assert html.count(f'href="chapters/{part.folder}/index.html">') >= 2 * (part.folder in written)
    assert html.count('<span class="badge-planned">') == len(parts) - len(written)
