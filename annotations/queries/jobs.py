"""Jobs as rows, and whether anybody is there to do them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from annotations.models import Job, Worker
from annotations.queries.rows import Row, Shape

JOB = Shape(
    ids=("id", "project", "author"),
    plain=("kind", "state", "attempts", "progress", "total", "problem", "version"),
    json=(),
    times=("created_at", "started_at", "ended_at"),
    also={"report": F("result")},
)


def job_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Jobs: `{id, project, author, kind, state, attempts, progress, total, problem, report, files: [{name, url}],
    version, created_at, started_at, ended_at}`. `files` are what a job made to be fetched."""
    return JOB.rows(queryset, finish=_with_files)


def _with_files(rows: list[Row]) -> None:
    for row in rows:
        row["files"] = row["report"].pop("files", []) if isinstance(row["report"], dict) else []


def is_worker_there() -> bool:
    """Whether a worker gave a sign of its own lately, or one through the job that keeps it busy."""
    lately = timezone.now() - timedelta(seconds=settings.JOB_SILENCE_SECONDS)
    return (
        Worker.objects.filter(seen_at__gte=lately).exists()
        or Job.objects.filter(state="running", heartbeat_at__gte=lately).exists()
    )
