"""Tools that write pages and the configuration, and the comparison of definitions."""

import ast

import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook

from tools import data_pages, definitions, new_page, notebook, render, set_repository
from tools.book import Book
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


@pytest.fixture
def root(tmp_path):
    (tmp_path / "_config.yml").write_text(CONFIG)
    (tmp_path / "_toc.yml").write_text("root: index\n")
    (tmp_path / "chapters").mkdir()
    return tmp_path


def test_a_new_page_lacks_only_what_its_author_must_write(root):
    assert new_page.main(["chapters/part/brand-new", "Brand new"], Book(root)) == 0
    assert render.main([], Book(root)) == 0
    book = Book(root)
    path = root / "chapters/part/brand-new.ipynb"
    messages = {finding.split(": ", 1)[1] for finding in lint(book, path)}
    unwritten = {message for message in messages if message.endswith("has a TODO")}
    assert unwritten and messages - unwritten == {
        "_toc.yml does not list the page",
        "56 words outside the exercises; a page has 800 to 2500",
    }
    assert notebook.read(path).cells[0].source.startswith("# Brand new\n")


@pytest.mark.parametrize("name", ["part/page", "chapters/page", "chapters/Part/page", "chapters/part/my_page", "../x/y"])
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
        line.partition("#")[2] for line in CONFIG.splitlines()]
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
    set_repository.main(["https://gitlab.com/group/sub/name"], Book(root))
    assert yaml.safe_load((root / "_config.yml").read_text())["launch_buttons"]["colab_url"] == ""


@pytest.mark.parametrize("url", ["http://github.com/a/b", "git@github.com:a/b", "github.com/a/b", "https://github.com",
                                 "https://user:word@github.com/a/b", 'https://github.com/a/b"; x', "https://a.b/c/d?e"])
def test_only_https_addresses_of_repositories(root, url):
    with pytest.raises(SystemExit, match="is not an address like"):
        set_repository.main([url], Book(root))
    assert (root / "_config.yml").read_text() == CONFIG


def test_a_config_that_cannot_be_edited_is_left_alone(root):
    (root / "_config.yml").write_text('repository: {url: ""}\n')
    with pytest.raises(SystemExit, match="over several lines"):
        set_repository.main([ADDRESS], Book(root))
    assert (root / "_config.yml").read_text() == 'repository: {url: ""}\n'


def test_data_pages_are_those_with_downloads(root, capsys):
    for name, size in (("with", 31), ("without", 0)):
        metadata = {"book": {"budget": {"download_mb": size}}}
        notebook.write(new_notebook(metadata=metadata), root / f"chapters/{name}.ipynb")
    assert data_pages.main(Book(root)) == 0
    assert capsys.readouterr().out == "chapters/with.ipynb\n"


PACKAGE = '''
def mean(values: list[float]) -> float:
    """The mean."""
    total: float = sum(values)
    return total / len(values)

class Timer:
    """Measures."""
    seconds: float
    def stop(self, *, at: int = 0):
        """Stop."""
def _private(): pass
'''
SAME = """
def mean(values):
    total = sum(values)
    return total / len(values)

class Timer:
    def stop(self, *, at=0):
        'Stops.'
        pass
"""


def compare(root, source):
    package = root / "package"
    package.mkdir(exist_ok=True)
    (package / "module.py").write_text(PACKAGE.replace("    def stop(self, *, at: int = 0):\n        \"\"\"Stop.\"\"\"",
                                                       "    def stop(self, *, at: int = 0):\n        \"\"\"Stop.\"\"\"\n        pass"))
    (package / "figures").mkdir(exist_ok=True)
    (package / "figures/page.py").write_text("def draw_it(): pass\n")
    path = root / "chapters/page.ipynb"
    notebook.write(new_notebook(cells=[new_code_cell(source, id="code")]), path)
    public = definitions.public_definitions(package)
    assert set(public) == {"mean", "Timer"}
    return list(definitions.differences(Page(Book(root), path), public))


def test_docstrings_and_annotations_do_not_matter(root):
    assert compare(root, SAME) == []
    assert compare(root, PACKAGE.replace("def _private", "def _other").replace('"""Stop."""', "pass")) == []


@pytest.mark.parametrize("old, new", [("/ len", "* len"), ("at=0", "at=1"), ("*, at", "at"), ("sum(values)", "sum(values, 1)"),
                                      ("class Timer:", "class Timer(dict):")])
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
