import os
import platform
import sys

import pytest
import torch

from d2lbook_utils import environment_report, report


def raiser(error):
    def function(*args):
        raise error

    return function


def lines(capsys):
    environment_report()
    return capsys.readouterr().out.splitlines()


def test_report_on_this_machine_is_all_ok(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path / "new"))
    printed = lines(capsys)
    assert len(printed) >= 13 and all(line.startswith("ok ") for line in printed)
    assert not [line for line in printed if line.endswith("None")]
    assert f"ok   python             {platform.python_version()} on {platform.system()}" in printed
    assert f"ok   interpreter        {sys.executable}" in printed
    assert any("data directory" in line and "writable" in line for line in printed)


@pytest.mark.parametrize(
    "source, complete, words",
    [("auto", True, "the real files are here"), ("real", False, "not here yet"), ("standin", True, "the stand-in")],
)
def test_report_says_which_data_are_used(source, complete, words, capsys, monkeypatch):
    monkeypatch.setenv("D2LBOOK_SOURCE", source)
    monkeypatch.setattr(report, "is_complete", lambda name, root: complete)
    assert [line for line in lines(capsys) if "Fashion-MNIST" in line and words in line]


@pytest.mark.parametrize(
    "break_it, item, remedy",
    [
        (lambda m: m.setenv("D2LBOOK_SOURCE", "maybe"), "data source", "real, standin or auto"),
        (lambda m: m.setenv("D2LBOOK_DEVICE", "tpu9"), "device", "D2LBOOK_DEVICE=cpu"),
        (
            lambda m: m.setattr(report, "version", raiser(report.PackageNotFoundError("x"))),
            "torchvision ",
            "%pip install torchvision",
        ),
        (
            lambda m: m.setattr(
                "torchvision.ops.nms", raiser(RuntimeError("operator torchvision::nms does not exist"))
            ),
            "torchvision ops",
            "pip install torch torchvision",
        ),
        (
            lambda m: m.setattr("torchvision.ops.nms", lambda *a: torch.tensor([1, 2])),
            "torchvision ops",
            "pip uninstall",
        ),
        (lambda m: m.setattr("sys.version_info", (3, 9)), "python", "Python 3.10 or newer"),
        (lambda m: m.setattr("matplotlib.figure.Figure.add_subplot", raiser(OSError(""))), "figures", "matplotlib"),
        (lambda m: m.setattr("torch.ones", torch.zeros), "tensors", "reinstall torch"),
        (lambda m: m.setattr(report, "is_complete", raiser(OSError("closed"))), "Airfoil self-noise", "readable"),
        (lambda m: m.setattr("os.access", lambda path, mode: not mode & os.R_OK), "data directory", "read and write"),
        (lambda m: m.setattr("os.access", lambda path, mode: not mode & os.X_OK), "data directory", "read and write"),
    ],
)
def test_each_fault_gets_its_remedy(break_it, item, remedy, capsys, monkeypatch):
    break_it(monkeypatch)
    printed = lines(capsys)
    faults = [i for i, line in enumerate(printed) if line.startswith("FIX  " + item)]
    assert len(faults) == 1 and remedy in printed[faults[0] + 1]


def test_a_folder_that_is_read_only_is_said_to_be_so(capsys, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: not mode & os.W_OK)
    assert any(line.startswith("ok   data directory") and "(read-only: " in line for line in lines(capsys))


def test_a_fault_shows_the_first_line_of_its_message(capsys, monkeypatch):
    monkeypatch.setattr(report, "data_source", raiser(ValueError("first\nsecond")))
    printed = lines(capsys)
    assert "FIX  data source        ValueError: first" in printed and "second" not in printed


def test_a_device_that_computes_wrongly(capsys, monkeypatch):
    """A matrix product on the device is compared with the CPU's."""

    class Device:
        def __str__(self):
            return "cpu"

    plain = torch.Tensor.to
    monkeypatch.setattr(report, "default_device", Device)
    monkeypatch.setattr(torch.Tensor, "to", lambda self, device: plain(self, "cpu") + 0.001)
    assert any(
        line.startswith("FIX  device             RuntimeError: a matrix product on cpu is off by 0.0")
        for line in lines(capsys)
    )
