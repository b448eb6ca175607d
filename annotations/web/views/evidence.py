"""Evidence: attached from an annotation's inspector, from the claim's page, or from a dispute on several statements at
once; its source and its origin are chosen or made in the same form.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.dates import is_certainly_after
from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Claim, ConfidentialNote, Dispute, Evidence, EvidenceSet, Source
from annotations.policies.evidence import (
    may_add_evidence,
    may_edit_confidential_note,
    may_edit_evidence,
)
from annotations.queries.agents import grades_of
from annotations.queries.history import history_of, told
from annotations.queries.lookups import related_many, visible
from annotations.refusals import status_of
from annotations.services import evidence as services
from annotations.services.copies import start_fetch
from annotations.web import inspector
from annotations.web.confidential import notes_context, page_of
from annotations.web.docket import JOINED, back, form_page
from annotations.web.fields import filled, posted, unchanged, version_of
from annotations.web.forms.evidence import (
    GRADED,
    ConfidentialNoteForm,
    EvidenceForm,
    EvidenceSetForm,
    PassageForm,
    SheetForm,
    agent_names,
    choices_with,
    evidence_choices,
    initial_evidence,
)
from annotations.web.named import origin_named, source_named
from annotations.web.onward import came_from
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

NOTED_ON = ("project", "author", "evidence__source", "source")
PLAIN = ("stance", "ground", "quote", "locator", "locator_kind", *GRADED, "note")


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: WebRequest, pk: UUID) -> HttpResponse:
    """What a source says about a claim; the source and the origin are chosen, or made in the same unit of work."""
    claim = visible(Claim, request.user, "project", pk=pk)
    if request.method != "POST":
        choices = evidence_choices(request.user, claim.project)
        return evidence_form_page(request, claim, EvidenceForm(choices=choices, called=f"evidence-{pk}"))
    at = inspector.inspected(request)
    form = inspector.evidence_form_for(request, claim)

    def perform() -> Evidence:
        typed = filled(form)
        return services.add_evidence(
            by=request.user,
            claim=claim,
            source=source_named(request.user, claim.project, typed),
            origin=origin_named(request.user, claim.project, typed),
            **{name: typed[name] for name in PLAIN if name in typed},
        )

    def on_done(_: Evidence) -> HttpResponse:
        return inspector.shown(request, at) if at else go(request, reverse("web:claim", args=[pk]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        if at:
            return inspector.refused(request, at, error, {f"evidence:{pk}": form})
        form.refuse(error)
        return evidence_form_page(request, claim, form, error)

    return perform_write(request, perform, on_done, on_error)


def evidence_form_page(
    request: WebRequest, claim: Claim, form: EvidenceForm, error: WorkbenchError | None = None
) -> HttpResponse:
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "form": form,
        "may": may_add_evidence(request.user, claim.project_id),
        "agents": agent_names(request.user, claim.project),
        "error": error,
    }
    return page(request, "annotations/evidence/new.html", context, status_of(error) if error else 200)


# -- one source on several statements of a dispute --------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence_to_dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    """One source, chosen or new, and what it says on each statement, in one unit of work."""
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)
    project = dispute.project
    choices = evidence_choices(request.user, project)
    form = SheetForm(posted(request), choices=choices, initial={"fetch": True})
    passages = [
        PassageForm(posted(request), claim=row.claim, name=f"S{row.number}", because=row.out_of_scope_because)
        for row in dispute.statements.select_related("claim")
    ]
    context = {
        "section": "disputes",
        "project": project,
        "dispute": dispute,
        "form": form,
        "passages": passages,
        "origins": [label for _, label in choices.origins],
        "agents": agent_names(request.user, project),
        "may": may_add_evidence(request.user, project.pk),
    }
    if request.method != "POST":
        return passages_page(request, context, None)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return passages_page(request, context, error)

    def on_done(source: Source) -> HttpResponse:
        sentence = gettext("You added what “%(source)s” says.") % {"source": source}
        if "again" not in request.POST:
            return back(request, pk, sentence)
        messages.success(request, sentence)
        return go(request, reverse("web:add_evidence_to_dispute", args=[pk]))

    return perform_write(request, lambda: passages_added(request, dispute, form, passages), on_done, on_error)


def passages_page(request: WebRequest, context: dict[str, Any], error: WorkbenchError | None) -> HttpResponse:
    return form_page(
        request,
        "annotations/evidence/add.html",
        "annotations/evidence/_add_form.html",
        context | {"error": error},
        error,
    )


def passages_added(request: WebRequest, dispute: Dispute, form: SheetForm, passages: list[PassageForm]) -> Source:
    """What each of the sources says on each statement; the last source. Raises Invalid where nothing is said."""
    typed, said = filled(form), {one: filled(one) for one in passages}
    said = {one: words for one, words in said.items() if words.get("stance")}
    if not said:
        raise Invalid("Say what the source says on at least one statement.")
    origin = origin_named(request.user, dispute.project, typed)
    for url in form.addresses or [""]:
        source = source_named(request.user, dispute.project, typed | {"url": url})
        if typed.get("fetch") and source.url and not source.copies.active().exists():
            start_fetch(by=request.user, source=source)
        for one, words in said.items():
            with one.blamed():
                services.add_evidence(
                    by=request.user,
                    claim=one.claim,
                    source=source,
                    origin=origin,
                    note=typed.get("note", ""),
                    **{name: words[name] for name in OF_PASSAGE if name in words},
                )
    return source


OF_PASSAGE = ("stance", "ground", "quote", "locator", "locator_kind")


# -- one piece --------------------------------------------------------------------------------------------------------

ROWS = ("project", "claim", "source", "origin", "author")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_evidence(request: WebRequest, pk: UUID) -> HttpResponse:
    """One piece of evidence on a page of its own; a POST changes it."""
    row = visible(Evidence, request.user, *ROWS, pk=pk)
    choices = evidence_choices(request.user, row.project)
    form = EvidenceForm(posted(request), choices=choices_with(choices, row), initial=initial_evidence(row))
    if request.method != "POST":
        return evidence_page(request, row, form)

    def perform() -> Evidence:
        typed = filled(form)
        said = {name: typed[name] for name in PLAIN if name in typed}
        is_same_source = typed.get("source") == str(row.source_id)  # kept even where it is in the trash by now
        is_same_origin = row.origin_id and typed.get("origin") == str(row.origin_id)
        said["source"] = row.source if is_same_source else source_named(request.user, row.project, typed)
        said["origin"] = row.origin if is_same_origin else origin_named(request.user, row.project, typed)
        return services.edit_evidence(
            by=request.user, evidence=row, version=version_of(request), **unchanged(said, row)
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return evidence_page(request, visible(Evidence, request.user, *ROWS, pk=pk), form, error)

    onward = came_from(request) or reverse("web:claim", args=[row.claim_id])
    return perform_write(request, perform, lambda _: go(request, onward), on_error)


def evidence_page(
    request: WebRequest,
    row: Evidence,
    form: EvidenceForm,
    error: WorkbenchError | None = None,
    note_form: ConfidentialNoteForm | None = None,
) -> HttpResponse:
    context = {
        "section": "project",
        "project": row.project,
        "evidence": row,
        "form": form,
        "may": may_edit_evidence(request.user, row),
        "agents": agent_names(request.user, row.project),
        "events": told(history_of("evidence", row.pk, request.user)[:10], request.user, {str(row.pk): ""}),
        "next": came_from(request),
        "error": error,
        "differences": differences(error, form, initial_evidence(row)),
        "quoted": services.looked_up(row),
        "grades": grades_of(row.project, [row.source]).get(row.source_id, []),
        "is_younger": is_certainly_after(row.source.published_on, row.claim.claim_date),
        **notes_context(request, row, note_form),
    }
    return page(request, "annotations/evidence/detail.html", context, status_of(error) if error else 200)


@require_POST
def trash_evidence(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Evidence, request.user, pk=pk)
    address = reverse("web:edit_evidence", args=[pk])
    return trashed(
        request,
        lambda version: services.trash_evidence(by=request.user, evidence=row, version=version),
        address,
        "evidence",
    )


@require_POST
def restore_evidence(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Evidence, request.user, pk=pk)
    address = reverse("web:edit_evidence", args=[pk])
    return restored(
        request,
        lambda version: services.restore_evidence(by=request.user, evidence=row, version=version),
        address,
        "evidence",
    )


# -- pieces that carry a stance only together -------------------------------------------------------------------------


@require_POST
def add_evidence_set(request: WebRequest, pk: UUID) -> HttpResponse:
    """Say that several pieces of evidence on a claim carry a stance only together."""
    claim = visible(Claim, request.user, "project", pk=pk)
    evidence = Evidence.objects.visible_to(request.user).active().filter(claim=claim).select_related("source")
    form = EvidenceSetForm(request.POST, evidence=evidence)

    def perform() -> EvidenceSet:
        typed = filled(form)
        members = related_many(
            Evidence, typed.get("members", []), person=request.user, project=claim.project, field="members"
        )
        return services.add_evidence_set(
            by=request.user, claim=claim, members=members, stance=typed["stance"], note=typed.get("note", "")
        )

    return perform_write(
        request, perform, lambda _: to_evidence(request, pk, gettext("They count as one from now on."))
    )


@require_POST
def break_evidence_set(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(EvidenceSet, request.user, pk=pk)
    return perform_write(
        request,
        lambda: services.break_evidence_set(by=request.user, evidence_set=row, version=version_of(request)),
        lambda _: to_evidence(request, row.claim_id, gettext("Each stands for itself again.")),
    )


def to_evidence(request: WebRequest, claim: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go(request, reverse("web:claim", args=[claim]) + "#evidence")


# -- notes that leave the desk in no way ------------------------------------------------------------------------------


@require_POST
def write_confidential_note(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Evidence, request.user, *ROWS, pk=pk)
    form = ConfidentialNoteForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        choices = choices_with(evidence_choices(request.user, row.project), row)
        fresh = EvidenceForm(choices=choices, initial=initial_evidence(row))
        return evidence_page(request, row, fresh, error, note_form=form)

    return perform_write(
        request,
        lambda: services.write_confidential_note(by=request.user, evidence=row, **filled(form)),
        lambda note: go(request, page_of(note)),
        on_error,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confidential_note(request: WebRequest, pk: UUID) -> HttpResponse:
    """One note, to read and to write anew."""
    note = visible(ConfidentialNote, request.user, *NOTED_ON, pk=pk)
    form = ConfidentialNoteForm(posted(request), initial={"text": note.text})
    if request.method != "POST":
        return note_page(request, note, form)

    def perform() -> ConfidentialNote:
        said = unchanged(filled(form), note)
        return services.edit_confidential_note(by=request.user, note=note, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return note_page(request, visible(ConfidentialNote, request.user, *NOTED_ON, pk=pk), form, error)

    return perform_write(request, perform, lambda _: go(request, page_of(note)), on_error)


def note_page(
    request: WebRequest, note: ConfidentialNote, form: ConfidentialNoteForm, error: WorkbenchError | None = None
) -> HttpResponse:
    context = {
        "section": "project",
        "project": note.project,
        "note": note,
        "about": note.source or (note.evidence and note.evidence.source),
        "back": page_of(note),
        "form": form,
        "may": may_edit_confidential_note(request.user, note),
        "events": told(history_of("confidential_note", note.pk, request.user)[:10], request.user),
        "error": error,
        "differences": differences(error, form, {"text": note.text}),
    }
    return page(request, "annotations/evidence/note.html", context, status_of(error) if error else 200)


@require_POST
def trash_confidential_note(request: WebRequest, pk: UUID) -> HttpResponse:
    return move_note(request, pk, services.trash_confidential_note)


@require_POST
def restore_confidential_note(request: WebRequest, pk: UUID) -> HttpResponse:
    return move_note(request, pk, services.restore_confidential_note)


def move_note(request: WebRequest, pk: UUID, service: Callable[..., ConfidentialNote]) -> HttpResponse:
    note = visible(ConfidentialNote, request.user, pk=pk)
    return perform_write(
        request,
        lambda: service(by=request.user, note=note, version=version_of(request)),
        lambda _: go(request, page_of(note)),
    )
