"""Slider figures that work with a kernel and on a static page."""

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
_HTML_MIME = "text/html"
_WIDGET_MIME = "application/vnd.jupyter.widget-view+json"

_PAGE = """\
<figure class="explore" id="{id}" style="margin: 1em 0">
{frames}
<p class="explore-control" hidden><label>{name} <input type="range" min="0" max="{last}" step="1" \
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

_FRAME = ('<img src="data:image/png;base64,{png}" alt="{alt}" data-value="{label}" '
          'style="max-width: 100%; height: auto; background: white"{hidden}>')


def explore(draw: Callable[[Any], None], *, alt: str, start=None, **values) -> None:
    """Show a figure with a slider over the values of one quantity.

    draw: called as draw(value), draws one figure with matplotlib and does not
    show it; alt: what the picture shows, at least 30 characters; start: the
    value shown first (default: the first); values: one name and its list of
    numbers or strings, for example `rate=[0.01, 0.1, 1.0]`.
    Every value is drawn once, so that the slider also works on a page without a
    kernel; with a kernel the slider calls draw again. A script or terminal
    prints one line. Raises ValueError or TypeError for arguments that do not
    fit, ValueError if draw leaves no figure, or more than one.
    """
    name, choices, labels = _choices(values)
    if not callable(draw):
        raise TypeError(f"explore: draw is a {type(draw).__name__}, expected a function of {name}")
    if not isinstance(alt, str) or len(alt.strip()) < _SHORTEST_ALT:
        raise ValueError(f"explore: alt is {alt!r}, expected a description of the picture of at "
                         f"least {_SHORTEST_ALT} characters")
    if start is not None and _label(start) not in labels:
        raise ValueError(f"explore: start is {start!r} but {name} has {', '.join(labels)}")
    first = 0 if start is None else labels.index(_label(start))
    text = f"slider figure: {name} = {', '.join(labels)}"
    if notebook_shell() is None:
        print(text)
        return

    from IPython.display import display

    frames = [_frame(draw, value) for value in choices]
    bundle: dict[str, Any] = {"text/plain": text,
                              _HTML_MIME: _page(frames, labels, name, alt.strip(), first)}
    widget = _widget(draw, choices, labels, name, first, frames[first])
    if widget is not None:
        bundle[_WIDGET_MIME] = {"version_major": 2, "version_minor": 0,
                                "model_id": widget.model_id}
    display(bundle, raw=True)


def _choices(values: dict[str, Any]) -> tuple[str, list, list[str]]:
    """Return the name, the values as Python objects and their labels."""
    if len(values) != 1:
        given = ", ".join(values) or "none"
        raise ValueError("explore: expected one name with a list of values, for example "
                         f"rate=[0.01, 0.1, 1.0], but {len(values)} are given: {given}")
    (name, choices), = values.items()
    if isinstance(choices, str) or not hasattr(choices, "__iter__"):
        raise TypeError(f"explore: {name} is a {type(choices).__name__}, expected a list of values")
    choices = [choice.item() if hasattr(choice, "item") else choice for choice in choices]
    if not choices:
        raise ValueError(f"explore: {name} is empty")
    for choice in choices:
        if not isinstance(choice, (str, Real)):
            raise TypeError(f"explore: {name} holds a {type(choice).__name__}, "
                            "expected numbers or strings")
    labels = [_label(choice) for choice in choices]
    if len(set(labels)) < len(labels):
        raise ValueError(f"explore: {name} holds a value twice: {', '.join(labels)}")
    return name, choices, labels


def _label(value) -> str:
    return str(float(f"{value:.6g}")) if isinstance(value, float) else str(value)


def _frame(draw: Callable[[Any], None], value) -> bytes:
    """Return the figure that draw(value) leaves behind as palettised PNG."""
    import matplotlib.pyplot as plt
    from PIL import Image

    use_book_style()
    before = set(plt.get_fignums())
    blank = plt.figure()
    try:
        draw(value)
        if not plt.fignum_exists(blank.number):
            raise ValueError("explore: draw closed its figure; it must not call plt.show() "
                             "or plt.close()")
        figures = [plt.figure(number) for number in sorted(set(plt.get_fignums()) - before)]
        figures = [figure for figure in figures if _has_content(figure)]
        if len(figures) != 1:
            raise ValueError(f"explore: draw({value!r}) drew {len(figures) or 'no'} figures, "
                             "expected one")
        picture = Image.open(io.BytesIO(png(figures[0]))).convert("RGB")
    finally:
        for number in set(plt.get_fignums()) - before:
            plt.close(number)
    buffer = io.BytesIO()
    picture.quantize(_COLORS, Image.Quantize.MAXCOVERAGE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _has_content(figure) -> bool:
    return bool(figure.texts or figure.images or figure.patches or figure.lines) or any(
        ax.has_data() or ax.texts or ax.tables for ax in figure.axes)


def _page(frames: list[bytes], labels: list[str], name: str, alt: str, first: int) -> str:
    """Return the figure as HTML; its id depends on the words alone, not on the pictures."""
    images = [_FRAME.format(png=b64encode(frame).decode(), label=escape(label),
                            alt=escape(f"{alt} ({name} = {label})"),
                            hidden="" if i == first else " hidden")
              for i, (frame, label) in enumerate(zip(frames, labels))]
    key = sha256("\n".join([alt, name, *labels]).encode()).hexdigest()[:12]
    return _PAGE.format(id=f"explore-{key}", frames="\n".join(images), name=escape(name),
                        last=len(frames) - 1, start=first, label=escape(labels[first]))


def _widget(draw: Callable[[Any], None], choices: list, labels: list[str], name: str, first: int,
            picture: bytes):
    """Return a slider above an image that is drawn anew for every move, if ipywidgets is there."""
    try:
        from ipywidgets import Image, SelectionSlider, VBox
    except ImportError:
        return None
    slider = SelectionSlider(options=list(zip(labels, choices)), index=first, description=name,
                             continuous_update=False, style={"description_width": "initial"})
    image = Image(value=picture, format="png",
                  layout={"max_width": "100%", "object_fit": "contain"})

    def show(change) -> None:
        image.value = _frame(draw, change["new"])

    slider.observe(show, names="value")
    return VBox([slider, image])
