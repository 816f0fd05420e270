import numpy as np
import pytest
import torch

from d2lbook_utils import CheckFailed, check, check_close, show_error


@pytest.mark.parametrize("condition", [True, np.bool_(True), torch.tensor(True), torch.tensor([True]), np.array([True])])
def test_check_prints_the_claim(condition, capsys):
    check("two is even", condition)
    assert capsys.readouterr().out == "ok: two is even\n"


@pytest.mark.parametrize("condition", [False, np.bool_(False), torch.tensor(False)])
def test_check_stops_and_names_claim_and_values(condition):
    with pytest.raises(CheckFailed, match=r"three is even\n  remainder = 1"):
        check("three is even", condition, remainder=1)


@pytest.mark.parametrize("condition", [1, 0.5, "yes", None, [], torch.tensor([True, False]), torch.tensor(1.0), np.array([True, True])])
def test_check_wants_one_truth_value(condition):
    with pytest.raises(TypeError, match="check: condition must be one True or False"):
        check("claim", condition)


def test_check_wants_a_sentence_first():
    with pytest.raises(TypeError, match="check: claim must be a sentence"):
        check(True, "claim")


@pytest.mark.parametrize("actual, expected", [
    (1.0, 1.0 + 5e-7), ([1, 2], torch.tensor([1.0, 2.0])), (torch.ones(2, requires_grad=True), np.ones(2)),
    (float("inf"), float("inf")), ([], []), (torch.tensor([1.0], dtype=torch.float16), [1.0]),
    ([torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)], [1, 2]), (1 + 2j, 1 + 2j)])
def test_close(actual, expected, capsys):
    check_close("same", actual, expected)
    assert capsys.readouterr().out == "ok: same\n"


@pytest.mark.parametrize("actual, expected", [
    (1.0, 1.00001), ([1, 2], [1, 2.1]), (float("nan"), float("nan")), (float("inf"), 1.0), (1.0, float("inf")),
    (float("inf"), -float("inf")), ([1.0], 1.0), ([1, 2], [[1, 2]]), ([0.0, float("nan")], [0.0, 0.0])])
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
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 76


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
