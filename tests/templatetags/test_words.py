"""Every value of the domain has its words and its shape, and silence is never shown as a side."""

import re
from pathlib import Path

import pytest

from annotations.core.lifecycle import ClaimState, DisputeState
from annotations.core.places import Place
from annotations.models.disputes import OUTCOMES, STANCES
from annotations.models.evidence import EVIDENCE_STANCES
from annotations.templatetags import words

CSS = Path(__file__).resolve().parents[2] / "annotations/static/annotations/css/base.css"
SHAPES = set(re.findall(r"\.i-(\w+) \{ --n: \d+; \}", CSS.read_text()))


@pytest.mark.parametrize("value", words.SHOWN)
def test_every_shape_is_drawn(value):
    assert words.shape(value) in SHAPES


def test_unknown_value_is_shown_as_it_is():
    assert words.in_words("half_way") == "half way"
    assert words.shape("half_way") in SHAPES


def test_silences_are_no_side():
    assert [value for value in words.STANCES_OF_PARTIES if not words.is_silence(value)] == ["affirm", "deny", "qualify"]


def test_icons_of_the_strip_are_named_once_each():
    numbers = re.findall(r"\.i-\w+ \{ --n: (\d+); \}", CSS.read_text())
    strip = (CSS.parent.parent / "icons.svg").read_text()
    assert [int(number) for number in numbers] == list(range(len(numbers)))
    assert f'viewBox="0 0 {16 * len(numbers)} 16"' in strip


@pytest.mark.parametrize("value", [word for word, _ in [*STANCES, *EVIDENCE_STANCES, *OUTCOMES]] + [*Place])
def test_every_word_that_can_be_stored_has_words_to_show(value):
    assert value in words.SHOWN


@pytest.mark.parametrize("state", [*ClaimState, *DisputeState])
def test_states_of_the_table_of_moves_have_words(state):
    assert state in words.STATES
