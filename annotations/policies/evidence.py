"""Who may attach evidence and change it, and who may write and read what only the desk may know of it."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import ConfidentialNote, Evidence, EvidenceSet, Person
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_add_evidence(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "evidence")


def may_edit_evidence(person: Person, evidence: Evidence) -> Decision:
    return may_edit(person, evidence, "evidence")


def may_edit_evidence_set(person: Person, evidence_set: EvidenceSet) -> Decision:
    return may_edit(person, evidence_set, "evidence")


def may_write_confidential_note(person: Person, project_id: Any) -> Decision:
    """Whoever works on evidence may tell the desk something; adjudicators, managers and the author read it."""
    return needs(person, project_id, "annotator", say("Writing a confidential note"))


def may_edit_confidential_note(person: Person, note: ConfidentialNote) -> Decision:
    return may_edit(person, note, "a confidential note")
