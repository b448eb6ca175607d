"""Events in words: what was done, which values stood before and after, ids by their names, the unnamed left unnamed."""

import re
from pathlib import Path

import pytest

from annotations.core.wording import Change, changes, ids_in, sentence

ONE, OTHER = "01a1fbfa-18aa-7576-9879-84b6d76eb008", "01a1fbfa-122d-7152-95d7-6f8b84785651"
NAMES = {ONE: "Osama Hamdan", OTHER: "S1"}
SERVICES = Path(__file__).resolve().parents[2] / "annotations/services"
NOTED = re.compile(r'"([a-z]+(?:_[a-z]+)*_(?:added|edited|trashed|restored|removed|opened|proposed|approved|from|back|'
                   r'dismissed|reopened|retired|taken|parked|resumed|rejected|reconsidered|made))"')  # fmt: skip


def verbs():
    return sorted({verb for path in SERVICES.glob("*.py") for verb in NOTED.findall(path.read_text())})


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_reads_as_words(verb):
    words = sentence(verb, "agent", "Reuters", {}, {})
    assert "_" not in words
    assert "{" not in words
    assert words == words.strip()


def test_there_are_verbs_to_read():
    assert {"dispute_opened", "resolution_dissented_from", "position_added"} <= set(verbs())


def test_names_stand_in_the_sentence():
    assert sentence("position_added", "position", "", {"agent": ONE}, NAMES) == "added the position of Osama Hamdan"
    assert sentence("source_edited", "source", "Minutes", {}, {}) == "changed the source Minutes"
    assert sentence("claim_trashed", "claim", "It is so.", {}, {}) == "moved to the trash the claim It is so."


def test_what_the_page_says_already_is_not_said_again():
    assert sentence("claim_taken", "claim", "", {}, {}) == "took the claim"
    assert sentence("attribution_added", "attribution", "", {}, {}) == "recorded who says it"


def test_record_that_may_not_be_seen_is_not_named():
    assert sentence("position_added", "position", "", {"agent": ONE}, {}) == "added the position of somebody"
    assert changes({}, {"owner": ONE}, {}) == [Change("owner", "", "a record")]


def test_unknown_verb_is_read_as_it_is():
    assert sentence("moon_landed_on", "moon", "", {}, {}) == "moon landed on"


def test_braces_of_a_name_stay_braces():
    assert sentence("agent_added", "agent", "{agent}", {"kind": "person"}, {}) == "added the agent {agent}"


def test_only_what_differs_is_a_change():
    told = changes({"text": "So.", "note": "x"}, {"text": "Not so.", "note": "x"}, {})
    assert told == [Change("text", "So.", "Not so.")]


def test_codes_are_read_as_words_and_free_text_is_left_alone():
    told = changes({"state": "in_work"}, {"state": "inbox", "layer": "said", "note": "As_it is"}, {})
    assert told == [
        Change("state", "in work", "inbox"),
        Change("layer", "", "Did they say it?"),
        Change("note", "", "As_it is"),
    ]


def test_what_is_kept_as_a_hash_is_told_by_its_length():
    long = {"sha256": "0" * 64, "code_points": 12_345}
    assert changes({}, {"quote": long}, {}) == [Change("quote", "", "a text of 12,345 characters")]


def test_stances_and_verdicts_are_told_statement_by_statement():
    stances = {OTHER: {"evidence": [], "scope": "blanket", "spans": [ONE], "stance": "deny"}}
    assert changes({}, {"stances": stances}, NAMES) == [Change("S1", "", "denies, blanket, spans: Osama Hamdan")]
    verdicts = {OTHER: {"confidence": "low", "evidence": [], "note": "", "verdict": "not_enough_evidence"}}
    assert changes({}, {"verdicts": verdicts}, NAMES) == [Change("S1", "", "not enough evidence, low")]


def test_statements_are_told_with_their_scope():
    was = [{"claim": OTHER, "out_of_scope_because": ""}]
    will = [{"claim": OTHER, "out_of_scope_because": "A motive."}]
    told = changes({"statements": was}, {"statements": will}, NAMES)
    assert told == [Change("S1", "to be judged", "out of scope: A motive.")]


def test_what_was_taken_away_is_told():
    assert changes({"owner": ONE}, {"owner": None}, NAMES) == [Change("owner", "Osama Hamdan", "")]


def test_columns_without_meaning_for_a_reader_are_left_out():
    assert changes({}, {"id": ONE, "project": OTHER, "version": 3, "name_key": "k", "trashed": True}, NAMES) == []


def test_ids_are_found_wherever_they_stand():
    assert set(ids_in({"a": ONE, OTHER: [{"b": [ONE]}], "c": "not one", "d": 3})) == {ONE, OTHER}
