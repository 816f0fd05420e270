import pytest

from d2lbook_utils import environment_report, report


def lines(capsys):
    environment_report()
    return capsys.readouterr().out.splitlines()


def test_report_on_this_machine_is_all_ok(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path / "new"))
    printed = lines(capsys)
    assert len(printed) >= 13 and all(line.startswith("ok ") for line in printed)
    assert any("data directory" in line and "writable" in line for line in printed)


@pytest.mark.parametrize("source, complete, words", [
    ("auto", True, "the real files are here"), ("real", False, "not here yet"), ("standin", True, "the stand-in")])
def test_report_says_which_data_are_used(source, complete, words, capsys, monkeypatch):
    monkeypatch.setenv("D2LBOOK_SOURCE", source)
    monkeypatch.setattr(report, "is_complete", lambda name, root: complete)
    assert [line for line in lines(capsys) if "Fashion-MNIST" in line and words in line]


@pytest.mark.parametrize("break_it, item, remedy", [
    (lambda m: m.setenv("D2LBOOK_SOURCE", "maybe"), "data source", "real, standin or auto"),
    (lambda m: m.setenv("D2LBOOK_DEVICE", "tpu9"), "device", "D2LBOOK_DEVICE=cpu"),
    (lambda m: m.setattr(report, "version", lambda name: (_ for _ in ()).throw(report.PackageNotFoundError(name))), "torchvision ", "%pip install torchvision"),
    (lambda m: m.setattr("torchvision.ops.nms", lambda *a: (_ for _ in ()).throw(RuntimeError("operator torchvision::nms does not exist"))), "torchvision ops", "pip install torch torchvision"),
    (lambda m: m.setattr("sys.version_info", (3, 9)), "python", "Python 3.10 or newer"),
])
def test_each_fault_gets_its_remedy(break_it, item, remedy, capsys, monkeypatch):
    break_it(monkeypatch)
    printed = lines(capsys)
    faults = [i for i, line in enumerate(printed) if line.startswith("FIX  " + item)]
    assert len(faults) == 1 and remedy in printed[faults[0] + 1]
