"""Downloads against a local server that misbehaves in every way we know."""

import errno
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pooch
import pytest
import requests
from http_server import FileServer

from d2lbook_utils.data import DownloadError, StorageError, data_directory, download, registry, storage
from d2lbook_utils.data import downloads as machinery

BODY = bytes(range(256)) * 400  # 100 kB
SHA256 = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def server(file_server, monkeypatch):
    monkeypatch.setattr(machinery, "PAUSES", (0.0, 0.0, 0.0))
    file_server.files["/set.bin"] = BODY
    return file_server


def fetch(server, directory, path="/set.bin", sha256=SHA256):
    return download(server.url(path), sha256=sha256, directory=directory)


def visible(directory: Path) -> list[str]:
    """Names in a directory, lock files left out."""
    return sorted(p.name for p in directory.iterdir() if p.suffix != ".lock")


def test_right_file(server, tmp_path):
    path = fetch(server, tmp_path / "new")
    assert path == tmp_path / "new" / "set.bin" and path.read_bytes() == BODY
    assert visible(path.parent) == ["set.bin"]


def test_a_file_that_is_there_is_not_fetched_again(server, tmp_path):
    fetch(server, tmp_path)
    fetch(server, tmp_path)
    assert server.requests["/set.bin"] == 1


def test_wrong_hash(server, tmp_path):
    with pytest.raises(DownloadError, match="SHA-256"):
        fetch(server, tmp_path, sha256="0" * 64)
    assert visible(tmp_path) == [] and server.requests["/set.bin"] == 1


def test_corrupt_file_is_replaced(server, tmp_path):
    (tmp_path / "set.bin").write_bytes(BODY[:-1] + b"x")
    assert fetch(server, tmp_path).read_bytes() == BODY


def test_corrupt_file_stays_if_it_cannot_be_replaced(server, tmp_path):
    (tmp_path / "set.bin").write_bytes(b"x")
    server.behaviour["/set.bin"] = "status 404"
    with pytest.raises(DownloadError, match="404"):
        fetch(server, tmp_path)
    assert (tmp_path / "set.bin").read_bytes() == b"x"


def test_truncated_once_is_retried(server, tmp_path):
    server.behaviour["/set.bin"] = ["truncate"]
    assert fetch(server, tmp_path).read_bytes() == BODY
    assert server.requests["/set.bin"] == 2


def test_always_truncated(server, tmp_path):
    server.behaviour["/set.bin"] = "truncate"
    with pytest.raises(DownloadError, match="broke off|SHA-256"):
        fetch(server, tmp_path)
    assert visible(tmp_path) == [] and server.requests["/set.bin"] == 3


@pytest.mark.parametrize("status, tries", [(404, 1), (403, 1), (503, 3), (429, 3)])
def test_error_status(server, tmp_path, status, tries):
    server.behaviour["/set.bin"] = f"status {status}"
    with pytest.raises(DownloadError, match=f"status {status}"):
        fetch(server, tmp_path)
    assert server.requests["/set.bin"] == tries and visible(tmp_path) == []


def test_server_that_recovers(server, tmp_path):
    server.behaviour["/set.bin"] = ["status 503", "status 503"]
    assert fetch(server, tmp_path).read_bytes() == BODY


def test_no_answer(server, tmp_path, monkeypatch):
    monkeypatch.setattr(machinery, "READ_TIMEOUT", 0.2)
    server.behaviour["/set.bin"] = "hang"
    with pytest.raises(DownloadError, match="no answer in time"):
        fetch(server, tmp_path)
    assert server.requests["/set.bin"] == 1 and visible(tmp_path) == []


def test_silence_half_way(server, tmp_path, monkeypatch):
    monkeypatch.setattr(machinery, "READ_TIMEOUT", 0.2)
    server.behaviour["/set.bin"] = "stall"
    with pytest.raises(DownloadError, match="no answer in time"):
        fetch(server, tmp_path)
    assert server.requests["/set.bin"] == 1 and visible(tmp_path) == []


def test_time_limits_are_given_to_the_downloader(server, tmp_path, monkeypatch):
    limits = []

    def note(self, *arguments):
        limits.append(self.kwargs["timeout"])
        raise requests.ConnectTimeout("slow")

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", note)
    with pytest.raises(DownloadError, match="no answer in time"):
        fetch(server, tmp_path)
    assert limits == [(machinery.CONNECT_TIMEOUT, machinery.READ_TIMEOUT)]


def test_a_slow_file_has_a_progress_bar_and_a_quick_one_has_none(server, tmp_path, capfd):
    fetch(server, tmp_path / "quick")
    assert capfd.readouterr().err == ""
    server.behaviour["/set.bin"], server.drip_seconds = "drip", 0.03
    assert fetch(server, tmp_path / "slow").read_bytes() == BODY
    shown = capfd.readouterr().err
    assert "set.bin: 100%" in shown and "102k/102k" in shown


@pytest.mark.parametrize(
    "target, kind", [("/set.bin", "TooManyRedirects"), ("ftp://127.0.0.1/set.bin", "InvalidSchema")]
)
def test_other_errors_are_named_by_their_kind(server, tmp_path, target, kind):
    server.behaviour["/set.bin"] = f"redirect {target}"
    with pytest.raises(DownloadError, match=f"127.0.0.1: {kind}"):
        fetch(server, tmp_path)
    assert server.requests["/set.bin"] == (31 if kind == "TooManyRedirects" else 1)


@pytest.fixture
def secure_server():
    server = FileServer(secure=True)
    server.files["/set.bin"] = BODY
    yield server
    server.close()


def test_a_certificate_that_nobody_trusts(secure_server, tmp_path, monkeypatch):
    monkeypatch.setattr(machinery, "PAUSES", (0.0, 0.0, 0.0))
    with pytest.raises(
        DownloadError, match=r"certificate is not trusted \(self.signed certificate\); REQUESTS_CA_BUNDLE"
    ):
        fetch(secure_server, tmp_path)
    assert secure_server.connections == 1 and visible(tmp_path) == []


def test_a_certificate_that_the_reader_trusts(secure_server, tmp_path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(Path(__file__).parents[2] / "support" / "self-signed.pem"))
    assert fetch(secure_server, tmp_path).read_bytes() == BODY


@pytest.mark.parametrize(
    "status, tries, words",
    [
        (407, 1, "the proxy 127.0.0.1:[0-9]+ refuses, it asks for a user name and password"),
        (403, 1, "the proxy 127.0.0.1:[0-9]+: status 403"),
        (503, 3, "the proxy 127.0.0.1:[0-9]+: status 503"),
    ],
)
def test_a_proxy_that_refuses(server, tmp_path, monkeypatch, status, tries, words):
    server.behaviour["example.org:443"] = f"status {status}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@{server.host}/")
    with pytest.raises(DownloadError, match=f"example.org: {words}") as caught:
        download("https://example.org/set.bin", sha256=SHA256, directory=tmp_path)
    assert server.requests == {"example.org:443": tries} and "secret" not in str(caught.value)


def test_a_proxy_that_refuses_an_unencrypted_address(server, tmp_path, monkeypatch):
    server.behaviour["http://localhost/set.bin"] = "status 407"
    monkeypatch.setenv("HTTP_PROXY", f"http://{server.host}")
    with pytest.raises(DownloadError, match=f"localhost: the proxy {server.host} refuses"):
        download("http://localhost/set.bin", sha256=SHA256, directory=tmp_path)
    assert server.requests == {"http://localhost/set.bin": 1}


def test_a_proxy_that_is_away(tmp_path, monkeypatch):
    monkeypatch.setattr(machinery, "PAUSES", (0.0, 0.0))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match="example.org: no connection to the proxy 127.0.0.1:9"):
        download("https://example.org/set.bin", sha256=SHA256, directory=tmp_path)


def test_nobody_listens(tmp_path, monkeypatch):
    monkeypatch.setattr(machinery, "PAUSES", (0.0, 0.0))
    with pytest.raises(DownloadError, match="no connection"):
        download("http://127.0.0.1:9/set.bin", sha256=SHA256, directory=tmp_path)


CHILD = """
import sys
from d2lbook_utils.data import download
print("started", flush=True)
print(download(sys.argv[1], sha256=sys.argv[2], directory=sys.argv[3]))
"""


def start_child(server, directory):
    command = [sys.executable, "-c", CHILD]
    arguments = [server.url("/set.bin"), SHA256, str(directory)]
    return subprocess.Popen(command + arguments, stdout=subprocess.PIPE, text=True)


def test_killed_half_way(server, tmp_path):
    server.behaviour["/set.bin"] = ["drip"]
    child = start_child(server, tmp_path)
    part = tmp_path / ".set.bin.part"
    deadline = time.monotonic() + 60
    while not any(p.stat().st_size for p in part.glob("*")):
        assert time.monotonic() < deadline and child.poll() is None
        time.sleep(0.02)
    child.kill()
    child.wait()
    assert part.exists() and not (tmp_path / "set.bin").exists()
    assert fetch(server, tmp_path).read_bytes() == BODY
    assert visible(tmp_path) == ["set.bin"]


def test_two_processes_at_once(server, tmp_path):
    server.behaviour["/set.bin"], server.drip_seconds = "drip", 0.01
    children = [start_child(server, tmp_path) for _ in range(2)]
    for child in children:
        assert child.wait(timeout=60) == 0
    assert server.requests["/set.bin"] == 1
    assert (tmp_path / "set.bin").read_bytes() == BODY


def test_lock_that_is_never_released(server, tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "LOCK_TIMEOUT", 0.1)
    with storage.exclusive(tmp_path / "set.bin"), pytest.raises(StorageError, match="another process"):
        fetch(server, tmp_path)


def test_full_disk(server, tmp_path, monkeypatch):
    def write_some(self, url, output_file, _):
        Path(output_file).write_bytes(BODY[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", write_some)
    with pytest.raises(StorageError, match="no space left on the disk of"):
        fetch(server, tmp_path)
    assert visible(tmp_path) == []


def test_directory_that_cannot_be_made(server, tmp_path):
    """Root may write anywhere, so a path below a file stands for read-only."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot write to"):
        fetch(server, tmp_path / "file" / "below")
    assert server.requests["/set.bin"] == 0


def test_file_that_is_there_is_used_without_writing(server, tmp_path, monkeypatch):
    (tmp_path / "set.bin").write_bytes(BODY)
    monkeypatch.setattr(machinery, "exclusive", None)  # calling it would fail
    assert fetch(server, tmp_path) == tmp_path / "set.bin"
    assert os.listdir(tmp_path) == ["set.bin"] and not server.requests


@pytest.mark.parametrize("source", ["http://example.org/a.bin", "ftp://example.org/a.bin", "fashion_mnist"])
def test_only_https_or_a_known_name(source, tmp_path):
    with pytest.raises(ValueError, match="download: .*https.*fashion-mnist"):
        download(source, sha256=SHA256, directory=tmp_path)


@pytest.mark.parametrize("sha256", [None, "abc", "g" * 64])
def test_sha256_is_needed(sha256, tmp_path):
    with pytest.raises(ValueError, match="sha256"):
        download("https://example.org/a.bin", sha256=sha256, directory=tmp_path)


def test_address_without_a_file_name(tmp_path):
    with pytest.raises(ValueError, match="file name"):
        download("https://example.org/", sha256=SHA256, directory=tmp_path)


def test_second_address_is_tried(server, tmp_path):
    urls = (server.url("/gone.bin"), server.url("/set.bin"))
    machinery._download_file(urls, SHA256, tmp_path / "set.bin")
    assert (tmp_path / "set.bin").read_bytes() == BODY
    assert server.requests == {"/gone.bin": 1, "/set.bin": 1}


def test_what_all_addresses_answered_is_said(server, tmp_path):
    urls = (server.url("/gone.bin"), server.url("/set.bin").replace("127.0.0.1", "localhost"))
    server.behaviour["/set.bin"] = "status 403"
    with pytest.raises(
        DownloadError, match="^set.bin could not be downloaded: 127.0.0.1: status 404; localhost: status 403$"
    ):
        machinery._download_file(urls, SHA256, tmp_path / "set.bin")


def test_a_sum_in_capitals_is_the_same_sum(server, tmp_path):
    assert fetch(server, tmp_path, sha256=SHA256.upper()).read_bytes() == BODY


def test_a_folder_that_has_the_name_of_the_file(server, tmp_path):
    (tmp_path / "set.bin" / "below").mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot write to"):
        fetch(server, tmp_path)


@pytest.mark.parametrize("name", registry.names())
def test_records_are_sound(name):
    dataset = registry.find(name)
    assert dataset.title and dataset.licence
    assert dataset.source.startswith("https://")
    for part in dataset.downloads:
        assert all(url.startswith("https://") for url in part.urls)
        for sha256 in (part.sha256, *(f.sha256 for f in part.files)):
            assert len(sha256) == 64 and int(sha256, 16)
        assert all(f.path.startswith(dataset.folder) for f in part.files)


@pytest.mark.parametrize("name", registry.names())
def test_recorded_sizes_are_those_of_the_files(name):
    if not machinery.is_complete(name, data_directory()):
        pytest.skip("the real files are not in D2LBOOK_DATA")
    for file in registry.find(name).files:
        assert (data_directory() / file.path).stat().st_size == file.size
