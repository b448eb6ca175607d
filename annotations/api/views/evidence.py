"""Evidence: what one source says about one claim."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_records
from annotations.api.records import CLAIM, EVIDENCE
from annotations.api.serializers.evidence import EvidenceBody
from annotations.models import Claim, Evidence, Origin, Person, Source
from annotations.services import evidence as services


@lists(EVIDENCE, find=CLAIM.find, query=TrashQuery)
def list_evidence(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The evidence on a claim."""
    return Evidence.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(EVIDENCE, EvidenceBody, find=CLAIM.find)
def add_evidence(person: Person, claim: Claim, fields: dict[str, Any]) -> Evidence:
    """Attach what a source says about a claim."""
    fields = with_records(fields, person, claim.project, source=Source, origin=Origin)
    return services.add_evidence(by=person, claim=claim, **fields)


@edits(EVIDENCE, EvidenceBody)
def edit_evidence(person: Person, evidence: Evidence, version: int, fields: dict[str, Any]) -> Evidence:
    """Change a piece of evidence."""
    fields = with_records(fields, person, evidence.project, source=Source, origin=Origin)
    return services.edit_evidence(by=person, evidence=evidence, version=version, **fields)


@trashes(EVIDENCE)
def trash_evidence(person: Person, evidence: Evidence, version: int) -> Evidence:
    """Move a piece of evidence to the trash."""
    return services.trash_evidence(by=person, evidence=evidence, version=version)


@moves(EVIDENCE)
def restore_evidence(person: Person, evidence: Evidence, version: int) -> Evidence:
    """Take a piece of evidence out of the trash."""
    return services.restore_evidence(by=person, evidence=evidence, version=version)
