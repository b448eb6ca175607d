"""Archives: their files come out, and nothing that an archive claims or hides gets further than its limits."""

import gzip
import io
import resource
import tarfile
import time
import zipfile

import pytest

from annotations.core.errors import Invalid
from annotations.core.formats import archive
from annotations.core.formats.archive import members


def zipped(files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    packed.seek(0)
    return packed


def tarred(files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as opened:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            opened.addfile(entry, io.BytesIO(content))
    packed.seek(0)
    return packed


PACKERS = {"files.zip": zipped, "files.tar.gz": tarred, "files.tgz": tarred}
FILES = {"a.txt": b"First.\r\n", "folder/b.txt": "می‌خواهم".encode(), "c.jsonl": b"{}\n"}


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_the_files_come_out_as_they_went_in(name, pack):
    assert {member.path: member.content for member in members(pack(FILES), name)} == FILES


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_a_path_is_a_name_and_nothing_more(name, pack):
    (member,) = members(pack({"../../etc/passwd.txt": b"x"}), name)
    assert member.name == "passwd.txt"


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_an_archive_inside_is_not_opened(name, pack):
    inner, text = members(pack({"inner.zip": zipped(FILES).getvalue(), "a.txt": b"x"}), name)
    assert (inner.content, text.content) == (b"", b"x")
    assert "inside" in inner.refused


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_a_file_that_is_too_long_is_refused_and_the_others_read(name, pack, monkeypatch):
    monkeypatch.setattr(archive, "FILE_BYTES_AT_MOST", 1_000)
    long, short = members(pack({"long.txt": b"a" * 2_000, "short.txt": b"b"}), name)
    assert long.refused
    assert (long.content, short.content) == (b"", b"b")


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_an_archive_that_unpacks_to_too_much_brings_in_nothing(name, pack, monkeypatch):
    monkeypatch.setattr(archive.Limit.__init__, "__defaults__", (50_000,))
    seen = []
    with pytest.raises(Invalid, match="more than"):
        seen.extend(members(pack({f"{number}.txt": b"a" * 9_000 for number in range(9)}), name))
    assert seen == []


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_an_archive_of_too_many_files_is_refused(name, pack, monkeypatch):
    monkeypatch.setattr(archive, "FILES_AT_MOST", 3)
    with pytest.raises(Invalid, match="3 files"):
        list(members(pack({f"{number}.txt": b"a" for number in range(4)}), name))


@pytest.mark.parametrize(("name", "pack"), PACKERS.items())
def test_a_damaged_archive_is_refused_as_a_whole(name, pack):
    whole = pack({f"{number}.txt": bytes(range(256)) * 40 for number in range(20)}).getvalue()
    for broken in (whole[: len(whole) // 2], whole[:-200] + b"x" * 200, b"not an archive", b""):
        seen = []
        with pytest.raises(Invalid, match="damaged"):
            seen.extend(members(io.BytesIO(broken), name))
        assert seen == []


def test_a_link_is_no_file():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as opened:
        entry = tarfile.TarInfo("link.txt")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(entry)
    packed.seek(0)
    (member,) = members(packed, "files.tar.gz")
    assert "link" in member.refused


def test_a_link_in_a_zip_is_no_file():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        opened.writestr(entry, "/etc/passwd")
    packed.seek(0)
    (member,) = members(packed, "files.zip")
    assert "link" in member.refused
    assert member.content == b""


def test_a_file_behind_a_password_is_named():
    packed = zipped({"a.txt": b"secret"})
    raw = bytearray(packed.getvalue())
    raw[6] |= 1  # the flag in the file's own header, and the one in the directory
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (member,) = members(io.BytesIO(raw), "files.zip")
    assert "password" in member.refused


def test_a_bomb_of_a_gigabyte_is_refused_quickly_and_in_little_memory():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as deflating:
        entry = tarfile.TarInfo("bomb.txt")
        entry.size = 1024 * archive.MEBIBYTE
        deflating.write(entry.tobuf())
        for _ in range(1024):
            deflating.write(bytes(archive.MEBIBYTE))
    packed.seek(0)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Invalid, match="more than"):
        list(members(packed, "bomb.tar.gz"))
    assert time.monotonic() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


@pytest.mark.parametrize(
    ("name", "expected"), [("a.zip", True), ("a.TAR.GZ", True), ("a.tgz", True), ("a.txt", False), ("a.gz", False)]
)
def test_archives_are_known_by_their_ending(name, expected):
    assert archive.is_archive(name) is expected
