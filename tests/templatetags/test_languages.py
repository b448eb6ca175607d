"""The domain's words in the reader's language, with plurals and commas of that language; names stay as they are."""

import importlib
import pkgutil

import pytest
from django import forms
from django.utils.translation import override

from annotations.core import wording
from annotations.core.errors import Invalid
from annotations.core.lifecycle import why_not
from annotations.core.places import Count
from annotations.core.sentences import say
from annotations.core.triage import FABLE
from annotations.models import TriageCriterion
from annotations.templatetags.dates import partial_date
from annotations.templatetags.languages import listing, reason, said, translated, value
from annotations.templatetags.words import criterion_said, in_words
from annotations.web import forms as all_forms


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


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_stored_reason_of_a_machine_is_said_in_the_language_of_its_reader(language):
    stored = "Nearly the same words: Haniyeh, Tehran."
    with override(language):
        words = reason(stored)
        assert (words != stored, "Nearly" in words, "Haniyeh، Tehran" in words) == (True, False, True)
        assert reason("Because I asked them.") == "Because I asked them."
    assert reason(stored) == stored


def test_a_criterion_on_offer_is_translated_until_the_team_words_it_anew():
    offered = FABLE[0]
    row = TriageCriterion(key=offered.key, name=str(offered.name), question="Is it in pieces?")
    with override("ar"):
        assert criterion_said(row, "name") == "التشتّت"
        assert criterion_said(row, "question") == "Is it in pieces?"
    assert criterion_said(row, "name") == "Fragmentation"


# Names that are the same everywhere: of time zones, of another thing's classes and formats.
SAME_EVERYWHERE = {("SettingsForm", "zone"), ("VerdictWordForm", "averitec"), ("AgentForm", "wikidata")}


def fields_of_forms():
    for module in pkgutil.iter_modules(all_forms.__path__):
        for name, kind in vars(importlib.import_module(f"{all_forms.__name__}.{module.name}")).items():
            if isinstance(kind, type) and issubclass(kind, forms.BaseForm) and kind.__module__.endswith(module.name):
                yield from ((name, field, kind.base_fields[field]) for field in kind.base_fields)


def read_in(language, field):
    with override(language):
        choices = [words for _, words in getattr(field, "choices", None) or []]
        return [str(words) for words in (field.label, field.help_text, *choices)]


def test_every_word_of_a_form_is_in_the_language_of_its_reader():
    same = [
        (form, name, english)
        for form, name, field in fields_of_forms()
        if (form, name) not in SAME_EVERYWHERE
        for english, arabic in zip(read_in("en", field), read_in("ar", field), strict=True)
        if english == arabic and len(english) > 1 and english != "None"
    ]
    assert same == []
