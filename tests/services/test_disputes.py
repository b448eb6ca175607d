"""Disputes, positions and resolutions through their services: the guards, the moves, and what others' edits do."""

import pytest
from django.db import IntegrityError, transaction

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused, Stale
from annotations.models import Decision, Dispute, Event, Resolution, VerdictCitation
from annotations.services.claims import edit_claim, trash_claim
from annotations.services.disputes import (
    StanceSaid,
    add_position,
    dismiss_dispute,
    edit_dispute,
    edit_position,
    open_dispute,
    reopen_dispute,
    send_back,
)
from annotations.services.evidence import add_evidence, edit_evidence, trash_evidence
from annotations.services.projects import edit_project
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_resolution,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def propose(people, contested):
    def propose(by=None, **changes):
        said = VerdictSaid("disputed", "low", (contested.evidence,))
        fields = {"verdicts": {contested.claims[0].pk: said}, "rationale": "Two accounts."} | changes
        return propose_resolution(by=by or people.ida, dispute=contested.dispute, **fields)

    return propose


def state_of(contested):
    return Dispute.objects.get(pk=contested.dispute.pk).state


def test_a_statement_affirmed_and_denied_is_in_dispute(contested):
    first, second = contested.claims
    assert contested.dispute.places() == {first.pk: "in_dispute", second.pk: "not_stated"}


def test_a_later_position_of_the_same_party_supersedes(people, contested):
    claim = contested.claims[0]
    add_position(
        by=people.ida,
        dispute=contested.dispute,
        agent=contested.agents[1],
        stated_on="2023-12",
        stances={claim.pk: StanceSaid("affirm")},
    )
    assert contested.dispute.places()[claim.pk] == "not_contested"


def test_silence_never_takes_back_what_was_said(people, contested):
    claim = contested.claims[0]
    add_position(
        by=people.ida,
        dispute=contested.dispute,
        agent=contested.agents[1],
        stated_on="2023-12",
        stances={claim.pk: StanceSaid("no_reply")},
    )
    assert contested.dispute.places()[claim.pk] == "in_dispute"


def test_a_proposal_puts_the_dispute_in_review(contested, propose):
    assert propose().number == 1
    assert state_of(contested) == "in_review"
    assert propose().number == 2


def test_a_proposal_copies_what_it_judged(people, contested, propose):
    judged = propose().judged["statements"][0]
    assert judged["text"] == "The visitor was told to stay silent."
    assert [stance["party"] for stance in judged["stances"]] == ["Reuters", "Osama Hamdan"]
    assert judged["stances"][1]["quotes"] == ["Pure lies and slander"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rationale": "  "}, "rationale"),
        ({"verdicts": {}}, "verdicts"),
        ({"as_of": "yesterday"}, "as_of"),
    ],
)
def test_a_proposal_lacks_nothing(contested, propose, changes, field):
    with pytest.raises(Invalid) as refusal:
        propose(**changes)
    assert field in refusal.value.errors
    assert state_of(contested) == "open"


def test_a_verdict_needs_evidence_or_a_search_log(contested, propose):
    bare = {contested.claims[0].pk: VerdictSaid("not_enough_evidence")}
    with pytest.raises(Invalid) as refusal:
        propose(verdicts=bare)
    assert "search_log" in refusal.value.errors
    assert propose(verdicts=bare, search_log="Searched the two agencies' archives.").number == 1


def test_a_verdict_rests_on_evidence_on_that_very_statement(people, contested, propose):
    elsewhere = add_evidence(
        by=people.ana, claim=contested.claims[1], source=contested.source, stance="supports", ground="document"
    )
    with pytest.raises(Invalid, match="that very statement"):
        propose(verdicts={contested.claims[0].pk: VerdictSaid("disputed", "", (elsewhere,))})


def test_without_a_statement_in_dispute_nothing_can_be_proposed(people, project, contested):
    calm = open_dispute(by=people.ana, project=project, question="And?", statements=[contested.claims[1]])
    with pytest.raises(IllegalMove, match="No statement is in dispute"):
        propose_resolution(by=people.ida, dispute=calm, verdicts={}, rationale="None.")


def test_an_annotator_cannot_propose(people, propose):
    with pytest.raises(Refused, match="adjudicator"):
        propose(by=people.ana)


def test_proposer_cannot_approve(people, contested, propose):
    with pytest.raises(Refused, match="You proposed"):
        approve_resolution(by=people.ida, resolution=propose())
    assert state_of(contested) == "in_review"


def test_the_database_itself_refuses_the_proposers_signature(people, propose):
    resolution = propose()
    for proposer in (people.ida, people.jo):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                project_id=resolution.project_id,
                resolution=resolution,
                author=people.ida,
                decision="approval",
                proposer=proposer,
            )


def test_approval_closes_with_the_computed_outcome(people, contested, propose):
    resolution = propose()
    dissent_from_resolution(
        by=people.max, resolution=resolution, reason="Not so.", verdicts={contested.claims[0].pk: "supported"}
    )
    approve_resolution(by=people.jo, resolution=resolution)
    closed = Dispute.objects.get(pk=contested.dispute.pk)
    assert (closed.state, closed.outcome) == ("closed", "unresolved")
    assert resolution.decisions.filter(decision="dissent").count() == 1


def test_one_decision_a_person(people, propose):
    resolution = propose()
    dissent_from_resolution(by=people.max, resolution=resolution, reason="Not so.")
    with pytest.raises(Clash, match="already"):
        approve_resolution(by=people.max, resolution=resolution)


def test_two_approvals_where_the_project_asks_for_two(people, project, contested, propose):
    edit_project(by=people.max, project=project, version=1, approvals_needed={"dispute": 2})
    resolution = propose()
    approve_resolution(by=people.jo, resolution=resolution)
    assert state_of(contested) == "in_review"
    approve_resolution(by=people.max, resolution=resolution)
    assert state_of(contested) == "closed"


def test_only_the_latest_number_can_be_approved(people, propose):
    first = propose()
    propose()
    with pytest.raises(IllegalMove, match="replaced"):
        approve_resolution(by=people.jo, resolution=first)


@pytest.mark.parametrize("edit", ["position", "statement", "claim", "evidence", "new position"])
def test_an_edit_in_review_sends_the_dispute_back_first(people, contested, propose, edit):
    resolution = propose()
    claim, denial = contested.claims[0], contested.positions[1]
    dispute = Dispute.objects.get(pk=contested.dispute.pk)
    match edit:
        case "position":
            edit_position(by=people.ida, position=denial, version=denial.version, channel="IRNA")
        case "statement":
            edit_dispute(by=people.ida, dispute=dispute, version=dispute.version, statements=[claim])
        case "claim":
            edit_claim(by=people.ana, claim=claim, version=claim.version, text="He was told to be silent.")
        case "evidence":
            edit_evidence(by=people.ana, evidence=contested.evidence, version=1, stance="mentions")
        case "new position":
            add_position(
                by=people.ana, dispute=dispute, agent=contested.agents[0], stances={claim.pk: StanceSaid("qualify")}
            )
    assert state_of(contested) == "open"
    assert Event.objects.filter(verb="dispute_sent_back", object_id=dispute.pk).count() == 1
    with pytest.raises(IllegalMove):
        approve_resolution(by=people.jo, resolution=resolution)


def test_nothing_moves_under_a_closed_dispute(people, contested, propose):
    approve_resolution(by=people.jo, resolution=propose())
    claim, denial = contested.claims[0], contested.positions[1]
    with pytest.raises(IllegalMove, match="reopen"):
        edit_position(by=people.ida, position=denial, version=denial.version, channel="IRNA")
    with pytest.raises(IllegalMove, match="reopen"):
        edit_claim(by=people.ana, claim=claim, version=claim.version, text="Otherwise.")


def test_what_a_standing_resolution_cites_cannot_be_trashed(people, contested, propose):
    propose()
    with pytest.raises(IllegalMove, match="standing resolution"):
        trash_evidence(by=people.ana, evidence=contested.evidence, version=1)
    with pytest.raises(IllegalMove, match="statement of a dispute"):
        trash_claim(by=people.ana, claim=contested.claims[0], version=1)


def test_sending_back_dismissing_and_reopening(people, contested, propose):
    propose()
    dispute = Dispute.objects.get(pk=contested.dispute.pk)
    with pytest.raises(IllegalMove, match="in review"):
        dismiss_dispute(by=people.jo, dispute=dispute, version=dispute.version, reason="No.")
    dispute = send_back(by=people.jo, dispute=dispute, version=dispute.version, comment="Ask them.")
    dispute = dismiss_dispute(by=people.jo, dispute=dispute, version=dispute.version, reason="One misread the other.")
    assert dispute.outcome == "not_a_dispute"
    with pytest.raises(Invalid):
        reopen_dispute(by=people.jo, dispute=dispute, version=dispute.version, reason="New.", what="a whim")
    dispute = reopen_dispute(by=people.jo, dispute=dispute, version=dispute.version, reason="New.", what="new_evidence")
    assert (dispute.state, dispute.outcome) == ("open", "")


def test_a_stale_move_changes_nothing(people, contested, propose):
    dispute = Dispute.objects.get(pk=contested.dispute.pk)
    propose()
    with pytest.raises(Stale):
        send_back(by=people.jo, dispute=dispute, version=dispute.version, comment="Old.")
    assert state_of(contested) == "in_review"


def test_a_position_speaks_only_to_statements_of_its_dispute(people, project, contested):
    from annotations.services.claims import add_claim

    other = add_claim(by=people.ana, project=project, text="Something else.")
    with pytest.raises(Invalid, match="statement of this dispute"):
        add_position(
            by=people.ida,
            dispute=contested.dispute,
            agent=contested.agents[0],
            stances={other.pk: StanceSaid("affirm")},
        )


def test_a_resolution_is_append_only(propose):
    resolution = propose()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Resolution.objects.filter(pk=resolution.pk).update(rationale="Another.")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        VerdictCitation.objects.filter(verdict__resolution=resolution).delete()
