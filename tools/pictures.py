"""The pictures that a page stores: few bytes, and the same bytes as long as no pixel changes."""

from __future__ import annotations

import base64
import io
import re

from nbformat import NotebookNode
from PIL import Image

COLORS = 256
FRAME = re.compile(r"(?<=base64,)[A-Za-z0-9+/=]+")


def palettised(png: str) -> str:
    """The picture (base64) with a palette of at most 256 colours, if that is smaller and the picture is opaque."""
    data = base64.b64decode(png)
    picture = Image.open(io.BytesIO(data))
    if picture.convert("RGBA").getchannel("A").getextrema()[0] < 255:
        return png
    buffer = io.BytesIO()
    picture.convert("RGB").quantize(COLORS, Image.Quantize.MAXCOVERAGE).save(buffer, "PNG", optimize=True)
    return base64.b64encode(min(buffer.getvalue(), data, key=len)).decode()


def store(executed: NotebookNode, stored: NotebookNode) -> int:
    """Make the pictures of an executed page small, and give those that did not change the bytes stored before.

    Returns how many pictures changed.
    """
    before = {cell.id: list(_pictures(cell)) for cell in stored.cells if cell.get("id")}
    changed = 0
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = palettised(output.data["image/png"].strip())
        new, old = list(_pictures(cell)), before.get(cell.get("id"), [])
        same = [_same_picture(a, b) for a, b in zip(new, old)] if len(new) == len(old) else [False] * len(new)
        changed += same.count(False)
        _replace(cell, {a: b for a, b, keep in zip(new, old, same) if keep})
    return changed


def _pictures(cell: NotebookNode) -> list[str]:
    """The pictures of a cell as base64: those of its figures, and the frames of its sliders."""
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        found += FRAME.findall(data.get("text/html", ""))
        if "image/png" in data:
            found.append(data["image/png"].strip())
    return found


def _replace(cell: NotebookNode, kept: dict[str, str]) -> None:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "text/html" in data:
            data["text/html"] = FRAME.sub(lambda frame: kept.get(frame[0], frame[0]), data["text/html"])
        if "image/png" in data:
            data["image/png"] = kept.get(data["image/png"].strip(), data["image/png"])


def _same_picture(a: str, b: str) -> bool:
    if a == b:
        return True
    first, second = (Image.open(io.BytesIO(base64.b64decode(text))) for text in (a, b))
    if (first.format, first.size) != (second.format, second.size):
        return False
    return first.convert("RGBA").tobytes() == second.convert("RGBA").tobytes()
