"""Background work: the list of one's jobs, and the page of one, which follows it while it goes on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

import annotations.tasks  # noqa: F401 - so that every kind of work is known by its title
from annotations.core.errors import WorkbenchError
from annotations.models import Job, Project
from annotations.policies.jobs import may_cancel_job
from annotations.queries.jobs import is_worker_there
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import comparisons
from annotations.services import jobs as services
from annotations.web.fields import version_of
from annotations.web.lists import page_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, region

REGION = "annotations/jobs/_job.html"
FOUND_ON = {comparisons.KIND: "web:found_disputes"}  # the page of a project that shows what a kind of work finds


@require_safe
def jobs(request: WebRequest, slug: str) -> HttpResponse:
    """One's own jobs in a project, and everybody's for its managers, the newest first."""
    project = visible(Project, request.user, slug=slug)
    mine = Job.objects.visible_to(request.user).filter(project=project).select_related("author")
    rows, next_before = page_of(request, mine)
    context = {
        "section": "project",
        "project": project,
        "rows": [{"job": row, "title": title_of(row)} for row in rows],
        "next_before": next_before,
        "waits_for_worker": any(not row.is_finished for row in rows) and not is_worker_there(),
    }
    return page(request, "annotations/jobs/list.html", context)


@require_safe
def job(request: WebRequest, pk: UUID) -> HttpResponse:
    """The page; for htmx the region, or 204 where nothing changed since the sign that it carries in `seen`."""
    row = visible(Job, request.user, "project", "author", pk=pk)
    if not request.htmx:
        return job_page(request, row)
    context = job_context(request, row)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return region(request, REGION, context)


@require_POST
def cancel_job(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Job, request.user, "project", "author", pk=pk)

    def perform() -> Job:
        return services.cancel_job(by=request.user, job=row, version=version_of(request))

    def on_error(error: WorkbenchError) -> HttpResponse:
        return job_page(request, visible(Job, request.user, "project", "author", pk=pk), error)

    return perform_write(request, perform, lambda _: go(request, reverse("web:job", args=[pk])), on_error)


def job_page(request: WebRequest, row: Job, error: WorkbenchError | None = None) -> HttpResponse:
    context = job_context(request, row) | {"error": error}
    return page(request, "annotations/jobs/detail.html", context, status_of(error) if error else 200)


def job_context(request: WebRequest, row: Job) -> dict[str, Any]:
    waits_for_worker = not row.is_finished and not is_worker_there()
    return {
        "section": "project",
        "project": row.project,
        "job": row,
        "title": title_of(row),
        "percent": round(100 * row.progress / row.total) if row.total else None,
        "waits_for_worker": waits_for_worker,
        "report": [(name.replace("_", " "), said) for name, said in row.result.items() if is_short(said)],
        "onward": onward_from(row),
        "may_cancel": may_cancel_job(request.user, row),
        "seen": f"{row.state}-{row.version}-{row.progress}-{row.total}-{waits_for_worker}",
    }


def onward_from(row: Job) -> str:
    """Where what the job found is shown; empty while it found nothing."""
    shown = FOUND_ON.get(row.kind) if row.state == "done" else None
    return reverse(shown, args=[row.project.slug]) if shown else ""


def title_of(row: Job) -> str:
    kind = services.KINDS.get(row.kind)
    return gettext(kind.title) if kind else row.kind.replace("_", " ")


def is_short(said: Any) -> bool:
    """Figures and sentences; the rest of a report is for the page of what the job was about."""
    return isinstance(said, int | float | str) and not isinstance(said, bool)
