"""Evidence: what one source says about one claim; sets of it that count only together; notes for the desk."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_lists, with_records
from annotations.api.records import CLAIM, CONFIDENTIAL_NOTE, EVIDENCE, EVIDENCE_SET, SOURCE
from annotations.api.serializers.evidence import ConfidentialNoteBody, EvidenceBody, EvidenceSetBody
from annotations.models import Claim, ConfidentialNote, Evidence, EvidenceSet, Origin, Person, SavedCopy, Source
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


# -- notes that leave the desk in no way ------------------------------------------------------------------------------


@lists(CONFIDENTIAL_NOTE, find=EVIDENCE.find, query=TrashQuery)
def list_confidential_notes(person: Person, evidence: Evidence, query: dict[str, Any]) -> Any:
    """The confidential notes on a piece of evidence that you may read: your own, or all from adjudicator upward."""
    return noted(person, query).filter(evidence=evidence)


@lists(CONFIDENTIAL_NOTE, find=SOURCE.find, query=TrashQuery)
def list_notes_on_source(person: Person, source: Source, query: dict[str, Any]) -> Any:
    """The confidential notes on a source that you may read: your own, or all from adjudicator upward."""
    return noted(person, query).filter(source=source)


def noted(person: Person, query: dict[str, Any]) -> Any:
    return ConfidentialNote.objects.visible_to(person).filter(trashed=query.get("trashed", False))


@adds(CONFIDENTIAL_NOTE, ConfidentialNoteBody, find=EVIDENCE.find)
def write_confidential_note(person: Person, evidence: Evidence, fields: dict[str, Any]) -> ConfidentialNote:
    """Note on a piece of evidence what only the desk may know."""
    return services.write_confidential_note(by=person, evidence=evidence, **fields)


@adds(CONFIDENTIAL_NOTE, ConfidentialNoteBody, find=SOURCE.find)
def write_note_on_source(person: Person, source: Source, fields: dict[str, Any]) -> ConfidentialNote:
    """Note on a source what only the desk may know."""
    return services.write_confidential_note(by=person, source=source, **fields)


@edits(CONFIDENTIAL_NOTE, ConfidentialNoteBody)
def edit_confidential_note(
    person: Person, note: ConfidentialNote, version: int, fields: dict[str, Any]
) -> ConfidentialNote:
    """Write a note anew. The event says only that it was changed."""
    text = fields.get("text", note.text)
    return services.edit_confidential_note(by=person, note=note, version=version, text=text)


@trashes(CONFIDENTIAL_NOTE)
def trash_confidential_note(person: Person, note: ConfidentialNote, version: int) -> ConfidentialNote:
    """Take a note away."""
    return services.trash_confidential_note(by=person, note=note, version=version)


@moves(CONFIDENTIAL_NOTE)
def restore_confidential_note(person: Person, note: ConfidentialNote, version: int) -> ConfidentialNote:
    """Put a note back where it was."""
    return services.restore_confidential_note(by=person, note=note, version=version)
