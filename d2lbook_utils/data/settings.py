"""Where data sets live and whether they are the real ones."""

from __future__ import annotations

import os
from pathlib import Path

SOURCES = ("auto", "real", "standin")


def data_directory() -> Path:
    """Directory of the data sets: D2LBOOK_DATA, or else the user's cache.

    A relative path counts from the book's folder, so that it is one folder for all parts; outside the book, from the
    working directory. The directory need not exist yet.

    Raises:
        ValueError: it is a file.
    """
    named = os.environ.get("D2LBOOK_DATA", "").strip()
    directory = Path(os.path.abspath(_book_folder() / Path(named).expanduser())) if named else user_cache()
    if os.path.isfile(directory):
        raise ValueError(f"data_directory: D2LBOOK_DATA={named} is a file; it must name a directory")
    return directory


def data_source() -> str:
    """Which data to use, from D2LBOOK_SOURCE: "auto", "real" or "standin".

    auto (the default): the real files, or the stand-in where there are none;
    real: the real files or an error; standin: the stand-in, no network.

    Raises:
        ValueError: any other value.
    """
    source = os.environ.get("D2LBOOK_SOURCE", "").strip() or "auto"
    if source not in SOURCES:
        raise ValueError(f"data_source: D2LBOOK_SOURCE={source!r}; it must be one of {', '.join(SOURCES)}")
    return source


def user_cache() -> Path:
    """The operating system's cache directory for this book."""
    import pooch

    return Path(pooch.os_cache("d2lbook"))


def _book_folder() -> Path:
    """The nearest folder with a table of contents, at or above the working directory, or else that directory."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if os.path.isfile(folder / "_toc.yml")), here)
