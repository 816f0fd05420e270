"""Where data sets live and whether they are the real ones."""

from __future__ import annotations

import os
from pathlib import Path

SOURCES = ("auto", "real", "standin")


def data_directory() -> Path:
    """Directory of the data sets: D2LBOOK_DATA, or else the user's cache.

    It need not exist yet. Raises ValueError if it is a file.
    """
    named = os.environ.get("D2LBOOK_DATA", "").strip()
    directory = Path(named).expanduser().absolute() if named else user_cache()
    if directory.is_file():
        raise ValueError(
            f"data_directory: D2LBOOK_DATA={named} is a file; "
            "it must name a directory"
        )
    return directory


def data_source() -> str:
    """Which data to use, from D2LBOOK_SOURCE: "auto", "real" or "standin".

    auto (the default): the real files, or the stand-in where there are none;
    real: the real files or an error; standin: the stand-in, no network.
    Raises ValueError for any other value.
    """
    source = os.environ.get("D2LBOOK_SOURCE", "").strip() or "auto"
    if source not in SOURCES:
        raise ValueError(
            f"data_source: D2LBOOK_SOURCE={source!r}; "
            f"it must be one of {', '.join(SOURCES)}"
        )
    return source


def user_cache() -> Path:
    """The operating system's cache directory for this book."""
    import pooch

    return Path(pooch.os_cache("d2lbook"))
