"""The forms of labels. Attributes are written one a line, because a list of a list is no form that anyone enjoys."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.core.errors import Invalid
from annotations.models import Label
from annotations.models.labels import COLOUR_SLOTS, LABEL_KINDS
from annotations.web.fields import Choice, Line, Number, Text, WriteForm, blank_first

COLOURS = {
    1: _("1 amber, solid line"),
    2: _("2 teal, dotted line"),
    3: _("3 violet, dashed line"),
    4: _("4 rust, double line"),
    5: _("5 green, wavy line"),
    6: _("6 slate, thick line"),
}
KIND_WORDS = {"choice": "choice", "yes or no": "yes_no", "text": "text", "number": "number", "date": "date"}
ATTRIBUTES_HELP = _("One a line: name: choice of one, two, three. Or: name: yes or no, text, number, date.")


class LabelForm(WriteForm):
    """How a word is named and looks."""

    name = Line(_("Name"), required=True)
    colour = Choice(_("Colour"), [(str(slot), COLOURS[slot]) for slot in COLOUR_SLOTS], required=True)
    shortcut = Line(_("Shortcut"), max_length=1, help_text=_("One key, such as a digit."))
    order = Number(_("Place in the list"), 0, 100_000)
    description = Text(_("What it means"), rows=2)
    parent = Choice(_("Belongs under"), ())
    attributes = Text(_("Attributes"), rows=2, help_text=ATTRIBUTES_HELP)

    def __init__(self, *args: Any, labels: Iterable[Label], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = blank_first([(str(row.pk), row.name) for row in labels], _("no other"))  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, label: Label) -> dict[str, Any]:
        shown = {name: getattr(label, name) for name in ("name", "colour", "shortcut", "order", "description")}
        return shown | {"parent": label.parent_id or "", "attributes": "\n".join(map(line_of, label.attributes))}


class NewLabelForm(LabelForm):
    """A new word. Without a colour it gets the next one, without a key the key that its name gives."""

    called = "new-label"

    colour = Choice(
        _("Colour"), blank_first([(str(slot), COLOURS[slot]) for slot in COLOUR_SLOTS], _("the next free one"))
    )
    kind = Choice(_("It labels"), LABEL_KINDS, required=True, initial="span")
    order = None  # type: ignore[assignment]
    field_order = ["name", "kind", "shortcut", "colour", "description", "parent", "attributes"]


def line_of(attribute: dict[str, Any]) -> str:
    if attribute["kind"] == "choice":
        return f"{attribute['name']}: choice of {', '.join(attribute['choices'])}"
    words = {stored: word for word, stored in KIND_WORDS.items()}
    return f"{attribute['name']}: {words[attribute['kind']]}"


def attributes_in(written: str) -> list[dict[str, Any]]:
    """The attributes that the lines define. Raises Invalid under `attributes` for a line that defines none."""
    return [attribute_in(line) for line in map(str.strip, written.splitlines()) if line]


def attribute_in(line: str) -> dict[str, Any]:
    name, _, kind = (part.strip() for part in line.rpartition(": "))
    if name and kind.startswith("choice of "):
        choices = [choice.strip() for choice in kind.removeprefix("choice of ").split(",")]
        return {"name": name, "kind": "choice", "choices": [choice for choice in choices if choice]}
    if not name or kind not in KIND_WORDS:
        words = gettext("“%(line)s” does not read as an attribute. %(how)s")
        raise Invalid.field("attributes", words % {"line": line[:60], "how": ATTRIBUTES_HELP})
    return {"name": name, "kind": KIND_WORDS[kind]}
