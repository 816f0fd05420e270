import base64
import hashlib
import subprocess
import sys
import time

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
import torch
from IPython.core.events import EventManager, available_events
from nbclient import NotebookClient

from d2lbook_utils import animator
from d2lbook_utils.animator import Animator


def drawn(board):
    board.draw()
    return board._figure.axes


# in a terminal

def test_terminal_prints_one_line_per_add(capsys):
    board = Animator(xlabel="epoch", legend=["train loss", "test accuracy"])
    board.add(3, (0.44721, 0.83))
    board.add(4.5, (torch.tensor(0.4, requires_grad=True), None))
    assert capsys.readouterr().out == ("epoch 3  train loss 0.447  test accuracy 0.83\n"
                                       "epoch 4.5  train loss 0.4\n")


def test_terminal_draws_nothing():
    board = Animator()
    board.add(0, 1)
    assert board._figure is None


def test_legend_forgets_the_marker_of_a_single_point():
    board = Animator(legend=["a", "b"])
    board.add(0, (1, 2))
    (ax,) = drawn(board)
    assert [handle.get_marker() for handle in ax.get_legend().legend_handles] == [".", "."]
    board.add(1, (2, 3))
    drawn(board)
    assert [handle.get_marker() for handle in ax.get_legend().legend_handles] == ["", ""]


# history

def test_history_keeps_the_values():
    board = Animator(legend=["a", "b"])
    assert board.history == {"a": [], "b": []}
    board.add(0, (1, 2.5))
    board.add(torch.tensor(1), torch.tensor([3.0, float("nan")]))
    board.add(2, [None, np.float32(4)])
    assert board.history["a"] == [(0, 1), (1, 3.0)]
    assert board.history["b"][0] == (0, 2.5) and board.history["b"][2] == (2, 4.0)
    assert np.isnan(board.history["b"][1][1])
    assert {type(v) for points in board.history.values() for p in points for v in p} == {int, float}


@pytest.mark.parametrize("kwargs, y, names", [
    ({}, 1, ["y"]),
    ({"ylabel": "loss"}, 1, ["loss"]),
    ({"ylabel": "loss"}, [1, 2], ["loss 0", "loss 1"]),
    ({"legend": "train"}, 1, ["train"]),
])
def test_names_of_curves(kwargs, y, names):
    board = Animator(**kwargs)
    board.add(0, y)
    assert list(board.history) == names


# what is drawn

def test_curves_labels_limits_scales_and_legend():
    board = Animator(xlabel="epoch", ylabel="loss", legend=["train", "test"], xlim=(1, 5),
                     ylim=(0.1, 10), yscale="log", fmts=("-", "o"), figsize=(5, 2))
    board.add(1, (1, 2))
    (ax,) = drawn(board)
    board.add(2, (0.5, 1.5))
    assert drawn(board) == [ax]
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[1, 1], [2, 0.5]],
                                                                 [[1, 2], [2, 1.5]]]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_yscale()) == ("epoch", "loss", "log")
    assert ax.get_xlim() == (1, 5) and ax.get_ylim() == (0.1, 10)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["train", "test"]
    assert [line.get_marker() for line in ax.lines] == ["", "o"]
    assert tuple(board._figure.get_size_inches()) == (5, 2)
    assert not plt.get_fignums()


def test_limits_follow_the_data():
    board = Animator()
    for i in range(11):
        board.add(i, 5 * i)
        (ax,) = drawn(board)
        assert ax.get_xlim()[1] >= i and ax.get_ylim()[1] >= 5 * i
    assert -2 < ax.get_xlim()[0] and ax.get_xlim()[1] < 12


def test_a_single_point_is_visible():
    board = Animator()
    board.add(1, 1)
    assert drawn(board)[0].lines[0].get_marker() == "."
    board.add(2, 1)
    assert drawn(board)[0].lines[0].get_marker() == ""


def test_nan_and_inf_leave_gaps():
    board = Animator()
    for x, y in enumerate([1, float("nan"), float("inf"), 2]):
        board.add(x, y)
    (ax,) = drawn(board)
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, True, True, False]
    assert ax.get_ylim()[1] < 3


def test_none_skips_a_point():
    board = Animator(legend=["train", "test"])
    board.add(1, (1, None))
    board.add(2, (2, 5))
    assert [len(line.get_xdata()) for line in drawn(board)[0].lines] == [2, 1]


def test_several_axes():
    board = Animator(xlabel="epoch", ylabel=["loss", "accuracy"], yscale=["log", "linear"],
                     legend=[["train loss", "test loss"], "accuracy"], xlim=(1, 9),
                     ylim=[None, (0, 1)], ncols=2, figsize=(7, 2.5))
    board.add(1, (2, 3))
    board.add(1, 0.5, ax=1)
    left, right = drawn(board)
    assert [ax.get_xlabel() for ax in (left, right)] == ["epoch", "epoch"]
    assert [ax.get_ylabel() for ax in (left, right)] == ["loss", "accuracy"]
    assert [ax.get_yscale() for ax in (left, right)] == ["log", "linear"]
    assert [ax.get_xlim() for ax in (left, right)] == [(1, 9), (1, 9)]
    assert right.get_ylim() == (0, 1)
    assert [len(ax.lines) for ax in (left, right)] == [2, 1]
    assert board.history["accuracy"] == [(1, 0.5)]


def test_several_axes_without_names():
    board = Animator(nrows=2)
    board.add(0, 1)
    board.add(0, 2, ax=1)
    assert [ax.lines[0].get_ydata().tolist() for ax in drawn(board)] == [[1], [2]]


# wrong use

@pytest.mark.parametrize("x, y, ax, error, message", [
    (0, 1, 0, ValueError, "Animator.add: 1 values in y but there are 2 curves: a, b"),
    (0, [1, 2, 3], 0, ValueError, "3 values in y but there are 2 curves"),
    (0, [1, 2], 1, ValueError, "ax is 1 but there are 1 axes"),
    (0, "12", 0, TypeError, "y has a value of type str, expected a number"),
    (None, [1, 2], 0, TypeError, "x has a value of type NoneType"),
    (0, [torch.zeros(3), 1], 0, TypeError, r"y has a value of shape \(3,\), expected a number"),
    (0, [1j, 1], 0, TypeError, "y has a value of type complex"),
])
def test_add_wrong_input(x, y, ax, error, message):
    board = Animator(legend=["a", "b"])
    with pytest.raises(error, match=message):
        board.add(x, y, ax=ax)
    assert board.history == {"a": [], "b": []}


@pytest.mark.parametrize("kwargs, message", [
    ({"legend": ["a", "a"]}, "Animator: the name 'a' in legend is used twice"),
    ({"legend": [["a"], ["b"], ["c"]], "ncols": 2}, "legend has 3 entries but there are 2 axes"),
    ({"ylabel": ["a"], "ncols": 2}, "ylabel has 1 entries but there are 2 axes"),
])
def test_constructor_wrong_input(kwargs, message):
    with pytest.raises(ValueError, match=message):
        Animator(**kwargs)


# pace: a notebook with a clock that the test moves

class Notebook:
    def __init__(self, monkeypatch, seconds_per_draw):
        self.now, self.drawing, self.displays, self.updates = 0.0, 0.0, [], []
        self.events = EventManager(self, available_events)
        real_png = animator.png

        def slow_png(figure):
            self.now += seconds_per_draw
            self.drawing += seconds_per_draw
            return real_png(figure) if seconds_per_draw == 0 else b""

        def display(bundle, *, raw, display_id):
            self.displays.append(bundle)
            return self

        monkeypatch.setattr(animator, "png", slow_png)
        monkeypatch.setattr(animator, "notebook_shell", lambda: self)
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)
        monkeypatch.setattr("IPython.display.display", display)

    def update(self, bundle, *, raw):
        self.updates.append((self.now, bundle))

    def end_cell(self):
        self.events.trigger("post_run_cell", None)


@pytest.mark.parametrize("seconds_per_draw", [0.001, 0.1, 1.0])
def test_drawing_costs_under_5_percent_and_stays_slow(monkeypatch, seconds_per_draw):
    notebook = Notebook(monkeypatch, seconds_per_draw)
    board = Animator()
    while notebook.now < 100:
        notebook.now += 0.01
        board.add(notebook.now, 1)
    assert notebook.drawing / notebook.now < 0.05 + seconds_per_draw / 100
    assert 4 <= len(notebook.updates) <= 400
    assert len(notebook.displays) == 1


def test_end_of_cell_draws_the_final_state_once_and_lets_go(monkeypatch):
    notebook = Notebook(monkeypatch, 0)
    before = list(notebook.events.callbacks["post_run_cell"])
    board = Animator()
    for i in range(5):
        board.add(i, i)
    assert (len(notebook.displays), len(notebook.updates)) == (1, 0)
    notebook.end_cell()
    assert len(notebook.updates) == 1
    assert notebook.updates[0][1] == board._picture()
    assert notebook.updates[0][1] != notebook.displays[0]
    assert notebook.events.callbacks["post_run_cell"] == before
    notebook.end_cell()
    assert len(notebook.updates) == 1
    board.add(9, 9)
    assert len(notebook.displays) == 2


def test_draw_is_immediate_and_not_repeated(monkeypatch):
    notebook = Notebook(monkeypatch, 0)
    board = Animator()
    board.add(0, 0)
    board.add(1, 1)
    board.draw()
    assert len(notebook.updates) == 1
    notebook.end_cell()
    assert len(notebook.updates) == 1


# in a real kernel

CELLS = [
    "import matplotlib.pyplot as plt\n"
    "from d2lbook_utils.animator import Animator\n"
    "callbacks = get_ipython().events.callbacks['post_run_cell']\n"
    "before = len(callbacks)\n"
    "board = Animator(xlabel='epoch', legend=['loss', 'accuracy'])",
    "import time, random\n"
    "for epoch in range(8):\n"
    "    board.add(epoch, (random.random(), epoch / 8))\n"
    "    time.sleep(0.1)",
    "print(len(callbacks) - before, plt.get_fignums())",
    "board.add(8, (0, 1))\n"
    "raise KeyError('training failed')",
]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("animator") / "board.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    cells[-1].metadata["tags"] = ["raises-exception"]
    book = nbformat.v4.new_notebook(cells=cells)
    hashes = "import hashlib; hashlib.sha256(board._picture()['image/png'].encode()).hexdigest()"
    book.cells.append(nbformat.v4.new_code_cell(hashes))
    NotebookClient(book, kernel_name="python3").execute()
    digest = book.cells.pop().outputs[0].data["text/plain"].strip("'")
    nbformat.write(book, path)
    return path, book, digest


def test_kernel_shows_one_picture_per_cell(notebook):
    _, book, _ = notebook
    first, training, check, failing = [cell.outputs for cell in book.cells]
    assert first == []
    assert [(o.output_type, sorted(o.data)) for o in training] == [
        ("display_data", ["image/png", "text/plain"])]
    assert training[0].data["text/plain"] == "Animator: loss, accuracy"
    assert base64.b64decode(training[0].data["image/png"]).startswith(b"\x89PNG")
    assert [o.text for o in check] == ["0 []\n"]
    assert sorted(o.output_type for o in failing) == ["display_data", "error"]


def test_kernel_stores_the_final_state(notebook):
    _, book, digest = notebook
    picture = next(o for o in book.cells[3].outputs if o.output_type == "display_data")
    assert hashlib.sha256(picture.data["image/png"].strip().encode()).hexdigest() == digest


def test_kernel_passes_strict_nbval(notebook):
    path, _, _ = notebook
    run = subprocess.run([sys.executable, "-m", "pytest", "--nbval", "--rootdir", path.parent,
                          "-p", "no:cacheprovider", "-q", path], cwd=path.parent,
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{len(CELLS)} passed" in run.stdout
