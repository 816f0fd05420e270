import nbformat
import pytest
from nbclient import NotebookClient

from d2lbook_utils import progress

SLOW = """
import time
import tqdm.std, tqdm.notebook
from d2lbook_utils import progress
now = [100.0]
for module in (tqdm.std, tqdm.notebook):
    module.time = lambda: now[0]
for step in progress(range(1, 5)):
    now[0] += {seconds}
"""


@pytest.fixture
def clock(monkeypatch):
    """A clock for tqdm that the loop advances: ``clock[0] += 1`` is a second."""
    time = [100.0]
    monkeypatch.setattr("tqdm.std.time", lambda: time[0])
    monkeypatch.delenv("D2LBOOK_STRICT", raising=False)
    return time


def run(clock, seconds, steps=4):
    done = []
    for step in progress(range(1, steps + 1)):
        clock[0] += seconds
        done.append(step)
    return done


def outputs(seconds):
    """What a kernel has sent at the end of a cell with a loop of four steps."""
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SLOW.format(seconds=seconds))])
    NotebookClient(page, kernel_name="python3").execute()
    return page.cells[0].outputs, page.metadata.get("widgets", {})


def test_a_short_loop_shows_nothing(clock, capsys):
    assert run(clock, seconds=0.45) == [1, 2, 3, 4]
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_the_bar_on_stderr_and_wipes_it(clock, capsys):
    assert run(clock, seconds=3) == [1, 2, 3, 4]
    out, err = capsys.readouterr()
    assert out == "" and "25%" in err and err.split("\r")[-2].strip() == ""


def test_tests_and_renders_show_nothing(clock, monkeypatch, capsys):
    monkeypatch.setenv("D2LBOOK_STRICT", "1")
    assert run(clock, seconds=3) == [1, 2, 3, 4]
    assert capsys.readouterr() == ("", "")


def test_a_notebook_shows_a_widget_and_no_red_band(monkeypatch):
    monkeypatch.delenv("D2LBOOK_STRICT", raising=False)
    shown, _ = outputs(seconds=3)
    assert all(output.output_type == "display_data" for output in shown)
    assert any("application/vnd.jupyter.widget-view+json" in output.data for output in shown)


def test_a_short_loop_in_a_notebook_shows_nothing(monkeypatch):
    monkeypatch.delenv("D2LBOOK_STRICT", raising=False)
    assert outputs(seconds=0.45)[0] == []
