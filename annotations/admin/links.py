"""Ways from record to record: addresses of pages and lists, link columns, and the lists of what points to a record."""

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

from annotations.models import Decision

NAME_LENGTH = 80  # code points of a record's name in a table


def page_of(model: type[Model], pk: Any) -> str:
    """The address of one record's page."""
    return reverse(f"admin:annotations_{model._meta.model_name}_change", args=[pk])


def list_of(model: type[Model], **narrowed: Any) -> str:
    """The address of a list; `list_of(Claim, project=pk)` is that of one project."""
    address = reverse(f"admin:annotations_{model._meta.model_name}_changelist")
    filters = "&".join(f"{name}__id__exact={pk}" for name, pk in narrowed.items())
    return f"{address}?{filters}" if filters else address


def link_to(row: Model | None) -> str:
    """A link that names the record, or nothing for None."""
    if row is None:
        return ""
    return format_html('<a href="{}">{}</a>', page_of(type(row), row.pk), shortened(row))


def shortened(row: Any) -> str:
    return Truncator(str(row)).chars(NAME_LENGTH) or "unnamed"


def linked(path: str, words: str = "") -> Callable[[Any], str]:
    """A column of a list that leads to the record at `path` ("article", "resolution.dispute"), empty where none is."""
    steps = path.split(".")

    @admin.display(description=words or path.rpartition(".")[2].replace("_", " "), ordering=path.replace(".", "__"))
    def column(row: Any) -> str:
        return link_to(reduce(lambda record, step: record and getattr(record, step), steps, row))

    column.__name__ = f"{path.replace('.', '_')}_link"
    return column


def excerpt(name: str, words: str = "") -> Callable[[Any], str]:
    """A column with the beginning of a long text."""

    @admin.display(description=words or name.replace("_", " "), ordering=name)
    def column(row: Any) -> str:
        return Truncator(getattr(row, name)).chars(NAME_LENGTH)

    column.__name__ = f"{name}_excerpt"
    return column


def kinds() -> dict[str, type[Model]]:
    """The model behind every word for a kind of record that events use."""
    models: dict[str, type[Model]] = {
        model.record_kind(): model
        for model in apps.get_app_config("annotations").get_models()
        if hasattr(model, "record_kind")
    }
    return models | {"approval": Decision, "dissent": Decision}


def subject_of(event: Any) -> str:
    """A link to the record that an event is about, without asking whether it is still there."""
    model = kinds().get(event.object_kind)
    if model is None:
        return f"{event.object_kind} {event.object_id}"
    words = f"{event.object_kind.replace('_', ' ')} …{event.object_id.hex[-6:]}"
    return format_html('<a href="{}">{}</a>', page_of(model, event.object_id), words)


def lists_below(row: Model, site: admin.AdminSite) -> Iterator[tuple[str, str]]:
    """What points to a record: the words and the address of each list. Not counted, since a count may be costly."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model, field = relation.related_model, relation.field  # type: ignore[union-attr]
        if not (isinstance(model, type) and site.is_registered(model)):
            continue
        words = capfirst(str(model._meta.verbose_name_plural))
        if field.verbose_name != row._meta.verbose_name:
            words = f"{words} with this as {field.verbose_name}"
        yield words, list_of(model, **{field.name: row.pk})
