"""What the pages of revisions show: texts side by side, anchors in their context, marks as they stood.

Texts are read once each, whatever the number of anchors that stand in them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from annotations.core.anchoring import find_all
from annotations.core.differences import shared_by
from annotations.core.text import blocks, cuts_grapheme
from annotations.models import Anchor, Annotation, Article, Dispute, Person, Revision, StanceCitation
from annotations.policies.revisions import may_decide_anchor
from annotations.queries.revisions import places_in, to_review, waiting_in
from annotations.web.forms.annotations import as_json
from annotations.web.marks import QUOTE_SHOWN, Mark, disputed_on

AROUND = 140  # code points of context on each side of a place
LABEL = ("label__colour", "label__name", "label__key")
BETWEEN = 200  # of what stands between two parts of one span
REVIEWED_AT_ONCE = 50
HITS_SHOWN = 20
TEXT_SHOWN = 400_000  # code points of the text in which a person marks anew


class Part(NamedTuple):
    """A stretch of a passage; marked where it belongs to the span."""

    text: str
    is_marked: bool


class Waiting(NamedTuple):
    """One anchor on the review list: the passage in the old text and the one found in the new, or near it."""

    anchor: Anchor
    was: list[Part]
    now: list[Part]
    percent: int
    decision: Any
    disputes: list[dict[str, str]]  # those of which a position quotes it


def passage(text: str, segments: Iterable[Iterable[int]]) -> list[Part]:
    """A span with what stands around it; a long stretch between its parts is left out."""
    places = [tuple(segment) for segment in segments]
    if not places:
        return []
    parts = [Part(words_before(text, places[0][0]), False)]
    at = places[0][0]
    for start, end in places:
        between = text[at:start]
        parts.append(Part(between if len(between) <= BETWEEN else f"{between[:80]} […] {between[-80:]}", False))
        parts.append(Part(text[start:end], True))
        at = end
    parts.append(Part(words_behind(text, at), False))
    return [part for part in parts if part.text]


def words_before(text: str, at: int) -> str:
    """What stands before a place, from the beginning of a word on."""
    if at <= AROUND:
        return text[:at]
    _, space, words = text[at - AROUND : at].partition(" ")
    return f"… {words}" if space else f"…{text[at - AROUND : at]}"


def words_behind(text: str, at: int) -> str:
    if at + AROUND >= len(text):
        return text[at:]
    words, space, _ = text[at : at + AROUND].rpartition(" ")
    return f"{words} …" if space else f"{text[at : at + AROUND]}…"


def review_list(article: Article, person: Person) -> list[Waiting]:
    """The anchors that wait for a decision, in the order of the text. Two queries, and one for the texts."""
    anchors = list(to_review(article, person)[:REVIEWED_AT_ONCE])
    texts, disputes = texts_of(anchors), disputes_quoting(anchors, person)
    return [waiting_of(anchor, texts, person, disputes.get(anchor.annotation_id, [])) for anchor in anchors]


def disputes_quoting(anchors: Iterable[Anchor], person: Person) -> dict[UUID, list[dict[str, str]]]:
    """The disputes of which a position quotes the annotations, by annotation. One query."""
    rows = StanceCitation.objects.filter(
        annotation__in=[anchor.annotation_id for anchor in anchors],
        stance__position__trashed=False,
        stance__position__dispute__in=Dispute.objects.visible_to(person),
    )
    columns = ("annotation_id", *(f"stance__position__dispute__{name}" for name in ("pk", "question", "state")))
    found: dict[UUID, list[dict[str, str]]] = {}
    for annotation, pk, question, state in rows.values_list(*columns).distinct():
        url = reverse("web:dispute", args=[pk])
        found.setdefault(annotation, []).append({"url": url, "question": question, "state": state})
    return found


def waiting_of(
    anchor: Anchor, texts: Mapping[UUID, str], person: Person, disputes: list[dict[str, str]] | None = None
) -> Waiting:
    was, now = texts[anchor.from_revision_id], texts[anchor.revision_id]
    found = passage(now, anchor.segments)
    return Waiting(
        anchor,
        passage(was, anchor.was_segments),
        found,
        round(anchor.score * 100),
        may_decide_anchor(person, anchor),
        disputes or [],
    )


def texts_of(anchors: Iterable[Anchor]) -> dict[UUID, str]:
    pks = {pk for anchor in anchors for pk in (anchor.revision_id, anchor.from_revision_id)}
    return dict(Revision.objects.filter(pk__in=pks).values_list("pk", "text"))


def near_in(anchor: Anchor, texts: Mapping[UUID, str]) -> int:
    """About where an orphan would stand in the new text."""
    was, now = texts[anchor.from_revision_id], texts[anchor.revision_id]
    return shared_by(was, now).moved_to(anchor.was_segments[0][0]) if anchor.was_segments else 0


def picker(article: Article, person: Person) -> dict[str, Any]:
    """The revisions of an article, newest first and without texts, and how many annotations wait for a decision."""
    revisions = list(article.revisions.newest().defer("text"))
    return {"revisions": revisions, "waiting": waiting_in([article.pk], person).get(article.pk, 0)}


def marks_as_they_stood(article: Article, revision: Revision, person: Person) -> list[Mark]:
    """The annotations of a revision with their places in it, in the order of the text, under their usual numbers."""
    places = {place.annotation: place for place in places_in(revision, person)}
    rows = Annotation.objects.visible_to(person).filter(article=article).order_by("id")
    disputed = disputed_on(article, person)
    marks = [
        Mark(
            id=str(pk), number=number, segments=places[pk].segments, slot=slot, label_name=name,
            quote=places[pk].quote[:QUOTE_SHOWN], is_disputed=pk in disputed, label=key,
            by=author_id.hex[-8:],
        )
        for number, (pk, slot, name, key, author_id) in enumerate(rows.values_list("pk", *LABEL, "author_id"), 1)
        if pk in places
    ]  # fmt: skip
    return sorted(marks, key=lambda mark: (mark["segments"], mark["number"]))


class Hit(NamedTuple):
    """Where words that a person typed stand in the new text, and what its form sends."""

    parts: list[Part]
    segments_json: str
    quote_json: str


def hits_of(text: str, words: str, near: int) -> list[Hit]:
    """The places of these words, the nearest to `near` first; where none has their case, those in any case."""
    if not words.strip():
        return []
    places = list(find_all(text, words))
    if not places and len(text.lower()) == len(text):
        places = list(find_all(text.lower(), words.lower()))
    length = len(words)
    whole = [at for at in places if not cuts_grapheme(text, at) and not cuts_grapheme(text, at + length)]
    return [
        Hit(passage(text, [[at, at + length]]), as_json([[at, at + length]]), as_json(text[at : at + length]))
        for at in sorted(whole, key=lambda place: abs(place - near))[:HITS_SHOWN]
    ]


def blocks_near(text: str, near: int) -> list[dict[str, Any]]:
    """The paragraphs of a text; of a very long one those around a place."""
    return [
        {"start": block.start, "text": text[block.start : block.end], "is_near": block.start <= near < block.end}
        for block in blocks(text)
        if len(text) <= TEXT_SHOWN or abs(block.start - near) < TEXT_SHOWN // 2
    ]
