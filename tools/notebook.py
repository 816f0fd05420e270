"""Read and write pages, bring them into the one form in which they are stored, and fingerprint them."""

from __future__ import annotations

import copy
import hashlib
import itertools
import json
import os
import re
from pathlib import Path
from typing import Any

import nbformat.v4
from nbformat import NotebookNode

BOOTSTRAP = """\
# Runs only on Colab: installs the helper package of this book.
import sys
repository = ""
if repository and "google.colab" in sys.modules:
    get_ipython().run_line_magic("pip", f"install -q git+{repository}")"""

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
KEPT_METADATA = ("book", "mystnb")
KEPT_CELL_METADATA = ("book", "mystnb", "tags")
KEPT_OUTPUT_KEYS = {
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "metadata"),
    "error": ("ename", "evalue", "traceback"),
}
MEGABYTE = 1_000_000
MAX_PAGE_MB = 1.5

WIDGET = "application/vnd.jupyter.widget-"

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PROGRESS_BAR = re.compile(r"\d+%\|.*\|.*\[.*\]|\d+it \[.*\]")
NOISE = re.compile(rf"Kernel is running over TCP without encryption|{PROGRESS_BAR.pattern}")


def bootstrap(repository: str) -> str:
    """Source of the Colab bootstrap cell for a repository address ("": no address yet)."""
    return BOOTSTRAP.replace('repository = ""', f'repository = "{repository}"')


def read(path: Path) -> NotebookNode:
    """The notebook as stored: nothing is repaired, no random cell ids are added."""
    try:
        return nbformat.v4.reads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not a notebook: {error}") from None


def dumps(notebook: NotebookNode) -> str:
    """The text of a notebook file."""
    return nbformat.v4.writes(notebook, indent=1, ensure_ascii=False) + "\n"


def write(notebook: NotebookNode, path: Path) -> None:
    """Store a notebook; a crash half-way leaves the old file."""
    draft = path.with_name(path.name + ".part")
    draft.write_text(dumps(notebook), encoding="utf-8", newline="\n")
    os.replace(draft, path)


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def is_code(cell: NotebookNode) -> bool:
    """Whether the cell is a code cell."""
    return cell.cell_type == "code"


def normalise(notebook: NotebookNode) -> NotebookNode:
    """A copy without anything that depends on when, where or by which program the page was run."""
    result = nbformat.v4.new_notebook(metadata=copy.deepcopy(METADATA))
    for key in KEPT_METADATA:
        if key in notebook.metadata:
            result.metadata[key] = copy.deepcopy(notebook.metadata[key])
    kept = [cell for cell in notebook.cells if "injected-parameters" not in tags(cell)]
    ids = _stable_ids(kept)
    count = 0
    for cell, cell_id in zip(kept, ids):
        count += is_code(cell)
        result.cells.append(_normalise_cell(cell, cell_id, count))
    _fold(result)
    return result


def content_hash(notebook: NotebookNode) -> str:
    """Fingerprint of the sources and outputs of all code cells but the bootstrap."""
    content = [
        (cell.source, cell.outputs)
        for cell in normalise(notebook).cells
        if is_code(cell) and "bootstrap" not in tags(cell)
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _fold(page: NotebookNode) -> None:
    """Solutions and closed side roads are folded in JupyterLab and in Colab, which lists them by an id of its own."""
    folded = []
    for cell in page.cells:
        if cell.source.startswith("### ") and {"solution", "side-road"} & set(tags(cell)):
            cell.metadata.update({"id": cell.id, "jp-MarkdownHeadingCollapsed": True})
            folded.append(cell.id)
    if folded:
        page.metadata["colab"] = {"collapsed_sections": folded}


def _normalise_cell(cell: NotebookNode, cell_id: str, count: int) -> NotebookNode:
    source = cell.source.replace("\r\n", "\n").strip("\n")
    metadata = {key: copy.deepcopy(cell.metadata[key]) for key in KEPT_CELL_METADATA if cell.metadata.get(key)}
    result = NotebookNode(cell_type=cell.cell_type, id=cell_id, metadata=metadata, source=source)
    if cell.get("attachments"):
        result.attachments = copy.deepcopy(cell.attachments)
    if is_code(cell):
        executed = cell.get("execution_count") is not None
        # nbval compares nothing in a cell without a count, so the count of a run from top to bottom is stored.
        result.execution_count = count if executed else None
        result.outputs = _normalise_outputs(cell.get("outputs", []), result.execution_count)
    return nbformat.from_dict(result)


def _normalise_outputs(outputs: list[NotebookNode], count: int | None) -> list[dict[str, Any]]:
    cleaned: list[dict[str, Any]] = []
    for output in _merge_streams(outputs):
        kind = output["output_type"]
        if kind == "error":
            output["evalue"] = ANSI.sub("", output["evalue"])
            output["traceback"] = [f"{output['ename']}: {output['evalue']}".removesuffix(": ")]
        if kind == "execute_result":
            output["execution_count"] = count
        if "data" in output:
            output["data"] = _without_widgets(output["data"])
        if kind == "error" or output.get("text") or output.get("data"):
            cleaned.append(output)
    return cleaned


def _merge_streams(outputs: list[NotebookNode]) -> list[dict[str, Any]]:
    """Join neighbouring stdout texts; collect stderr at the end, since its place among the rest is chance."""
    merged: list[dict[str, Any]] = []
    stderr = ""
    for output in outputs:
        if output.get("name") == "stderr":
            stderr += output.text
        elif output.get("name") == "stdout" and merged and merged[-1].get("name") == "stdout":
            merged[-1]["text"] += output.text
        else:
            kept = {key: copy.deepcopy(output[key]) for key in KEPT_OUTPUT_KEYS[output.output_type]}
            merged.append({"output_type": output.output_type, **kept})
    merged.append({"output_type": "stream", "name": "stderr", "text": _without_noise(stderr)})
    return merged


def _without_noise(text: str) -> str:
    """Each line as a terminal would show it at the end, without progress bars and remarks of the kernel."""
    shown = [([piece for piece in line.split("\r") if piece.strip()] or [""])[-1] for line in text.split("\n")]
    kept = "\n".join(line for line in shown if not NOISE.search(line)).strip("\n")
    return kept + "\n" if kept else ""


def _without_widgets(data: dict[str, Any]) -> dict[str, Any]:
    kept = {mime: value for mime, value in data.items() if not mime.startswith(WIDGET)}
    is_progress_bar = set(kept) == {"text/plain"} != set(data) and PROGRESS_BAR.search(kept["text/plain"])
    return {} if is_progress_bar else kept


def _stable_ids(cells: list[NotebookNode]) -> list[str]:
    """Keep the ids that are there; name the other cells after the heading they stand under."""
    taken = {cell.get("id") for cell in cells}
    ids: list[str] = []
    slug = "page"
    for cell in cells:
        heading = re.match(r"#+ (.+)", cell.source) if cell.cell_type == "markdown" else None
        if heading:
            slug = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:48] or "page"
        cell_id = cell.get("id")
        if not cell_id or cell_id in ids:
            numbers = itertools.count(1)
            cell_id = next(name for name in (f"{slug}-{n}" for n in numbers) if name not in taken)
            taken.add(cell_id)
        ids.append(cell_id)
    return ids
