"""Loads on a page only what it uses: no scripts of sphinx-thebe (other hosts), no MathJax without formulas."""


def unused(asset, body):
    """Whether a page with this body can do without the script or style sheet."""
    text = f"{getattr(asset, 'filename', asset)} {getattr(asset, 'attributes', {}).get('body')}".lower()
    return "thebe" in text or ("mathjax" in text and 'class="math' not in body)


def drop_unused(app, pagename, templatename, context, doctree):
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not unused(asset, context.get("body", ""))]


def setup(app):
    app.connect("html-page-context", drop_unused, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
