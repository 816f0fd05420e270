import pytest

from d2lbook_utils import progress, progress_bar


@pytest.fixture
def clock(monkeypatch):
    """A clock for tqdm that the loop advances: ``clock[0] += 1`` is a second."""
    time = [100.0]
    monkeypatch.setattr("tqdm.std.time", lambda: time[0])
    monkeypatch.delenv("D2LBOOK_STRICT", raising=False)
    return time


@pytest.fixture
def shown(monkeypatch):
    """What a notebook shows below the running cell: one entry for each output, its states in their order."""
    outputs = []

    class Handle:
        def __init__(self, data):
            self.states = [data]

        def update(self, data, *, raw):
            assert raw
            self.states.append(data)

    def display(data, *, raw, display_id):
        assert raw and display_id
        outputs.append(Handle(data))
        return outputs[-1]

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(progress_bar, "notebook_shell", lambda: "a kernel")
    return outputs


def run(clock, seconds, steps=4):
    done = []
    for step in progress(range(1, steps + 1)):
        clock[0] += seconds
        done.append(step)
    return done


def test_a_long_loop_in_a_notebook_has_one_line_that_goes_at_the_end(clock, shown, capsys):
    assert run(clock, seconds=1.5) == [1, 2, 3, 4]
    (output,) = shown
    first = output.states[0]["text/plain"]
    assert "50%" in first and "2/4" in first and "█" in first
    assert output.states[-1] == {}
    assert capsys.readouterr() == ("", "")


def test_a_short_loop_shows_nothing(clock, shown, capsys):
    assert run(clock, seconds=0.45) == [1, 2, 3, 4]
    assert shown == [] and capsys.readouterr() == ("", "")


def test_a_loop_that_is_left_early_leaves_nothing(clock, shown):
    for step in progress(range(10)):
        clock[0] += 3
        if step == 2:
            break
    assert shown[0].states[-1] == {}


def test_tests_and_renders_show_nothing(clock, shown, monkeypatch, capsys):
    monkeypatch.setenv("D2LBOOK_STRICT", "1")
    assert run(clock, seconds=3) == [1, 2, 3, 4]
    assert shown == [] and capsys.readouterr() == ("", "")


def test_a_terminal_shows_the_bar_on_stderr_and_wipes_it(clock, capsys):
    assert run(clock, seconds=3) == [1, 2, 3, 4]
    out, err = capsys.readouterr()
    assert out == "" and "25%" in err and err.split("\r")[-2].strip() == ""
