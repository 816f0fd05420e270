"""Which parts a page has, and in which order."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from tools import notebook
from tools.notebook import is_code, tags
from tools.page import EXERCISE, SIDE_ROAD, SOLUTION, Page, calls, parse
from tools.rules import Findings, Rule

OUTCOMES = "**You will be able to**"
NEEDS = "**You need**"
ENDING = ["Common confusions", "Summary", "Exercises"]
TESTS = {"check", "check_close", "show_error"}


def opening(page: Page) -> Findings:
    """Title, hook, outcomes and needs in the first cell."""
    first = page.cells[0] if page.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield 0, "the page does not begin with a Markdown cell '# Title'"
        return
    for i, level, title in page.headings[1:]:
        if level == 1:
            yield i, f"second title '# {title}'; a page has one"
    before, has_outcomes, after = first.source.partition(OUTCOMES)
    outcomes, has_needs, needs = after.partition(NEEDS)
    if not has_outcomes:
        yield 0, f"no '{OUTCOMES}'"
        return
    hook = re.sub(r"\b(e\.g|i\.e|vs)\.|\d\.\d|\$[^$]*\$|`[^`]*`", "x", before.partition("\n")[2])
    sentences = len(re.findall(r"[.!?][\"'”’*_)]*(?=\s|$)", hook))
    if not 2 <= sentences <= 5:
        yield 0, f"the hook has {sentences} sentences; a hook has 2 to 5"
    bullets = len(re.findall(r"^[-*] ", outcomes, re.MULTILINE))
    if not 2 <= bullets <= 4:
        yield 0, f"'You will be able to' has {bullets} bullets; it has 2 to 4"
    if not has_needs:
        yield 0, f"no '{NEEDS}' after the outcomes"
    elif not (re.search(r"\]\(", needs) or re.search(r"\bnothing\b", needs, re.IGNORECASE)):
        yield 0, "'You need' has neither a link nor the word nothing"


def bootstrap_cell(page: Page) -> Findings:
    """The Colab bootstrap, letter by letter."""
    cell = page.cells[1] if len(page.cells) > 1 else None
    if cell is None or not is_code(cell) or not {"bootstrap", "remove-cell"} <= set(tags(cell)):
        yield 1, "the second cell is not the bootstrap cell, tagged remove-cell and bootstrap"
    elif cell.source != notebook.bootstrap(page.book.repository):
        yield 1, "the bootstrap cell differs from tools.notebook.BOOTSTRAP: run make tidy"


def imports_cell(page: Page) -> Findings:
    """One cell with all imports."""
    if not any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in _statements(page, 2)):
        yield 2, "the third cell does not import anything; it is the imports cell"
    for i, tree in page.trees.items():
        if i > 2 and any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in tree.body):
            yield i, "imports belong in the imports cell"


def parameters_cell(page: Page) -> Findings:
    """Plain literals, each with a comment."""
    cell = page.cells[3] if len(page.cells) > 3 else None
    if cell is None or not is_code(cell) or "parameters" not in tags(cell):
        yield 3, "the fourth cell is not the code cell tagged parameters"
        return
    for i, other in enumerate(page.cells):
        if i != 3 and "parameters" in tags(other):
            yield i, "second cell tagged parameters"
    comments, alone = _comments(cell.source)
    if not comments:
        yield 3, "the parameters have no comments"
    for node in _statements(page, 3):
        name = ast.unparse(node).split("=")[0].strip()
        if not _is_literal_assignment(node):
            yield 3, f"'{ast.unparse(node)[:40]}' is not 'name = literal'"
        elif comments and not comments & set(range(node.lineno, node.end_lineno + 1)) and node.lineno - 1 not in alone:
            yield 3, f"parameter {name} has no comment"


def sections(page: Page) -> Findings:
    """3-6 body sections, then the three closing ones."""
    if page.sections[-3:] != ENDING:
        yield None, f"the last ## sections are {page.sections[-3:]}; they must be {ENDING}"
    body = len([title for title in page.sections if title not in ENDING])
    if not 3 <= body <= 6:
        yield None, f"{body} body sections; a page has 3 to 6"
    for i, level, title in page.headings:
        if level == 2 and not page.cells[i].source.startswith(f"## {title}"):
            yield i, f"'## {title}' does not begin its cell"
    first = next((i for i, level, _ in page.headings if level == 2), 0)
    for i in range(4, first):
        if is_code(page.cells[i]):
            yield i, "code between the parameters and the first ## section"


def confusions(page: Page) -> Findings:
    """Questions, each answered by running something."""
    cells = page.section("Common confusions")
    road = {i for i in cells if i not in page.side_roads or "confusions" in tags(page.cells[i])}
    questions = [(i, title) for i, level, title in page.headings if level == 3 and i in road]
    if cells and not questions:
        yield cells[0], "'Common confusions' has no '### question?'"
    for (i, title), following in zip(questions, [i for i, _ in questions[1:]] + [cells.stop]):
        if not title.endswith("?"):
            yield i, f"'### {title}' is not a question"
        if "confusions" not in tags(page.cells[i]):
            yield i, "a question's cell is tagged confusions"
        if not any(is_code(page.cells[j]) for j in range(i, following)):
            yield i, f"'### {title}' is not answered by a code cell"


def summary(page: Page) -> Findings:
    """The summary is a list."""
    cells = page.section("Summary")
    if cells and not any(re.search(r"^[-*] ", page.cells[i].source, re.MULTILINE) for i in cells):
        yield cells[0], "the summary has no bullets"


def exercises(page: Page) -> Findings:
    """4-6 exercises, each with a solution that runs and checks something."""
    if page.section("Exercises") and not 4 <= len(page.exercises) <= 6:
        yield page.section("Exercises")[0], f"{len(page.exercises)} exercises; a page has 4 to 6"
    for exercise in page.exercises:
        i, name = exercise.cell, f"exercise '{exercise.title}'"
        if exercise.solution is None:
            yield i, f"{name} has no solution after it: a cell tagged solution that begins '{SOLUTION}'"
        elif not exercise.code:
            yield i, f"the solution of {name} has no code cell tagged solution"
        else:
            names = {name for j in exercise.code if j in page.trees for name, _ in calls(page.trees[j])}
            if not names & TESTS:
                yield i, f"the solution of {name} checks nothing; call check(...)"


def headed_cells(page: Page) -> Findings:
    """Exercises, solutions and closed side roads have their tag and their heading; nothing stands between."""
    for tag, heading in (("exercise", EXERCISE), ("solution", SOLUTION), ("side-road", SIDE_ROAD)):
        for i, text in page.texts:
            begins = text.startswith(heading)
            if begins and tag not in tags(page.cells[i]):
                yield i, f"begins '{heading.strip()}' and is not tagged {tag}"
            elif not begins and tag == "exercise" and tag in tags(page.cells[i]):
                yield i, f"is tagged exercise and does not begin '{EXERCISE}Title'"
    for i, text in page.texts:
        is_side_road = "side-road" in tags(page.cells[i])
        if is_side_road and not text.startswith("### "):
            yield i, "is tagged side-road and does not begin '### Title'"
        elif (is_side_road or text.startswith(SOLUTION)) and "\n" in text.strip():
            yield i, "has text under a folded heading, which hides the cells after it only; give the text its own cell"
    for i in list(page.section("Exercises"))[1:]:
        if not {"exercise", "solution"} & set(tags(page.cells[i])):
            yield i, "stands between the exercises and belongs to none; tag it exercise or solution"


def _statements(page: Page, position: int) -> list[ast.stmt]:
    return page.trees[position].body if position in page.trees else []


def _is_literal_assignment(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign) or not all(isinstance(target, ast.Name) for target in node.targets):
        return False
    try:
        ast.literal_eval(node.value)
    except ValueError:
        return False
    return True


def _comments(source: str) -> tuple[set[int], set[int]]:
    """The lines with a comment, and among them the lines with nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline) if parse(source) else ()
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    alone = {token.start[0] for token in comments if not token.line[: token.start[1]].strip()}
    return {token.start[0] for token in comments}, alone


RULES: list[Rule] = [
    opening,
    bootstrap_cell,
    imports_cell,
    parameters_cell,
    sections,
    confusions,
    summary,
    exercises,
    headed_cells,
]
