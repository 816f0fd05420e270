"""What a page weighs, how it prints, what a screen reader and the keyboard meet, what the search finds."""

import gzip
from importlib.resources import files
from urllib.parse import quote

import pytest
from site_browser import new_context, settle
from site_names import NAMES

PAGE = "chapters/multilayer-perceptrons/dropout"
PAGES = [PAGE, "chapters/linear-networks/softmax-regression-scratch", "chapters/preliminaries/tensors"]
KILOBYTES = {"index": 300} | dict.fromkeys(PAGES, 1000)
LOOKED_AT = ["index", "chapters/multilayer-perceptrons/index", PAGE, "glossary", "references", "search"]

# Contrast is measured on every page (site_faint.js), and axe is slow at it; formulas are MathJax's.
AXE = """axe.run({exclude: [["mjx-container"]]},
    {resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}})"""


@pytest.fixture
def context(browser):
    context = new_context(browser, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.parametrize("name, most", KILOBYTES.items())
def test_page_is_light(context, address, name, most):
    page, bodies = context.new_page(), {}
    page.on("response", lambda response: bodies.setdefault(response.url, response))
    page.goto(f"{address}{name}.html")
    settle(page)
    page.wait_for_load_state("networkidle")
    kilobytes = {
        url.removeprefix(address): len(gzip.compress(response.body())) / 1000 for url, response in list(bodies.items())
    }
    heaviest = sorted(kilobytes.items(), key=lambda item: -item[1])[:5]
    assert sum(kilobytes.values()) <= most, heaviest


@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_nothing_serious(context, address, name):
    page = context.new_page()
    page.goto(f"{address}{name}.html")
    page.add_style_tag(content="* {transition: none !important; animation: none !important}")
    settle(page)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(f"document.documentElement.dataset.theme == '{theme}'")
        found = page.evaluate(AXE)["violations"]
        found = [
            (rule["id"], rule["nodes"][0]["html"][:100]) for rule in found if rule["impact"] in ("serious", "critical")
        ]
        assert found == [], theme


def test_print_tears_nothing_and_leaves_out_what_only_works_on_a_screen(context, address):
    page = context.new_page()
    page.goto(f"{address}{PAGE}.html")
    settle(page)
    page.emulate_media(media="print")
    assert (
        page.locator(".explore-control:visible, .toggle-button:visible, .copybtn:visible, .bd-sidebar:visible").count()
        == 0
    )
    assert page.locator(".solution:visible").count() == 0
    assert page.locator("div.cell_input:visible").count() > 0
    torn = page.eval_on_selector_all(
        "div.cell_input, figure, .cell_output img",
        "all => all.filter(e => getComputedStyle(e).breakInside != 'avoid').length",
    )
    assert torn == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".solution.toggle-hidden").count() == page.locator(".solution").count() > 0


def test_arrows_of_the_sidebar_show_the_focus(context, address):
    page = context.new_page()
    page.goto(f"{address}{PAGE}.html")
    page.keyboard.press("Tab")
    page.locator(".bd-links summary").first.focus()
    outlines = page.evaluate("""() => [document.activeElement, document.activeElement.firstElementChild]
        .map(element => getComputedStyle(element).outlineStyle)""")
    assert outlines == ["none", "solid"]


SEARCHES = [
    (phrase, results)
    for phrase, results in [
        ("dropout", ["chapters/multilayer-perceptrons/dropout", "glossary"]),
        ("ridge", ["chapters/multilayer-perceptrons/weight-decay"]),
        ("Learning rate", ["chapters/linear-networks/gradient-descent-basics", "glossary"]),
        ("softmax", ["chapters/linear-networks/softmax-regression", "glossary"]),
        ("tensor", ["chapters/preliminaries/tensors", "glossary"]),
        ("subderivative", ["glossary"]),
        ("confusion matrix", ["chapters/linear-networks/softmax-regression-scratch"]),
    ]
    if set(results) <= set(NAMES)
]


@pytest.mark.parametrize("phrase, expected", SEARCHES)
def test_search_shows_first_what_teaches_the_term(context, address, phrase, expected):
    page = context.new_page()
    page.goto(f"{address}search.html?q={quote(phrase)}")
    page.wait_for_function(
        "/found|did not match/.test(document.querySelector('#search-results .search-summary')?.textContent)"
    )
    found = page.eval_on_selector_all("ul.search > li > a", "links => links.map(a => a.pathname)")
    assert found[: len(expected)] == [f"/{name}.html" for name in expected]
    page.wait_for_selector("ul.search > li p.context")
    assert not any(".pdf" in text for text in page.locator("ul.search > li p.context").all_text_contents())
    assert context.outside == []
