"""Seed files: spans by their words, and several files as one."""

import pytest

from annotations.core.errors import Invalid
from annotations.core.formats.seeds import joined, segments_of

TEXT = "He said no. He said it twice. Then he left, and he said nothing. aaa"


@pytest.mark.parametrize(
    ("span", "segments"),
    [
        ("twice", [[23, 28]]),
        ({"quote": "He said", "nth": 2}, [[12, 19]]),
        ({"quote": "aa", "nth": 2}, [[66, 68]]),
        (["He said", "twice", "nothing"], [[0, 7], [23, 28], [56, 63]]),
        ({"segments": [[3, 7], [8, 10]]}, [[3, 7], [8, 10]]),
    ],
)
def test_a_span_is_found_by_its_words(span, segments):
    assert segments_of(TEXT, span) == segments


@pytest.mark.parametrize(
    "span", ["never", "He said", {"quote": "twice", "nth": 2}, ["twice", "He said no"], {"words": "twice"}, 7, None]
)
def test_words_that_do_not_name_one_place_are_refused(span):
    with pytest.raises(Invalid):
        segments_of(TEXT, span)


def test_lists_of_one_name_are_one_list_and_a_files_author_counts_for_its_records():
    files = [
        {"by": "ana", "claims": [{"key": "a"}, {"key": "b", "by": "ben"}]},
        {"by": "ida", "claims": [{"key": "c"}]},
    ]
    assert [(row["key"], row["by"]) for row in joined(files)["claims"]] == [("a", "ana"), ("b", "ben"), ("c", "ida")]


def test_a_key_given_twice_is_refused():
    with pytest.raises(Invalid, match="twice"):
        joined([{"claims": [{"key": "a"}]}, {"agents": [{"key": "a"}]}])
