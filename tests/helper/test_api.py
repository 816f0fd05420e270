"""The public interface is frozen: a change here is a decision, not an accident."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import d2lbook_utils

FROZEN = """
SGD Accumulator Animator CheckFailed History Timer all_devices check check_close confusion_matrix count_correct
data_directory data_source default_device environment_report evaluate_accuracy explore fashion_mnist_dataset
fashion_mnist_labels fashion_mnist_tensors load_fashion_mnist new_figure plot show_bboxes show_error show_heatmaps
show_images show_predictions show_trace_2d tensor_loader train_classifier train_epoch
EarlyStopping clip_gradients dropout_layer evaluate_loss k_fold_indices linear_regression load_airfoil
load_house_prices minibatches plot_decision_regions progress sgd squared_loss synthetic_regression
""".split()


def test_public_names_are_frozen():
    assert sorted(d2lbook_utils.__all__) == sorted(FROZEN) and len(FROZEN) < 60
    assert all(hasattr(d2lbook_utils, name) for name in FROZEN)


@pytest.mark.parametrize("name", FROZEN)
def test_every_public_name_is_documented(name):
    documentation = inspect.getdoc(getattr(d2lbook_utils, name))
    assert documentation and re.search(r"[.:]", documentation.splitlines()[0])


@pytest.mark.parametrize("old, new", d2lbook_utils._CLASSIC_NAMES.items())
def test_classic_names_point_to_today(old, new):
    assert new in FROZEN
    with pytest.raises(AttributeError, match=f"{old} is called {new} in this book"):
        getattr(d2lbook_utils, old)


def test_unknown_name():
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        d2lbook_utils.nonsense


def test_import_loads_nothing_heavy():
    code = "import sys, torch; before = set(sys.modules); import d2lbook_utils; print(*sorted(set(sys.modules) - before))"
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
    assert f"Python {python}" in readme and f'pip install -e ".[{extras}]"' in readme and "conda env create -f environment.yml" in readme
    for command in re.findall(r"`make ([a-z-]+)", readme):
        assert re.search(rf"^{command}:", (root / "Makefile").read_text(encoding="utf-8"), re.M), command
