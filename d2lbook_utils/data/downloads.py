"""Downloads that end with the right file in place, or with a clear error."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from .archives import extract
from .registry import DataFile, Download, find, names
from .settings import data_directory
from .storage import exclusive, storage_errors

CONNECT_TIMEOUT = 10.0  # seconds
READ_TIMEOUT = 20.0  # seconds without a byte
PAUSES = (0.0, 0.5, 1.5)  # seconds before each attempt
FAILURE_VALID = 3600.0  # seconds for which a failed download is remembered


class DownloadError(RuntimeError):
    """A file could not be downloaded; the message says why."""


def download(source: str, *, sha256: str | None = None, directory: str | Path | None = None) -> Path:
    """Download a file, or a data set of the book by its name, unless it is there.

    Args:
        source: an https address, or a name such as "fashion-mnist".
        sha256: the file's SHA-256 sum in hexadecimal, needed with an address.
        directory: where a single file goes (default: the data directory).

    Returns:
        The path of the file, or the data set's folder.

    Raises:
        ValueError: a bad argument.
        DownloadError: no address gives the right file.
        StorageError: the file cannot be read or written here.
    """
    if source in names():
        return download_dataset(source)
    address = urlsplit(str(source))
    local = address.hostname in ("127.0.0.1", "localhost")
    if address.scheme != "https" and not (address.scheme == "http" and local):
        raise ValueError(
            f"download: {source!r} is neither an https address nor one of the data sets {', '.join(names())}"
        )
    checksum = str(sha256).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", checksum):
        raise ValueError(f"download: sha256={sha256!r}; expected the file's SHA-256 sum, 64 hexadecimal digits")
    name = Path(address.path).name
    if not name:
        raise ValueError(f"download: {source!r} does not end in a file name")
    target = Path(directory or data_directory()) / name
    if not intact(target, checksum):
        with exclusive(target):
            if not intact(target, checksum):
                _download_file((source,), checksum, target)
    return target


def download_dataset(name: str, *, retry: bool = True) -> Path:
    """Download and unpack what is missing or damaged of a data set of the book.

    Args:
        name: of the data set.
        retry: try again even if an attempt failed within the last hour.

    Returns:
        Its folder.

    Raises:
        DownloadError: no address gives the right file.
        StorageError: a file cannot be read or written here.
    """
    dataset, root = find(name), data_directory()
    folder = root / dataset.folder
    if is_complete(name, root):
        return folder
    failure = root / f".{name}.download-failed"
    with exclusive(folder):
        rejected = [path for file in dataset.files for path in _adopt(file, root)]
        if not retry and _is_recent(failure) and not is_complete(name, root):
            raise DownloadError(failure.read_text(encoding="utf-8"))
        try:
            for part in dataset.downloads:
                _complete(part, folder, root)
        except DownloadError as error:
            message = "; ".join([str(error), *(f"{path} is there, but with other content" for path in rejected)])
            _remember(failure, f"{message}; tried at {time.strftime('%H:%M')}")
            raise DownloadError(message) from error
        failure.unlink(missing_ok=True)
    return folder


def is_complete(name: str, root: Path) -> bool:
    """Whether root holds every file of a data set, undamaged; StorageError if a file may not be read."""
    return all(intact(root / file.path, file.sha256) for file in find(name).files)


def intact(path: Path, sha256: str) -> bool:
    """Whether path is a file with this SHA-256 sum; StorageError if it may not be read."""
    import pooch

    with storage_errors("read", path):
        try:
            return pooch.file_hash(str(path)) == sha256
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False


def _complete(part: Download, folder: Path, root: Path) -> None:
    """Fetch and unpack one download of a data set unless its files are there."""
    if all(intact(root / file.path, file.sha256) for file in part.files):
        return
    packed = folder / part.urls[0].rpartition("/")[2]
    _download_file(part.urls, part.sha256, packed)
    if [root / file.path for file in part.files] == [packed]:
        return  # a plain file
    with storage_errors("write to", folder):
        extract(packed, folder)
        packed.unlink()


def _adopt(file: DataFile, root: Path) -> list[str]:
    """Make a missing file from a copy that has another name or other line ends.

    Returns the names of the copies that will not do.
    """
    target = root / file.path
    if intact(target, file.sha256):
        return []
    there = [name for name in (file.path, *file.aliases) if os.path.isfile(root / name)]
    for name in there:
        body = _with_sum(root / name, file.sha256)
        if body is not None:
            with storage_errors("write to", target.parent):
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.copy")
                part.write_bytes(body)
                os.replace(part, target)
            return []
    return there


def _with_sum(path: Path, sha256: str) -> bytes | None:
    """What is in a file, or in its twin with other line ends, if it has this SHA-256 sum."""
    with storage_errors("read", path):
        body = path.read_bytes()
    unix = body.replace(b"\r\n", b"\n")
    forms = (body, unix, unix.replace(b"\n", b"\r\n"))
    return next((form for form in forms if hashlib.sha256(form).hexdigest() == sha256), None)


def _download_file(urls: tuple[str, ...], sha256: str, target: Path) -> None:
    """Put the right file at target from the first address that gives it, or raise and leave nothing behind."""
    import pooch
    from requests import RequestException

    pooch.get_logger().setLevel("WARNING")  # it announces each download
    staging = target.with_name(f".{target.name}.part")
    reasons: dict[str, str] = {}
    remaining = list(urls)
    with storage_errors("write to", target.parent):
        try:
            for pause in PAUSES:
                time.sleep(pause if remaining else 0)
                for url in list(remaining):
                    try:
                        _retrieve(url, sha256, staging / target.name)
                        os.replace(staging / target.name, target)
                        return
                    except (RequestException, ValueError) as error:
                        reasons[urlsplit(url).hostname], passing = _explain(error, url)
                        if not passing:
                            remaining.remove(url)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    why = "; ".join(f"{host}: {reason}" for host, reason in reasons.items())
    raise DownloadError(f"{target.name} could not be downloaded: {why}")


def _retrieve(url: str, sha256: str, path: Path) -> None:
    """Let pooch fetch and verify a file; a progress bar comes after two seconds."""
    import pooch
    from tqdm import tqdm

    # total: pooch asks whether there is a bar, and an empty one says no
    with tqdm(desc=path.name, total=1, unit="B", unit_scale=True, delay=2) as bar:
        bar.reset = partial(setattr, bar, "n", 0)  # tqdm's own would draw the bar at once
        fetch = pooch.HTTPDownloader(bar, chunk_size=1 << 14, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT))
        pooch.retrieve(url, sha256, fname=path.name, path=path.parent, downloader=fetch)


def _explain(error: Exception, url: str) -> tuple[str, bool]:
    """Why an attempt failed, in words, and whether another one may succeed."""
    from requests import exceptions

    text = str(error)
    if isinstance(error, exceptions.HTTPError):
        return _explain_status(error.response.status_code, url)
    if isinstance(error, exceptions.ProxyError):
        refused = re.search(r"Tunnel connection failed: (\d+)", text)
        if refused:
            return _explain_status(int(refused[1]), url, who=f"the proxy {_proxy(url)}: ")
        return f"no connection to the proxy {_proxy(url)}", True
    untrusted = re.search(r"certificate verify failed: (.*?)\.? \(_ssl", text)
    if untrusted:
        return f"its certificate is not trusted ({untrusted[1]}); REQUESTS_CA_BUNDLE may name another", False
    if isinstance(error, exceptions.Timeout) or "Read timed out" in text:
        return "no answer in time", False
    if isinstance(error, exceptions.ConnectionError):
        return "no connection", True
    if isinstance(error, exceptions.ChunkedEncodingError):
        return "the connection broke off", True
    if isinstance(error, exceptions.RequestException):
        return type(error).__name__, False
    return "not the expected file (SHA-256 differs)", False


def _explain_status(status: int, url: str, who: str = "") -> tuple[str, bool]:
    if status == 407:
        return f"the proxy {_proxy(url)} refuses, it asks for a user name and password (status 407)", False
    return f"{who}status {status}", status >= 500 or status == 429


def _proxy(url: str) -> str:
    """The proxy for an address, without the password that its own address may hold."""
    from requests.utils import get_environ_proxies, select_proxy

    proxy = select_proxy(url, get_environ_proxies(url)) or ""
    return proxy.rpartition("@")[2].rpartition("//")[2].rstrip("/")


def _remember(marker: Path, message: str) -> None:
    with suppress(OSError):  # then the next page tries again
        marker.write_text(message, encoding="utf-8")


def _is_recent(marker: Path) -> bool:
    return marker.is_file() and 0 <= time.time() - marker.stat().st_mtime < FAILURE_VALID
