"""Annotations: the quote is compared with the text on every write, so that an offset can never go wrong unseen."""

from collections.abc import Sequence
from typing import Any

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.errors import IllegalMove, Invalid
from annotations.core.sentences import say, word
from annotations.core.shaping import GAPS, merge_segments, split_segments
from annotations.models import (
    Anchor,
    Annotation,
    Article,
    Attribution,
    ClaimMention,
    Label,
    Person,
    Relation,
    Revision,
    StanceCitation,
)
from annotations.policies.annotations import may_add_annotation, may_edit_annotation
from annotations.services.attributes import check_attribute_values
from annotations.services.carrying import SURE, bring_along, late_anchor, newest_held, place_of
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import Change, Step, stale, writing

EDITABLE = ("segments", "quote", "label", "attributes", "note")


def add_annotation(
    *,
    by: Person,
    article: Article,
    segments: list[list[int]],
    quote: str,
    label: Label,
    attributes: dict[str, Any] | None = None,
    note: str = "",
    revision: Revision | None = None,
) -> Annotation:
    """Label segments of the article's newest revision, or of `revision`. A document label takes no segments.

    One that was made on an older revision comes along at once, or waits there for a person, as if it had been earlier.
    Raises Refused, Invalid by field: `segments` for places, `quote` with both strings, `label`, `attributes`.
    """
    revision = revision or newest_revision(article)
    if revision.article_id != article.pk:
        raise Invalid.field("revision", "There is no such revision of this article.")
    columns = placed(revision.text, segments, quote, label)
    check_words(label, article.project_id, attributes or {}, note)
    with writing(by, article.project_id) as change:
        change.allow(may_add_annotation(by, article.project_id))
        if article.trashed:
            raise IllegalMove("This article is in the trash; restore it before annotating it.")
        annotation = Annotation(
            project_id=article.project_id,
            author=by,
            article=article,
            revision=revision,
            label=label,
            attributes=attributes or {},
            note=note,
            **columns,
        )
        return store(change, annotation)


def store(change: Change, annotation: Annotation) -> Annotation:
    """Add an annotation, and where a newer revision has come meanwhile, its anchor there."""
    newest = newest_held(annotation)
    if newest is None:
        return change.add(annotation, "annotation_added")
    anchor = late_anchor(annotation, newest)
    made_on = {"made_on": str(annotation.revision_id)}
    if anchor.state in SURE:
        for name, value in place_of(anchor).items():
            setattr(annotation, name, value)
    change.add(annotation, "annotation_added", **made_on)
    anchor.save(force_insert=True)
    return annotation


def edit_annotation(*, by: Person, annotation: Annotation, version: int, **fields: Any) -> Annotation:
    """Move, relabel or describe an annotation. New segments need their quote. Raises as add_annotation, and Stale."""
    only_known(fields, EDITABLE)
    label = fields.get("label", annotation.label)
    if "segments" in fields or "quote" in fields:
        segments = fields.get("segments", annotation.segments)
        fields |= placed(annotation.revision.text, segments, fields.get("quote", ""), label)
    elif label.kind != annotation.label.kind:
        raise Invalid.field("label", say("A {kind} label is needed here.", kind=word(annotation.label.kind)))
    check_words(label, annotation.project_id, fields.get("attributes", annotation.attributes), fields.get("note", ""))
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        if "segments" in fields:
            refuse_while_waiting(annotation)
            free_of_review(change, by, cited_by(annotation), "a span that a position quotes was moved")
        return change.edit(annotation, version, "annotation_edited", **fields)


def trash_annotation(*, by: Person, annotation: Annotation, version: int) -> Annotation:
    """Move an annotation to the trash; its mentions of claims go out of sight with it and come back with it.

    Raises IllegalMove while a position in a dispute quotes it.
    """
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        change.check_version(annotation, version)
        refuse_while_quoted(annotation)
        return trash(change, annotation, version, "annotation_trashed")


def restore_annotation(*, by: Person, annotation: Annotation, version: int) -> Annotation:
    """Take an annotation out of the trash."""
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        restore(change, annotation, version, "annotation_restored")
        bring_along(change, annotation)
        return annotation


# -- one becomes two, two become one ----------------------------------------------------------------------------------


def split_annotation(*, by: Person, annotation: Annotation, version: int, at: int) -> tuple[Annotation, Annotation]:
    """Cut an annotation in two at the code point `at`. Both keep label, attributes, origin and author.

    The first half stays this record, with its note, its claims and its relations. One event, on the first. Raises
    Invalid under `at`, Stale, and as a change of its segments would.
    """
    first, second = split_segments(annotation.revision.text, spanned(annotation), at)
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        in_use(annotation, version)
        free_of_review(change, by, cited_by(annotation), "a span that a position quotes was split")
        was, will = change.carry(annotation, version, **columns_for(annotation.revision.text, first))
        half = second_half(annotation, columns_for(annotation.revision.text, second))
        half.save(force_insert=True)
        change.unit.steps.append(Step(half, None, {}))
        after = will | {"second": str(half.pk), "second_segments": half.segments}
        change.note("annotation_split", annotation, before=was, after=after)
        return annotation, half


def merge_annotations(
    *,
    by: Person,
    annotation: Annotation,
    version: int,
    other: Annotation,
    gap: str = "keep",
    label: Label | None = None,
) -> Annotation:
    """Take another annotation of the same text into this one. One event, on this one.

    `gap` says what becomes of the words between them: `keep` leaves them out (a span in parts), `join` takes them in.
    Two labels need a choice. Claims, sayings and relations of the other come along, and it goes to the trash. Raises
    Invalid under `with`, `gap`, `label`; IllegalMove while a position quotes the other; Stale.
    """
    label = merged_label(annotation, other, label)
    segments = merged_segments(annotation, other, gap)
    columns = {"label": label, "attributes": merged_attributes(annotation, other, label)}
    columns |= {"note": "\n".join(dict.fromkeys(filter(None, (annotation.note, other.note))))}
    check_words(label, annotation.project_id, columns["attributes"], columns["note"])
    with writing(by, annotation.project_id) as change:
        change.allow(may_edit_annotation(by, annotation))
        change.allow(may_edit_annotation(by, other))
        in_use(annotation, version)
        refuse_while_quoted(other)
        free_of_review(change, by, cited_by(annotation), "a span that a position quotes was merged with another")
        text = annotation.revision.text
        was, will = change.carry(annotation, version, children=True, **columns_for(text, segments), **columns)
        moved = hand_over(change, other, annotation)
        change.carry(other, other.version, trashed=True)
        after = will | {"merged_with": str(other.pk), **moved}
        change.note("annotations_merged", annotation, before=was, after=after)
        return annotation


def spanned(annotation: Annotation, field: str = "at") -> list[list[int]]:
    if not annotation.segments:
        raise Invalid.field(field, "A label for the whole article has no span.")
    segments: list[list[int]] = annotation.segments
    return segments


def in_use(annotation: Annotation, version: int) -> None:
    if annotation.version != version:
        raise stale(annotation)
    if annotation.trashed:
        raise IllegalMove("This annotation is in the trash; restore it first.")
    refuse_while_waiting(annotation)


def second_half(annotation: Annotation, columns: dict[str, Any]) -> Annotation:
    same = ("project_id", "author_id", "article_id", "revision", "label", "attributes", "origin", "score")
    return Annotation(**{name: getattr(annotation, name) for name in same}, **columns)


def merged_segments(annotation: Annotation, other: Annotation, gap: str) -> list[list[int]]:
    if other.pk == annotation.pk:
        raise Invalid.field("with", "Another annotation is needed: this is the same one.")
    if other.trashed or (other.article_id, other.revision_id) != (annotation.article_id, annotation.revision_id):
        raise Invalid.field("with", "Only annotations of the same text can be merged.")
    if gap not in GAPS:
        raise Invalid.field("gap", say("One of {words}; not “{value}”.", words=", ".join(GAPS), value=gap))
    return merge_segments(spanned(annotation, "with"), spanned(other, "with"), gap)


def merged_label(annotation: Annotation, other: Annotation, label: Label | None) -> Label:
    if label is None and annotation.label_id != other.label_id:
        words = say(
            "One is labelled {one}, the other {other}: say which label stays.",
            one=annotation.label.name,
            other=other.label.name,
        )
        raise Invalid.field("label", words)
    if label is not None and label.kind != annotation.label.kind:
        raise Invalid.field("label", say("A {kind} label is needed here.", kind=word(annotation.label.kind)))
    return label or annotation.label


def merged_attributes(annotation: Annotation, other: Annotation, label: Label) -> dict[str, Any]:
    """What either says in the words of the label that stays; where both speak, this annotation does."""
    fitting: dict[str, Any] = {}
    for row in (other, annotation):
        same = [attribute["name"] for attribute in label.attributes if attribute in row.label.attributes]
        fitting |= {name: value for name, value in row.attributes.items() if name in same}
    return fitting


def hand_over(change: Change, other: Annotation, annotation: Annotation) -> dict[str, Any]:
    """Everything that stands on `other` stands on `annotation`; what would then stand there twice goes to the trash."""
    moved: dict[str, list[str]] = {"claims": [], "sayings": [], "relations": []}
    known = set(ClaimMention.objects.active().filter(annotation=annotation).values_list("claim_id", flat=True))
    for mention in ClaimMention.objects.active().filter(annotation=other):
        move = {"trashed": True} if mention.claim_id in known else {"annotation": annotation}
        change.carry(mention, mention.version, **move)
        moved["claims"].append(str(mention.claim_id))
    for saying in Attribution.objects.active().filter(content=other):
        change.carry(saying, saying.version, content=annotation)
        moved["sayings"].append(str(saying.pk))
    for name, far in (("from_annotation", "to_annotation"), ("to_annotation", "from_annotation")):
        for relation in Relation.objects.active().filter(**{name: other}):
            ends = {name: annotation, far: getattr(relation, far)}
            is_there = ends[far] == annotation or same_relation(relation, ends).exists()
            change.carry(relation, relation.version, **({"trashed": True} if is_there else {name: annotation}))
            moved["relations"].append(str(relation.pk))
    return {name: ids for name, ids in moved.items() if ids}


def same_relation(relation: Relation, ends: dict[str, Any]) -> Any:
    return Relation.objects.active().filter(label=relation.label_id, author=relation.author_id, **ends)


# -- checks -----------------------------------------------------------------------------------------------------------


def newest_revision(article: Article) -> Revision:
    """The revision that new annotations are made on; already there where the caller fetched both at once."""
    known: Revision | None = getattr(article, "revision", None)
    return known or article.revisions.latest("number")


def placed(text: str, segments: Any, quote: Any, label: Label) -> dict[str, Any]:
    """Checked segments as columns. Raises Invalid."""
    if label.kind == "document":
        if segments or quote:
            raise Invalid.field("segments", "A document label stands for the whole article and takes no segments.")
        return {"segments": [], "start": None, "end": None, "quote": ""}
    return columns_for(text, check_segments(text, segments, quote))


def columns_for(text: str, segments: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Segments that are known to fit, as columns."""
    return {
        "segments": [[start, end] for start, end in segments],
        "start": segments[0][0],
        "end": segments[-1][1],
        "quote": quote_of(text, segments),
    }


def check_words(label: Label, project_id: Any, attributes: Any, note: Any) -> None:
    same_project(project_id, label=label)
    checks = Checks()
    if label.retired:
        checks.wrong("label", say("The label {label} is retired.", label=label.name))
    if label.kind == "relation":
        checks.wrong("label", say("{label} labels relations between annotations, not a span.", label=label.name))
    check_attribute_values(checks, label, attributes)
    checks.text("note", note)
    checks.done()


def refuse_while_waiting(annotation: Annotation) -> None:
    """Raise IllegalMove while nobody decided where the annotation stands in the newest revision."""
    if Anchor.objects.undecided().filter(annotation=annotation).exists():
        raise IllegalMove("The text was corrected since: decide first where this annotation stands in the new one.")


def refuse_while_quoted(annotation: Annotation) -> None:
    if StanceCitation.objects.filter(annotation=annotation, stance__position__trashed=False).exists():
        raise IllegalMove("A position in a dispute quotes this annotation; take it out of the position first.")


def cited_by(annotation: Annotation) -> list[Any]:
    """The disputes of which a position quotes the annotation."""
    return list(
        StanceCitation.objects.filter(annotation=annotation, stance__position__trashed=False)
        .values_list("stance__position__dispute_id", flat=True)
        .distinct()
    )
