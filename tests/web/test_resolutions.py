"""Resolutions through the page: proposed with a verdict on each statement, decided by others, never by the proposer."""

from uuid import uuid4

import pytest

from annotations.models import Decision, Resolution
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution
from tests.web.forms import form_in


def address(dispute, part=""):
    return f"/disputes/{dispute.pk}/{part}"


@pytest.fixture
def proposed(people, contested):
    """Ida's proposal on the contested dispute."""
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    return propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="Word against word.")


@pytest.fixture
def proposing(at, people, contested, send):
    """proposing(**typed): Ida sends the form; what is not typed is a complete proposal."""

    def fill_in(htmx=False, **typed):
        ida, form = at(people.ida), address(contested.dispute, "resolutions/")
        claim = contested.claims[0].pk
        said = {
            f"{claim}-verdict": "disputed",
            f"{claim}-confidence": "low",
            f"{claim}-evidence": str(contested.evidence.pk),
            "rationale": "Word against word.",
        }
        return send(ida, ida.get(form), form, htmx=htmx, **said | typed)

    return fill_in


# -- proposing --------------------------------------------------------------------------------------------------------


def test_proposal_puts_the_dispute_in_review(proposing, contested):
    answer = proposing(as_of="2026-11", reopen_if="A recording appears.")
    resolution = Resolution.objects.get()
    verdict = resolution.verdicts.get()
    assert (answer.status_code, answer.url) == (303, address(contested.dispute))
    assert (resolution.as_of, resolution.reopen_if) == ("2026-11", "A recording appears.")
    assert (verdict.verdict, verdict.confidence) == ("disputed", "low")
    assert verdict.citations.get().evidence == contested.evidence
    contested.dispute.refresh_from_db()
    assert contested.dispute.state == "in_review"


def test_proposal_by_htmx_leads_on_to_the_dispute(proposing, contested):
    answer = proposing(htmx=True)
    assert answer.headers["HX-Redirect"] == address(contested.dispute)


def test_missing_verdict_is_named(proposing, contested):
    answer = proposing(**{f"{contested.claims[0].pk}-verdict": None})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Every statement in dispute needs a verdict; still without one: S1." in body
    assert "Word against word." in body


def test_verdict_without_evidence_needs_a_search_log(proposing, contested):
    without = {f"{contested.claims[0].pk}-evidence": None}
    answer = proposing(**without)
    assert answer.status_code == 422
    assert "S1 cites no evidence: cite some, or log where you searched." in answer.content.decode()
    assert proposing(**without, search_log="Both archives.").status_code == 303


def test_refused_form_for_htmx_is_the_region(proposing):
    answer = proposing(htmx=True, rationale="")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="resolution-form"' in body
    assert "<html" not in body


def test_next_proposal_starts_from_the_last_one(at, people, contested, proposed):
    form = address(contested.dispute, "resolutions/")
    page = at(people.jo).get(form)
    fields = form_in(page, form)
    assert fields["rationale"] == "Word against word."
    assert fields[f"{contested.claims[0].pk}-verdict"] == "disputed"
    assert fields[f"{contested.claims[0].pk}-evidence"] == str(contested.evidence.pk)
    assert "Propose resolution 2" in page.content.decode()


def test_without_a_statement_in_dispute_the_form_says_why_not(at, people, project, contested):
    from annotations.services.disputes import open_dispute

    quiet = open_dispute(by=people.ana, project=project, question="Well?", statements=contested.claims)
    page = at(people.ida).get(address(quiet, "resolutions/")).content.decode()
    assert "No statement is in dispute yet" in page
    assert 'aria-disabled="true"' in page


def test_annotator_reads_why_they_may_not_propose(at, people, contested):
    page = at(people.ana).get(address(contested.dispute, "resolutions/")).content.decode()
    assert "Proposing a resolution needs the role adjudicator or manager" in page


def test_stale_proposal_is_refused(at, people, contested):
    ida, form = at(people.ida), address(contested.dispute, "resolutions/")
    fields = form_in(ida.get(form), form)
    contested.dispute.version = 7
    contested.dispute.save()
    claim = contested.claims[0].pk
    said = {f"{claim}-verdict": "disputed", f"{claim}-evidence": str(contested.evidence.pk), "rationale": "So."}
    answer = ida.post(form, fields | said)
    assert answer.status_code == 412
    assert not Resolution.objects.exists()


# -- deciding ---------------------------------------------------------------------------------------------------------


def test_proposer_cannot_approve_and_reads_why(at, people, contested, proposed):
    page = at(people.ida).get(address(contested.dispute)).content.decode()
    assert "You proposed this resolution, so someone else decides on it." in page
    assert '<button class="btn pri" type="button" aria-disabled="true" aria-describedby="approve-why">Approve' in page


def test_proposer_who_sends_the_form_all_the_same_is_refused(at, people, contested, proposed):
    answer = at(people.ida).post(f"/resolutions/{proposed.pk}/approvals/", {"idempotency_key": str(uuid4())})
    assert answer.status_code == 403
    assert "You proposed this resolution, so someone else decides on it." in answer.content.decode()
    assert not Decision.objects.exists()


def test_proposer_cannot_dissent_and_reads_why(at, people, contested, proposed):
    page = at(people.ida).get(address(contested.dispute)).content.decode()
    assert "to disagree with it, send it back and propose another" in page


def test_approval_closes_the_dispute_as_unresolved(at, people, contested, proposed, send):
    jo = at(people.jo)
    action = f"/resolutions/{proposed.pk}/approvals/"
    answer = send(jo, jo.get(address(contested.dispute)), action, comment="It keeps to what is there.")
    assert (answer.status_code, answer.url) == (303, address(contested.dispute))
    page = jo.get(address(contested.dispute)).content.decode()
    assert "Unresolved: could not be independently verified" in page
    assert "It keeps to what is there." in page
    assert "approved by Jo" in page


def test_approval_by_htmx_answers_with_the_screen(at, people, contested, proposed, send):
    jo = at(people.jo)
    answer = send(jo, jo.get(address(contested.dispute)), f"/resolutions/{proposed.pk}/approvals/", htmx=True)
    assert "You approved resolution 1." in answer.content.decode()
    assert "could not be independently verified" in answer.content.decode()


def test_dissent_stands_beside_the_resolution(at, people, contested, proposed, send):
    maximal = at(people.max)
    action, claim = f"/resolutions/{proposed.pk}/dissents/", contested.claims[0].pk
    page = maximal.get(address(contested.dispute))
    send(maximal, page, action, reason="Two camps said so.", **{f"verdict-{claim}": "supported"})
    approve_resolution(by=people.jo, resolution=proposed)
    page = maximal.get(address(contested.dispute)).content.decode()
    assert "Two camps said so." in page
    assert "would say on S1" in page
    assert "Max dissented" in page
    assert Decision.objects.get(author=people.max).verdicts == {str(claim): "supported"}


def test_dissent_without_a_reason_is_refused_in_the_form(at, people, contested, proposed, send):
    maximal = at(people.max)
    action = f"/resolutions/{proposed.pk}/dissents/"
    answer = send(maximal, maximal.get(address(contested.dispute)), action)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()
    assert not Decision.objects.exists()


def test_nobody_decides_twice(at, people, contested, proposed, send):
    maximal = at(people.max)
    page = maximal.get(address(contested.dispute))
    send(maximal, page, f"/resolutions/{proposed.pk}/dissents/", reason="No.")
    assert "each person decides once" in maximal.get(address(contested.dispute)).content.decode()
    answer = send(maximal, page, f"/resolutions/{proposed.pk}/approvals/")
    assert answer.status_code == 409
    assert "You have decided on this resolution already." in answer.content.decode()


def test_two_approvals_where_the_project_asks_for_two(at, people, project, contested, proposed):
    project.approvals_dispute = 2
    project.save()
    approve_resolution(by=people.jo, resolution=proposed)
    page = at(people.max).get(address(contested.dispute)).content.decode()
    assert "1 of 2" in page
    assert "2 people other than the proposer" in page


def test_replaced_number_can_be_read_and_not_approved(at, people, contested, proposed):
    said = {contested.claims[0].pk: VerdictSaid("supported", "low", (contested.evidence,))}
    propose_resolution(by=people.max, dispute=contested.dispute, verdicts=said, rationale="On second thoughts.")
    jo = at(people.jo)
    page = jo.get(address(contested.dispute)).content.decode()
    assert "1 earlier resolution" in page
    assert "Word against word." in page
    answer = jo.post(f"/resolutions/{proposed.pk}/approvals/", {"idempotency_key": str(uuid4())})
    assert answer.status_code == 409
    assert "was replaced by a later one" in answer.content.decode()


def test_verdicts_are_shown_in_the_words_they_were_judged_in(at, people, contested, proposed):
    from annotations.services.disputes import send_back

    contested.dispute.refresh_from_db()
    send_back(by=people.jo, dispute=contested.dispute, version=contested.dispute.version, comment="Reword S1.")
    claim = contested.claims[0]
    claim.text = "Another sentence altogether."
    claim.save()
    page = at(people.jo).get(address(contested.dispute)).content.decode()
    card = page[page.index('aria-label="Resolution 1"') :]
    assert "The visitor was told to stay silent." in card
    assert "no longer stands" in page


@pytest.mark.parametrize("name", ["vera", "ana"])
def test_readers_are_told_who_decides(at, people, contested, proposed, name):
    page = at(getattr(people, name)).get(address(contested.dispute)).content.decode()
    assert "Approving a resolution needs the role adjudicator or manager" in page


def test_stranger_finds_no_resolution(at, people, proposed):
    answer = at(people.olu).post(f"/resolutions/{proposed.pk}/approvals/", {"idempotency_key": str(uuid4())})
    assert answer.status_code == 404
