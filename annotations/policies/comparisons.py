"""Who may say how claims stand to each other, ask a machine for it, and decide on what it suggests."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import ClaimRelation, Person
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_add_claim_relation(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "relations between claims")


def may_edit_claim_relation(person: Person, relation: ClaimRelation) -> Decision:
    return may_edit(person, relation, "a relation between claims")


def may_ask_for_relations(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "annotator", say("Asking for suggestions"))


def may_decide_claim_relation(person: Person, relation: ClaimRelation) -> Decision:
    """A suggestion of a machine is decided by anybody who adds relations; what a person said is theirs to change."""
    if relation.by_machine:
        return needs(person, relation.project_id, "annotator", say("Accepting or rejecting a suggestion"))
    return may_edit_claim_relation(person, relation)
