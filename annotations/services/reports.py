"""Publishing an answer, and saying in public what was wrong with it.

A report has one address for good; each resolution that is published makes its next edition there. What was wrong is
said by corrections, which only ever become more. Readers may ask for one where the project lets them.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from annotations.core.errors import IllegalMove, Invalid, TooMany
from annotations.core.lifecycle import ClaimState, DisputeState, reached_by
from annotations.core.sentences import say
from annotations.models import (
    Claim,
    Correction,
    CorrectionRequest,
    Dispute,
    Person,
    Report,
    ReportEdition,
    Resolution,
)
from annotations.models.reports import CORRECTION_KINDS
from annotations.policies.reports import (
    may_answer_correction_requests,
    may_correct,
    may_publish,
    may_retract,
)
from annotations.services.editions import content_of, put_under_review
from annotations.services.fields import Checks
from annotations.services.resolutions import refuse_where_disputed
from annotations.services.write import Change, stale, writing

LONGEST_TITLE = 300
LONGEST_SLUG = 80
LONGEST_REQUEST = 4_000
LONGEST_CONTACT = 300
REQUESTS_AN_HOUR = 20  # for one report, from whomever: counted in the database, so that it holds over all processes


# -- publishing -------------------------------------------------------------------------------------------------------


def publish_dispute(*, by: Person, dispute: Dispute, version: int, title: str = "") -> Report:
    """Publish the answer by which a dispute is closed: a report, or its next edition at the same address.

    Raises Refused, Stale, IllegalMove (open, dismissed, or published already), Invalid.
    """
    with writing(by, dispute.project_id) as change:
        change.allow(may_publish(by, dispute.project_id))
        rows = Dispute.objects.select_for_update(of=("self",), no_key=True).select_related("project")
        held = at_version(rows.get(pk=dispute.pk), version)
        if held.trashed or held.state != DisputeState.CLOSED or held.outcome == "not_a_dispute":
            raise IllegalMove("Only a dispute that is closed by an approved resolution can be published.")
        return published(change, by, held, title)


def publish_claim(*, by: Person, claim: Claim, version: int, title: str = "") -> Report:
    """Publish the approved answer to a claim that no dispute holds, not by now either. Raises Refused, Stale,
    IllegalMove, Invalid."""
    with writing(by, claim.project_id) as change:
        change.allow(may_publish(by, claim.project_id))
        held = at_version(locked_claim(claim), version)
        if held.trashed:
            raise IllegalMove("This claim is in the trash.")
        state = reached_by("claim", "publish", held.state)
        refuse_where_disputed(held)
        report = published(change, by, held, title)
        change.edit(held, held.version, "claim_published", state=state, state_reason="")
        return report


def at_version(row: Any, version: int) -> Any:
    if row.version != version:
        raise stale(row)
    return row


def locked_claim(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",), no_key=True).select_related("project")
    held: Claim = rows.get(pk=claim.pk)
    return held


def published(change: Change, by: Person, subject: Dispute | Claim, title: str) -> Report:
    resolution = answer_to(subject)
    report = subject.reports.filter(trashed=False).first()
    said = {"edition": 1, "resolution": str(resolution.pk)}
    if report is None:
        report = change.add(first_report(by, subject, title), "report_published", **said)
        number = 1
    else:
        refuse_twice(report, resolution)
        number = report.editions.count() + 1
        change.edit(
            report,
            report.version,
            "report_published",
            after=said | {"edition": number},
            state="published",
            under_review_since=None,
        )
    ReportEdition.objects.create(
        project_id=report.project_id,
        author=by,
        report=report,
        number=number,
        resolution=resolution,
        content=content_of(resolution),
    )
    return report


def answer_to(subject: Dispute | Claim) -> Resolution:
    """The resolution by which a dispute is closed or a claim approved. Raises IllegalMove where there is none."""
    rows = subject.resolutions.select_related("scale", "guidelines", "dispute", "claim").order_by("-number")
    resolution: Resolution | None = rows.first()
    if resolution is None:
        raise IllegalMove("There is no resolution to publish.")
    return resolution


def refuse_twice(report: Report, resolution: Resolution) -> None:
    edition = report.editions.filter(resolution=resolution).first()
    if edition is not None:
        raise IllegalMove(
            say("Resolution {number} is published already, as edition {edition}.",
                number=resolution.number, edition=edition.number)
        )  # fmt: skip


def first_report(by: Person, subject: Dispute | Claim, title: str) -> Report:
    title = title.strip() or question_of(subject)[:LONGEST_TITLE]
    checks = Checks()
    checks.text("title", title, required=True, longest=LONGEST_TITLE)
    checks.done()
    what = {"dispute": subject} if isinstance(subject, Dispute) else {"claim": subject}
    return Report(project_id=subject.project_id, author=by, slug=free_slug(title), title=title, **what)


def question_of(subject: Dispute | Claim) -> str:
    return subject.question if isinstance(subject, Dispute) else subject.text


def free_slug(title: str) -> str:
    """The title as an address, with a number behind it where another report has it. It never changes afterwards."""
    stem = slugify(title)[:LONGEST_SLUG].strip("-_") or "report"
    taken = set(Report.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


# -- corrections ------------------------------------------------------------------------------------------------------


def add_correction(*, by: Person, report: Report, kind: str, why: str, was: str = "", now: str = "") -> Correction:
    """Say in public what was wrong, what stands now, and why. A retraction takes the answer back and closes its claim.

    Raises Refused, Invalid, IllegalMove for a report that is retracted.
    """
    texts = checked_texts(kind, why, was, now)
    with writing(by, report.project_id) as change:
        change.allow((may_retract if kind == "retraction" else may_correct)(by, report.project_id))
        if report.claim and kind == "retraction":
            close_published(change, locked_claim(report.claim), why)
        return corrected(change, by, locked_report(report), kind, texts)


def correct_claim(*, by: Person, claim: Claim, version: int, why: str, was: str = "", now: str = "") -> Claim:
    """Take a published claim back into work; its report stays, with the correction and a notice that it is looked at
    again. Raises Refused, Stale, IllegalMove, Invalid."""
    texts = checked_texts("correction", why, was, now)
    with writing(by, claim.project_id) as change:
        change.allow(may_correct(by, claim.project_id))
        held: Claim = at_version(locked_claim(claim), version)
        state = reached_by("claim", "correct", held.state)
        change.edit(held, held.version, "claim_corrected", state=state, state_reason=why)
        corrected(change, by, locked_report(report_of(held)), "correction", texts)
        put_under_review(change, held)
        return held


def retract_claim(*, by: Person, claim: Claim, version: int, reason: str) -> Claim:
    """Take a published answer back for good; the page stays, with the reason. Raises as `correct_claim`."""
    checks = Checks()
    checks.text("reason", reason, required=True)
    checks.done()
    with writing(by, claim.project_id) as change:
        change.allow(may_retract(by, claim.project_id))
        held: Claim = at_version(locked_claim(claim), version)
        reached_by("claim", "retract", held.state)
        close_published(change, held, reason)
        texts = {"was": "", "now": "", "why": reason}
        corrected(change, by, locked_report(report_of(held)), "retraction", texts)
        return held


def checked_texts(kind: str, why: str, was: str, now: str) -> dict[str, str]:
    checks = Checks()
    checks.word("kind", kind, CORRECTION_KINDS)
    checks.text("why", why, required=True)
    needs_both = kind == "correction"
    checks.text("was", was, required=needs_both)
    checks.text("now", now, required=needs_both)
    checks.done()
    return {"was": was, "now": now, "why": why}


def report_of(claim: Claim) -> Report:
    report: Report | None = claim.reports.filter(trashed=False).first()
    if report is None:
        raise IllegalMove("This claim has no report.")
    return report


def locked_report(report: Report) -> Report:
    held: Report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if held.state == "retracted":
        raise IllegalMove("This report is retracted; nothing is added to it any more.")
    return held


def corrected(change: Change, by: Person, report: Report, kind: str, texts: dict[str, str]) -> Correction:
    correction = change.add(
        Correction(project_id=report.project_id, author=by, report=report, kind=kind, **texts), "correction_added"
    )
    if kind == "retraction":
        change.edit(report, report.version, "report_retracted", state="retracted", under_review_since=None)
    return correction


def close_published(change: Change, claim: Claim, why: str) -> None:
    """The claim of a retracted report is closed, unless it is in work again anyway."""
    if claim.state == ClaimState.PUBLISHED:
        state = reached_by("claim", "retract", claim.state)
        change.edit(claim, claim.version, "claim_retracted", state=state, state_reason=why)


# -- what readers ask for ---------------------------------------------------------------------------------------------


def request_correction(*, report: Report, text: str, contact: str = "") -> CorrectionRequest:
    """A reader's request. Its event names the report alone: neither the words nor the contact can ever be erased from
    a chain. Sent twice it is stored once. Raises Invalid, IllegalMove where the project takes none, TooMany."""
    if not report.project.correction_requests:
        raise IllegalMove("The desk takes no requests here.")
    checks = Checks()
    checks.text("text", text, required=True, longest=LONGEST_REQUEST)
    checks.text("contact", contact, longest=LONGEST_CONTACT)
    checks.done()
    with writing(None, report.project_id) as change:
        change.alone()
        lately = report.correction_requests.filter(created_at__gt=timezone.now() - timedelta(hours=1))
        known: CorrectionRequest | None = lately.filter(text=text, contact=contact).first()
        if known is not None:
            return known
        if lately.count() >= REQUESTS_AN_HOUR:
            raise TooMany("Many people wrote about this report within the hour. Please come back later.")
        request = CorrectionRequest(project_id=report.project_id, report=report, text=text, contact=contact)
        request.save(force_insert=True)
        change.note("correction_requested", request, after={"report": str(report.pk)})
        return request


def answer_correction_request(
    *, by: Person, request: CorrectionRequest, version: int, state: str, answer: str = ""
) -> CorrectionRequest:
    """Accept a request, or decline it with the reason. Raises Refused, Stale, Invalid, IllegalMove."""
    checks = Checks()
    checks.word("state", state, [("accepted", ""), ("declined", "")])
    checks.text("answer", answer, required=state == "declined")
    checks.done()
    with writing(by, request.project_id) as change:
        change.allow(may_answer_correction_requests(by, request.project_id))
        change.check_version(request, version)
        if request.state != "open":
            raise IllegalMove("This request has its answer already.")
        return change.edit(request, version, "correction_request_answered", state=state, answer=answer, decided_by=by)


def erase_contact(*, by: Person, request: CorrectionRequest, version: int) -> CorrectionRequest:
    """Forget how the reader can be reached. Raises Refused, Stale, Invalid where nothing is kept."""
    with writing(by, request.project_id) as change:
        change.allow(may_answer_correction_requests(by, request.project_id))
        if not request.contact:
            raise Invalid("There is no contact to erase.")
        change.carry(request, version, contact="")
        change.note("contact_erased", request)
        return request
