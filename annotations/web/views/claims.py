"""Claims: the list, the page of one, making and changing them, where they are made, their moves, merging, splitting."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.normalising import doubts_about
from annotations.models import Annotation, Attribution, Claim, ClaimMention, Project
from annotations.models.claims import CLAIM_STATES
from annotations.policies.claims import may_add_claim, may_edit_claim
from annotations.queries import claims as queries
from annotations.queries.evidence import counted_for
from annotations.queries.lookups import as_uuid, related, related_many, visible
from annotations.refusals import status_of
from annotations.services import claims as services
from annotations.services import merging
from annotations.web import claim_page as pages
from annotations.web import inspector, ranking
from annotations.web.claim_page import JOINED, claim_page
from annotations.web.fields import WriteForm, filled, unchanged, version_of
from annotations.web.forms.claims import (
    LAYER_WORDS,
    NEED_A_REASON,
    ClaimForm,
    EditClaimForm,
    MergeForm,
    QuickClaimForm,
    ReasonForm,
    initial_claim,
    part_forms,
)
from annotations.web.forms.disputes import members_of, span_words
from annotations.web.lists import kept, known, page_of, words_of
from annotations.web.members import member_named
from annotations.web.named import agent_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.trashing import restored, trashed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOVES: dict[str, tuple[Callable[..., Claim], "StrOrPromise"]] = {
    "take": (services.take_claim, _("You took the claim. It is yours now.")),
    "park": (services.park_claim, _("You parked the claim.")),
    "resume": (services.resume_claim, _("The claim is back in the inbox.")),
    "reject": (services.reject_claim, _("You rejected the claim.")),
    "reconsider": (services.reconsider_claim, _("The claim is back in the inbox.")),
}
LONGEST_LOOKED_UP, NEAR_SHOWN = 2_000, 10


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
    at = at if at and at.project_id == project.pk else None  # of another project: its screen is not this one's
    form: WriteForm = QuickClaimForm(request.POST) if at else ClaimForm(request.POST)
    wanted = [request.POST["annotation"]] if request.POST.get("annotation") else request.POST.getlist("mentions")

    def perform() -> Claim:
        mentions = related_many(Annotation, wanted, person=request.user, project=project, field="mentions")
        said = with_claimant(request, project, filled(form))
        return services.add_claim(by=request.user, project=project, mentions=mentions, **said)

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
    """The page of a claim, or the inside of one fold (`?fold=`); a POST changes it."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    if request.method == "POST":
        return edit_claim(request, row)
    name = request.GET.get("fold", "")
    return pages.claim_fold(request, row, name) if name else claim_page(request, row)


def edit_claim(request: WebRequest, row: Claim) -> HttpResponse:
    form = EditClaimForm(request.POST, initial=initial_claim(row), members=members_of(row.project))

    def perform() -> Claim:
        said = with_claimant(request, row.project, unchanged(filled(form), row), row)
        if "owner" in said:
            said["owner"] = member_named(row.project, said["owner"])
        if "deadline" in said:
            said["deadline"] = day_in(said["deadline"])
        return services.edit_claim(by=request.user, claim=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        as_stored = visible(Claim, request.user, *JOINED, pk=row.pk)
        return claim_page(request, as_stored, edit_form=form, error=error, status=status_of(error))

    return perform_write(request, perform, lambda claim: done(request, claim, gettext("Saved.")), on_error)


def with_claimant(
    request: WebRequest, project: Project, said: dict[str, Any], row: Claim | None = None
) -> dict[str, Any]:
    """What was typed with an agent for the name of who made the claim: the one of that name, or a new one."""
    if "claimant" not in said:
        return said
    name = said["claimant"].strip()
    if row and row.claimant and row.claimant.name == name:
        return said | {"claimant": row.claimant}
    return said | {"claimant": agent_named(request.user, project, name, kind="person", field="claimant")}


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
    """Take, park, resume, reject or reconsider, as the address says; from the queue, back into the queue."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    service, sentence = MOVES[verb]
    form = ReasonForm(request.POST, called=verb) if verb in NEED_A_REASON else WriteForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        if ranking.is_asked(request) and request.htmx:
            return ranking.refused(request, row, error, {verb: form})
        as_stored = visible(Claim, request.user, *JOINED, pk=pk)
        return claim_page(request, as_stored, reason_forms={verb: form}, error=error, status=status_of(error))

    def on_done(claim: Claim) -> HttpResponse:
        return ranking.shown(request, claim) if ranking.is_asked(request) else done(request, claim, str(sentence))

    return perform_write(
        request,
        lambda: service(by=request.user, claim=row, version=version_of(request), **filled(form)),
        on_done,
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


@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the next places where a claim is made (`?start=`), or those to choose from (`?choose=1`). POST: one more."""
    row = visible(Claim, request.user, "project", pk=pk)
    if request.method == "POST":
        return add_mention(request, row)
    if request.GET.get("choose"):
        words = words_of(request)
        spans = [(str(span.pk), span_words(span)) for span in queries.spans_beside(row, request.user, words)]
        name = "_place_form" if request.htmx else "mentions"
        context = {"section": "project", "project": row.project, "claim": row, "spans": spans, "words": words}
        return page(request, f"annotations/claims/{name}.html", context)
    start = request.GET.get("start", "")
    context = {"section": "project", "project": row.project, "claim": row}
    context |= {"may_edit": may_edit_claim(request.user, row), "spans": None}
    is_number = start.isascii() and start.isdigit() and len(start) < 8
    context |= pages.mentions(request.user, row, int(start) if is_number else 0)
    name = "_mention_list" if request.htmx else "mentions"
    return page(request, f"annotations/claims/{name}.html", context)


def add_mention(request: WebRequest, row: Claim) -> HttpResponse:
    """Say that one more annotation makes this claim."""

    def perform() -> ClaimMention:
        wanted = request.POST.get("annotation", "")
        annotation = related(Annotation, wanted, person=request.user, project=row.project, field="annotation")
        return services.add_mention(by=request.user, claim=row, annotation=annotation)

    return perform_write(request, perform, lambda _: done(request, row, gettext("The place was added.")))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_mention(request: WebRequest, pk: UUID) -> HttpResponse:
    """One place where a claim is made; a POST says through which attribution."""
    mention = visible(ClaimMention, request.user, "claim__project", pk=pk)
    if request.method != "POST":
        return pages.mention_fold(request, mention)

    def perform() -> ClaimMention:
        wanted, project = request.POST.get("attribution", ""), mention.claim.project
        through = (
            related(Attribution, wanted, person=request.user, project=project, field="attribution") if wanted else None
        )
        return services.edit_mention(by=request.user, mention=mention, version=version_of(request), attribution=through)

    return perform_write(request, perform, lambda row: done(request, row.claim, gettext("Saved.")))


@require_POST
def remove_mention(request: WebRequest, pk: UUID) -> HttpResponse:
    mention = visible(ClaimMention, request.user, "claim__project", pk=pk)
    return perform_write(
        request,
        lambda: services.remove_mention(by=request.user, mention=mention, version=version_of(request)),
        lambda row: done(request, row.claim, gettext("The place was taken away.")),
    )


# -- have we checked this before? -------------------------------------------------------------------------------------


@require_safe
def similar_claims(request: WebRequest, slug: str) -> HttpResponse:
    """While a claim is written: those like it with state and verdict, and what makes these words hard to check."""
    project = visible(Project, request.user, slug=slug)
    text = request.GET.get("text", "").replace("\x00", "�")[:LONGEST_LOOKED_UP]
    layer, language = request.GET.get("layer", "so"), request.GET.get("language", "")
    written = as_uuid(request.GET.get("claim", ""))
    claim = Claim.objects.visible_to(request.user).filter(project=project, pk=written).first() if written else None
    context = {
        "project": project,
        "found": queries.checked_before(text, project, request.user, claim=claim) if text.strip() else [],
        "doubts": doubts_about(text, layer) if language in ("", "en") else [],
        "asked": bool(text.strip()),
    }
    return page(request, "annotations/claims/_similar.html", context)


# -- two that are one, one that is several ----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def merge_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """Which claim stays is chosen among those that are like it, or named by its address."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    if request.method != "POST":
        return merge_page(request, row, MergeForm())
    form = MergeForm(request.POST)

    def perform() -> Claim:
        wanted = filled(form)["into"].strip().rstrip("/").rpartition("/")[2]
        into = related(Claim, wanted, person=request.user, project=row.project, field="into")
        return merging.merge_claim(by=request.user, claim=row, version=version_of(request), into=into)

    def on_done(claim: Claim) -> HttpResponse:
        messages.success(request, gettext("The claim was merged into this one."))
        return go(request, reverse("web:claim", args=[claim.merged_into_id]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return merge_page(request, row, form, error)

    return perform_write(request, perform, on_done, on_error)


def merge_page(request: WebRequest, row: Claim, form: MergeForm, error: WorkbenchError | None = None) -> HttpResponse:
    words = words_of(request)
    near = queries.checked_before(
        words or row.text, row.project, request.user, claim=None if words else row, limit=NEAR_SHOWN + 1
    )
    found = [one for one in near if one.claim.pk != row.pk][:NEAR_SHOWN]
    move = next(move for move in queries.possible_reshapings(row, request.user) if move.verb == "merge")
    context = {"section": "project", "project": row.project, "claim": row, "form": form, "move": move}
    context |= {"found": found, "words": words}
    return page(request, "annotations/claims/merge.html", context, status_of(error) if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def split_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """Claims of their own, with the places that make each of them."""
    row = visible(Claim, request.user, *JOINED, pk=pk)
    made = queries.mentions_of(row, request.user).mentions
    places = [(str(one.mention.annotation_id), span_words(one.mention.annotation)) for one in made]
    forms = part_forms(request.POST if request.method == "POST" else None, places)
    if request.method != "POST":
        return split_page(request, row, forms)

    def perform() -> Claim:
        parts = []
        for typed in map(filled, forms):
            text, wanted, project = typed.get("text", ""), typed.get("mentions", []), row.project
            chosen = related_many(Annotation, wanted, person=request.user, project=project, field="mentions")
            if chosen and not text.strip():
                raise Invalid.field("parts", "A place was chosen for a part that has no words yet: write them down.")
            if text.strip():
                parts.append(merging.Part(text, chosen))
        merging.split_claim(by=request.user, claim=row, version=version_of(request), parts=parts)
        return row

    def on_error(error: WorkbenchError) -> HttpResponse:
        forms[0].refuse(error)
        return split_page(request, row, forms, error)

    return perform_write(
        request, perform, lambda claim: done(request, claim, gettext("New claims were made.")), on_error
    )


def split_page(request: WebRequest, row: Claim, forms: list[Any], error: WorkbenchError | None = None) -> HttpResponse:
    move = next(move for move in queries.possible_reshapings(row, request.user) if move.verb == "split")
    context = {"section": "project", "project": row.project, "claim": row, "forms": forms, "move": move, "error": error}
    return page(request, "annotations/claims/split.html", context, status_of(error) if error else 200)
