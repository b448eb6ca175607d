"""Whether a document says what is quoted from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.grounds import usual_ground
from annotations.core.quoting import check_quote
from annotations.core.votes import agreement

PAGE = "He said: “We were not\ntold of it,  and nobody asked us.”\n\nThe minister left at noon without a word."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("We were not told of it", "found"),
        ('"We were not told of it, and nobody asked us."', "found"),
        ("We were not told of it … left at noon", "found"),
        ("left at noon … We were not told of it", "not_found"),
        ("We were told of it, and nobody asked us.", "similar"),
        ("A bridge fell into the sea.", "not_found"),
        ("  ", "unchecked"),
    ],
)
def test_words_are_found_through_line_ends_and_quotation_marks_and_nothing_else(quote, found):
    assert check_quote(quote, PAGE).found == found


def test_similar_words_are_shown_whole_as_the_document_has_them():
    quoted = check_quote("The minister left at noo without a word", PAGE)
    assert quoted.passage == "The minister left at noon without a word."


def test_a_document_without_text_checks_nothing():
    assert check_quote("words", "").found == "unchecked"


@given(st.text(alphabet="abc “”\n", min_size=1, max_size=60), st.integers(0, 30), st.integers(1, 30))
def test_what_was_cut_out_of_a_document_is_found_in_it(text, start, length):
    quote = text[start : start + length]
    assert check_quote(quote, text).found == ("found" if quote.strip() else "unchecked")


def test_the_usual_ground_makes_no_denial_count():
    assert usual_ground(kind="article", layer="so", stance="refutes") == "bare_assertion"
    assert usual_ground(kind="article", layer="said", stance="refutes") == "document"
    assert usual_ground(kind="post", layer="so", stance="supports") == "bare_assertion"
    assert usual_ground(kind="video", layer="so", stance="supports") == "first_hand"


def test_agreement_counts_pairs_within_a_claim():
    agreed = agreement([["a", "a", "b"], ["b"], ["b", "b"]])
    assert (agreed.votes, agreed.pairs, agreed.same, agreed.per_cent) == (6, 4, 2, 50)
    assert agreed.by_verdict == (("b", 4), ("a", 2))
    assert agreement([["a"]]).per_cent is None
