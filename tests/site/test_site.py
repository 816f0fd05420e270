"""The built site in a real browser: every page, with all other hosts blocked.

The site is built once, or taken from $D2LBOOK_SITE (a folder of built HTML).
"""

import os
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from site_browser import find_chromium, new_context, open_browser, serve, settle
from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parents[2]
PAGES = [name.removesuffix(".md").removesuffix(".ipynb") for name in parse_toc_yaml(ROOT / "_toc.yml")]
PAGES.append("search")
SEARCHES = [(phrase, page) for phrase, page in [
    ("subderivative", "glossary"),
    ("chain rule", "chapters/preliminaries/calculus"),
    ("broadcasting", "chapters/preliminaries/tensors"),
    ("confusion matrix", "chapters/linear-networks/softmax-regression-scratch"),
] if page in PAGES]

# What the page shows. Runs in the page.
OBSERVE = r"""() => {
  const text = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("pre, code, script, style, mjx-container"))
      text.push(walker.currentNode.data);
  }
  return {
    rawMath: text.filter(t => /\\[([]|\$\$/.test(t)),
    untypeset: [...document.querySelectorAll(".math")]
      .filter(m => !m.querySelector("mjx-container")).map(m => m.textContent.slice(0, 60)),
    mathErrors: [...document.querySelectorAll("mjx-merror")].map(m => m.textContent.slice(0, 60)),
    imagesWithoutAlt: [...document.images].filter(i => !i.alt.trim()).map(i => i.src.slice(0, 60)),
    brokenImages: [...document.images]
      .filter(i => i.complete && !i.naturalWidth).map(i => i.src.slice(0, 60)),
  };
}"""

# Texts whose contrast against their background is below 4.5 to 1. Runs in the page.
FAINT = r"""() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const parsed = new Map();
  const parse = colour => {
    if (!parsed.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      parsed.set(colour, [r, g, b, a / 255]);
    }
    return parsed.get(colour);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * below[i]);
  const backgrounds = new Map();
  const background = element => {
    if (!element) return [255, 255, 255];
    if (!backgrounds.has(element)) {
      const own = parse(getComputedStyle(element).backgroundColor);
      backgrounds.set(element, own[3] == 1 ? own : over(own, background(element.parentElement)));
    }
    return backgrounds.get(element);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ownText = e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
  const faint = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!(ownText(element) || element.matches("mjx-container"))) continue;
    if (element.closest("script, style, noscript, mjx-assistive-mml, svg")) continue;
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const below = background(element), colour = over(parse(getComputedStyle(element).color), below);
    const [low, high] = [luminance(colour), luminance(below)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5)
      faint.set(`${element.tagName}.${element.className}`,
                `${ratio.toFixed(2)} "${element.textContent.trim().slice(0, 40)}"`);
  }
  return Object.fromEntries(faint);
}"""

SLIDERS = """() => [...document.querySelectorAll("figure.explore")].map(figure => {
  const input = figure.querySelector("input[type=range]");
  const frames = [...figure.querySelectorAll("img")];
  return {
    shown: frames.flatMap((frame, i) => frame.checkVisibility() ? [i] : []),
    frames: frames.length,
    value: input.valueAsNumber,
    labels: [...input.labels].map(label => label.textContent.trim()),
    output: figure.querySelector("output").textContent,
    expected: frames[input.valueAsNumber].dataset.value,
  };
})"""

OPEN_SOLUTIONS = """() => [...document.querySelectorAll(".solution.dropdown")].map(solution =>
  [...solution.children].filter(e => !e.matches(".admonition-title") && e.checkVisibility({visibilityProperty: true})).length)"""


class Markup(HTMLParser):
    """The ids of a page, where its links lead, and what it loads."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loads = set(), [], []
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


@cache
def markup(path):
    return Markup(path)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site."""
    if os.environ.get("D2LBOOK_SITE"):
        return Path(os.environ["D2LBOOK_SITE"]).resolve()
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "-W", "-n",
               "--keep-going", "--path-output", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    problems = [line for line in lines if "WARNING" in line or "ERROR" in line] or lines[-30:]
    assert done.returncode == 0, "\n".join(["the site does not build:", *problems])
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    if find_chromium() is None:
        reason = "no Chromium on this machine: the site is not tested in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def look(browser, address):
    """look(page): loads the page once and returns all that the tests want to know of it."""
    context = new_context(browser, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")

    @cache
    def look(name):
        del context.outside[:]
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(f"{address}{name}.html")
        page.add_style_tag(content="* {transition: none !important; animation: none !important}")
        settle(page)
        seen = page.evaluate(OBSERVE)
        seen["solutions"] = try_solutions(page)
        seen["sliders"] = try_sliders(page)
        seen["faint"] = {"light": page.evaluate(FAINT)}
        page.emulate_media(color_scheme="dark")
        page.wait_for_function("document.documentElement.dataset.theme == 'dark'")
        seen["faint"]["dark"] = page.evaluate(FAINT)
        page.set_viewport_size({"width": 390, "height": 844})
        seen["width"] = page.evaluate("document.scrollingElement.scrollWidth")
        seen |= {"errors": errors, "outside": list(context.outside)}
        page.close()
        return seen

    yield look
    context.close()


def try_solutions(page):
    """Which solutions show their content: at first, after the Enter key, after a click on the title."""
    states = [page.evaluate(OPEN_SOLUTIONS)]
    for button in page.locator(".solution.dropdown .toggle-button").all():
        button.focus()
        page.keyboard.press("Enter")
    states.append(page.evaluate(OPEN_SOLUTIONS))
    for title in page.locator(".solution.dropdown > .admonition-title").all():
        title.click(position={"x": 8, "y": 8})
    states.append(page.evaluate(OPEN_SOLUTIONS))
    page.eval_on_selector_all(".toggle-button[aria-expanded=false]",
                              "buttons => buttons.forEach(button => button.click())")
    return states


def try_sliders(page):
    """The state of all sliders: at first, after a click on the far end, after an arrow key."""
    states = [page.evaluate(SLIDERS)]
    sliders = page.locator("figure.explore input[type=range]").all()
    for slider, state in zip(sliders, states[0]):
        box = slider.bounding_box()
        first_half = 2 * state["value"] < state["frames"] - 1
        x = box["width"] - 3 if first_half else 3
        slider.click(position={"x": x, "y": box["height"] / 2})
    states.append(page.evaluate(SLIDERS))
    for slider, state in zip(sliders, states[1]):
        slider.focus()
        page.keyboard.press("ArrowLeft" if state["value"] else "ArrowRight")
    states.append(page.evaluate(SLIDERS))
    return states


every_page = pytest.mark.parametrize("name", PAGES)


@every_page
def test_page_loads_without_errors_or_other_hosts(look, name):
    assert look(name)["errors"] == []
    assert look(name)["outside"] == []


@every_page
def test_maths_is_typeset(look, name):
    seen = look(name)
    assert seen["rawMath"] == []
    assert seen["untypeset"] == []
    assert seen["mathErrors"] == []


@every_page
def test_images_have_alternative_text(look, name):
    assert look(name)["imagesWithoutAlt"] == []
    assert look(name)["brokenImages"] == []


@every_page
def test_sliders_move_the_picture(look, name):
    first, clicked, pressed = look(name)["sliders"]
    for before, after_click, after_key in zip(first, clicked, pressed):
        assert len(before["labels"]) == 1 and before["labels"][0]
        for state in (before, after_click, after_key):
            assert state["shown"] == [state["value"]]
            assert state["output"] == state["expected"]
        assert before["shown"] != after_click["shown"] != after_key["shown"]


@every_page
def test_solutions_open_by_key_and_close_by_click(look, name):
    first, opened, closed = look(name)["solutions"]
    assert not any(first)
    assert all(opened)
    assert not any(closed)


@every_page
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out(look, name, theme):
    assert look(name)["faint"][theme] == {}


@every_page
def test_nothing_scrolls_sideways_on_a_phone(look, name):
    assert look(name)["width"] <= 390


@every_page
def test_links_lead_somewhere(site, name):
    path = site / f"{name}.html"
    wrong = []
    for link in markup(path).links:
        target, fragment = urldefrag(urljoin(path.as_uri(), link))
        if urlsplit(target).scheme != "file":
            continue
        target = Path(unquote(urlsplit(target).path))
        if not target.is_file():
            wrong.append(link)
        elif fragment and target.suffix == ".html" and unquote(fragment) not in markup(target).ids:
            wrong.append(link)
    assert wrong == []


@every_page
def test_markup_loads_nothing_from_elsewhere(site, name):
    assert [url for url in markup(site / f"{name}.html").loads if urlsplit(url).netloc] == []


def test_one_frame_is_shown_without_scripts(browser, site, address):
    context = new_context(browser, java_script_enabled=False)
    page = context.new_page()
    for name in PAGES:
        if 'class="explore"' not in (site / f"{name}.html").read_text(encoding="utf-8"):
            continue
        page.goto(f"{address}{name}.html")
        for figure in page.locator("figure.explore").all():
            assert figure.locator("img:visible").count() == 1, name
            assert figure.locator("input:visible").count() == 0, name
    context.close()


@pytest.mark.parametrize("phrase, name", SEARCHES)
def test_search_finds(browser, address, phrase, name):
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{address}search.html?q={quote(phrase)}")
    page.wait_for_selector("ul.search li a")
    page.wait_for_function("!document.querySelector('#search-progress')?.textContent.includes('Preparing')")
    page.wait_for_timeout(500)
    found = page.eval_on_selector_all("ul.search li > a", "links => links.map(a => a.pathname)")
    assert f"/{name}.html" in found
    assert context.outside == []
    context.close()


def test_landing_page_shows_three_figures(site):
    html = (site / "index.html").read_text(encoding="utf-8")
    assert html.count('<div class="page-figure') == 3


def test_landing_page_marks_planned_parts(look, browser, address):
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{address}index.html")
    written = {name.split("/")[1] for name in PAGES if name.startswith("chapters/")}
    linked = page.eval_on_selector_all("a.part-card", "cards => cards.map(a => a.pathname.split('/')[2])")
    planned = page.eval_on_selector_all("div.part-card.planned", "cards => cards.map(c => c.textContent)")
    assert set(linked) == written
    assert len(linked) + len(planned) == 15
    assert all("planned" in text for text in planned)
    assert page.locator(".part-map a").count() == len(written)
    context.close()
