"""The built site, a web server for it and a browser, once for each worker.

The site is built once, or taken from $D2LBOOK_SITE (a folder of built HTML).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from site_browser import find_chromium, open_browser, serve

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "_ext"))


def build(out):
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        "-W",
        "-n",
        "--keep-going",
        "--path-output",
        str(out),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    problems = [line for line in lines if "WARNING" in line or "ERROR" in line] or lines[-30:]
    assert done.returncode == 0, "\n".join(["the site does not build:", *problems])


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site."""
    if os.environ.get("D2LBOOK_SITE"):
        return Path(os.environ["D2LBOOK_SITE"]).resolve()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out, done = shared / "site", shared / "site-is-built"
    with FileLock(shared / "site.lock"):
        if not done.exists():
            build(out)
            done.touch()
    return out / "_build" / "html"


@pytest.fixture(scope="session")
def address(site):
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    if find_chromium() is None:
        reason = "no Chromium on this machine: the site is not tested in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser
