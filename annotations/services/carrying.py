"""Annotations brought along to a newer revision: in bulk when it comes in, one by one when they come late.

Who is sure of a place moves at once; who is not stays where it stood, with an anchor that waits for a person. What a
person decides then is the business of `revisions`; where words stand now is said by `core.reanchoring`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, IntegerField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.reanchoring import EXACT, MOVED, STATES, Placement, carry
from annotations.models import Anchor, Annotation, Article, Attribution, Revision
from annotations.services.write import Change

SURE = (EXACT, MOVED)
IN_ONE_INSERT = 500
IN_ONE_UPDATE = 200  # every row is compared with every other one of its statement
SPANS = ("speaker", "cue")


def hold_article(pk: UUID) -> Article:
    """The article as it is now, held until the transaction ends: no revision comes in beside what is written on it."""
    held: Article = Article.objects.select_for_update().get(pk=pk)
    return held


def columns_at(revision: Revision, segments: Sequence[Sequence[int]], quote: str) -> dict[str, Any]:
    """A place as an annotation's columns."""
    return {
        "revision": revision,
        "segments": [[start, end] for start, end in segments],
        "start": segments[0][0] if segments else None,
        "end": segments[-1][1] if segments else None,
        "quote": quote,
    }


def anchor_of(annotation: Annotation, revision: Revision, placement: Placement) -> Anchor:
    """The record of where an annotation stands in a newer revision; not saved yet."""
    return Anchor(
        project_id=annotation.project_id,
        annotation=annotation,
        revision=revision,
        from_revision_id=annotation.revision_id,
        state=placement.state,
        segments=[[start, end] for start, end in placement.segments],
        quote=placement.quote,
        was_segments=annotation.segments,
        was_quote=annotation.quote,
        score=placement.score,
    )


# -- when a revision comes in -----------------------------------------------------------------------------------------


def carry_all(revision: Revision) -> dict[str, Any]:
    """Bring along every annotation of the article that is not in the trash, and the spans of its attributions.

    What is told: `anchors` by state, and `attributions` that came along or stay behind. The article is held.
    """
    counts = Counter(dict.fromkeys(STATES, 0))
    rows = (
        Annotation.objects.select_for_update(no_key=True)
        .active()
        .filter(article_id=revision.article_id)
        .exclude(revision=revision)
        .order_by("revision_id", "id")
    )
    for text, annotations in by_text(rows):
        placements = carry(text, revision.text, [row.segments for row in annotations])
        counts.update(placement.state for placement in placements)
        store(revision, annotations, placements)
    return {"anchors": dict(counts), "attributions": carry_attributions(revision)}


def by_text(rows: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Rows of one article with the text that they stand in: most of them share one."""
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.revision_id].append(row)
    for pk, group in groups.items():
        yield Revision.objects.values_list("text", flat=True).get(pk=pk), group


def store(revision: Revision, annotations: list[Annotation], placements: list[Placement]) -> None:
    pairs = list(zip(annotations, placements, strict=True))
    Anchor.objects.bulk_create((anchor_of(row, revision, now) for row, now in pairs), batch_size=IN_ONE_INSERT)
    take_places(revision)


def take_places(revision: Revision) -> None:
    """Every annotation that is sure of its place stands there from now on: three statements, however many there are."""
    anchors = Anchor.objects.filter(revision=revision)
    here = anchors.filter(annotation=OuterRef("pk"))
    rows = Annotation.objects.filter(article_id=revision.article_id)
    step = {"revision": revision, "version": F("version") + 1}
    rows.filter(pk__in=anchors.filter(state=EXACT).values("annotation")).update(**step)
    moved = anchors.filter(state=MOVED)
    first = {name: Subquery(here.values(place=offset(0, at))) for at, name in enumerate(("start", "end"))}
    rows.filter(pk__in=moved.values("annotation")).update(**step, segments=Subquery(here.values("segments")), **first)
    in_parts = [anchor for anchor in moved.values_list("annotation", "segments") if len(anchor[1]) > 1]
    for pk, segments in in_parts:
        rows.filter(pk=pk).update(end=segments[-1][1])


def offset(segment: int, at: int) -> Cast:
    """One number out of `segments`."""
    return Cast(KeyTextTransform(at, KeyTransform(segment, "segments")), IntegerField())


def carry_attributions(revision: Revision) -> dict[str, int]:
    """Speakers and cues come along where both are sure. The others keep pointing to the revision in which they stand,
    and are tried again with the next one."""
    rows = (
        Attribution.objects.select_for_update(of=("self",), no_key=True)
        .active()
        .filter(article_id=revision.article_id, revision__isnull=False)
        .exclude(revision=revision)
        .order_by("id")
    )
    along, stay = [], 0
    for text, attributions in by_text(rows):
        spans = [getattr(row, f"{span}_segments") for row in attributions for span in SPANS]
        placements = carry(text, revision.text, spans)
        for number, row in enumerate(attributions):
            if take_along(row, revision, placements[2 * number : 2 * number + 2]):
                along.append(row)
            else:
                stay += 1
    columns = ["revision", "speaker_segments", "cue_segments", "version"]
    Attribution.objects.bulk_update(along, columns, batch_size=IN_ONE_UPDATE)
    return {"carried": len(along), "kept": stay}


def take_along(row: Attribution, revision: Revision, placements: Sequence[Placement]) -> bool:
    if any(placement.state not in SURE for placement in placements):
        return False
    row.revision, row.version = revision, row.version + 1
    for span, placement in zip(SPANS, placements, strict=True):
        setattr(row, f"{span}_segments", [[start, end] for start, end in placement.segments])
    return True


# -- when an annotation comes late ------------------------------------------------------------------------------------


def newest_held(annotation: Annotation) -> Revision | None:
    """The newest revision where the annotation stands in an older one, else None. The article is held from here on."""
    hold_article(annotation.article_id)
    newest = Revision.objects.filter(article_id=annotation.article_id).newest().values_list("pk", flat=True)[:1].get()
    return None if newest == annotation.revision_id else Revision.objects.get(pk=newest)


def late_anchor(annotation: Annotation, newest: Revision) -> Anchor:
    """Where an annotation of an older revision stands in the newest one; not saved yet."""
    [placement] = carry(annotation.revision.text, newest.text, [annotation.segments])
    return anchor_of(annotation, newest, placement)


def place_of(anchor: Anchor) -> dict[str, Any]:
    """The columns of the annotation at the anchor's place."""
    return columns_at(anchor.revision, anchor.segments, anchor.quote)


def bring_along(change: Change, annotation: Annotation) -> None:
    """An annotation that was in the trash while a revision came in: it comes along now, or waits for a person."""
    newest = newest_held(annotation)
    if newest is None or Anchor.objects.filter(annotation=annotation, revision=newest).exists():
        return
    anchor = late_anchor(annotation, newest)
    anchor.save(force_insert=True)
    if anchor.state in SURE:
        place = place_of(anchor)
        change.edit(annotation, annotation.version, "annotation_carried", **place)
        change.unit.steps.pop()  # nobody's doing, and not to be undone


def check_place(anchor: Anchor, segments: Any, quote: Any) -> tuple[list[list[int]], str]:
    """A place that a person marked in the anchor's revision. Raises Invalid under `segments` and `quote`."""
    text = anchor.revision.text
    checked = check_segments(text, segments, quote)
    return [[start, end] for start, end in checked], quote_of(text, checked)
