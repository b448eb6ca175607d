"""Who may draw relations between annotations, and whose they may change."""

from typing import Any

from annotations.models import Person, Relation
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_relation(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "relations")


def may_edit_relation(person: Person, relation: Relation) -> Decision:
    return may_edit(person, relation, "a relation")
