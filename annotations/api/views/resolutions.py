"""Resolutions, and what named other people decide on them."""

from typing import Any

from annotations.api.actions import adds, lists, moves
from annotations.api.named import by_id, picked, rows_by_id
from annotations.api.records import APPROVAL, CLAIM, DISPUTE, DISSENT, RESOLUTION
from annotations.api.serializers.disputes import SendBackBody
from annotations.api.serializers.resolutions import ApprovalBody, DissentBody, ResolutionBody
from annotations.models import Claim, Decision, Dispute, Evidence, Person, Project, Resolution
from annotations.services import resolutions
from annotations.services.resolutions import VerdictSaid


@lists(RESOLUTION, find=DISPUTE.find)
def list_resolutions(person: Person, dispute: Dispute, query: dict[str, Any]) -> Any:
    """The resolutions of a dispute, by number."""
    return Resolution.objects.visible_to(person).filter(dispute=dispute)


@adds(RESOLUTION, ResolutionBody, find=DISPUTE.find)
def propose_resolution(person: Person, dispute: Dispute, fields: dict[str, Any]) -> Resolution:
    """Propose the next numbered answer and put the dispute in review."""
    fields["verdicts"] = verdicts_said(fields["verdicts"], person, dispute.project)
    return resolutions.propose_resolution(by=person, dispute=dispute, **fields)


@lists(RESOLUTION, find=CLAIM.find)
def list_claim_resolutions(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The resolutions of a claim on its own, by number."""
    return Resolution.objects.visible_to(person).filter(claim=claim)


@adds(RESOLUTION, ResolutionBody, find=CLAIM.find)
def propose_claim_resolution(person: Person, claim: Claim, fields: dict[str, Any]) -> Resolution:
    """Propose the next numbered answer to a claim that no dispute settles; its one verdict is on the claim itself."""
    fields["verdicts"] = verdicts_said(fields["verdicts"], person, claim.project)
    return resolutions.propose_claim_resolution(by=person, claim=claim, **fields)


@moves(CLAIM, SendBackBody)
def send_back_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Send a claim's resolution in review back to work, with a comment."""
    return resolutions.send_back_claim(by=person, claim=claim, version=version, **fields)


def verdicts_said(verdicts: dict[str, Any], person: Person, project: Project) -> dict[Any, VerdictSaid]:
    said = by_id(verdicts)
    evidence = rows_by_id(Evidence, said.values(), "evidence", person=person, project=project, field="verdicts")
    return {
        claim_id: VerdictSaid(
            verdict=one["verdict"],
            confidence=one.get("confidence", ""),
            evidence=picked(evidence, one.get("evidence", ())),
            note=one.get("note", ""),
        )
        for claim_id, one in said.items()
    }


@lists(APPROVAL, find=RESOLUTION.find)
def list_approvals(person: Person, resolution: Resolution, query: dict[str, Any]) -> Any:
    """The approvals of a resolution."""
    return Decision.objects.filter(resolution=resolution, decision="approval")


@adds(APPROVAL, ApprovalBody, find=RESOLUTION.find)
def approve_resolution(person: Person, resolution: Resolution, fields: dict[str, Any]) -> Decision:
    """Put your name under a resolution that someone else proposed."""
    return resolutions.approve_resolution(by=person, resolution=resolution, **fields)


@lists(DISSENT, find=RESOLUTION.find)
def list_dissents(person: Person, resolution: Resolution, query: dict[str, Any]) -> Any:
    """The dissents from a resolution."""
    return Decision.objects.filter(resolution=resolution, decision="dissent")


@adds(DISSENT, DissentBody, find=RESOLUTION.find)
def dissent_from_resolution(person: Person, resolution: Resolution, fields: dict[str, Any]) -> Decision:
    """Put your name against a resolution. It neither counts nor blocks, and stays visible."""
    if "verdicts" in fields:
        fields["verdicts"] = by_id(fields["verdicts"])
    return resolutions.dissent_from_resolution(by=person, resolution=resolution, **fields)
