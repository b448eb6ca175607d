"""Claims as rows, with the annotations that mention them; mentions as rows; and what the page of a claim shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast, Greatest, Least, Substr

from annotations.core.claim_words import words_to_find
from annotations.core.lifecycle import CLAIM_MOVES, why_not
from annotations.core.places import Place
from annotations.core.sentences import say
from annotations.models import (
    Annotation,
    Attribution,
    Claim,
    ClaimMention,
    Dispute,
    Person,
    Project,
    Resolution,
    Statement,
    Verdict,
)
from annotations.policies.claims import may_move_claim
from annotations.policies.roles import Decision, no
from annotations.queries.attributions import Saying, attributions_in, chain_of
from annotations.queries.comparisons import RelatedClaim, related_claims
from annotations.queries.disputes import MoveSeen, places_of
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

CLAIM = Shape(
    ids=("id", "project", "claimant", "owner", "merged_into", "split_from", "author"),
    plain=(
        "text", "checkability", "checkability_reason", "layer", "claim_date", "place", "language", "medium", "url",
        "note", "state", "state_reason", "trashed", "version",
    ),
    json=("types",),
    times=("created_at",),
    also={"deadline": Cast("deadline", TextField())},
)  # fmt: skip
MENTION = Shape(
    ids=("id", "project", "claim", "annotation", "attribution", "author"),
    plain=("trashed", "version"),
    times=("created_at",),
)


def claim_rows(queryset: "QuerySet[Any]", person: Person | None = None) -> Iterator[Row]:
    """Claims: `{id, project, text, types, checkability, checkability_reason, layer, claim_date, place, language,
    medium, url, claimant, note, state, state_reason, owner, deadline, merged_into, split_from, mentions: [annotation
    id, ...], author, trashed, version, created_at}`. Their priority is computed from triage marks, and told with those.

    With `person`, only the mentions that they may see: in a blind project others may have added some.
    """
    return CLAIM.rows(queryset, finish=partial(_mentions, person=person))


def mention_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Mentions: `{id, project, claim, annotation, attribution, author, trashed, version, created_at}`."""
    return MENTION.rows(queryset)


def _mentions(claims: list[Row], person: Person | None) -> None:
    mentions = of_parents(ClaimMention, "claim", claims).filter(trashed=False)
    if person is not None:
        mentions = mentions & ClaimMention.objects.visible_to(person)
    annotations = grouped(mentions.order_by("id").values_list(IdText("claim"), IdText("annotation")))
    for claim in claims:
        claim["mentions"] = annotations.get(claim["id"], [])


# -- on pages ---------------------------------------------------------------------------------------------------------

CONTEXT = 90  # code points on either side of a quote
TEXT = "annotation__revision__text"
IN_TEXT = ("annotation__article_id", "annotation__start", "id")  # the order of mentions: article by article
OTHER_SPANS_AT_MOST = 60  # offered for one statement beside those that mention it; the article has all of them
SPANS_READ = 1_000  # of which those are chosen that are likest to a claim


@dataclass(frozen=True, slots=True)
class SpansOfClaim:
    """The annotations that mention a claim, and others of the same articles, in which a party may answer it."""

    mentions: list[Annotation]
    others: list[Annotation]


def spans_of(claims: Iterable[Claim], person: Person) -> dict[UUID, SpansOfClaim]:
    """For each claim the spans in which it is made and, beside them, the other spans of all these claims' articles.

    Three queries. Others come in the order of the text, at most OTHER_SPANS_AT_MOST: the longest, since what a party
    says is longer than a name.
    """
    own: dict[UUID, set[UUID]] = {claim.pk: set() for claim in claims}
    articles = set()
    mentions = ClaimMention.objects.visible_to(person).active().filter(claim__in=own, annotation__trashed=False)
    for claim_id, annotation_id, article_id in mentions.values_list(
        "claim_id", "annotation_id", "annotation__article_id"
    ):
        own[claim_id].add(annotation_id)
        articles.add(article_id)
    spans = Annotation.objects.visible_to(person).active().select_related("label").order_by("article_id", "start", "id")
    mentioning = list(spans.filter(pk__in=set().union(*own.values())))
    beside = spans.filter(article__in=articles).exclude(pk__in=[span.pk for span in mentioning])
    longest = beside.exclude(start=None).order_by(F("start") - F("end"), "id")[:OTHER_SPANS_AT_MOST]
    spoken = sorted([*mentioning, *longest], key=lambda span: -len(span.quote))
    return {
        pk: SpansOfClaim(
            [span for span in mentioning if span.pk in mine],
            in_text([span for span in spoken if span.pk not in mine][:OTHER_SPANS_AT_MOST]),
        )
        for pk, mine in own.items()
    }


def in_text(spans: list[Annotation]) -> list[Annotation]:
    """In the order of the text, article by article."""
    return sorted(spans, key=lambda span: (span.article_id, span.start or 0, span.pk))


@dataclass(frozen=True, slots=True)
class MentionSeen:
    """One place where a claim is made: the quote with the words around it, and who says it, through whom."""

    mention: ClaimMention
    before: str
    after: str
    chain: list[Saying]

    @property
    def innermost(self) -> Attribution | None:
        """The saying of the words themselves."""
        return self.chain[-1].attribution if self.chain else None


@dataclass(frozen=True, slots=True)
class MentionsSeen:
    """Some of the places where a claim is made, how many there are in all, and the sayings of those articles."""

    mentions: list[MentionSeen]
    in_all: int
    known: dict[UUID, Attribution]


def mentions_of(
    claim: Claim, person: Person, start: int = 0, size: int = 50, *, only: UUID | None = None
) -> MentionsSeen:
    """The places where a claim is made, from the one at `start` (or `only` one), with their chains. Three queries, or a
    few more where chains lead out of their articles."""
    made = ClaimMention.objects.visible_to(person).active().filter(claim=claim)
    made = made.filter(pk=only) if only else made
    stretch = made.order_by(*IN_TEXT)[start : start + size]
    rows = list(  # by their ids, or PostgreSQL would cut the words around every place before it takes some of them
        ClaimMention.objects.filter(pk__in=stretch.values("pk"))
        .select_related("annotation__article", "annotation__label")
        .annotate(
            before=Substr(
                TEXT, Greatest(F("annotation__start") - CONTEXT, 0) + 1, Least(F("annotation__start"), CONTEXT)
            ),
            after=Substr(TEXT, F("annotation__end") + 1, CONTEXT),
        )
        .order_by(*IN_TEXT)
    )
    articles = [row.annotation.article_id for row in rows]
    known = attributions_in(articles, [row.attribution_id for row in rows if row.attribution_id], person)
    by_content = {row.content_id: row for row in known.values() if row.content_id}
    seen = [MentionSeen(row, row.before or "", row.after or "", _chain(row, known, by_content)) for row in rows]
    return MentionsSeen(seen, made.count() if start or len(rows) == size else len(rows), known)


def spans_beside(claim: Claim, person: Person, words: str = "") -> list[Annotation]:
    """Annotations in which the claim may be made as well, those that share most of its words first: of the same
    articles, or the newest ones; with `words` only those that have them. Two queries."""
    made = claim.mentions.visible_to(person).active()
    articles = set(made.order_by().values_list("annotation__article_id", flat=True)[:OTHER_SPANS_AT_MOST])
    spans = Annotation.objects.visible_to(person).active().filter(project=claim.project_id).select_related("label")
    spans = spans.exclude(pk__in=made.values("annotation_id")).exclude(quote="")
    spans = spans.filter(quote__icontains=words) if words else spans
    if articles:
        spans = spans.filter(article__in=articles).order_by("article_id", "start", "id")
    else:
        spans = spans.newest_first()
    wanted = words_to_find(claim.text)
    likest = sorted(spans[:SPANS_READ], key=lambda span: -len(wanted & words_to_find(span.quote)))
    return likest[:OTHER_SPANS_AT_MOST]


def _chain(mention: ClaimMention, known: dict[UUID, Attribution], by_content: dict[UUID, Attribution]) -> list[Saying]:
    """Through the attribution that the mention names, else one of its very words; empty where nobody has said."""
    through = known.get(mention.attribution_id) if mention.attribution_id else by_content.get(mention.annotation_id)
    return chain_of(through, known, mention.annotation.article.outlet) if through else []


@dataclass(frozen=True, slots=True)
class StandingVerdict:
    """What a dispute says of a claim: its name there, its place, and the verdict of the newest resolution."""

    dispute: Dispute
    name: str
    place: Place
    verdict: str
    confidence: str
    is_standing: bool


def disputes_over(claim: Claim, person: Person) -> list[StandingVerdict]:
    """The disputes that hold the claim as a statement, newest first. One query where none does, and at most six,
    however many they are."""
    visible = Dispute.objects.visible_to(person).active().filter(project=claim.project_id)
    rows = list(
        Statement.objects.filter(claim=claim, dispute__in=visible).select_related("dispute").order_by("-dispute_id")
    )
    if not rows:
        return []
    places = places_of([row.dispute for row in rows], person)
    newest: dict[UUID, Verdict] = {}
    verdicts = Verdict.objects.filter(claim=claim, resolution__dispute__in=[row.dispute_id for row in rows])
    for verdict in verdicts.select_related("resolution__scale").order_by("resolution__number"):
        if (dispute_id := verdict.resolution.dispute_id) is not None:
            newest[dispute_id] = verdict
    return [_standing(row, places[row.dispute_id][claim.pk], newest.get(row.dispute_id)) for row in rows]


def _standing(statement: Statement, place: Place, verdict: Verdict | None) -> StandingVerdict:
    word = verdict.resolution.scale.words.get(verdict.verdict, verdict.verdict) if verdict else ""
    dispute = statement.dispute
    return StandingVerdict(
        dispute,
        f"S{statement.number}",
        place,
        word,
        verdict.confidence if verdict else "",
        dispute.state != "open" and dispute.outcome != "not_a_dispute",
    )


THROUGH_THE_WORK = ("take", "park", "resume", "reject", "reconsider")  # the others have places of their own on the page


def possible_moves(claim: Claim, person: Person) -> list[MoveSeen]:
    """The moves of a claim through the work, allowed or with the reason why not in words."""
    may = may_move_claim(person, claim)
    return [_move(claim, verb, may) for verb in THROUGH_THE_WORK]


def possible_reshapings(claim: Claim, person: Person) -> list[MoveSeen]:
    """Merging and splitting, which have pages of their own."""
    may = may_move_claim(person, claim)
    return [_move(claim, verb, may) for verb in ("merge", "split")]


def _move(claim: Claim, verb: str, may: Decision) -> MoveSeen:
    reason = why_not("claim", verb, claim.state)
    if verb == "reconsider" and claim.merged_into_id:
        reason = say("This claim was merged into another one; go on there.")
    return MoveSeen(verb, CLAIM_MOVES[verb].words, no(reason) if reason else may)


def split_from(claim: Claim, person: Person) -> list[Claim]:
    """The claims that were made of this one. One query."""
    return list(Claim.objects.visible_to(person).active().filter(split_from=claim).order_by("pk"))


# -- have we checked this before? -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckedBefore:
    """A claim like the one that is being written: why it is like it, and what was said of it, if anything."""

    claim: Claim
    reason: str
    verdict: str
    confidence: str


def checked_before(
    text: str, project: Project, person: Person, *, claim: Claim | None = None, limit: int = 5
) -> list[CheckedBefore]:
    """The claims nearest to a text, with the verdict that stands on each. At most six queries.

    A verdict is shown on the very claim that it was given on: one on whether they said it is never one on whether it is
    so.
    """
    found = related_claims(text, project, person, limit, claim=claim)
    standing = {row.claim_id: row for row in standing_verdicts([one.claim for one in found], person)}
    return [_checked(one, standing.get(one.claim.pk)) for one in found]


def standing_verdicts(claims: Iterable[Claim], person: Person) -> Any:
    """The verdicts of resolutions that stand on these claims, by a dispute or alone; the newest last. One query."""
    ids = [claim.pk for claim in claims]
    resolutions = Resolution.objects.visible_to(person).standing()
    answered = Q(resolution__dispute__state="closed") | Q(resolution__claim__state__in=("approved", "published"))
    rows = Verdict.objects.filter(answered, claim__in=ids, resolution__in=resolutions)
    return rows.select_related("resolution__scale").order_by("created_at", "pk") if ids else []


def _checked(one: RelatedClaim, verdict: Verdict | None) -> CheckedBefore:
    word = verdict.resolution.scale.words.get(verdict.verdict, verdict.verdict) if verdict else ""
    return CheckedBefore(one.claim, one.reason, word, verdict.confidence if verdict else "")
