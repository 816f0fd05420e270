"""Find a data set: the files that are there, a download, or the stand-in."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .downloads import DownloadError, download_dataset, exclusive
from .registry import DATASETS
from .settings import data_directory, data_source, user_cache

_found: dict[tuple, Path] = {}


def locate(name: str, version: int, write: Callable[[Path], None]) -> Path:
    """Directory that holds a data set's files, looked for once per process.

    version, write: of the stand-in; write(root) makes its files below root.
    Raises DownloadError if D2LBOOK_SOURCE=real and the files cannot be had.
    """
    source, directory = data_source(), data_directory()
    key = (name, source, directory)
    if key not in _found:
        _found[key] = _locate(name, source, directory, version, write)
    return _found[key]


def _locate(name, source, directory, version, write):
    title = DATASETS[name].title
    reason = "D2LBOOK_SOURCE=standin"
    if source != "standin":
        try:  # nothing is downloaded where the files are there and undamaged
            download_dataset(name, retry=source == "real")
            return directory
        except DownloadError as error:
            if source == "real":
                raise DownloadError(
                    f"{title}: {error}; D2LBOOK_SOURCE=real allows no stand-in"
                ) from error
            reason = str(error)
    root = _standin(name, version, write)
    print(f"{title}: using the generated stand-in ({reason})", file=sys.stderr)
    return root


def _standin(name, version, write):
    """Make the stand-in once, where there is room for it."""
    roots = [home / "standin" / f"{name}-{version}" for home in _homes()]
    for root in roots:
        if _has_files(name, root):
            return root
    errors = []
    for root in roots:
        part = root.with_name(f".{root.name}.part")
        try:
            with exclusive(root):
                if not _has_files(name, root):
                    for leftover in (part, root):
                        shutil.rmtree(leftover, ignore_errors=True)
                    write(part)
                    os.replace(part, root)
            return root
        except (OSError, DownloadError) as error:
            errors.append(f"{root}: {error}")
            shutil.rmtree(part, ignore_errors=True)
    raise DownloadError(
        f"{DATASETS[name].title}: no place for the stand-in ({'; '.join(errors)})"
    )


def _has_files(name: str, root: Path) -> bool:
    return all((root / f.path).is_file() for f in DATASETS[name].files)


def _homes() -> tuple[Path, ...]:
    """Where a stand-in may be kept, best first."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    temporary = Path(tempfile.gettempdir()) / f"d2lbook-{user}"
    return data_directory(), user_cache(), temporary
