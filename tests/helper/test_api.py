"""The public interface: `__all__` is the frozen list."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import d2lbook_utils
from d2lbook_utils._classic_names import CLASSIC_NAMES

PUBLIC = d2lbook_utils.__all__


def test_public_names_are_what_the_package_imports():
    tree = ast.parse(Path(d2lbook_utils.__file__).read_text(encoding="utf-8"))
    imported = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(PUBLIC) == sorted(imported) and len(set(PUBLIC)) == len(PUBLIC) < 60
    assert all(hasattr(d2lbook_utils, name) for name in PUBLIC)


def test_star_import():
    names = {}
    exec("from d2lbook_utils import *", names)
    assert set(PUBLIC) == names.keys() - {"__builtins__"}


def test_no_module_bears_the_name_of_what_it_exports():
    modules = {module.name for module in pkgutil.iter_modules(d2lbook_utils.__path__)}
    assert "sliders" in modules and modules.isdisjoint(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented(name):
    documentation = inspect.getdoc(getattr(d2lbook_utils, name))
    assert documentation and re.search(r"[.:]", documentation.splitlines()[0])


@pytest.mark.parametrize("old, today", CLASSIC_NAMES.items())
def test_classic_names_say_how_to_import_what_they_are_called_here(old, today):
    with pytest.raises(ImportError, match=f"{old} is called {today.rpartition('.')[2]} in this book: from ") as error:
        exec(f"from d2lbook_utils import {old}")
    names = {}
    exec(str(error.value).partition(": ")[2], names)
    (found,) = names.keys() - {"__builtins__"}
    module, _, name = today.rpartition(".")
    assert names[found] is getattr(importlib.import_module(f"d2lbook_utils.{module}"), name)


def test_classic_name_as_an_attribute():
    with pytest.raises(ImportError, match="train_ch3 is called train_classifier in this book"):
        d2lbook_utils.train_ch3


def test_classic_name_of_what_is_not_at_the_top(monkeypatch):
    monkeypatch.setitem(CLASSIC_NAMES, "linreg", "nn.functional.elsewhere")
    with pytest.raises(ImportError, match="book: from d2lbook_utils.nn.functional import elsewhere"):
        d2lbook_utils.linreg


def test_unknown_name():
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        d2lbook_utils.nonsense
    assert not hasattr(d2lbook_utils, "nonsense")


def test_import_loads_nothing_heavy():
    code = (
        "import sys, torch; before = set(sys.modules); import d2lbook_utils; print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"matplotlib", "IPython", "ipywidgets", "pandas", "torchvision", "pooch", "tqdm", "requests", "scipy"}
    assert "d2lbook_utils" in loaded and heavy.isdisjoint(loaded)


def test_install_instructions_agree():
    root = Path(__file__).parents[2]
    pyproject = (root / "pyproject.toml").read_text(encoding="utf-8")
    environment = (root / "environment.yml").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    python = re.search(r'requires-python = ">=([\d.]+)"', pyproject).group(1)
    extras = ",".join(re.findall(r"^(\w+) = \[", pyproject.split("optional-dependencies]")[1].split("[tool")[0], re.M))
    install = f"-e .[{extras}]"
    assert f"python>={python}\n" in environment and install in environment
    assert (
        f"Python {python}" in readme
        and f'pip install -e ".[{extras}]"' in readme
        and "conda env create -f environment.yml" in readme
    )
    for command in re.findall(r"`make ([a-z-]+)", readme):
        assert re.search(rf"^{command}:", (root / "Makefile").read_text(encoding="utf-8"), re.M), command
