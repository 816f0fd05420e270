"""Just enough MyST Markdown: directives, headings, and the words a reader reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FENCE = re.compile(r"^\s*(`{3,}|~{3,}|:{3,})\s*(.*)$")
LITERAL = {"bibliography", "code", "code-block", "code-cell", "glossary", "math", "raw", "toctree"}


@dataclass(frozen=True)
class Directive:
    """One ```{name} argument``` block with its ``:key: value`` lines and its body."""

    name: str
    argument: str
    options: dict[str, str]
    body: str


def blocks(text: str) -> Iterator[str | Directive]:
    """The lines outside fences and the directives, in order; plain code fences are left out."""
    lines = iter(text.split("\n"))
    for line in lines:
        fence = FENCE.match(line)
        if fence is None:
            yield line
            continue
        marks, info = fence.groups()
        inside = []
        for line in lines:
            end = line.strip()
            if len(end) >= len(marks) and set(end) == {marks[0]}:
                break
            inside.append(line)
        head = re.match(r"\{([\w:-]+)\}\s*(.*)", info)
        if head:
            yield _directive(head[1], head[2], inside)


def _directive(name: str, argument: str, lines: list[str]) -> Directive:
    options = {}
    while lines and (option := re.match(r"\s*:([\w-]+):\s*(.*)", lines[0])):
        options[option[1]] = option[2].strip()
        lines = lines[1:]
    return Directive(name, argument.strip(), options, "\n".join(lines))


def directives(text: str) -> list[Directive]:
    """All directives, also those inside others."""
    found = []
    for block in blocks(text):
        if isinstance(block, Directive):
            found.append(block)
            if block.name not in LITERAL:
                found += directives(block.body)
    return found


def headings(text: str) -> list[tuple[int, str]]:
    """Level and title of every heading outside fences."""
    matches = (re.match(r"(#{1,6}) +(.+)", block) for block in blocks(text) if isinstance(block, str))
    return [(len(match[1]), match[2].strip()) for match in matches if match]


def prose(text: str) -> str:
    """What is neither code nor option line, with the text inside notes, exercises and the like."""
    parts = []
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(block)
        elif block.name not in LITERAL:
            parts += [block.argument, prose(block.body)]
    return "\n".join(parts)


def plain(text: str) -> str:
    """The prose without mathematics, inline code, link targets and comments."""
    text = re.sub(r"<!--.*?-->|\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}", " ", prose(text), flags=re.DOTALL)
    text = re.sub(r"\$[^$]+\$", " ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"(?<!\})`[^`]*`", " ", text)
    return re.sub(r"\{[\w:]+\}`([^`]*)`", r"\1", text)


def words(text: str) -> int:
    """How many words a reader reads."""
    return len(re.findall(r"[^\W\d_][\w'’-]*", plain(text)))


def slug(text: str) -> str:
    """The words of a text joined by hyphens, as anchors and labels have them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def links(text: str) -> list[tuple[str, str]]:
    """Words and target of all [words](target) links."""
    without_code = re.sub(r"(?<!\})`[^`]*`", "code", prose(text))
    return re.findall(r"(?<!!)\[([^\[\]]*)\]\(<?([^)\s>]+)", without_code)
