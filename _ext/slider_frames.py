"""Moves the pictures of slider figures from the page into files, so that a page loads only the picture it shows.

The hidden pictures are loaded once the reader turns to the figure (_static/book.js).
"""

import re
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from docutils import nodes
from sphinx.util.osutil import relative_uri

FRAME = re.compile(r'<img src="data:image/(png|webp);base64,([^"]+)"')


def move_frames(html, store):
    """The HTML of a slider figure with an address from `store(content, suffix)` in place of each picture."""

    def replace(match):
        address = store(b64decode(match[2]), match[1])
        return f'<img loading="lazy" src="{address}"'

    return FRAME.sub(replace, html)


def move_all_frames(app, doctree, docname):
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, app.builder.imagedir)

    def store(content, suffix):
        name = f"{sha256(content).hexdigest()[:32]}.{suffix}"
        folder.mkdir(exist_ok=True)
        folder.joinpath(name).write_bytes(content)
        return relative_uri(app.builder.get_target_uri(docname), f"{app.builder.imagedir}/{name}")

    for node in list(doctree.findall(nodes.raw)):
        if 'class="explore"' in node.astext():
            node.replace_self(nodes.raw("", move_frames(node.astext(), store), format="html"))


def setup(app):
    app.connect("doctree-resolved", move_all_frames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
