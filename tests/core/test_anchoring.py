"""No span is stored that does not say exactly what stands there, and a quote is found again where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.anchoring import (
    CONTEXT_CODE_POINTS,
    SEGMENTS_AT_MOST,
    SENTENCES_AT_MOST,
    Anchor,
    check_segments,
    context_of,
    find_all,
    locate,
    quote_of,
)
from annotations.core.errors import Invalid
from annotations.core.text import cuts_grapheme
from tests.core.strategies import any_texts, texts, texts_with_spans

REUTERS = "Reuters had claimed that Haniyeh had been told so. Hamdan said Reuters had published lies."


def refusal(text, segments, quote):
    with pytest.raises(Invalid) as refused:
        check_segments(text, segments, quote)
    return refused.value.errors


# -- checking ---------------------------------------------------------------------------------------------------------


@given(texts_with_spans())
def test_segments_with_their_own_quote_are_taken_as_they_are(drawn):
    text, spans = drawn
    assert check_segments(text, [list(span) for span in spans], quote_of(text, spans)) == tuple(spans)


@given(texts_with_spans(), any_texts)
def test_any_other_quote_is_refused(drawn, other):
    text, spans = drawn
    if other != quote_of(text, spans):
        assert set(refusal(text, spans, other)) == {"quote"}


@given(texts, st.integers(-2, 40), st.integers(-2, 40))
def test_a_segment_is_taken_only_inside_the_text_and_between_characters(text, start, end):
    is_good = 0 <= start < end <= len(text) and not cuts_grapheme(text, start) and not cuts_grapheme(text, end)
    if is_good:
        assert check_segments(text, [[start, end]], text[start:end]) == ((start, end),)
    else:
        assert set(refusal(text, [[start, end]], text[max(start, 0) : max(end, 0)])) == {"segments"}


@pytest.mark.parametrize(
    "segments",
    [
        None,
        "0-3",
        {"start": 0},
        7,
        [3],
        [[1]],
        [[0, 1, 2]],
        [["0", "3"]],
        [[0.0, 3.0]],
        [[True, 3]],
        [[0, None]],
        [[0, 10**5000]],
    ],
)
def test_segments_of_another_shape_are_refused_in_words(segments):
    assert "[start, end]" in refusal("abc", segments, "abc")["segments"][0]


@pytest.mark.parametrize(
    ("segments", "sentence"),
    [
        ([], "At least one segment [start, end] is needed."),
        ([[5, 5]], "Segment 1 [5, 5] is empty: its end must lie after its start."),
        ([[5, 2]], "Segment 1 [5, 2] is reversed: its end must lie after its start."),
        ([[0, 99]], "Segment 1 [0, 99] ends outside the text, which has 10 code points."),
        ([[-1, 3]], "Segment 1 [-1, 3] begins before the text: offsets count from 0."),
        ([[0, 4], [3, 6]], "Segment 2 [3, 6] begins before segment 1 [0, 4] ends: they stand in order."),
        ([[4, 6], [0, 2]], "Segment 2 [0, 2] begins before segment 1 [4, 6] ends: they stand in order."),
        ([[0, 1], [7, 8]], "Segment 2 [7, 8] cuts a character in two at offset 8."),
        ([[8, 10]], "Segment 1 [8, 10] cuts a character in two at offset 8."),
    ],
)
def test_a_refusal_names_the_segment_and_its_numbers(segments, sentence):
    assert refusal("abcdefg👍🏽x", segments, "")["segments"] == [sentence]


def test_touching_segments_are_disjoint_and_taken():
    assert check_segments("abcd", [[0, 2], [2, 4]], "ab … cd") == ((0, 2), (2, 4))


def test_a_refusal_of_many_segments_stays_short():
    sentences = refusal("abc", [[1, 1]] * 50, "")["segments"]
    assert len(sentences) == SENTENCES_AT_MOST + 1
    assert sentences[-1] == "40 more segments are wrong."
    assert "At most" in refusal("abc", [[0, 1]] * (SEGMENTS_AT_MOST + 1), "")["segments"][0]


def test_a_wrong_quote_is_refused_with_both_strings_and_where_they_part():
    sentence = refusal("a\u00a0bc", [[0, 4]], "a bc")["quote"][0]
    assert "“a\u00a0bc”" in sentence
    assert "“a bc”" in sentence
    assert "character 2: U+00A0 against U+0020" in sentence


def test_a_long_wrong_quote_is_shown_around_the_difference():
    text = "x" * 5_000 + "y" + "z" * 5_000
    sentence = refusal(text, [[0, len(text)]], text.replace("y", "w"))["quote"][0]
    assert "xy" in sentence
    assert "xw" in sentence
    assert len(sentence) < 1_200


@pytest.mark.parametrize("quote", [None, 3, ["abc"], "ab\ud800", "a\x00c"])
def test_a_quote_that_is_no_text_is_refused_without_being_repeated(quote):
    sentence = refusal("abc", [[0, 3]], quote)["quote"][0]
    assert sentence.encode()
    assert "\x00" not in sentence


def test_segments_are_joined_by_an_ellipsis():
    assert quote_of("one two three", [(0, 3), (8, 13)]) == "one … three"


@given(texts_with_spans(max_spans=1))
def test_context_is_what_stands_around_a_span(drawn):
    text, [(start, end)] = drawn
    prefix, suffix = context_of(text, start, end)
    assert prefix + text[start:end] + suffix in text
    assert len(prefix) == min(start, CONTEXT_CODE_POINTS)
    assert len(suffix) == min(len(text) - end, CONTEXT_CODE_POINTS)


# -- finding ----------------------------------------------------------------------------------------------------------


@given(texts, st.text("aB e\u0301", max_size=3))
def test_every_occurrence_is_found(text, quote):
    expected = [at for at in range(len(text)) if text.startswith(quote, at)] if quote else []
    assert list(find_all(text, quote)) == expected


@given(texts_with_spans(max_spans=1))
def test_a_span_is_found_again_by_quote_context_and_place(drawn):
    text, [(start, end)] = drawn
    prefix, suffix = context_of(text, start, end)
    found = locate(Anchor(text[start:end], prefix, suffix, start), text)
    if prefix or suffix:
        assert found is not None
    if found is not None:
        assert found.how == "exact"
        assert text[found.start : found.end] == text[start:end]


@given(texts, texts, st.integers(0, 40) | st.none())
def test_whatever_is_found_lies_in_the_text_and_cuts_no_character(quote, text, hint):
    found = locate(Anchor(quote, "a", "B", hint), text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert not cuts_grapheme(text, found.start)
        assert not cuts_grapheme(text, found.end)


def test_context_decides_between_equal_quotes():
    second = REUTERS.rindex("Reuters")
    prefix, suffix = context_of(REUTERS, second, second + 7)
    assert locate(Anchor("Reuters", prefix, suffix), REUTERS).start == second
    assert locate(Anchor("Reuters", "", " had claimed that"), REUTERS).start == 0


def test_a_quote_that_stands_twice_and_knows_no_more_is_not_guessed():
    assert locate(Anchor("Reuters"), REUTERS) is None
    assert locate(Anchor("Reuters", hint=2), REUTERS) is None
    assert locate(Anchor("Reuters", hint=REUTERS.rindex("Reuters")), REUTERS).start == REUTERS.rindex("Reuters")
    assert locate(Anchor("Hamdan"), REUTERS).start == REUTERS.index("Hamdan")


def test_a_long_quote_that_stands_twice_is_taken_nearest_to_the_hint():
    text = f"{REUTERS}\n{REUTERS}"
    assert locate(Anchor(REUTERS, hint=len(REUTERS) - 10), text).start == len(REUTERS) + 1
    assert locate(Anchor(REUTERS), text) is None


def test_a_changed_passage_is_found_by_likeness():
    edited = REUTERS.replace("had been told so", "had been told this")
    found = locate(Anchor("that Haniyeh had been told so"), f"In Tehran. {edited}")
    assert found.how == "fuzzy"
    assert 85 <= found.score < 100
    assert "Haniyeh had been told" in f"In Tehran. {edited}"[found.start : found.end]


@pytest.mark.parametrize("text", ["", "Re", "Nothing of the kind was ever printed here, by anyone at all."])
def test_what_is_not_there_is_not_found(text):
    assert locate(Anchor("Reuters had claimed that", "x", "y", 3), text) is None
    assert locate(Anchor(""), text) is None
