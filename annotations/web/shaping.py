"""What the inspector offers to change the passage of an annotation: its ends and parts, a cut in two, a merge.

The buttons of the page do the same by pointer and by keyboard; these forms work without a script as well.
"""

from collections.abc import Container, Mapping
from typing import Any

from annotations.models import Annotation
from annotations.web.fields import WriteForm
from annotations.web.forms.annotations import EndsForm, MergeForm, SplitForm, as_json
from annotations.web.marks import Mark

OFFERED = 40  # annotations to merge with: the nearest ones
Forms = Mapping[str, WriteForm]


def shape_of(
    annotation: Annotation, marks: list[Mark], choices: list[dict[str, Any]], forms: Forms, folds: Container[str]
) -> dict[str, Any]:
    """The parts of the passage and in its folds a form for each change; nothing for a label of the whole article."""
    if not annotation.segments:
        return {}
    is_open = bool({"ends", "split"} & set(forms))
    shape: dict[str, Any] = {"parts": parts_of(annotation), "is_open": is_open, "is_merging": "merge" in forms}
    if is_open or "ends" in folds:
        shape["ends_form"] = forms.get("ends") or EndsForm(initial=EndsForm.initial_of(annotation.segments))
        shape["split_form"] = forms.get("split") or SplitForm()
    if "merge" in forms or "merge" in folds:
        shape["merge_form"] = forms.get("merge") or merge_form(annotation, marks, choices)
    return shape


def parts_of(annotation: Annotation) -> list[dict[str, Any]]:
    """Each part's words, and what the passage would be without it: segments and quote as JSON for a form."""
    segments, text = annotation.segments, annotation.revision.text
    words = [text[start:end] for start, end in segments]
    return [
        {
            "number": number,
            "words": words[number - 1],
            "segments_json": as_json(without(segments, number)),
            "quote_json": as_json(" … ".join(without(words, number))),
        }
        for number in range(1, len(segments) + 1)
    ]


def without(row: list[Any], number: int) -> list[Any]:
    return row[: number - 1] + row[number:]


def merge_form(
    annotation: Annotation, marks: list[Mark], choices: list[dict[str, Any]], typed: Any = None
) -> MergeForm:
    """Offers the annotations that begin nearest; the one that follows stands first."""
    key = annotation.label.key
    labels = [(label["key"], label["name"]) for label in choices]
    if key not in dict(labels):
        labels.insert(0, (key, annotation.label.name))
    return MergeForm(typed, partners=partners_of(annotation, marks), labels=labels, initial={"gap": "keep"})


def partners_of(annotation: Annotation, marks: list[Mark]) -> list[tuple[str, str]]:
    here = annotation.segments[0]
    others = [mark for mark in marks if mark["segments"] and mark["id"] != str(annotation.pk)]
    nearest = sorted(others, key=lambda mark: abs(mark["segments"][0][0] - here[0]))[:OFFERED]
    behind_first = sorted(nearest, key=lambda mark: (mark["segments"][0] < here, mark["segments"]))
    return [(mark["id"], f"{mark['number']} {mark['label_name']}: {mark['quote'][:60]}") for mark in behind_first]
