"""Projects and memberships as rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from annotations.queries.rows import Row, Shape

PROJECT = Shape(
    ids=("id",),
    plain=(
        "slug", "name", "guidelines", "readers_per_article", "blind", "zone", "grades", "correction_requests",
        "version", "approvals_claim", "approvals_dispute",
    ),
    times=("created_at",),
)  # fmt: skip
MEMBERSHIP = Shape(ids=("id", "project", "person"), plain=("role", "trashed", "version"), times=("created_at",))
MEMBER = Shape(
    ids=MEMBERSHIP.ids,
    plain=MEMBERSHIP.plain,
    times=MEMBERSHIP.times,
    also={"username": F("person__username"), "display_name": F("person__display_name")},
)


def project_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Projects: `{id, slug, name, guidelines, approvals_needed: {claim, dispute}, readers_per_article, blind, zone,
    grades, correction_requests, version, created_at}`."""
    return PROJECT.rows(queryset, finish=_approvals_needed)


def _approvals_needed(rows: list[Row]) -> None:
    for row in rows:
        row["approvals_needed"] = {"claim": row.pop("approvals_claim"), "dispute": row.pop("approvals_dispute")}


def membership_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Memberships as exports have them: `{id, project, person, role, trashed, version, created_at}`."""
    return MEMBERSHIP.rows(queryset)


def member_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Memberships for other members to read: the same, and `username` and `display_name` of the person."""
    return MEMBER.rows(queryset)
