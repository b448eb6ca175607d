"""Quantities: the figures of a claim."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_records
from annotations.api.records import CLAIM, QUANTITY
from annotations.api.serializers.quantities import QuantityBody, QuantityEdit
from annotations.models import Claim, Origin, Person, Quantity
from annotations.services import quantities


@lists(QUANTITY, find=CLAIM.find, query=TrashQuery)
def list_quantities(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The figures of a claim."""
    return Quantity.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(QUANTITY, QuantityBody, find=CLAIM.find)
def add_quantity(person: Person, claim: Claim, fields: dict[str, Any]) -> Quantity:
    """Write down a figure of a claim."""
    fields = with_records(fields, person, claim.project, origin=Origin)
    return quantities.add_quantity(by=person, claim=claim, **fields)


@edits(QUANTITY, QuantityEdit)
def edit_quantity(person: Person, quantity: Quantity, version: int, fields: dict[str, Any]) -> Quantity:
    """Change a figure."""
    fields = with_records(fields, person, quantity.claim.project, origin=Origin)
    return quantities.edit_quantity(by=person, quantity=quantity, version=version, **fields)


@trashes(QUANTITY)
def trash_quantity(person: Person, quantity: Quantity, version: int) -> Quantity:
    """Move a figure to the trash."""
    return quantities.trash_quantity(by=person, quantity=quantity, version=version)


@moves(QUANTITY)
def restore_quantity(person: Person, quantity: Quantity, version: int) -> Quantity:
    """Take a figure out of the trash."""
    return quantities.restore_quantity(by=person, quantity=quantity, version=version)
