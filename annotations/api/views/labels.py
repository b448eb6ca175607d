"""Labels, the team's vocabulary."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves
from annotations.api.named import label_named
from annotations.api.records import LABEL, PROJECT
from annotations.api.serializers.labels import LabelBody, LabelEdit, LabelQuery
from annotations.models import Label, Person, Project
from annotations.services import labels


@lists(LABEL, find=PROJECT.find, query=LabelQuery)
def list_labels(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The labels of a project, retired ones too."""
    kinds = {"kind": query["kind"]} if "kind" in query else {}
    return Label.objects.filter(project=project, **kinds)


@adds(LABEL, LabelBody, find=PROJECT.find)
def add_label(person: Person, project: Project, fields: dict[str, Any]) -> Label:
    """Add a label."""
    return labels.add_label(by=person, project=project, **with_parent(fields, project))


@edits(LABEL, LabelEdit)
def edit_label(person: Person, label: Label, version: int, fields: dict[str, Any]) -> Label:
    """Change how a label is named and looks, take it out of use, or bring it back."""
    retired = fields.pop("retired", label.retired)
    if fields or retired == label.retired:
        label = labels.edit_label(by=person, label=label, version=version, **with_parent(fields, label.project))
        version = label.version
    if retired != label.retired:
        change = labels.retire_label if retired else labels.restore_label
        label = change(by=person, label=label, version=version)
    return label


@moves(LABEL)
def retire_label(person: Person, label: Label, version: int) -> Label:
    """Take a label out of use. What carries it keeps it."""
    return labels.retire_label(by=person, label=label, version=version)


@moves(LABEL)
def restore_label(person: Person, label: Label, version: int) -> Label:
    """Bring a retired label back."""
    return labels.restore_label(by=person, label=label, version=version)


def with_parent(fields: dict[str, Any], project: Project) -> dict[str, Any]:
    if fields.get("parent") is None:
        return fields
    return {**fields, "parent": label_named(fields["parent"], project, "parent")}
