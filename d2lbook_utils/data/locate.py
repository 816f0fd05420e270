"""Find a data set: the files that are there, a download, or the stand-in."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from .downloads import DownloadError, download_dataset
from .registry import DataSet, find, standin
from .settings import data_directory, data_source, user_cache
from .storage import StorageError, exclusive

_found: dict[tuple, Path] = {}


def locate(name: str) -> Path:
    """Directory that holds a data set's files, looked for once per process.

    Raises DownloadError or StorageError if D2LBOOK_SOURCE=real and the files
    cannot be had, and StorageError if there is no place for the stand-in.
    """
    source, directory = data_source(), data_directory()
    key = (name, source, directory)
    if key not in _found:
        _found[key] = _locate(name, source, directory)
    return _found[key]


def _locate(name: str, source: str, directory: Path) -> Path:
    title = find(name).title
    reason = "D2LBOOK_SOURCE=standin"
    if source != "standin":
        try:  # nothing is downloaded where the files are there and undamaged
            download_dataset(name, retry=source == "real")
            return directory
        except (DownloadError, StorageError) as error:
            if source == "real":
                raise type(error)(f"{title}: {error}; D2LBOOK_SOURCE=real allows no stand-in") from error
            reason = str(error)
    root = _standin(name)
    print(f"{title}: using the generated stand-in ({reason})", file=sys.stderr)
    return root


def _standin(name: str) -> Path:
    """Make the stand-in once, where there is room for it."""
    dataset, module = find(name), standin(name)
    roots = [home / "standin" / f"{name}-{module.VERSION}" for home in _homes()]
    for root in roots:
        if _has_files(dataset, root):
            return root
    errors = []
    for root in roots:
        part = root.with_name(f".{root.name}.part")
        try:
            with exclusive(root):
                if not _has_files(dataset, root):
                    for leftover in (part, root):
                        shutil.rmtree(leftover, ignore_errors=True)
                    module.write(part)
                    os.replace(part, root)
            return root
        except (OSError, StorageError) as error:
            errors.append(f"{root}: {error}")
            shutil.rmtree(part, ignore_errors=True)
    raise StorageError(f"{dataset.title}: no place for the stand-in ({'; '.join(errors)})")


def _has_files(dataset: DataSet, root: Path) -> bool:
    return all(os.path.isfile(root / file.path) for file in dataset.files)


def _homes() -> tuple[Path, ...]:
    """Where a stand-in may be kept, best first."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    temporary = Path(tempfile.gettempdir()) / f"d2lbook-{user}"
    return data_directory(), user_cache(), temporary
