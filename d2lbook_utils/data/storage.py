"""Folders that may be full, closed to this user or in use by another process."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK_TIMEOUT = 900.0  # seconds to wait for another process


class StorageError(RuntimeError):
    """A file could not be read or written on this machine; the message says why."""


@contextmanager
def exclusive(target: Path) -> Iterator[None]:
    """Keep other processes from making target at the same time; its folder is made if it is missing.

    Raises StorageError if that takes too long or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=LOCK_TIMEOUT)
    with storage_errors("write to", target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise StorageError(
                f"another process has been making {target} for more than {LOCK_TIMEOUT:.0f} seconds"
            ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def storage_errors(action: str, path: Path) -> Iterator[None]:
    """Turn an error of the operating system into a StorageError: "cannot <action> <path>"."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageError(f"no space left on the disk of {path}") from error
        raise StorageError(f"cannot {action} {path} ({error.strerror or error})") from error
