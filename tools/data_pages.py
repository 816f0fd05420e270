"""List the pages that use a data set, those with a download budget: python -m tools.data_pages"""

from __future__ import annotations

import sys

from tools.book import Book


def main(book: Book | None = None) -> int:
    """Print the paths, one a line."""
    book = book or Book()
    for path in book.notebooks:
        if book.read(path).metadata.get("book", {}).get("budget", {}).get("download_mb", 0) > 0:
            print(book.relative(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
