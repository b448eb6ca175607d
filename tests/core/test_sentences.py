"""A sentence reads as plain English everywhere, and still knows how to be said anew."""

import copy
import json

from annotations.core.sentences import FIELD, Sentence, count, either, listed, say, word


def test_a_sentence_is_its_english_words():
    words = say("At most {most:,} characters.", most=20_000)
    assert words == "At most 20,000 characters."
    assert json.dumps({"detail": words}) == '{"detail": "At most 20,000 characters."}'
    assert (words.template, words.values) == ("At most {most:,} characters.", {"most": 20_000})


def test_what_people_wrote_is_never_read_as_a_gap():
    assert say("“{name}” is there.", name="{other}") == "“{other}” is there."


def test_a_count_takes_the_form_of_its_number():
    assert count("{number} origin", "{number} origins", 1) == "1 origin"
    assert count("{number} origin", "{number} origins", 2) == "2 origins"


def test_lists_leave_out_what_is_empty_and_choices_are_joined_in_pairs():
    assert listed(["a", "", "b"]) == "a, b"
    assert not listed([])
    assert either(["open", "parked", "closed"]) == "open or parked or closed"


def test_a_copy_is_a_sentence_too():
    copied = copy.deepcopy(word("address", FIELD))
    assert isinstance(copied, Sentence)
    assert copied.context == FIELD
