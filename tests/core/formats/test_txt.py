"""A text file is kept to the last byte, and only what its head shows is read from it."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import Invalid
from annotations.core.formats import txt
from tests.core.strategies import any_texts

BODY = (
    "A senior official spoke on Thursday, October 7, 2023, of a meeting that nobody else remembers, and added that two"
    " more would follow before the end of the year. Others denied it."
)


def draft(text, name="file.txt"):
    return txt.read(text.encode(), name)


@given(any_texts.filter(str.strip))
def test_a_text_is_kept_to_the_last_byte(text):
    found = draft(text)
    assert found.text == text
    for value in (found.shown.get("title"), found.shown.get("outlet")):
        assert value is None or text[value.start : value.end] == value.value


@given(
    st.lists(
        st.sampled_from(
            ["Title", "\n", "29 Mar 2024", " - ", "News", ": ", BODY, "(", ")", "TEHRAN", "QR CodeQR Code", "7/8/2024"]
        )
    )
)
def test_any_head_is_read_without_a_crash_and_every_finding_is_where_it_says(pieces):
    text = "".join(pieces)
    if text.strip():
        found = draft(text)
        for place in found.shown.values():
            assert text[place.start : place.end]


def test_title_date_and_outlet_are_read_where_the_head_shows_them():
    text = f"QR CodeQR Code\n\nTop General Vows Support\n\n29 Mar 2024 22:35\n\nIslam Times - {BODY}"
    found = draft(text)
    assert found.about() == {
        "title": "Top General Vows Support",
        "outlet": "Islam Times",
        "published_on": "2024-03-29",
        "published_basis": "printed",
    }
    assert {field: text[place.start : place.end] for field, place in found.shown.items()} == {
        "title": "Top General Vows Support",
        "outlet": "Islam Times",
        "published_on": "29 Mar 2024",
    }
    assert "QR CodeQR Code" in found.notes[0]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("29 Mar 2024 22:35", "2024-03-29"),
        ("Friday, 29 March 2024", "2024-03-29"),
        ("March 29, 2024, 10:35 PM GMT", "2024-03-29"),
        ("Published: 2024-03-29T22:35:00Z", "2024-03-29"),
        ("Sept. 3rd, 2024", "2024-09-03"),
        ("29/03/2024", "2024-03-29"),
        ("03/29/2024", "2024-03-29"),
        ("05/05/2024", "2024-05-05"),
        ("03/04/2024", ""),
        ("31 Feb 2024", ""),
        ("Updated 29 Mar 2024", ""),
        ("On 29 Mar 2024 he said so", ""),
    ],
)
def test_a_date_is_read_from_a_line_of_its_own_that_can_be_read_one_way(line, value):
    assert draft(f"A title\n{line}\n{BODY}").published_on == value


def test_a_date_that_can_be_read_in_two_ways_is_named():
    assert "two ways" in draft(f"A title\n03/04/2024\n{BODY}").notes[0]


def test_a_date_in_a_sentence_is_not_the_day_of_publishing():
    found = draft(BODY)
    assert found.published_on == ""
    assert found.published_basis == ""


@pytest.mark.parametrize(
    ("before", "outlet"),
    [
        ("Islam Times - ", "Islam Times"),
        (" date 2024-03-18 Islam Times - ", "Islam Times"),
        ("MEHR: ", "MEHR"),
        ("TEHRAN (Tasnim) – ", "Tasnim"),
        ("TEHRAN, March 3 (Reuters) - ", "Reuters"),
        ("Gaza City - ", ""),
        ("NEW DELHI: ", ""),
        ("He told Fars News: ", ""),
        ("", ""),
    ],
)
def test_an_outlet_before_the_first_sentence_is_told_from_a_place(before, outlet):
    assert draft(before + BODY).outlet == outlet


def test_a_name_before_the_first_sentence_counts_if_it_stands_alone_elsewhere():
    assert draft(f"Al Manar - {BODY}").outlet == ""
    assert draft(f"Al Manar - {BODY}\n\nNews Link:\n\nAl Manar\r\n").outlet == "Al Manar"


def test_a_place_that_was_not_taken_is_named():
    assert any("Gaza City" in note for note in draft(f"Gaza City - {BODY}").notes)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("One line", "One line"),
        ("Middle EastWorld News\n\nGen. X: ‘Axis’ stays united", "Gen. X: ‘Axis’ stays united"),
        ("General X:\nSupport is permanent policy", "Support is permanent policy"),
        ("One line\nAnother line", "file"),
        ("", "file"),
    ],
)
def test_the_one_line_above_the_first_paragraph_is_the_title(head, title):
    assert draft(f"{head}\n{BODY}").title == title


@pytest.mark.parametrize("text", [BODY, "One line", "One\nTwo\nThree", f"One line\nAnother line\n{BODY}"])
def test_where_the_files_name_serves_as_title_a_note_says_so(text):
    found = draft(text, "a_file.txt")
    assert found.title == "a_file"
    assert "title" not in found.shown
    assert any("name serves as title" in note for note in found.notes)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no text"),
        (b" \r\n ", "no text"),
        (b"abc\xff", "byte 4"),
        ("abc".encode("utf-16"), "UTF-16"),
        (b"a\x00b", "U+0000"),
        (b"a\xed\xa0\x80", "byte 2"),
    ],
)
def test_a_file_that_is_no_text_is_refused_in_words(raw, reason):
    with pytest.raises(Invalid) as refused:
        txt.read(raw, "x.txt")
    assert reason in refused.value.errors["text"][0]


@pytest.mark.parametrize("piece", ["word ", "\n", " \n", "A-", "Aa ", "X - ", "Aaaa", "(", "1.", "\u0301"])
def test_a_file_of_megabytes_is_read_at_once(piece):
    text = "A title\nX - " + piece * 1_000_000 + "end"
    started = time.process_time()
    assert draft(text).text == text
    assert time.process_time() - started < 2


ORIGINALS = Path(__file__).parents[4] / "shared" / "seeds"  # beside the repository, where there is such a folder
SHOWN = {
    "000": {"outlet": "Islam Times", "published_on": "2024-03-18"},
    "001": {"outlet": "Islam Times", "published_on": "2024-03-29", "title": "Top General Vows"},
    "002": {},
    "003": {"title": "Gen. Qaani: "},
    "004": {"title": "Supporting resistance", "outlet": "MEHR"},
}


def test_the_original_articles_show_what_their_manifest_says():
    for path in sorted(ORIGINALS.glob("00?_*.txt")):
        found = txt.read(path.read_bytes(), path.name)
        expected = SHOWN[path.stem[:3]]
        assert found.text.encode() == path.read_bytes()
        assert set(found.shown) == set(expected), path.name
        for field, begins in expected.items():
            assert found.shown[field].value.startswith(begins)
