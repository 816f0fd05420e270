"""Stamp the address of the repository: python -m tools.set_repository https://host/owner/name

The address goes into _config.yml and into the Colab bootstrap cell of every page; launch buttons appear.
"""

from __future__ import annotations

import argparse
import re
import sys
from urllib.parse import urlsplit

import yaml

from tools import notebook
from tools.book import Book

COLAB = "https://colab.research.google.com"


def address(text: str) -> str:
    """The address without trailing slash and .git.

    Raises:
        SystemExit: it is not an https address of a repository, which pip can install from.
    """
    if not re.fullmatch(r"https://[\w.-]+/[\w.-]+/[\w.-]+/*", text):
        raise SystemExit(
            f"set_repository: {text!r} is not an address like https://host/owner/name; "
            "it ends with the name of the repository, without /tree/main and the like"
        )
    return text.rstrip("/").removesuffix(".git")


def set_key(config: str, section: str, key: str, value: str) -> str:
    """The text of a YAML file with ``section: key`` set; everything else, comments too, stays."""
    lines = config.splitlines()
    header = next((i for i, line in enumerate(lines) if re.match(rf"{section}\s*:\s*(#.*)?$", line)), None)
    if header is None:
        if any(line.startswith(f"{section}:") for line in lines):
            raise SystemExit(f"set_repository: write {section}: of _config.yml over several lines first")
        lines += [f"{section}:", f"  {key}: {value}"]
        return "\n".join(lines) + "\n"
    end = next((i for i in range(header + 1, len(lines)) if re.match(r"[^\s#]", lines[i])), len(lines))
    for i in range(header + 1, end):
        line = re.match(rf"(\s+{key}\s*:)[^#\n]*?(\s+#.*)?$", lines[i])
        if line:
            lines[i] = f"{line[1]} {value}{line[2] or ''}"
            return "\n".join(lines) + "\n"
    keys = (re.match(r"(\s+)[\w-]", line) for line in lines[header + 1 : end])
    indent = next((key[1] for key in keys if key), "  ")
    lines.insert(header + 1, f"{indent}{key}: {value}")
    return "\n".join(lines) + "\n"


def configured(config: str, url: str) -> str:
    """The text of _config.yml with the address and the buttons that need it."""
    config = set_key(config, "repository", "url", f'"{url}"')
    if urlsplit(url).hostname == "github.com":  # Colab opens notebooks of GitHub only
        config = set_key(config, "launch_buttons", "colab_url", f'"{COLAB}"')
    if re.search(r"^\s+use_repository_button\s*:", config, re.MULTILINE):
        config = re.sub(r"^(\s+use_repository_button\s*:)[^#\n]*?(\s+#.*)?$", r"\1 true\2", config, flags=re.MULTILINE)
    else:
        config = set_key(config, "html", "use_repository_button", "true")
    if yaml.safe_load(config)["repository"]["url"] != url:
        raise SystemExit("set_repository: _config.yml is written in a way this tool cannot edit")
    return config


def main(arguments: list[str] | None = None, book: Book | None = None) -> int:
    """Stamp _config.yml and every page."""
    parser = argparse.ArgumentParser(prog="python -m tools.set_repository", description=__doc__)
    parser.add_argument("url", help="https address of the repository")
    url = address(parser.parse_args(arguments).url)
    book = book or Book()
    file = book.root / "_config.yml"
    file.write_text(configured(file.read_text(encoding="utf-8"), url), encoding="utf-8", newline="\n")
    stamped = 0
    for path in book.notebooks:
        page = notebook.read(path)
        cells = [cell for cell in page.cells if "bootstrap" in notebook.tags(cell)]
        if any(cell.source != notebook.bootstrap(url) for cell in cells):
            for cell in cells:
                cell.source = notebook.bootstrap(url)
            notebook.write(page, path)
            stamped += 1
    print(f"{url}: _config.yml, {stamped} pages stamped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
