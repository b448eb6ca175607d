"""Many annotations relabelled at once, and any bulk change taken back: one event each, versions compared row by row.

What may not be changed is listed with its reason; the others are changed only where the person says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.core.sentences import count, say, word
from annotations.models import Annotation, BulkChange, Label, Person, Project, StanceCitation
from annotations.policies.annotations import may_change_annotations, may_edit_annotation
from annotations.policies.roles import may_edit
from annotations.services.fields import same_project
from annotations.services.occurrences import AT_ONCE, SENTENCES_AT_MOST, kept_together
from annotations.services.write import Change, writing

CHANGED = say("Someone changed it since the list was made.")


class Kept(NamedTuple):
    """An annotation that stays as it is, and why; `is_refused`: because of who asks."""

    annotation: Annotation | None
    reason: str
    is_refused: bool = False

    def __str__(self) -> str:
        if not self.annotation:
            return self.reason
        return say("“{quote}”: {reason}", quote=self.annotation.quote[:60], reason=self.reason)


class Sorted(NamedTuple):
    """What can be changed and what cannot."""

    rows: list[Annotation]
    kept: list[Kept]


def relabel_annotations(
    *, by: Person, project: Project, versions: Mapping[UUID, int], label: Label, rest: bool = False
) -> BulkChange:
    """Give these annotations, each at the version that was seen, another label. One event.

    Values of attributes that the new label does not define in the same way are dropped; the bulk change keeps them.
    Raises Invalid under `annotations` with each that has to stay as it is, unless `rest` says to change the others.
    """
    if not versions:
        raise Invalid.field("annotations", "Tick at least one of the annotations.")
    if len(versions) > AT_ONCE:
        raise Invalid.field("annotations", say("At most {most:,} annotations are relabelled at once.", most=AT_ONCE))
    same_project(project.pk, label=label)
    if label.retired:
        raise Invalid.field("label", say("The label {label} is retired.", label=label.name))
    with writing(by, project.pk) as change:
        change.allow(may_change_annotations(by, project.pk))
        found = sort_out(by, project, versions, label)
        agreed(found, rest)
        before = [columns_now(row, ("label", "attributes")) for row in found.rows]
        for row in found.rows:
            change.carry(row, versions[row.pk], label=label, attributes=that_fit(label, row))
        bulk = kept_together(by, "relabelled", label, found.rows, before)
        tell(change, "annotations_relabelled", bulk, found.rows, before)
        return bulk


def sort_out(by: Person, project: Project, versions: Mapping[UUID, int], label: Label) -> Sorted:
    """Which of these annotations can get the label, and which not."""
    known = Annotation.objects.visible_to(by).filter(project=project, pk__in=list(versions)).select_related("label")
    found = {row.pk: row for row in known}
    reasons = {pk: why_not(by, found.get(pk), version, label) for pk, version in versions.items()}
    return Sorted(
        [found[pk] for pk, reason in reasons.items() if not reason],
        [kept_back(by, found.get(pk), reason) for pk, reason in reasons.items() if reason],
    )


def kept_back(by: Person, row: Annotation | None, reason: str) -> Kept:
    return Kept(row, reason, row is not None and reason == may_edit_annotation(by, row).reason)


def why_not(by: Person, row: Annotation | None, version: int, label: Label) -> str:
    if row is None:
        return say("There is no such annotation in this project.")
    if row.trashed:
        return say("It is in the trash.")
    if row.version != version:
        return CHANGED
    if row.label_id == label.pk:
        return say("It is labelled {label} already.", label=label.name)
    if row.label.kind != label.kind:
        words = "A {needed} label is needed there; {label} is a {kind} label."
        return say(words, needed=word(row.label.kind), label=label.name, kind=word(label.kind))
    return may_edit_annotation(by, row).reason


def that_fit(label: Label, row: Annotation) -> dict[str, Any]:
    """The values of the attributes that the new label defines in the same way."""
    same = [attribute["name"] for attribute in label.attributes if attribute in row.label.attributes]
    return {name: value for name, value in row.attributes.items() if name in same}


# -- taking it back ---------------------------------------------------------------------------------------------------


def undo_bulk_change(*, by: Person, bulk_change: BulkChange, rest: bool = False) -> BulkChange:
    """Take every annotation of a bulk change back to what it was before. One event, itself a bulk change.

    What was changed since stays as it is: Invalid lists it under `annotations` unless `rest` says to take back the
    others. Raises IllegalMove where it was taken back already.
    """
    if BulkChange.objects.filter(undoes=bulk_change).exists():
        raise IllegalMove("This was taken back already.")
    with writing(by, bulk_change.project_id) as change:
        change.allow(may_edit(by, bulk_change, "a bulk change"))
        found, before = sort_out_undo(by, bulk_change)
        agreed(found, rest)
        labels = {str(row.pk): row for row in Label.objects.filter(project_id=bulk_change.project_id)}
        was = []
        for row in found.rows:
            columns = dict(before[row.pk])
            was.append(columns_now(row, columns))
            if "label" in columns:
                columns["label"] = labels[columns["label"]]
            change.carry(row, row.version, **columns)
        bulk = kept_together(by, "undone", bulk_change.label, found.rows, was, undoes=bulk_change)
        tell(change, "bulk_change_undone", bulk, found.rows, was)
        return bulk


def sort_out_undo(by: Person, bulk_change: BulkChange) -> tuple[Sorted, dict[UUID, dict[str, Any]]]:
    """Which annotations can go back, which not, and the columns as they were before."""
    rows = list(bulk_change.rows.select_related("annotation__label").order_by("id"))
    quoted = set(
        StanceCitation.objects.filter(
            annotation__in=[row.annotation_id for row in rows], stance__position__trashed=False
        ).values_list("annotation_id", flat=True)
    )
    back, kept = [], []
    for row in rows:
        reason = why_not_back(by, row.annotation, row, quoted)
        kept.append(kept_back(by, row.annotation, reason)) if reason else back.append(row.annotation)
    return Sorted(back, kept), {row.annotation_id: row.before for row in rows}


def why_not_back(by: Person, annotation: Annotation, row: Any, quoted: set[Any]) -> str:
    if annotation.version != row.version:
        return CHANGED
    if row.before.get("trashed") and annotation.pk in quoted:
        return "A position in a dispute quotes it."
    return may_edit_annotation(by, annotation).reason


# -- shared -----------------------------------------------------------------------------------------------------------


def agreed(found: Sorted, rest: bool) -> None:
    """Raise Invalid where something has to stay and nobody said to go on, or where everything has to; Refused where
    that is because of who asks."""
    if found.rows and (rest or not found.kept):
        return
    if not found.rows and all(kept.is_refused for kept in found.kept):
        raise Refused(found.kept[0].reason)
    sentences = [str(kept) for kept in found.kept]
    shown = sentences[:SENTENCES_AT_MOST]
    if len(sentences) > len(shown):
        shown.append(
            count("{number} more stays as it is.", "{number} more stay as they are.", len(sentences) - len(shown))
        )
    some = "{number:,} of them cannot be changed. Nothing was stored."
    none = say("None of them can be changed. Nothing was stored.")
    raise Invalid(count(some, some, len(sentences)) if found.rows else none, errors={"annotations": shown})


def columns_now(row: Annotation, names: Iterable[str]) -> dict[str, Any]:
    return {name: str(row.label_id) if name == "label" else getattr(row, name) for name in names}


def tell(
    change: Change, verb: str, bulk: BulkChange, rows: Sequence[Annotation], before: Sequence[Mapping[str, Any]]
) -> None:
    """One event for all rows. Ids are without hyphens: a history names what it shows, and not a thousand of them."""
    was = {"rows": [[row.pk.hex, one] for row, one in zip(rows, before, strict=True)]}
    told = {"label": str(bulk.label_id), "how_many": len(rows), "rows": [row.pk.hex for row in rows]}
    change.note(verb, bulk, before=was, after=told)
