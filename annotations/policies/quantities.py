"""Who may write down the figures of a claim, and whose they may change."""

from typing import Any

from annotations.models import Person, Quantity
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_quantity(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "quantities")


def may_edit_quantity(person: Person, quantity: Quantity) -> Decision:
    return may_edit(person, quantity, "a quantity")
