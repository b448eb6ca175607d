"""The vocabulary: labels are added, changed in name and look, retired and brought back. Keys and kinds never change."""

import re
from typing import Any

from django.db.models import Max

from annotations.core.errors import Clash, IllegalMove
from annotations.models import Label, Person, Project
from annotations.models.labels import COLOUR_SLOTS, LABEL_KINDS
from annotations.policies.labels import may_change_labels
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.write import Change, writing

EDITABLE = ("name", "colour", "shortcut", "description", "parent", "attributes", "order")
ATTRIBUTE_KINDS = ("choice", "yes_no", "text", "number", "date")


def key_of(name: str) -> str:
    """The key that a name gives: lower case, hyphens between words. Letters of any script stay."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-_")[:60]


def add_label(
    *,
    by: Person,
    project: Project,
    key: str = "",
    name: str = "",
    kind: str = "span",
    colour: int | None = None,
    shortcut: str = "",
    description: str = "",
    attributes: list[dict[str, Any]] | None = None,
    parent: Label | None = None,
) -> Label:
    """Add a word, from its key or its name. Without a colour it gets the next slot. Raises Refused, Invalid, Clash."""
    checks = Checks()
    name = name or key
    checks.text("name", name, required=True, longest=80)
    checks.text("key", key, longest=60)
    checks.word("kind", kind, LABEL_KINDS)
    if isinstance(name, str):
        key = key or key_of(name)
        if not re.fullmatch(r"[\w-]+", key):
            checks.wrong("key", "Letters, digits, hyphens and underscores only.")
    check_fields(checks, colour=colour or 1, shortcut=shortcut, description=description, attributes=attributes or [])
    checks.done()
    same_project(project.pk, parent=parent)
    with writing(by, project.pk) as change:
        change.allow(may_change_labels(by, project.pk))
        known = Label.objects.filter(project=project)
        if known.filter(key=key).exists():
            raise Clash("A label with this key is here already.", errors={"key": ["This key is taken."]})
        free_shortcut(project.pk, shortcut, None)
        order = (known.aggregate(last=Max("order"))["last"] or 0) + 1
        label = Label(
            project=project,
            author=by,
            key=key,
            kind=kind,
            name=name,
            colour=colour or (order - 1) % len(COLOUR_SLOTS) + 1,
            shortcut=shortcut,
            description=description,
            attributes=attributes or [],
            parent=parent,
            order=order,
        )
        return change.add(label, "label_added")


def edit_label(*, by: Person, label: Label, version: int, **fields: Any) -> Label:
    """Change how a word is named and looks. Raises Refused, Invalid, Clash, Stale."""
    only_known(fields, EDITABLE)
    checks = Checks()
    if "name" in fields:
        checks.text("name", fields["name"], required=True, longest=80)
    check_fields(checks, **{name: value for name, value in fields.items() if name not in ("name", "parent")})
    checks.done()
    same_project(label.project_id, parent=fields.get("parent"))
    with writing(by, label.project_id) as change:
        change.allow(may_change_labels(by, label.project_id))
        free_shortcut(label.project_id, fields.get("shortcut", ""), label)
        if fields.get("parent") is not None:
            no_circle(change, label, fields["parent"])
        return change.edit(label, version, "label_edited", **fields)


def retire_label(*, by: Person, label: Label, version: int) -> Label:
    """Take a word out of use; annotations keep it. Raises Refused, Stale, IllegalMove."""
    with writing(by, label.project_id) as change:
        change.allow(may_change_labels(by, label.project_id))
        change.check_version(label, version)
        if label.retired:
            raise IllegalMove("This label is retired already.")
        return change.edit(label, version, "label_retired", retired=True)


def restore_label(*, by: Person, label: Label, version: int) -> Label:
    """Bring a retired word back. Raises Refused, Stale, IllegalMove, Clash where its shortcut is taken now."""
    with writing(by, label.project_id) as change:
        change.allow(may_change_labels(by, label.project_id))
        change.check_version(label, version)
        if not label.retired:
            raise IllegalMove("This label is in use.")
        free_shortcut(label.project_id, label.shortcut, label)
        return change.edit(label, version, "label_restored", retired=False)


def check_fields(checks: Checks, **fields: Any) -> None:
    for name, value in fields.items():
        match name:
            case "colour":
                checks.number(name, value, COLOUR_SLOTS[0], COLOUR_SLOTS[-1])
            case "shortcut":
                checks.text(name, value, longest=1)
            case "description":
                checks.text(name, value)
            case "order":
                checks.number(name, value, 0, 100_000)
            case "attributes":
                check_attributes(checks, value)


def check_attributes(checks: Checks, attributes: Any) -> None:
    """Each is {name, kind, choices?}; the values that annotations give are checked against them."""
    if not isinstance(attributes, list):
        checks.wrong("attributes", "A list of attributes.")
        return
    names = [known.get("name") for known in attributes if isinstance(known, dict)]
    if len(names) != len(attributes) or not all(isinstance(name, str) and name for name in names):
        checks.wrong("attributes", "Each attribute has a name and a kind.")
        return
    if len(set(names)) != len(names):
        checks.wrong("attributes", "Attribute names differ from one another.")
    for known in attributes:
        if known.get("kind") not in ATTRIBUTE_KINDS:
            checks.wrong("attributes", f"The kind of “{known['name']}” is one of {', '.join(ATTRIBUTE_KINDS)}.")
        elif known["kind"] == "choice" and not is_list_of_words(known.get("choices")):
            checks.wrong("attributes", f"“{known['name']}” needs a list of choices.")


def is_list_of_words(choices: Any) -> bool:
    return isinstance(choices, list) and bool(choices) and all(isinstance(word, str) and word for word in choices)


def no_circle(change: Change, label: Label, parent: Label) -> None:
    """A label is never above itself. Read behind the lock, so that two edits of one moment cannot close a circle."""
    change.alone()
    parents = dict(Label.objects.filter(project_id=label.project_id).values_list("pk", "parent_id"))
    seen: set[Any] = {label.pk}
    above: Any = parent.pk
    while above is not None:
        if above in seen:
            raise Clash("A label cannot stand below itself.", errors={"parent": ["This would be a circle."]})
        seen.add(above)
        above = parents.get(above)


def free_shortcut(project_id: Any, shortcut: str, label: Label | None) -> None:
    taken = Label.objects.filter(project_id=project_id, shortcut=shortcut, retired=False)
    others = taken.exclude(pk=label.pk) if label else taken
    if shortcut and others.exists():
        raise Clash("Another label has this shortcut.", errors={"shortcut": ["This shortcut is taken."]})
