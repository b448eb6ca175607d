"""What the page of a dispute or a claim says of its published report, and what may be done next about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.core.lifecycle import ClaimState, DisputeState
from annotations.models import Claim, Dispute, Person, Report
from annotations.policies.reports import may_answer_correction_requests, may_correct, may_publish
from annotations.queries.reports import report_on


def publication_of(subject: Dispute | Claim, person: Person) -> dict[str, Any]:
    """For the template `reports/_publication.html`. One query, and none for what nobody has worked on yet."""
    report = None if subject.state == ClaimState.INBOX else report_on(subject, person)
    kind = subject.record_kind()
    return {
        "report": report,
        "can_publish": is_answered(subject) and is_news(report),
        "may_publish": may_publish(person, subject.project_id),
        "publish_url": reverse(f"web:publish_{kind}", args=[subject.pk]),
        "all_url": reverse("web:public_reports", args=[subject.project.slug]),
        "requests_url": requests_of(subject, person),
        "moves": moves_of(subject, person),
    }


def requests_of(subject: Dispute | Claim, person: Person) -> str:
    """Where readers' requests are answered, for those who answer them where readers may ask."""
    project = subject.project
    may = project.correction_requests and may_answer_correction_requests(person, project.pk)
    return reverse("web:correction_requests", args=[project.slug]) if may else ""


def is_answered(subject: Dispute | Claim) -> bool:
    if isinstance(subject, Claim):
        return subject.state == ClaimState.APPROVED
    return subject.state == DisputeState.CLOSED and subject.outcome != "not_a_dispute"


def is_news(report: Report | None) -> bool:
    """A closed dispute whose report is not under review shows its newest answer already."""
    return report is None or report.state != "published"


def moves_of(subject: Dispute | Claim, person: Person) -> list[tuple[str, str]]:
    if not isinstance(subject, Claim) or subject.state != ClaimState.PUBLISHED:
        return []
    if not may_correct(person, subject.project_id):
        return []
    return [
        (_("Back into work with a correction"), reverse("web:correct_claim", args=[subject.pk])),
        (_("Retract"), reverse("web:retract_claim", args=[subject.pk])),
    ]
