"""Suggestions between claims are made once and decided by people; a dispute is opened from one."""

import pytest

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused, Stale
from annotations.models import ClaimRelation, Event, Project
from annotations.queries.comparisons import found_disputes, relations_of_claim
from annotations.services.claims import add_claim
from annotations.services.comparisons import (
    KIND,
    add_claim_relation,
    confirm_claim_relation,
    dismiss_claim_relation,
    edit_claim_relation,
    open_dispute_from,
    restore_claim_relation,
    suggest_claim_relations,
    trash_claim_relation,
)
from annotations.services.disputes import open_dispute
from annotations.services.jobs import start_job

pytestmark = pytest.mark.django_db

TEXTS = ("The bridge at Dorvan was mined.", "The bridge at Dorvan was not mined.", "Rents in Kalo fell.")


@pytest.fixture
def claims(people, project):
    return [add_claim(by=people.ana, project=project, text=text) for text in TEXTS]


@pytest.fixture
def found(people, claims):
    (relation,) = suggest_claim_relations(by=people.ana, claim=claims[0])
    return relation


def test_a_suggestion_is_marked_and_says_why(found, claims):
    assert (found.type, found.kind, found.state, found.by_machine) == ("contradicts", "negation", "suggested", True)
    assert (found.from_claim, found.to_claim) == tuple(claims[:2])
    assert "says that it is not so" in found.explanation
    assert Event.objects.get(object_id=found.pk).verb == "claim_relation_suggested"


def test_a_pair_is_suggested_once_from_either_end_and_never_after_it_was_dismissed(people, claims, found):
    assert suggest_claim_relations(by=people.ana, claim=claims[0]) == []
    assert suggest_claim_relations(by=people.ben, claim=claims[1]) == []
    dismiss_claim_relation(by=people.ben, claim_relation=found, version=1, reason="Two bridges.")
    assert suggest_claim_relations(by=people.ana, claim=claims[1]) == []
    start_job(by=people.ana, project=claims[0].project, kind=KIND)
    assert ClaimRelation.objects.count() == 1


def test_a_job_looks_through_the_whole_project(people, project, claims):
    job = start_job(by=people.ana, project=project, kind=KIND)
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"claims": 3, "suggested": 1})
    again = start_job(by=people.ana, project=project, kind=KIND, arguments={"claim": str(claims[0].pk)})
    again.refresh_from_db()
    assert again.result == {"claims": 1, "suggested": 0}


def test_a_dismissal_needs_a_reason_and_can_be_taken_back(people, found):
    with pytest.raises(Invalid):
        dismiss_claim_relation(by=people.ben, claim_relation=found, version=1, reason=" ")
    dismissed = dismiss_claim_relation(by=people.ben, claim_relation=found, version=1, reason="Two bridges.")
    assert (dismissed.state, dismissed.dismissed_because) == ("dismissed", "Two bridges.")
    with pytest.raises(IllegalMove):
        dismiss_claim_relation(by=people.ben, claim_relation=found, version=2, reason="Again.")
    confirmed = confirm_claim_relation(by=people.ben, claim_relation=dismissed, version=2)
    assert (confirmed.state, confirmed.dismissed_because) == ("confirmed", "")
    with pytest.raises(IllegalMove):
        confirm_claim_relation(by=people.ben, claim_relation=confirmed, version=3)


def test_decisions_are_made_on_the_version_that_was_seen(people, found):
    confirm_claim_relation(by=people.ben, claim_relation=found, version=1)
    with pytest.raises(Stale):
        confirm_claim_relation(by=people.ana, claim_relation=ClaimRelation.objects.get(), version=1)


def test_viewers_decide_nothing(people, found, claims):
    with pytest.raises(Refused):
        confirm_claim_relation(by=people.vera, claim_relation=found, version=1)
    with pytest.raises(Refused):
        suggest_claim_relations(by=people.vera, claim=claims[2])


def test_people_say_how_claims_stand_once(people, claims):
    pair = {"from_claim": claims[0], "to_claim": claims[2]}
    relation = add_claim_relation(by=people.ana, **pair, type="compatible", explanation="Another town.")
    with pytest.raises(Clash):
        add_claim_relation(by=people.ben, **pair, type="compatible")
    with pytest.raises(Invalid):
        add_claim_relation(by=people.ana, from_claim=claims[0], to_claim=claims[0], type="same_as")
    with pytest.raises(Invalid):
        add_claim_relation(by=people.ana, **pair, type="updates", kind="numeric")
    with pytest.raises(Refused):
        edit_claim_relation(by=people.ben, claim_relation=relation, version=1, type="same_as")
    edit_claim_relation(by=people.ana, claim_relation=relation, version=1, type="contradicts", kind="lexical")
    trashed = trash_claim_relation(by=people.ana, claim_relation=relation, version=2)
    add_claim_relation(by=people.ben, **pair, type="contradicts")
    with pytest.raises(Clash):
        restore_claim_relation(by=people.ana, claim_relation=trashed, version=3)


def test_what_is_suggested_already_is_accepted_and_not_said_anew(people, claims, found):
    with pytest.raises(Clash) as refused:
        add_claim_relation(by=people.ben, from_claim=claims[0], to_claim=claims[1], type="contradicts")
    assert "accept the suggestion" in refused.value.message


def test_a_dispute_is_opened_from_a_suggestion_with_both_statements(people, project, claims, found):
    assert list(found_disputes(project, people.vera)) == [found]
    dispute = open_dispute_from(by=people.ben, claim_relation=found, version=1, question="Was it mined?")
    found.refresh_from_db()
    assert (found.state, found.dispute) == ("confirmed", dispute)
    assert [row.claim for row in dispute.statements.all()] == claims[:2]
    assert list(found_disputes(project, people.vera)) == []
    with pytest.raises(Clash):
        open_dispute_from(by=people.ben, claim_relation=found, version=found.version, question="Again?")


def test_what_is_in_one_dispute_already_is_not_found_again(people, project, claims, found):
    open_dispute(by=people.ana, project=project, question="Was it?", statements=claims[:2])
    assert list(found_disputes(project, people.vera)) == []


def test_a_dispute_is_opened_over_contradictions_alone(people, claims):
    relation = add_claim_relation(by=people.ana, from_claim=claims[0], to_claim=claims[2], type="same_as")
    with pytest.raises(IllegalMove):
        open_dispute_from(by=people.ana, claim_relation=relation, version=1, question="Which?")


def test_in_a_blind_project_annotators_see_and_find_among_their_own_claims(people, project, claims, found):
    Project.objects.filter(pk=project.pk).update(blind=True)
    other = add_claim(
        by=people.ben, project=Project.objects.get(pk=project.pk), text="The bridge at Dorvan is not mined."
    )
    assert suggest_claim_relations(by=people.ben, claim=other) == []
    assert relations_of_claim(claims[0], people.ben) == []
    assert list(found_disputes(project, people.ben)) == []
    assert list(found_disputes(project, people.ana)) == [found]
