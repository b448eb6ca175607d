"""Revisions: a corrected text comes in and brings the annotations along; people decide what no measure can.

An anchor is decided once (accept, mark anew, drop) and can be taken back. What a closed dispute quotes does not change
under it: its dispute is reopened first.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from annotations.core.anchoring import quote_of
from annotations.core.errors import IllegalMove, Invalid
from annotations.core.reanchoring import FUZZY, ORPHANED, carry
from annotations.core.sentences import say
from annotations.core.text import sha256_of
from annotations.models import Anchor, Annotation, Article, Person, Revision
from annotations.policies.revisions import may_add_revision, may_decide_anchor
from annotations.services.annotations import cited_by, refuse_while_quoted
from annotations.services.articles import check_text
from annotations.services.carrying import carry_all, check_place, columns_at, hold_article, place_of
from annotations.services.fields import Checks
from annotations.services.standing import free_of_review
from annotations.services.write import Change, columns_of, stale, writing

EDITABLE = ("decision", "segments")  # what undoing puts back


def add_revision(
    *, by: Person, article: Article, text: str, note: str = "", retrieved_at: datetime | None = None
) -> Revision:
    """Store a corrected text as the next revision, and bring the annotations along. One event for all of it.

    `revision.carried` tells `{anchors: {exact, moved, fuzzy, orphaned}, attributions: {carried, kept}}`.
    Raises Refused, Invalid (a text that cannot be stored, or the same again), IllegalMove for an article in the trash.
    """
    check_revision(text, note)
    with writing(by, article.project_id) as change:
        change.allow(may_add_revision(by, article.project_id))
        held = hold_article(article.pk)
        if held.trashed:
            raise IllegalMove("This article is in the trash; restore it before correcting its text.")
        newest = held.revisions.newest().defer("text")[:1].get()
        refuse_same(newest, text)
        revision = Revision(
            project_id=article.project_id,
            author=by,
            article=article,
            number=newest.number + 1,
            text=text,
            sha256=sha256_of(text),
            code_points=len(text),
            note=note,
            retrieved_at=retrieved_at,
        )
        revision.save(force_insert=True)
        revision.carried = carry_all(revision)
        change.note("revision_added", revision, after=told_of(revision))
        return revision


def check_revision(text: Any, note: Any) -> None:
    check_text(text)
    checks = Checks()
    checks.text("note", note)
    checks.done()


def refuse_same(newest: Revision, text: str) -> None:
    """Raise Invalid where the text is that of the newest revision, letter for letter."""
    if newest.sha256 == sha256_of(text):
        raise Invalid.field(
            "text", say("This is the text of revision {number} already: nothing differs.", number=newest.number)
        )


def told_of(revision: Revision) -> dict[str, Any]:
    return columns_of(revision) | revision.carried


# -- decisions --------------------------------------------------------------------------------------------------------


def accept_anchor(*, by: Person, anchor: Anchor, version: int) -> Anchor:
    """Take the place that was found: the annotation stands there from now on.

    Raises Refused, Stale, IllegalMove (orphaned, decided, superseded, or a closed dispute quotes what changed).
    """
    with writing(by, anchor.project_id) as change:
        change.allow(may_decide_anchor(by, anchor))
        annotation = to_decide(anchor, version)
        if anchor.state == ORPHANED:
            words = "Its words were not found in revision {number}: no place to accept. Mark it anew, or drop it."
            raise IllegalMove(say(words, number=anchor.revision.number))
        return take_place(change, by, anchor, annotation, "accepted", {})


def remark_anchor(*, by: Person, anchor: Anchor, version: int, segments: Any, quote: Any) -> Anchor:
    """Mark anew where the annotation stands in the newer revision. Raises as accept_anchor, and Invalid by field."""
    if not anchor.was_segments:
        raise Invalid.field("segments", "A label for the whole article has no span.")
    places, words = check_place(anchor, segments, quote)
    with writing(by, anchor.project_id) as change:
        change.allow(may_decide_anchor(by, anchor))
        annotation = to_decide(anchor, version)
        return take_place(change, by, anchor, annotation, "remarked", {"segments": places, "quote": words})


def drop_anchor(*, by: Person, anchor: Anchor, version: int) -> Anchor:
    """Let the annotation go: it goes to the trash, in the revision in which it stands.

    Raises as accept_anchor, and IllegalMove while a position in a dispute quotes it.
    """
    with writing(by, anchor.project_id) as change:
        change.allow(may_decide_anchor(by, anchor))
        annotation = to_decide(anchor, version)
        refuse_while_quoted(annotation)
        decided = decide(change, by, anchor, version, "dropped", {})
        return tell(change, anchor, annotation, decided, {"trashed": True})


def reopen_anchor(*, by: Person, anchor: Anchor, version: int) -> Anchor:
    """Take a decision back: the annotation stands where it stood before, and the anchor waits again.

    Raises Refused, Stale, IllegalMove where nothing was decided, or the annotation went on since.
    """
    with writing(by, anchor.project_id) as change:
        change.allow(may_decide_anchor(by, anchor))
        if anchor.version != version:
            raise stale(anchor)
        if not anchor.decision:
            raise IllegalMove("Nothing was decided here yet.")
        refuse_superseded(anchor)
        annotation = held_annotation(anchor)
        back = dict(columns_at(anchor.from_revision, anchor.was_segments, anchor.was_quote))
        if anchor.decision == "dropped":
            back = {"trashed": False}
        refuse_unless_there(anchor, annotation)
        if back.get("quote", annotation.quote) != annotation.quote:
            free_of_review(change, by, cited_by(annotation), "a span that a position quotes was moved back")
        decided = decide(change, by, anchor, version, "", found_again(anchor))
        return tell(change, anchor, annotation, decided, back)


def redecide_anchor(
    *, by: Person, anchor: Anchor, version: int, decision: str | None = None, segments: Any = None
) -> Anchor:
    """Put a decision back, or take it back: what undoing and redoing ask for."""
    match anchor.decision if decision is None else decision:
        case "":
            return reopen_anchor(by=by, anchor=anchor, version=version)
        case "accepted":
            return accept_anchor(by=by, anchor=anchor, version=version)
        case "dropped":
            return drop_anchor(by=by, anchor=anchor, version=version)
        case _:
            quote = quote_of(anchor.revision.text, segments)
            return remark_anchor(by=by, anchor=anchor, version=version, segments=segments, quote=quote)


# -- what a decision asks first ---------------------------------------------------------------------------------------


def to_decide(anchor: Anchor, version: int) -> Annotation:
    """The annotation as it is now, once the anchor waits for a decision. Raises Stale, IllegalMove."""
    if anchor.version != version:
        raise stale(anchor)
    if anchor.state not in (FUZZY, ORPHANED):
        raise IllegalMove("This annotation was carried along without doubt; there is nothing to decide.")
    if anchor.decision:
        raise IllegalMove("This was decided already. Take the decision back first.")
    refuse_superseded(anchor)
    annotation = held_annotation(anchor)
    if annotation.trashed:
        raise IllegalMove("This annotation is in the trash; restore it first.")
    return annotation


def held_annotation(anchor: Anchor) -> Annotation:
    rows = Annotation.objects.select_for_update(of=("self",), no_key=True).select_related("label")
    annotation: Annotation = rows.get(pk=anchor.annotation_id)
    return annotation


def refuse_superseded(anchor: Anchor) -> None:
    newest = Revision.objects.filter(article_id=anchor.revision.article_id).newest().values_list("number", flat=True)[0]
    if newest != anchor.revision.number:
        words = "Revision {newest} has come since; decide there where this annotation stands."
        raise IllegalMove(say(words, newest=newest))


def refuse_unless_there(anchor: Anchor, annotation: Annotation) -> None:
    """Raise IllegalMove where the annotation is no longer where the decision left it."""
    is_trashed = anchor.decision == "dropped"
    stands = annotation.revision_id, annotation.segments
    left = (anchor.from_revision_id, anchor.was_segments) if is_trashed else (anchor.revision_id, anchor.segments)
    if annotation.trashed != is_trashed or stands != left:
        raise IllegalMove("This annotation was changed since the decision; it stays as it is.")


# -- what a decision changes ------------------------------------------------------------------------------------------


def take_place(
    change: Change, by: Person, anchor: Anchor, annotation: Annotation, decision: str, place: dict[str, Any]
) -> Anchor:
    if place.get("quote", anchor.quote) != anchor.was_quote:
        because = say("the text that a position quotes changed in revision {number}", number=anchor.revision.number)
        free_of_review(change, by, cited_by(annotation), because)
    decided = decide(change, by, anchor, anchor.version, decision, place)
    return tell(change, anchor, annotation, decided, place_of(anchor))


def decide(
    change: Change, by: Person, anchor: Anchor, version: int, decision: str, place: dict[str, Any]
) -> dict[str, Any]:
    who, when = (by, timezone.now()) if decision else (None, None)
    was, will = change.carry(anchor, version, decision=decision, decided_by=who, decided_at=when, **place)
    return {"before": was, "after": will}


def tell(
    change: Change, anchor: Anchor, annotation: Annotation, decided: dict[str, Any], columns: dict[str, Any]
) -> Anchor:
    """Change the annotation and note both in one event, in its history. To undo it the anchor's step is enough."""
    was, will = change.carry(annotation, annotation.version, **columns)
    change.unit.steps.pop()
    verb = f"anchor_{anchor.decision or 'reopened'}"
    about = {"anchor": str(anchor.pk), "in_revision": anchor.revision.number}
    before = was | {"decision": decided["before"].get("decision", "")}
    after = will | about | {"decision": anchor.decision}
    change.note(verb, annotation, before=before, after=after)
    anchor.annotation = annotation
    return anchor


def found_again(anchor: Anchor) -> dict[str, Any]:
    """The place as it was found, where somebody had marked another one: the same texts give the same answer."""
    if anchor.decision != "remarked":
        return {}
    [placement] = carry(anchor.from_revision.text, anchor.revision.text, [anchor.was_segments])
    segments = [[start, end] for start, end in placement.segments]
    return {"segments": segments, "quote": placement.quote}
