"""Every rule of the page contract: a good page passes, and each breach gets exactly its message."""

import hashlib

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import notebook, tidy
from tools.book import Book
from tools.lint import RULES, lint, lint_toc, main
from tools.page import Page
from tools.rules import clarity

PAGE = "chapters/part/good.ipynb"
TOC = """\
format: jb-book
root: index
parts:
  - caption: Part
    numbered: 2
    chapters:
      - file: chapters/part/index
        sections:
          - file: chapters/part/earlier
          - file: chapters/part/good
"""
OPENING = """\
# A good page

Does this page keep the contract? If it does not, e.g. because of $x.$ y, nobody can rely on it.

**You will be able to**
- say what a rule is
- break one

**You need** [the page before](earlier.ipynb#top)"""
ALT = "Two straight lines that cross each other at the origin"
DRAWN = hashlib.sha256(b"").hexdigest()[:16]  # of a book without drawings
PICTURE = new_output("display_data", data={"image/png": "aGVsbG8=", "text/plain": "<Figure size 1x1>"})


def text(cell_id, source, *tags):
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)} if tags else {})


def code(cell_id, source, *tags, outputs=()):
    metadata = {"tags": list(tags)} if tags else {}
    return new_code_cell(source, id=cell_id, metadata=metadata, outputs=list(outputs))


def says(words):
    return new_output("stream", name="stdout", text=words + "\n")


def good_page():
    cells = [
        text("opening", OPENING),
        code("bootstrap", notebook.BOOTSTRAP, "remove-cell", "bootstrap"),
        code("imports", "import matplotlib.pyplot as plt\n\nfrom d2lbook_utils import check, explore"),
        code("parameters", "number = -3  # how many\nrates = [0.1, 1.0]  # step sizes", "parameters"),
        text(
            "one",
            "## One\n\n" + "word " * 1000 + "and "
            "[Gradient](../../glossary.md#term-gradient) ([Gauss, 1809](../../references.md#gauss1809)).",
        ),
        code("picture", "plt.plot([0, 1])\nplt.show()", outputs=[PICTURE]),
        text("two", "## Two\n\n$$x = 1$$"),
        code("slider", f'explore(print, alt="{ALT}",\n        rate=rates)', "hide-input", outputs=[says("slider")]),
        text("three", "## Three\n\n```python\n# not a heading\n```"),
        code(
            "failing",
            "1 / 0",
            "raises-exception",
            outputs=[
                new_output(
                    "error",
                    ename="ZeroDivisionError",
                    evalue="division by zero",
                    traceback=["ZeroDivisionError: division by zero"],
                )
            ],
        ),
        text("confusions", "## Common confusions"),
        text("why", "### Why?\n\nBecause.", "confusions"),
        code("because", "1 + 1", outputs=[new_output("execute_result", data={"text/plain": "2"})]),
        text("summary", "## Summary\n\n- rules are functions"),
        text("exercises", "## Exercises"),
    ]
    for n in (1, 2, 3, 4):
        cells += [
            text(f"task-{n}", f"### Exercise: Task {n}\n\nDo it.", "exercise"),
            text(f"answer-{n}", "### Solution", "solution"),
            code(f"answer-{n}-code", f'check("done", number + {n} != 0)', "solution", outputs=[says("ok: done")]),
        ]
    page = new_notebook(
        cells=cells,
        metadata={
            "book": {
                "teaches": ["rule"],
                "needs": ["page"],
                "minutes": 10,
                "budget": {"seconds": 5, "memory_mb": 300, "download_mb": 0},
            }
        },
    )
    cell(page, "picture").metadata["mystnb"] = {"image": {"alt": ALT}, "figure": {"name": "good-picture"}}
    return stamp(execute(page))


def execute(page):
    for number, one in enumerate(filter(notebook.is_code, page.cells), start=1):
        one.execution_count = number
    return notebook.normalise(page)


def stamp(page):
    page.metadata.book.update(rendered=notebook.content_hash(page), drawn=DRAWN)
    return page


def refold(page):
    normal = notebook.normalise(page)
    page.cells, page.metadata = normal.cells, normal.metadata


def cell(page, cell_id):
    return next(one for one in page.cells if one.id == cell_id)


def without(page, cell_id):
    page.cells.remove(cell(page, cell_id))


@pytest.fixture
def root(tmp_path):
    return make_book(tmp_path)


def make_book(folder):
    part = folder / "chapters" / "part"
    part.mkdir(parents=True)
    (folder / "_toc.yml").write_text(TOC)
    (folder / "references.bib").write_text(
        "@book{gauss1809,\n  title = {Theoria},\n  author = {Gauss, C. F.},\n  year = {1809}\n}\n"
    )
    (folder / "references.md").write_text("# References\n")
    (folder / "glossary.md").write_text("# Glossary\n\n```{glossary}\ngradient\n  Points uphill. (梯度)\n```\n")
    (part / "index.md").write_text("# Part\n")
    exercise = text("early", "### Exercise: Early", "exercise")
    exercise.metadata["book"] = {"label": "earlier-label"}
    earlier = new_notebook(cells=[exercise], metadata={"book": {"teaches": ["page"]}})
    notebook.write(earlier, part / "earlier.ipynb")
    return folder


def findings(root, page):
    notebook.write(page, root / PAGE)
    return list(lint(Book(root), root / PAGE))


# Each case breaks one thing. The message is what follows the page's path.
CASES = {}
RENDER = f"run make render PAGES={PAGE}"


def case(message, *, restamp=True):
    def register(break_it):
        CASES[break_it.__name__] = (break_it, message, restamp)
        return break_it

    return register


def replace(cell_id, old, new):
    """A case that replaces words in one cell."""

    def break_it(page, root):
        found = cell(page, cell_id)
        assert old in found.source
        found.source = found.source.replace(old, new)

    return break_it


def replacing(name, cell_id, old, new, message):
    CASES[name] = (replace(cell_id, old, new), message, True)


# --- structure
replacing(
    "no_title",
    "opening",
    "# A good",
    "A good",
    "cell 0 (opening): the page does not begin with a Markdown cell '# Title'",
)
replacing("two_titles", "two", "## Two", "## Two\n\n# Again", "cell 6 (two): second title '# Again'; a page has one")
replacing(
    "short_hook",
    "opening",
    "Does this page keep the contract? ",
    "",
    "cell 0 (opening): the hook has 1 sentences; a hook has 2 to 5",
)
replacing(
    "long_hook",
    "opening",
    "\n\n**You will",
    " A. B. C. D.\n\n**You will",
    "cell 0 (opening): the hook has 6 sentences; a hook has 2 to 5",
)
replacing(
    "no_outcomes", "opening", "**You will be able to**", "**Aims**", "cell 0 (opening): no '**You will be able to**'"
)
replacing(
    "one_outcome",
    "opening",
    "- break one\n",
    "",
    "cell 0 (opening): 'You will be able to' has 1 bullets; it has 2 to 4",
)
replacing("no_needs", "opening", "**You need**", "**Before**", "cell 0 (opening): no '**You need**' after the outcomes")
replacing(
    "empty_needs",
    "opening",
    "[the page before](earlier.ipynb#top)",
    "things",
    "cell 0 (opening): 'You need' has neither a link nor the word nothing",
)
replacing(
    "other_bootstrap",
    "bootstrap",
    "import sys",
    "import os, sys",
    "cell 1 (bootstrap): the bootstrap cell differs from tools.notebook.BOOTSTRAP: run make tidy",
)
replacing(
    "imports_elsewhere",
    "because",
    "1 + 1",
    "import math\n1 + 1",
    "cell 12 (because): imports belong in the imports cell",
)
replacing(
    "computed_parameter", "parameters", "-3", "1 + 2", "cell 3 (parameters): 'number = 1 + 2' is not 'name = literal'"
)
replacing("bare_parameter", "parameters", "  # step sizes", "", "cell 3 (parameters): parameter rates has no comment")
replacing(
    "order_of_sections",
    "summary",
    "## Summary",
    "## In short",
    "the last ## sections are ['Common confusions', 'In short', 'Exercises']; "
    "they must be ['Common confusions', 'Summary', 'Exercises']",
)
replacing("few_sections", "three", "## Three", "### Three", "2 body sections; a page has 3 to 6")
replacing("heading_inside", "two", "## Two", "Now:\n\n## Two", "cell 6 (two): '## Two' does not begin its cell")
replacing("no_confusion", "why", "### Why?", "Why?", "cell 10 (confusions): 'Common confusions' has no '### question?'")
replacing("no_question", "why", "Why?", "Therefore", "cell 11 (why): '### Therefore' is not a question")
replacing("no_bullets", "summary", "- rules", "rules", "cell 13 (summary): the summary has no bullets")
replacing(
    "solution_in_the_open",
    "answer-2",
    "### Solution",
    "### Solution\n\nDone.",
    "cell 19 (answer-2): has text under a folded heading, which hides the cells after it only; "
    "give the text its own cell",
)
replacing(
    "unchecked_solution",
    "answer-2-code",
    "check(",
    "print(",
    "cell 18 (task-2): the solution of exercise 'Task 2' checks nothing; call check(...)",
)
replacing(
    "exercise_without_heading",
    "task-2",
    "### Exercise: Task 2",
    "Task 2",
    "cell 18 (task-2): is tagged exercise and does not begin '### Exercise: Title'",
)


@case("cell 1 (bootstrap): the second cell is not the bootstrap cell, tagged remove-cell and bootstrap")
def visible_bootstrap(page, root):
    cell(page, "bootstrap").metadata["tags"] = ["bootstrap"]


@case("cell 2 (imports): the third cell does not import anything; it is the imports cell")
def no_imports(page, root):
    cell(page, "imports").source = "pass"


@case("cell 3 (parameters): the fourth cell is not the code cell tagged parameters")
def no_parameters(page, root):
    del cell(page, "parameters").metadata["tags"]


@case("cell 3 (parameters): the parameters have no comments")
def uncommented_parameters(page, root):
    cell(page, "parameters").source = "number = 3\nrates = [1]"


@case("cell 5 (picture): second cell tagged parameters")
def two_parameters_cells(page, root):
    cell(page, "picture").metadata["tags"] = ["parameters"]


@case("cell 4 (early): code between the parameters and the first ## section")
def early_code(page, root):
    page.cells.insert(4, code("early", "pass"))
    page.cells = execute(page).cells


@case("cell 11 (why): a question's cell is tagged confusions")
def untagged_question(page, root):
    del cell(page, "why").metadata["tags"]


@case("cell 11 (why): '### Why?' is not answered by a code cell")
def unanswered_question(page, root):
    without(page, "because")
    page.cells = execute(page).cells


@case("cell 14 (exercises): 3 exercises; a page has 4 to 6")
def three_exercises(page, root):
    for end in ("task-4", "answer-4", "answer-4-code"):
        without(page, end)
    refold(page)


@case("cell 18 (task-2): exercise 'Task 2' has no solution after it: a cell tagged solution that begins '### Solution'")
def no_solution(page, root):
    cell(page, "answer-2").source = "Done."
    refold(page)


@case("cell 7 (stray): begins '### Going deeper:' and is not tagged side-road")
def untagged_side_road(page, root):
    page.cells.insert(7, text("stray", "### Going deeper: Why three"))


@case("cell 21 (between): stands between the exercises and belongs to none; tag it exercise or solution")
def text_between_exercises(page, root):
    page.cells.insert(21, text("between", "By the way."))


@case("cell 12 (deeper): is tagged side-road and does not begin '### Title'")
def side_road_without_title(page, root):
    page.cells.insert(12, text("deeper", "Deeper.", "side-road"))


@case("cell 24 (task-4): the solution of exercise 'Task 4' has no code cell tagged solution")
def solution_without_code(page, root):
    without(page, "answer-4-code")


# --- code
replacing("not_python", "because", "1 + 1", "1 +", "cell 12 (because): is not Python")
replacing(
    "long_cell", "because", "1 + 1", "1 + 1" + "\n1 + 1" * 25, "cell 12 (because): 26 lines; a code cell has at most 25"
)
replacing(
    "wide_cell", "because", "1 + 1", "1 + 1  # " + "x" * 68, "cell 12 (because): a line of 77 columns; at most 76"
)
replacing(
    "semicolon",
    "because",
    "1 + 1",
    "%time pass\n1 + 1;  # hidden",
    "cell 12 (because): ends with ';'; end with plt.show(), or assign to _",
)
replacing(
    "unknown_helper",
    "imports",
    "import check",
    "import chequer, check",
    "cell 2 (imports): d2lbook_utils has no chequer",
)
replacing(
    "unknown_module",
    "imports",
    "from d2lbook_utils import",
    "import d2lbook_utils.nowhere\nfrom d2lbook_utils import",
    "cell 2 (imports): there is no module d2lbook_utils.nowhere",
)


# --- clarity
@case("350 words on the main road; it has 1000 to 2500: close side roads")
def few_words(page, root):
    replace("one", "word " * 700, "")(page, root)
    page.metadata.book["minutes"] = 5


@case("3050 words on the main road; it has 1000 to 2500: close side roads")
def many_words(page, root):
    replace("one", "word ", "word word word ")(page, root)
    page.metadata.book["minutes"] = 20


replacing(
    "nested_comprehension",
    "because",
    "1 + 1",
    "[[0 for _ in rates] for _ in rates]",
    "cell 12 (because): has a comprehension in a comprehension; write the outer one as a loop",
)
replacing(
    "packed_calls",
    "because",
    "1 + 1",
    "a, b, c = list(), dict(), set()",
    "cell 12 (because): 'a, b, c = list(), dict(), set()' packs several assignments into one; write one a line",
)
replacing(
    "packed_kinds",
    "because",
    "1 + 1",
    "a, b, c = 1, 'two', 3",
    "cell 12 (because): 'a, b, c = 1, 'two', 3' packs several assignments into one; write one a line",
)
replacing(
    "open_figure", "because", "1 + 1", "explore(print, alt=ALT)", "cell 12 (because): only draws; tag it hide-input"
)


@case(
    "2 of 9 visible code lines are checks; at most 10%: "
    "show the results, and close the tests of our own code (hide-input)"
)
def many_checks(page, root):
    cell(page, "because").source = 'check("a",\n      True)'


@case("cell 23 (why-6): 7 open confusions; at most 6: make the others one line each, or close them")
def many_confusions(page, root):
    for n in range(6):
        page.cells[13 + 2 * n : 13 + 2 * n] = [text(f"why-{n + 1}", "### Why?", "confusions"), code(f"so-{n}", "1 + 1")]
    page.cells = execute(page).cells


# --- outputs
@case(f"code or outputs changed since the page was rendered: {RENDER}", restamp=False)
def changed_code(page, root):
    cell(page, "because").source = "1 + 1  # two"


@case(f"code or outputs changed since the page was rendered: {RENDER}", restamp=False)
def changed_output(page, root):
    cell(page, "because").outputs[0].data["text/plain"] = "3"


@case(f"cell 12 (because): 1 code cells, this one first, were not executed: {RENDER}")
def not_executed(page, root):
    cell(page, "because").update(execution_count=None, outputs=[])


@case(f"cell 27 (last): 1 code cells, this one first, were executed out of order: {RENDER}")
def run_by_hand(page, root):
    page.cells.append(code("last", "pass", "solution"))
    page.cells[-1].execution_count = 99


@case(f"cell 7 (slider): prints or shows something, but has no output: {RENDER}")
def silent_cell(page, root):
    cell(page, "slider").outputs = []


@case("metadata.widgets is not in the stored form: run make tidy")
def widget_state(page, root):
    page.metadata["widgets"] = {"state": {}}


@case("metadata.language_info is not in the stored form: run make tidy")
def language_version(page, root):
    page.metadata["language_info"]["version"] = "3.11"


@case("cell 12 (because): metadata: not in the stored form: run make tidy")
def timing_metadata(page, root):
    cell(page, "because").metadata["execution"] = {"iopub.status.busy": "2026-11-20"}


@case("cell 7 (slider): outputs: not in the stored form: run make tidy")
def widget_view(page, root):
    data = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "slider"}
    cell(page, "slider").outputs = [new_output("display_data", data=data)]


@case("has a cell tagged injected-parameters: run make tidy")
def injected(page, root):
    page.cells.append(code("injected", "number = 5", "injected-parameters", "solution"))
    page.cells[-1].execution_count = 12


@case("notebook format 4.4, not 4.5: run make tidy")
def old_format(page, root):
    page.nbformat_minor = 4


@case("cell 9 (failing): stores the error ZeroDivisionError, but is not tagged raises-exception")
def stored_error(page, root):
    del cell(page, "failing").metadata["tags"]


@case("cell 5 (picture): mystnb.image.alt is missing")
def no_alt(page, root):
    del cell(page, "picture").metadata["mystnb"]["image"]


@case("cell 5 (picture): mystnb.image.alt says 'Plot of two straight lines tha', not what the picture shows")
def alt_says_plot(page, root):
    cell(page, "picture").metadata["mystnb"]["image"]["alt"] = "Plot of two straight lines that cross each other"


@case("cell 5 (picture): mystnb.image.alt has 9 characters; at least 30 say what a picture shows")
def short_alt(page, root):
    cell(page, "picture").metadata["mystnb"]["image"]["alt"] = "Two lines"


replacing("slider_without_alt", "slider", f'alt="{ALT}",\n', "", "cell 7 (slider): explore(...) has no alt=")
replacing(
    "slider_with_short_alt",
    "slider",
    ALT,
    "Lines",
    "cell 7 (slider): alt= of explore has 5 characters; at least 30 say what a picture shows",
)
replacing(
    "picture_without_alt",
    "two",
    "## Two",
    "## Two\n\n![](earlier.ipynb)",
    "cell 6 (two): a picture has no alternative text",
)
replacing(
    "pasted_picture",
    "two",
    "## Two",
    "## Two\n\n![Two lines](attachment:a.png)",
    "cell 6 (two): has a pasted picture; draw it with code",
)
replacing(
    "machine_path_in_source",
    "two",
    "## Two",
    "## Two\n\nSee /home/me/data now.",
    "cell 6 (two): source has the path /home/me/data",
)


@case("cell 7 (slider): output has the path /work/data")
def machine_path_in_output(page, root):
    cell(page, "slider").outputs = [says("data in /work/data")]


@case("cell 7 (slider): output has the address 0x7f00aa11; tag it nbval-ignore-output or do not print it")
def address_in_output(page, root):
    cell(page, "slider").outputs = [says("<object at 0x7f00aa11>")]


@case(f"the drawing changed since the page was rendered: {RENDER}")
def changed_drawing(page, root):
    (root / "d2lbook_utils").mkdir()
    (root / "d2lbook_utils/book.mplstyle").write_text("lines.linewidth: 3")


@case("cell 12 (no id): has no id: run make tidy")
def missing_id(page, root):
    page.nbformat_minor = 5
    del cell(page, "because")["id"]


# --- text
replacing(
    "open_code", "two", "## Two", "## Two\n\nSee `number and more", "cell 6 (two): '`number and more' is not closed"
)
replacing(
    "open_term", "two", "## Two", "## Two\n\nSee {term}`Gradient", "cell 6 (two): '{term}`Gradient' is not closed"
)
replacing(
    "open_link", "two", "## Two", "## Two\n\nSee [a](earlier.ipynb", "cell 6 (two): '](earlier.ipynb' is not closed"
)
replacing("banned_word", "two", "## Two", "## Two\n\nWe Simply do it.", "cell 6 (two): says 'Simply'")
replacing("unwritten", "two", "## Two", "## Two\n\nTODO", "cell 6 (two): has a TODO")
replacing(
    "dead_link",
    "two",
    "## Two",
    "## Two\n\n[Where](../other/page.ipynb#there)",
    "cell 6 (two): the link ../other/page.ipynb#there leads nowhere",
)
replacing(
    "absolute_link",
    "two",
    "## Two",
    "## Two\n\n[Where](/chapters/part/index.md)",
    "cell 6 (two): the link /chapters/part/index.md leads nowhere",
)
replacing(
    "unknown_citation",
    "two",
    "## Two",
    "## Two\n\n[Euler (1748)](../../references.md#euler)",
    "cell 6 (two): references.bib has no euler",
)
replacing(
    "misnamed_citation",
    "two",
    "## Two",
    "## Two\n\n[Gauss, 1801](../../references.md#gauss1809)",
    "cell 6 (two): cites gauss1809 as 'Gauss, 1801'; write 'Gauss, 1809' or 'Gauss (1809)'",
)
replacing(
    "raw_term",
    "two",
    "## Two",
    "## Two\n\nThe {term}`gradient`.",
    "cell 6 (two): a notebook program shows '{term}`gradient`' as it stands; write [word](../../glossary.md#term-word)",
)
replacing(
    "unknown_term",
    "two",
    "## Two",
    "## Two\n\n[gradients](../../glossary.md#term-grad)",
    "cell 6 (two): glossary.md does not define 'term-grad'",
)


@case("cell 5 (picture): the label picture does not begin with 'good-'")
def foreign_label(page, root):
    cell(page, "picture").metadata.mystnb["figure"]["name"] = "picture"


@case("cell 5 (picture): the label good-task-2 occurs twice")
def label_twice(page, root):
    cell(page, "picture").metadata.mystnb["figure"]["name"] = "good-task-2"


@case("cell 18 (task-2): the label good-task-2 occurs in chapters/part/earlier.ipynb too")
def label_of_another_page(page, root):
    path = root / "chapters/part/earlier.ipynb"
    path.write_text(path.read_text().replace("earlier-label", "good-task-2"))


# --- metadata
@case("metadata.book.teach is unknown")
def unknown_key(page, root):
    page.metadata.book["teach"] = []


@case("metadata.book.teaches must be a list of strings")
def wrong_type(page, root):
    page.metadata.book["teaches"] = "rule"


@case("metadata.book.minutes is 99, not 10: run make tidy")
def wrong_minutes(page, root):
    page.metadata.book["minutes"] = 99


@case("metadata.book.timing is true or left out")
def timing_false(page, root):
    page.metadata.book["timing"] = False


@case("metadata.book.budget.download_mb must be a number")
def no_download_budget(page, root):
    del page.metadata.book.budget["download_mb"]


@case("metadata.book.budget.seconds is 61; at most 60")
def large_budget(page, root):
    page.metadata.book.budget["seconds"] = 61


@case("metadata.book.budget.minutes is unknown")
def unknown_budget(page, root):
    page.metadata.book.budget["minutes"] = 1


@case("needs 'magic', which no earlier page teaches")
def needs_too_early(page, root):
    page.metadata.book["needs"] = ["magic"]


@case("teaches 'page', which chapters/part/earlier.ipynb teaches")
def teaches_again(page, root):
    page.metadata.book["teaches"] = ["page"]


@case("teaches 'rule' twice")
def teaches_twice(page, root):
    page.metadata.book["teaches"] = ["rule", "rule"]


@case("_toc.yml does not list the page")
def unlisted(page, root):
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text().replace("          - file: chapters/part/good\n", ""))


@case("folder and file names are lower-case words joined by hyphens")
def file_name_case(page, root):
    pass  # the test renames the page


@case("chapters/other/good.ipynb has the same name")
def same_name(page, root):
    (root / "chapters/other").mkdir()
    notebook.write(new_notebook(), root / "chapters/other/good.ipynb")


@case("1.60 MB; a page has at most 1.5 MB")
def large_page(page, root):
    cell(page, "slider").outputs = [says("x" * 1_585_000)]


def broken(name, root):
    """Write the book of a case; the path of its page."""
    break_it, message, restamp = CASES[name]
    page = good_page()
    break_it(page, root)
    if restamp:
        stamp(page)
    path = root / PAGE
    if break_it is file_name_case:
        path = root / "chapters/part/Good_page.ipynb"
        toc = (root / "_toc.yml").read_text()
        (root / "_toc.yml").write_text(toc.replace("part/good", "part/Good_page"))
    notebook.write(page, path)
    return path


def test_a_good_page_is_clean(root):
    assert findings(root, good_page()) == []


@pytest.mark.parametrize("name", CASES)
def test_each_breach_is_found(name, root):
    path = broken(name, root)
    expected = f"{path.relative_to(root).as_posix()}: {CASES[name][1]}"
    found = list(lint(Book(root), path))
    if name == "file_name_case":  # its labels carry the old name, too
        found = [finding for finding in found if "the label" not in finding]
    assert found == [expected]


def test_every_rule_has_a_case(tmp_path):
    broken_rules = set()
    for number, name in enumerate(CASES):
        folder = tmp_path / str(number)
        page = Page(Book(folder), broken(name, make_book(folder)))
        broken_rules |= {rule for rule in RULES if list(rule(page))}
    assert [rule.__name__ for rule in RULES if rule not in broken_rules] == []


def test_a_page_without_cells_is_reported_not_crashed_on(root):
    assert findings(root, new_notebook(metadata=good_page().metadata))


def test_base64_that_looks_like_a_path_is_no_path(root):
    page = good_page()
    html = '<img alt="x" src="data:image/png;base64,abcd/home/abcd">'
    cell(page, "slider").outputs = [new_output("display_data", data={"text/html": html})]
    assert findings(root, stamp(page)) == []


def test_toc_lists_only_what_exists(root):
    notebook.write(good_page(), root / PAGE)
    assert list(lint_toc(Book(root))) == []
    (root / PAGE).unlink()
    assert list(lint_toc(Book(root))) == ["_toc.yml: lists chapters/part/good, which does not exist"]


def test_main_prints_findings_and_fails(root, capsys):
    page = good_page()
    notebook.write(page, root / PAGE)
    assert main([PAGE], Book(root)) == 0
    cell(page, "two").source += "\n\nTODO"
    notebook.write(page, root / PAGE)
    capsys.readouterr()
    assert main(["good"], Book(root)) == 1
    assert capsys.readouterr().out == f"{PAGE}: cell 6 (two): has a TODO\n"


def test_many_equal_findings_share_a_line(root):
    page = good_page()
    for one in page.cells[:5]:
        del one["id"]
    assert findings(root, page) == [f"{PAGE}: cells 0, 1, 2, ... (5 in all): has no id: run make tidy"]


def test_a_saved_page_is_clean_after_tidy(root):
    page = good_page()
    page.metadata["language_info"]["version"] = "3.13"
    cell(page, "two").source += "\n\nMore words.\n"
    cell(page, "because").metadata["trusted"] = True
    assert all(finding.endswith("run make tidy") for finding in findings(root, page)) and findings(root, page)
    tidy.main([PAGE], Book(root))
    assert list(lint(Book(root), root / PAGE)) == []
    assert notebook.read(root / PAGE).cells[6].source.endswith("More words.")


def test_closed_side_roads_do_not_count(root):
    page = good_page()
    aside = "> **Going deeper: more.** " + "word " * 2000 + "\n> " + "word " * 1000
    cell(page, "two").source = f"## Two\n\n{aside}\n\n$$x = 1$$"
    assert findings(root, page) == []


def test_a_file_that_is_no_notebook_is_one_line(root):
    (root / PAGE).write_text("{'cells': ")
    with pytest.raises(SystemExit, match="good.ipynb is not a notebook"):
        main([PAGE], Book(root))


def test_an_exempt_page_is_spared_the_rules_of_clarity_only(root, monkeypatch):
    page = good_page()
    cell(page, "because").source = "TODO = [[0 for _ in rates] for _ in rates]"
    monkeypatch.setattr(clarity, "EXEMPT", {"good"})
    assert findings(root, stamp(page)) == [f"{PAGE}: cell 12 (because): has a TODO"]


@pytest.mark.parametrize("name", ["good", "part/good", "chapters/part/good", "chapters/part/good.ipynb"])
def test_a_page_has_several_names(root, name):
    notebook.write(good_page(), root / PAGE)
    assert Book(root).find([name]) == [root / PAGE]


def test_unknown_page_is_an_error(root):
    with pytest.raises(SystemExit, match="no page is called nothing"):
        main(["nothing"], Book(root))
