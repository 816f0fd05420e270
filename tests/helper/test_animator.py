import base64
import hashlib
import io
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
from d2lbook_utils.measuring import History


def drawn(board):
    board.draw()
    return board._figure.axes


# in a terminal


def test_terminal_prints_one_line_per_add(capsys):
    board = Animator(xlabel="epoch", legend=["train loss", "test accuracy"])
    board.add(3, (0.44721, 0.83))
    board.add(4.5, (torch.tensor(0.4, requires_grad=True), None))
    assert capsys.readouterr().out == ("epoch 3  train loss 0.447  test accuracy 0.83\nepoch 4.5  train loss 0.4\n")


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
    board.add(np.array(2), [None, np.float32(4)])
    assert board.history["a"] == [(0, 1), (1, 3.0)]
    assert board.history["b"][0] == (0, 2.5) and board.history["b"][2] == (2, 4.0)
    assert np.isnan(board.history["b"][1][1])
    assert {type(v) for points in board.history.values() for p in points for v in p} == {int, float}


@pytest.mark.parametrize(
    "kwargs, y, names",
    [
        ({}, 1, ["y"]),
        ({"ylabel": "loss"}, 1, ["loss"]),
        ({"ylabel": "loss"}, [1, 2], ["loss 0", "loss 1"]),
        ({"legend": "train"}, 1, ["train"]),
        ({}, torch.tensor(1.0, requires_grad=True), ["y"]),
        ({}, np.array(1.0), ["y"]),
        ({}, torch.tensor([1.0]), ["y"]),
    ],
)
def test_names_of_curves(kwargs, y, names):
    board = Animator(**kwargs)
    board.add(0, y)
    assert list(board.history) == names


# show


def history_of(*epochs):
    history = History("train loss", "test accuracy")
    for epoch in epochs:
        history.record(epoch, 1 / epoch, 0.5 + epoch / 10)
    return history


def test_show_draws_what_the_history_holds():
    board = Animator(xlabel="epoch", xlim=[1, 3])
    board.show(history_of())
    assert board.history == {"train loss": [], "test accuracy": []}
    board.show(history_of(1, 2))
    assert board.history == {"train loss": [(1, 1.0), (2, 0.5)], "test accuracy": [(1, 0.6), (2, 0.7)]}
    (ax,) = drawn(board)
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[1, 1.0], [2, 0.5]], [[1, 0.6], [2, 0.7]]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["train loss", "test accuracy"]
    assert ax.get_xlim() == (1, 3)


def test_show_replaces_an_earlier_run():
    board = Animator(legend=["train loss", "test accuracy"])
    board.show(history_of(1, 2, 3))
    board.show(history_of(5))
    assert board.history == {"train loss": [(5, 0.2)], "test accuracy": [(5, 1.0)]}


def test_show_prints_the_last_epoch_in_a_terminal(capsys):
    board = Animator()
    board.show(history_of())
    board.show(history_of(1, 2))
    assert capsys.readouterr().out == "epoch 2  train loss 0.5  test accuracy 0.7\n"


def test_show_is_a_hook_that_does_not_stop_training():
    assert Animator().show(history_of(1)) is None


def test_show_wants_the_names_of_the_legend():
    board = Animator(legend=["loss", "accuracy"])
    with pytest.raises(
        ValueError, match="Animator.show: the history holds train loss, test accuracy, but the board has loss, accuracy"
    ):
        board.show(history_of(1))


def test_show_draws_a_diverged_loss_as_a_gap():
    history = History("loss")
    for epoch, loss in enumerate([1.0, float("nan"), 2.0], start=1):
        history.record(epoch, loss)
    board = Animator()
    board.show(history)
    assert np.isnan(drawn(board)[0].lines[0].get_ydata()).tolist() == [False, True, False]


# what is drawn


def test_curves_labels_limits_scales_and_legend():
    board = Animator(
        xlabel="epoch",
        ylabel="loss",
        legend=["train", "test"],
        xlim=(1, 5),
        ylim=(0.1, 10),
        yscale="log",
        fmts=("-", "o"),
        figsize=(5, 2),
    )
    board.add(1, (1, 2))
    (ax,) = drawn(board)
    board.add(2, (0.5, 1.5))
    assert drawn(board) == [ax]
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[1, 1], [2, 0.5]], [[1, 2], [2, 1.5]]]
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
    assert ax.get_xlim()[0] > -2 and ax.get_xlim()[1] < 12


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


@pytest.mark.parametrize("xs, whole", [([1, 2], True), ([1, 2.0, 3], True), ([1, 1.5], False), ([5], True)])
def test_whole_numbers_have_whole_ticks(xs, whole):
    board = Animator()
    for x in xs:
        board.add(x, x)
    (ax,) = drawn(board)
    ticks = ax.get_xticks()
    assert all(tick == round(tick) for tick in ticks) == whole and len(ticks) > 0


def test_ticks_follow_when_the_numbers_stop_being_whole():
    board = Animator()
    board.add(1, 1)
    drawn(board)
    board.add(1.5, 1)
    assert any(tick != round(tick) for tick in drawn(board)[0].get_xticks())


def test_ticks_of_other_numbers_and_scales():
    for kwargs, x in [({"xscale": "log"}, 10), ({}, float("nan")), ({}, float("inf"))]:
        board = Animator(**kwargs)
        board.add(x, 1)
        board.add(2, 1)
        drawn(board)


@pytest.mark.filterwarnings("error")
def test_limits_of_a_single_epoch():
    board = Animator(xlim=[1, 1])
    board.add(1, 0.5)
    left, right = drawn(board)[0].get_xlim()
    assert left < 1 < right


def test_savefig_saves_the_state_of_now(tmp_path):
    board = Animator()
    board.add(0, 0)
    drawn(board)
    board.add(1, 1)
    assert board.savefig(tmp_path / "board.png") is None
    assert np.array_equal(plt.imread(tmp_path / "board.png"), plt.imread(io.BytesIO(animator.png(board._figure))))
    assert len(board._figure.axes[0].lines[0].get_xdata()) == 2
    board.savefig(tmp_path / "board.svg")
    assert b"<svg" in (tmp_path / "board.svg").read_bytes()


def test_savefig_before_the_first_point(tmp_path):
    Animator().savefig(tmp_path / "board.png")
    assert (tmp_path / "board.png").exists()


def test_none_skips_a_point():
    board = Animator(legend=["train", "test"])
    board.add(1, (1, None))
    board.add(2, (2, 5))
    assert [len(line.get_xdata()) for line in drawn(board)[0].lines] == [2, 1]


def test_several_axes():
    board = Animator(
        xlabel="epoch",
        ylabel=["loss", "accuracy"],
        yscale=["log", "linear"],
        legend=[["train loss", "test loss"], "accuracy"],
        xlim=(1, 9),
        ylim=[None, (0, 1)],
        ncols=2,
        figsize=(7, 2.5),
    )
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


@pytest.mark.parametrize("kwargs, label", [({"ylabel": "loss"}, "loss"), ({"legend": "train"}, "train"), ({}, "y")])
def test_several_axes_share_a_name(kwargs, label):
    board = Animator(nrows=2, **kwargs)
    board.add(0, 1)
    board.add(0, 2, ax=1)
    assert board.history == {label: [(0, 1)], f"{label} of axes 1": [(0, 2)]}
    for ax, value in zip(drawn(board), (1, 2)):
        assert [(line.get_label(), line.get_ydata().tolist()) for line in ax.lines] == [(label, [value])]
        assert (ax.get_legend() is None) == (label == "loss")


def test_several_axes_with_curves_of_the_same_names():
    board = Animator(ncols=2, legend=[["train", "test"], ["train", "test"]])
    assert list(board.history) == ["train", "test", "train of axes 1", "test of axes 1"]
    board = Animator(ncols=2, legend=[None, "a"], ylabel="a")
    board.add(0, 1)
    board.add(0, 2, ax=1)
    assert [ax.lines[0].get_ydata().tolist() for ax in drawn(board)] == [[1], [2]]


# wrong use


@pytest.mark.parametrize(
    "x, y, ax, error, message",
    [
        (0, 1, 0, ValueError, "Animator.add: 1 values in y but there are 2 curves: a, b"),
        (0, [1, 2, 3], 0, ValueError, "3 values in y but there are 2 curves"),
        (0, [1, 2], 1, ValueError, "ax is 1 but there are 1 axes"),
        (0, "12", 0, TypeError, "y has a value of type str, expected a number"),
        (None, [1, 2], 0, TypeError, "x has a value of type NoneType"),
        (0, [torch.zeros(3), 1], 0, TypeError, r"y has a value of shape \(3,\), expected a number"),
        (0, [1j, 1], 0, TypeError, "y has a value of type complex"),
    ],
)
def test_add_wrong_input(x, y, ax, error, message):
    board = Animator(legend=["a", "b"])
    with pytest.raises(error, match=message):
        board.add(x, y, ax=ax)
    assert board.history == {"a": [], "b": []}


@pytest.mark.parametrize(
    "kwargs, message",
    [
        ({"legend": ["a", "a"]}, "Animator: the name 'a' in legend is used twice"),
        ({"legend": [["a"], ["b"], ["c"]], "ncols": 2}, "legend has 3 entries but there are 2 axes"),
        ({"ylabel": ["a"], "ncols": 2}, "ylabel has 1 entries but there are 2 axes"),
    ],
)
def test_constructor_wrong_input(kwargs, message):
    with pytest.raises(ValueError, match=message):
        Animator(**kwargs)


# pace: a notebook with a clock that the test moves


class Publisher:
    def __init__(self):
        self.hooks = []
        self.register_hook, self.unregister_hook = self.hooks.append, self.hooks.remove

    def clear_output(self):
        for hook in self.hooks:
            assert hook({"header": {"msg_type": "clear_output"}})


class Notebook:
    def __init__(self, monkeypatch, first=0.0, later=0.0):
        self.now, self.costs, self.displays, self.updates = 0.0, [], [], []
        self.events, self.display_pub = EventManager(self, available_events), Publisher()
        real_png = animator.png

        def slow_png(figure):
            self.costs.append(later if self.costs else first)
            self.now += self.costs[-1]
            return real_png(figure) if not first else b""

        def display(bundle, *, raw, display_id):
            self.displays.append((self.now, bundle))
            return self

        monkeypatch.setattr(animator, "png", slow_png)
        monkeypatch.setattr(animator, "notebook_shell", lambda: self)
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)
        monkeypatch.setattr("IPython.display.display", display)

    def update(self, bundle, *, raw):
        self.updates.append((self.now, bundle))

    def end_cell(self):
        self.events.trigger("post_run_cell", None)


@pytest.mark.parametrize(
    "first, later, fewest, most",
    [
        (0.001, 0.001, 76, 80),  # four pictures a second
        (0.4, 0.02, 44, 48),  # 5 % of the time
        (0.4, 0.05, 18, 20),  # one a second
        (0.5, 0.3, 14, 16),  # one a second and its cost, on a very slow machine
    ],
)
def test_pace(monkeypatch, first, later, fewest, most):
    notebook = Notebook(monkeypatch, first, later)
    board = Animator()
    while notebook.now < 20:
        notebook.now += 0.01
        board.add(notebook.now, 1)
    assert fewest <= len(notebook.updates) <= most
    assert len(notebook.displays) == 1
    if later <= 0.05:
        assert sum(notebook.costs[1:]) / notebook.now < 0.05
    times = [notebook.displays[0][0]] + [when for when, _ in notebook.updates]
    assert max(b - a for a, b in zip(times, times[1:])) <= 1.02 + later
    assert times[1] - times[0] < 0.3 + later  # the first picture's cost sets no pause


def test_a_hiccup_does_not_slow_the_board_down(monkeypatch):
    notebook = Notebook(monkeypatch)
    board = Animator()
    board.add(0, 0)
    costs = iter([0.02, 0.9])
    monkeypatch.setattr(animator, "png", lambda figure: setattr(notebook, "now", notebook.now + next(costs)) or b"")
    board.draw()
    board.draw()
    assert board._next_draw - notebook.now == pytest.approx(0.4)


def test_end_of_cell_draws_the_final_state_once_and_lets_go(monkeypatch):
    notebook = Notebook(monkeypatch)
    before = list(notebook.events.callbacks["post_run_cell"])
    board = Animator()
    for i in range(5):
        board.add(i, i)
    assert (len(notebook.displays), len(notebook.updates)) == (1, 0)
    notebook.end_cell()
    assert len(notebook.updates) == 1
    assert notebook.updates[0][1] == board._picture()
    assert notebook.updates[0][1] != notebook.displays[0][1]
    assert notebook.events.callbacks["post_run_cell"] == before
    assert notebook.display_pub.hooks == []
    notebook.end_cell()
    assert len(notebook.updates) == 1
    board.add(9, 9)
    assert len(notebook.displays) == 2


def test_draw_is_immediate_and_not_repeated(monkeypatch):
    notebook = Notebook(monkeypatch)
    board = Animator()
    board.add(0, 0)
    board.add(1, 1)
    board.draw()
    assert len(notebook.updates) == 1
    notebook.end_cell()
    assert len(notebook.updates) == 1


def test_a_board_that_was_cleared_is_shown_again(monkeypatch):
    notebook = Notebook(monkeypatch)
    board = Animator()
    for i in range(3):
        notebook.display_pub.clear_output()
        board.add(i, i)
    assert (len(notebook.displays), len(notebook.updates)) == (3, 0)
    assert len(notebook.costs) == 1  # the last picture is shown again, not drawn
    board.add(3, 3)
    assert len(notebook.displays) == 3
    notebook.end_cell()
    assert (len(notebook.displays), len(notebook.updates), len(notebook.costs)) == (3, 1, 2)
    board.add(4, 4)
    assert len(notebook.displays) == 4
    notebook.display_pub.clear_output()
    notebook.end_cell()
    assert board._cleared is False


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
    "board.add(8, (0, 1))\nraise KeyError('training failed')",
    "from IPython.display import clear_output\n"
    "other = Animator()\n"
    "for i in range(4):\n"
    "    clear_output(wait=True)\n"
    "    print(i)\n"
    "    other.add(i, i)",
    "from d2lbook_utils import History\n"
    "history, shown = History('loss'), Animator(xlabel='epoch')\n"
    "for epoch in range(1, 4):\n"
    "    history.record(epoch, 1 / epoch)\n"
    "    shown.show(history)",
]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("animator") / "board.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    cells[3].metadata["tags"] = ["raises-exception"]
    cells[4].metadata["tags"] = ["nbval-ignore-output"]  # nbval does not clear what a cell clears
    book = nbformat.v4.new_notebook(cells=cells)
    hashes = "import hashlib; hashlib.sha256(board._picture()['image/png'].encode()).hexdigest()"
    book.cells.append(nbformat.v4.new_code_cell(hashes))
    NotebookClient(book, kernel_name="python3").execute()
    digest = book.cells.pop().outputs[0].data["text/plain"].strip("'")
    nbformat.write(book, path)
    return path, book, digest


def test_kernel_shows_one_picture_per_cell(notebook):
    _, book, _ = notebook
    first, training, check, failing, cleared, shown = [cell.outputs for cell in book.cells]
    assert first == []
    assert [(o.output_type, sorted(o.data)) for o in training] == [("display_data", ["image/png", "text/plain"])]
    assert training[0].data["text/plain"] == "Animator: loss, accuracy"
    assert base64.b64decode(training[0].data["image/png"]).startswith(b"\x89PNG")
    assert [o.text for o in check] == ["0 []\n"]
    assert sorted(o.output_type for o in failing) == ["display_data", "error"]
    assert [(o.output_type, o.get("text")) for o in cleared] == [("stream", "3\n"), ("display_data", None)]
    assert [o.data["text/plain"] for o in shown] == ["Animator: loss"]


def test_kernel_stores_the_final_state(notebook):
    _, book, digest = notebook
    picture = next(o for o in book.cells[3].outputs if o.output_type == "display_data")
    assert hashlib.sha256(picture.data["image/png"].strip().encode()).hexdigest() == digest


def test_kernel_passes_strict_nbval(notebook):
    path, _, _ = notebook
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "--rootdir", path.parent, "-p", "no:cacheprovider", "-q", path],
        cwd=path.parent,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"{len(CELLS)} passed" in run.stdout
