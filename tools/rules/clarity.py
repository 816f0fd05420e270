"""What keeps a page clear: one road, code that is prose, results before checks."""

from __future__ import annotations

import ast

from tools import reading
from tools.page import Page, called, calls
from tools.rules import Findings, Rule
from tools.stamps import FIGURES

# Pages that are not rewritten yet. A page that keeps every rule below leaves this list; no page enters it.
EXEMPT = {
    "introduction",
    "installation",
    "reading-and-running",
    "notation",
    "data-preprocessing",
    "linear-algebra",
    "calculus",
    "matrix-calculus",
    "automatic-differentiation",
    "probability",
    "finding-documentation",
    "linear-regression",
    "gradient-descent-basics",
    "linear-regression-concise",
    "softmax-regression",
    "loss-functions",
    "image-classification-dataset",
    "softmax-regression-concise",
    "perceptron",
    "mlp-scratch",
    "mlp-concise",
    "model-selection",
    "generalization-in-deep-networks",
    "backpropagation",
    "numerical-stability",
    "initialization",
    "distribution-shift",
    "house-prices",
}

MIN_WORDS, MAX_WORDS = 1000, 2500
MAX_CONFUSIONS = 6
MAX_CHECK_SHARE = 0.1
CHECKS = {"check", "check_close", "show_error"}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
MATPLOTLIB = {"plt"}
SHOWING = {"explore", "new_figure", "plot", "show_heatmaps", "show_images", "show_trace_2d"}


def main_road(page: Page) -> Findings:
    """The main road can be read in one sitting."""
    count = reading.words(page)
    if not MIN_WORDS <= count <= MAX_WORDS:
        yield None, f"{count} words on the main road; it has {MIN_WORDS} to {MAX_WORDS}: close side roads"


def open_confusions(page: Page) -> Findings:
    """At most six questions stand open."""
    cells = set(page.section("Common confusions")) - page.side_roads
    questions = [i for i, level, _ in page.headings if level == 3 and i in cells]
    if len(questions) > MAX_CONFUSIONS:
        too_many = f"{len(questions)} open confusions; at most {MAX_CONFUSIONS}"
        yield questions[MAX_CONFUSIONS], f"{too_many}: make the others one line each, or close them"


def share_of_checks(page: Page) -> Findings:
    """Results first, checks second."""
    total = checks = 0
    for i in reading.visible_code(page):
        statements = [node for node in ast.walk(page.trees.get(i, ast.Module([], []))) if isinstance(node, ast.stmt)]
        total += len({line for node in statements for line in _lines(node)})
        checks += len({line for node in statements if _checks(node) for line in _lines(node)})
    if checks > MAX_CHECK_SHARE * total:
        too_many = f"{checks} of {total} visible code lines are checks; at most {MAX_CHECK_SHARE:.0%}"
        yield None, f"{too_many}: show the results, and close the tests of our own code (hide-input)"


def closed_figures(page: Page) -> Findings:
    """Code that only draws is closed."""
    drawings = _drawing_names(page)
    for i in reading.visible_code(page):
        body = page.trees[i].body if i in page.trees else []
        roots = [_drawing_root(node) for node in body]
        if body and all(root in drawings | MATPLOTLIB for root in roots) and set(roots) - MATPLOTLIB:
            yield i, "only draws; tag it hide-input"


def nested_comprehensions(page: Page) -> Findings:
    """No comprehension in a comprehension."""
    for i, tree in page.trees.items():
        outer = [node for node in ast.walk(tree) if isinstance(node, COMPREHENSIONS)]
        if any(isinstance(inner, COMPREHENSIONS) for node in outer for inner in ast.walk(node) if inner is not node):
            yield i, "has a comprehension in a comprehension; write the outer one as a loop"


def packed_assignments(page: Page) -> Findings:
    """A line does one thing."""
    for i, tree in page.trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _is_packed(node):
                line = page.cells[i].source.splitlines()[node.lineno - 1].strip()
                yield i, f"'{line[:40]}' packs several assignments into one; write one a line"


def _lines(node: ast.stmt) -> range:
    """The lines of a simple statement; of one that holds others, its first line."""
    return range(node.lineno, (node.lineno if hasattr(node, "body") else node.end_lineno) + 1)


def _checks(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and any(name in CHECKS for name, _ in calls(node))


def _drawing_names(page: Page) -> set[str]:
    """The names under which the page has drawings."""
    names = set(SHOWING)
    for tree in page.trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(FIGURES):
                names |= {alias.asname or alias.name for alias in node.names}
    return names


def _drawing_root(node: ast.stmt) -> str:
    """The name by which a call statement, or an assigned call, begins: ``draw`` for ``draw.training(curves)``."""
    call = getattr(node, "value", None)
    if not isinstance(node, (ast.Expr, ast.Assign)) or not isinstance(call, ast.Call):
        return ""
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    return root.id if isinstance(root, ast.Name) else called(call)


def _is_packed(node: ast.Assign) -> bool:
    value = node.value
    if not isinstance(node.targets[0], ast.Tuple) or not isinstance(value, ast.Tuple) or len(value.elts) < 3:
        return False
    kinds = {
        type(getattr(element, "value", None)) if isinstance(element, ast.Constant) else type(element)
        for element in value.elts
    }
    return len(kinds) > 1 or any(isinstance(element, ast.Call) for element in value.elts)


def unless_exempt(rule: Rule) -> Rule:
    """The rule, silent on pages that are not rewritten yet."""

    def checked(page: Page) -> Findings:
        if page.name not in EXEMPT:
            yield from rule(page)

    checked.__name__ = rule.__name__
    return checked


CLARITY: list[Rule] = [
    main_road,
    open_confusions,
    share_of_checks,
    closed_figures,
    nested_comprehensions,
    packed_assignments,
]
RULES: list[Rule] = [unless_exempt(rule) for rule in CLARITY]
