"""Archives (zip, tar.gz) as the files in them, within limits that are counted while inflating, whatever headers claim.

Names serve for telling files apart and for nothing else: nothing is written anywhere. Links, devices, passwords and
archives inside archives are refused by name; other files of the same archive are still read.
"""

import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import SEEK_SET
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from annotations.core.errors import Invalid

MEBIBYTE = 1024 * 1024
FILES_AT_MOST = 20_000
FILE_BYTES_AT_MOST = 64 * MEBIBYTE  # inflated, and in memory one at a time
ALL_BYTES_AT_MOST = 512 * MEBIBYTE
BLOCK_BYTES = 256 * 1024

ENDINGS = (".zip", ".tar.gz", ".tgz")
INSIDE = (*ENDINGS, ".tar", ".gz", ".bz2", ".xz", ".7z", ".rar")
# What the readers raise on bytes that are not what they should be: they were not made for enemies.
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error,
    EOFError, OSError, ValueError, RuntimeError, IndexError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path there, and its bytes, or why they are not read."""

    path: str
    content: bytes = b""
    refused: str = ""

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


@dataclass(slots=True)
class Limit:
    """Counts bytes as they come out; at most that many may."""

    left: int = ALL_BYTES_AT_MOST

    def count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Invalid(f"This archive holds more than {ALL_BYTES_AT_MOST // MEBIBYTE} MB when it is unpacked.")


def is_archive(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def members(archive: BinaryIO, name: str) -> Iterator[Member]:
    """The files of an archive in its order, one in memory at a time.

    The whole archive is inflated once before the first file is handed out, so that one that breaks a limit or is
    damaged brings in nothing at all. Raises Invalid. `archive` can be sought in.
    """
    opened = _zip_members if name.lower().endswith(".zip") else _tar_members
    for _ in _guarded(opened, archive):
        pass
    archive.seek(0, SEEK_SET)
    yield from _guarded(opened, archive)


def _guarded(opened: Callable[[BinaryIO], Iterator[Member]], archive: BinaryIO) -> Iterator[Member]:
    try:
        for number, member in enumerate(opened(archive), 1):
            if number > FILES_AT_MOST:
                raise Invalid(f"This archive holds more than {FILES_AT_MOST:,} files.")
            yield member
    except BROKEN:
        raise Invalid("This archive is damaged, or packed in a way that is not read here.") from None


# ----------------------------------------------------------------------------------------------------------------- zip

UNIX_KIND = 0o170000
UNIX_FILES = (0, 0o100000)  # 0: made where files have no kind
ENCRYPTED = 0x1


def _zip_members(archive: BinaryIO) -> Iterator[Member]:
    limit = Limit()
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            if entry.is_dir():
                continue
            if reason := _why_not_zip(entry):
                yield Member(entry.filename, refused=reason)
                continue
            with opened.open(entry) as inflating:
                yield _read(entry.filename, inflating, limit)


def _why_not_zip(entry: zipfile.ZipInfo) -> str:
    if (entry.external_attr >> 16) & UNIX_KIND not in UNIX_FILES:
        return "This is a link or a device, not a file."
    if entry.flag_bits & ENCRYPTED:
        return "This file is locked with a password."
    return _why_not_inside(entry.filename)


def _why_not_inside(path: str) -> str:
    return "An archive inside an archive is not opened." if path.lower().endswith(INSIDE) else ""


def _read(path: str, inflating: IO[bytes], limit: Limit) -> Member:
    """The bytes of one file; of one that is too long no more than shows that it is."""
    content = bytearray()
    while block := inflating.read(BLOCK_BYTES):
        limit.count(len(block))
        content += block
        if len(content) > FILE_BYTES_AT_MOST:
            return Member(path, refused=f"This file is longer than {FILE_BYTES_AT_MOST // MEBIBYTE} MB.")
    return Member(path, bytes(content))


# -------------------------------------------------------------------------------------------------------------- tar.gz


class _Counting:
    """What gzip gives, counted: headers and skipped files too."""

    def __init__(self, inflating: gzip.GzipFile) -> None:
        self.inflating = inflating
        self.limit = Limit()

    def read(self, size: int) -> bytes:
        block = self.inflating.read(size)
        self.limit.count(len(block))
        return block


def _tar_members(archive: BinaryIO) -> Iterator[Member]:
    with gzip.GzipFile(fileobj=archive, mode="rb") as inflating:
        counting = _Counting(inflating)
        with tarfile.open(fileobj=cast(IO[bytes], counting), mode="r|") as opened:
            for entry in opened:
                if entry.isdir():
                    continue
                if reason := _why_not_tar(entry):
                    yield Member(entry.name, refused=reason)
                elif (file := opened.extractfile(entry)) is not None:
                    yield _read(entry.name, file, Limit())
        while counting.read(BLOCK_BYTES):
            pass  # to the checksum at the end, which tells whether what was read is what was packed


def _why_not_tar(entry: tarfile.TarInfo) -> str:
    if not entry.isreg() or entry.issparse():  # a sparse file is short in the archive and endless out of it
        return "This is a link or a device, not a file."
    if entry.size > FILE_BYTES_AT_MOST:
        return f"This file is longer than {FILE_BYTES_AT_MOST // MEBIBYTE} MB."
    return _why_not_inside(entry.name)
