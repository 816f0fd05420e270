"""Real files, a download or the stand-in: who wins, and what the reader sees."""

import gzip
import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from d2lbook_utils.data import (
    DownloadError,
    data_directory,
    data_source,
    download,
    downloads,
    locate,
)
from d2lbook_utils.data.registry import DATASETS, DataFile, DataSet, Download


REAL, STANDIN = b"real" * 1000, b"stand-in"
PACKED = gzip.compress(REAL)


def write_standin(root: Path) -> None:
    (root / "Tiny").mkdir(parents=True)
    (root / "Tiny" / "tiny.txt").write_bytes(STANDIN)


def find() -> Path:
    """Look the set up as a new process would."""
    locate._found.clear()
    return locate.locate("tiny", 1, write_standin)


def content() -> bytes:
    return (find() / "Tiny" / "tiny.txt").read_bytes()


@pytest.fixture
def server(file_server, monkeypatch, tmp_path):
    """A registered data set of one packed file, and a server that has it."""
    sha256 = hashlib.sha256(REAL).hexdigest()
    part = Download(
        urls=(file_server.url("/tiny.txt.gz"),),
        sha256=hashlib.sha256(PACKED).hexdigest(),
        files=(DataFile("Tiny/tiny.txt", sha256, len(REAL)),),
    )
    tiny = DataSet("Tiny", "https://example.org", "MIT", "Tiny", (part,))
    monkeypatch.setitem(DATASETS, "tiny", tiny)
    monkeypatch.setattr(downloads, "PAUSES", (0.0,))
    monkeypatch.setattr(locate, "_found", {})
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(locate, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.delenv("D2LBOOK_SOURCE", raising=False)
    file_server.files["/tiny.txt.gz"] = PACKED
    return file_server


def put_real(tmp_path, body=REAL):
    path = tmp_path / "data" / "Tiny" / "tiny.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(body)


def requests(server):
    return server.requests["/tiny.txt.gz"]


def test_data_directory(monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_DATA", "~/somewhere")
    assert data_directory() == Path.home() / "somewhere"
    monkeypatch.delenv("D2LBOOK_DATA")
    assert data_directory().is_absolute() and "d2lbook" in str(data_directory())
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path / "file"))
    with pytest.raises(ValueError, match="D2LBOOK_DATA=.*is a file"):
        data_directory()


def test_data_source(monkeypatch):
    monkeypatch.delenv("D2LBOOK_SOURCE", raising=False)
    assert data_source() == "auto"
    for source in ("auto", "real", "standin"):
        monkeypatch.setenv("D2LBOOK_SOURCE", source)
        assert data_source() == source
    monkeypatch.setenv("D2LBOOK_SOURCE", "fake")
    with pytest.raises(ValueError, match="'fake'.*auto, real, standin"):
        data_source()


def test_files_that_are_there_are_only_read(server, tmp_path, capfd):
    put_real(tmp_path)
    assert content() == REAL and requests(server) == 0
    assert os.listdir(tmp_path / "data") == ["Tiny"]
    assert os.listdir(tmp_path / "data" / "Tiny") == ["tiny.txt"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("source", ["auto", "real"])
def test_missing_files_are_downloaded(server, tmp_path, monkeypatch, capfd, source):
    monkeypatch.setenv("D2LBOOK_SOURCE", source)
    assert content() == REAL
    assert content() == REAL and requests(server) == 1
    assert [p for p in os.listdir(tmp_path / "data" / "Tiny") if p[0] != "."] == ["tiny.txt"]
    assert capfd.readouterr() == ("", "")


def test_corrupt_file_is_downloaded_again(server, tmp_path):
    put_real(tmp_path, REAL[:-1] + b"x")
    assert content() == REAL and requests(server) == 1


def test_corrupt_file_without_network(server, tmp_path, monkeypatch):
    put_real(tmp_path, b"corrupt")
    server.behaviour["/tiny.txt.gz"] = "status 404"
    assert content() == STANDIN
    monkeypatch.setenv("D2LBOOK_SOURCE", "real")
    with pytest.raises(DownloadError, match="Tiny: .*404.*D2LBOOK_SOURCE=real"):
        find()


def test_standin_is_announced_once(server, capfd):
    server.behaviour["/tiny.txt.gz"] = "status 404"
    locate.locate("tiny", 1, write_standin)
    locate.locate("tiny", 1, write_standin)
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Tiny: using the generated stand-in (")
    assert "status 404" in lines[0]


def test_failure_is_remembered(server, capfd):
    server.behaviour["/tiny.txt.gz"] = "status 404"
    assert content() == content() == STANDIN
    assert requests(server) == 1
    assert "404, tried at " in capfd.readouterr().err


def test_real_tries_in_spite_of_a_remembered_failure(server, monkeypatch):
    server.behaviour["/tiny.txt.gz"] = ["status 404", "status 404"]
    assert content() == STANDIN
    monkeypatch.setenv("D2LBOOK_SOURCE", "real")
    with pytest.raises(DownloadError):
        find()
    assert requests(server) == 2
    assert content() == REAL
    monkeypatch.delenv("D2LBOOK_SOURCE")
    assert content() == REAL and requests(server) == 3


def test_failure_is_forgotten_after_an_hour(server, tmp_path):
    server.behaviour["/tiny.txt.gz"] = ["status 404"]
    assert content() == STANDIN
    marker = tmp_path / "data" / ".tiny.download-failed"
    os.utime(marker, (time.time() - 3700,) * 2)
    assert content() == REAL and not marker.exists()


def test_explicit_download_tries_again(server, tmp_path):
    server.behaviour["/tiny.txt.gz"] = ["status 404"]
    find()
    assert download("tiny") == tmp_path / "data" / "Tiny"
    assert content() == REAL


def test_standin_mode_ignores_real_files_and_network(server, tmp_path, monkeypatch, capfd):
    put_real(tmp_path)
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    assert content() == STANDIN and requests(server) == 0
    assert "(D2LBOOK_SOURCE=standin)" in capfd.readouterr().err


def test_real_mode_without_network(server, monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_SOURCE", "real")
    server.behaviour["/tiny.txt.gz"] = "status 503"
    with pytest.raises(DownloadError, match="D2LBOOK_SOURCE=real allows no stand-in"):
        find()
    assert not (tmp_path / "data" / "standin").exists()


def test_standin_is_made_once(server, monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    made = []

    def write(root):
        made.append(root)
        write_standin(root)

    for version in (1, 1, 2):
        locate._found.clear()
        locate.locate("tiny", version, write)
    assert len(made) == 2
    assert (tmp_path / "data/standin/tiny-1/Tiny/tiny.txt").exists()


def test_standin_that_is_there_is_only_read(server, monkeypatch):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    root = find()
    monkeypatch.setattr(locate, "exclusive", None)  # calling it would fail
    assert find() == root


def test_two_at_once_make_the_standin_once(server):
    made = []

    def write(root):
        made.append(root)
        time.sleep(0.3)
        write_standin(root)

    with ThreadPoolExecutor() as pool:
        roots = list(pool.map(lambda _: locate._standin("tiny", 1, write), range(2)))
    assert len(made) == 1 and roots[0] == roots[1]


def test_standin_after_a_kill(server, monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    half = tmp_path / "data" / "standin" / ".tiny-1.part" / "Tiny"
    half.mkdir(parents=True)
    (half / "tiny.txt").write_bytes(b"ha")
    assert content() == STANDIN and not half.exists()
    assert find() == tmp_path / "data" / "standin" / "tiny-1"


def test_standin_with_a_file_missing_is_made_again(server, monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    (find() / "Tiny" / "tiny.txt").unlink()
    assert content() == STANDIN
    assert find() == tmp_path / "data" / "standin" / "tiny-1"


def test_data_directory_that_cannot_be_written(server, monkeypatch, tmp_path):
    """Root may write anywhere, so a path below a file stands for read-only."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path / "file" / "below"))
    assert content() == STANDIN and requests(server) == 0
    assert tmp_path in find().parents
    monkeypatch.setenv("D2LBOOK_SOURCE", "real")
    with pytest.raises(DownloadError, match="cannot write to"):
        find()


def test_no_place_at_all(server, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(locate, "_homes", lambda: [tmp_path / "file" / "below"])
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    with pytest.raises(DownloadError, match="Tiny: no place for the stand-in"):
        find()


def test_disk_that_fills_while_the_standin_is_written(server, monkeypatch, tmp_path):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")

    def write(root):
        write_standin(root)
        if tmp_path / "data" in root.parents:
            raise OSError(28, "No space left on device")

    root = locate.locate("tiny", 1, write)
    assert tmp_path / "data" not in root.parents
    assert (root / "Tiny" / "tiny.txt").read_bytes() == STANDIN
    assert not list((tmp_path / "data").rglob("tiny.txt"))


def test_importing_the_package_is_cheap():
    code = (
        "import sys, torch; before = set(sys.modules); import d2lbook_utils.data;"
        "heavy = {'torchvision', 'pooch', 'pandas', 'requests', 'filelock', 'PIL'};"
        "print(heavy & (set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "set()", run.stderr
