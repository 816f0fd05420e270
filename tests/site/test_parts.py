"""The parts and pages of the book, and what is made from them: map, cards, tables of pages."""

import re

import pytest
from part_map import draw_cards, draw_map
from parts import Book, Part, estimate_minutes, read_parts, table
from site_names import ROOT

PARTS = [
    Part(0, "first", "First", "The first part.", 2, [], [0, 0], "basics"),
    Part(1, "second", "Second part", "It has <tags>.", 3, ["first"], [1, 0], "vision"),
    Part(2, "third", "Third", "Planned.", 4, ["first", "second"], [0, 1], "engine", wide=True),
]


@pytest.fixture(scope="module")
def book():
    return Book(ROOT)


def test_parts_need_only_earlier_parts():
    parts = read_parts(ROOT)
    earlier = set()
    for part in parts:
        assert set(part.needs) <= earlier, part
        earlier.add(part.folder)
    assert len({tuple(part.place) for part in parts}) == len(earlier) == len(parts)


def test_no_part_has_more_pages_than_planned(book):
    for part in book.parts:
        written = [name for name in book.pages if name.startswith(f"chapters/{part.folder}/")]
        assert len(written) <= part.pages, part.title


def test_what_pages_need_agrees_with_their_links(book):
    """A page links to the nearest pages that teach what it needs, and to none that teaches nothing it needs.

    Then all that it needs is reached by the links: from page to page the nearest ones lead to the others.
    """
    wrong = {}
    for name, page in book.pages.items():
        missing = set(book.rests_on(name)) - set(page.links)
        needless = set(page.links) - book.needed(name)
        if missing or needless:
            wrong[name] = {"**You need** lacks a link to": missing, "metadata.book.needs names no topic of": needless}
    assert wrong == {}


def test_nearest_pages_come_latest_first(book):
    for name in book.pages:
        order = [list(book.pages).index(page) for page in book.rests_on(name)]
        assert order == sorted(order, reverse=True)
        assert book.behind[name] == set(book.rests_on(name)).union(*(book.behind[page] for page in book.rests_on(name)))


def test_table_has_a_row_for_each_page_with_links_to_what_it_rests_on(book):
    rows = table(book, "preliminaries")
    names = [name for name in book.pages if name.startswith("chapters/preliminaries/")]
    assert len(rows) == 2 + len(names)
    for number, (row, name) in enumerate(zip(rows[2:], names), 1):
        assert re.findall(r"\(/(.*?)\)", row) == [name, *book.rests_on(name)]
        assert row.startswith(f"| 1.{number} |") and f"{book.pages[name].minutes}&nbsp;min" in row


def test_table_of_a_part_without_pages_says_so(book):
    assert table(book, "appendix-to-come") == ["The pages of this part are still to be written."]


def test_minutes_are_estimated_from_words_and_lines_before_the_exercises():
    cells = [
        {"cell_type": "markdown", "source": "word " * 1000},
        {"cell_type": "code", "source": ["x = 1\n"] * 100},
        {"cell_type": "markdown", "source": "## Exercises\n\n" + "word " * 1000},
    ]
    assert estimate_minutes(cells) == 20
    assert estimate_minutes([]) == 5


def test_map_links_the_parts_that_exist():
    svg = draw_map(PARTS, {"first": "first.html"})
    assert re.findall(r'<a href="(.*?)"', svg) == ["first.html"]
    assert svg.count(" planned") == 2
    assert svg.count('class="edge"') == 3


def test_cards_say_what_is_planned_and_how_much_is_written():
    html = draw_cards(PARTS, {"first": "first.html", "second": "second.html"}, {"first": 2, "second": 1, "third": 0})
    cards = html.split("</li>")
    assert "planned" not in cards[0] and "2 pages" in cards[0] and 'href="first.html"' in cards[0]
    assert "1 of 3 pages · needs 0" in cards[1] and "&lt;tags&gt;" in cards[1]
    assert "planned" in cards[2] and "4 pages" in cards[2] and "needs 0 and 1" in cards[2]
