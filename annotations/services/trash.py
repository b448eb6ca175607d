"""Trashing and restoring, the same for every record that has a trash; each noun's service adds its own guards."""

from typing import TypeVar

from annotations.core.errors import IllegalMove
from annotations.models.base import EditableRecord
from annotations.services.write import Change, stale

Row = TypeVar("Row", bound=EditableRecord)


def trash(change: Change, row: Row, version: int, verb: str) -> Row:
    """Move a row to the trash. Raises Stale, or IllegalMove where it is there already."""
    if row.version != version:
        raise stale(row)
    if row.trashed:
        raise IllegalMove(f"This {row._meta.verbose_name} is in the trash already.")
    return change.edit(row, version, verb, trashed=True)


def restore(change: Change, row: Row, version: int, verb: str) -> Row:
    """Take a row out of the trash. Raises Stale, or IllegalMove where it is not there."""
    if row.version != version:
        raise stale(row)
    if not row.trashed:
        raise IllegalMove(f"This {row._meta.verbose_name} is not in the trash.")
    return change.edit(row, version, verb, trashed=False)
