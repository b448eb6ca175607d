"""Who may attach evidence and change it."""

from typing import Any

from annotations.models import Evidence, Person
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_evidence(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "evidence")


def may_edit_evidence(person: Person, evidence: Evidence) -> Decision:
    return may_edit(person, evidence, "evidence")
