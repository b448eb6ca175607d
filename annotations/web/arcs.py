"""Relations on the annotate screen: the arcs beside the text, and the list with its forms in the inspector.

An arc is told as `{id, from, to, slot, name}`; js/arcs.js draws those whose chips are there. With every annotation that
is shown come its own arcs, so that a write, a restored annotation and a second look bring them up to date.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.models import Annotation, Article, Label, Person, Relation
from annotations.policies.relations import may_add_relation, may_edit_relation
from annotations.queries.relations import relations_in
from annotations.web.fields import WriteForm
from annotations.web.forms.annotations import as_json
from annotations.web.forms.relations import NewRelationForm, RelationForm

ARCS_AT_MOST = 2_000  # of one page; the lists beside each annotation have them all


def arcs_in(article: Article, person: Person) -> list[dict[str, Any]]:
    """The arcs of a page. One query."""
    rows = relations_in(article, person).values_list(
        "pk", "from_annotation_id", "to_annotation_id", "label__colour", "label__name"
    )
    return [_arc(*row) for row in rows[:ARCS_AT_MOST]]


def relations_context(
    person: Any,
    annotation: Annotation,
    rows: list[Relation],
    marks: Iterable[Mapping[str, Any]],
    offered: list[tuple[str, str]],
    labels: list[dict[str, Any]],
    forms: Mapping[str, WriteForm],
    folds: Container[str],
) -> dict[str, Any]:
    """What the inspector shows of an annotation's relations, `rows`. `offered` are the annotations to choose from,
    `labels` the swatches of labels for relations; forms stand in the `folds` alone."""
    numbers = {mark["id"]: mark["number"] for mark in marks}
    menu = [(pk, words) for pk, words in offered if pk != str(annotation.pk)]
    return {
        "relations": [_shown(person, annotation, row, numbers, labels, forms, folds) for row in rows],
        "arcs_json": as_json({"of": str(annotation.pk), "arcs": [arc_of(row) for row in rows]}),
        "relation_labels": labels,
        "relation_form": forms.get("relation")
        or (NewRelationForm(labels=labels, others=menu) if "relation" in folds else None),
        "may_relate": may_add_relation(person, annotation.project_id),
    }


def arc_of(row: Relation) -> dict[str, Any]:
    return _arc(row.pk, row.from_annotation_id, row.to_annotation_id, row.label.colour, row.label.name)


def _arc(pk: UUID, start: UUID, end: UUID, slot: int, name: str) -> dict[str, Any]:
    return {"id": str(pk), "from": str(start), "to": str(end), "slot": slot, "name": name}


def _shown(
    person: Any,
    annotation: Annotation,
    row: Relation,
    numbers: Mapping[str, int],
    labels: list[dict[str, Any]],
    forms: Mapping[str, WriteForm],
    folds: Container[str],
) -> dict[str, Any]:
    name = f"relation:{row.pk}"
    is_out = row.from_annotation_id == annotation.pk
    other = row.to_annotation if is_out else row.from_annotation
    return {
        "relation": row,
        "is_out": is_out,
        "other": other,
        "number": numbers.get(str(other.pk)),
        "swatch": _swatch(row.label, labels),
        "fold": name,
        "form": forms.get(name) or (form_for(row, labels) if name in folds else None),
        "may": may_edit_relation(person, row),
    }


def form_for(row: Relation, labels: list[dict[str, Any]], data: Any = None) -> RelationForm:
    """The form that changes a relation; a retired label stays on offer where the relation has it."""
    return RelationForm(
        data,
        labels=labels,
        kept=row.label,
        called=f"relation-{row.pk}",
        initial={"label": row.label.key, "note": row.note},
    )


def _swatch(label: Label, labels: list[dict[str, Any]]) -> dict[str, Any]:
    return next((known for known in labels if known["id"] == str(label.pk)), None) or {
        "slot": label.colour,
        "code": label.name[:2].upper(),
        "name": _("%(label)s (retired)") % {"label": label.name},
    }
