"""The native file: the same rows give the same bytes, and the bytes give the same rows."""

import tracemalloc
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core import history
from annotations.core.errors import Invalid
from annotations.core.formats import jsonl
from annotations.core.formats.report import LossReport
from annotations.core.records import RECORD_KINDS
from tests.core.strategies import any_texts

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | any_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_texts, inner, max_size=3),
    max_leaves=6,
)
rows = st.lists(
    st.tuples(
        st.sampled_from(RECORD_KINDS),
        st.dictionaries(any_texts.filter(lambda key: key != "record"), values, max_size=4),
    ),
    max_size=6,
)


def file_of(pairs):
    return b"".join(jsonl.write(pairs, LossReport("jsonl")))


@given(rows)
def test_what_is_written_is_read_back(pairs):
    written = file_of(pairs)
    assert list(jsonl.read(written.splitlines(keepends=True))) == pairs
    assert file_of(pairs) == written


@given(rows)
def test_every_record_is_one_line_and_is_counted(pairs):
    report = LossReport("jsonl")
    lines = b"".join(jsonl.write(pairs, report)).split(b"\n")[:-1]
    assert [orjson.loads(line)["record"] for line in lines] == [kind for kind, _ in pairs]
    records = report.as_json()["records"]
    assert sum(record["written"] for record in records.values()) == len(pairs)
    assert not any(record["lost"] or record["reasons"] for kind, record in records.items() if kind != "saved_copy")


def test_a_line_has_sorted_keys_and_no_white_space():
    row = {"title": "غزة", "id": "1", "note": "a\r\nb\u2028"}
    assert (
        file_of([("article", row)]).decode() == '{"id":"1","note":"a\\r\\nb\u2028","record":"article","title":"غزة"}\n'
    )


def test_ids_and_times_may_come_as_the_database_gives_them():
    row = {"id": UUID(int=1), "created_at": datetime(2026, 11, 21, 9, 0, 0, 5, tzinfo=UTC)}
    line = orjson.loads(file_of([("claim", row)]))
    assert line["id"] == "00000000-0000-0000-0000-000000000001"
    assert line["created_at"] == "2026-11-21T09:00:00.000005Z"


def test_a_number_that_few_readers_hold_still_gets_its_line():
    assert file_of([("label", {"order": 10**30})]) == b'{"order":1000000000000000000000000000000,"record":"label"}\n'


def test_an_exported_chain_verifies_from_its_lines():
    body = {"number": 1, "previous": history.FIRST, "after": {"quote": "“Lies”"}, "verb": "claim_added"}
    event = body | {"hash": history.hash_of(history.canonical(body))}
    [(_, row)] = jsonl.read([file_of([("event", event)])])
    digest = row.pop("hash")
    assert history.verify([(row["number"], history.canonical(row), digest)]) is None


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([b"\n", b"{}\n"], "Row 2 names no kind of record"),
        ([b'{"record":"item"}'], "Row 1 names no kind of record"),
        ([b"[1]"], "Row 1 names no kind of record"),
        ([b'{"record":"person","id":"1"}\n', b"{oops"], "Row 2: This is not JSON"),
        ([b'{"record":"person","id":"\\ud800"}'], "Row 1: This cannot be stored"),
    ],
)
def test_a_row_that_is_none_is_named_by_its_number(lines, sentence):
    with pytest.raises(Invalid, match=sentence):
        list(jsonl.read(lines))


def test_a_file_is_written_in_constant_memory():
    pairs = (("claim", {"id": str(number), "text": "x" * 500}) for number in range(20_000))
    tracemalloc.start()
    size = sum(len(block) for block in jsonl.write(pairs, LossReport("jsonl")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 10_000_000
    assert peak < 1_000_000


def test_bytes_of_saved_copies_are_named_as_left_behind():
    report = LossReport("jsonl")
    rows = [("saved_copy", {"id": "1", "sha256": "0" * 64}), ("claim", {"id": "2"})]
    b"".join(jsonl.write(rows, report))
    counted = report.as_json()["records"]
    assert counted["claim"] == {"written": 1, "lost": 0, "reasons": []}
    assert (counted["saved_copy"]["written"], counted["saved_copy"]["lost"]) == (1, 0)
    (left,) = counted["saved_copy"]["reasons"]
    assert (left["count"], "bytes" in left["reason"]) == (1, True)
