"""Claims that say something about each other: found across a project by their words, compared, and as rows.

Candidates come by the rarest words that they share with what is looked for (an index that `services.indexing` keeps);
the nearest of them are compared letter by letter and by `core.comparisons`. The same on both databases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz

from annotations.core.claim_reading import ClaimSaid
from annotations.core.comparisons import Suggestion, compare_claims, shared_in_words
from annotations.core.matches import folded_words
from annotations.models import Claim, ClaimMention, ClaimRelation, ClaimWord, Person, Project, Statement
from annotations.models.comparisons import OPPOSING, TEXT_LOOKED_AT, said_by
from annotations.policies.roles import works_blind
from annotations.queries.rows import IdText, Row, Shape

LIKE_ENOUGH = 0.35  # of a candidate's words

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
    first, then by likeness. `claim` is the one whose text it is: it is left out, and compared by its figures too.

    Five statements.
    """
    author = person if works_blind(person, project) else None
    near = ClaimWord.objects.near(text, project, author=author, leaving_out=claim)
    if not near:
        return []
    rows = Claim.objects.visible_to(person).active().filter(project=project, pk__in=near)
    found = list(rows.filter(merged_into__isnull=True).select_related("claimant"))
    said = said_by([*found, claim] if claim else found)
    mine = said[claim.pk] if claim else ClaimSaid(text=text[:TEXT_LOOKED_AT])
    words = folded_words(mine.text)
    ranked = [ranked_claim(mine, words, one, said[one.pk]) for one in found]
    kept = [one for one in ranked if one.suggestion or one.score >= LIKE_ENOUGH]
    return sorted(kept, key=lambda one: (one.suggestion is None, -one.score, str(one.claim.pk)))[:limit]


def ranked_claim(mine: ClaimSaid, words: str, claim: Claim, theirs: ClaimSaid) -> RelatedClaim:
    """`words` are those of `mine`, folded."""
    suggestion = compare_claims(mine, theirs)
    likeness = fuzz.token_set_ratio(words, folded_words(theirs.text)) / 100
    return RelatedClaim(claim, likeness, suggestion.reason if suggestion else shared_in_words(mine, theirs), suggestion)


# -- on pages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a claim is made, in the words of the article."""

    words: str
    article_id: Any
    annotation_id: Any
    title: str


@dataclass(frozen=True, slots=True)
class RelationSeen:
    """A relation with both claims, each with a place where it is made, if it is made in one."""

    relation: ClaimRelation
    quotes: tuple[Quote | None, Quote | None]

    def other_than(self, claim: Claim) -> Claim:
        ends: tuple[Claim, Claim] = (self.relation.from_claim, self.relation.to_claim)
        return ends[1] if ends[0].pk == claim.pk else ends[0]


JOINED = ("from_claim", "to_claim", "dispute", "author", "project")
RELATIONS_SHOWN = 100


def relations_of_claim(claim: Claim, person: Person) -> list[RelationSeen]:
    """How a claim stands to others, from either end: suggestions first, then what is confirmed, then what was
    dismissed, the trash last; the surest and newest of each first. Two queries."""
    rows = ClaimRelation.objects.visible_to(person).filter(Q(from_claim=claim) | Q(to_claim=claim))
    found = list(with_claims_in_sight(rows).select_related(*JOINED).order_by("-id")[:RELATIONS_SHOWN])
    order = ("suggested", "confirmed", "dismissed")
    found.sort(key=lambda row: (row.trashed, order.index(row.state), -(row.score or 0)))
    return with_quotes(found, person)


def with_claims_in_sight(rows: Any) -> Any:
    return rows.filter(from_claim__trashed=False, to_claim__trashed=False)


def found_disputes(project: Project, person: Person) -> Any:
    """Oppositions that a machine found and nobody dismissed, or that people said, of which no dispute was opened: their
    claims are not statements of one dispute yet."""
    rows = ClaimRelation.objects.visible_to(person).active().filter(project=project, type__in=OPPOSING)
    rows = with_claims_in_sight(rows.filter(state__in=("suggested", "confirmed"), dispute=None))
    together = Statement.objects.filter(
        claim=OuterRef("from_claim"), dispute__trashed=False, dispute__statements__claim=OuterRef("to_claim")
    )
    return rows.filter(~Exists(together))


def with_quotes(relations: list[ClaimRelation], person: Person) -> list[RelationSeen]:
    """Relations with the first place where each of their claims is made. One query, none for none."""
    claims = {pk for row in relations for pk in (row.from_claim_id, row.to_claim_id)}
    quotes: dict[Any, Quote] = {}
    if claims:
        mentions = ClaimMention.objects.visible_to(person).active().filter(claim__in=claims, annotation__trashed=False)
        for claim_id, words, article, annotation, title in mentions.order_by("-id").values_list(
            "claim_id", "annotation__quote", "annotation__article_id", "annotation_id", "annotation__article__title"
        ):
            quotes[claim_id] = Quote(words, article, annotation, title)
    return [RelationSeen(row, (quotes.get(row.from_claim_id), quotes.get(row.to_claim_id))) for row in relations]
