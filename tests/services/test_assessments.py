"""Votes: each reviewer's own, hidden until one's own is in; and the words they are given in, which stay once used."""

import pytest

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused
from annotations.models import Assessment, Event, VerdictScale
from annotations.queries.assessments import votes_on
from annotations.services.assessments import (
    add_assessment,
    add_verdict_scale,
    edit_assessment,
    edit_verdict_scale,
    trash_assessment,
)
from annotations.services.claims import reconsider_claim, reject_claim, take_claim
from annotations.services.resolutions import VerdictSaid, propose_claim_resolution, send_back_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people, project):
    from annotations.services.claims import add_claim

    made = add_claim(by=people.ana, project=project, text="The bridge was closed in May.")
    return take_claim(by=people.ida, claim=made, version=made.version)


def seen_by(person, claim):
    return [vote.assessment.author_id for votes in votes_on(claim, person) for vote in votes.votes]


def test_others_votes_are_hidden_until_ones_own_is_in(people, claim):
    add_assessment(by=people.ana, claim=claim, verdict="supported", confidence="high")
    assert seen_by(people.ana, claim) == [people.ana.pk]
    assert seen_by(people.ben, claim) == []
    independent, _ = votes_on(claim, people.ben)
    assert (independent.hidden, independent.agreed.votes) == (1, 0)
    assert not Event.objects.visible_to(people.ben).filter(object_kind="assessment").exists()
    add_assessment(by=people.ben, claim=claim, verdict="refuted")
    assert seen_by(people.ben, claim) == [people.ana.pk, people.ben.pk]
    agreed = votes_on(claim, people.ana)[0].agreed
    assert (agreed.pairs, agreed.per_cent) == (1, 0)


def test_a_proposal_opens_all_votes_and_ends_independent_ones(people, claim):
    add_assessment(by=people.ana, claim=claim, verdict="supported")
    propose_claim_resolution(
        by=people.ida, claim=claim, verdicts={claim.pk: VerdictSaid("disputed")}, rationale="So.", search_log="Here."
    )
    claim.refresh_from_db()
    assert seen_by(people.ben, claim) == [people.ana.pk]
    with pytest.raises(IllegalMove, match="too late"):
        add_assessment(by=people.ben, claim=claim, verdict="supported")
    add_assessment(by=people.ben, claim=claim, verdict="disputed", mode="sufficiency")


def test_nobody_sees_votes_by_moving_the_claim_and_votes_independently_then(people, claim):
    """An adjudicator can reject a claim and take it back, or propose an answer and send it back."""
    add_assessment(by=people.ana, claim=claim, verdict="supported")
    claim = reject_claim(by=people.ida, claim=claim, version=claim.version, reason="To look at the votes.")
    assert seen_by(people.ida, claim) == []
    claim = reconsider_claim(by=people.ida, claim=claim, version=claim.version)
    claim = take_claim(by=people.ida, claim=claim, version=claim.version)
    verdicts = {claim.pk: VerdictSaid("disputed")}
    propose_claim_resolution(by=people.ida, claim=claim, verdicts=verdicts, rationale="So.", search_log="Here.")
    claim.refresh_from_db()
    claim = send_back_claim(by=people.ida, claim=claim, version=claim.version, comment="Not yet.")
    assert seen_by(people.ida, claim) == [people.ana.pk]
    with pytest.raises(IllegalMove, match="would not be independent"):
        add_assessment(by=people.ida, claim=claim, verdict="supported")
    add_assessment(by=people.ida, claim=claim, verdict="supported", mode="sufficiency")


def test_a_vote_is_its_authors_alone_and_stays_once_others_are_open(people, claim):
    mine = add_assessment(by=people.ana, claim=claim, verdict="supported")
    with pytest.raises(Refused, match="one person's own vote"):
        edit_assessment(by=people.max, assessment=mine, version=1, verdict="refuted")
    with pytest.raises(Clash):
        add_assessment(by=people.ana, claim=claim, verdict="refuted")
    edit_assessment(by=people.ana, assessment=mine, version=1, verdict="refuted")
    add_assessment(by=people.ben, claim=claim, verdict="supported")
    with pytest.raises(IllegalMove, match="stays what it was"):
        edit_assessment(by=people.ana, assessment=mine, version=2, verdict="supported")
    edit_assessment(by=people.ana, assessment=mine, version=2, rationale="The notice is dated.")
    trash_assessment(by=people.ana, assessment=mine, version=3)
    with pytest.raises(IllegalMove, match="not be independent"):
        add_assessment(by=people.ana, claim=claim, verdict="supported")


def test_a_vote_is_given_in_words_of_the_newest_scale_on_evidence_of_that_claim(people, claim, contested):
    with pytest.raises(Invalid, match="One of supported"):
        add_assessment(by=people.ana, claim=claim, verdict="true")
    with pytest.raises(Invalid, match="that very claim"):
        add_assessment(by=people.ana, claim=claim, verdict="supported", evidence=[contested.evidence])
    assert not Assessment.objects.exists()


WORDS = [
    {"name": "True", "averitec": "Supported"},
    {"name": "False", "averitec": "Refuted", "definition": "The records say otherwise."},
]


def test_used_words_stay_and_a_change_makes_the_next_version(people, project, claim):
    first = VerdictScale.objects.get(project=project)
    with pytest.raises(Refused):
        edit_verdict_scale(by=people.ida, scale=first, version=1, verdicts=WORDS)
    edit_verdict_scale(by=people.max, scale=first, version=1, name="Ours", verdicts=WORDS)
    assert list(first.words) == ["true", "false"]
    vote = add_assessment(by=people.ana, claim=claim, verdict="true")
    with pytest.raises(IllegalMove, match="they stay"):
        edit_verdict_scale(by=people.max, scale=first, version=2, verdicts=WORDS)
    more = [*WORDS, {"name": "Half true", "averitec": "Conflicting Evidence/Cherrypicking"}]
    second = add_verdict_scale(by=people.max, project=project, verdicts=more)
    assert (second.number, second.name, list(second.words)[-1]) == (2, "Ours", "half_true")
    assert vote.scale == first
    assert add_assessment(by=people.ben, claim=claim, verdict="half_true").scale == second


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (WORDS[:1], "From 2 to 12"),
        ([*WORDS, WORDS[0]], "once"),
        ([*WORDS, {"name": "Odd", "averitec": "Maybe"}], "AVeriTeC"),
        ([*WORDS, {"name": "", "averitec": "Refuted"}], "fill in"),
    ],
)
def test_a_scale_that_cannot_be_judged_with_is_refused(people, project, words, why):
    with pytest.raises(Invalid, match=why):
        add_verdict_scale(by=people.max, project=project, verdicts=words)
