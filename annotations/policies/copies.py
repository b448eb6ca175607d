"""Who may save copies of sources, and look at what changed in them."""

from typing import Any

from annotations.models import Person, SavedCopy
from annotations.policies.roles import Decision, may_edit, needs


def may_save_copy(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", "Saving copies")


def may_acknowledge_copy(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", "Saying that a changed page was looked at")


def may_edit_copy(person: Person, copy: SavedCopy) -> Decision:
    return may_edit(person, copy, "a saved copy")
