"""The page contract, one small function per item.

A rule takes a page and yields findings: the position of a cell (None: the page as a whole) and what is wrong there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tools.page import Page

Finding = tuple[int | None, str]
Findings = Iterator[Finding]
Rule = Callable[[Page], Findings]
