"""Words of saying are told from names, plans and things; quotations from apostrophes; denials are proposed whole."""

import pytest

from annotations.core.cues import find_attributions, find_cues
from annotations.core.quotations import quotations
from tests.benchmarks.suggested import CUES, QUOTATIONS

LABELS = {"cue": "cue", "quotation": "quote", "denial": "denial"}


def shown(text, spans):
    return sorted((text[start:end], start) for start, end in spans)


@pytest.mark.parametrize("sample", CUES, ids=lambda sample: f"{sample.language}: {sample.text[:30]}")
def test_cues_of_the_labelled_set(sample):
    found = {(cue.start, cue.end) for cue in find_cues(sample.text, sample.language)}
    assert shown(sample.text, found) == shown(sample.text, sample.spans)


@pytest.mark.parametrize("sample", QUOTATIONS, ids=lambda sample: f"{sample.language}: {sample.text[:30]}")
def test_quotations_of_the_labelled_set(sample):
    found = find_attributions(sample.text, {"quotation": "quote"}, sample.language)
    outer = {proposal.extent for proposal in found if "inside another" not in proposal.why}
    assert shown(sample.text, outer) == shown(sample.text, sample.spans)


def test_marks_nest_and_close_the_innermost_that_they_can():
    text = "“He said ‘the officials’ word was «no»’,” she wrote."
    found = [(text[one.start : one.end], one.depth) for one in quotations(text)]
    assert found == [
        ("“He said ‘the officials’ word was «no»’,”", 0),
        ("‘the officials’ word was «no»’", 1),
        ("«no»", 2),
    ]


@pytest.mark.parametrize("text", ["“”", "“never closed", "5'10\"", "don't", 'צה"ל', "«", "", "'", '"', "((“", "’tis"])
def test_lone_marks_quote_nothing(text):
    assert quotations(text) == []


def test_a_denial_is_its_sentence_without_the_full_stop_and_scores_higher_with_a_quotation():
    text = "It rained. Hamdan denied it. Hamas dismissed the report as “baseless talk”."
    found = [one for one in find_attributions(text, LABELS, "en") if one.label_key == "denial"]
    assert [(text[slice(*one.extent)], one.score) for one in found] == [
        ("Hamdan denied it", 0.6),
        ("Hamas dismissed the report as “baseless talk”", 0.7),
    ]
    assert found[0].why == "A sentence with “denied”"


def test_a_quotation_beside_a_word_of_saying_is_surer_than_scare_quotes():
    text = "“We will never leave,” she said. The “regime” fell."
    scores = {text[slice(*one.extent)]: one.score for one in find_attributions(text, {"quotation": "q"}, "en")}
    assert scores == {"“We will never leave,”": 0.9, "“regime”": 0.4}


def test_what_has_no_label_is_not_proposed_and_a_language_without_a_list_still_has_its_quotations():
    assert find_attributions("He said “no way at all”.", {}, "en") == []
    (found,) = find_attributions("Il a dit : « C’est fini pour nous ».", LABELS, "fr")
    assert found.label_key == "quote"
