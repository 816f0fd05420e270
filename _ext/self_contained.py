"""Keeps the site free of requests to other hosts: drops the live-code scripts of sphinx-thebe."""


def drop_thebe(app, pagename, templatename, context, doctree):
    def keep(asset):
        body = getattr(asset, "attributes", {}).get("body") or ""
        return "thebe" not in str(getattr(asset, "filename", asset)) and "thebe" not in body

    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if keep(asset)]


def setup(app):
    app.connect("html-page-context", drop_thebe, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
