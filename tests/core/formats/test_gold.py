"""Stand-off gold: a span holds when the text at its place hashes to what was annotated."""

import hashlib

import pytest

from annotations.core.errors import Invalid
from annotations.core.formats.gold import check_spans

TEXT = "Osama Hamdan denied it. 👩‍👩‍👧 Twice."


def span(start, end):
    digest = hashlib.sha256(TEXT[start:end].encode()).hexdigest()[:16]
    return {"start": start, "end": end, "sha256_16": digest}


def test_spans_are_found_wherever_they_stand():
    gold = {"claims": [{"id": "CL-1", "mentions": [span(0, 12), span(13, 19)]}], "names": {"of": span(24, 29)}}
    assert check_spans(gold, TEXT) == 3


def test_a_span_of_another_text_is_refused_by_its_name():
    wrong = span(0, 12) | {"end": 11}
    gold = {"claims": [{"id": "CL-1", "mentions": []}, {"id": "CL-2", "mentions": [wrong]}]}
    with pytest.raises(Invalid, match=r"claims\.CL-2.*0 to 11"):
        check_spans(gold, TEXT)


def test_a_name_has_to_stand_where_it_is_said_to():
    check_spans([{"start": 6, "end": 12, "surface": "Hamdan"}], TEXT)
    with pytest.raises(Invalid, match="Hamdan"):
        check_spans([{"start": 0, "end": 5, "surface": "Hamdan"}], TEXT)
