import pytest
import torch

from d2lbook_utils import Accumulator, History, Timer


def test_timer_sums_its_intervals(monkeypatch):
    clock = iter([0.0, 2.0, 10.0, 13.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    timer = Timer()
    assert timer.stop() == 2.0
    timer.start()
    assert timer.stop() == 3.0
    assert (timer.times, timer.sum(), timer.avg()) == ([2.0, 3.0], 5.0, 2.5)


def test_timer_without_an_interval():
    with pytest.raises(ValueError, match="Timer.avg: no interval"):
        Timer().avg()


def test_accumulator_adds_numbers_and_tensors():
    sums = Accumulator("loss", "examples")
    sums.add(loss=0.5, examples=2)
    sums.add(loss=torch.tensor(1.5))
    assert (sums["loss"], sums["examples"]) == (2.0, 2.0)
    assert all(type(value) is float for value in sums.sums.values())


def test_accumulator_unknown_name():
    with pytest.raises(ValueError, match="no sum named 'los', only loss, examples"):
        Accumulator("loss", "examples").add(los=1)


def test_history_records_by_name():
    history = History("loss", "accuracy")
    history.record(1, torch.tensor(0.5), 0.25)
    history.record(3, 0.4, 0.5)
    assert (history.epochs, history["loss"], history["accuracy"], history.stopped) == (
        [1, 3],
        [0.5, 0.4],
        [0.25, 0.5],
        None,
    )


def test_history_wrong_count_loses_nothing():
    history = History("loss", "accuracy")
    with pytest.raises(ValueError, match=r"1 numbers for 2 names \(loss, accuracy\)"):
        history.record(1, 0.5)
    assert history.epochs == [] and history["loss"] == []
