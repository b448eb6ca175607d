"""Assessments: as rows, and as the votes on a claim with how far they agree, by the mode in which they were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from annotations.core.votes import Agreement, agreement
from annotations.models import Assessment, AssessmentCitation, Claim, Person, VerdictScale
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

ASSESSMENT = Shape(
    ids=("id", "project", "claim", "scale", "author"),
    plain=("mode", "verdict", "confidence", "rationale", "trashed", "version"),
    times=("created_at",),
)


def assessment_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Assessments: `{id, project, claim, mode, scale, verdict, confidence, rationale, evidence: [id, ...], author,
    trashed, version, created_at}`."""
    return ASSESSMENT.rows(queryset, finish=_evidence)


def _evidence(assessments: list[Row]) -> None:
    cited = of_parents(AssessmentCitation, "assessment", assessments).order_by("id")
    by_assessment = grouped(cited.values_list(IdText("assessment"), IdText("evidence")))
    for row in assessments:
        row["evidence"] = by_assessment.get(row["id"], [])


# -- on pages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Vote:
    """One reviewer's vote, with its verdict as the scale of that time words it."""

    assessment: Assessment
    words: str


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of one mode as one person may see them. `mine` is their own; without it others' are only counted."""

    mode: str
    votes: list[Vote]
    mine: Assessment | None
    given: int
    agreed: Agreement

    @property
    def hidden(self) -> int:
        """How many votes wait behind one's own."""
        return max(0, self.given - len(self.votes))


def votes_on(claim: Claim, person: Person, modes: tuple[str, ...] = ("independent", "sufficiency")) -> list[Votes]:
    """The votes on a claim, mode by mode. At most three queries."""
    rows = list(
        Assessment.objects.visible_to(person)
        .active()
        .filter(claim=claim)
        .select_related("author", "scale")
        .prefetch_related("citations__evidence__source")
        .order_by("id")
    )
    in_projects = Assessment.objects.in_projects_of(person).active().filter(claim=claim).order_by()
    if claim.project.blind:  # that somebody voted at all is others' work
        in_projects = in_projects & Assessment.objects.visible_to(person).order_by()
    given = dict(in_projects.values("mode").annotate(number=Count("pk")).values_list("mode", "number"))
    return [_votes(mode, [row for row in rows if row.mode == mode], given.get(mode, 0), person) for mode in modes]


def _votes(mode: str, rows: list[Assessment], given: int, person: Person) -> Votes:
    votes = [Vote(row, row.scale.words.get(row.verdict, row.verdict)) for row in rows]
    mine = next((row for row in rows if row.author_id == person.pk), None)
    return Votes(mode, votes, mine, given, agreement([[vote.words for vote in votes]]))


# -- verdict scales ---------------------------------------------------------------------------------------------------


def scales_of(project: Any) -> "QuerySet[VerdictScale]":
    """The scales of a project, the newest first."""
    return VerdictScale.objects.active().filter(project=project).select_related("author").order_by("-number")
