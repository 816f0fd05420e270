"""Rendering and executing tiny pages in real kernels."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools import execute, notebook, render
from tools.book import Book

BUDGET = {"seconds": 30, "memory_mb": 500, "download_mb": 0}
RENDERABLE = [
    "import os, sys, warnings",
    "print(os.environ['OMP_NUM_THREADS'], os.path.basename(os.getcwd()), file=sys.stderr)",
    "{'b': 1, 'a': {3, 1}}",
    "1 / 0",
    "from IPython.display import display\nhandle = display('first', display_id=True)\nhandle.update('last')",
]


@pytest.fixture
def book(tmp_path):
    (tmp_path / "chapters/part").mkdir(parents=True)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "_toc.yml").write_text("root: index\n")
    return Book(tmp_path)


def add(book, name, sources, budget=BUDGET, tags=()):
    cells = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    for position, tag in tags:
        cells[position].metadata["tags"] = [tag]
    path = book.root / f"chapters/part/{name}.ipynb"
    notebook.write(new_notebook(cells=cells, metadata={"book": {"budget": budget}}), path)
    return path


def test_rendering_stores_outputs_and_hash_and_is_repeatable(book, capsys, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    path = add(book, "tiny", RENDERABLE, tags=[(3, "raises-exception")])
    assert render.main(["tiny"], book) == 0
    assert capsys.readouterr().out.startswith("chapters/part/tiny.ipynb: ")
    first = path.read_bytes()
    page = notebook.read(path)
    assert page.metadata.book.rendered == notebook.content_hash(page)
    assert page.cells[1].outputs[0].text == "1 part\n"
    assert page.cells[2].outputs[0].data["text/plain"] == "{'b': 1, 'a': {1, 3}}"
    assert page.cells[3].outputs[0].traceback == ["ZeroDivisionError: division by zero"]
    assert page.cells[4].outputs[0].data["text/plain"] == "'last'"
    assert render.main([str(path)], book) == 0
    assert path.read_bytes() == first
    assert [file.name for file in path.parent.iterdir()] == ["tiny.ipynb"]


@pytest.mark.parametrize("sources, budget, message", [
    (["x = 1", "x / 0"], BUDGET, "cell 1 (cell-1): ZeroDivisionError: division by zero"),
    (["import os", "os._exit(1)"], BUDGET, "cell 1 (cell-1): DeadKernelError"),
    (["sum(range(10**8))"], {**BUDGET, "seconds": 1}, "over budget: "),
    (["import time; x = b'x' * 300_000_000; time.sleep(0.5)"], {**BUDGET, "memory_mb": 300}, "over budget: "),
    (["print('x' * 1_600_000)"], BUDGET, "a page may have 1.5 MB"),
    (["1"], {}, "no book.budget"),
])
def test_a_page_that_fails_or_costs_too_much_is_not_stored(book, capsys, sources, budget, message):
    path = add(book, "tiny", sources, budget)
    before = path.read_bytes()
    assert render.main([], book) == 1
    assert path.read_bytes() == before
    out = capsys.readouterr().out
    assert "NOT STORED" in out and message in out


def test_the_kernel_draws_inline_whatever_the_shell_says(book, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    path = add(book, "tiny", ["import matplotlib; matplotlib.get_backend()"])
    assert render.main([], book) == 0
    assert "inline" in notebook.read(path).cells[0].outputs[0].data["text/plain"]


def test_execute_sums_up_and_names_the_failing_cell(book, capsys):
    good = add(book, "good", ["number = 1", "print(number)"], {**BUDGET, "seconds": 0.1}, tags=[(0, "parameters")])
    add(book, "bad", ["number = 1  # a", "1 / (number - 5)", "print('never')"], tags=[(0, "parameters")])
    add(book, "slow", ["sum(range(10**8))"], {**BUDGET, "seconds": 1})
    (book.root / "profiles/full.yml").write_text("good: {number: 42}\nbad: {number: 5}\n")
    before = good.read_bytes()
    assert execute.main(["--profile", "full", "--jobs", "2"], book) == 1
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line for line in lines}
    assert rows["chapters/part/good.ipynb"].endswith("  ok")
    assert rows["chapters/part/bad.ipynb"].endswith("cell 1 (cell-1): ZeroDivisionError: division by zero")
    assert "over budget: " in rows["chapters/part/slow.ipynb"]
    assert lines[-1] == "3 pages, 1 failed"
    executed = notebook.read(book.root / "_build/executed/chapters/part/good.ipynb")
    assert executed.cells[-1].outputs[0].text == "42\n"
    assert good.read_bytes() == before


def test_execute_without_profile_uses_the_stored_parameters(book, capsys, tmp_path):
    add(book, "good", ["number = 1", "print(number)"], tags=[(0, "parameters")])
    assert execute.main(["good", "--output", str(tmp_path / "out")], book) == 0
    executed = notebook.read(tmp_path / "out/chapters/part/good.ipynb")
    assert executed.cells[-1].outputs[0].text == "1\n"


@pytest.mark.parametrize("profile, message", [
    ("good: {nummer: 42}", "full.yml: page good has no parameter nummer; it has number, rate"),
    ("god: {number: 42}", "full.yml: there is no page god"),
    ("good: 42", "full.yml: good must map parameters to values"),
])
def test_unknown_parameters_are_reported_before_anything_runs(book, profile, message):
    add(book, "good", ["number = 1\nrate = 0.1"], tags=[(0, "parameters")])
    (book.root / "profiles/full.yml").write_text(profile)
    with pytest.raises(SystemExit) as error:
        execute.main(["--profile", "full"], book)
    assert str(error.value) == message
    assert not (book.root / "_build").exists()


def test_unknown_profile(book):
    with pytest.raises(SystemExit, match="there is no profile huge"):
        execute.main(["--profile", "huge"], book)
