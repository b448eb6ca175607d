"""The same words are found again, also written differently, at the bounds of words, with how often they were meant."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.matches import Labelled, find_matches, fold, phrases_of


def matches(text, *known, texts=()):
    phrases = phrases_of({quote: [Labelled(*labelled)] for quote, *labelled in known}, texts)
    return [(text[slice(*one.extent)], one.label_key, one.score) for one in find_matches(text, phrases)]


def test_case_accents_spaces_and_marks_make_no_difference_but_cost_a_little():
    known = ("Café “Rouge”", "place", 4)
    text = 'CAFE  "rouge", Cafe\u0301 “Rouge”, Café “Rouge”.'
    assert [score for _, _, score in matches(text, known)] == [0.75, 0.75, 0.833]


def test_arabic_and_persian_letters_joiners_and_points_are_one():
    text = "علي می‌گوید؛ على ميگويد و عَلِیّ"
    assert [words for words, *_ in matches(text, ("علی", "who", 3), ("می‌گوید", "cue", 3))] == [
        "علي", "می‌گوید", "على", "ميگويد", "عَلِیّ",
    ]  # fmt: skip


def test_a_word_inside_another_is_none_but_scripts_without_spaces_have_no_such_bounds():
    assert matches("Hamdanites, Hamdan’s", ("Hamdan", "who", 3)) == [("Hamdan", "who", 0.8)]
    assert [words for words, *_ in matches("在北京市和东京", ("北京", "place", 3))] == ["北京"]


def test_the_longest_wins_and_overlaps_only_with_other_labels():
    text = "Osama Hamdan spoke."
    known = [("Osama Hamdan", "who", 3), ("Hamdan", "who", 3), ("Hamdan spoke", "claim", 3)]
    assert [words for words, *_ in matches(text, *known)] == ["Osama Hamdan", "Hamdan spoke"]


def test_what_was_mostly_left_alone_is_not_proposed():
    texts = ["Israel " * 20]
    assert matches("Israel", ("Israel", "who", 1), texts=texts) == []
    assert matches("Israel", ("Israel", "who", 20), texts=texts) == [("Israel", "who", 0.955)]
    assert matches("Israel", ("Israel", "who", 2, 7)) == []  # people said no seven times


def test_small_words_and_digits_say_nothing():
    assert matches("the of 42 at", ("the", "x", 9), ("42", "x", 9), ("at", "x", 9), ("of the", "x", 9)) == []


def test_emoji_are_not_cut():
    family = "👩‍👩‍👧"
    assert matches(f"{family} Reuters {family}", ("Reuters", "who", 3)) == [("Reuters", "who", 0.8)]


@given(st.text(max_size=80))
def test_a_folded_text_knows_where_its_characters_stood(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
