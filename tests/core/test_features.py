"""Tokens and features: every script in tokens that cut no character, and features that the text alone decides."""

import pytest
from hypothesis import given

from annotations.core.features import DIMENSIONS, Features, shape_of, tokens
from annotations.core.text import cuts_grapheme
from tests.core.strategies import texts


def words_of(text):
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr O'Neil’s re-run cost 1,200.50 $.", ["Mr", "O'Neil’s", "re-run", "cost", "1,200.50", "$", "."]),
        ("می‌گوید «نه»", ["می‌گوید", "«", "نه", "»"]),
        ("قال إنّه", ["قال", "إنّه"]),
        ("东京说话", ["东", "京", "说", "话"]),
        ("ไปน้ำ", ["ไ", "ป", "น้ำ"]),
        ("👩‍👩‍👧 ok", ["👩‍👩‍👧", "ok"]),
        ("Cafe\u0301 no", ["Cafe\u0301", "no"]),
        ("", []),
        (" \r\n\t", []),
    ],
)
def test_tokens_of_many_scripts(text, expected):
    assert words_of(text) == expected


@given(texts)
def test_tokens_are_in_order_and_cut_no_character(text):
    reached = 0
    for start, end in tokens(text):
        assert reached <= start < end <= len(text)
        assert not cuts_grapheme(text, start)
        reached = end


@given(texts)
def test_features_are_numbers_of_the_text_alone(text):
    places = tokens(text)
    values, bounds = Features().of(text, places)
    assert len(bounds) == len(places) + 1
    assert all(0 <= value < DIMENSIONS for value in values)
    warm = Features()
    warm.of("Other words came first.", tokens("Other words came first."))
    assert warm.of(text, places) == (values, bounds)


def test_shapes():
    assert [shape_of(word) for word in ("Reuters", "EU", "iPhone", "1,200", "گفت")] == ["Xx", "X", "xXx", "9,9", "a"]
