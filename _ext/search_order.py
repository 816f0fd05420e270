"""Tells the search page which page teaches what, so that it can put that page first (_templates/search.html)."""

from parts import book_of


def add_topics(app, pagename, templatename, context, doctree):
    if pagename == "search":
        context["topics"] = {topic.replace("-", " "): page for topic, page in book_of(app.env).teacher.items()}


def setup(app):
    app.connect("html-page-context", add_topics)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
