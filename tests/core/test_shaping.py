"""The shape of a span: where it may be cut, and what two of them are together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.shaping import have_gap, merge_segments, split_segments

TEXT = "one two  three 👩‍👩‍👧 four"


def words(segments):
    return [TEXT[start:end] for start, end in segments]


def test_white_space_at_the_cut_belongs_to_neither_half():
    for at in (7, 8, 9):
        first, second = split_segments(TEXT, [[0, 14]], at)
        assert (words(first), words(second)) == (["one two"], ["three"])


def test_cut_in_a_gap_keeps_every_part():
    assert split_segments(TEXT, [[0, 3], [9, 14]], 5) == ([[0, 3]], [[9, 14]])


def test_cut_in_the_second_part_divides_it():
    assert split_segments(TEXT, [[0, 3], [4, 14]], 8) == ([[0, 3], [4, 7]], [[9, 14]])


@pytest.mark.parametrize(
    ("segments", "at", "words"),
    [
        ([[0, 7]], 0, "inside the span"),
        ([[0, 7]], 7, "inside the span"),
        ([[0, 7]], 99, "inside the span"),
        ([[15, 20]], 17, "cut a character"),
        ([[7, 14]], 8, "white space"),
    ],
)
def test_cut_that_is_none_is_refused_in_words(segments, at, words):
    with pytest.raises(Invalid, match=words) as refused:
        split_segments(TEXT, segments, at)
    assert list(refused.value.errors) == ["at"]


def test_merge_keeps_the_gap_or_joins_over_it():
    assert merge_segments([[0, 3]], [[9, 14]], "keep") == [[0, 3], [9, 14]]
    assert merge_segments([[0, 3]], [[9, 14]], "join") == [[0, 14]]
    assert have_gap([[0, 3]], [[9, 14]])


@pytest.mark.parametrize("other", [[[3, 7]], [[1, 7]], [[0, 7]], [[4, 7], [2, 5]]])
def test_parts_that_touch_or_overlap_become_one(other):
    assert merge_segments([[0, 3]], other, "keep") == [[0, 7]]
    assert not have_gap([[0, 3]], other)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), min_size=2, max_size=6))
def test_merged_parts_are_sorted_disjoint_and_cover_the_same(pairs):
    one, *rest = [[start, start + length] for start, length in pairs]
    merged = merge_segments([one], rest, "keep")
    assert all(before[1] < after[0] for before, after in pairwise(merged))
    covered = {at for start, end in (one, *rest) for at in range(start, end)}
    assert {at for start, end in merged for at in range(start, end)} == covered
