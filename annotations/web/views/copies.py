"""Saved copies of sources: uploaded, fetched by a worker, handed out as attachments, compared, looked at."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from annotations.core.comparing import compare
from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import SavedCopy, Source
from annotations.policies.copies import may_acknowledge_copy, may_edit_copy
from annotations.queries.copies import copy_before, download_of
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import copies as services
from annotations.web.fields import version_of
from annotations.web.forms.copies import CopyForm
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.trashing import restored, trashed
from annotations.web.views.sources import SOURCE_ROWS, source_page

COPY_ROWS = ("project", "source__project", "author", "acknowledged_by")
TEXT_SHOWN = 20_000  # code points of a copy's text; the file has all of it


@require_POST
def save_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    """A file of the source. It is stored and read before the write begins, since both take their time."""
    source = visible(Source, request.user, *SOURCE_ROWS, pk=pk)
    form = CopyForm(request.POST, request.FILES)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return source_page(request, source, copy_form=form, error=error)

    try:
        prepared = uploaded(request, source)
    except WorkbenchError as error:
        return on_error(error)

    def on_done(copy: SavedCopy) -> HttpResponse:
        messages.success(request, gettext("A copy is saved."))
        return go(request, f"{reverse('web:source', args=[pk])}#copies")

    return perform_write(
        request, lambda: services.save_copy(by=request.user, source=source, prepared=prepared), on_done, on_error
    )


def uploaded(request: WebRequest, source: Source) -> services.Prepared:
    services.check_may_save(request.user, source.project_id)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid.field("file", "Choose a file first.")
    return services.prepare_copy(
        project=source.project, pieces=file.chunks(), name=file.name or "", declared=file.content_type or ""
    )


@require_POST
def fetch_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    """Ask a worker for a copy of the source's address; the page of the job follows it."""
    source = visible(Source, request.user, *SOURCE_ROWS, pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return source_page(request, source, error=error)

    return perform_write(
        request,
        lambda: services.start_fetch(by=request.user, source=source),
        lambda job: go(request, reverse("web:job", args=[job.pk])),
        on_error,
    )


@require_safe
def saved_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    """One copy: what it says of itself, its text, and what changed since the one before."""
    return copy_page(request, visible(SavedCopy, request.user, *COPY_ROWS, pk=pk))


def copy_page(request: WebRequest, copy: SavedCopy, error: WorkbenchError | None = None) -> HttpResponse:
    before = copy_before(copy, request.user)
    is_compared = before is not None and bool(before.text or copy.text)
    context: dict[str, Any] = {
        "section": "project",
        "project": copy.project,
        "source": copy.source,
        "copy": copy,
        "before": before,
        "diff": compare(before.text, copy.text) if before is not None and is_compared and copy.differs else None,
        "text": copy.text[:TEXT_SHOWN],
        "is_cut": len(copy.text) > TEXT_SHOWN,
        "may": may_edit_copy(request.user, copy),
        "may_acknowledge": may_acknowledge_copy(request.user, copy.project_id),
        "error": error,
    }
    return page(request, "annotations/copies/detail.html", context, status_of(error) if error else 200)


@require_safe
def copy_file(request: WebRequest, pk: UUID) -> FileResponse:
    """The very bytes, as an attachment that no browser shows in place."""
    found = download_of(visible(SavedCopy, request.user, pk=pk))
    return FileResponse(
        found.file, as_attachment=True, filename=found.file_name, content_type=found.content_type, headers=found.headers
    )


@require_POST
def acknowledge_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    copy = visible(SavedCopy, request.user, *COPY_ROWS, pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return copy_page(request, visible(SavedCopy, request.user, *COPY_ROWS, pk=pk), error)

    return perform_write(
        request,
        lambda: services.acknowledge_copy(by=request.user, copy=copy, version=version_of(request)),
        lambda _: go(request, reverse("web:source", args=[copy.source_id])),
        on_error,
    )


@require_POST
def fill_source(request: WebRequest, pk: UUID) -> HttpResponse:
    """Take over what the page says of itself into the source. The form carries the source's version."""
    copy = visible(SavedCopy, request.user, "source__project", "source__publisher", pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return source_page(request, visible(Source, request.user, *SOURCE_ROWS, pk=copy.source_id), error=error)

    return perform_write(
        request,
        lambda: services.fill_source(by=request.user, copy=copy, version=version_of(request)),
        lambda source: go(request, reverse("web:source", args=[source.pk])),
        on_error,
    )


@require_POST
def trash_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    copy = visible(SavedCopy, request.user, pk=pk)
    address = reverse("web:saved_copy", args=[pk])
    return trashed(
        request, lambda version: services.trash_copy(by=request.user, copy=copy, version=version), address, "copy"
    )


@require_POST
def restore_copy(request: WebRequest, pk: UUID) -> HttpResponse:
    copy = visible(SavedCopy, request.user, pk=pk)
    address = reverse("web:saved_copy", args=[pk])
    return restored(
        request, lambda version: services.restore_copy(by=request.user, copy=copy, version=version), address, "copy"
    )
