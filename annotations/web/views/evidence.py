"""Evidence: attached from an annotation's inspector, from the claim's page, or from a dispute on several statements at
once; its source and its origin are chosen or made in the same form.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Claim, Dispute, Evidence, Source
from annotations.policies.evidence import may_add_evidence, may_edit_evidence
from annotations.queries.history import history_of, told
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import evidence as services
from annotations.web import inspector
from annotations.web.docket import JOINED, back, form_page
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.evidence import (
    EvidenceForm,
    PassageForm,
    SourceSaysForm,
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

PLAIN = ("stance", "ground", "quote", "locator", "credibility", "note")


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
    form = SourceSaysForm(request.POST or None, choices=evidence_choices(request.user, project))
    passages = [
        PassageForm(request.POST or None, claim=row.claim, name=f"S{row.number}", because=row.out_of_scope_because)
        for row in dispute.statements.select_related("claim")
    ]
    context = {
        "section": "disputes",
        "project": project,
        "dispute": dispute,
        "form": form,
        "passages": passages,
        "agents": agent_names(request.user, project),
        "may": may_add_evidence(request.user, project.pk),
    }
    if request.method != "POST":
        return passages_page(request, context, None)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return passages_page(request, context, error)

    def on_done(source: Source) -> HttpResponse:
        return back(request, pk, f"You added what “{source}” says.")

    return perform_write(request, lambda: passages_added(request, dispute, form, passages), on_done, on_error)


def passages_page(request: WebRequest, context: dict[str, Any], error: WorkbenchError | None) -> HttpResponse:
    return form_page(
        request,
        "annotations/evidence/add.html",
        "annotations/evidence/_add_form.html",
        context | {"error": error},
        error,
    )


def passages_added(request: WebRequest, dispute: Dispute, form: SourceSaysForm, passages: list[PassageForm]) -> Source:
    """Raises Invalid where the source says nothing on any statement."""
    typed, said = filled(form), {one: filled(one) for one in passages}
    said = {one: words for one, words in said.items() if words.get("stance")}
    if not said:
        raise Invalid("Say what the source says on at least one statement.")
    source = source_named(request.user, dispute.project, typed)
    origin = origin_named(request.user, dispute.project, typed)
    for one, words in said.items():
        with one.blamed():
            services.add_evidence(
                by=request.user,
                claim=one.claim,
                source=source,
                origin=origin,
                note=typed.get("note", ""),
                **{name: words[name] for name in ("stance", "ground", "quote", "locator") if name in words},
            )
    return source


# -- one piece --------------------------------------------------------------------------------------------------------

ROWS = ("project", "claim", "source", "origin", "author")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_evidence(request: WebRequest, pk: UUID) -> HttpResponse:
    """One piece of evidence on a page of its own; a POST changes it."""
    row = visible(Evidence, request.user, *ROWS, pk=pk)
    choices = evidence_choices(request.user, row.project)
    form = EvidenceForm(request.POST or None, choices=choices_with(choices, row), initial=initial_evidence(row))
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
    request: WebRequest, row: Evidence, form: EvidenceForm, error: WorkbenchError | None = None
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
