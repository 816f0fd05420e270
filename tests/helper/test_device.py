import pytest
import torch

from d2lbook_utils import all_devices, default_device


@pytest.fixture
def machine(monkeypatch):
    def have(cuda=0, mps=False):
        monkeypatch.delenv("D2LBOOK_DEVICE", raising=False)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return have


def test_the_best_device_wins(machine):
    machine(cuda=2, mps=True)
    assert default_device() == torch.device("cuda")
    assert all_devices() == [torch.device("cuda:0"), torch.device("cuda:1")]
    machine(mps=True)
    assert default_device() == torch.device("mps") and all_devices() == [torch.device("mps")]
    machine()
    assert default_device() == torch.device("cpu") and all_devices() == [torch.device("cpu")]


def test_override(machine, monkeypatch):
    machine(cuda=1)
    monkeypatch.setenv("D2LBOOK_DEVICE", "cpu")
    assert default_device() == torch.device("cpu") and all_devices() == [torch.device("cpu")]


@pytest.mark.parametrize("name", ["gpu", "cuda:99", "cpu please"])
def test_override_that_does_not_exist(name, monkeypatch):
    monkeypatch.setenv("D2LBOOK_DEVICE", name)
    with pytest.raises(ValueError, match=f"D2LBOOK_DEVICE='{name}' cannot be used here .*choose cpu"):
        default_device()
