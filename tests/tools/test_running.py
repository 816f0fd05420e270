"""Rendering and executing tiny pages in real kernels; the tests' own commands."""

import base64
import io
import os
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image
from site_browser import find_chromium

from tools import check, floors, notebook, pictures, run, soak, stamps
from tools.book import ROOT, Book
from tools.page import Page

BUDGET = {"seconds": 30, "memory_mb": 500, "download_mb": 0}
RENDERABLE = [
    "import os, sys, warnings",
    "print(*[os.environ[f'{name}'] for name in ('OMP_NUM_THREADS', 'D2LBOOK_STRICT', 'NO_COLOR')],\n"
    "      os.path.basename(os.getcwd()), file=sys.stderr)",
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
    assert run.main(["render", "tiny"], book) == 0
    assert "chapters/part/tiny.ipynb: " in capsys.readouterr().out
    first = path.read_bytes()
    page = notebook.read(path)
    assert page.metadata.book.rendered == notebook.content_hash(page)
    assert page.metadata.book.drawn == stamps.drawn(Page(book, path))
    assert page.metadata.book.minutes == 5
    assert page.cells[1].outputs[0].text == "1 1 1 part\n"
    assert page.cells[2].outputs[0].data["text/plain"] == "{'b': 1, 'a': {1, 3}}"
    assert page.cells[3].outputs[0].traceback == ["ZeroDivisionError: division by zero"]
    assert page.cells[4].outputs[0].data["text/plain"] == "'last'"
    assert run.main(["render", str(path)], book) == 0
    assert path.read_bytes() == first
    assert [file.name for file in path.parent.iterdir()] == ["tiny.ipynb"]


@pytest.mark.parametrize(
    "sources, budget, message",
    [
        (["x = 1", "x / 0"], BUDGET, "cell 1 (cell-1): ZeroDivisionError: division by zero"),
        (["import os", "os._exit(1)"], BUDGET, "cell 1 (cell-1): DeadKernelError"),
        (["sum(range(10**8))"], {**BUDGET, "seconds": 1}, "over budget: "),
        (["import time; x = b'x' * 300_000_000; time.sleep(0.5)"], {**BUDGET, "memory_mb": 300}, "over budget: "),
        (["print('x' * 1_600_000)"], BUDGET, "a page may have 1.5 MB"),
        (["1"], {}, "no book.budget"),
    ],
)
def test_a_page_that_fails_or_costs_too_much_is_not_stored(book, capsys, sources, budget, message):
    path = add(book, "tiny", sources, budget)
    before = path.read_bytes()
    assert run.main(["render", "--jobs", "1"], book) == 1
    assert path.read_bytes() == before
    out = capsys.readouterr().out
    assert "NOT STORED" in out and message in out


def test_the_kernel_draws_inline_whatever_the_shell_says(book, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    path = add(book, "tiny", ["import matplotlib; matplotlib.get_backend()"])
    assert run.main(["render", "--jobs", "1"], book) == 0
    assert "inline" in notebook.read(path).cells[0].outputs[0].data["text/plain"]


def test_execute_sums_up_and_names_the_failing_cell(book, capsys):
    good = add(book, "good", ["number = 1", "print(number)"], {**BUDGET, "seconds": 0.1}, tags=[(0, "parameters")])
    add(book, "bad", ["number = 1  # a", "1 / (number - 5)", "print('never')"], tags=[(0, "parameters")])
    add(book, "slow", ["sum(range(10**8))"], {**BUDGET, "seconds": 1})
    (book.root / "profiles/full.yml").write_text("good: {number: 42}\nbad: {number: 5}\n")
    before = good.read_bytes()
    assert run.main(["execute", "--profile", "full", "--jobs", "2"], book) == 1
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
    assert run.main(["execute", "good", "--output", str(tmp_path / "out")], book) == 0
    executed = notebook.read(tmp_path / "out/chapters/part/good.ipynb")
    assert executed.cells[-1].outputs[0].text == "1\n"


@pytest.mark.parametrize(
    "profile, message",
    [
        ("good: {nummer: 42}", "full.yml: page good has no parameter nummer; it has number, rate"),
        ("god: {number: 42}", "full.yml: there is no page god"),
        ("good: 42", "full.yml: good must map parameters to values"),
    ],
)
def test_unknown_parameters_are_reported_before_anything_runs(book, profile, message):
    add(book, "good", ["number = 1\nrate = 0.1"], tags=[(0, "parameters")])
    (book.root / "profiles/full.yml").write_text(profile)
    with pytest.raises(SystemExit) as error:
        run.main(["execute", "--profile", "full"], book)
    assert str(error.value) == message
    assert not (book.root / "_build").exists()


def test_unknown_profile(book):
    with pytest.raises(SystemExit, match="there is no profile huge"):
        run.main(["execute", "--profile", "huge"], book)


def test_a_claim_that_fails_with_other_parameters_is_counted(book, capsys):
    strict = "import os\nif number > 1 and os.environ['D2LBOOK_STRICT']:\n    raise ValueError('strict')"
    add(book, "good", ["number = 1", strict, "print('not so here: it is one')"], tags=[(0, "parameters")])
    (book.root / "profiles/full.yml").write_text("good: {number: 42}\n")
    assert run.main(["execute", "--profile", "full"], book) == 0
    assert "ok, 1 claims do not hold here" in capsys.readouterr().out


# --- stamps


DRAWING = """\
from d2lbook_utils.figures import diagram
from ..diagram import boxes

def curve(values):
    diagram.axes(xlabel="step")
"""


@pytest.fixture
def drawn(tmp_path):
    """The fingerprint of a page with a drawing, after a file of the package was changed."""
    package = tmp_path / "d2lbook_utils"
    (package / "figures/part").mkdir(parents=True)
    files = {
        "figures/part/page.py": DRAWING,
        "figures/diagram.py": "def axes(**labels): pass",
        "plotting.py": "a = 1",
        "_display.py": "b = 1",
        "animator.py": "c = 1",
        "book.mplstyle": "font.size: 9",
        "training.py": "d = 1",
        "figures/part/other.py": "e = 1",
    }

    def fingerprint(source="", **changes):
        for name, text in {**files, **changes}.items():
            (package / name).write_text(text)
        path = tmp_path / "page.ipynb"
        source = "from d2lbook_utils.figures.part import page as draw\n" + source
        notebook.write(new_notebook(cells=[new_code_cell(source, id="code")]), path)
        return stamps.drawn(Page(Book(tmp_path), path))

    return fingerprint


def test_every_version_of_python_gives_one_fingerprint(drawn):
    assert drawn(**{"figures/part/page.py": DRAWING}) == "24cf4985d238fa49"


@pytest.mark.parametrize("name", ["figures/part/page.py", "figures/diagram.py", "plotting.py", "_display.py"])
def test_a_changed_drawing_makes_its_page_stale(drawn, name):
    assert drawn(**{name: DRAWING.replace("step", "WRONG")}) != drawn()


def test_the_style_makes_pages_stale_and_the_board_those_that_have_one(drawn):
    assert drawn(**{"book.mplstyle": "font.size: 10"}) != drawn()
    assert drawn(**{"animator.py": "c = 2"}) == drawn()
    assert drawn("Animator()", **{"animator.py": "c = 2"}) != drawn("Animator()")


@pytest.mark.parametrize(
    "name, text",
    [
        (
            "figures/part/page.py",
            DRAWING.replace("values):", 'values):\n    """Draw."""').replace("(xlabel", "(  xlabel") + "# end",
        ),
        ("training.py", "d = 2"),
        ("figures/part/other.py", "e = 2"),
    ],
)
def test_words_layout_and_other_modules_do_not(drawn, name, text):
    assert drawn(**{name: text}) == drawn()


def test_only_stale_pages_are_rendered(book, capsys):
    for name in ("fresh", "stale"):
        add(book, name, ["print(1)"])
    assert run.main(["render", "--jobs", "1"], book) == 0
    page = notebook.read(book.root / "chapters/part/stale.ipynb")
    page.cells[0].source = "print(2)"
    notebook.write(page, book.root / "chapters/part/stale.ipynb")
    capsys.readouterr()
    assert run.main(["render", "--jobs", "1"], Book(book.root)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 of 2 pages are stale" and lines[1].startswith("chapters/part/stale.ipynb: ")


# --- pictures


def encoded(pixels, kind="PNG", **options):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return base64.b64encode(buffer.getvalue()).decode()


def picture_page(still, frame):
    html = f'<img src="data:image/png;base64,{frame}">'
    outputs = [
        new_output("display_data", data={"image/png": still}),
        new_output("display_data", data={"text/html": html}),
    ]
    return new_notebook(cells=[new_code_cell("draw()", id="code", outputs=outputs)])


def test_unchanged_pictures_keep_their_bytes_and_changed_ones_do_not():
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 4, (20, 30, 3), dtype=np.uint8) * 80
    other = 255 - pixels
    stored = picture_page(pictures.palettised(encoded(pixels)), encoded(pixels, compress_level=9))
    same, new = (
        picture_page(encoded(pixels), encoded(pixels, compress_level=0)),
        picture_page(encoded(other), encoded(other)),
    )
    assert pictures.store(same, stored) == 0 and same == stored
    assert pictures.store(new, stored) == 2 and new != stored
    assert pictures.store(picture_page(encoded(pixels), encoded(pixels)), new_notebook()) == 2


def test_a_frame_in_another_format_is_stored_anew():
    pixels = np.zeros((20, 30, 3), dtype=np.uint8)
    webp = encoded(pixels, "WEBP", lossless=True)
    page = picture_page(encoded(pixels), webp)
    assert pictures.store(page, picture_page(encoded(pixels), encoded(pixels))) == 1
    assert webp in page.cells[0].outputs[1].data["text/html"]


def test_pictures_are_palettised():
    figure = Figure(figsize=(4, 3))
    figure.subplots().plot(np.sin(np.arange(50)), label="sine")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    small = base64.b64decode(pictures.palettised(base64.b64encode(buffer.getvalue()).decode()))
    before, after = (
        np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=int) for data in (buffer.getvalue(), small)
    )
    assert len(small) < 0.7 * len(buffer.getvalue())
    assert abs(before - after).mean() < 1
    transparent = encoded(np.zeros((4, 4, 4), dtype=np.uint8))
    assert pictures.palettised(transparent) == transparent


# --- soak


def test_soak_notices_cells_that_stop(book):
    sources = [
        "epochs = 2\nrate = 0.5\nsize = 8",
        "total = 1",
        "values = [rate] * epochs",
        "values.pop()\nvalues[0]",
        "import os\nassert not os.environ.get('D2LBOOK_SOURCE')",
    ]
    path = add(book, "page", sources, tags=[(0, "parameters")])
    assert soak.turned(Page(book, path)) == {"epochs": 1, "rate": 5.0}
    runs = soak.soak(path, root=book.root)
    assert "(cell-3-again): IndexError" in runs["twice"].failure
    assert "IndexError" in runs["knobs"].failure
    assert "AssertionError" in runs["stand-in"].failure


def test_every_cell_is_doubled():
    page = new_notebook(cells=[new_code_cell("x = [1, 2]", id="x"), new_code_cell("x.pop()", id="pop")])
    assert [cell.source for cell in soak.twice(page).cells] == ["x = [1, 2]"] * 2 + ["x.pop()"] * 2


SLIDER = """<figure class="explore"><img data-value="1"><img data-value="2" hidden="hidden"><input type="range" max="1">
<script>(() => {
  const figure = document.currentScript.parentElement, frames = figure.querySelectorAll("img");
  const input = figure.querySelector("input");
  input.addEventListener("input", () => frames.forEach((frame, i) => { frame.hidden = i !== +input.value; }));
})();</script></figure>"""


@pytest.mark.skipif(find_chromium() is None, reason="needs Chromium")
def test_sliders_are_moved():
    def page(html, **more):
        return new_notebook(
            cells=[new_code_cell("", outputs=[new_output("display_data", data={"text/html": html, **more})])]
        )

    live = {f"{notebook.WIDGET}view+json": {}}
    pages = [
        page(SLIDER),
        page(SLIDER + SLIDER.replace("i !== +input.value", "false")),
        page(SLIDER, **live),
        new_notebook(),
    ]
    assert soak.slider_faults(pages) == [
        [],
        ["slider 2, position 1", "slider 2, position 2"],
        ["a slider draws anew when it is moved"],
        [],
    ]


# --- check


@pytest.mark.parametrize(
    "what, part, expected",
    [
        ("helper", None, "tests --ignore=tests/site"),
        ("pages", None, "chapters"),
        ("pages", "part", "chapters/part"),
        ("standin", None, "chapters/part/with.ipynb"),
        ("site", None, "tests/site"),
    ],
)
def test_commands_of_the_tests(book, what, part, expected):
    (book.root / "_toc.yml").write_text(
        "root: index\nchapters:\n- file: chapters/part/with\n- file: chapters/part/none\n"
    )
    add(book, "with", ["1"], {**BUDGET, "download_mb": 3})
    add(book, "none", ["1"])
    ((command, environment),) = check.commands(what, part, Book(book.root))
    assert " ".join(command).endswith(expected)
    assert ("--nbval" in command) == (what in ("pages", "standin"))
    assert ("loadgroup" if what == "site" else "loadfile") in command
    assert environment == (check.NO_NETWORK if what == "standin" else {})


def test_unknown_part(book):
    with pytest.raises(SystemExit, match="there is no part nowhere"):
        list(check.commands("pages", "nowhere", book))


def test_floors_are_those_of_the_project():
    lines = floors.floors((ROOT / "pyproject.toml").read_text())
    assert "torch==2.6.*" in lines and "jupyter-book==1.0.4" in lines
    assert not any(line.startswith("setuptools") for line in lines)


PROJECT = ("conftest.py", "pyproject.toml", "tests/nbval-sanitize.cfg")


@pytest.mark.parametrize("folder", [".", "chapters/part"])
def test_nbval_runs_every_page_from_the_root_and_from_below(tmp_path, folder):
    """Frames differ and are sanitised, claims are strict, a wrong output is found."""
    for name in PROJECT:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    frame = "from IPython.display import HTML\nHTML('<img src=\"data:image/webp;base64,AAAA\">')"
    html = new_output(
        "execute_result",
        execution_count=1,
        data={
            "text/html": '<img src="data:image/png;base64,BBBB">',
            "text/plain": "<IPython.core.display.HTML object>",
        },
    )
    strict = "import os\nprint(os.environ['D2LBOOK_STRICT'], os.environ['OMP_NUM_THREADS'], os.environ['NO_COLOR'])"
    cells = [
        new_code_cell(frame, id="a", execution_count=1, outputs=[html]),
        new_code_cell(strict, id="b", execution_count=2, outputs=[new_output("stream", text="1 1 1\n")]),
        new_code_cell("print(3)", id="c", execution_count=3, outputs=[new_output("stream", text="4\n")]),
    ]
    (tmp_path / "chapters/part").mkdir(parents=True)
    notebook.write(new_notebook(cells=cells), tmp_path / "chapters/part/page.ipynb")
    environment = {key: value for key, value in os.environ.items() if key not in run.STRICT}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path / folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert "1 failed, 2 passed" in result.stdout, result.stdout + result.stderr
