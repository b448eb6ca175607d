"""What two texts share is truly in both, in order; nothing of either is lost when they are cut into words or lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core import differences
from annotations.core.differences import lines_of, shared_by, shared_prefix, shared_suffix, words_of
from tests.core.strategies import any_texts, texts


@given(texts, texts)
def test_every_shared_stretch_stands_in_both_texts_in_order(old, new):
    at_old = at_new = 0
    for same in shared_by(old, new).stretches:
        assert same.length > 0
        assert old[same.old : same.old + same.length] == new[same.new : same.new + same.length]
        assert same.old >= at_old
        assert same.new >= at_new
        at_old, at_new = same.old + same.length, same.new + same.length


@pytest.mark.parametrize("limits", [(0, 10**9), (0, 0), (4, 4)])
@given(texts, texts)
def test_long_texts_are_compared_by_words_and_by_lines_and_share_truly(limits, old, new):
    usual = differences.CELLS_OF_CHARACTERS, differences.CELLS_OF_WORDS
    differences.CELLS_OF_CHARACTERS, differences.CELLS_OF_WORDS = limits
    try:
        shared = shared_by(old, new).stretches
    finally:
        differences.CELLS_OF_CHARACTERS, differences.CELLS_OF_WORDS = usual
    assert all(old[s.old : s.old + s.length] == new[s.new : s.new + s.length] for s in shared)
    assert [s.new for s in shared] == sorted(s.new for s in shared)


@given(texts)
def test_a_text_shares_all_of_itself(text):
    assert shared_by(text, text).stretches == ([(0, 0, len(text))] if text else [])


@given(any_texts)
def test_words_and_lines_joined_are_the_text(text):
    assert "".join(words_of(text)) == text
    assert "".join(lines_of(text)) == text


def test_words_are_words_in_every_script():
    assert words_of("Reuters: 2,300 می‌خواهم") == ["Reuters", ":", " ", "2,300", " ", "می‌خواهم"]
    assert words_of("日本語 ไทย") == ["日", "本", "語", " ", "ไ", "ท", "ย"]
    assert words_of("👩\u200d👩\u200d👧 e\u0301a") == ["👩\u200d👩\u200d👧", " ", "e\u0301a"]


@given(texts, texts, texts)
def test_what_two_texts_begin_and_end_with_is_counted(same, one, other):
    assert shared_prefix(same + one, same + other) >= len(same)
    assert shared_suffix(one + same, other + same) >= len(same)
    assert (one + same).endswith((other + same)[len(other + same) - shared_suffix(one + same, other + same) :])


def test_a_correction_in_five_million_characters_is_found():
    old = "Reuters reported it. " * 240_000
    new = old[:3_000_000] + "Not so. " + old[3_000_000:]
    assert [same.length for same in shared_by(old, new).stretches] == [3_000_000, len(old) - 3_000_000]


def test_two_corrections_in_a_long_text_leave_all_the_rest_shared():
    old = "".join(f"Sentence {number} was reported. " for number in range(30_000))
    new = old.replace("Sentence 9 was", "Sentence 9 is").replace("Sentence 29999 was", "Sentence 29999 is")
    assert sum(same.length for same in shared_by(old, new).stretches) >= len(old) - 4


@given(texts.filter(bool), st.integers(0, 60))
def test_a_place_in_the_old_text_has_a_place_in_the_new(old, offset):
    shared = shared_by(old, old + "more")
    assert shared.moved_to(min(offset, len(old))) == min(offset, len(old))
    assert shared.stretch_over(0, len(old)) == (0, 0, len(old))
