"""Where the same words stand again: in every script, with what one asks to be the same, in whole characters only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.occurrences import Finder, Options, direction_of, find, in_context, is_word_edge, sort_key
from annotations.core.text import cuts_grapheme

ANY_PLACE = {"whole_words": False}
EXACT = {"case": True, "accents": True}
SAMPLES = [
    # text, words, options, what is found
    ("Hamas and HAMAS and hamas", "Hamas", {}, ["Hamas", "HAMAS", "hamas"]),
    ("Hamas and HAMAS and hamas", "Hamas", {"case": True}, ["Hamas"]),
    ("a café, a CAFE\u0301, a cafe", "cafe", {}, ["café", "CAFE\u0301", "cafe"]),
    ("a café, a CAFE\u0301, a cafe", "café", {"accents": True}, ["café", "CAFE\u0301"]),
    ("a café, a cafe\u0301, a cafe", "cafe", EXACT, ["cafe"]),
    ("cafe and cafeteria", "cafe", {}, ["cafe"]),
    ("cafe and cafeteria", "cafe", ANY_PLACE, ["cafe", "cafe"]),
    ("Hamdan’s aide, Hamdan's, Hamdani", "hamdan", {}, ["Hamdan", "Hamdan"]),
    ("3, 13, 3.14 and 3,000, 3.", "3", {}, ["3", "3"]),
    ("Straße, STRASSE", "strasse", {}, ["Straße", "STRASSE"]),
    ("ﬁnance and finance", "finance", {}, ["ﬁnance", "finance"]),
    ("İstanbul ISTANBUL ıstanbul", "istanbul", {}, ["İstanbul", "ISTANBUL", "ıstanbul"]),
    ("“told” – it's", '"told" - it’s', {}, ["“told” – it's"]),
    ("told\r\nto stay, told\n\nto stay, told  to", "told to", {}, ["told\r\nto", "told  to"]),
    # Arabic and Persian: vowel marks, joiners, letters of either keyboard, digits
    ("القُدس، القدس، والقدس", "القدس", {}, ["القُدس", "القدس"]),
    ("می\u200cخواهم و ميخواهم", "میخواهم", {}, ["می\u200cخواهم", "ميخواهم"]),
    ("می\u200cخواهم", "خواهم", {}, []),
    ("گفت كه علي", "که علی", {}, ["كه علي"]),
    ("گفت كه علي", "که علی", {"accents": True}, []),
    ("۱۲۳ و ١٢٣ و 123", "123", {}, ["۱۲۳", "١٢٣", "123"]),
    ("שָׁלוֹם שלום", "שלום", {}, ["שָׁלוֹם", "שלום"]),
    # Scripts without spaces: no place is inside a word; kana of one kind are
    ("大马士革的首都大马士革", "大马士革", {}, ["大马士革", "大马士革"]),
    ("東京タワーとタワーズ", "タワー", {}, ["タワー"]),
    ("ภาษาไทยดี ดี", "ดี", {}, ["ดี", "ดี"]),
    ("ดี ด", "ด", {}, ["ด"]),
    ("하마스가 신하마스", "하마스", {}, ["하마스"]),
    ("किताब की", "कि", ANY_PLACE, ["कि"]),
    # Nothing that a reader sees as one character is cut
    ("👩‍👩‍👧 and 👩", "👩", {}, ["👩"]),
    ("🇮🇷", "🇮", {}, []),
]


@pytest.mark.parametrize(("text", "words", "options", "expected"), SAMPLES)
def test_found_as_a_reader_would(text, words, options, expected):
    assert [text[start:end] for start, end in find(text, words, Options(**options))] == expected


ALPHABET = st.text(st.sampled_from("aAáb\u0301ß ﬁiİ\u200cیيك\n\r1۱👩\u200d👧한か゛ดี🇮🇷"), max_size=30)


@given(ALPHABET, ALPHABET, st.builds(Options, st.booleans(), st.booleans(), st.booleans()))
def test_spans_are_in_order_and_cut_no_character(text, words, options):
    end_before = 0
    for start, end in find(text, words, options):
        assert end_before <= start < end <= len(text)
        assert not cuts_grapheme(text, start)
        assert not cuts_grapheme(text, end)
        end_before = end


@given(ALPHABET, ALPHABET, ALPHABET)
def test_words_are_found_where_they_stand(before, words, after):
    text = f"{before} {words} {after}"
    start = len(before) + 1
    options = Options(case=True, accents=True, whole_words=False)
    if words.strip() != words or not words or cuts_grapheme(text, start) or cuts_grapheme(text, start + len(words)):
        return
    assert list(find(words, words, options)) == [(0, len(words))] or "\n\n" in words.replace("\r", "\n")


@given(ALPHABET, ALPHABET)
def test_what_the_database_rules_out_holds_no_hit(text, words):
    finder = Finder(words, Options(case=True, accents=True, whole_words=False))
    if finder.must_hold not in text:
        assert list(finder.spans(text)) == []


def test_search_goes_on_from_a_place():
    finder = Finder("a b")
    assert list(finder.spans("a b a b", 1)) == [(4, 7)]
    assert not Finder(" \n")
    assert list(find("anything", "")) == []


def test_word_edges():
    assert is_word_edge("one two", 3)
    assert not is_word_edge("one", 1)
    assert is_word_edge("", 0)
    assert is_word_edge("a", 1)
    assert not is_word_edge("1.5", 1)
    assert is_word_edge("1. 5", 1)


def test_line_says_which_way_it_runs_and_sorts_by_its_neighbours():
    text = "It was said.\n\nThe visitor was told to stay silent."
    start = text.index("told")
    context = in_context(text, start, start + 4)
    assert context == ("It was said. The visitor was ", "told", " to stay silent.", "ltr")
    assert sort_key(context, "left") == "was visitor the said. was it"
    assert sort_key(context, "right") == "to stay silent."
    assert (direction_of("12 می"), direction_of("12")) == ("rtl", "ltr")
