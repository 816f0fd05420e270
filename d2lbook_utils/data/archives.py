"""Safe unpacking of downloaded archives."""

from __future__ import annotations

import gzip
import lzma
import os
import re
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

_DAMAGE = (EOFError, gzip.BadGzipFile, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, zlib.error)


def extract(archive: str | Path, directory: str | Path) -> Path:
    """Unpack a .zip, .tar, .tar.* or .gz file.

    Everything is unpacked aside first, so a damaged archive leaves nothing.

    Args:
        archive: the packed file.
        directory: where its members go; made if it is missing.

    Returns:
        The directory.

    Raises:
        ValueError: the archive is of another kind, or damaged, or a member would land outside directory,
            is a link or a device.
    """
    archive, directory = Path(archive), Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory, prefix=".part-") as part:
        try:
            _unpack(archive, Path(part))
        except _DAMAGE as error:
            raise ValueError(f"extract: {archive.name} is damaged ({error})") from error
        for source in sorted(Path(part).rglob("*")):
            if source.is_file():
                target = directory / source.relative_to(part)
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(source, target)
    return directory


def _unpack(archive: Path, part: Path) -> None:
    name = archive.name.lower()
    if name.endswith(".zip"):
        with zipfile.ZipFile(archive) as file:
            for member in file.namelist():
                _check_name(archive, member)
            file.extractall(part)
    elif re.search(r"\.(tar(\.\w+)?|tgz|tbz2|txz)$", name):
        with tarfile.open(archive) as file:
            for member in file:
                _check_name(archive, member.name)
                if not (member.isfile() or member.isdir()):
                    raise ValueError(
                        f"extract: {archive.name} holds {member.name!r}, a link "
                        "or device; only files and directories are unpacked"
                    )
            data_filter = hasattr(tarfile, "data_filter")
            file.extractall(part, **({"filter": "data"} if data_filter else {}))
    elif name.endswith(".gz"):
        with gzip.open(archive) as packed, open(part / archive.stem, "wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
    else:
        raise ValueError(f"extract: {archive.name} is not a .zip, .tar, .tar.* or .gz file")


def _check_name(archive: Path, member: str) -> None:
    parts = re.split(r"[/\\]", member)
    if parts[0] == "" or re.match(r"[A-Za-z]:", member) or ".." in parts:
        raise ValueError(
            f"extract: {archive.name} holds {member!r}, which would be written "
            "outside the directory; nothing was unpacked"
        )
