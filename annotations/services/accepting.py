"""Deciding on suggestions: accept one or many, reject, take a decision back. A person does, never a machine.

Accepted, a suggestion becomes an annotation of the person who accepted it, and keeps where it came from and with what
score. Where two decide at once, one wins and the other is told who.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid
from annotations.core.sentences import count, say, word
from annotations.models import Annotation, Article, Label, Person, Revision, Suggestion
from annotations.policies.annotations import may_add_annotation
from annotations.policies.suggestions import may_decide_suggestion, may_reopen_suggestion
from annotations.services.annotations import check_words, placed, trash_annotation
from annotations.services.fields import no_such
from annotations.services.write import Change, Step, stale, writing

AT_ONCE = 1_000  # suggestions accepted in one go
IN_ONE_INSERT = 500
DECIDED = ("state", "decided_by", "decided_at", "annotation")  # the columns that a decision sets
OLD_TEXT = say("The article has a newer text since this was suggested. Ask for suggestions again.")


def accept_suggestion(
    *,
    by: Person,
    suggestion: Suggestion,
    version: int,
    label: Label | None = None,
    segments: list[list[int]] | None = None,
    quote: str | None = None,
) -> Suggestion:
    """Make it an annotation of `by`, with its own label or another, where it stands or on other segments (which need
    their quote). One event.

    Raises Refused, Invalid, Stale; IllegalMove where somebody decided already, or the article has a newer text.
    """
    chosen = label or suggestion.label
    text = suggestion.revision.text
    columns = placed(text, suggestion.segments, suggestion.quote, chosen)
    if segments is not None or quote is not None:
        columns = placed(text, suggestion.segments if segments is None else segments, quote or "", chosen)
    if chosen.kind != "span":
        raise Invalid.field("label", say("A {kind} label is needed here.", kind=word("span")))
    attributes = suggestion.attributes if chosen.pk == suggestion.label_id else {}
    check_words(chosen, suggestion.project_id, attributes, "")
    with writing(by, suggestion.project_id) as change:
        change.allow(may_decide_suggestion(by, suggestion))
        change.allow(may_add_annotation(by, suggestion.project_id))
        check_pending(suggestion)
        check_current(suggestion)
        annotation = annotation_of(suggestion, by, chosen, attributes, columns)
        annotation.save(force_insert=True)
        change.unit.steps.append(Step(annotation, None, {}))
        change.carry(suggestion, version, **decision("accepted", by, annotation))
        change.note("suggestion_accepted", annotation, after=told_of(suggestion, annotation))
        return suggestion


def reject_suggestion(*, by: Person, suggestion: Suggestion, version: int) -> Suggestion:
    """Say no to it; it is not made again at that place. Raises Refused, Stale, IllegalMove."""
    with writing(by, suggestion.project_id) as change:
        change.allow(may_decide_suggestion(by, suggestion))
        check_pending(suggestion)
        change.carry(suggestion, version, **decision("rejected", by))
        change.note("suggestion_rejected", suggestion, before={"state": "pending"}, after=told_of(suggestion))
        return suggestion


def reopen_suggestion(*, by: Person, suggestion: Suggestion, version: int) -> Suggestion:
    """Take the decision back: pending again, and what it was accepted as moves to the trash.

    Raises Refused, Stale; IllegalMove where nothing was decided, or a dispute rests on the annotation.
    """
    with writing(by, suggestion.project_id) as change:
        change.allow(may_reopen_suggestion(by, suggestion))
        annotation, was = suggestion.annotation, suggestion.state
        if was == "pending":
            raise IllegalMove(say("Nobody decided on this suggestion yet."))
        change.carry(suggestion, version, **decision("pending", None))
        change.note("suggestion_reopened", suggestion, before={"state": was}, after={"state": "pending"})
        if annotation and not annotation.trashed:
            trash_annotation(by=by, annotation=annotation, version=annotation.version)
        return suggestion


def put_decision(*, by: Person, suggestion: Suggestion, version: int, **columns: Any) -> Suggestion:
    """For undo and redo: the decision as it was before or after, the annotation being put back by its own verbs."""
    with writing(by, suggestion.project_id) as change:
        change.allow(may_decide_suggestion(by, suggestion))
        was = suggestion.state
        change.carry(suggestion, version, **columns)
        verb = "suggestion_reopened" if suggestion.state == "pending" else f"suggestion_{suggestion.state}"
        change.note(verb, suggestion, before={"state": was}, after=told_of(suggestion))
        return suggestion


def accept_suggestions(*, by: Person, article: Article, chosen: Sequence[tuple[Suggestion, int]]) -> Article:
    """Accept many of one article at once, each with its own label: (suggestion, version) pairs. One event.

    Raises Refused; Invalid under `suggestions`; IllegalMove, and nothing is accepted, where any of them was decided on
    or changed meanwhile.
    """
    if not chosen:
        raise Invalid.field("suggestions", say("Tick at least one suggestion."))
    if len(chosen) > AT_ONCE:
        raise Invalid.field("suggestions", say("At most {most:,} are accepted at once.", most=AT_ONCE))
    versions = {row.pk: version for row, version in chosen}
    with writing(by, article.project_id) as change:
        change.allow(may_add_annotation(by, article.project_id))
        rows = locked(article, versions)
        made = []
        for row in rows:
            check_words(row.label, row.project_id, row.attributes, "")
            columns = placed(row.revision.text, row.segments, row.quote, row.label)
            made.append(annotation_of(row, by, row.label, row.attributes, columns))
        Annotation.objects.bulk_create(made, batch_size=IN_ONE_INSERT)
        decide_together(change, rows, made, by)
        names = sorted({row.recommender.name for row in rows})
        told = {"how_many": len(rows), "origin": ", ".join(names), "rows": [row.pk.hex for row in made]}
        change.note("suggestions_accepted", article, after=told)
        return article


def locked(article: Article, versions: Mapping[Any, int]) -> list[Suggestion]:
    """The suggestions that were ticked, if each is still as it was seen. Raises Invalid, IllegalMove."""
    found = Suggestion.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in=list(versions), article=article
    )
    rows = list(found.select_related("label", "revision", "recommender").order_by("start", "id"))
    if len(rows) != len(versions):
        raise Invalid.field("suggestions", no_such(Suggestion))
    changed = [row for row in rows if row.state != "pending" or row.version != versions[row.pk]]
    if changed:
        one = "{number} of them was decided on meanwhile. Nothing was accepted; look at the list again."
        many = "{number} of them were decided on meanwhile. Nothing was accepted; look at the list again."
        raise IllegalMove(count(one, many, len(changed)))
    check_current(rows[0])
    if any(row.revision_id != rows[0].revision_id for row in rows):
        raise IllegalMove(OLD_TEXT)
    return rows


def decide_together(change: Change, rows: list[Suggestion], made: list[Annotation], by: Person) -> None:
    for row, annotation in zip(rows, made, strict=True):
        columns = decision("accepted", by, annotation)
        before = {name: getattr(row, name) for name in columns}
        for name, value in {**columns, "version": row.version + 1}.items():
            setattr(row, name, value)
        change.unit.steps += [Step(annotation, None, {}), Step(row, before, columns)]
    Suggestion.objects.bulk_update(rows, [*DECIDED, "version"], batch_size=200)


# -- what they have in common -----------------------------------------------------------------------------------------


def decision(state: str, by: Person | None, annotation: Annotation | None = None) -> dict[str, Any]:
    at = timezone.now() if by else None
    return {"state": state, "decided_by": by, "decided_at": at, "annotation": annotation}


def annotation_of(
    suggestion: Suggestion, by: Person, label: Label, attributes: Mapping[str, Any], columns: Mapping[str, Any]
) -> Annotation:
    return Annotation(
        project_id=suggestion.project_id,
        author=by,
        article_id=suggestion.article_id,
        revision=suggestion.revision,
        label=label,
        attributes=dict(attributes),
        origin=suggestion.recommender.name,
        score=suggestion.score,
        **columns,
    )


def told_of(suggestion: Suggestion, annotation: Annotation | None = None) -> dict[str, Any]:
    """What the event says: the suggestion's origin and score, and where and as what it was accepted."""
    said: dict[str, Any] = {"origin": suggestion.recommender.name, "score": suggestion.score}
    if annotation is None:
        return {**said, "state": suggestion.state}
    return {**said, "label": annotation.label, "segments": annotation.segments, "suggestion": suggestion.pk}


def check_pending(suggestion: Suggestion) -> None:
    """Raises IllegalMove, naming who was first."""
    now = Suggestion.objects.select_related("decided_by").filter(pk=suggestion.pk).first()
    if now is None:
        raise stale(suggestion)
    if now.state != "pending":
        who = str(now.decided_by) if now.decided_by else say("Somebody")
        done = word(now.state, "state")
        raise IllegalMove(say("{who} {done} this suggestion already.", who=who, done=done))


def check_current(suggestion: Suggestion) -> None:
    """Raises IllegalMove where the text that the suggestion was made for is not the newest."""
    if suggestion.article.trashed:
        raise IllegalMove(say("This article is in the trash; restore it before annotating it."))
    newer = Revision.objects.filter(article_id=suggestion.article_id, number__gt=suggestion.revision.number)
    if newer.exists():
        raise IllegalMove(OLD_TEXT)
