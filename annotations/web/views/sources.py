"""Sources and origins: their lists, their pages, adding and changing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.citations import columns_in, read_citation
from annotations.core.errors import WorkbenchError
from annotations.models import Agent, Annotation, Article, Evidence, Origin, Project, Source
from annotations.models.sources import SOURCE_KINDS
from annotations.policies.copies import may_save_copy
from annotations.policies.sources import may_add_origin, may_add_source, may_edit_origin, may_edit_source
from annotations.queries.agents import grades_of
from annotations.queries.copies import copies_of, with_debts
from annotations.queries.evidence import counted_for, ledger_from
from annotations.queries.history import history_of, told
from annotations.queries.lookups import related, visible
from annotations.queries.sources import citation_of
from annotations.refusals import status_of
from annotations.services import sources as services
from annotations.services.evidence import write_confidential_note
from annotations.web.confidential import notes_context
from annotations.web.confidential import page_of as note_place
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.copies import CopyForm
from annotations.web.forms.evidence import ConfidentialNoteForm, agent_names
from annotations.web.forms.sources import OriginForm, SourceForm, initial_origin, initial_source
from annotations.web.lists import kept, known, page_of, words_of
from annotations.web.named import agent_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

EVENTS_SHOWN = 10
SOURCE_ROWS = ("project", "publisher", "author", "article", "annotation")
DEBTS = (("unsaved", _("no saved copy")), ("changed", _("changed page")), ("watched", _("watched")))
OWED = {"unsaved": {"is_saved": False}, "changed": {"is_changed": True}, "watched": {"watched": True}}


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: WebRequest, slug: str) -> HttpResponse:
    """The sources of a project; a POST adds one."""
    project = visible(Project, request.user, slug=slug)
    if request.method == "POST":
        return add_source(request, project)
    return sources_page(request, project, SourceForm())


def sources_page(
    request: WebRequest, project: Project, form: SourceForm, error: WorkbenchError | None = None
) -> HttpResponse:
    rows = Source.objects.visible_to(request.user).active().filter(project=project).select_related("publisher")
    kind, words = known(request.GET.get("kind"), SOURCE_KINDS), words_of(request)
    debt = known(request.GET.get("debt"), DEBTS)
    rows = with_debts(rows.filter(kind=kind) if kind else rows)
    rows = rows.filter(**OWED[debt]) if debt else rows
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(url__icontains=words) | Q(publisher__name__icontains=words))
    shown, next_before = page_of(request, rows.annotate(passages=counted_for("source", request.user)))
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "next_before": next_before,
        "kept": kept(request, "kind", "debt", "q"),
        "kind": kind,
        "kinds": SOURCE_KINDS,
        "debt": debt,
        "debts": DEBTS,
        "words": words,
        "form": form,
        "may": may_add_source(request.user, project.pk),
        "agents": agent_names(request.user, project),
        "error": error,
    }
    return page(request, "annotations/sources/list.html", context, status_of(error) if error else 200)


def add_source(request: WebRequest, project: Project) -> HttpResponse:
    form = SourceForm(request.POST)
    if "read" in request.POST:
        return citation_read(request, project, form)

    def perform() -> Source:
        return services.add_source(by=request.user, project=project, **source_said(request, project, form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return sources_page(request, project, form, error)

    return perform_write(request, perform, lambda row: go(request, reverse("web:source", args=[row.pk])), on_error)


def citation_read(request: WebRequest, project: Project, form: SourceForm) -> HttpResponse:
    """The form again, filled in from the citation that was pasted; what was typed by hand stays. Nothing is stored."""
    try:
        found = columns_in(read_citation(request.POST.get("citation", "")))
    except WorkbenchError as error:
        form.refuse(error)
        return sources_page(request, project, form, error)
    typed = {name: request.POST[name] for name in form.fields if request.POST.get(name) and name != "kind"}
    return sources_page(request, project, SourceForm(initial={**found, **typed}))


def source_said(request: WebRequest, project: Project, form: SourceForm, stored: Agent | None = None) -> dict[str, Any]:
    """What the form says, for the service; a publisher that is new becomes an outlet."""
    said = filled(form)
    if said.get("citation"):
        said["citation"] = read_citation(said["citation"])
    else:
        said.pop("citation", None)
    name = said.get("publisher", "")
    if stored is None or stored.name != name:
        stored = agent_named(request.user, project, name, kind="outlet", field="publisher")
    return said | {"publisher": stored}


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: WebRequest, pk: UUID) -> HttpResponse:
    """One source with everything that it says; a POST changes what is known about it."""
    row = visible(Source, request.user, *SOURCE_ROWS, pk=pk)
    if request.method == "POST":
        return edit_source(request, row)
    return source_page(request, row, SourceForm(initial=initial_source(row)))


def source_page(
    request: WebRequest,
    row: Source,
    form: SourceForm | None = None,
    error: WorkbenchError | None = None,
    copy_form: CopyForm | None = None,
    note_form: ConfidentialNoteForm | None = None,
) -> HttpResponse:
    person = request.user
    form = form or SourceForm(initial=initial_source(row))
    said = Evidence.objects.visible_to(person).active().filter(source=row)
    context = {
        "section": "project",
        "project": row.project,
        "source": row,
        "said": said.select_related("claim", "origin", "author").order_by("claim_id", "id"),
        "copies": copies_of(row, person),
        "copy_form": copy_form or CopyForm(),
        "may_save": may_save_copy(person, row.project_id),
        **notes_context(request, row, note_form),
        "grades": grades_of(row.project, [row]).get(row.pk, []),
        "form": form,
        "may": may_edit_source(person, row),
        "agents": agent_names(person, row.project),
        "events": told(history_of("source", row.pk, person)[:EVENTS_SHOWN], person, {str(row.pk): ""}),
        "error": error,
        "differences": differences(error, form, initial_source(row)),
    }
    return page(request, "annotations/sources/detail.html", context, status_of(error) if error else 200)


def edit_source(request: WebRequest, row: Source) -> HttpResponse:
    form = SourceForm(request.POST, initial=initial_source(row))

    def perform() -> Source:
        said = unchanged(source_said(request, row.project, form, row.publisher), row)
        return services.edit_source(by=request.user, source=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return source_page(request, visible(Source, request.user, *SOURCE_ROWS, pk=row.pk), form, error)

    def on_done(row: Source) -> HttpResponse:
        messages.success(request, gettext("Saved."))
        return go(request, reverse("web:source", args=[row.pk]))

    return perform_write(request, perform, on_done, on_error)


@require_safe
def citation(request: WebRequest, pk: UUID) -> HttpResponse:
    """The citation as a file: `?form=bibtex`, `ris` or `csl`."""
    row = visible(Source, request.user, "publisher", pk=pk)
    words, content_type, ending = citation_of(row, request.GET.get("form", "csl"))
    headers = {"Content-Disposition": f'attachment; filename="source-{row.pk.hex[-8:]}.{ending}"'}
    return HttpResponse(words, content_type=content_type, headers=headers)


@require_POST
def use_as_source(request: WebRequest, pk: UUID) -> HttpResponse:
    """The source that an article of the project is, or one span of it (`annotation`)."""
    article = visible(Article, request.user, "project", pk=pk)

    def perform() -> Source:
        span = None
        if named := request.POST.get("annotation"):
            span = related(Annotation, named, person=request.user, project=article.project, field="annotation")
        return services.use_as_source(by=request.user, article=article, annotation=span)

    return perform_write(request, perform, lambda row: go(request, reverse("web:source", args=[row.pk])))


@require_POST
def write_note_on_source(request: WebRequest, pk: UUID) -> HttpResponse:
    """A confidential note on a source."""
    row = visible(Source, request.user, *SOURCE_ROWS, pk=pk)
    form = ConfidentialNoteForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return source_page(request, row, error=error, note_form=form)

    return perform_write(
        request,
        lambda: write_confidential_note(by=request.user, source=row, **filled(form)),
        lambda note: go(request, note_place(note)),
        on_error,
    )


@require_POST
def trash_source(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Source, request.user, pk=pk)
    address = reverse("web:source", args=[pk])
    return trashed(
        request, lambda version: services.trash_source(by=request.user, source=row, version=version), address, "source"
    )


@require_POST
def restore_source(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Source, request.user, pk=pk)
    address = reverse("web:source", args=[pk])
    return restored(
        request,
        lambda version: services.restore_source(by=request.user, source=row, version=version),
        address,
        "source",
    )


# -- origins ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def origins(request: WebRequest, slug: str) -> HttpResponse:
    """The origins of a project; a POST names one."""
    project = visible(Project, request.user, slug=slug)
    if request.method != "POST":
        return origins_page(request, project, OriginForm())
    form = OriginForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return origins_page(request, project, form, error)

    return perform_write(
        request,
        lambda: services.add_origin(by=request.user, project=project, **filled(form)),
        lambda row: go(request, reverse("web:origin", args=[row.pk])),
        on_error,
    )


def origins_page(
    request: WebRequest, project: Project, form: OriginForm, error: WorkbenchError | None = None
) -> HttpResponse:
    rows = Origin.objects.visible_to(request.user).active().filter(project=project)
    shown, next_before = page_of(request, rows.annotate(passages=counted_for("origin", request.user)))
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "next_before": next_before,
        "form": form,
        "may": may_add_origin(request.user, project.pk),
        "error": error,
    }
    return page(request, "annotations/sources/origins.html", context, status_of(error) if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def origin(request: WebRequest, pk: UUID) -> HttpResponse:
    """One origin with the documents that go back to it; a POST renames or describes it."""
    row = visible(Origin, request.user, "project", "author", pk=pk)
    if request.method != "POST":
        return origin_page(request, row, OriginForm(initial=initial_origin(row)))
    form = OriginForm(request.POST, initial=initial_origin(row))

    def perform() -> Origin:
        said = unchanged(filled(form), row)
        return services.edit_origin(by=request.user, origin=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return origin_page(request, visible(Origin, request.user, "project", "author", pk=pk), form, error)

    return perform_write(request, perform, lambda row: go(request, reverse("web:origin", args=[pk])), on_error)


def origin_page(
    request: WebRequest, row: Origin, form: OriginForm, error: WorkbenchError | None = None
) -> HttpResponse:
    person = request.user
    evidence = Evidence.objects.visible_to(person).active().filter(origin=row)
    context = {
        "section": "project",
        "project": row.project,
        "origin": row,
        "ledger": ledger_from(evidence),
        "said": evidence.select_related("claim", "source__publisher", "author").order_by("source_id", "id"),
        "form": form,
        "may": may_edit_origin(person, row),
        "events": told(history_of("origin", row.pk, person)[:EVENTS_SHOWN], person, {str(row.pk): ""}),
        "error": error,
        "differences": differences(error, form, initial_origin(row)),
    }
    return page(request, "annotations/sources/origin.html", context, status_of(error) if error else 200)


@require_POST
def trash_origin(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Origin, request.user, pk=pk)
    address = reverse("web:origin", args=[pk])
    return trashed(
        request, lambda version: services.trash_origin(by=request.user, origin=row, version=version), address, "origin"
    )


@require_POST
def restore_origin(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Origin, request.user, pk=pk)
    address = reverse("web:origin", args=[pk])
    return restored(
        request,
        lambda version: services.restore_origin(by=request.user, origin=row, version=version),
        address,
        "origin",
    )
