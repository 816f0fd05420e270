"""Tools that write pages and the configuration, and the comparison of definitions."""

import ast
import subprocess

import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook

from tools import definitions, new_page, notebook, screenshots, set_repository
from tools.book import ROOT, Book
from tools.lint import lint
from tools.page import Page

ADDRESS = "https://github.com/owner/name"
CONFIG = """\
title: Book  # stays
repository:
  url: ""  # none yet
  branch: main

launch_buttons:
  colab_url: ""
html:
  favicon: a.svg
sphinx:
  config:
    html_theme_options:
      use_repository_button: false  # until then
"""


TOC = """\
root: index
chapters:
  - file: chapters/part/index
  - file: chapters/other/index
    sections:
      - file: chapters/other/first
"""
ROAD = "words on the main road; it has 1000 to 2500: close side roads"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "_toc.yml").write_text(TOC)
    (tmp_path / "chapters").mkdir()
    return tmp_path


def test_a_new_page_lacks_only_what_its_author_must_write(root):
    assert new_page.main(["chapters/part/brand-new", "Brand new"], Book(root)) == 0
    messages = {finding.split(": ", 1)[1] for finding in lint(Book(root), root / "chapters/part/brand-new.ipynb")}
    unwritten = {message for message in messages if "TODO" in message}
    assert unwritten and {message for message in messages - unwritten if ROAD not in message} == {
        "cell 2 (imports): d2lbook_utils.figures.part has no brand_new",
        "code or outputs changed since the page was rendered: run make render PAGES=chapters/part/brand-new.ipynb",
    }


def test_a_new_page_has_three_files_and_its_line(root):
    for name in ("part/brand-new", "part/next", "other/second"):
        new_page.main([f"chapters/{name}", "New"], Book(root))
    for path in ("d2lbook_utils/figures/part/brand_new.py", "tests/pages/part/test_brand_new.py"):
        compile((root / path).read_text(), path, "exec")
    assert Book(root).listed == [
        "chapters/part/index",
        "chapters/part/brand-new",
        "chapters/part/next",
        "chapters/other/index",
        "chapters/other/first",
        "chapters/other/second",
    ]


@pytest.mark.parametrize("title", ['Say "softmax"', "Cost $5 and $(HOME)", "The `nn` module", r"A \alpha"])
def test_a_title_is_taken_as_typed(root, title):
    """From make's command line through the environment into the page, the drawings and the tests."""
    (root / "Makefile").write_text(
        (ROOT / "Makefile").read_text().partition(".DEFAULT_GOAL")[0] + "\nshow:\n\t@printenv NEW_TITLE\n"
    )
    made = subprocess.run(["make", "-s", "show", f"TITLE={title}"], cwd=root, capture_output=True, text=True)
    assert made.stdout == title + "\n"
    new_page.main(["chapters/part/page", title], Book(root))
    assert notebook.read(root / "chapters/part/page.ipynb").cells[0].source.startswith(f"# {title}\n")
    for path in ("d2lbook_utils/figures/part/page.py", "tests/pages/part/test_page.py"):
        assert title in ast.get_docstring(ast.parse((root / path).read_text()))


def test_a_new_page_needs_a_part(root):
    with pytest.raises(SystemExit, match="has no page of chapters/nowhere"):
        new_page.main(["chapters/nowhere/page", "Title"], Book(root))
    assert not (root / "chapters/nowhere").exists()


@pytest.mark.parametrize(
    "name", ["part/page", "chapters/page", "chapters/Part/page", "chapters/part/my_page", "../x/y"]
)
def test_a_new_page_needs_a_proper_name(root, name):
    with pytest.raises(SystemExit, match="is not like chapters/part/name-of-page"):
        new_page.main([name, "Title"], Book(root))


def test_a_new_page_does_not_overwrite(root):
    new_page.main(["chapters/part/page", "Title"], Book(root))
    with pytest.raises(SystemExit, match="exists"):
        new_page.main(["chapters/part/page.ipynb", "Other"], Book(root))


def test_the_address_is_stamped_everywhere_and_twice_is_once(root):
    new_page.main(["chapters/part/page", "Title"], Book(root))
    path = root / "chapters/part/page.ipynb"
    assert set_repository.main([ADDRESS + ".git/"], Book(root)) == 0
    config = (root / "_config.yml").read_text()
    assert yaml.safe_load(config) == {
        "title": "Book",
        "repository": {"url": ADDRESS, "branch": "main"},
        "launch_buttons": {"colab_url": "https://colab.research.google.com"},
        "html": {"favicon": "a.svg"},
        "sphinx": {"config": {"html_theme_options": {"use_repository_button": True}}},
    }
    assert [line.partition("#")[2] for line in config.splitlines()] == [
        line.partition("#")[2] for line in CONFIG.splitlines()
    ]
    assert f'repository = "{ADDRESS}"' in notebook.read(path).cells[1].source
    assert not any("bootstrap" in finding for finding in lint(Book(root), path) if "executed" not in finding)
    before = config, path.read_bytes()
    set_repository.main([ADDRESS], Book(root))
    assert ((root / "_config.yml").read_text(), path.read_bytes()) == before
    new_page.main(["chapters/part/next", "Title"], Book(root))
    assert ADDRESS in notebook.read(root / "chapters/part/next.ipynb").cells[1].source


def test_the_address_can_be_changed_and_missing_keys_are_added(root):
    (root / "_config.yml").write_text("title: Book\nhtml:\n    favicon: a.svg\n# end\n")
    set_repository.main([ADDRESS], Book(root))
    set_repository.main([ADDRESS + "2"], Book(root))
    assert yaml.safe_load((root / "_config.yml").read_text()) == {
        "title": "Book",
        "html": {"favicon": "a.svg", "use_repository_button": True},
        "repository": {"url": ADDRESS + "2"},
        "launch_buttons": {"colab_url": "https://colab.research.google.com"},
    }


def test_only_github_gets_a_colab_button(root):
    set_repository.main(["https://gitlab.com/owner/name"], Book(root))
    assert yaml.safe_load((root / "_config.yml").read_text())["launch_buttons"]["colab_url"] == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://github.com/a/b",
        "git@github.com:a/b",
        "github.com/a/b",
        "https://github.com",
        "https://user:word@github.com/a/b",
        'https://github.com/a/b"; x',
        "https://a.b/c/d?e",
        "https://github.com/me/books/tree/main",
        "https://github.com/me/books/blob/main/x.py",
    ],
)
def test_only_https_addresses_of_repositories(root, url):
    with pytest.raises(SystemExit, match="is not an address like"):
        set_repository.main([url], Book(root))
    assert (root / "_config.yml").read_text() == CONFIG


def test_a_config_that_cannot_be_edited_is_left_alone(root):
    (root / "_config.yml").write_text('repository: {url: ""}\n')
    with pytest.raises(SystemExit, match="over several lines"):
        set_repository.main([ADDRESS], Book(root))
    assert (root / "_config.yml").read_text() == 'repository: {url: ""}\n'


def test_data_pages_are_those_with_downloads(root):
    (root / "_toc.yml").write_text("root: index\nchapters:\n- file: chapters/with\n- file: chapters/without\n")
    for name, size in (("with", 31), ("without", 0)):
        metadata = {"book": {"budget": {"download_mb": size}}}
        notebook.write(new_notebook(metadata=metadata), root / f"chapters/{name}.ipynb")
    assert Book(root).data_pages == [root / "chapters/with.ipynb"]


PACKAGE = '''
def mean(values: list[float]) -> float:
    """The mean.

    Page: page
    """
    if not values:
        raise ValueError("mean of nothing")
    total: float = sum(values)
    return total / len(values)

class Timer:
    """Measures."""
    seconds: float
    def stop(self, *, at: int = 0):
        """Stop."""
        for part in self.parts:
            if part < 0:
                raise ValueError("negative")
            elif part > 9:
                raise ValueError("large")
def _private(): pass
'''
SAME = """
def mean(values):
    total = sum(values)
    return total / len(values)

class Timer:
    def stop(self, *, at=0):
        'Stops.'
"""


def written(root, source, package=PACKAGE):
    folder = root / "package"
    (folder / "figures").mkdir(parents=True)
    (folder / "module.py").write_text(package)
    (folder / "figures/page.py").write_text("def draw_it(): pass\n")
    (root / "_toc.yml").write_text("root: index\nchapters:\n- file: chapters/page\n")
    path = root / "chapters/page.ipynb"
    notebook.write(new_notebook(cells=[new_code_cell(source, id="code")]), path)
    public = definitions.public_definitions(folder)
    assert set(public) == {"mean", "Timer"}
    return Page(Book(root), path), public


def compare(root, source):
    return list(definitions.differences(*written(root, source)))


@pytest.mark.parametrize("source", [SAME, PACKAGE.replace("def _private", "def _other")])
def test_docstrings_annotations_and_guards_do_not_matter(root, source):
    page, public = written(root, source)
    assert list(definitions.differences(page, public)) == []
    assert list(definitions.not_taught(page.book, public)) == []


def test_a_guard_that_does_something_else_matters(root):
    assert compare(root, SAME.replace("    total", "    if not values:\n        values = [0]\n    total"))


@pytest.mark.parametrize(
    "source, package, message",
    [
        (SAME.replace("mean", "average"), PACKAGE, "module.py: mean: the page page does not define it"),
        ("def outer():\n    def mean(values): pass", PACKAGE, "module.py: mean: the page page does not define it"),
        (SAME, PACKAGE.replace("Page: page", "Page: gone"), "module.py: mean: there is no page gone"),
        (SAME.replace("/ len", "* len"), PACKAGE, "module.py: mean: the page page has another one"),
    ],
)
def test_a_page_that_lost_a_definition_is_noticed(root, source, package, message):
    page, public = written(root, source, package)
    (found,) = definitions.not_taught(page.book, public)
    assert found.splitlines()[0] == message


@pytest.mark.parametrize(
    "old, new",
    [
        ("/ len", "* len"),
        ("at=0", "at=1"),
        ("*, at", "at"),
        ("sum(values)", "sum(values, 1)"),
        ("class Timer:", "class Timer(dict):"),
    ],
)
def test_any_other_change_is_noticed(root, old, new):
    assert old in SAME
    (difference,) = compare(root, SAME.replace(old, new))
    assert difference.startswith("chapters/page.ipynb: cell 0: ")
    removed, added = ([line for line in difference.splitlines() if line.startswith(sign)][1] for sign in "-+")
    assert old.replace("class ", "") in removed and new.replace("class ", "") in added


def test_own_names_of_a_page_are_its_own_business(root):
    assert compare(root, "def median(values):\n    return 0") == []


def test_a_function_without_body_stays_a_function():
    node = ast.parse('def f():\n    """Nothing."""').body[0]
    assert definitions.bare(node) == "def f():\n    pass"


@pytest.mark.parametrize("name", ["part/page", "chapters/part/page", "chapters/part/page.ipynb"])
def test_screenshots_know_a_page_by_several_names(tmp_path, name):
    (tmp_path / "chapters/part").mkdir(parents=True)
    (tmp_path / "chapters/part/page.html").write_text("")
    assert screenshots.page_name(tmp_path, name) == "chapters/part/page"
    with pytest.raises(SystemExit, match="has no page part/other"):
        screenshots.page_name(tmp_path, "part/other")
