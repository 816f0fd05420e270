"""Print the oldest versions that pyproject.toml declares, one constraint a line: python tools/floors.py

Needs nothing but Python, since CI runs it before anything is installed.
"""

from __future__ import annotations

import re
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r'^\s*"([\w-]+)>=([\d.]+)[^"]*",?$', re.MULTILINE)


def floors(text: str) -> list[str]:
    """A constraint for each requirement of the project; a build tool's own requirements do not count."""
    requirements = REQUIREMENT.findall(text.partition("[project]")[2])
    return [f"{name}=={version}{'' if version.count('.') >= 2 else '.*'}" for name, version in requirements]


if __name__ == "__main__":
    print("\n".join(floors(PYPROJECT.read_text(encoding="utf-8"))))
