"""Trashing and restoring, the same for every record that has a trash; each noun's service adds its own guards."""

from typing import Any, TypeVar

from annotations.core.errors import IllegalMove
from annotations.core.sentences import NOUN, Sentence, say, word
from annotations.models.base import EditableRecord
from annotations.services.write import Change, stale

Row = TypeVar("Row", bound=EditableRecord)


def trash(change: Change, row: Row, version: int, verb: str, **told: Any) -> Row:
    """Move a row to the trash; `told` goes into the event. Raises Stale, or IllegalMove where it is there already."""
    if row.version != version:
        raise stale(row)
    if row.trashed:
        raise IllegalMove(say("This {noun} is in the trash already.", noun=noun_of(row)))
    return change.edit(row, version, verb, after=told, trashed=True)


def restore(change: Change, row: Row, version: int, verb: str) -> Row:
    """Take a row out of the trash. Raises Stale, or IllegalMove where it is not there."""
    if row.version != version:
        raise stale(row)
    if not row.trashed:
        raise IllegalMove(say("This {noun} is not in the trash.", noun=noun_of(row)))
    return change.edit(row, version, verb, trashed=False)


def noun_of(row: EditableRecord) -> Sentence:
    return word(str(row._meta.verbose_name), NOUN)
