"""Partial dates in words, and how long ago something was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.templatetags.dates import ago, partial_date


@pytest.mark.parametrize(
    ("value", "words"),
    [("2023-11-16", "16 Nov 2023"), ("2023-11", "Nov 2023"), ("2023", "2023"), ("", ""), ("soon", "soon")],
)
def test_partial_date_in_words(value, words):
    assert partial_date(value) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "just now"), (120, "2 minutes ago"), (3 * 86_400 + 7_200, "3 days ago")]
)
def test_ago_says_one_unit(seconds, words):
    assert ago(timezone.now() - timedelta(seconds=seconds)) == words
