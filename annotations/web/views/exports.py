"""The export page: what each format carries and what it cannot, and the file itself, the same bytes as from the API."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.core.errors import WorkbenchError
from annotations.core.records import RECORD_KINDS
from annotations.models import Project
from annotations.policies.projects import may_export
from annotations.queries import exports as queries
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.web.requests import WebRequest
from annotations.web.respond import page

ABOUT = {
    "jsonl": (
        _("Native JSON Lines"),
        _("Everything, one record a line, with the chain of events. Any workbench can check it and read it back."),
    ),
    "web_annotation": (
        _("W3C Web Annotation"),
        _("Every annotation as JSON-LD, with its quote, its place and its label, for tools that speak the standard."),
    ),
}


@require_safe
def export(request: WebRequest, slug: str) -> HttpResponseBase:
    """The page; with `?format=` the file, streamed; with `?report=` the page with that format's losses counted."""
    project = visible(Project, request.user, slug=slug)
    if "format" in request.GET:
        return export_file(request, project, request.GET["format"])
    wanted = request.GET.get("report", "")
    report = queries.export_report(project, request.user, wanted) if wanted in queries.FORMATS else None
    return export_page(request, project, report=report)


def export_file(request: WebRequest, project: Project, format: str) -> HttpResponseBase:
    try:
        exported = queries.export(project, request.user, format)
    except WorkbenchError as error:
        return export_page(request, project, error=error, status=status_of(error))
    response = StreamingHttpResponse(exported.chunks, content_type=exported.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{exported.file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def export_page(
    request: WebRequest,
    project: Project,
    *,
    report: dict[str, Any] | None = None,
    error: WorkbenchError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "export",
        "project": project,
        "formats": [format_shown(name, report) for name in queries.FORMAT_NAMES],
        "may": may_export(request.user, project),
        "error": error,
    }
    return page(request, "annotations/exports/export.html", context, status)


def format_shown(name: str, report: dict[str, Any] | None) -> dict[str, Any]:
    """One format in words: what it is, which kinds of record it carries, and why it cannot carry the others."""
    module: Any = queries.FORMATS[name]
    title, words = ABOUT.get(name, (name, ""))
    only = getattr(module, "ONLY_ANNOTATIONS", "")
    carries = ["annotation"] if only else list(RECORD_KINDS)
    return {
        "name": name,
        "title": title,
        "words": words,
        "media_type": module.MEDIA_TYPE,
        "carries": [kind.replace("_", " ") for kind in carries],
        "cannot": [*module.CANNOT_CARRY.items(), *([(_("every other record"), only)] if only else [])],
        "report": report_rows(report) if report and report["format"] == name else None,
    }


def report_rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": kind.replace("_", " "), **counts} for kind, counts in report["records"].items()]
