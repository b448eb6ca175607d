"""The versions of a project's guidelines, as rows and for the page that compares them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from annotations.models import GuidelineVersion, Project
from annotations.queries.rows import Row, Shape

GUIDELINE_VERSION = Shape(ids=("id", "project", "author"), plain=("number", "text", "reason"), times=("created_at",))


def guideline_version_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Versions of the guidelines: `{id, project, number, text, reason, author, created_at}`."""
    return GUIDELINE_VERSION.rows(queryset)


def versions_of(project: Project) -> list[GuidelineVersion]:
    """All versions, the newest first, each with `decisions`, the number of resolutions that cite it. One query."""
    rows = GuidelineVersion.objects.filter(project=project).select_related("author").order_by("-number")
    return list(rows.annotate(decisions=Count("resolutions")))
