"""The domain's words in the reader's language, with plurals and commas of that language; names stay as they are."""

import pytest
from django.utils.translation import override

from annotations.core import wording
from annotations.core.errors import Invalid
from annotations.core.lifecycle import why_not
from annotations.core.places import Count
from annotations.core.sentences import say
from annotations.templatetags.dates import partial_date
from annotations.templatetags.languages import listing, said, translated, value
from annotations.templatetags.words import in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "2 origins, 11 documents"), ("ar", "أصلان، 11 وثيقة"), ("fa", "2 خاستگاه، 11 سند")],
)
def test_counts_are_said_with_the_plural_of_the_language(language, words):
    with override(language):
        assert said(Count(origins=2, documents=11).in_words()) == words


def test_an_event_is_told_in_the_language_of_its_reader_and_names_stay():
    told = wording.sentence("annotation_added", "annotation", "“Claim”", {}, {})
    edited = wording.sentence("source_edited", "source", "This Is Beirut", {}, {})
    assert (told, edited) == ("marked “Claim”", "changed the source This Is Beirut")
    with override("fa"):
        assert said(told) == "“Claim” را نشان‌گذاری کرد"
        assert said(edited) == "منبع This Is Beirut را تغییر داد"
        assert said("Label") == "Label", "what is no sentence of the domain is somebody's own word"


def test_values_and_fields_of_a_change_are_translated():
    changes = wording.changes({"tone": "neutral", "note": "neutral"}, {"tone": "distancing", "note": "person"}, {})
    with override("ar"):
        assert [(said(change.field), said(change.now)) for change in changes] == [
            ("النبرة", "متحفظة"),
            ("الملاحظة", "person"),
        ]


def test_a_refusal_is_translated_with_what_fills_it():
    reason = why_not("claim", "take", "closed")
    assert reason == "This claim is closed; take is possible only while it is in the inbox."
    with override("fa"):
        assert (
            translated(reason) == "وضعیت این ادعا «بسته» است؛ برداشتن تنها وقتی ممکن است که وضعیت در صندوق ورودی باشد."
        )
        assert translated(Invalid.title) == "معتبر نیست"
        assert translated("") == "", "the head of a catalogue is no sentence"


def test_a_sentence_without_a_translation_stays_english():
    with override("fa"):
        assert translated(say("Nobody ever said {what}.", what="this")) == "Nobody ever said this."


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "16 Nov 2023", "Nov 2023"),
        ("ar", "16 نوفمبر 2023", "نوفمبر 2023"),
        ("fa", "16 نوامبر 2023", "نوامبر 2023"),
    ],
)
def test_dates_have_the_month_of_the_language_and_plain_digits(language, day, month):
    with override(language):
        assert (partial_date("2023-11-16"), partial_date("2023-11"), partial_date("2023")) == (day, month, "2023")
        assert (partial_date(""), partial_date("soon")) == ("", "soon")


def test_states_and_stored_words_are_translated():
    with override("ar"):
        assert (in_words("in_progress"), value("not_stated"), listing(["a", "b"])) == ("جارٍ العمل", "غير مذكور", "a، b")
    assert in_words("a_word_of_the_team") == "a word of the team"
