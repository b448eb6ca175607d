"""The answer to a claim on its own: the same rules as for a dispute, and no way around them."""

import pytest

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused
from annotations.models import Claim, Decision, Event, Resolution
from annotations.services.claims import add_claim, edit_claim, take_claim, trash_claim
from annotations.services.disputes import dismiss_dispute, open_dispute
from annotations.services.evidence import add_evidence, edit_evidence, trash_evidence
from annotations.services.guidelines import change_guidelines
from annotations.services.projects import edit_project
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_claim_resolution,
    send_back_claim,
)
from annotations.services.sources import add_source, edit_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people, project):
    made = add_claim(by=people.ana, project=project, text="The bridge was closed in May.")
    return take_claim(by=people.ida, claim=made, version=made.version)


@pytest.fixture
def evidence(people, project, claim):
    source = add_source(by=people.ana, project=project, kind="document", title="Traffic notice")
    return add_evidence(by=people.ana, claim=claim, source=source, stance="supports", ground="document")


@pytest.fixture
def propose(people, claim, evidence):
    def propose(by=None, said=None, **changes):
        said = said or VerdictSaid("supported", "high", (evidence,))
        fields = {"verdicts": {claim.pk: said}, "rationale": "The notice says so."} | changes
        return propose_claim_resolution(by=by or people.ida, claim=claim, **fields)

    return propose


def now(claim):
    return Claim.objects.get(pk=claim.pk)


def test_a_claim_is_proposed_approved_and_never_by_the_same_person(people, claim, propose):
    resolution = propose()
    assert now(claim).state == "in_review"
    with pytest.raises(Refused, match="You proposed this resolution"):
        approve_resolution(by=people.ida, resolution=resolution)
    approve_resolution(by=people.jo, resolution=resolution, comment="Checked.")
    assert now(claim).state == "approved"
    assert Event.objects.filter(verb="resolution_approved").latest("number").object_kind == "approval"


def test_as_many_approvals_as_the_project_asks_for_claims(people, project, claim, propose):
    edit_project(by=people.max, project=project, version=project.version, approvals_needed={"claim": 2, "dispute": 1})
    resolution = propose()
    approve_resolution(by=people.jo, resolution=resolution)
    assert now(claim).state == "in_review"
    with pytest.raises(Clash):
        approve_resolution(by=people.jo, resolution=resolution)
    dissent_from_resolution(by=people.max, resolution=resolution, reason="One notice only.")
    assert now(claim).state == "in_review"


def test_a_verdict_needs_evidence_on_that_very_claim_or_a_search_log(people, project, claim, contested, propose):
    with pytest.raises(Invalid, match="cites no evidence"):
        propose(said=VerdictSaid("not_enough_evidence"))
    with pytest.raises(Invalid, match="on that very statement"):
        propose(said=VerdictSaid("supported", evidence=(contested.evidence,)))
    on_another = {contested.claims[0].pk: VerdictSaid("disputed")}
    with pytest.raises(Invalid, match="on the claim itself"):
        propose(verdicts={claim.pk: VerdictSaid("disputed"), **on_another}, search_log="Everywhere.")
    with pytest.raises(Invalid, match="Give a verdict"):
        propose(verdicts={})
    propose(said=VerdictSaid("not_enough_evidence"), search_log="The city's archive, May 2024: nothing.")


def test_a_change_of_words_sends_it_back_first_and_another_question_is_refused(people, claim, propose):
    propose()
    fresh = now(claim)
    with pytest.raises(IllegalMove, match="another claim for the other question"):
        edit_claim(by=people.ida, claim=fresh, version=fresh.version, layer="said")
    edit_claim(by=people.ida, claim=fresh, version=fresh.version, text="The bridge was closed in June.")
    assert now(claim).state == "in_work"
    assert "Sent back by itself" in now(claim).state_reason


def test_a_change_of_cited_evidence_or_its_source_sends_it_back_first(people, claim, evidence, propose):
    propose()
    edit_evidence(by=people.ana, evidence=evidence, version=evidence.version, quote="Closed from 2 May")
    assert now(claim).state == "in_work"
    propose()
    source = evidence.source
    edit_source(by=people.ana, source=source, version=source.version, title="Traffic notice 12")
    assert now(claim).state == "in_work"


def test_what_an_approved_answer_rests_on_cannot_change(people, claim, evidence, propose):
    approve_resolution(by=people.jo, resolution=propose())
    fresh = now(claim)
    with pytest.raises(IllegalMove, match="correct that answer first"):
        edit_claim(by=people.ida, claim=fresh, version=fresh.version, text="Something else.")
    with pytest.raises(IllegalMove, match="correct that answer first"):
        edit_evidence(by=people.ana, evidence=evidence, version=evidence.version, quote="Else")
    with pytest.raises(IllegalMove, match="standing resolution cites this"):
        trash_evidence(by=people.ana, evidence=evidence, version=evidence.version)
    with pytest.raises(IllegalMove):
        trash_claim(by=people.ida, claim=now(claim), version=now(claim).version)


def test_a_claim_that_a_dispute_holds_is_settled_there(people, project, claim, propose):
    resolution = propose()
    dispute = open_dispute(by=people.ana, project=project, question="Was it closed?", statements=[claim])
    with pytest.raises(IllegalMove, match=r"“Was it closed\?”\. Settle it there"):
        approve_resolution(by=people.jo, resolution=resolution)
    send_back_claim(by=people.jo, claim=now(claim), version=now(claim).version, comment="There is a dispute now.")
    with pytest.raises(IllegalMove, match="Settle it there"):
        propose()
    dismiss_dispute(by=people.ida, dispute=dispute, version=dispute.version, reason="A misreading.")
    assert propose().number == 2


def test_it_keeps_what_it_judged_and_the_guidelines_it_used(people, project, claim, evidence, propose):
    change_guidelines(by=people.max, project=project, text="One origin.")
    version = change_guidelines(by=people.max, project=project, text="Two origins.")
    resolution = propose()
    assert resolution.guidelines == version
    (statement,) = resolution.judged["statements"]
    assert statement["text"] == claim.text
    assert statement["layer"] == "so"
    assert [one["id"] for one in statement["evidence"]] == [str(evidence.pk)]


def test_numbers_go_on_after_sending_back_and_an_old_number_cannot_be_decided(people, claim, propose):
    first = propose()
    send_back_claim(by=people.jo, claim=now(claim), version=now(claim).version, comment="Which bridge?")
    with pytest.raises(IllegalMove):
        approve_resolution(by=people.jo, resolution=first)
    second = propose(by=people.jo)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(IllegalMove, match="replaced by a later one"):
        approve_resolution(by=people.max, resolution=first)
    assert Decision.objects.count() == 0
    assert Resolution.objects.standing().get() == second
