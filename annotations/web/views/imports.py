"""Articles from files: what came in, what was here already, what could not be taken and why, file by file."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from annotations.core.errors import Invalid, Refused, WorkbenchError
from annotations.core.sentences import say
from annotations.models import Project
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services.imports import ImportReport, import_file
from annotations.web.requests import WebRequest
from annotations.web.respond import page
from annotations.web.views.articles import articles_page

FILES_AT_ONCE = 50


@require_POST
def import_files(request: WebRequest, slug: str) -> HttpResponse:
    """Each file whole or not at all. The same file again adds nothing, so sending twice does no harm."""
    project = visible(Project, request.user, slug=slug)
    files = request.FILES.getlist("file")
    try:
        if not files:
            raise Invalid.field("file", "Choose a file first.")
        if len(files) > FILES_AT_ONCE:
            most = say("At most {most} files at once; the command import_articles takes more.", most=FILES_AT_ONCE)
            raise Invalid.field("file", most)
        report = imported(request, project, files)
    except WorkbenchError as error:
        return articles_page(request, project, status=status_of(error), import_error=error)
    is_refused = bool(report.failed) and not report.created and not report.skipped
    context = {"section": "project", "project": project, "report": report, "dry_run": "dry_run" in request.POST}
    return page(request, "annotations/imports/report.html", context, 422 if is_refused else 200)


def imported(request: WebRequest, project: Project, files: Iterable[UploadedFile]) -> ImportReport:
    report = ImportReport()
    for file in files:
        try:
            report.add(
                import_file(
                    by=request.user,
                    project=project,
                    name=file.name or "file",
                    content=file.read(),
                    dry_run="dry_run" in request.POST,
                    skip_bad="skip_bad" in request.POST,
                )
            )
        except Refused:
            raise
        except WorkbenchError as error:  # one bad file never stops the others
            report.failed.append({"name": file.name, "reason": error.message})
    return report
