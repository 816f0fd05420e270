"""Directive `page-figure`: shows the figure of one cell of a page on another page.

```{page-figure} chapters/preliminaries/calculus.ipynb
:cell: secant-slider
```
"""

import json
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


def find_figure(notebook, cell_id):
    """The HTML of a cell's slider figure, or of its picture; ValueError says what is missing."""
    cell = next((c for c in notebook["cells"] if c.get("id") == cell_id), None)
    if cell is None:
        raise ValueError(f"no cell with the id {cell_id!r}")
    bundles = [output.get("data", {}) for output in cell.get("outputs", [])]
    for data in bundles:
        html = "".join(data.get("text/html", ""))
        if 'class="explore"' in html:
            return html
    for data in bundles:
        if "image/png" in data:
            alt = cell["metadata"].get("mystnb", {}).get("image", {}).get("alt")
            if not alt:
                raise ValueError(f"the picture of cell {cell_id!r} has no alternative text")
            png = "".join("".join(data["image/png"]).split())
            return f'<img src="data:image/png;base64,{png}" alt="{escape(alt)}">'
    raise ValueError(f"cell {cell_id!r} has neither a slider figure nor a picture")


class PageFigure(SphinxDirective):
    required_arguments = 1
    option_spec = {"cell": directives.unchanged_required}
    has_content = True

    def run(self):
        page = self.arguments[0]
        path = Path(self.env.srcdir, page)
        self.env.note_dependency(str(path))
        try:
            html = find_figure(json.loads(path.read_text(encoding="utf-8")), self.options["cell"])
        except (OSError, ValueError, KeyError) as error:
            reason = f"cannot be read: {error}" if isinstance(error, OSError) else error
            logger.warning("page-figure: %s: %s", page, reason, location=self.get_location())
            return []

        figure = nodes.container(classes=["page-figure"])
        figure += nodes.raw("", html, format="html")
        caption = nodes.paragraph(classes=["page-figure-caption"])
        if self.content:
            text, messages = self.state.inline_text(" ".join(self.content), self.lineno)
            caption += text + messages
            caption += nodes.Text(" ")
        docname = "/" + page.removesuffix(".ipynb")
        link = addnodes.pending_xref(
            "",
            nodes.inline(),
            refdomain="std",
            reftype="doc",
            reftarget=docname,
            refdoc=self.env.docname,
            refexplicit=False,
            refwarn=True,
        )
        caption += [nodes.inline("", "Page: "), link]
        figure += caption
        return [figure]


def setup(app):
    app.add_directive("page-figure", PageFigure)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
