"""How a claim stands to others: a region of its page, deciding on suggestions, and the disputes that were found."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, ClaimRelation, Dispute, Job, Project
from annotations.models.comparisons import OPPOSING
from annotations.policies.comparisons import (
    may_add_claim_relation,
    may_ask_for_relations,
    may_decide_claim_relation,
    may_edit_claim_relation,
)
from annotations.policies.disputes import may_open_dispute
from annotations.queries import comparisons as queries
from annotations.queries.lookups import as_uuid, related, visible
from annotations.refusals import status_of
from annotations.services import comparisons as services
from annotations.services.jobs import start_job
from annotations.web.fields import WriteForm, filled, version_of
from annotations.web.forms.comparisons import (
    ClaimRelationForm,
    DismissRelationForm,
    NewClaimRelationForm,
    OpenFromForm,
)
from annotations.web.lists import page_of, words_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal, region

LIST, WHOLE = "annotations/comparisons/_relations.html", "annotations/comparisons/relations.html"
FOUND, FOUND_PAGE = "annotations/comparisons/_found.html", "annotations/comparisons/found.html"
NEAR_SHOWN, FOUND_A_PAGE = 6, 20
ENDS = ("from_claim__project", "to_claim__project", "dispute", "project")


# -- of one claim -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def relations_of_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """How the claim stands to others, and which may have to do with it; a POST says how it stands to one of them."""
    row = visible(Claim, request.user, "project", "claimant", pk=pk)
    return add_claim_relation(request, row) if request.method == "POST" else shown(request, row)


def shown(
    request: WebRequest,
    claim: Claim,
    error: WorkbenchError | None = None,
    form: WriteForm | None = None,
    at: Any = None,
) -> HttpResponse:
    """The region for htmx, else a page around it. `form` was refused, at the claim or relation with the id `at`."""
    person, project = request.user, claim.project
    seen = queries.relations_of_claim(claim, person)
    known = {one.other_than(claim).pk for one in seen}
    words = words_of(request)
    near = queries.related_claims(
        words or claim.text, project, person, NEAR_SHOWN + len(known), claim=claim_in(words, claim)
    )
    context = {
        "section": "project",
        "project": project,
        "claim": claim,
        "relations": [row_shown(one, person, form if one.relation.pk == at else None) for one in seen],
        "near": [
            {
                "found": one,
                "form": form if form and at == one.claim.pk else new_form(one),
                "error": error if at == one.claim.pk else None,
            }
            for one in near
            if one.claim.pk not in known and one.claim.pk != claim.pk
        ][:NEAR_SHOWN],
        "words": words,
        "may_add": may_add_claim_relation(person, project.pk),
        "may_ask": may_ask_for_relations(person, project.pk),
        "error": error,
    }
    status = status_of(error) if error else 200
    return region(request, LIST, context, status) if request.htmx else page(request, WHOLE, context, status)


def claim_in(words: str, claim: Claim) -> Claim | None:
    """With words of one's own, not the claim but they are looked for."""
    return None if words else claim


def row_shown(one: queries.RelationSeen, person: Any, refused: WriteForm | None = None) -> dict[str, Any]:
    """A relation; of its forms the one that was refused is as it was typed."""
    row = one.relation
    forms = forms_of(row) | ({refused.called: refused} if refused else {})
    return {
        "relation": row,
        "from_quote": one.quotes[0],
        "to_quote": one.quotes[1],
        "may_decide": may_decide_claim_relation(person, row),
        "may_edit": may_edit_claim_relation(person, row),
        "edit_form": forms[ClaimRelationForm.called],
        "open_form": forms[OpenFromForm.called],
        "dismiss_form": forms[DismissRelationForm.called],
        "refused": refused.called if refused else "",
        "can_open": row.type in OPPOSING and row.dispute_id is None,
    }


def forms_of(row: ClaimRelation) -> dict[str, WriteForm]:
    said = {"type": row.type, "kind": row.kind, "explanation": row.explanation}
    return {
        ClaimRelationForm.called: ClaimRelationForm(initial=said, called=f"edit-{row.pk}"),
        OpenFromForm.called: OpenFromForm(initial={"question": question_of(row)}, called=f"open-{row.pk}"),
        DismissRelationForm.called: DismissRelationForm(called=f"dismiss-{row.pk}"),
    }


def new_form(one: queries.RelatedClaim) -> NewClaimRelationForm:
    """What is suggested is filled in already."""
    told = one.suggestion
    initial = {"type": told.type, "kind": told.kind, "way": "from" if told.turned else "to"} if told else {}
    return NewClaimRelationForm(
        initial=initial | {"explanation": one.reason if told else ""}, called=f"new-{one.claim.pk}"
    )


def question_of(relation: ClaimRelation) -> str:
    """A first question, to be rewritten."""
    return _("Which is so: “%(one)s” or “%(other)s”?") % {
        "one": relation.from_claim.text.rstrip("."),
        "other": relation.to_claim.text.rstrip("."),
    }


def add_claim_relation(request: WebRequest, claim: Claim) -> HttpResponse:
    wanted = request.POST.get("claim", "")
    form = NewClaimRelationForm(request.POST, called=f"new-{wanted}")

    def perform() -> ClaimRelation:
        said = filled(form)
        other = related(Claim, wanted, person=request.user, project=claim.project, field="claim")
        ends = (other, claim) if said.pop("way", "to") == "from" else (claim, other)
        return services.add_claim_relation(by=request.user, from_claim=ends[0], to_claim=ends[1], **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return shown(request, claim, error, form, as_uuid(wanted))

    return perform_write(request, perform, lambda _row: there(request, claim), on_error)


def there(request: WebRequest, claim: Claim) -> HttpResponse:
    """The region as it is now; without JavaScript the page around it."""
    return shown(request, claim) if request.htmx else go(request, reverse("web:relations_of_claim", args=[claim.pk]))


@require_POST
def find_relations_of_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """Compare one claim with those near to it now."""
    claim = visible(Claim, request.user, "project", "claimant", pk=pk)

    def perform() -> Claim:
        found = services.suggest_claim_relations(by=request.user, claim=claim)
        if not found:
            messages.info(request, _("Nothing new was found."))
        return claim

    return perform_write(request, perform, lambda _row: there(request, claim))


# -- one relation -----------------------------------------------------------------------------------------------------


def decided(
    request: WebRequest, pk: UUID, perform: Callable[[ClaimRelation], Any], form: WriteForm | None = None
) -> HttpResponse:
    """A change of one relation, answered with the region, the list or the page from which it was asked."""
    row = visible(ClaimRelation, request.user, *ENDS, pk=pk)

    def on_error(error: WorkbenchError) -> HttpResponse:
        if form is None and not request.htmx:
            return refusal(request, error)
        if form is not None:
            form.refuse(error)
        claim = claim_shown(request, row)
        return (
            shown(request, claim, error, form, row.pk)
            if claim
            else found_page(request, row.project, error, form, row.pk)
        )

    return perform_write(request, lambda: perform(row), lambda _done: after(request, row), on_error)


def claim_shown(request: WebRequest, row: ClaimRelation) -> Claim | None:
    """The claim on whose page one is, as the form says; None on the list of what was found."""
    at = request.POST.get("at", str(row.from_claim_id))
    return next((claim for claim in (row.from_claim, row.to_claim) if str(claim.pk) == at), None)


def after(request: WebRequest, row: ClaimRelation) -> HttpResponse:
    claim = claim_shown(request, row)
    if claim is not None:
        return there(request, claim)
    if request.htmx:
        return found_page(request, row.project)
    return go(request, reverse("web:found_disputes", args=[row.project.slug]))


@require_POST
def edit_claim_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    form = ClaimRelationForm(request.POST, called=f"edit-{pk}")
    return decided(
        request,
        pk,
        lambda row: services.edit_claim_relation(
            by=request.user, claim_relation=row, version=version_of(request), **filled(form)
        ),
        form,
    )


@require_POST
def confirm_claim_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    return decided(
        request,
        pk,
        lambda row: services.confirm_claim_relation(by=request.user, claim_relation=row, version=version_of(request)),
    )


@require_POST
def dismiss_claim_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    form = DismissRelationForm(request.POST, called=f"dismiss-{pk}")
    return decided(
        request,
        pk,
        lambda row: services.dismiss_claim_relation(
            by=request.user, claim_relation=row, version=version_of(request), **filled(form)
        ),
        form,
    )


@require_POST
def trash_claim_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    return decided(
        request,
        pk,
        lambda row: services.trash_claim_relation(by=request.user, claim_relation=row, version=version_of(request)),
    )


@require_POST
def restore_claim_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    return decided(
        request,
        pk,
        lambda row: services.restore_claim_relation(by=request.user, claim_relation=row, version=version_of(request)),
    )


@require_POST
def open_dispute_from(request: WebRequest, pk: UUID) -> HttpResponse:
    """Open a dispute over both claims, and go to it."""
    row = visible(ClaimRelation, request.user, *ENDS, pk=pk)
    form = OpenFromForm(request.POST, called=f"open-{pk}")

    def perform() -> Dispute:
        version = version_of(request)
        return services.open_dispute_from(by=request.user, claim_relation=row, version=version, **filled(form))

    def on_done(dispute: Dispute) -> HttpResponse:
        messages.success(request, _("You opened the dispute."))
        return go(request, reverse("web:dispute", args=[dispute.pk]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        claim = claim_shown(request, row)
        return (
            shown(request, claim, error, form, row.pk)
            if claim
            else found_page(request, row.project, error, form, row.pk)
        )

    return perform_write(request, perform, on_done, on_error)


# -- disputes that were found -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def found_disputes(request: WebRequest, slug: str) -> HttpResponse:
    """Claims that contradict or deny each other and are not in one dispute yet; a POST looks through the project."""
    project = visible(Project, request.user, slug=slug)
    if request.method != "POST":
        return found_page(request, project)

    def perform() -> Job:
        return start_job(by=request.user, project=project, kind=services.KIND)

    return perform_write(request, perform, lambda job: go(request, reverse("web:job", args=[job.pk])))


def found_page(
    request: WebRequest,
    project: Project,
    error: WorkbenchError | None = None,
    form: WriteForm | None = None,
    at: Any = None,
) -> HttpResponse:
    person = request.user
    rows, next_before = page_of(
        request, queries.found_disputes(project, person).select_related(*queries.JOINED), FOUND_A_PAGE
    )
    context = {
        "section": "disputes",
        "project": project,
        "relations": [
            row_shown(one, person, form if one.relation.pk == at else None) for one in queries.with_quotes(rows, person)
        ],
        "next_before": next_before,
        "may_open": may_open_dispute(person, project.pk),
        "may_ask": may_ask_for_relations(person, project.pk),
        "error": error,
    }
    status = status_of(error) if error else 200
    return region(request, FOUND, context, status) if request.htmx else page(request, FOUND_PAGE, context, status)
