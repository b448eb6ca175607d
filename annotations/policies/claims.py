"""Who may make claims, change them, and move them through the work."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Claim, Person
from annotations.policies.roles import Decision, may_add, may_edit, needs


def may_add_claim(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "claims")


def may_edit_claim(person: Person, claim: Claim) -> Decision:
    return may_edit(person, claim, "a claim")


def may_move_claim(person: Person, claim: Claim) -> Decision:
    """Taking, parking, resuming, rejecting and reconsidering are an adjudicator's."""
    return needs(person, claim.project_id, "adjudicator", say("Moving a claim through the work"))
