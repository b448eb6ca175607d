"""Who may store a corrected text, and who decides where an annotation stands in it."""

from typing import Any

from annotations.models import Anchor, Person
from annotations.policies.roles import Decision, may_edit, needs


def may_add_revision(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", "Storing a corrected text")


def may_decide_anchor(person: Person, anchor: Anchor) -> Decision:
    """As one may change the annotation itself."""
    return may_edit(person, anchor.annotation, "an annotation")
