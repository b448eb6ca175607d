"""JSON from outside is read strictly, to a stated depth, and a value that cannot be stored is refused by its field."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.json_text import JSON_DEPTH, UnreadableJson, parse_json

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(values, st.booleans())
def test_what_was_written_is_read(value, escaped):
    assert parse_json(json.dumps(value, ensure_ascii=escaped).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=escaped)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_words(raw):
    try:
        value, sentence = parse_json(raw), ""
    except Invalid as refused:
        value, sentence = None, refused.message
    assert sentence.encode() or json.loads(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": 1} x', "not JSON"),
        (b'"a\nb"', "not JSON"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "'c' stands twice"),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "Infinity"),
        (b"[1e999]", "too large"),
        (b"[9223372036854775808]", "too large"),
        (b"[" + b"9" * 10_000 + b"]", "too large"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8: byte 1"),
        (b'"\xed\xa0\x80"', "not UTF-8: byte 2"),
    ],
)
def test_what_is_no_json_is_refused_with_the_reason(raw, reason):
    with pytest.raises(UnreadableJson) as refused:
        parse_json(raw)
    assert reason in refused.value.message


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * 101 + b"]" * 101,
    ],
)
def test_however_deep_it_is_refused_at_once(raw):
    started = time.process_time()
    with pytest.raises(UnreadableJson, match=f"{JSON_DEPTH} levels"):
        parse_json(raw)
    assert time.process_time() - started < 1


def test_the_stated_depth_is_read():
    value = parse_json(b"[" * JSON_DEPTH + b"]" * JSON_DEPTH)
    for _ in range(JSON_DEPTH - 1):
        [value] = value
    assert value == []


def test_many_keys_with_one_twice_are_refused_at_once():
    raw = "{" + ",".join(f'"k{number}":0' for number in range(200_000)) + ',"k7":0}'
    started = time.process_time()
    with pytest.raises(UnreadableJson, match="'k7'"):
        parse_json(raw)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("raw", "field", "place"),
    [
        (rb'{"text": "ab\ud800c"}', "text", "offset 2"),
        (rb'{"text": "\u0000"}', "text", "offset 0"),
        (rb'{"spans": [{}, {"quote": "x\udfff"}]}', "spans[1].quote", "offset 1"),
        (rb'{"about": {"\ud83d": 1}}', "about", "offset 0"),
        (rb'"\ud83d"', "body", "offset 0"),
    ],
)
def test_what_cannot_be_stored_is_refused_under_its_field(raw, field, place):
    with pytest.raises(Invalid) as refused:
        parse_json(raw)
    assert not isinstance(refused.value, UnreadableJson)
    assert place in refused.value.errors[field][0]


def test_a_pair_of_surrogate_escapes_is_one_character():
    assert parse_json(rb'["\ud83d\ude00", "\u00e9"]') == ["😀", "é"]


def test_a_byte_order_mark_before_the_value_is_passed_over():
    assert parse_json("\ufeff{}") == parse_json(b"\xef\xbb\xbf{}") == {}
