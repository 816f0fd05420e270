"""What the tests of the data sets share: a server on this machine, and a way to add a set."""

import importlib
import sys

import pytest
from http_server import file_server, session_server

from d2lbook_utils import data
from d2lbook_utils.data import standins

__all__ = ["add_dataset", "file_server", "no_proxy", "session_server"]

RECORD = """
from d2lbook_utils.data.registry import DataFile, DataSet, Download
DATASET = {record!r}
"""
STANDIN = """
from d2lbook_utils.data.registry import find
VERSION = 1
def write(root):
    for file in find({name!r}).files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"stand-in")
"""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """Nothing between the tests and their server, whatever this machine has set."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def add_dataset(monkeypatch, tmp_path_factory):
    """Add a set as an author does: one module beside the others, one in standins/; returns the latter."""
    folder = tmp_path_factory.mktemp("sets")
    (folder / "standins").mkdir()
    monkeypatch.setattr(data, "__path__", [*data.__path__, str(folder)])
    monkeypatch.setattr(standins, "__path__", [*standins.__path__, str(folder / "standins")])
    before = set(sys.modules)

    def add(name, record):
        stem = name.replace("-", "_")
        (folder / f"{stem}.py").write_text(RECORD.format(record=record), encoding="utf-8")
        (folder / "standins" / f"{stem}.py").write_text(STANDIN.format(name=name), encoding="utf-8")
        importlib.invalidate_caches()
        return importlib.import_module(f"d2lbook_utils.data.standins.{stem}")

    yield add
    for module in set(sys.modules) - before:
        if str(folder) in str(getattr(sys.modules[module], "__file__", "")):
            del sys.modules[module]
