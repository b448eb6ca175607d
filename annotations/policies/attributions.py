"""Who may record who said it, and change that."""

from typing import Any

from annotations.models import Attribution, Person
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_attribution(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "attributions")


def may_edit_attribution(person: Person, attribution: Attribution) -> Decision:
    return may_edit(person, attribution, "an attribution")
