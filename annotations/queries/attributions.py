"""Attributions as rows, and as chains for pages: who says it, through whom, and whether the text has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.core.sentences import count, say, word
from annotations.models import Annotation, Attribution, ClaimMention, Evidence, Person
from annotations.queries.rows import Row, Shape

ATTRIBUTION = Shape(
    ids=(
        "id", "project", "article", "revision", "content", "agent", "recipient", "parent", "evidence", "author",
    ),
    plain=(
        "speaker_quote", "cue_quote", "form", "naming", "count", "access", "terms", "tone", "basis", "note", "trashed",
        "version",
    ),
    json=("speaker_segments", "cue_segments"),
    times=("created_at",),
)  # fmt: skip


def attribution_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Attributions: `{id, project, article, revision, content (an annotation), agent, recipient, parent, evidence,
    speaker_segments, speaker_quote, cue_segments, cue_quote, form, naming, count, access, terms, tone, basis, note,
    author, trashed, version, created_at}`."""
    return ATTRIBUTION.rows(queryset)


# -- chains -----------------------------------------------------------------------------------------------------------

DRAWN = {"stated": "inside", "external": "outside", "inferred": "inferred"}
LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """One link of a chain. `drawn` says where its speaker comes from: inside the text, outside it, or inferred.

    The first link is the outlet, which has no attribution; `parts` are words such as `unnamed`, `three of them`.
    """

    name: str
    drawn: str
    parts: list[str]
    attribution: Attribution | None = None

    @property
    def short(self) -> list[str]:
        """The few words that a chain at a glance has room for: how the speaker is named, and from where."""
        row = self.attribution
        if row is None:
            return []
        parts: list[str] = [word(row.naming.replace("_", " "))] if row.naming != "named" else []
        if row.count:
            parts.append(count("{number} of them", "{number} of them", row.count))
        if row.basis != "stated":
            parts.append(say("from evidence") if row.basis == "external" else say("inferred"))
        return parts


def attributions_in(articles: Iterable[UUID], also: Iterable[UUID], person: Person) -> dict[UUID, Attribution]:
    """The attributions of these articles, and those named by id, by their id; without the trash. One query, and one
    more for each further link by which a chain leads out of its article, to a saying that is known from evidence."""
    return with_parents(_seen(person), Q(article__in=set(articles)) | Q(pk__in=set(also)))


def chains_at(annotations: Iterable[UUID], person: Person) -> dict[UUID, list[Saying]]:
    """Who says the words of these annotations, through whom; by annotation, its first saying. One query, and one a link
    of the longest chain; none where there are no annotations."""
    wanted = set(annotations)
    if not wanted:
        return {}
    known = with_parents(_seen(person).select_related("article"), Q(content__in=wanted))
    first: dict[UUID, Attribution] = {}
    for row in known.values():
        if row.content_id in wanted:
            first.setdefault(row.content_id, row)
    return {pk: chain_of(row, known, row.article.outlet if row.article else "") for pk, row in first.items()}


def _seen(person: Person) -> Any:
    seen = Attribution.objects.visible_to(person).active()
    return seen.select_related("agent", "recipient", "evidence__source", "content").order_by("id")


def with_parents(joined: Any, wanted: Q) -> dict[UUID, Attribution]:
    """The attributions that are wanted and all that relay them, by their id."""
    known = {row.pk: row for row in joined.filter(wanted)}
    for _ in range(LONGEST_CHAIN):
        outside = {row.parent_id for row in known.values() if row.parent_id} - known.keys()
        found = list(joined.filter(pk__in=outside)) if outside else []
        if not found:
            break
        known |= {row.pk: row for row in found}
    return known


def chain_of(attribution: Attribution, known: Mapping[UUID, Attribution], outlet: str) -> list[Saying]:
    """From the outlet inward: who relays whom, down to `attribution`. Links not in `known` are left out.

    Where the text itself credits the outlet, that link stands for it.
    """
    links: list[Saying] = []
    seen: set[UUID] = set()  # rows from before circles were refused, or from elsewhere, may close one
    current: Attribution | None = attribution
    while current is not None and current.pk not in seen and len(links) < LONGEST_CHAIN:
        seen.add(current.pk)
        links.append(saying_of(current))
        current = known.get(current.parent_id) if current.parent_id else None
    carries = Saying(outlet or say("This outlet"), "inside", [say("carries it")])
    is_credited = links[-1].name.casefold() == carries.name.casefold()
    return [*([] if is_credited else [carries]), *reversed(links)]


def saying_of(attribution: Attribution) -> Saying:
    """One attribution in words."""
    name = attribution.agent.name if attribution.agent else attribution.speaker_quote
    parts: list[str] = [word(attribution.naming.replace("_", " "))] if attribution.naming != "named" else []
    if attribution.count:
        parts.append(count("{number} of them", "{number} of them", attribution.count))
    parts.append(say(IN_WHOSE_WORDS[attribution.form]))
    if attribution.recipient:
        parts.append(say("to {name}", name=attribution.recipient.name))
    parts += [
        say(WORDS_OF[column, getattr(attribution, column)])
        for column in ("access", "terms", "tone")
        if (column, getattr(attribution, column)) in WORDS_OF
    ]
    parts.append(_where(attribution))
    return Saying(name or say("Not stated"), DRAWN[attribution.basis], parts, attribution)


IN_WHOSE_WORDS = {"direct": "in their words", "indirect": "in other words", "mixed": "partly in their words"}
WORDS_OF = {
    ("access", "present"): "was there",
    ("access", "briefed"): "was briefed",
    ("access", "hearsay"): "by hearsay",
    ("terms", "on_record"): "on the record",
    ("terms", "background"): "on background",
    ("tone", "distancing"): "the outlet keeps its distance",
    ("tone", "endorsing"): "the outlet makes it its own",
}


def _where(attribution: Attribution) -> str:
    if attribution.basis == "external":
        source = attribution.evidence.source.title if attribution.evidence else say("evidence")
        return say("outside the text, from {source}", source=source)
    if attribution.speaker_quote:
        return say("in the text: “{quote}”", quote=attribution.speaker_quote)
    return say("inferred from the text") if attribution.basis == "inferred" else say("in the text")


PROOFS_AT_MOST = 60


def evidence_around(annotation: Annotation, person: Person) -> list[Evidence]:
    """Evidence that may name who speaks: on the claims made by these words, inside them or around them. One query."""
    if annotation.start is None:
        return []
    made = ClaimMention.objects.active().filter(
        annotation__article=annotation.article_id,
        annotation__start__lt=annotation.end,
        annotation__end__gt=annotation.start,
    )
    seen = Evidence.objects.visible_to(person).active().filter(claim__in=made.values("claim"))
    return list(seen.select_related("source").order_by("id")[:PROOFS_AT_MOST])
