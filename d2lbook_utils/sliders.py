"""Slider figures: every value is drawn once and stored, so that they work with a kernel and without."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape
from numbers import Real
from typing import Any

from ._display import notebook_shell, png, use_book_style

_COLORS = 128
_SHORTEST_ALT = 30

# JupyterLab shows a notebook that it does not trust without scripts and without empty attributes: the
# attribute reads hidden="hidden", so that one picture and no dead control is left there.
_PAGE = """\
<figure class="explore" id="{id}" style="margin: 1em 0">
{frames}
<p class="explore-control" hidden="hidden"><label>{name} <input type="range" min="0" max="{last}" step="1" \
value="{start}" autocomplete="off" style="width: 55%; vertical-align: middle"></label> \
<output aria-live="off">{label}</output></p>
<script>
(() => {{
  for (const figure of document.querySelectorAll('[id="{id}"]')) {{
    const frames = figure.querySelectorAll("img");
    const input = figure.querySelector("input");
    const show = () => {{
      frames.forEach((frame, i) => {{ frame.hidden = i !== input.valueAsNumber; }});
      const label = frames[input.valueAsNumber].dataset.value;
      figure.querySelector("output").value = label;
      input.setAttribute("aria-valuetext", label);
    }};
    input.addEventListener("input", show);
    figure.querySelector(".explore-control").hidden = false;
    show();
  }}
}})();
</script>
</figure>"""

_FRAME = (
    '<img src="data:image/webp;base64,{data}" width="{width}" height="{height}" alt="{alt}" data-value="{label}" '
    'style="max-width: 100%; height: auto; background: white"{hidden}>'
)


def explore(draw: Callable[[Any], None], *, alt: str, start=None, **values) -> None:
    """Show a figure with a slider over the values of one quantity.

    Every value is drawn once, when the cell runs. The slider shows these pictures, so it needs no kernel, and
    nothing that later cells do changes them. A script or terminal prints one line.

    Args:
        draw: called as ``draw(value)``; makes one figure with matplotlib and does not show it.
        alt: what the picture shows, at least 30 characters, for readers who do not see it.
        start: the value shown first; None takes the first.
        values: one name and its list of numbers or strings, e.g. ``rate=[0.01, 0.1, 1.0]``; what stands there
            twice is shown once.

    Raises:
        ValueError: not one name, no value, a start that is not among the values, a short alt, or a draw that
            leaves no figure of its own, or more than one.
        TypeError: draw is no function, or values are neither numbers nor strings.
    """
    name, choices = _choices(values)
    if not callable(draw):
        raise TypeError(f"explore: draw is a {type(draw).__name__}, expected a function of {name}")
    if not isinstance(alt, str) or len(alt.strip()) < _SHORTEST_ALT:
        raise ValueError(
            f"explore: alt is {alt!r}, expected a description of the picture of at least {_SHORTEST_ALT} characters"
        )
    labels = list(choices)
    if start is not None and _label(start) not in choices:
        raise ValueError(f"explore: start is {start!r} but {name} has {', '.join(labels)}")
    first = 0 if start is None else labels.index(_label(start))
    text = f"slider figure: {name} = {', '.join(labels)}"
    if notebook_shell() is None:
        print(text)
        return

    from IPython.display import display

    pictures = [_picture(draw, value) for value in choices.values()]
    display({"text/plain": text, "text/html": _page(pictures, labels, name, alt.strip(), first)}, raw=True)


def _choices(values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the name, and the values as Python objects by their labels."""
    if len(values) != 1:
        given = ", ".join(values) or "none"
        raise ValueError(
            "explore: expected one name with a list of values, for example rate=[0.01, 0.1, 1.0], "
            f"but {len(values)} are given: {given}"
        )
    ((name, choices),) = values.items()
    if isinstance(choices, str) or not hasattr(choices, "__iter__"):
        raise TypeError(f"explore: {name} is a {type(choices).__name__}, expected a list of values")
    labelled = {}
    for choice in choices:
        if getattr(choice, "shape", None) == ():
            choice = choice.item()
        if not isinstance(choice, (str, Real)):
            raise TypeError(f"explore: {name} holds a {type(choice).__name__}, expected numbers or strings")
        labelled.setdefault(_label(choice), choice)
    if not labelled:
        raise ValueError(f"explore: {name} is empty")
    return name, labelled


def _label(value) -> str:
    value = value.item() if getattr(value, "shape", None) == () else value
    return str(float(f"{value:.6g}")) if isinstance(value, float) else str(value)


def _picture(draw: Callable[[Any], None], value):
    """Return the figure that draw(value) leaves behind as a picture in a small palette."""
    import matplotlib.pyplot as plt
    from PIL import Image

    use_book_style()
    before = set(plt.get_fignums())
    try:
        draw(value)
        drawn = set(plt.get_fignums()) - before
        if len(drawn) != 1:
            raise ValueError(
                f"explore: draw({value!r}) leaves {len(drawn) or 'no'} figures of its own, expected one; begin it "
                "with new_figure() or plt.figure(), and call neither plt.show() nor plt.close()"
            )
        picture = Image.open(io.BytesIO(png(plt.figure(drawn.pop())))).convert("RGB")
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
    return picture.quantize(_COLORS, Image.Quantize.MAXCOVERAGE).convert("RGB")


def _page(pictures: list, labels: list[str], name: str, alt: str, first: int) -> str:
    """Return the figure as HTML; its id depends on the words alone, not on the pictures."""
    frames = [
        _FRAME.format(
            data=_webp(picture),
            width=picture.width,
            height=picture.height,
            label=escape(label),
            alt=escape(f"{alt} ({name} = {label})"),
            hidden="" if i == first else ' hidden="hidden"',
        )
        for i, (picture, label) in enumerate(zip(pictures, labels))
    ]
    key = sha256("\n".join([alt, name, *labels]).encode()).hexdigest()[:12]
    return _PAGE.format(
        id=f"explore-{key}",
        frames="\n".join(frames),
        name=escape(name),
        last=len(frames) - 1,
        start=first,
        label=escape(labels[first]),
    )


def _webp(picture) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", lossless=True, quality=100, method=4)
    return b64encode(buffer.getvalue()).decode()
