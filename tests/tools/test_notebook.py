"""The stored form of a page and its fingerprint."""

import os
import subprocess
import sys

import jupytext
import pytest
from nbconvert.exporters import PythonExporter, get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import notebook
from tools.book import Book


def page(*outputs, source="x", count=1, **metadata):
    cell = new_code_cell(source, id="code", outputs=list(outputs), execution_count=count, metadata=metadata)
    return new_notebook(cells=[cell])


def stored_outputs(*outputs):
    return notebook.normalise(page(*outputs)).cells[0].outputs


def stream(name, text):
    return new_output("stream", name=name, text=text)


def test_normal_form_is_a_fixed_point():
    messy = page(
        stream("stdout", "a"),
        stream("stderr", "\r 50%|##  | 1/2 [00:00<?, ?it/s]\nwarned\n"),
        new_output("error", ename="E", evalue="\x1b[31mno\x1b[0m", traceback=["/some/path"]),
        tags=[],
    )
    once = notebook.normalise(messy)
    assert notebook.dumps(notebook.normalise(once)) == notebook.dumps(once)


def test_traces_of_the_run_are_dropped():
    messy = page(
        execution={"iopub.status.busy": "now"},
        papermill={"duration": 1},
        collapsed=True,
        scrolled=True,
        tags=["keep"],
        mystnb={"image": {"alt": "a"}},
        book={"label": "l"},
    )
    messy.metadata.update(papermill={"duration": 1}, widgets={"state": {}}, language_info={"version": "3.9"})
    clean = notebook.normalise(messy)
    assert clean.metadata == notebook.METADATA
    assert clean.cells[0].metadata == {"tags": ["keep"], "mystnb": {"image": {"alt": "a"}}, "book": {"label": "l"}}


def test_streams_are_merged_and_stderr_comes_last():
    outputs = stored_outputs(stream("stdout", "a"), stream("stderr", "w\n"), stream("stdout", "b"))
    assert outputs == [stream("stdout", "ab"), stream("stderr", "w\n")]


@pytest.mark.parametrize(
    "noise",
    [
        "\r  0%|          | 0/3 [00:00<?, ?it/s]\r100%|###| 3/3 [00:00<00:00, 39321.60it/s]\n",
        "\r 33%|###       | 1/3 [00:01<00:02,  1.00s/it]\r                \r",
        "3it [00:00, 29.1it/s]\n",
        "[IPKernelApp] WARNING | Kernel is running over TCP without encryption. All\n",
    ],
)
def test_noise_on_stderr_is_dropped(noise):
    assert stored_outputs(stream("stderr", noise)) == []
    assert stored_outputs(stream("stderr", noise + "UserWarning: x\n")) == [stream("stderr", "UserWarning: x\n")]


def test_widget_views_are_dropped_but_what_else_is_shown_stays():
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    bar = new_output("display_data", data={**view, "text/plain": "  0%|          | 0/3 [00:00<?, ?it/s]"})
    slider = new_output("display_data", data={**view, "text/plain": "slider", "text/html": "<p>"})
    outputs = stored_outputs(bar, slider, new_output("display_data", data=view))
    assert [output.data for output in outputs] == [{"text/plain": "slider", "text/html": "<p>"}]


def test_errors_keep_name_and_message_only():
    error = new_output("error", ename="ValueError", evalue="\x1b[1mbad", traceback=["File /home/me/x.py"])
    (stored,) = stored_outputs(error)
    assert (stored.evalue, stored.traceback) == ("bad", ["ValueError: bad"])


def test_counts_are_those_of_a_run_from_top_to_bottom():
    result = new_output("execute_result", data={"text/plain": "1"}, execution_count=7)
    messy = page(result, count=7)
    messy.cells.append(new_code_cell("y", id="y", execution_count=None))
    first, second = notebook.normalise(messy).cells
    assert (first.execution_count, first.outputs[0].execution_count, second.execution_count) == (1, 1, None)


def test_ids_are_kept_and_missing_ones_are_named_after_headings():
    cells = [new_markdown_cell("# Big Title!"), new_code_cell("x"), new_code_cell("y"), new_code_cell("z")]
    for cell, cell_id in zip(cells, [None, None, "big-title-1", "big-title-1"]):
        cell.pop("id")
        if cell_id:
            cell["id"] = cell_id
    page = new_notebook()
    page.cells = cells
    ids = [cell.id for cell in notebook.normalise(page).cells]
    assert ids == ["big-title-2", "big-title-3", "big-title-1", "big-title-4"]


def test_injected_parameters_are_dropped():
    assert notebook.normalise(page(tags=["injected-parameters"])).cells == []


def test_hash_covers_code_and_outputs_and_nothing_else():
    base = page(stream("stdout", "1"))
    same = page(stream("stdout", "1"), papermill={"duration": 2})
    same.cells.insert(0, new_markdown_cell("words"))
    same.cells.append(new_code_cell(notebook.BOOTSTRAP, metadata={"tags": ["bootstrap"]}, execution_count=2))
    assert notebook.content_hash(same) == notebook.content_hash(base)
    assert notebook.content_hash(page(stream("stdout", "2"))) != notebook.content_hash(base)
    assert notebook.content_hash(page(stream("stdout", "1"), source="y")) != notebook.content_hash(base)


def test_files_are_stable_text(tmp_path):
    path = tmp_path / "page.ipynb"
    notebook.write(page(stream("stdout", "é\n")), path)
    content = path.read_bytes()
    assert b"\r" not in content and content.endswith(b"}\n") and "é".encode() in content
    notebook.write(notebook.read(path), path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("address", ["", "https://github.com/owner/name"])
def test_a_page_becomes_a_script(address):
    stored = page(source="%time x = 1")
    stored.cells.insert(0, new_code_cell(notebook.bootstrap(address), id="bootstrap"))
    script, resources = PythonExporter().from_notebook_node(notebook.normalise(stored))
    compile(script, "script", "exec")
    compile(jupytext.writes(notebook.normalise(stored), fmt="py:percent"), "script", "exec")
    assert resources["output_extension"] == notebook.METADATA["language_info"]["file_extension"] == ".py"
    assert get_exporter(notebook.METADATA["language_info"]["nbconvert_exporter"]) is PythonExporter


def test_nbval_compares_stored_pages(tmp_path):
    """nbval skips cells without an execution count, so the stored form must have counts."""
    result = new_output("execute_result", data={"text/plain": "2"}, execution_count=1)
    error = new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=["x"])
    stored = page(result, source="1 + 1")
    stored.cells.append(
        new_code_cell("1 / 0", id="error", outputs=[error], execution_count=2, metadata={"tags": ["raises-exception"]})
    )
    stored.cells.append(new_code_cell("2 + 2", id="wrong", outputs=[result], execution_count=3))
    notebook.write(notebook.normalise(stored), tmp_path / "page.ipynb")
    plugin = ["-p", "nbval.plugin", "-p", "no:cacheprovider", "-c", os.devnull]
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", *plugin, "page.ipynb"]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    )
    assert "1 failed, 2 passed" in run.stdout, run.stdout + run.stderr
    assert "Cell 2" in run.stdout


def test_pages_come_in_the_order_of_the_toc(tmp_path):
    (tmp_path / "_toc.yml").write_text(
        "root: index\nparts:\n- chapters:\n  - file: chapters/b/index\n    sections:\n    - file: chapters/b/z\n"
        "    - file: chapters/b/a\n- caption: C\n  chapters:\n  - file: chapters/missing\n"
    )
    (tmp_path / "chapters/b/.ipynb_checkpoints").mkdir(parents=True)
    for name in ("a", "z", "extra", ".ipynb_checkpoints/a-checkpoint"):
        notebook.write(new_notebook(), tmp_path / f"chapters/b/{name}.ipynb")
    book = Book(tmp_path)
    assert [path.stem for path in book.pages] == ["z", "a"]
    assert [path.stem for path in book.notebooks] == ["z", "a", "extra"]
    assert book.find(["a", "chapters/b/z.ipynb"]) == [tmp_path / "chapters/b/a.ipynb", tmp_path / "chapters/b/z.ipynb"]
    with pytest.raises(SystemExit, match="no page is called b"):
        book.find(["b"])
