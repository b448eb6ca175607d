"""Offsets are code points of exactly the stored text, in every script and over every line end."""

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.text import (
    Utf16Map,
    blocks,
    check_storable,
    cuts_grapheme,
    from_utf16,
    grapheme_bounds,
    sentences,
    sha256_of,
    snap_out,
    to_utf16,
    words,
)
from tests.core.strategies import any_texts, texts


@pytest.mark.parametrize(
    ("text", "place"), [("ab\x00c", "offset 2 stands U+0000"), ("😀\ud83d", "offset 1 stands U+D83D")]
)
def test_what_cannot_be_stored_is_refused_with_its_place(text, place):
    with pytest.raises(Invalid) as refused:
        check_storable(text, "quote")
    assert place in refused.value.errors["quote"][0]


@given(any_texts)
def test_everything_else_can_be_stored_and_read_back(text):
    check_storable(text)
    assert text.encode().decode() == text


def test_a_hash_is_that_of_the_bytes():
    assert sha256_of("غزة") == "47c920a82120d1d4ac4ec2175bf171fb58f60068af1886d32fa5fc29bd5648c6"
    assert sha256_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_of("a\r\n") != sha256_of("a\n")


# -- UTF-16 -----------------------------------------------------------------------------------------------------------


@given(any_texts)
def test_every_offset_goes_to_utf16_and_back(text):
    units = Utf16Map(text)
    for offset in range(len(text) + 1):
        there = units.to_utf16(offset)
        assert there == len(text[:offset].encode("utf-16-le")) // 2
        assert units.from_utf16(there) == offset
        assert to_utf16(text, offset) == there
        assert from_utf16(text, there) == offset


@given(any_texts)
def test_utf16_offsets_inside_one_character_are_refused(text):
    units = Utf16Map(text)
    ends = {units.to_utf16(offset) for offset in range(len(text) + 1)}
    for inside in set(range(max(ends) + 1)) - ends:
        with pytest.raises(Invalid, match="inside one character"):
            units.from_utf16(inside)


@pytest.mark.parametrize("offset", [-1, 3])
def test_offsets_outside_the_text_are_refused_in_both_units(offset):
    with pytest.raises(Invalid, match="outside"):
        to_utf16("ab", offset)
    with pytest.raises(Invalid, match="outside"):
        from_utf16("ab", offset)


# -- grapheme clusters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("e\u0301a", {1}),
        ("👩\u200d👩\u200d👧x", {1, 2, 3, 4}),
        ("🇮🇷🇺🇦", {1, 3}),
        ("🇮🇷🇺", {1}),
        ("👍🏽", {1}),
        ("❤\ufe0f", {1}),
        ("a\r\nb", {2}),
        ("a\n\rb", set()),
        ("می\u200cخواهم", {2}),
        ("قَالَ", {1, 4}),
        ("\u1112\u1161\u11ab", {1, 2}),
        ("क्षत्रिय", {1, 2, 4, 5, 6}),
        ("กำ", {1}),
        ("a\u200d👩", {1}),
    ],
)
def test_what_a_reader_sees_as_one_character_is_known(text, cuts):
    assert {offset for offset in range(len(text) + 1) if cuts_grapheme(text, offset)} == cuts


@given(texts)
def test_looking_near_an_offset_says_the_same_as_reading_the_whole_text(text):
    whole = [0, *(cluster.end() for cluster in regex.finditer(r"\X", text))]
    assert list(grapheme_bounds(text)) == whole
    assert [offset for offset in range(len(text) + 1) if not cuts_grapheme(text, offset)] == whole


@given(texts, st.data())
def test_bounds_between_two_offsets_are_those_of_the_whole_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert list(grapheme_bounds(text, start, end)) == [at for at in grapheme_bounds(text) if start <= at <= end]


@given(texts, st.data())
def test_snapping_grows_a_span_as_little_as_possible(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = snap_out(text, start, end)
    bounds = list(grapheme_bounds(text))
    assert left == max(at for at in bounds if at <= start)
    assert right == min(at for at in bounds if at >= end)


@pytest.mark.parametrize("piece", ["word ", "🇮", "a\u0301", "👩\u200d", "\u0301", "क्", "कु", "한", "\n"])
def test_a_check_in_five_megabytes_does_not_read_them(piece):
    text = piece * (5_000_000 // len(piece.encode()))
    started = time.process_time()
    for offset in range(len(text) // 2, len(text) // 2 + 20):
        cuts_grapheme(text, offset)
    assert time.process_time() - started < 1.0  # 20 whole readings take 10 s and more


# -- blocks, words, sentences -----------------------------------------------------------------------------------------


@given(texts)
def test_blocks_tile_the_text_and_cut_no_character(text):
    tiles = blocks(text)
    assert "".join(text[block.start : block.end] for block in tiles) == text
    assert all(block.start < block.end for block in tiles)
    assert not any(cuts_grapheme(text, block.start) for block in tiles)


@given(texts)
def test_the_words_of_a_block_hold_no_line_end(text):
    for block in blocks(text):
        assert block.start <= block.words_start <= block.words_end <= block.end
        assert not set(text[block.words_start : block.words_end]) & set("\n\r\x0b\x0c\x85\u2028\u2029")
        assert not text[block.words_end : block.end].strip()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("one", ["one"]),
        ("one\ntwo", ["one\n", "two"]),
        ("one\r\ntwo\rthree", ["one\r\n", "two\r", "three"]),
        ("one\n\n \n\ntwo\n", ["one\n\n \n\n", "two\n"]),
        ("one\u2028two\u2029three", ["one\u2028", "two\u2029", "three"]),
        ("\n\n one\n two", ["\n\n one\n", " two"]),
        (" one", [" one"]),
        ("one\n  ", ["one\n  "]),
        ("\n \n", ["\n \n"]),
    ],
)
def test_a_paragraph_ends_with_its_run_of_line_ends(text, pieces):
    assert [text[block.start : block.end] for block in blocks(text)] == pieces


@given(texts)
def test_sentences_stay_in_their_blocks_and_cut_no_character(text):
    tiles = blocks(text)
    last = 0
    for start, end in sentences(text):
        assert last <= start < end
        assert not cuts_grapheme(text, start)
        assert not cuts_grapheme(text, end)
        assert any(tile.start <= start and end <= tile.end for tile in tiles)
        last = end


def test_sentences_know_abbreviations_and_emoji():
    text = "Gen. Qaani spoke on Thursday 😀. He left.\r\n\r\n“It is so.” Dr. Smith agreed."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Gen. Qaani spoke on Thursday 😀.",
        "He left.",
        "“It is so.”",
        "Dr. Smith agreed.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gen. Qa’ani: it's 3.14!", ["Gen", "Qa’ani", "it's", "3.14"]),
        ("می\u200cخواهم کتاب", ["می\u200cخواهم", "کتاب"]),
        ("cafe\u0301 👩\u200d👧", ["cafe\u0301"]),
        ("", []),
    ],
)
def test_words_are_what_stands_between_spaces_and_stops(text, found):
    assert [text[start:end] for start, end in words(text)] == found
