"""Real files, a download or the stand-in: who wins, and what the reader sees."""

import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from d2lbook_utils import environment_report
from d2lbook_utils.data import (
    DownloadError,
    StorageError,
    data_directory,
    data_source,
    download,
    downloads,
    locate,
    registry,
    settings,
)
from d2lbook_utils.data.registry import DataFile, DataSet, Download

REAL, STANDIN = b"real" * 1000, b"stand-in"
PACKED = gzip.compress(REAL)


def find() -> Path:
    """Look the set up as a new process would."""
    locate._found.clear()
    return locate.locate("tiny")


def content() -> bytes:
    return (find() / "Tiny" / "tiny.txt").read_bytes()


@pytest.fixture
def tiny(file_server, add_dataset):
    """The stand-in of a data set of one packed file."""
    sha256 = hashlib.sha256(REAL).hexdigest()
    part = Download(
        urls=(file_server.url("/tiny.txt.gz"),),
        sha256=hashlib.sha256(PACKED).hexdigest(),
        files=(DataFile("Tiny/tiny.txt", sha256, len(REAL), ("tiny-text.txt",)),),
    )
    return add_dataset("tiny", DataSet("Tiny", "https://example.org", "MIT", "Tiny", (part,)))


@pytest.fixture
def server(file_server, tiny, monkeypatch, tmp_path):
    """The server that has the data set."""
    monkeypatch.setattr(downloads, "PAUSES", (0.0,))
    monkeypatch.setattr(locate, "_found", {})
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


def test_a_relative_data_directory_is_one_folder_for_all_parts(monkeypatch, tmp_path):
    part = tmp_path / "book" / "chapters" / "linear-networks"
    part.mkdir(parents=True)
    monkeypatch.setenv("D2LBOOK_DATA", "../my-data")
    monkeypatch.chdir(part)
    assert data_directory() == part.parent / "my-data"  # no book around it
    (tmp_path / "book" / "_toc.yml").write_text("")
    for folder in (part, part.parent, tmp_path / "book"):
        monkeypatch.chdir(folder)
        assert data_directory() == tmp_path / "my-data"
    assert settings._book_folder() == tmp_path / "book"


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
    locate.locate("tiny")
    locate.locate("tiny")
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Tiny: using the generated stand-in (")
    assert "status 404" in lines[0]


def test_failure_is_remembered(server, capfd):
    server.behaviour["/tiny.txt.gz"] = "status 404"
    assert content() == content() == STANDIN
    assert requests(server) == 1
    assert "404; tried at " in capfd.readouterr().err


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


@pytest.fixture
def made(tiny, monkeypatch):
    """The folders that the stand-in was written to."""
    folders, write = [], tiny.write
    monkeypatch.setattr(tiny, "write", lambda root: (folders.append(root), time.sleep(0.2), write(root)))
    return folders


def test_standin_is_made_once(server, monkeypatch, tmp_path, tiny, made):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    for version in (1, 1, 2):
        monkeypatch.setattr(tiny, "VERSION", version)
        find()
    assert len(made) == 2
    assert (tmp_path / "data/standin/tiny-1/Tiny/tiny.txt").exists()


def test_standin_that_is_there_is_only_read(server, monkeypatch):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    root = find()
    monkeypatch.setattr(locate, "exclusive", None)  # calling it would fail
    assert find() == root


def test_two_at_once_make_the_standin_once(server, made):
    with ThreadPoolExecutor() as pool:
        roots = list(pool.map(locate._standin, ["tiny", "tiny"]))
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
    with pytest.raises(StorageError, match="Tiny: cannot write to .*; D2LBOOK_SOURCE=real allows no stand-in"):
        find()


def test_no_place_at_all(server, monkeypatch, tmp_path, tiny):
    """Each place is named with its own reason."""
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(locate, "_homes", lambda: [tmp_path / "file" / "below", tmp_path / "full"])
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")

    def write(root):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tiny, "write", write)
    with pytest.raises(StorageError, match="Tiny: no place for the stand-in") as caught:
        find()
    first, second = str(caught.value).split("(", 1)[1].split("; ")
    assert first.startswith(f"{tmp_path / 'file' / 'below' / 'standin' / 'tiny-1'}: cannot write to ")
    assert second.startswith(f"{tmp_path / 'full' / 'standin' / 'tiny-1'}: ") and "No space left on device" in second


def test_disk_that_fills_while_the_standin_is_written(server, monkeypatch, tmp_path, tiny):
    monkeypatch.setenv("D2LBOOK_SOURCE", "standin")
    write = tiny.write

    def write_and_fail(root):
        write(root)
        if tmp_path / "data" in root.parents:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tiny, "write", write_and_fail)
    root = find()
    assert tmp_path / "data" not in root.parents
    assert (root / "Tiny" / "tiny.txt").read_bytes() == STANDIN
    assert not list((tmp_path / "data").rglob("tiny.txt"))


def test_homes(monkeypatch, tmp_path):
    """The data directory comes first, and the last resort belongs to this user alone."""
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path))
    first, second, third = locate._homes()
    assert first == tmp_path and second == settings.user_cache() and third.name.startswith("d2lbook-")


def test_a_new_set_is_found_without_being_listed(server, capsys, tmp_path):
    assert "tiny" in registry.names()
    assert list(registry.names()) == sorted(registry.names())
    assert download("tiny") == tmp_path / "data" / "Tiny"
    with pytest.raises(ValueError, match="data sets airfoil, fashion-mnist, house-prices, tiny$"):
        download("tinny")
    environment_report()
    assert "ok   Tiny               the real files are here" in capsys.readouterr().out


def test_every_set_has_its_three_parts():
    for name in registry.names():
        assert isinstance(registry.find(name), DataSet)
        assert isinstance(registry.standin(name).VERSION, int) and callable(registry.standin(name).write)
        assert Path(__file__).with_name(f"test_{name.replace('-', '_')}.py").exists()


def test_names_are_found_without_importing_the_sets():
    code = (
        "import sys; from d2lbook_utils.data import registry;"
        "print(*registry.names()); print([m for m in sys.modules if 'standins.' in m])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.splitlines() == ["airfoil fashion-mnist house-prices", "[]"], run.stderr


@pytest.mark.parametrize("name", ["Tiny/tiny.txt", "tiny-text.txt"])
@pytest.mark.parametrize("theirs, ours", [(b"\n", b"\n"), (b"\r\n", b"\n"), (b"\n", b"\r\n")])
def test_a_copy_with_another_name_or_other_line_ends_is_taken(
    file_server, add_dataset, monkeypatch, tmp_path, capfd, name, theirs, ours
):
    lines = [b"a,b", b"1,2", b""]
    right, copy = ours.join(lines), tmp_path / name
    sha256 = hashlib.sha256(right).hexdigest()
    file = DataFile("Tiny/tiny.txt", sha256, len(right), ("tiny-text.txt",))
    part = Download((file_server.url("/gone.txt"),), sha256, (file,))
    add_dataset("tiny", DataSet("Tiny", "https://example.org", "MIT", "Tiny", (part,)))
    monkeypatch.setattr(locate, "_found", {})
    monkeypatch.setenv("D2LBOOK_DATA", str(tmp_path))
    monkeypatch.delenv("D2LBOOK_SOURCE", raising=False)
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(theirs.join(lines))
    assert find() == tmp_path and not file_server.requests
    assert (tmp_path / "Tiny" / "tiny.txt").read_bytes() == right and capfd.readouterr().err == ""
    assert copy.exists() and not [p for p in os.listdir(tmp_path / "Tiny") if p.endswith((".copy", ".part"))]


def test_a_copy_with_other_content_is_named(server, tmp_path, capfd):
    put_real(tmp_path, b"damaged")
    (tmp_path / "data" / "tiny-text.txt").write_bytes(b"of another competition")
    server.behaviour["/tiny.txt.gz"] = "status 404"
    assert content() == STANDIN
    message = capfd.readouterr().err
    assert "Tiny/tiny.txt is there, but with other content; tiny-text.txt is there, but with other content)" in message
    assert content() == STANDIN  # and the next page says so too
    assert "tiny-text.txt is there, but with other content; tried at " in capfd.readouterr().err


def test_a_copy_is_taken_in_spite_of_a_remembered_failure(server, tmp_path):
    server.behaviour["/tiny.txt.gz"] = "status 404"
    assert content() == STANDIN
    (tmp_path / "data" / "tiny-text.txt").write_bytes(REAL)
    assert content() == REAL and requests(server) == 1


CLOSED = """
import os, sys
import torch, pandas, pooch, filelock, requests, tqdm, torchvision
from d2lbook_utils import environment_report, load_airfoil
from d2lbook_utils.data import downloads, locate
from d2lbook_utils.data.standins import airfoil
from pathlib import Path
locate.user_cache = lambda: Path(sys.argv[1])
if os.getuid() == 0:  # the superuser may read everything
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
for os.environ["D2LBOOK_DATA"] in sys.argv[2:]:
    print(len(load_airfoil()))
    environment_report()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders are closed in another way there")
def test_a_data_folder_that_may_not_be_read(monkeypatch):
    """One line and the stand-in, and the report says what to repair."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cache = Path(folder, "cache")
        cache.mkdir()
        cache.chmod(0o777)
        homes = [Path(folder, name) for name in ("all", "set", "file")]
        closed = [homes[0], homes[1] / "airfoil", homes[2] / "airfoil" / "airfoil_self_noise.dat"]
        for home, path in zip(homes, closed, strict=True):
            (home / "airfoil").mkdir(parents=True)
            (home / "airfoil" / "airfoil_self_noise.dat").write_bytes(b"")
            path.chmod(0)
        monkeypatch.setenv("MPLCONFIGDIR", str(cache))
        monkeypatch.delenv("D2LBOOK_SOURCE", raising=False)
        command = [sys.executable, "-c", CLOSED, *map(str, [cache, *homes])]
        run = subprocess.run(command, capture_output=True, text=True)
        for path in closed:
            path.chmod(0o755)
    assert run.returncode == 0, run.stderr
    announced = [line for line in run.stderr.splitlines() if "Airfoil" in line]
    assert len(announced) == 3
    assert all(line.startswith("Airfoil self-noise: using the generated stand-in (cannot read ") for line in announced)
    assert all(line.endswith(" (Permission denied))") for line in announced)
    faults = [line for line in run.stdout.splitlines() if line.startswith(("1503", "FIX"))]
    first = [line for line in faults if str(homes[0]) in line]
    assert faults.count("1503") == 3 and any("data directory" in line and "may not be read" in line for line in first)
    for home in homes:
        assert any("Airfoil" in line and f"cannot read {home}" in line for line in faults)
    assert sum("data directory" in line for line in faults) == 1


def test_importing_the_package_is_cheap():
    code = (
        "import sys, torch; before = set(sys.modules); import d2lbook_utils.data;"
        "heavy = {'torchvision', 'pooch', 'pandas', 'requests', 'filelock', 'PIL'};"
        "print(heavy & (set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "set()", run.stderr
