"""Tells the search page which page teaches what and which terms the glossary has (_templates/search.html)."""

from parts import book_of


def add_topics(app, pagename, templatename, context, doctree):
    if pagename == "search":
        objects = app.env.get_domain("std").get_objects()
        context["topics"] = {topic.replace("-", " "): page for topic, page in book_of(app.env).teacher.items()}
        context["terms"] = {
            name: {"name": title, "anchor": anchor} for name, title, kind, page, anchor, _ in objects if kind == "term"
        }


def setup(app):
    app.connect("html-page-context", add_topics)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
