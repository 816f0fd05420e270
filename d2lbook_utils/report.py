"""A report on the reader's machine, with a remedy for everything that is not right."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import torch

from .data import data_directory, data_source
from .data.downloads import is_complete
from .data.registry import find, names
from .data.storage import StorageError
from .device import default_device

PACKAGES = ("numpy", "pandas", "matplotlib", "ipywidgets", "torch", "torchvision")
TORCH_PAIR = (
    "uninstall both and install both together: pip uninstall -y torch torchvision; pip install torch torchvision"
)


def environment_report() -> None:
    """Print one line for each thing the book needs: ``ok`` and its value, or ``FIX`` and what to do."""
    for name, examine, remedy in _examinations():
        try:
            print(f"ok   {name:<18} {examine()}")
        except Exception as error:
            first_line = (str(error).splitlines() or [""])[0]
            print(f"FIX  {name:<18} {type(error).__name__}: {first_line}\n     -> {remedy}")


def _examinations() -> Iterator[tuple[str, Callable[[], object], str]]:
    yield "python", _python, "install Python 3.10 or newer and make a new environment with it"
    yield "interpreter", lambda: sys.executable, "choose the kernel of the environment that you installed into"
    for package in PACKAGES:
        remedy = f"run %pip install {package} in a cell, then restart the kernel"
        yield package, partial(_installed, package), remedy
    yield "tensors", _tensors, "reinstall torch: pip install --force-reinstall torch torchvision"
    yield "torchvision ops", _vision, TORCH_PAIR
    yield "device", _device, "set D2LBOOK_DEVICE=cpu"
    yield "threads", torch.get_num_threads, "unset OMP_NUM_THREADS"
    yield "figures", _figure, "pip install --force-reinstall matplotlib"
    yield "data directory", _data_directory, "set D2LBOOK_DATA to a folder that you may read and write"
    yield "data source", data_source, "set D2LBOOK_SOURCE to real, standin or auto, or unset it"
    for name in names():
        yield find(name).title, partial(_data_set, name), "first repair the two lines above, or make the file readable"


def _python() -> str:
    if sys.version_info < (3, 10):  # noqa: UP036
        raise RuntimeError(f"Python {platform.python_version()} is too old")
    return f"{platform.python_version()} on {platform.system()}"


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        raise RuntimeError("not installed in this kernel's environment") from None


def _tensors() -> str:
    if torch.ones(2).sum().item() != 2:
        raise RuntimeError("torch.ones(2).sum() is not 2")
    return "torch.ones(2).sum() == 2"


def _vision() -> str:
    from torchvision.ops import nms

    boxes = torch.tensor([[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0]])
    if nms(boxes, torch.tensor([0.9, 0.8, 0.7]), 0.5).tolist() != [0, 2]:
        raise RuntimeError("nms gives a wrong answer")
    return "nms runs"


def _device() -> str:
    device = default_device()
    a = torch.arange(6.0).reshape(2, 3)
    difference = ((a.to(device) @ a.T.to(device)).cpu() - a @ a.T).abs().max().item()
    if difference > 1e-3:
        raise RuntimeError(f"a matrix product on {device} is off by {difference}")
    return f"{device}, matrix product equals the CPU's"


def _figure() -> str:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().plot([0, 1])
    FigureCanvasAgg(figure).draw()
    return "a figure draws"


def _data_directory() -> str:
    folder = data_directory()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.R_OK | os.X_OK):
        raise StorageError(f"{folder} may not be read")
    if not os.access(folder, os.W_OK):
        return f"{folder} (read-only: data files there are used, none are added)"
    with tempfile.TemporaryFile(dir=folder):
        return f"{folder}, writable"


def _data_set(name: str) -> str:
    if data_source() == "standin":
        return "the stand-in, as D2LBOOK_SOURCE says"
    if is_complete(name, data_directory()):
        return "the real files are here"
    return "not here yet: downloaded at first use, else the stand-in"
