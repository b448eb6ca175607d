"""How good a learned recommender is: trained on two thirds of the articles, tried on the third, three times in turn.

Whole articles are kept apart, because one article repeats itself; the model that is used learns from all of them.
"""

from collections.abc import Sequence
from typing import Any

from annotations.core.learning import FOLDS, Found, Prepared, Sign, Span, find, train


def measure(rows: Sequence[Prepared], labels: Sequence[str], sign: Sign) -> dict[str, Any]:
    """How well a model trained on the other articles finds the spans of each third of the articles.

    `{labels: {key: {precision, recall, f1, overlap, annotations}}, all: {...}, folds}`. Exact means both ends right;
    `overlap` is the F1 where any common token counts.
    """
    counts = {label: [0, 0, 0, 0, 0] for label in labels}
    for fold in range(FOLDS):
        model = train([row for number, row in enumerate(rows) if number % FOLDS != fold], labels, sign)
        for row in rows[fold::FOLDS]:
            count_hits(counts, row, find(model, row))
        sign()
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {"labels": {label: figures(count) for label, count in counts.items()}, "all": figures(total), "folds": FOLDS}


def count_hits(counts: dict[str, list[int]], row: Prepared, found: Sequence[Found]) -> None:
    """Adds: labelled, found, exact, labelled that were touched, found that touch."""
    for label, count in counts.items():
        spans = spans_in(row, label)
        seen = [(span.start, span.end) for span in found if span.label == label]
        count[0] += len(spans)
        count[1] += len(seen)
        count[2] += len(set(spans) & set(seen))
        count[3] += sum(any(start < right and left < end for left, right in seen) for start, end in spans)
        count[4] += sum(any(start < right and left < end for left, right in spans) for start, end in seen)


def spans_in(row: Prepared, label: str) -> list[Span]:
    """The labelled spans, as far as tokens go."""
    on, spans = set(row.goes_on[label]), []
    for first in row.begins[label]:
        last = first
        while last + 1 in on:
            last += 1
        spans.append((row.places[first].start, row.places[last].end))
    return spans


def figures(count: Sequence[int]) -> dict[str, Any]:
    labelled, found, exact, touched, touching = count
    return {
        "precision": ratio(exact, found),
        "recall": ratio(exact, labelled),
        "f1": ratio(2 * exact, found + labelled),
        "overlap": ratio(2 * touched * touching, touched * found + touching * labelled),
        "annotations": labelled,
    }


def ratio(part: float, whole: float) -> float:
    return round(part / whole, 3) if whole else 0.0
