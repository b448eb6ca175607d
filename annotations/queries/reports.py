"""Reports, their editions and corrections: as rows, and as strangers read them.

What is public is read without a person: `Report.objects.public()` says what that is. Only signers are named, by the
name they show, while they have an account that is on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from annotations.models import Claim, Correction, CorrectionRequest, Dispute, Person, Project, Report, ReportEdition
from annotations.queries.rows import Row, Shape

REPORT = Shape(
    ids=("id", "project", "dispute", "claim", "author"),
    plain=("slug", "title", "state", "trashed", "version"),
    times=("under_review_since", "created_at"),
)
REPORT_EDITION = Shape(
    ids=("id", "project", "report", "resolution", "author"),
    plain=("number",),
    json=("content",),
    times=("created_at",),
)
CORRECTION = Shape(
    ids=("id", "project", "report", "author"), plain=("kind", "was", "now", "why"), times=("created_at",)
)
LONGEST_NUMBER = 1_000_000  # of editions: more digits than a database's number has


def report_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Reports: `{id, project, slug, title, dispute, claim (one of the two), state (published, under_review, retracted),
    under_review_since, author, trashed, version, created_at}`."""
    return REPORT.rows(queryset)


def report_edition_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Editions: `{id, project, report, number, resolution, content (all that its page shows), author, created_at}`."""
    return REPORT_EDITION.rows(queryset)


def correction_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Corrections: `{id, project, report, kind, was, now, why, author, created_at}`."""
    return CORRECTION.rows(queryset)


# -- what strangers read ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Published:
    """One edition of a report as it is read now: `newest` is the number of the newest edition; `names` of signers by
    id, only those that may be shown."""

    report: Report
    edition: ReportEdition
    newest: int
    corrections: list[Correction]
    names: dict[str, str]

    @property
    def is_newest(self) -> bool:
        return self.edition.number == self.newest

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.edition.content
        return content

    @property
    def modified(self) -> datetime:
        """When this edition or what is said about it last changed."""
        return max([self.edition.created_at, *(row.created_at for row in self.corrections)])


def published(slug: str, number: int | None = None) -> Published | None:
    """A report's edition of this number, or its newest; None where nothing of the kind is public. Four queries."""
    report = Report.objects.public().filter(slug=slug).select_related("project").first()
    if report is None or (number is not None and number > LONGEST_NUMBER):
        return None
    editions = report.editions.annotate(newest=Max("report__editions__number"))
    wanted = editions.order_by("-number") if number is None else editions.filter(number=number)
    edition = wanted.first()
    if edition is None:
        return None
    corrections = list(report.corrections.order_by("-created_at", "-id"))
    names = names_of(signers_in(edition.content))
    return Published(report, edition, edition.newest, corrections, names)


def signers_in(content: dict[str, Any]) -> list[str]:
    signed = content["signatures"]
    return [signed["proposer"], *(one["person"] for one in [*signed["approvals"], *signed["dissents"]])]


def names_of(people: Iterable[str]) -> dict[str, str]:
    """The names that people show, without those who show none or whose account is off."""
    rows = Person.objects.filter(pk__in=set(people), is_active=True).exclude(display_name="")
    return {str(pk): name for pk, name in rows.values_list("pk", "display_name")}


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in a public list, with its newest edition."""

    report: Report
    edition: ReportEdition


def public_project(slug: str) -> Project | None:
    """A project of which something is public; None for all others, whether they are there or not."""
    return Project.objects.filter(slug=slug, pk__in=Report.objects.public().values("project_id")).first()


def reports_of(project: Project, most: int = 500) -> list[Listed]:
    """What a project has published, the newest edition first. Two queries."""
    editions = ReportEdition.objects.order_by("-number")
    rows = Report.objects.public().filter(project=project).prefetch_related(Prefetch("editions", editions))
    listed = [Listed(row, row.editions.all()[0]) for row in rows]
    return sorted(listed, key=lambda one: one.edition.created_at, reverse=True)[:most]


def corrections_of(project: Project, most: int = 500) -> list[Correction]:
    """What a project has corrected in public, the newest first."""
    rows = Correction.objects.filter(project=project, report__in=Report.objects.public()).select_related("report")
    return list(rows.order_by("-created_at", "-id")[:most])


def newest_public() -> Report | None:
    """The report that was published first of all and still stands: what a demo shows at the door."""
    return Report.objects.public().filter(state="published").order_by("id").first()


# -- for the desk -----------------------------------------------------------------------------------------------------


def report_on(subject: Dispute | Claim, person: Person) -> Report | None:
    """The report of a dispute or claim, if it has one that this person may see on the desk."""
    rows: Any = subject.reports
    report: Report | None = rows.visible_to(person).filter(trashed=False).first()
    return report


def requests_of(project: Project, state: str = "") -> "QuerySet[Any]":
    """What readers asked for, the newest first."""
    rows = CorrectionRequest.objects.filter(project=project).select_related("report", "decided_by")
    return (rows.filter(state=state) if state else rows).order_by("-id")
