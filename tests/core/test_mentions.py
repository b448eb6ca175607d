"""Whom a comment calls, and which of its words are links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.mentions import names_called, pieces


def kinds(text, names=("ida", "a.b")):
    return [(piece.kind, piece.words) for piece in pieces(text, names) if piece.kind != "words"]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@ida look", ["ida"]),
        ("Look, @Ida.", ["ida.", "ida"]),
        ("@a.b and @a.b.", ["a.b", "a.b."]),
        ("write to ida@example.org", []),
        ("nobody @ all", []),
        ("(@ida) “@jo”", ["ida", "jo"]),
    ],
)
def test_a_name_behind_an_at_sign_is_a_call(text, called):
    assert set(names_called(text)) == set(called)


def test_a_thousand_calls_are_cut():
    assert len(names_called(" ".join(f"@n{number}" for number in range(1_000)))) == 50


def test_only_people_who_are_called_are_people():
    assert kinds("@ida and @nobody and @a.b.") == [("person", "@ida"), ("person", "@a.b")]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see https://example.org/a, please", "https://example.org/a"),
        ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("https://example.org/?q=1.", "https://example.org/?q=1"),
    ],
)
def test_a_link_ends_before_the_sentence_does(text, link):
    assert kinds(text) == [("link", link)]


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "http://user:pw@example.org/", "https://", "ftp://example.org"]
)
def test_what_hides_where_it_leads_is_no_link(text):
    assert [kind for kind, _ in kinds(text) if kind == "link"] == []


@given(st.text(alphabet="@ida.b https://x(y)\n,é", max_size=60))
def test_the_pieces_are_the_text(text):
    assert "".join(piece.words for piece in pieces(text, {"ida", "a.b"})) == text
