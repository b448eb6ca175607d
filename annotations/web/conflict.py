"""Two versions of one record, when a form of the inspector was opened before somebody else changed it: mine as it was
sent, theirs as it is stored, who changed it and when. Each can be kept; where several fields differ, field by field.
"""

import json
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import resolve
from django.utils.translation import gettext as _

from annotations.core.errors import Stale, WorkbenchError
from annotations.models import Annotation, Attribution, Label
from annotations.queries.history import Told, history_of, told
from annotations.web.fields import WriteForm
from annotations.web.forms.annotations import NoteForm
from annotations.web.forms.attributions import initial_saying
from annotations.web.stale import in_words

TECHNICAL = frozenset({"csrfmiddlewaretoken", "idempotency_key", "version", "revision", "annotation", "quote"})
KINDS = {"annotations": "annotation", "attributions": "attribution", "relations": "relation", "mentions": "mention"}


class Field(NamedTuple):
    """One field that differs: its values as the form sends them, and in words."""

    name: str
    label: str
    mine: str
    theirs: str
    mine_value: str
    theirs_value: str


class Conflict(NamedTuple):
    """What the comparison shows. `sent` is the whole form, to be sent again at the record's `version`."""

    path: str
    version: int
    fields: list[Field]
    sent: list[tuple[str, str]]
    change: Told | None

    @property
    def who(self) -> str:
        return self.change.person if self.change else _("Someone")

    @property
    def at(self) -> datetime | None:
        return self.change.at if self.change else None

    @property
    def can_choose(self) -> bool:
        """Field by field; places come with their words and are chosen as a whole."""
        return len(self.fields) > 1 and all(field.name != "segments" for field in self.fields)

    @property
    def undisputed(self) -> list[tuple[str, str]]:
        """What goes along whichever is chosen."""
        names = {field.name for field in self.fields}
        return [(name, value) for name, value in self.sent if name not in names]


def conflict_of(
    request: HttpRequest, annotation: Annotation, error: WorkbenchError, forms: dict[str, WriteForm] | Any
) -> Conflict | None:
    """After a stale version, what to compare; None after any other refusal."""
    if not isinstance(error, Stale):
        return None
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in TECHNICAL - {"quote", "annotation"}
        for value in values
    ]
    events = history_of(*record_at(request.path), request.user)[:1]  # type: ignore[arg-type]
    change = next(iter(told(events, request.user)), None)  # type: ignore[arg-type]
    return Conflict(request.path, error.version, differing(request, annotation, forms), sent, change)


def record_at(path: str) -> tuple[str, Any]:
    """The kind and the id of the record that an address names."""
    return KINDS.get(path.split("/")[1], ""), resolve(path).kwargs["pk"]


def differing(request: HttpRequest, annotation: Annotation, forms: Any) -> list[Field]:
    """The fields that were sent and are stored otherwise."""
    kind, pk = record_at(request.path)
    if kind == "attribution":
        stored = {name: str(value or "") for name, value in initial_saying(Attribution.objects.get(pk=pk)).items()}
        form = next(iter(forms.values()), None)
        labels = {name: str(field.label) for name, field in form.fields.items()} if form else {}
    else:
        stored, labels = stored_of(annotation)
    found = []
    for name, value in ((name, str(value)) for name, value in request.POST.items()):
        if name in TECHNICAL or name not in stored or in_words(value) == in_words(stored[name]):
            continue
        mine, theirs = words_of(request, annotation, name, value), words_of(None, annotation, name, stored[name])
        found.append(Field(name, labels.get(name, name), mine, theirs, value, stored[name]))
    return found


def stored_of(annotation: Annotation) -> tuple[dict[str, str], dict[str, str]]:
    """An annotation as its forms would send it, and what its fields are called."""
    label = annotation.label
    form = NoteForm(label=label)
    shown = NoteForm.initial_of(label, annotation.note, annotation.attributes)
    stored = {name: "" if value is None else str(value) for name, value in shown.items()}
    stored |= {"label": label.key, "segments": json.dumps(annotation.segments)}
    labels = {name: str(field.label) for name, field in form.fields.items()}
    return stored, labels | {"label": _("Label"), "segments": _("Words")}


def words_of(request: HttpRequest | None, annotation: Annotation, name: str, value: str) -> str:
    """A value as one reads it: a label by its name, places by their words."""
    if name == "label":
        label = Label.objects.filter(project_id=annotation.project_id, key=value).first()
        return label.name if label else value
    if name == "segments":
        return in_words(annotation.quote if request is None else read(request.POST.get("quote", "")))
    return in_words(value)


def read(written: str) -> str:
    try:
        return str(json.loads(written))
    except ValueError:
        return written
