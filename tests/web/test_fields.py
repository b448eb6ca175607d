"""How forms read what was typed: nothing trimmed, line ends as typed, refusals beside their fields."""

import pytest

from annotations.core.errors import Clash, Invalid
from annotations.web.fields import Choice, Line, Several, Text, Tick, WriteForm, filled, unchanged


class Sample(WriteForm):
    name = Line("Name", required=True)
    note = Text("Note")
    kind = Choice("Kind", [("a", "A"), ("b", "B")])
    types = Several("Types", [("x", "X")])
    blind = Tick("Blind")


def test_words_are_never_trimmed():
    assert filled(Sample({"name": "  two words ", "note": "\n a \n"})) == {
        "name": "  two words ", "note": "\n a \n", "types": [], "blind": False,
    }  # fmt: skip


def test_fields_that_were_not_sent_are_left_alone():
    assert "note" not in filled(Sample({"name": "n"}))


def test_line_ends_are_as_they_were_typed():
    assert filled(Sample({"name": "n", "note": "a\r\nb"}))["note"] == "a\nb"


@pytest.mark.parametrize("typed", [{}, {"name": ""}, {"name": "a\x00b"}, {"name": "n", "kind": "c"}])
def test_what_cannot_be_read_is_invalid_in_words(typed):
    form = Sample(typed)
    with pytest.raises(Invalid) as refused:
        filled(form)
    form.refuse(refused.value)
    assert all(len(sentences) == 1 for sentences in form.errors.values()), "each said once"


def test_refusal_stands_beside_the_field_it_names():
    form = Sample({"name": "n"})
    form.refuse(Invalid("Two things.", errors={"name": ["Taken."], "elsewhere": ["Odd."]}))
    assert form.errors == {"name": ["Taken."], "__all__": ["elsewhere: Odd."]}


def test_refusal_without_a_field_stands_above():
    form = Sample({"name": "n"})
    form.refuse(Clash("Already here."))
    assert form.errors == {"__all__": ["Already here."]}


class Stored:
    note = "a\rb\r\nc"
    title = "one\ntwo"
    kind = 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"note": "a\nb\nc"}, {"note": "a\rb\r\nc"}),
        ({"note": "a\nb\nd"}, {"note": "a\nb\nd"}),
        ({"title": "onetwo"}, {"title": "one\ntwo"}),
        ({"kind": "3"}, {"kind": "3"}),
    ],
)
def test_words_that_a_field_cannot_carry_survive_an_unchanged_form(typed, kept):
    assert unchanged(typed, Stored) == kept
