"""Claims that say something about each other: found across a project by their words, compared, and as rows.

Candidates come by the rarest words that they share with what is looked for (an index that `services.indexing` keeps);
the nearest of them are compared letter by letter and by `core.comparisons`. The same on both databases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, QuerySet, Sum, Value, When
from rapidfuzz import fuzz

from annotations.core.claim_reading import ClaimSaid
from annotations.core.claim_words import key_of, words_to_find
from annotations.core.comparisons import Suggestion, compare_claims, shared_in_words
from annotations.core.matches import folded_words
from annotations.core.quantities import Figure
from annotations.models import Claim, ClaimMention, ClaimWord, Person, Project, Quantity
from annotations.policies.roles import RANKS, rank_in
from annotations.queries.rows import IdText, Row, Shape

COMMON_FROM = 3_000  # a word that as many claims have finds nothing by itself
POSTINGS_AT_MOST = 9_000  # entries of the index that one search reads
WORDS_AT_MOST, CANDIDATES = 6, 60
LIKE_ENOUGH = 0.35  # of a candidate's words
TEXT_LOOKED_AT = 2_000

CLAIM_RELATION = Shape(
    ids=("id", "project", "dispute", "author"),
    plain=("type", "kind", "state", "explanation", "by_machine", "score", "dismissed_because", "trashed", "version"),
    times=("created_at",),
    also={"from": IdText("from_claim"), "to": IdText("to_claim")},
)


def claim_relation_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Relations between claims: `{id, project, from, to (claims), type, kind, state, explanation, by_machine, score,
    dismissed_because, dispute, author, trashed, version, created_at}`."""
    return CLAIM_RELATION.rows(queryset)


# -- finding ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RelatedClaim:
    """A claim that may have to do with a text: how alike from 0 to 1, why in words, and what is suggested, if anything.

    The suggestion leads from the text (or the claim that was given) to `claim`, unless it is `turned`.
    """

    claim: Claim
    score: float
    reason: str
    suggestion: Suggestion | None


def related_claims(
    text: str, project: Project, person: Person, limit: int = 10, *, claim: Claim | None = None
) -> list[RelatedClaim]:
    """The claims of a project, among those that `person` may see, nearest to a text: those with a suggested relation
    first, then by likeness. `claim` is the one whose text it is: it is left out, and compared with its figures and date.

    Three statements, five with a `claim`.
    """
    near = candidates(text[:TEXT_LOOKED_AT], project, person, leaving_out=claim)
    if not near:
        return []
    rows = Claim.objects.visible_to(person).active().filter(project=project, pk__in=list(near))
    found = list(rows.exclude(state="closed", merged_into__isnull=False).select_related("claimant"))
    said = said_by([*found, claim] if claim else [])
    mine = said[claim.pk] if claim else ClaimSaid(text=text[:TEXT_LOOKED_AT])
    ranked = [ranked_claim(mine, one, said.get(one.pk) or plainly(one)) for one in found]
    kept = [one for one in ranked if one.suggestion or one.score >= LIKE_ENOUGH]
    return sorted(kept, key=lambda one: (one.suggestion is None, -one.score, str(one.claim.pk)))[:limit]


def ranked_claim(mine: ClaimSaid, claim: Claim, theirs: ClaimSaid) -> RelatedClaim:
    suggestion = compare_claims(mine, theirs)
    likeness = fuzz.token_set_ratio(folded_words(mine.text), folded_words(theirs.text)) / 100
    return RelatedClaim(claim, likeness, suggestion.reason if suggestion else shared_in_words(mine, theirs), suggestion)


def candidates(text: str, project: Project, person: Person, *, leaving_out: Claim | None = None) -> dict[UUID, float]:
    """Claims that share rare words with a text, by the weight of these words. Two statements."""
    rare = rarest_words({key_of(project.pk, word) for word in words_to_find(text)})
    if not rare:
        return {}
    weight = Sum(Case(*(When(key=key, then=Value(weight)) for key, weight in rare.items()), default=Value(0.0)))
    entries = ClaimWord.objects.filter(key__in=list(rare))
    if is_blind_to(project, person):
        entries = entries.filter(claim__author=person)
    if leaving_out:
        entries = entries.exclude(claim=leaving_out)
    heaviest = entries.values_list("claim_id").annotate(weight=weight).order_by("-weight", "-claim_id")
    return dict(heaviest[:CANDIDATES])


def is_blind_to(project: Project, person: Person) -> bool:
    """Whether a person sees only their own claims here: then others' may not push theirs out of the candidates."""
    return project.blind and rank_in(person, project.pk) <= RANKS["annotator"]


def rarest_words(keys: set[int]) -> dict[int, float]:
    """The rarest of the words that any claim has, each with its weight: rare words say more. One statement."""
    known = sorted((often, key) for key, often in how_often(sorted(keys)).items() if often)
    chosen: dict[int, float] = {}
    postings = 0
    for often, key in known[:WORDS_AT_MOST]:
        postings += often
        if chosen and postings > POSTINGS_AT_MOST:
            break
        chosen[key] = log(1 + COMMON_FROM / often) + 0.1
    return chosen


def how_often(keys: list[int]) -> dict[int, int]:
    """How many claims have each word, counted up to COMMON_FROM, so that a common one costs no more than a rare one."""
    if not keys:
        return {}
    table = connection.ops.quote_name(ClaimWord._meta.db_table)
    count = f"(SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE key = %s LIMIT {COMMON_FROM}) AS some)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([count] * len(keys)), keys)
        return dict(zip(keys, cursor.fetchone(), strict=True))


# -- claims as they are compared --------------------------------------------------------------------------------------


def plainly(claim: Claim) -> ClaimSaid:
    """A claim without what other tables say of it."""
    speakers = (claim.claimant.name,) if claim.claimant else ()
    return ClaimSaid(claim.text, claim.claim_date, claim.language, claim.layer, (), speakers)


def said_by(claims: Iterable[Claim]) -> dict[UUID, ClaimSaid]:
    """Claims with their quantities and with who makes them, by id. Two statements, none for none."""
    rows = list(claims)
    if not rows:
        return {}
    figures: dict[UUID, list[Figure]] = {}
    for quantity in Quantity.objects.active().filter(claim__in=rows):
        figures.setdefault(quantity.claim_id, []).append(figure_of(quantity))
    speakers: dict[UUID, list[str]] = {}
    through = ClaimMention.objects.active().filter(claim__in=rows, attribution__trashed=False)
    for claim_id, name in through.values_list("claim_id", "attribution__agent__name").distinct():
        if name:
            speakers.setdefault(claim_id, []).append(name)
    said = {row.pk: plainly(row) for row in rows}
    return {
        pk: ClaimSaid(
            one.text, one.claim_date, one.language, one.layer,
            tuple(figures.get(pk, ())), (*one.speakers, *sorted(speakers.get(pk, ()))),
        )
        for pk, one in said.items()
    }  # fmt: skip


def figure_of(quantity: Quantity) -> Figure:
    """A stored quantity as it is compared."""
    return Figure(
        series=quantity.series_key,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        as_of=quantity.as_of,
        period_start=quantity.period_start,
        period_end=quantity.period_end,
        kind=quantity.kind,
        origin=str(quantity.origin_id or ""),
        modifier=quantity.modifier,
        unit=quantity.unit,
    )
