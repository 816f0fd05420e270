import nbformat
import numpy as np
import pytest
import torch
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from d2lbook_utils import CheckFailed, check, check_close, checking, show_error


@pytest.fixture(autouse=True)
def strict(monkeypatch):
    monkeypatch.setenv("D2LBOOK_STRICT", "1")


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.delenv("D2LBOOK_STRICT")


@pytest.mark.parametrize(
    "condition",
    [True, np.bool_(True), torch.tensor(True), torch.tensor([True]), np.array([True]), torch.tensor([[True]])],
)
def test_check_prints_the_claim(condition, capsys):
    check("two is even", condition)
    assert capsys.readouterr().out == "ok: two is even\n"


@pytest.mark.parametrize("condition", [False, np.bool_(False), torch.tensor(False)])
def test_check_stops_and_names_claim_and_values(condition):
    with pytest.raises(CheckFailed, match=r"three is even\n  remainder = 1"):
        check("three is even", condition, remainder=1)


@pytest.mark.parametrize(
    "condition",
    [
        1,
        0.5,
        "yes",
        None,
        [],
        torch.tensor([True, False]),
        torch.tensor(1.0),
        np.array([True, True]),
        np.float32(1),
        np.array([1.0]),
        torch.empty(0, dtype=torch.bool),
        "True",
    ],
)
def test_check_wants_one_truth_value(condition):
    with pytest.raises(TypeError, match="check: condition must be one True or False"):
        check("claim", condition)


def test_check_wants_a_sentence_first():
    with pytest.raises(TypeError, match="check: claim must be a sentence"):
        check(True, "claim")
    with pytest.raises(TypeError, match="check_close: claim must be a sentence"):
        check_close(1.0, 1.0, "claim")


@pytest.mark.parametrize(
    "actual, expected",
    [
        (1.0, 1.0 + 5e-7),
        ([1, 2], torch.tensor([1.0, 2.0])),
        (torch.ones(2, requires_grad=True), np.ones(2)),
        (float("inf"), float("inf")),
        ([], []),
        (torch.tensor([1.0], dtype=torch.float16), [1.0]),
        ([torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)], [1, 2]),
        (1 + 2j, 1 + 2j),
    ],
)
def test_close(actual, expected, capsys):
    check_close("same", actual, expected)
    assert capsys.readouterr().out == "ok: same\n"


@pytest.mark.parametrize(
    "actual, expected",
    [
        (1.0, 1.00001),
        ([1, 2], [1, 2.1]),
        (float("nan"), float("nan")),
        (float("inf"), 1.0),
        (1.0, float("inf")),
        (float("inf"), -float("inf")),
        ([1.0], 1.0),
        ([1, 2], [[1, 2]]),
        ([0.0, float("nan")], [0.0, 0.0]),
    ],
)
def test_not_close(actual, expected):
    with pytest.raises(CheckFailed, match="does not hold here: same"):
        check_close("same", actual, expected)


def test_not_close_names_the_worst_place():
    with pytest.raises(CheckFailed, match=r"2 of 4 values differ.*\n.*at \(1, 0\): 5 against 3"):
        check_close("same", [[1.0, 2.0], [5.0, 4.0]], [[1.0, 2.5], [3.0, 4.0]])


def test_relative_tolerance():
    check_close("same", 1001.0, 1000.0, rtol=1e-2)
    with pytest.raises(CheckFailed):
        check_close("same", 1011.0, 1000.0, rtol=1e-2)


def test_show_error_prints_type_and_first_line(capsys):
    def fail(message):
        raise ValueError(message)

    show_error(ValueError, fail, "one\ntwo")
    assert capsys.readouterr().out == "ValueError: one\n"
    show_error(ValueError, fail, "word " * 40)
    first, *more = capsys.readouterr().out.splitlines()
    assert more and max(map(len, [first, *more])) <= 76
    assert first.startswith("ValueError: word") and all(line.startswith("  word") for line in more)


@pytest.mark.parametrize("length, cut", [(300, False), (301, True)])
def test_show_error_says_where_it_cuts(length, cut, capsys):
    def fail():
        raise ValueError("x" * length)

    show_error(ValueError, fail)
    shown = capsys.readouterr().out
    assert shown.count("x") == 300 and shown.rstrip().endswith("...") == cut


def test_show_error_passes_arguments_on(capsys):
    def fail(a, *, b):
        raise KeyError(a + b)

    show_error(LookupError, fail, 1, b=2)
    assert capsys.readouterr().out == "KeyError: 3\n"


def test_show_error_fails_without_the_error():
    with pytest.raises(CheckFailed, match="no error was raised"):
        show_error(ValueError, lambda: 1)
    with pytest.raises(CheckFailed, match="expected ValueError, but got ZeroDivisionError"):
        show_error(ValueError, lambda: 1 / 0)


def test_python_floats_keep_their_digits():
    check_close("same", 1 / 3, torch.tensor(1, dtype=torch.float64) / 3, atol=0)
    with pytest.raises(CheckFailed):
        check_close("same", [1.0, torch.tensor(2.0)], [1.0 + 4e-8, 2.0], atol=1e-12)


def test_ragged_lists_are_named():
    with pytest.raises(ValueError, match="check_close: a list of values of different shapes"):
        check_close("same", [[1, 2], [3]], [1, 2])


# a reader's session


def test_show_error_makes_a_failed_claim_an_error_for_a_reader_too(reader, capsys):
    show_error(CheckFailed, check, "three is even", False)
    assert capsys.readouterr().out == "CheckFailed: does not hold here: three is even\n"
    check("three is even", False)
    assert capsys.readouterr().out == "not so here: three is even\n"


def test_reader_sees_what_is_not_so_and_goes_on(reader, capsys):
    check("three is even", False, remainder=1, half=1.5)
    check_close("same", [1.0, 2.0], [1.0, 2.5])
    check_close("same shape", [1.0], 1.0)
    show_error(ValueError, lambda: 1)
    show_error(ValueError, lambda: 1 / 0)
    assert (
        capsys.readouterr().out
        == """\
not so here: three is even
  remainder = 1
  half = 1.5
not so here: same
  1 of 2 values differ by more than 1e-06 (rtol 0)
  largest difference at (1,): 2 against 2.5
not so here: same shape
  shape (1,) against ()
not so here: expected ValueError, but no error was raised
not so here: expected ValueError, but got ZeroDivisionError: division by zero
"""
    )


def test_wrong_use_raises_for_a_reader_too(reader):
    with pytest.raises(TypeError):
        check("claim", 1)
    with pytest.raises(TypeError):
        check_close(1.0, 1.0, 1.0)
    with pytest.raises(ValueError, match="different shapes"):
        check_close("same", [[1, 2], [3]], [1, 2])


@pytest.mark.parametrize("value, strict", [("1", True), ("0", False), ("", False)])
def test_only_1_is_strict(value, strict, monkeypatch, capsys):
    monkeypatch.setenv("D2LBOOK_STRICT", value)
    if strict:
        with pytest.raises(CheckFailed):
            check("claim", False)
    else:
        check("claim", False)
        assert "not so here: claim" in capsys.readouterr().out


@pytest.mark.parametrize(
    "inputs, expected",
    [
        (["", "import math", "lr = 0.1  # rate\nsizes = [1, 2]", "epochs = 3"], ["lr = 3.0, sizes = [1, 2]"]),
        (["", "x = len('ab')", "a.b = 1", "a, b = 1, 2", "n: int = 3", "1 +", "3", "# words"], []),
        (["gone = 1\nlr = 0.1"], ["lr = 3.0"]),
        (['kind = "a"\nshapes = {"a": (1, 2)}'], ["kind = 'b', shapes = {'a': (1, 2)}"]),
        (["long = []"], ["long = [0, 1, 2, 3, 4, 5, ...]"]),
    ],
)
def test_parameters_are_the_first_cell_of_literals_with_the_values_of_now(inputs, expected):
    now = {"lr": 3.0, "sizes": [1, 2], "epochs": 3, "kind": "b", "shapes": {"a": (1, 2)}, "long": list(range(99))}
    lines = checking._parameters({"In": inputs, **now})
    note = " (if you changed one, this is a result and not a mistake)"
    assert lines == [f"parameters: {words}{note}" for words in expected]


def test_without_a_history_of_inputs_there_are_no_parameters():
    assert checking._parameters({}) == []


CELLS = [
    "import os; os.environ.pop('D2LBOOK_STRICT', None)\nfrom d2lbook_utils import check",
    "epochs = 10  # passes\nlr = 0.1  # rate",
    "epochs = 1",
    'check("the loss < 0.5", False, loss="<b>0.7")',
    "os.environ['D2LBOOK_STRICT'] = '1'",
    'check("the loss < 0.5", False, loss=0.7)',
]


def test_notebook_shows_the_claim_in_colour_and_a_strict_failure_without_our_frames():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    with pytest.raises(CellExecutionError):
        NotebookClient(book, kernel_name="python3").execute()
    (shown,) = book.cells[3].outputs
    note = "(if you changed one, this is a result and not a mistake)"
    assert shown.data["text/plain"] == (
        f"not so here: the loss < 0.5\n  loss = <b>0.7\n  parameters: epochs = 1, lr = 0.1 {note}"
    )
    html = shown.data["text/html"]
    assert "background: #fff0e0; color: #1a1a1a" in html and "<b>" not in html
    assert "</strong> the loss &lt; 0.5<br>loss = &lt;b&gt;0.7<br>parameters: epochs = 1, lr = 0.1" in html
    (failed,) = book.cells[5].outputs
    assert failed.ename == "CheckFailed"
    assert failed.traceback == ["CheckFailed: does not hold here: the loss < 0.5\n  loss = 0.7"]
