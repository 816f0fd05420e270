"""What a plain renderer of Markdown (CommonMark, tables, dollar maths) would show as it stands in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

REMEDIES = {
    "exercise": "write '### Exercise: Title' in a cell tagged exercise",
    "solution": "write '### Solution' in a cell tagged solution",
    "term": "write [word](../../glossary.md#term-word)",
    "cite": "write [Ho and Kim, 1999](../../references.md#key)",
    "box": "write > **Title.** text",
    "other": "write plain Markdown",
}
BOXES = {"admonition", "attention", "caution", "danger", "dropdown", "hint", "important", "note", "tip", "warning"}
ROLE_NAME = re.compile(r"\{[\w:+-]+\}$")
ATTRIBUTES = re.compile(r"^\{[^}\n]*[.#=][^}\n]*\}")
LINES = re.compile(
    r":{3,}.*"  # colon fence
    r"|:[\w-]+: .*|:[\w-]+:"  # option of a directive
    r"|\([^()\s]+\)="  # target
    r"|\{\{.*\}\}"  # substitution
    r"|: .*"  # definition
    r"|\[\^[^\]]+\].*"  # footnote
    r"|%.*|\+\+\+.*"  # comment, cell break
    r"|\\begin\{\w+\*?\}.*"  # mathematics outside dollars
)


@cache
def _renderer(maths: bool) -> MarkdownIt:
    plain = MarkdownIt("commonmark").enable("table")
    return plain.use(dollarmath_plugin, allow_labels=True, double_inline=True) if maths else plain


def raw(text: str) -> Iterator[tuple[str, str]]:
    """What is shown raw in a Markdown cell, and how to write it."""
    for token in _renderer(True).parse(text):
        if token.type == "fence" and re.match(r"\s*\{", token.info):
            yield f"{token.markup}{token.info}".strip(), _remedy(token.info)
        elif token.type == "math_block_label":
            yield f"({token.info})", REMEDIES["other"]
        elif token.type == "inline":
            yield from _raw_inline(token.children or [])


def _raw_inline(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    begins_line, before = True, ""
    for token in tokens:
        if token.type == "text":
            if begins_line and LINES.fullmatch(token.content):
                yield token.content[:40], _remedy(token.content)
            elif "[^" in token.content or "{{" in token.content:
                yield token.content[:40], REMEDIES["other"]
            elif ATTRIBUTES.match(token.content) and before in ("link_close", "image", "code_inline"):
                yield ATTRIBUTES.match(token.content)[0], REMEDIES["other"]
            role = ROLE_NAME.search(token.content)
        elif token.type == "code_inline" and before == "text" and role:
            yield f"{role[0]}`{token.content}`", _remedy(role[0])
        begins_line = token.type in ("softbreak", "hardbreak") or begins_line and not token.content
        before = token.type


def _remedy(markup: str) -> str:
    name = re.search(r"[A-Za-z]+", markup)
    name = name[0] if name else ""
    return REMEDIES.get("box" if name in BOXES else name, REMEDIES["other"])
