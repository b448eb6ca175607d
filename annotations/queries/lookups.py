"""Finding one row for a request, scoped by what the person may see.

An address that names what one may not see is not found; a body that names it is not valid, in the same words whether
the id is unknown, foreign, in the trash, or no id at all.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from annotations.core.errors import Invalid, NotFound
from annotations.core.sentences import NOUN, say, word
from annotations.models import Person, Project

Row = TypeVar("Row", bound=Model)


def as_uuid(pk: Any) -> UUID | None:
    """The id as a uuid, or None where it is none."""
    if isinstance(pk, UUID):
        return pk
    try:
        return UUID(pk) if isinstance(pk, str) and len(pk) in (32, 36) else None
    except ValueError:
        return None


def visible(model: type[Row], person: Person, *related_names: str, **by: Any) -> Row:
    """The one row that matches, with `related_names` joined. Raises NotFound for none, or none that one may see."""
    rows: Any = model._default_manager.all()
    row: Row | None = rows.visible_to(person).filter(**by).select_related(*related_names).first()
    if row is None:
        raise NotFound("There is nothing here.")
    return row


def related(model: type[Row], pk: Any, *, person: Person, project: Project, field: str) -> Row:
    """The row that a body names by id. Raises Invalid, naming the field."""
    rows: Any = model._default_manager.all()
    found = as_uuid(pk)
    row: Row | None = None
    if found:
        row = rows.visible_to(person).filter(pk=found, project_id=project.pk).first()
    if row is None or getattr(row, "trashed", False):
        raise Invalid.field(
            field, say("There is no such {noun} in this project.", noun=word(str(model._meta.verbose_name), NOUN))
        )
    return row


def related_many(model: type[Row], pks: Iterable[Any], *, person: Person, project: Project, field: str) -> list[Row]:
    """The rows that a body names, in its order, in one query. Raises Invalid where any is missing."""
    wanted = [as_uuid(pk) for pk in pks]
    rows: Any = model._default_manager.all()
    found = {
        row.pk: row
        for row in rows.visible_to(person).filter(pk__in=[pk for pk in wanted if pk], project_id=project.pk)
        if not getattr(row, "trashed", False)
    }
    missing = [number for number, pk in enumerate(wanted, 1) if pk not in found]
    if missing:
        places = ", ".join(map(str, missing))
        raise Invalid.field(
            field,
            say(
                "There is no such {noun} in this project (number {places} of the list).",
                noun=word(str(model._meta.verbose_name), NOUN),
                places=places,
            ),
        )
    return [found[pk] for pk in wanted if pk]
