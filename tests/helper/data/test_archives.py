"""Unpacking: the right files, and nothing outside the directory."""

import errno
import gzip
import io
import os
import shutil
import tarfile
import tempfile
import zipfile

import pytest

from d2lbook_utils.data import extract

FILES = {"set/a.txt": b"a", "set/deep/b.txt": b"b"}


def make_zip(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def make_tar(path, files, links=()):
    with tarfile.open(path, "w:gz" if path.name.endswith("gz") else "w") as archive:
        for name, body in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
        for name, target, kind in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
    return path


MAKERS = {"a.zip": make_zip, "a.tar": make_tar, "a.tar.gz": make_tar, "a.tgz": make_tar}


def everything(directory):
    found = (p for p in directory.rglob("*") if p.is_file())
    return {p.relative_to(directory).as_posix(): p.read_bytes() for p in found}


@pytest.mark.parametrize("name", MAKERS)
def test_archives(name, tmp_path):
    archive = MAKERS[name](tmp_path / name, FILES)
    assert extract(archive, tmp_path / "out") == tmp_path / "out"
    assert everything(tmp_path / "out") == FILES


def test_gz(tmp_path):
    (tmp_path / "data.csv.gz").write_bytes(gzip.compress(b"1,2"))
    extract(tmp_path / "data.csv.gz", tmp_path / "out")
    assert everything(tmp_path / "out") == {"data.csv": b"1,2"}


def test_other_files_in_the_directory_stay(tmp_path):
    out = tmp_path / "out"
    (out / "set").mkdir(parents=True)
    (out / "set" / "mine.txt").write_bytes(b"mine")
    (out / "set" / "a.txt").write_bytes(b"old")
    extract(make_zip(tmp_path / "a.zip", FILES), out)
    assert everything(out) == {**FILES, "set/mine.txt": b"mine"}


@pytest.mark.parametrize("name", MAKERS)
def test_the_only_member_lies_deep(name, tmp_path):
    archive = MAKERS[name](tmp_path / name, {"one/two/three/deep.txt": b"deep"})
    assert everything(extract(archive, tmp_path / "not" / "there" / "yet")) == {"one/two/three/deep.txt": b"deep"}


def test_unpacked_beside_the_target(tmp_path, monkeypatch):
    """A file can be moved at once only within one disk."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "another disk"))
    assert everything(extract(make_zip(tmp_path / "a.zip", FILES), tmp_path / "out")) == FILES


@pytest.mark.skipif(not hasattr(tarfile, "data_filter"), reason="an early Python 3.10 or 3.11")
def test_rights_of_members_are_not_taken_over(tmp_path):
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        member = tarfile.TarInfo("tool")
        member.mode = 0o7777
        archive.addfile(member, io.BytesIO())
    extract(path, tmp_path / "out")
    assert (tmp_path / "out" / "tool").stat().st_mode & 0o7022 == 0


@pytest.mark.parametrize("kind", ["bz2", "xz"])
def test_other_kinds_of_tar(kind, tmp_path):
    path = tmp_path / f"A.TAR.{kind}"
    with tarfile.open(path, f"w:{kind}") as archive:
        archive.addfile(tarfile.TarInfo("empty"), io.BytesIO())
    assert everything(extract(path, tmp_path / "out")) == {"empty": b""}
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 255
    path.write_bytes(body)
    with pytest.raises(ValueError, match="is damaged"):
        extract(path, tmp_path / "again")


@pytest.mark.parametrize("maker", ["a.zip", "a.tar.gz"])
@pytest.mark.parametrize("member", ["../evil.txt", "set/../../evil.txt", "/evil.txt", "C:\\evil.txt", "..\\evil.txt"])
def test_members_outside_are_refused(maker, member, tmp_path):
    archive = MAKERS[maker](tmp_path / maker, {**FILES, member: b"evil"})
    with pytest.raises(ValueError, match="outside the directory"):
        extract(archive, tmp_path / "out")
    assert set(everything(tmp_path)) == {maker}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(kind, tmp_path):
    archive = make_tar(tmp_path / "a.tar", FILES, [("set/out", "/etc/passwd", kind)])
    with pytest.raises(ValueError, match="a link or device"):
        extract(archive, tmp_path / "out")
    assert set(everything(tmp_path)) == {"a.tar"}


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.csv.gz"])
@pytest.mark.parametrize("damage", ["cut", "not an archive"])
def test_damaged(name, damage, tmp_path):
    path = tmp_path / name
    body = {"set/a.bin": os.urandom(20_000)}
    if name in MAKERS:
        MAKERS[name](path, body)
    else:
        path.write_bytes(gzip.compress(body["set/a.bin"]))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"<html>")
    with pytest.raises(ValueError, match=f"{name} is damaged"):
        extract(path, tmp_path / "out")
    assert everything(tmp_path / "out") == {}


def test_unknown_kind(tmp_path):
    (tmp_path / "a.rar").write_bytes(b"")
    with pytest.raises(ValueError, match=r"a\.rar is not a \.zip"):
        extract(tmp_path / "a.rar", tmp_path / "out")


def test_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def copy_some(source, target, *_):
        target.write(source.read(1))
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"1,2"))
    monkeypatch.setattr(shutil, "copyfileobj", copy_some)
    with pytest.raises(OSError, match="No space left"):
        extract(tmp_path / "a.csv.gz", tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
