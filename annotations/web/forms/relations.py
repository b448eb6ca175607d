"""The forms of relations: where an arrow leads, how it is called, a note."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import Label
from annotations.web.fields import Choice, Text, WriteForm, blank_first

WAYS = [("to", _("from here to that one")), ("from", _("from that one to here"))]


class RelationForm(WriteForm):
    """The label and the note of a relation that is there."""

    called = "relation"

    label = Choice(_("Relation"), (), required=True)
    note = Text(_("Note"), rows=2)

    def __init__(
        self, *args: Any, labels: Iterable[Mapping[str, Any]], kept: Label | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        menu = [(label["key"], label["name"]) for label in labels]
        if kept and kept.key not in dict(menu):
            menu.append((kept.key, kept.name))
        self.fields["label"].choices = menu  # type: ignore[attr-defined]


class NewRelationForm(RelationForm):
    """A new relation, chosen from a list: what the arrow by keyboard or pointer says without JavaScript."""

    called = "new-relation"

    other = Choice(_("With"), (), required=True)
    way = Choice(_("The arrow leads"), WAYS, required=True, initial="to")
    field_order = ["other", "label", "way", "note"]

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = blank_first(others, str(_("choose an annotation")))  # type: ignore[attr-defined]
