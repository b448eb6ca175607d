"""Rows of articles: taken whole or refused by number, field and reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.formats import plain_jsonl
from annotations.core.formats.draft import ArticleDraft, SpanDraft
from tests.core.strategies import texts_with_spans


def line_of(**row):
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def errors_of(**changed):
    [(number, found)] = plain_jsonl.read([line_of(**({"title": "T", "text": "abc 👍🏽"} | changed))])
    assert number == 1
    assert isinstance(found, Invalid), found
    return found.errors


@given(texts_with_spans().filter(lambda drawn: drawn[0].strip()), st.booleans(), st.booleans())
def test_a_row_is_read_back_as_it_was_written(drawn, escaped, quoted):
    text, spans = drawn
    rows = [
        {"start": start, "end": end, "label": "claim"} | ({"quote": text[start:end]} if quoted else {})
        for start, end in spans
    ]
    raw = json.dumps({"title": "T", "text": text, "spans": rows}, ensure_ascii=escaped).encode()
    [(_, found)] = plain_jsonl.read([raw])
    assert found.text == text
    assert found.spans == tuple(SpanDraft(start, end, "claim", text[start:end]) for start, end in spans)


def test_everything_known_of_an_article_is_taken():
    known = {
        "title": "T", "text": " a\r\nb ", "outlet": "Reuters", "url": "https://example.org/1", "language": "en-GB",
        "published_on": "2023-11", "external_id": "x1",
    }  # fmt: skip
    [(_, found)] = plain_jsonl.read([line_of(**known)])
    assert found.text == " a\r\nb "
    assert found.about() == {k: v for k, v in known.items() if k != "text"} | {"published_basis": "external"}


@pytest.mark.parametrize("absent", ["outlet", "url", "language", "published_on", "external_id", "spans"])
def test_null_is_the_same_as_not_given(absent):
    [(_, found)] = plain_jsonl.read([line_of(title="T", text="x", **{absent: None})])
    assert found == ArticleDraft(text="x", title="T")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"title": None}, "title", "needed"),
        ({"title": "  "}, "title", "needed"),
        ({"title": "x" * 501}, "title", "501"),
        ({"text": ""}, "text", "needed"),
        ({"text": 7}, "text", "text"),
        ({"text": ["a"]}, "text", "text"),
        ({"txet": "x"}, "txet", "not known"),
        ({"url": "javascript:alert(1)"}, "url", "javascript:"),
        ({"url": 7}, "url", "text"),
        ({"published_on": "16 Nov 2023"}, "published_on", "not a date"),
        ({"language": "in English"}, "language", "tag"),
        ({"outlet": "x" * 201}, "outlet", "201"),
        ({"spans": {}}, "spans", "list"),
        ({"spans": [7]}, "spans[0]", "object"),
        ({"spans": [{"start": 0, "end": 1}]}, "spans[0].label", "label"),
        ({"spans": [{"start": 0, "end": 1, "label": "x", "lable": 1}]}, "spans[0].lable", "not known"),
        ({"spans": [{"start": 0, "end": 3, "label": "x", "quote": "abd"}]}, "spans[0].quote", "“abd”"),
        ({"spans": [{"start": 0, "end": 3, "label": "x", "quote": None}]}, "spans[0].quote", "string"),
        (
            {"spans": [{"start": 0, "end": 1, "label": "x"}, {"start": 4, "end": 5, "label": "x"}]},
            "spans[1].segments",
            "cuts",
        ),
        ({"spans": [{"start": 4, "end": 99, "label": "x"}]}, "spans[0].segments", "outside"),
        ({"spans": [{"start": "0", "end": 1, "label": "x"}]}, "spans[0].segments", "whole numbers"),
        ({"spans": [{"end": 1, "label": "x"}]}, "spans[0].segments", "whole numbers"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(changed, field, reason):
    assert reason in errors_of(**changed)[field][0]


def test_all_wrong_fields_of_a_row_are_named_at_once():
    assert set(errors_of(title="", url="x", spans=[{"start": 0, "end": 0, "label": ""}])) == {
        "title", "url", "spans[0].label", "spans[0].segments",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"[1, 2]\n", "one JSON object"),
        (b"{oops\n", "not JSON"),
        (b"[" * 100_000, "deep"),
        (b'{"record": "article", "title": "T", "text": "x"}', "native"),
        (rb'{"title": "T", "text": "a\ud800"}', "offset 1"),
        (rb'{"title": "T", "text": "\u0000"}', "offset 0"),
        (b'{"title": "T", "text": "a", "text": "b"}', "'text' stands twice"),
    ],
)
def test_a_line_that_is_no_row_is_handed_out_with_its_number_and_the_rest_goes_on(raw, reason):
    good = line_of(title="T", text="x")
    (first, one), (second, wrong), (fourth, other) = plain_jsonl.read([good, raw, b"\r\n", good])
    assert (first, second, fourth) == (1, 2, 4)
    assert isinstance(one, ArticleDraft)
    assert isinstance(other, ArticleDraft)
    assert isinstance(wrong, Invalid)
    assert reason in wrong.message


def test_rows_are_read_one_at_a_time():
    def lines():
        yield line_of(title="T", text="x")
        raise AssertionError("read ahead")

    assert next(plain_jsonl.read(lines()))[0] == 1


def test_a_byte_order_mark_before_the_first_row_is_no_row():
    [(number, found)] = plain_jsonl.read([b"\xef\xbb\xbf" + line_of(title="T", text="x")])
    assert number == 1
    assert found.text == "x"
