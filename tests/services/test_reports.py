"""Publishing, correcting and taking back: editions that never change, an address that stays, what readers ask for."""

import json

import pytest
from django.db import DatabaseError, transaction

from annotations.core.errors import IllegalMove, Invalid, Refused, Stale, TooMany
from annotations.models import CorrectionRequest, Event, Report, ReportEdition
from annotations.services import reports
from annotations.services.agents import edit_agent
from annotations.services.disputes import edit_position, open_dispute, reopen_dispute
from annotations.services.editions import content_of
from annotations.services.projects import edit_project
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_claim_resolution,
    propose_resolution,
)
from annotations.services.sources import edit_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(people, contested):
    """The dispute closed as unresolved, over a dissent."""
    close(people, contested)
    return contested.dispute


def close(people, contested, **fields):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,), "Two accounts.")}
    resolution = propose_resolution(
        by=people.ida, dispute=contested.dispute, verdicts=said, rationale="Neither shows anything.", **fields
    )
    dissent_from_resolution(
        by=people.max, resolution=resolution, reason="I believe it.", verdicts={contested.claims[0].pk: "supported"}
    )
    approve_resolution(by=people.jo, resolution=resolution, comment="INTERNAL COMMENT")
    contested.dispute.refresh_from_db()
    return resolution


@pytest.fixture
def report(people, closed):
    return publish(people, closed, title="Was he told? Two accounts")


def publish(people, dispute, **fields):
    dispute.refresh_from_db()
    return reports.publish_dispute(by=people.max, dispute=dispute, version=dispute.version, **fields)


@pytest.fixture
def approved(people, project, contested):
    """A claim of its own, with an approved answer."""
    claim = contested.claims[1]
    contested.dispute.statements.filter(claim=claim).delete()
    from annotations.services.claims import take_claim

    take_claim(by=people.ida, claim=claim, version=claim.version)
    answer(people, claim)
    claim.refresh_from_db()
    return claim


def answer(people, claim):
    claim.refresh_from_db()
    resolution = propose_claim_resolution(
        by=people.ida, claim=claim, verdicts={claim.pk: VerdictSaid("supported", "high")},
        rationale="Both sides say so.", search_log="Looked everywhere.",
    )  # fmt: skip
    approve_resolution(by=people.jo, resolution=resolution)


@pytest.fixture
def of_claim(people, approved):
    report = reports.publish_claim(by=people.max, claim=approved, version=approved.version)
    approved.refresh_from_db()
    return report


# -- publishing -------------------------------------------------------------------------------------------------------


def test_the_address_is_made_of_the_title_once(report, people, contested, closed):
    assert report.slug == "was-he-told-two-accounts"
    assert report.editions.get().number == 1
    contested.dispute.refresh_from_db()


def test_two_reports_of_one_title_have_two_addresses(people, report, approved):
    other = reports.publish_claim(by=people.max, claim=approved, version=approved.version, title=report.title)
    assert other.slug == "was-he-told-two-accounts-2"


def test_a_title_that_no_address_can_spell_has_a_plain_one(people, closed):
    assert publish(people, closed, title="ماذا قيل له؟").slug == "report"


def test_without_a_title_the_question_is_the_headline(people, closed):
    assert publish(people, closed).title == closed.question


@pytest.mark.parametrize("name", ["ana", "ida", "vera", "olu", "sam"])
def test_only_managers_publish(people, closed, name):
    with pytest.raises(Refused):
        reports.publish_dispute(by=getattr(people, name), dispute=closed, version=closed.version)


def test_an_open_dispute_is_not_published(people, contested):
    with pytest.raises(IllegalMove, match="closed by an approved resolution"):
        publish(people, contested.dispute)


def test_a_dismissed_dispute_is_not_published(people, contested):
    from annotations.services.disputes import dismiss_dispute

    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=contested.dispute.version, reason="None.")
    with pytest.raises(IllegalMove):
        publish(people, contested.dispute)


def test_an_answer_is_published_once(people, report, closed):
    with pytest.raises(IllegalMove, match="as edition 1"):
        publish(people, closed)


def test_an_old_version_is_not_published(people, closed):
    with pytest.raises(Stale):
        reports.publish_dispute(by=people.max, dispute=closed, version=closed.version + 1)


def test_a_claim_that_is_not_approved_is_not_published(people, contested):
    claim = contested.claims[1]
    with pytest.raises(IllegalMove):
        reports.publish_claim(by=people.max, claim=claim, version=claim.version)


def test_an_answer_is_not_published_beside_that_of_a_dispute(people, project, approved):
    """A dispute that was opened since the approval will answer it; a claim never has two answers in public."""
    open_dispute(by=people.ana, project=project, question="Is it?", statements=[approved])
    with pytest.raises(IllegalMove, match="A dispute holds this claim"):
        reports.publish_claim(by=people.max, claim=approved, version=approved.version)


def test_a_published_claim_is_published(of_claim, approved):
    assert approved.state == "published"
    assert of_claim.editions.get().content["kind"] == "claim"


# -- what an edition says ---------------------------------------------------------------------------------------------


def test_an_edition_says_what_was_judged_and_who_signed(report, people, contested):
    content = report.editions.get().content
    silent, met = content["statements"]
    assert silent["verdict"]["words"] == "Disputed"
    assert silent["verdict"]["rests_on"] == [1]
    assert met["verdict"] is None
    assert [party["name"] for party in content["parties"]] == ["Reuters", "Osama Hamdan"]
    quotes = content["parties"][1]["stances"][silent["id"]]["quotes"]
    assert quotes == ["Pure lies and slander"]
    assert content["sources"][0]["publisher"] == "Reuters"
    assert content["signatures"]["proposer"] == str(people.ida.pk)
    assert content["signatures"]["dissents"][0]["verdicts"] == {silent["id"]: "Supported"}
    assert content["outcome"] == "unresolved"


def test_a_party_that_has_another_name_by_now_keeps_what_is_known_of_it(people, contested):
    edit_position(by=people.ida, position=contested.positions[0], version=1, interest="It sells news.")
    close(people, contested)
    edit_agent(by=people.ana, agent=contested.agents[0], version=1, name="Thomson Reuters")
    parties = publish(people, contested.dispute).editions.get().content["parties"]
    assert {one["name"]: one["interest"] for one in parties} == {"Reuters": "It sells news.", "Osama Hamdan": ""}


def test_an_edition_names_nobody_and_holds_no_comment(report, people):
    written = json.dumps(report.editions.get().content)
    assert "INTERNAL COMMENT" not in written
    for name in ("ida", "jo", "max"):
        assert getattr(people, name).display_name not in written
        assert f'"{name}"' not in written


def test_an_edition_does_not_change_with_what_it_was_made_from(report, people, contested):
    before = report.editions.get().content
    source = contested.source
    source.refresh_from_db()
    edit_source(by=people.ana, source=source, version=source.version, note="SECRET")
    assert report.editions.get().content == before
    assert "SECRET" not in json.dumps(content_of(contested.dispute.resolutions.get()))


def test_an_edition_cannot_be_changed_or_deleted(report):
    for act in (lambda: ReportEdition.objects.update(number=7), lambda: ReportEdition.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# -- taken up again ---------------------------------------------------------------------------------------------------


def reopen(people, dispute):
    dispute.refresh_from_db()
    reopen_dispute(by=people.ida, dispute=dispute, version=dispute.version, reason="New.", what="new_evidence")


def test_reopening_puts_the_report_under_review_and_answering_anew_makes_the_next_edition(people, report, contested):
    reopen(people, contested.dispute)
    report.refresh_from_db()
    assert report.state == "under_review"
    assert report.under_review_since
    close(people, contested, reopen_if="A recording.")
    again = publish(people, contested.dispute, title="Another title")
    assert (again.pk, again.slug, again.title) == (report.pk, report.slug, report.title)
    assert (again.state, again.under_review_since) == ("published", None)
    assert list(again.editions.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_correcting_a_claim_brings_it_back_into_work_with_a_notice(people, of_claim, approved):
    reports.correct_claim(
        by=people.max, claim=approved, version=approved.version, was="Supported", now="Open", why="A source was wrong."
    )
    approved.refresh_from_db()
    of_claim.refresh_from_db()
    assert (approved.state, of_claim.state) == ("in_work", "under_review")
    assert of_claim.corrections.get().kind == "correction"
    answer(people, approved)
    approved.refresh_from_db()
    reports.publish_claim(by=people.max, claim=approved, version=approved.version)
    assert of_claim.editions.count() == 2


# -- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_says_what_was_and_what_is(people, report):
    with pytest.raises(Invalid) as refused:
        reports.add_correction(by=people.max, report=report, kind="correction", why="A date.")
    assert set(refused.value.errors) == {"was", "now"}
    row = reports.add_correction(
        by=people.max, report=report, kind="correction", was="15 May", now="15 November", why="A date."
    )
    assert Event.objects.filter(verb="correction_added", object_id=row.pk).exists()
    assert report.corrections.get() == row


def test_an_update_needs_only_its_reason(people, report):
    reports.add_correction(by=people.max, report=report, kind="update", why="Reuters stands by it.")
    report.refresh_from_db()
    assert report.state == "published"


def test_a_retraction_keeps_the_page_and_ends_corrections(people, report):
    reports.add_correction(by=people.max, report=report, kind="retraction", why="Our error.")
    report.refresh_from_db()
    assert report.state == "retracted"
    with pytest.raises(IllegalMove, match="retracted"):
        reports.add_correction(by=people.max, report=report, kind="update", why="More.")


def test_a_retraction_of_a_claims_report_closes_the_claim(people, of_claim, approved):
    reports.add_correction(by=people.max, report=of_claim, kind="retraction", why="Our error.")
    approved.refresh_from_db()
    assert (approved.state, approved.state_reason) == ("closed", "Our error.")


def test_retracting_a_claim_retracts_its_report(people, of_claim, approved):
    reports.retract_claim(by=people.max, claim=approved, version=approved.version, reason="Our error.")
    of_claim.refresh_from_db()
    approved.refresh_from_db()
    assert (approved.state, of_claim.state, of_claim.corrections.get().kind) == ("closed", "retracted", "retraction")


def test_only_managers_correct_and_retract(people, report, of_claim, approved):
    for kind in ("update", "retraction"):
        with pytest.raises(Refused):
            reports.add_correction(by=people.ida, report=report, kind=kind, why="So.")
    with pytest.raises(Refused):
        reports.retract_claim(by=people.ida, claim=approved, version=approved.version, reason="So.")
    with pytest.raises(Refused):
        reports.correct_claim(by=people.ida, claim=approved, version=approved.version, was="a", now="b", why="c")


def test_corrections_are_append_only(people, report):
    row = reports.add_correction(by=people.max, report=report, kind="update", why="More.")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(why="Less.")


# -- what readers ask for ---------------------------------------------------------------------------------------------


@pytest.fixture
def asking(people, project, report):
    project.refresh_from_db()
    edit_project(by=people.max, project=project, version=project.version, correction_requests=True)
    return Report.objects.select_related("project").get(pk=report.pk)


def test_readers_may_ask_only_where_the_project_lets_them(report):
    with pytest.raises(IllegalMove):
        reports.request_correction(report=report, text="Wrong date.")


def test_no_event_holds_a_readers_words_or_contact(asking):
    reports.request_correction(report=asking, text="The date is wrong.", contact="reader@example.org")
    event = Event.objects.get(verb="correction_requested")
    assert event.person is None
    assert "date" not in event.body
    assert "reader" not in event.body


def test_a_request_sent_twice_is_stored_once(asking):
    for _ in range(2):
        reports.request_correction(report=asking, text="The date is wrong.")
    assert CorrectionRequest.objects.count() == 1


def test_a_report_takes_only_so_many_requests_an_hour(asking, monkeypatch):
    monkeypatch.setattr(reports, "REQUESTS_AN_HOUR", 2)
    for text in ("one", "two"):
        reports.request_correction(report=asking, text=text)
    with pytest.raises(TooMany):
        reports.request_correction(report=asking, text="three")


def test_adjudicators_answer_and_declining_needs_a_reason(asking, people):
    asked = reports.request_correction(report=asking, text="The date is wrong.")
    with pytest.raises(Refused):
        reports.answer_correction_request(by=people.ana, request=asked, version=1, state="accepted")
    with pytest.raises(Invalid):
        reports.answer_correction_request(by=people.ida, request=asked, version=1, state="declined")
    reports.answer_correction_request(by=people.ida, request=asked, version=1, state="declined", answer="It is right.")
    with pytest.raises(IllegalMove):
        reports.answer_correction_request(by=people.ida, request=asked, version=2, state="accepted")


def test_a_contact_is_erased_without_a_trace(asking, people):
    asked = reports.request_correction(report=asking, text="Wrong.", contact="reader@example.org")
    reports.erase_contact(by=people.ida, request=asked, version=1)
    assert CorrectionRequest.objects.get().contact == ""
    assert not Event.objects.filter(body__contains="reader@example").exists()
