"""What is known of a data set: its addresses, sizes and SHA-256 sums.

The record of a set stands in the set's own module, as ``DATASET``: that of "house-prices" in ``house_prices.py``. A
set is one for which ``standins/`` has a module, so a new one is found without being listed anywhere.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType


@dataclass(frozen=True)
class DataFile:
    """A file of a data set; path and aliases are relative to the data directory.

    aliases: other places where a reader may have put it, under its publisher's name.
    """

    path: str
    sha256: str
    size: int  # bytes
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Download:
    """What to fetch from the first of urls that works, and what is in it."""

    urls: tuple[str, ...]
    sha256: str
    files: tuple[DataFile, ...]


@dataclass(frozen=True)
class DataSet:
    """A data set; the downloads are unpacked into folder."""

    title: str
    source: str
    licence: str
    folder: str
    downloads: tuple[Download, ...]

    @property
    def files(self) -> tuple[DataFile, ...]:
        return tuple(file for download in self.downloads for file in download.files)


def names() -> tuple[str, ...]:
    """Names of all data sets, such as "house-prices", in alphabetical order; imports none of them."""
    folders = import_module(".standins", __package__).__path__
    stems = (module.name for module in pkgutil.iter_modules(folders))
    return tuple(sorted(stem.replace("_", "-") for stem in stems if not stem.startswith("_")))


def find(name: str) -> DataSet:
    """The record of a data set."""
    return import_module(f".{_stem(name)}", __package__).DATASET


def standin(name: str) -> ModuleType:
    """The module that makes a data set's stand-in: VERSION, and write(root), which makes its files below root."""
    return import_module(f".standins.{_stem(name)}", __package__)


def _stem(name: str) -> str:
    return name.replace("-", "_")
