"""The records that a body names: by id, labels also by key or name. An unknown one, a foreign one and one in the trash
are refused in the same words, under the field that named them.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from annotations.api.fields import AT_MOST_NAMED
from annotations.core.errors import Invalid
from annotations.models import Label, Membership, Person, Project
from annotations.queries.lookups import as_uuid, related, related_many

Fields = dict[str, Any]
OF_NOTHING = UUID(int=0)


def with_records(fields: Mapping[str, Any], person: Person, project: Project, **models: type[Model]) -> Fields:
    """The fields with rows for ids, by field: `source=Source`. Null stays null; what is not named stays unnamed."""
    named = {name: model for name, model in models.items() if fields.get(name) is not None}
    found = {
        name: related(model, fields[name], person=person, project=project, field=name) for name, model in named.items()
    }
    return {**fields, **found}


def with_lists(fields: Mapping[str, Any], person: Person, project: Project, **models: type[Model]) -> Fields:
    """The fields with lists of rows for lists of ids."""
    found = {
        name: related_many(model, fields[name], person=person, project=project, field=name)
        for name, model in models.items()
        if name in fields
    }
    return {**fields, **found}


def with_owner(fields: Mapping[str, Any], project: Project) -> Fields:
    """The fields with the member whom `owner` names."""
    if fields.get("owner") is None:
        return dict(fields)
    pk = as_uuid(fields["owner"])
    members = Membership.objects.active().filter(project=project).select_related("person")
    membership = members.filter(person_id=pk).first() if pk else None
    if membership is None:
        raise Invalid.field("owner", "There is no such member of this project.")
    return {**fields, "owner": membership.person}


def by_id(fields: Mapping[Any, Any]) -> dict[UUID, Any]:
    """An object whose keys are ids of claims. What is no id becomes the id of nothing, and is refused as that."""
    return {as_uuid(said) or OF_NOTHING: value for said, value in fields.items()}


def rows_by_id(
    model: type[Model], lists: Iterable[Mapping[str, Any]], name: str, *, person: Person, project: Project, field: str
) -> dict[UUID, Any]:
    """The rows that several parts of a body name under `name`, found in one query."""
    wanted = {as_uuid(pk) or pk: pk for part in lists for pk in part.get(name, ())}
    if not wanted:
        return {}
    if len(wanted) > AT_MOST_NAMED:
        raise Invalid.field(field, f"At most {AT_MOST_NAMED:,} {model._meta.verbose_name_plural} in one body.")
    rows = related_many(model, wanted.values(), person=person, project=project, field=field)
    return {row.pk: row for row in rows}


def picked(rows: Mapping[UUID, Any], pks: Iterable[Any]) -> tuple[Any, ...]:
    """Some of those rows, in the order in which they are named."""
    return tuple(rows[pk] for pk in map(as_uuid, pks) if pk)


def label_named(said: str, project: Project, field: str = "label") -> Label:
    """A label by its id, its key, or its name where only one has it."""
    pk = as_uuid(said)
    meant = Q(key=said) | Q(name=said) | (Q(pk=pk) if pk else Q())
    found = list(Label.objects.filter(meant, project=project)[:3])
    for exact in (lambda label: label.pk == pk, lambda label: label.key == said):
        if label := next(filter(exact, found), None):
            return label
    if len(found) > 1:
        raise Invalid.field(field, "More than one label has this name; say which by its key.")
    if not found:
        raise Invalid.field(field, "There is no such label in this project.")
    return found[0]
