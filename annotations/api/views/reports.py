"""Published reports: publishing an answer, correcting it, taking it back. The public pages are the web's."""

from typing import Any

from annotations.api.actions import adds, lists, moves
from annotations.api.records import CLAIM, CORRECTION, DISPUTE, EDITION, PROJECT, REPORT
from annotations.api.serializers.claims import ReasonBody
from annotations.api.serializers.reports import CorrectBody, CorrectionBody, PublishBody
from annotations.models import Claim, Correction, Dispute, Person, Project, Report, ReportEdition
from annotations.services import reports


@lists(REPORT, find=PROJECT.find)
def list_reports(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The reports of a project."""
    return Report.objects.visible_to(person).filter(project=project)


@lists(EDITION, find=REPORT.find)
def list_editions(person: Person, report: Report, query: dict[str, Any]) -> Any:
    """The editions of a report, each as it was published."""
    return ReportEdition.objects.visible_to(person).filter(report=report)


@lists(CORRECTION, find=REPORT.find)
def list_corrections(person: Person, report: Report, query: dict[str, Any]) -> Any:
    """What was corrected, clarified, updated or retracted."""
    return Correction.objects.visible_to(person).filter(report=report)


@adds(CORRECTION, CorrectionBody, find=REPORT.find)
def add_correction(person: Person, report: Report, fields: dict[str, Any]) -> Correction:
    """Say in public what was wrong. A retraction takes the answer back and closes its claim."""
    return reports.add_correction(by=person, report=report, **fields)


@moves(REPORT, PublishBody, find=DISPUTE.find)
def publish_dispute(person: Person, dispute: Dispute, version: int, fields: dict[str, Any]) -> Report:
    """Publish the answer by which a dispute is closed, or the next edition of its report."""
    return reports.publish_dispute(by=person, dispute=dispute, version=version, **fields)


@moves(REPORT, PublishBody, find=CLAIM.find)
def publish_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Report:
    """Publish the approved answer to a claim, or the next edition of its report."""
    return reports.publish_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM, CorrectBody)
def correct_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Take a published claim back into work; its report stays, with the correction and a notice."""
    return reports.correct_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM, ReasonBody)
def retract_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Take a published answer back for good; the page stays, with the reason."""
    return reports.retract_claim(by=person, claim=claim, version=version, **fields)
