import base64
import io
import re
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
import torch
from nbclient import NotebookClient
from PIL import Image
from site_browser import find_chromium, open_browser

from d2lbook_utils import sliders
from d2lbook_utils._display import use_book_style
from d2lbook_utils.plotting import new_figure, plot
from d2lbook_utils.sliders import explore

ALT = "A straight line that grows steeper with the rate"


def line(rate):
    plot([0, 1], [0, rate], ylim=(0, 12), xlabel="x", ylabel="y")


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def all(self, wanted):
        return [attributes for tag, attributes in self.tags if tag == wanted]

    def one(self, wanted):
        (attributes,) = self.all(wanted)
        return attributes


@pytest.fixture
def shown(monkeypatch):
    """The mime bundles displayed as in a kernel."""
    bundles = []
    monkeypatch.setattr(sliders, "notebook_shell", lambda: object())
    monkeypatch.setattr("IPython.display.display", lambda bundle, *, raw: bundles.append(bundle))
    yield bundles
    assert not plt.get_fignums()


def html_of(bundles, *args, **kwargs):
    explore(*args, **kwargs)
    return bundles[-1]["text/html"]


def webp(attributes):
    return base64.b64decode(attributes["src"].removeprefix("data:image/webp;base64,"))


# the stored page


def test_structure(shown):
    page = Page(html_of(shown, line, alt=ALT, start=1.0, rate=[0.1, 1.0, 10.0]))
    assert page.one("figure")["class"] == "explore"
    frames = page.all("img")
    assert [f["alt"] for f in frames] == [f"{ALT} (rate = {r})" for r in ("0.1", "1.0", "10.0")]
    assert {(f["width"], f["height"]) for f in frames} == {("630", "420")}
    assert ["hidden" in f for f in frames] == [True, False, True]
    slider = page.one("input")
    assert (slider["type"], slider["min"], slider["max"], slider["step"], slider["value"]) == (
        "range",
        "0",
        "2",
        "1",
        "1",
    )
    assert "hidden" in page.one("p")
    assert len(page.all("label")) == len(page.all("output")) == len(page.all("script")) == 1


def test_stored_page_needs_nothing_from_outside(shown):
    html = html_of(shown, line, alt=ALT, rate=[1, 2])
    assert not re.search(r"https?:|//|import|require", re.sub(r"base64,[^\"]*", "", html))
    assert all("src" not in script for script in Page(html).all("script"))


def test_label_holds_the_slider_and_output_the_start_value(shown):
    html = html_of(shown, line, alt=ALT, start=2, rate=[1, 2])
    assert re.search(r"<label>rate <input [^>]*></label>", html)
    assert re.search(r"<output[^>]*>2</output>", html)


def test_text_is_stable(shown):
    explore(line, alt=ALT, rate=[0.01, 0.1, 1.0])
    assert shown[0]["text/plain"] == "slider figure: rate = 0.01, 0.1, 1.0"


def test_frames_are_small_palettised_pictures_of_draw(shown):
    def waves(rate):
        x = np.linspace(0, 6.3, 400)
        plot(
            x,
            [np.sin(rate * x), np.cos(rate * x), np.sin(rate * x) ** 2],
            ylim=(-1, 1),
            xlabel="x (radians)",
            ylabel="wave",
            legend=["sine", "cosine", "sine squared"],
        )

    html = html_of(shown, waves, alt=ALT, rate=np.linspace(0.25, 3, 12))
    frames = [webp(f) for f in Page(html).all("img")]
    assert len(html) < 300_000
    assert max(map(len, frames)) < 21_000
    for frame in frames:
        picture = Image.open(io.BytesIO(frame))
        assert (picture.format, picture.size) == ("WEBP", (630, 420))
        assert len(picture.convert("RGB").getcolors(1000)) <= 128
        assert b"VP8L" in frame[:32]  # the lossless kind
    assert len(set(frames)) == 12


def test_frame_shows_what_draw_drew(shown):
    def block(shade):
        ax = plt.figure(figsize=(2, 2), layout="none").add_axes((0, 0, 1, 1))
        ax.imshow(np.full((2, 2), shade), cmap="gray", vmin=0, vmax=1)
        ax.axis("off")

    html = html_of(shown, block, alt=ALT, shade=[0.0, 1.0])
    colors = [Image.open(io.BytesIO(webp(f))).convert("RGB").getpixel((140, 140)) for f in Page(html).all("img")]
    assert colors == [(0, 0, 0), (255, 255, 255)]


def test_frames_are_in_the_books_style(shown):
    plt.rcdefaults()
    matplotlib.use("Agg")
    use_book_style.cache_clear()
    html = html_of(shown, lambda n: plt.plot(range(n)), alt=ALT, n=[2])
    picture = Image.open(io.BytesIO(webp(Page(html).one("img"))))
    assert picture.size == (630, 420)
    assert min(np.abs(np.array(picture.convert("RGB")) - (0x00, 0x72, 0xB2)).sum(-1).ravel()) < 9


def test_same_call_gives_same_bytes(shown):
    assert html_of(shown, line, alt=ALT, rate=[1, 2]) == html_of(shown, line, alt=ALT, rate=[1, 2])


def test_id_depends_on_words_and_not_on_pixels(shown):
    def ident(draw=line, alt=ALT, **values):
        return Page(html_of(shown, draw, alt=alt, **values)).one("figure")["id"]

    base = ident(rate=[1, 2])
    assert ident(lambda rate: plot([rate, 7]), rate=[1, 2]) == base
    assert len({base, ident(rate=[1, 3]), ident(alt=ALT + "!", rate=[1, 2]), ident(slope=[1, 2])}) == 4


def test_words_are_escaped(shown):
    html = html_of(shown, lambda name: plot([1, 2]), alt='A "line" with <b>quotes</b> & brackets', name=["<i>", "&"])
    page = Page(html)
    assert page.all("i") == page.all("b") == []
    assert page.all("img")[0]["alt"] == 'A "line" with <b>quotes</b> & brackets (name = <i>)'
    assert page.all("img")[0]["data-value"] == "<i>"


@pytest.mark.parametrize(
    "values, labels",
    [
        (torch.linspace(0.1, 0.3, 3), ["0.1", "0.2", "0.3"]),
        (np.array([1, 2]), ["1", "2"]),
        (range(3), ["0", "1", "2"]),
        (["sgd", "adam"], ["sgd", "adam"]),
        ([1e-5, 0.1 + 0.2], ["1e-05", "0.3"]),
        ([True, False], ["True", "False"]),
    ],
)
def test_labels(shown, values, labels):
    html = html_of(shown, lambda v: plot([1, 2]), alt=ALT, v=values)
    assert [f["data-value"] for f in Page(html).all("img")] == labels


def test_start_may_be_a_rounded_tensor_value(shown):
    html = html_of(shown, line, alt=ALT, start=0.2, rate=torch.tensor([0.1, 0.2]))
    assert ["hidden" in f for f in Page(html).all("img")] == [True, False]


def test_draw_may_use_the_current_figure(shown):
    html = html_of(shown, lambda n: plt.plot(range(n)), alt=ALT, n=[2, 3])
    assert len({f["src"] for f in Page(html).all("img")}) == 2


def test_draw_leaves_open_figures_alone(shown):
    figure = plt.figure()
    explore(line, alt=ALT, rate=[2, 3])
    assert plt.get_fignums() == [figure.number] and not figure.axes
    plt.close(figure)


def test_every_value_is_drawn_once(shown):
    calls = []

    def draw(rate):
        calls.append(rate)
        line(rate)

    html = html_of(shown, draw, alt=ALT, start=3, rate=[1, 2, 1, 3, 2])
    assert calls == [1, 2, 3]
    assert [f["data-value"] for f in Page(html).all("img")] == ["1", "2", "3"]
    assert (Page(html).one("input")["max"], Page(html).one("input")["value"]) == ("2", "2")


def test_values_that_look_alike_are_shown_once(shown):
    html = html_of(shown, line, alt=ALT, rate=[0.1 + 0.2, 0.3, np.float64(0.3), torch.tensor(0.3)])
    assert [f["data-value"] for f in Page(html).all("img")] == ["0.3"]


def test_bundle_is_text_and_html_and_needs_no_widgets(shown, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    explore(line, alt=ALT, rate=[1, 2])
    assert sorted(shown[0]) == ["text/html", "text/plain"]


# as front ends show it


class Sanitised(HTMLParser):
    """What JupyterLab leaves of a notebook that it does not trust: no scripts, no empty attributes."""

    def __init__(self, html):
        super().__init__()
        self.html, self.in_script = "", False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.in_script |= tag == "script"
        if not self.in_script:
            words = "".join(f' {name}="{escape(value)}"' for name, value in attributes if value)
            self.html += f"<{tag}{words}>"

    def handle_endtag(self, tag):
        if tag == "script":
            self.in_script = False
        else:
            self.html += f"</{tag}>"

    def handle_data(self, data):
        if not self.in_script:
            self.html += escape(data)


def test_untrusted_notebook_has_one_picture_and_no_dead_control(shown):
    page = Page(Sanitised(html_of(shown, line, alt=ALT, start=1.0, rate=[0.1, 1.0, 10.0])).html)
    assert not page.all("script")
    assert ["hidden" in frame for frame in page.all("img")] == [True, False, True]
    assert "hidden" in page.one("p")  # it holds the control
    assert all(frame["alt"] and frame["src"] for frame in page.all("img"))


@pytest.fixture(scope="module")
def browser():
    if find_chromium() is None:
        pytest.skip("no Chromium on this machine")
    with open_browser() as browser:
        yield browser


def visible(page):
    return [frame.get_attribute("data-value") for frame in page.locator("img").all() if frame.is_visible()]


# JupyterLab makes the output outside the document, its scripts anew, and then puts it in.
IN_LAB = """html => {
    const host = document.createElement("div");
    host.innerHTML = html;
    for (const old of host.querySelectorAll("script")) {
        const script = document.createElement("script");
        script.textContent = old.textContent;
        old.replaceWith(script);
    }
    document.body.append(host);
}"""


@pytest.mark.parametrize("times", [1, 2])
def test_slider_moves_the_picture_in_a_notebook(shown, browser, times):
    html = html_of(shown, line, alt=ALT, start=1.0, rate=[0.1, 1.0, 10.0])
    page = browser.new_page(viewport={"width": 1200, "height": 1200})
    for _ in range(times):
        page.evaluate(IN_LAB, html)
    assert visible(page) == ["1.0"] * times
    slider = page.get_by_role("slider", name="rate").last
    picture = page.get_by_role("img").last
    assert slider.get_attribute("aria-valuetext") == "1.0"
    slider.press("ArrowRight")
    assert visible(page)[-1] == "10.0" and len(visible(page)) == times
    assert slider.get_attribute("aria-valuetext") == page.locator("output").last.inner_text() == "10.0"
    assert picture.get_attribute("alt") == f"{ALT} (rate = 10.0)"
    assert picture.evaluate("p => p.decode().then(() => [p.naturalWidth, p.width, p.height])") == [630, 630, 420]
    page.set_viewport_size({"width": 320, "height": 600})
    assert picture.evaluate("p => p.width") < 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_terminal_prints_the_text(capsys):
    assert explore(line, alt=ALT, rate=[1, 2]) is None
    assert capsys.readouterr().out == "slider figure: rate = 1, 2\n"


# wrong use


@pytest.mark.parametrize(
    "kwargs, error, message",
    [
        ({}, ValueError, "explore: expected one name .* but 0 are given: none"),
        ({"rate": [1], "size": [2]}, ValueError, "but 2 are given: rate, size"),
        ({"rate": []}, ValueError, "explore: rate is empty"),
        ({"rate": 3}, TypeError, "explore: rate is a int, expected a list"),
        ({"rate": "abc"}, TypeError, "explore: rate is a str, expected a list"),
        ({"rate": [[1], [2]]}, TypeError, "explore: rate holds a list, expected numbers or strings"),
        ({"rate": [1, 2], "start": 3}, ValueError, "explore: start is 3 but rate has 1, 2"),
        ({"rate": [1, 2], "alt": "plot"}, ValueError, "explore: alt is 'plot', expected"),
        ({"rate": [1, 2], "alt": f" {'x' * 29} "}, ValueError, "expected a description .* at least 30 characters"),
        ({"rate": torch.zeros(2, 2)}, TypeError, "explore: rate holds a Tensor, expected numbers or strings"),
        ({"rate": [1, 2], "alt": None}, ValueError, "explore: alt is None, expected"),
    ],
)
def test_wrong_arguments(kwargs, error, message):
    with pytest.raises(error, match=message):
        explore(line, **{"alt": ALT, **kwargs})


def test_shortest_alt(shown):
    alt = "x" * 30
    assert Page(html_of(shown, line, alt=f" {alt} ", rate=[1])).one("img")["alt"] == f"{alt} (rate = 1)"


def test_alt_is_required_and_draw_a_function():
    with pytest.raises(TypeError, match="alt"):
        explore(line, rate=[1])
    with pytest.raises(TypeError, match="explore: draw is a NoneType, expected a function of rate"):
        explore(None, alt=ALT, rate=[1])


def two_figures(rate):
    new_figure()
    plt.figure()


@pytest.mark.parametrize(
    "draw, found",
    [
        (lambda rate: None, "no figures"),
        (two_figures, "2 figures"),
        (lambda rate: (line(rate), plt.close()), "no figures"),
    ],
)
def test_draw_must_leave_one_figure(shown, draw, found):
    with pytest.raises(ValueError, match=rf"explore: draw\(1\) leaves {found} of its own, expected one; begin it"):
        explore(draw, alt=ALT, rate=[1, 2])
    assert not shown


def test_draw_on_a_figure_of_somebody_else_is_an_error(shown):
    figure = plt.figure()
    with pytest.raises(ValueError, match=r"draw\(2\) leaves no figures of its own, expected one; begin it with new_f"):
        explore(lambda n: plt.plot(range(n)), alt=ALT, n=[2])
    assert plt.get_fignums() == [figure.number]
    plt.close(figure)


def test_an_error_in_draw_reaches_the_reader(shown):
    with pytest.raises(ZeroDivisionError):
        explore(lambda rate: plot([1 / rate]), alt=ALT, rate=[0])


# in a real kernel

SOURCE = f"""\
import random
from d2lbook_utils.sliders import explore
from d2lbook_utils.plotting import plot

def draw(rate):
    plot([random.random() for _ in range(9)], xlabel="x", ylabel="y")

explore(draw, alt="{ALT}", rate=[0.1, 1.0])"""


def test_kernel_output_passes_strict_nbval(tmp_path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE)])
    NotebookClient(book, kernel_name="python3").execute()
    (output,) = book.cells[0].outputs
    assert output.output_type == "display_data"
    assert sorted(output.data) == ["text/html", "text/plain"]
    assert "widgets" not in book.metadata
    path = tmp_path / "slider.ipynb"
    nbformat.write(book, path)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "--nbval-sanitize-with",
            Path(__file__).parents[1] / "nbval-sanitize.cfg",
            "--rootdir",
            tmp_path,
            "-p",
            "no:cacheprovider",
            "-q",
            path,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
