"""Evidence: what one source says about one claim; and sets of it that count only together."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_lists, with_records
from annotations.api.records import CLAIM, EVIDENCE, EVIDENCE_SET
from annotations.api.serializers.evidence import EvidenceBody, EvidenceSetBody
from annotations.models import Claim, Evidence, EvidenceSet, Origin, Person, SavedCopy, Source
from annotations.services import evidence as services


@lists(EVIDENCE, find=CLAIM.find, query=TrashQuery)
def list_evidence(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The evidence on a claim."""
    return Evidence.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(EVIDENCE, EvidenceBody, find=CLAIM.find)
def add_evidence(person: Person, claim: Claim, fields: dict[str, Any]) -> Evidence:
    """Attach what a source says about a claim."""
    fields = with_records(fields, person, claim.project, source=Source, origin=Origin, copy=SavedCopy)
    return services.add_evidence(by=person, claim=claim, **fields)


@edits(EVIDENCE, EvidenceBody)
def edit_evidence(person: Person, evidence: Evidence, version: int, fields: dict[str, Any]) -> Evidence:
    """Change a piece of evidence."""
    fields = with_records(fields, person, evidence.project, source=Source, origin=Origin, copy=SavedCopy)
    return services.edit_evidence(by=person, evidence=evidence, version=version, **fields)


@trashes(EVIDENCE)
def trash_evidence(person: Person, evidence: Evidence, version: int) -> Evidence:
    """Move a piece of evidence to the trash."""
    return services.trash_evidence(by=person, evidence=evidence, version=version)


@moves(EVIDENCE)
def restore_evidence(person: Person, evidence: Evidence, version: int) -> Evidence:
    """Take a piece of evidence out of the trash."""
    return services.restore_evidence(by=person, evidence=evidence, version=version)


# -- pieces that carry a stance only together -------------------------------------------------------------------------


@lists(EVIDENCE_SET, find=CLAIM.find, query=TrashQuery)
def list_evidence_sets(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The sets of evidence on a claim."""
    return EvidenceSet.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(EVIDENCE_SET, EvidenceSetBody, find=CLAIM.find)
def add_evidence_set(person: Person, claim: Claim, fields: dict[str, Any]) -> EvidenceSet:
    """Say that pieces of evidence carry a stance only together."""
    fields = with_lists(fields, person, claim.project, members=Evidence)
    return services.add_evidence_set(by=person, claim=claim, **fields)


@moves(EVIDENCE_SET)
def break_evidence_set(person: Person, evidence_set: EvidenceSet, version: int) -> EvidenceSet:
    """Let its members stand for themselves again."""
    return services.break_evidence_set(by=person, evidence_set=evidence_set, version=version)
