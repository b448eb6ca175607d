"""The form of an annotation in the inspector: its label, the attributes that the label defines, its note."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.core.errors import Invalid
from annotations.core.sentences import say
from annotations.models import Label
from annotations.web.fields import Choice, Choices, Line, Number, Text, WriteForm, blank_first

PREFIX = "attribute:"
GAPS = [("keep", _("stay out: a passage in parts")), ("join", _("are taken in"))]
YES_NO = [("", _("not said")), ("yes", pgettext_lazy("value", "yes")), ("no", pgettext_lazy("value", "no"))]


class NoteForm(WriteForm):
    """The note and the attributes; the label has a form of its own, which one key sends."""

    called = "annotation"

    note = Text(_("Note"), rows=2)

    def __init__(self, *args: Any, label: Label, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, attribute in enumerate(label.attributes):
            self.fields[f"{PREFIX}{number}"] = field_for(attribute)
        self.label = label
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    @property
    def attribute_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def attributes(self) -> dict[str, Any]:
        """The values that were given, under their names."""
        values = {}
        for number, attribute in enumerate(self.label.attributes):
            value = self.cleaned_data.get(f"{PREFIX}{number}")
            if value not in ("", None):
                values[attribute["name"]] = value == "yes" if attribute["kind"] == "yes_no" else value
        return values

    @staticmethod
    def initial_of(label: Label, note: str, values: dict[str, Any]) -> dict[str, Any]:
        """What the form shows for an annotation."""
        shown: dict[str, Any] = {"note": note}
        for number, attribute in enumerate(label.attributes):
            value = values.get(attribute["name"])
            shown[f"{PREFIX}{number}"] = (
                {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            )
        return shown


def field_for(attribute: dict[str, Any]) -> forms.Field:
    name = attribute["name"]
    match attribute["kind"]:
        case "choice":
            return Choice(name, blank_first([(word, word) for word in attribute["choices"]]))
        case "yes_no":
            return Choice(name, YES_NO)
        case "number":
            return forms.FloatField(label=name, required=False, widget=forms.NumberInput(attrs={"step": "any"}))
        case "date":
            return Line(name, max_length=10, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD"))
        case _:
            return Line(name)


class OffsetsForm(WriteForm):
    """Spans by their numbers, for people without a pointer or without JavaScript: one segment, or several as lines."""

    called = "offsets"

    start = Number(_("Start"), 0, 10_000_000)
    end = Number(_("End"), 0, 10_000_000)
    more = Text(
        _("More parts of the same span"), rows=2, help_text=_("One a line: start and end, for example 120-134.")
    )


class EndsForm(OffsetsForm):
    """The same for an annotation that is there already."""

    called = "ends"

    @staticmethod
    def initial_of(segments: list[list[int]]) -> dict[str, Any]:
        """The first part in its two fields, the others as lines."""
        lines = "\n".join(f"{start}-{end}" for start, end in segments[1:])
        return {"start": segments[0][0], "end": segments[0][1], "more": lines}


class SplitForm(WriteForm):
    """Where an annotation is cut in two."""

    called = "split"

    at = Number(_("The second half begins at"), 0, 10_000_000, required=True)


class MergeForm(WriteForm):
    """Which annotation is taken into this one. One field is called `with`, which is a word of Python's own."""

    called = "merge"

    gap = Choice(_("Words between them"), GAPS, radios=True)
    label = Choice(_("Label that stays"), [])

    def __init__(self, *args: Any, partners: Choices, labels: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with"] = Choice(_("Merge with"), partners, required=True)
        self.fields["label"] = Choice(_("Label that stays"), blank_first(labels, _("the same for both")))
        self.order_fields(["with", "gap", "label"])

    @property
    def has_partners(self) -> bool:
        field: Any = self.fields["with"]
        return bool(field.choices)

    def offer(self, annotation: Any) -> None:
        """One more to choose from: what was sent may be farther away than what the page offers."""
        field: Any = self.fields["with"]
        if annotation and str(annotation.pk) not in dict(field.choices):
            field.choices = [*field.choices, (str(annotation.pk), annotation.quote[:60])]


def segments_in(form: OffsetsForm) -> list[list[int]]:
    """The segments that were typed, sorted. Raises Invalid under `more` for lines that are none."""
    typed = form.cleaned_data
    segments = [[typed["start"], typed["end"]]] if typed["start"] is not None and typed["end"] is not None else []
    for line in filter(str.strip, typed["more"].splitlines()):
        parts = line.replace("-", " ").replace(",", " ").split()
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
            raise Invalid.field("more", say("“{line}” is not a start and an end.", line=line.strip()[:40]))
        segments.append([int(part) for part in parts])
    return sorted(segments)


def as_json(value: Any) -> str:
    """JSON in plain ASCII: a CR stands in it as an escape, which no form encoding touches."""
    return json.dumps(value)
