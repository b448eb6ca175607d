"""Disputes: the list, opening and changing one, a party's position on it, and the moves that need no second signature.

The screen itself is drawn by `web.docket`; proposing a resolution and deciding on it stand in `resolutions`.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.core.places import Place
from annotations.models import Claim, Dispute, Person, Position, Project
from annotations.models.disputes import DISPUTE_STATES, OUTCOMES
from annotations.policies.disputes import may_edit_position, may_open_dispute
from annotations.policies.roles import YES
from annotations.queries import disputes as queries
from annotations.queries.comment_requests import request_counts
from annotations.queries.comparisons import found_disputes
from annotations.queries.lookups import as_uuid, visible
from annotations.services import disputes as services
from annotations.web.docket import JOINED, back, dispute_page, done, form_page, refused
from annotations.web.fields import WriteForm, filled, posted, unchanged, version_of
from annotations.web.forms.disputes import (
    CLAIMS_AT_MOST,
    DismissForm,
    DisputeForm,
    PositionForm,
    ReopenForm,
    SendBackForm,
    StanceForm,
    StatementForm,
    claims_to_choose,
    initial_position,
    initial_statements,
)
from annotations.web.forms.evidence import agent_names
from annotations.web.members import member_named
from annotations.web.positions import position_said, stance_forms
from annotations.web.requests import WebRequest
from annotations.web.respond import page, perform_write
from annotations.web.stale import differences

DISPUTES_A_PAGE = 25
COUNTED = {
    Place.IN_DISPUTE: ngettext_lazy("%(number)s in dispute", "%(number)s in dispute", "number"),
    Place.AGREED: ngettext_lazy("%(number)s agreed", "%(number)s agreed", "number"),
    Place.NOT_CONTESTED: ngettext_lazy("%(number)s not contested", "%(number)s not contested", "number"),
    Place.NOT_STATED: ngettext_lazy("%(number)s nobody affirms yet", "%(number)s nobody affirms yet", "number"),
    Place.OUT_OF_SCOPE: ngettext_lazy("%(number)s out of scope", "%(number)s out of scope", "number"),
}


@require_safe
def disputes(request: WebRequest, slug: str) -> HttpResponse:
    """The disputes of a project, the newest first, by state and outcome."""
    project = visible(Project, request.user, slug=slug)
    everything = Dispute.objects.visible_to(request.user).active().filter(project=project)
    state = known(request.GET.get("state"), DISPUTE_STATES)
    outcome = known(request.GET.get("outcome"), OUTCOMES)
    found = everything.filter(**{name: word for name, word in (("state", state), ("outcome", outcome)) if word})
    before = as_uuid(request.GET.get("before", ""))
    rows = found.filter(pk__lt=before) if before else found
    shown = list(rows.select_related("owner", "author").newest_first()[: DISPUTES_A_PAGE + 1])
    shown, more = shown[:DISPUTES_A_PAGE], shown[DISPUTES_A_PAGE:]
    places = queries.places_of(shown, request.user)
    context = {
        "section": "disputes",
        "project": project,
        "rows": [(dispute, places_in_words(places[dispute.pk])) for dispute in shown],
        "state": state,
        "outcome": outcome,
        "counts": counted_by_state(everything),
        "outcomes": OUTCOMES,
        "next_before": shown[-1].pk if more else None,
        "may_open": may_open_dispute(request.user, project.pk),
        "found": found_disputes(project, request.user).count(),
        "requests": request_counts(project, request.user),
    }
    return page(request, "annotations/disputes/list.html", context)


def known(word: str | None, choices: list[tuple[str, str]]) -> str:
    """A filter's word, or nothing where it is none of them."""
    return word if word in dict(choices) else ""


def counted_by_state(disputes: Any) -> list[tuple[str, int]]:
    counts = dict(disputes.values_list("state").annotate(Count("pk")).order_by())
    return [("", sum(counts.values())), *((state, counts.get(state, 0)) for state, _ in DISPUTE_STATES)]


def places_in_words(places: dict[Any, Any]) -> list[str]:
    """`3 in dispute`, `1 agreed`: only what there is."""
    counts = Counter(places.values())
    return [COUNTED[place] % {"number": counts[place]} for place in queries.ORDER_OF_PLACES if counts[place]]


@require_safe
def dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    return dispute_page(request, visible(Dispute, request.user, *JOINED, pk=pk))


# -- the moves that need no second signature ---------------------------------------------------------------------------


def moved(
    request: WebRequest, pk: UUID, verb: str, form: WriteForm, service: Callable[..., Dispute], sentence: str
) -> HttpResponse:
    """One move with its form: performed once, then the screen."""
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)

    def perform() -> Dispute:
        return service(by=request.user, dispute=dispute, version=version_of(request), **filled(form))

    return perform_write(
        request,
        perform,
        lambda row: done(request, row.pk, sentence),
        lambda error: refused(request, dispute, verb, form, error),
    )


@require_POST
def send_back(request: WebRequest, pk: UUID) -> HttpResponse:
    sentence = gettext("You sent the dispute back. It is open again.")
    return moved(request, pk, "send_back", SendBackForm(request.POST), services.send_back, sentence)


@require_POST
def dismiss_dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    sentence = gettext("You dismissed it: closed as not a dispute.")
    return moved(request, pk, "dismiss", DismissForm(request.POST), services.dismiss_dispute, sentence)


@require_POST
def reopen_dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    sentence = gettext("You reopened the dispute.")
    return moved(request, pk, "reopen", ReopenForm(request.POST), services.reopen_dispute, sentence)


# -- opening and changing ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def open_dispute(request: WebRequest, slug: str) -> HttpResponse:
    """The form, with the claims that the address names as statements already chosen; and opening."""
    project = visible(Project, request.user, slug=slug)
    form = DisputeForm(posted(request), project=project)
    statements = statement_forms(request, project, None)
    if request.method != "POST":
        return open_page(request, project, form, statements)

    def perform() -> Dispute:
        return services.open_dispute(by=request.user, project=project, **dispute_said(project, form, statements))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return open_page(request, project, form, statements, error)

    return perform_write(
        request, perform, lambda row: back(request, row.pk, gettext("You opened the dispute.")), on_error
    )


def open_page(
    request: WebRequest,
    project: Project,
    form: DisputeForm,
    statements: list[StatementForm],
    error: WorkbenchError | None = None,
) -> HttpResponse:
    context = {
        "section": "disputes",
        "project": project,
        "form": form,
        "chosen": [one for one in statements if one.is_chosen],
        "others": [one for one in statements if not one.is_chosen],
        "most": CLAIMS_AT_MOST,
        "error": error,
        "may_open": may_open_dispute(request.user, project.pk),
    }
    return form_page(request, "annotations/disputes/open.html", "annotations/disputes/_form.html", context, error)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)
    initial = initial_dispute(dispute)
    form = DisputeForm(posted(request), project=dispute.project, initial=initial)
    statements = statement_forms(request, dispute.project, dispute)
    if request.method != "POST":
        return edit_page(request, dispute, form, statements)

    def perform() -> Dispute:
        said = unchanged(dispute_said(dispute.project, form, statements), dispute)
        return services.edit_dispute(by=request.user, dispute=dispute, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        as_stored = visible(Dispute, request.user, *JOINED, pk=pk)
        return edit_page(request, as_stored, form, statements, error)

    return perform_write(
        request, perform, lambda row: back(request, row.pk, gettext("You changed the dispute.")), on_error
    )


def edit_page(
    request: WebRequest,
    dispute: Dispute,
    form: DisputeForm,
    statements: list[StatementForm],
    error: WorkbenchError | None = None,
) -> HttpResponse:
    context = {
        "section": "disputes",
        "project": dispute.project,
        "dispute": dispute,
        "form": form,
        "chosen": [one for one in statements if one.is_chosen],
        "others": [one for one in statements if not one.is_chosen],
        "most": CLAIMS_AT_MOST,
        "error": error,
        "differences": differences(error, form, initial_dispute(dispute)),
        "may_open": queries.possible_changes(dispute, request.user)["edit_dispute"],
    }
    return form_page(request, "annotations/disputes/edit.html", "annotations/disputes/_form.html", context, error)


def initial_dispute(dispute: Dispute) -> dict[str, Any]:
    texts = ("question", "would_settle", "would_not_settle")
    return {name: getattr(dispute, name) for name in texts} | {"owner": str(dispute.owner_id or "")}


def statement_forms(request: WebRequest, project: Project, dispute: Dispute | None) -> list[StatementForm]:
    """A form for every claim that can be chosen, those first that are statements or that the address or form names."""
    own = [row.claim for row in dispute.statements.select_related("claim")] if dispute else []
    named = claims_named(request, project, request.user)
    first = list({claim.pk: claim for claim in [*own, *named]}.values())
    initial = initial_statements(dispute, named)
    return [
        StatementForm(posted(request), claim=claim, initial=initial.get(claim.pk))
        for claim in claims_to_choose(project, request.user, first)
    ]


def claims_named(request: WebRequest, project: Project, person: Person) -> list[Claim]:
    """The claims that the address (`?claims=<id>,<id>` or `?claim=<id>`) or the form names; strange ones fall out."""
    if request.method == "POST":
        names = [name.removesuffix("-chosen") for name in request.POST if name.endswith("-chosen")]
    else:
        names = [*request.GET.get("claims", "").split(","), *request.GET.getlist("claim")]
    ids = list(dict.fromkeys(pk for name in names if (pk := as_uuid(name))))
    found = Claim.objects.visible_to(person).active().filter(project=project).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def dispute_said(project: Project, form: DisputeForm, statements: list[StatementForm]) -> dict[str, Any]:
    """What the form says, for the service. Raises Invalid."""
    said = filled(form)
    chosen = [one for one in statements if one.is_valid() and one.cleaned_data["chosen"]]
    reasons = {one.claim.pk: one.cleaned_data["out_of_scope"] for one in chosen}
    return said | {
        "statements": [one.claim for one in chosen],
        "out_of_scope": {pk: reason for pk, reason in reasons.items() if reason.strip()},
        "owner": member_named(project, said.get("owner", "")),
    }


# -- positions ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def add_position(request: WebRequest, pk: UUID) -> HttpResponse:
    dispute = visible(Dispute, request.user, *JOINED, pk=pk)
    form, stances = PositionForm(posted(request)), stance_forms(request, dispute)
    if request.method != "POST":
        return position_page(request, dispute, None, form, stances)

    def perform() -> Position:
        said = position_said(request.user, dispute, form, stances)
        return services.add_position(by=request.user, dispute=dispute, **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return position_page(request, dispute, None, form, stances, error)

    sentence = gettext("You added the position of %(agent)s.")
    return perform_write(request, perform, lambda row: position_done(request, row, sentence), on_error)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_position(request: WebRequest, pk: UUID) -> HttpResponse:
    position = visible(Position, request.user, "agent", "on_behalf_of", "dispute__project", pk=pk)
    form = PositionForm(posted(request), initial=initial_position(position))
    stances = stance_forms(request, position.dispute, position)
    if request.method != "POST":
        return position_page(request, position.dispute, position, form, stances)

    def perform() -> Position:
        said = position_said(request.user, position.dispute, form, stances, position)
        return services.edit_position(
            by=request.user, position=position, version=version_of(request), **unchanged(said, position)
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        as_stored = visible(Position, request.user, "agent", "on_behalf_of", "dispute__project", pk=pk)
        return position_page(request, as_stored.dispute, as_stored, form, stances, error)

    sentence = gettext("You changed the position of %(agent)s.")
    return perform_write(request, perform, lambda row: position_done(request, row, sentence), on_error)


def position_page(
    request: WebRequest,
    dispute: Dispute,
    position: Position | None,
    form: PositionForm,
    stances: list[StanceForm],
    error: WorkbenchError | None = None,
) -> HttpResponse:
    changes = queries.possible_changes(dispute, request.user)
    context = {
        "section": "disputes",
        "project": dispute.project,
        "dispute": dispute,
        "position": position,
        "form": form,
        "stances": stances,
        "agents": agent_names(request.user, dispute.project),
        "may": changes["add_position"] and (may_edit_position(request.user, position) if position else YES),
        "error": error,
        "differences": differences(error, form, initial_position(position)) if position else [],
    }
    return form_page(
        request, "annotations/disputes/position.html", "annotations/disputes/_position_form.html", context, error
    )


def position_done(request: WebRequest, position: Position, sentence: str) -> HttpResponse:
    """`sentence` has a gap for whose position it is."""
    return back(request, position.dispute_id, sentence % {"agent": position.agent})


@require_POST
def trash_position(request: WebRequest, pk: UUID) -> HttpResponse:
    sentence = gettext("You moved the position of %(agent)s to the trash.")
    return position_moved(request, pk, services.trash_position, sentence)


@require_POST
def restore_position(request: WebRequest, pk: UUID) -> HttpResponse:
    sentence = gettext("You took the position of %(agent)s out of the trash.")
    return position_moved(request, pk, services.restore_position, sentence)


def position_moved(request: WebRequest, pk: UUID, service: Callable[..., Position], sentence: str) -> HttpResponse:
    position = visible(Position, request.user, "agent", "dispute", pk=pk)
    return perform_write(
        request,
        lambda: service(by=request.user, position=position, version=version_of(request)),
        lambda row: position_done(request, row, sentence),
    )
