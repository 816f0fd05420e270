"""Downloads that end with the right file in place, or with a clear error."""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from .archives import extract
from .registry import DATASETS
from .settings import data_directory

CONNECT_TIMEOUT = 10.0  # seconds
READ_TIMEOUT = 20.0  # seconds without a byte
PATIENCE = 15.0  # seconds before the mean speed is judged
MIN_SPEED = 100_000.0  # bytes per second
PAUSES = (0.0, 0.5, 1.5)  # seconds before each attempt
LOCK_TIMEOUT = 900.0  # seconds to wait for another process
FAILURE_VALID = 3600.0  # seconds for which a failed download is remembered


class DownloadError(RuntimeError):
    """A file could not be downloaded; the message says why."""


class _Failed(Exception):
    """One attempt failed; passing: another one may succeed."""

    def __init__(self, reason: str, passing: bool = False):
        super().__init__(reason)
        self.passing = passing


def download(
    source: str,
    *,
    sha256: str | None = None,
    directory: str | Path | None = None,
) -> Path:
    """Download a file, or a data set of the book by its name, unless it is there.

    source: an https address, or a name such as "fashion-mnist".
    sha256: the file's SHA-256 sum in hexadecimal, needed with an address.
    directory: where a single file goes (default: the data directory).
    Returns the path of the file, or the data set's folder. Raises ValueError
    for a bad argument and DownloadError if the right file cannot be had.
    """
    if source in DATASETS:
        return download_dataset(source)
    address = urlsplit(source)
    local = address.hostname in ("127.0.0.1", "localhost")
    if address.scheme != "https" and not (address.scheme == "http" and local):
        raise ValueError(
            f"download: {source!r} is neither an https address nor one of the "
            f"data sets {', '.join(DATASETS)}"
        )
    if not re.fullmatch(r"[0-9a-f]{64}", sha256 or ""):
        raise ValueError(
            f"download: sha256={sha256!r}; expected the file's SHA-256 sum, "
            "64 hexadecimal digits"
        )
    name = Path(address.path).name
    if not name:
        raise ValueError(f"download: {source!r} does not end in a file name")
    target = Path(directory or data_directory()) / name
    if not intact(target, sha256):
        with exclusive(target):
            if not intact(target, sha256):
                _download_file((source,), sha256, target)
    return target


def download_dataset(name: str, *, retry: bool = True) -> Path:
    """Download and unpack what is missing or damaged of a registered data set.

    retry: try again even if an attempt failed within the last hour.
    Returns its folder. Raises DownloadError.
    """
    dataset, root = DATASETS[name], data_directory()
    folder = root / dataset.folder
    if is_complete(name, root):
        return folder
    failure = root / f".{name}.download-failed"
    with exclusive(folder):
        if not retry and _is_recent(failure):
            raise DownloadError(failure.read_text(encoding="utf-8"))
        try:
            for part in dataset.downloads:
                if not all(intact(root / f.path, f.sha256) for f in part.files):
                    packed = folder / part.urls[0].rpartition("/")[2]
                    _download_file(part.urls, part.sha256, packed)
                    if [root / f.path for f in part.files] == [packed]:
                        continue  # a plain file
                    with _write_errors(folder):
                        extract(packed, folder)
                        packed.unlink()
        except DownloadError as error:
            _remember(failure, f"{error}, tried at {time.strftime('%H:%M')}")
            raise
        failure.unlink(missing_ok=True)
    return folder


def is_complete(name: str, root: Path) -> bool:
    """Whether root holds every file of a data set, undamaged."""
    return all(intact(root / f.path, f.sha256) for f in DATASETS[name].files)


def intact(path: Path, sha256: str) -> bool:
    """Whether path is a file with this SHA-256 sum."""
    if not path.is_file():
        return False
    import pooch

    return pooch.file_hash(str(path)) == sha256


@contextmanager
def exclusive(target: Path):
    """Keep other processes from making target at the same time."""
    from filelock import FileLock, Timeout

    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=LOCK_TIMEOUT)
    with _write_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise DownloadError(
                f"another process has been making {target} for more than "
                f"{LOCK_TIMEOUT:.0f} seconds"
            ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _write_errors(directory: Path):
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DownloadError(f"no space left on the disk of {directory}") from error
        raise DownloadError(f"cannot write to {directory} ({error})") from error


def _download_file(urls: tuple[str, ...], sha256: str, target: Path) -> None:
    """Put the right file at target, or raise and leave nothing behind."""
    staging = target.with_name(f".{target.name}.part")
    reasons: dict[str, str] = {}
    remaining = list(urls)
    with _write_errors(target.parent):
        shutil.rmtree(staging, ignore_errors=True)  # of a process that was killed
        staging.mkdir(parents=True)
        try:
            for attempt, pause in enumerate(PAUSES):
                time.sleep(pause if remaining else 0)
                for url in list(remaining):
                    part = staging / f"{urls.index(url)}-{attempt}"
                    try:
                        _fetch(url, part, target.name)
                        if not intact(part, sha256):
                            raise _Failed("not the expected file (SHA-256 differs)")
                    except _Failed as error:
                        reasons[urlsplit(url).hostname] = str(error)
                        if not error.passing:
                            remaining.remove(url)
                    else:
                        os.replace(part, target)
                        return
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    why = "; ".join(f"{host}: {reason}" for host, reason in reasons.items())
    raise DownloadError(f"{target.name} could not be downloaded: {why}")


def _fetch(url: str, part: Path, title: str) -> None:
    """Write what url answers to part; raise _Failed unless all of it came."""
    import requests

    try:
        _fetch_in_time(url, part, title)
    except requests.HTTPError as error:
        status = error.response.status_code
        raise _Failed(f"status {status}", passing=status >= 500 or status == 429)
    except requests.Timeout:
        raise _Failed("no answer in time")
    except requests.ConnectionError:
        raise _Failed("no connection", passing=True)
    except requests.exceptions.ChunkedEncodingError:
        raise _Failed("the connection broke off", passing=True)
    except requests.RequestException as error:
        raise _Failed(type(error).__name__)


def _fetch_in_time(url: str, part: Path, title: str) -> None:
    """Fetch in a thread, because a name look-up cannot be given a time limit."""
    import pooch

    progress = _Progress(title)
    fetch = pooch.HTTPDownloader(
        progress, chunk_size=1 << 14, timeout=(CONNECT_TIMEOUT, READ_TIMEOUT)
    )
    errors = []

    def work():
        try:
            fetch(url, str(part), None)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    start = time.monotonic()
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
            elapsed = time.monotonic() - start
            if elapsed > PATIENCE + progress.received / MIN_SPEED:
                raise _Failed(f"too slow, given up after {elapsed:.0f} s")
    finally:
        progress.cancelled = True
    if errors:
        raise errors[0]


class _Progress:
    """The progress bar that pooch drives; shown after two seconds."""

    def __init__(self, title: str):
        from tqdm import tqdm

        self.bar = tqdm(desc=title, unit="B", unit_scale=True, delay=2)
        self.received, self.cancelled = 0, False

    total = property(None, lambda self, size: setattr(self.bar, "total", size))

    def update(self, size: int) -> None:
        if self.cancelled:
            raise InterruptedError
        self.received += size
        self.bar.update(size)

    def reset(self) -> None:
        self.bar.n = 0

    def close(self) -> None:
        self.bar.close()


def _remember(marker: Path, message: str) -> None:
    try:
        marker.write_text(message, encoding="utf-8")
    except OSError:
        pass  # then the next page tries again


def _is_recent(marker: Path) -> bool:
    return marker.is_file() and (
        0 <= time.time() - marker.stat().st_mtime < FAILURE_VALID
    )
