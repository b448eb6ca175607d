"""Claims: the list, the page of one, making and changing them, where they are made, and their moves."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Annotation, Attribution, Claim, ClaimMention, Project
from annotations.models.claims import CLAIM_STATES
from annotations.policies.claims import may_add_claim, may_edit_claim
from annotations.policies.disputes import may_open_dispute
from annotations.policies.evidence import may_add_evidence
from annotations.queries import claims as queries
from annotations.queries.attributions import saying_of
from annotations.queries.evidence import counted_for, ledger_of
from annotations.queries.history import history_of, told
from annotations.queries.lookups import related, related_many, visible
from annotations.refusals import status_of
from annotations.services import claims as services
from annotations.web import inspector
from annotations.web.fields import WriteForm, filled, unchanged, version_of
from annotations.web.forms.claims import (
    LAYER_WORDS,
    ClaimForm,
    EditClaimForm,
    QuickClaimForm,
    ReasonForm,
    initial_claim,
)
from annotations.web.forms.disputes import members_of, span_words
from annotations.web.lists import kept, known, page_of, words_of
from annotations.web.members import member_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

EVENTS_SHOWN = 12
JOINED = ("project", "owner", "author")
MOVES: dict[str, tuple[Callable[..., Claim], str]] = {
    "take": (services.take_claim, "You took the claim. It is yours now."),
    "park": (services.park_claim, "You parked the claim."),
    "resume": (services.resume_claim, "The claim is back in the inbox."),
    "reject": (services.reject_claim, "You rejected the claim."),
    "reconsider": (services.reconsider_claim, "The claim is back in the inbox."),
}
NEED_A_REASON = frozenset({"park", "reject"})


@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: WebRequest, slug: str) -> HttpResponse:
    """The claims of a project, by state, owner and layer; a POST makes one."""
    if request.method == "POST":
        return add_claim(request, slug)
    return claims_page(request, visible(Project, request.user, slug=slug), ClaimForm())


def claims_page(
    request: WebRequest, project: Project, form: WriteForm, error: WorkbenchError | None = None
) -> HttpResponse:
    rows = Claim.objects.visible_to(request.user).active().filter(project=project)
    state, layer = known(request.GET.get("state"), CLAIM_STATES), known(request.GET.get("layer"), LAYER_WORDS)
    owner, words = request.GET.get("owner", ""), words_of(request)
    members = members_of(project)
    narrowed = {"state": state, "layer": layer, "owner": known(owner, members)}
    rows = rows.filter(**{name: word for name, word in narrowed.items() if word})
    rows = rows.filter(text__icontains=words) if words else rows
    shown, next_before = page_of(
        request, rows.select_related("owner").annotate(passages=counted_for("claim", request.user))
    )
    context = narrowed | {
        "section": "project",
        "project": project,
        "rows": shown,
        "next_before": next_before,
        "kept": kept(request, "state", "layer", "owner", "q"),
        "states": CLAIM_STATES,
        "layers": LAYER_WORDS,
        "members": members,
        "words": words,
        "form": form,
        "may": may_add_claim(request.user, project.pk),
        "error": error,
    }
    return page(request, "annotations/claims/list.html", context, status_of(error) if error else 200)


def add_claim(request: WebRequest, slug: str) -> HttpResponse:
    """From an inspector (field `annotation`) the claim that these words make; else a claim on its own."""
    project = visible(Project, request.user, slug=slug)
    at = inspector.inspected(request)
    form: WriteForm = QuickClaimForm(request.POST) if at else ClaimForm(request.POST)
    wanted = [request.POST["annotation"]] if request.POST.get("annotation") else request.POST.getlist("mentions")

    def perform() -> Claim:
        mentions = related_many(Annotation, wanted, person=request.user, project=project, field="mentions")
        return services.add_claim(by=request.user, project=project, mentions=mentions, **filled(form))

    def on_done(claim: Claim) -> HttpResponse:
        return inspector.shown(request, at) if at else go(request, reverse("web:claim", args=[claim.pk]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        if at:
            return inspector.refused(request, at, error, {"claim": form})
        form.refuse(error)
        return claims_page(request, project, form, error)

    return perform_write(request, perform, on_done, on_error)


# -- one claim --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """The page of a claim; a POST changes it."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    return edit_claim(request, row) if request.method == "POST" else claim_page(request, row)


def claim_page(
    request: WebRequest,
    row: Claim,
    *,
    edit_form: EditClaimForm | None = None,
    reason_forms: dict[str, WriteForm] | None = None,
    error: WorkbenchError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everything about one claim, with the forms that were refused as they were typed."""
    person, project = request.user, row.project
    members = members_of(project)
    ledger = ledger_of([row.pk], person)
    mentions, known_attributions = queries.mentions_of(row, person)
    form = edit_form or EditClaimForm(initial=initial_claim(row), members=members)
    context = {
        "section": "project",
        "project": project,
        "claim": row,
        "mentions": mentions,
        "through": through_choices(known_attributions),
        "spans": [(str(span.pk), span_words(span)) for span in queries.spans_beside(mentions, project, person)],
        "ledger": ledger,
        "counted": ledger.counted.get(row.pk, []),
        "disputes": queries.disputes_over(row, person),
        "moves": queries.possible_moves(row, person),
        "reason_forms": {verb: ReasonForm(called=verb) for verb in NEED_A_REASON} | (reason_forms or {}),
        "form": form,
        "may_edit": may_edit_claim(person, row),
        "may_add": may_add_claim(person, project.pk),
        "may_add_evidence": may_add_evidence(person, project.pk),
        "may_open_dispute": may_open_dispute(person, project.pk),
        "events": told(history_of("claim", row.pk, person)[:EVENTS_SHOWN], person, {str(row.pk): ""}),
        "error": error,
        "differences": differences(error, edit_form, initial_claim(row)) if edit_form else [],
    }
    return page(request, "annotations/claims/detail.html", context, status)


def through_choices(attributions: dict[UUID, Attribution]) -> list[tuple[UUID | None, str, str]]:
    """The sayings through which a claim may be made: (their article, id, words)."""
    return [(row.article_id, str(pk), saying_of(row).name) for pk, row in attributions.items()]


def edit_claim(request: WebRequest, row: Claim) -> HttpResponse:
    form = EditClaimForm(request.POST, initial=initial_claim(row), members=members_of(row.project))

    def perform() -> Claim:
        said = filled(form)
        if "owner" in said:
            said["owner"] = member_named(row.project, said["owner"])
        if "deadline" in said:
            said["deadline"] = day_in(said["deadline"])
        return services.edit_claim(by=request.user, claim=row, version=version_of(request), **unchanged(said, row))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        as_stored = visible(Claim, request.user, *JOINED, pk=row.pk)
        return claim_page(request, as_stored, edit_form=form, error=error, status=status_of(error))

    return perform_write(request, perform, lambda claim: done(request, claim, "Saved."), on_error)


def day_in(words: str) -> date | None:
    """A day of the calendar. Raises Invalid for anything else but nothing."""
    if not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise Invalid.field("deadline", "A day, as YYYY-MM-DD.") from None


def done(request: WebRequest, claim: Claim, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go(request, reverse("web:claim", args=[claim.pk]))


@require_POST
def move_claim(request: WebRequest, pk: UUID, verb: str) -> HttpResponse:
    """Take, park, resume, reject or reconsider, as the address says."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    service, sentence = MOVES[verb]
    form = ReasonForm(request.POST, called=verb) if verb in NEED_A_REASON else WriteForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        as_stored = visible(Claim, request.user, *JOINED, pk=pk)
        return claim_page(request, as_stored, reason_forms={verb: form}, error=error, status=status_of(error))

    return perform_write(
        request,
        lambda: service(by=request.user, claim=row, version=version_of(request), **filled(form)),
        lambda claim: done(request, claim, sentence),
        on_error,
    )


@require_POST
def trash_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Claim, request.user, "project", pk=pk)
    address = reverse("web:claim", args=[pk])
    return trashed(
        request, lambda version: services.trash_claim(by=request.user, claim=row, version=version), address, "claim"
    )


@require_POST
def restore_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Claim, request.user, "project", pk=pk)
    address = reverse("web:claim", args=[pk])
    return restored(
        request, lambda version: services.restore_claim(by=request.user, claim=row, version=version), address, "claim"
    )


# -- where it is made -------------------------------------------------------------------------------------------------


@require_POST
def add_mention(request: WebRequest, pk: UUID) -> HttpResponse:
    """Say that one more annotation makes this claim."""
    row = visible(Claim, request.user, "project", pk=pk)

    def perform() -> ClaimMention:
        wanted = request.POST.get("annotation", "")
        annotation = related(Annotation, wanted, person=request.user, project=row.project, field="annotation")
        return services.add_mention(by=request.user, claim=row, annotation=annotation)

    return perform_write(request, perform, lambda _: done(request, row, "The place was added."))


@require_POST
def edit_mention(request: WebRequest, pk: UUID) -> HttpResponse:
    """Say through which attribution the claim is made here."""
    mention = visible(ClaimMention, request.user, "claim__project", pk=pk)

    def perform() -> ClaimMention:
        wanted, project = request.POST.get("attribution", ""), mention.claim.project
        through = (
            related(Attribution, wanted, person=request.user, project=project, field="attribution") if wanted else None
        )
        return services.edit_mention(by=request.user, mention=mention, version=version_of(request), attribution=through)

    return perform_write(request, perform, lambda row: done(request, row.claim, "Saved."))


@require_POST
def remove_mention(request: WebRequest, pk: UUID) -> HttpResponse:
    mention = visible(ClaimMention, request.user, "claim__project", pk=pk)
    return perform_write(
        request,
        lambda: services.remove_mention(by=request.user, mention=mention, version=version_of(request)),
        lambda row: done(request, row.claim, "The place was taken away."),
    )
