"""One label on many places at once: what was seen in the preview is made, all of it or nothing, as one event.

Every place is checked again: its revision is still the newest one and its quote stands there. How a bulk change is told
and taken back is the business of `concordance`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from annotations.core.anchoring import Segment, check_segments, quote_of
from annotations.core.errors import Invalid
from annotations.core.sentences import count, say
from annotations.models import Annotation, BulkChange, BulkRow, Label, Person, Project, Revision
from annotations.policies.annotations import may_add_annotation
from annotations.services.annotations import check_words
from annotations.services.fields import Checks, same_project
from annotations.services.write import Step, writing

AT_ONCE = 1_000
SENTENCES_AT_MOST = 10
TEXTS_AT_ONCE = 1_000_000  # code points in memory together
IN_ONE_INSERT = 500


class Place(NamedTuple):
    """A hit as it came: a revision, segments and the quote that was seen there."""

    revision: UUID | None
    segments: Any
    quote: Any


def label_occurrences(
    *,
    by: Person,
    project: Project,
    label: Label,
    hits: Sequence[Place],
    words: str = "",
    attributes: Mapping[str, Any] | None = None,
) -> BulkChange:
    """Put `label` on each place, as annotations of `by`. One event, told by the bulk change that is given back.

    Raises Refused; Invalid under `label`, `attributes`, and under `hits` with every place that is no longer as it was
    seen: then nothing is stored.
    """
    if not hits:
        raise Invalid.field("hits", "Tick at least one of the places.")
    if len(hits) > AT_ONCE:
        words = "At most {most:,} places are labelled at once; these are {number:,}."
        raise Invalid.field("hits", say(words, most=AT_ONCE, number=len(hits)))
    checks = Checks()
    checks.text("words", words)
    checks.done()
    same_project(project.pk, label=label)
    if label.kind != "span":
        raise Invalid.field("label", say("{label} labels no spans.", label=label.name))
    check_words(label, project.pk, attributes or {}, "")
    with writing(by, project.pk) as change:
        change.allow(may_add_annotation(by, project.pk))
        rows = checked(by, project, label, hits)
        for row in rows:
            row.attributes = dict(attributes or {})
        Annotation.objects.bulk_create(rows, batch_size=IN_ONE_INSERT)
        change.unit.steps.extend(Step(row, None, {}) for row in rows)
        bulk = kept_together(by, "labelled", label, rows, [{"trashed": True}] * len(rows), words=words)
        told = {"label": str(label.pk), "how_many": len(rows), "rows": [row.pk.hex for row in rows]}
        change.note("annotations_labelled", bulk, after=told)
        return bulk


def kept_together(
    by: Person,
    verb: str,
    label: Label,
    rows: Sequence[Annotation],
    before: Iterable[Mapping[str, Any]],
    *,
    words: str = "",
    undoes: BulkChange | None = None,
) -> BulkChange:
    """The bulk change with one row for each annotation, as they are now; it is noted by the caller."""
    articles = {row.article_id for row in rows}
    bulk = BulkChange(
        project_id=label.project_id,
        author=by,
        verb=verb,
        label=label,
        words=words[:500],
        undoes=undoes,
        article_id=articles.pop() if len(articles) == 1 else None,
    )
    bulk.save(force_insert=True)
    BulkRow.objects.bulk_create(
        (
            BulkRow(project_id=label.project_id, bulk_change=bulk, annotation=row, before=was, version=row.version)
            for row, was in zip(rows, before, strict=True)
        ),
        batch_size=IN_ONE_INSERT,
    )
    return bulk


# -- are they still as they were seen? --------------------------------------------------------------------------------


def checked(by: Person, project: Project, label: Label, hits: Sequence[Place]) -> list[Annotation]:
    """The annotations to make. Raises Invalid under `hits` with what changed meanwhile."""
    revisions = revisions_named(project, hits)
    wrong: dict[int, str] = {}
    rows: dict[int, Annotation] = {}
    there = labelled_already(by, label, revisions)
    for revision, text, numbers in by_text(revisions, hits, wrong):
        for number in numbers:
            try:
                segments = check_segments(text, hits[number].segments, hits[number].quote)
            except Invalid as error:
                wrong[number] = say("{place}: {reason}", place=named(revision, hits[number]), reason=error.message)
                continue
            if (revision.pk, segments) in there:
                words = "{place}: you labelled this {label} already."
                wrong[number] = say(words, place=named(revision, hits[number]), label=label.name)
                continue
            there.add((revision.pk, segments))
            rows[number] = annotation_on(by, project, label, revision, text, segments)
    if wrong:
        raise changed_meanwhile([wrong[number] for number in sorted(wrong)])
    return [rows[number] for number in sorted(rows)]


def revisions_named(project: Project, hits: Sequence[Place]) -> dict[UUID, Revision]:
    """The revisions of this project that the places name, without their texts, each with the number of the newest."""
    newest = Revision.objects.filter(article=OuterRef("article")).newest().values("number")[:1]
    wanted = {hit.revision for hit in hits if hit.revision}
    found = Revision.objects.filter(pk__in=wanted, project=project).select_related("article").defer("text")
    return {row.pk: row for row in found.annotate(newest_number=Subquery(newest))}


def by_text(
    revisions: Mapping[UUID, Revision], hits: Sequence[Place], wrong: dict[int, str]
) -> Iterator[tuple[Revision, str, list[int]]]:
    """Each revision that is still the newest, with its text and the numbers of its places. A few texts at a time."""
    numbers: dict[UUID, list[int]] = {}
    for number, hit in enumerate(hits):
        revision = revisions.get(hit.revision) if hit.revision else None
        if sentence := not_current(revision, hit):
            wrong[number] = sentence
        elif revision:
            numbers.setdefault(revision.pk, []).append(number)
    for few in few_at_once([revisions[pk] for pk in numbers]):
        texts = dict(Revision.objects.filter(pk__in=[row.pk for row in few]).values_list("pk", "text"))
        for revision in few:
            yield revision, texts[revision.pk], numbers[revision.pk]


def few_at_once(revisions: Iterable[Revision]) -> Iterator[list[Revision]]:
    few: list[Revision] = []
    for revision in revisions:
        if few and sum(row.code_points for row in few) + revision.code_points > TEXTS_AT_ONCE:
            yield few
            few = []
        few.append(revision)
    if few:
        yield few


def not_current(revision: Any, hit: Place) -> str:
    """Why nothing is labelled on this text; empty where it is the one that people read."""
    if revision is None:
        return say("There is no such revision in this project.")
    if revision.article.trashed:
        return say("{place}: the article is in the trash.", place=named(revision, hit))
    if revision.number != revision.newest_number:
        newest = "{place}: the article has a newer text, revision {newest}."
        return say(newest, place=named(revision, hit), newest=revision.newest_number)
    return ""


def labelled_already(by: Person, label: Label, revisions: Mapping[UUID, Revision]) -> set[tuple[UUID, Any]]:
    """Where this person put this label before, so that a list sent twice labels nothing twice."""
    own = Annotation.objects.active().filter(author=by, label=label, revision__in=list(revisions))
    return {(pk, tuple(map(tuple, segments))) for pk, segments in own.values_list("revision_id", "segments")}


def annotation_on(
    by: Person, project: Project, label: Label, revision: Revision, text: str, segments: Sequence[Segment]
) -> Annotation:
    return Annotation(
        project=project,
        author=by,
        article_id=revision.article_id,
        revision=revision,
        label=label,
        segments=[list(pair) for pair in segments],
        start=segments[0][0],
        end=segments[-1][1],
        quote=quote_of(text, segments),
    )


def named(revision: Revision, hit: Place) -> str:
    return say("“{quote}” in “{title}”", quote=str(hit.quote)[:60], title=revision.article.title[:80])


def changed_meanwhile(sentences: list[str]) -> Invalid:
    shown = sentences[:SENTENCES_AT_MOST]
    if len(sentences) > len(shown):
        shown.append(
            count(
                "{number} more is no longer as it was.",
                "{number} more are no longer as they were.",
                len(sentences) - len(shown),
            )
        )
    one = "One place is no longer as the list showed. Nothing was labelled."
    many = "{number:,} places are no longer as the list showed. Nothing was labelled."
    return Invalid(count(one, many, len(sentences)), errors={"hits": shown})
