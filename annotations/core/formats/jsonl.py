"""The native format: everything, one record a line, `record` naming its kind.

UTF-8, keys sorted, no white space: the same rows in the same order give the same bytes. Offsets are code points. It
carries every field of every kind. What is no field of any, the bytes of saved copies, its report names.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from annotations.core.errors import Invalid
from annotations.core.formats.report import LossReport
from annotations.core.json_text import parse_json
from annotations.core.records import RECORD_KINDS

NAME = "jsonl"
MEDIA_TYPE = "application/x-ndjson"
EXTENSION = "jsonl"
CANNOT_CARRY: Mapping[str, str] = {
    "saved copy.bytes": "The bytes of a saved copy are not in the file; their hash, size, media type and text are.",
    "confidential note": "Confidential notes stay on the desk, in every format; they are not even counted.",
}
LEFT_BEHIND = {"saved_copy": CANNOT_CARRY["saved copy.bytes"]}  # of every row of a kind

BLOCK_BYTES = 64 * 1024  # handed on at once: large enough to be cheap, small enough to be on its way at once
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC


def write(rows: Iterable[tuple[str, Mapping[str, Any]]], report: LossReport) -> Iterator[bytes]:
    """The file's bytes, in blocks, from (kind, row) pairs in the order of RECORD_KINDS and then of ids."""
    block = bytearray()
    for kind, row in rows:
        block += _line(kind, row)
        report.written(kind)
        if kind in LEFT_BEHIND:
            report.left_behind(kind, LEFT_BEHIND[kind])
        if len(block) >= BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


def read(lines: Iterable[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The (kind, row) pairs of a native file, lazily. Raises Invalid naming the row (counted in lines, from 1)."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = parse_json(line)
            kind = row.pop("record") if isinstance(row, dict) and "record" in row else None
        except Invalid as error:
            raise Invalid(f"Row {number}: {error.message}", errors=error.errors) from None
        if kind not in RECORD_KINDS:
            raise Invalid(f"Row {number} names no kind of record that is known here.")
        yield kind, row


def _line(kind: str, row: Mapping[str, Any]) -> bytes:
    record = {**row, "record": kind}
    try:
        return orjson.dumps(record, option=_OPTIONS)
    except orjson.JSONEncodeError:
        # Whole numbers beyond 64 bits and the like: written by the slower encoder, to the same rules.
        text = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        return text.encode() + b"\n"
