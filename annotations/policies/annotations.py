"""Who may annotate, and whose annotations they may change."""

from typing import Any

from annotations.models import Annotation, Person
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_add_annotation(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "annotations")


def may_edit_annotation(person: Person, annotation: Annotation) -> Decision:
    return may_edit(person, annotation, "an annotation")


def may_change_annotations(person: Person, project_id: Any) -> Decision:
    """Whether several may be changed at once; each of them is asked about as well."""
    return needs(person, project_id, "annotator", "Changing annotations")
