"""Reports: what strangers read, and what the desk does about it.

What is public here says so itself (`login_not_required`) and is looked up through `queries.reports`, which knows what
strangers may read; everything else is closed by default, as everywhere. The pages of readers have no script.
"""

import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import NotFound, Refused, WorkbenchError
from annotations.models import Claim, Correction, CorrectionRequest, Dispute, Project, Report
from annotations.models.reports import REQUEST_STATES
from annotations.policies.reports import may_answer_correction_requests, may_correct, may_publish
from annotations.queries import reports as queries
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import reports as services
from annotations.web.drawing import map_in
from annotations.web.fields import WriteForm, filled, posted, version_of
from annotations.web.forms.reports import (
    AnswerForm,
    AskForm,
    CorrectClaimForm,
    CorrectionForm,
    PublishForm,
    RetractForm,
)
from annotations.web.limits import count_write
from annotations.web.lists import kept, known, page_of
from annotations.web.report_page import preview_context, report_context, reviews_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write

LD_JSON = "application/ld+json"


# -- what strangers read ----------------------------------------------------------------------------------------------


def read(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """For whoever asks, and for every cache on the way, which asks us each time whether it is still so."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def shown_or_not_found(slug: str, number: int | None = None) -> queries.Published:
    shown = queries.published(slug, number)
    if shown is None:
        raise NotFound("There is nothing here.")
    return shown


@login_not_required
@require_safe
def report(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """The newest edition, or an earlier one by its number."""
    context = report_context(shown_or_not_found(slug, number))
    return read(request, render(request, "annotations/reports/report.html", context))


@login_not_required
@require_safe
def report_map(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The figure of the newest edition, on a page of its own: it weighs as much as the report."""
    shown = shown_or_not_found(slug)
    context = {
        "project": shown.report.project,
        "report": shown.report,
        "is_newest": True,
        "map": map_in(shown.content),
        "address": absolute(request),
    }
    return read(request, render(request, "annotations/reports/map.html", context))


@login_not_required
@require_safe
def claim_review(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The ClaimReview of every statement, as a file; none of a report that is retracted."""
    shown = shown_or_not_found(slug)
    reviews = [] if shown.report.state == "retracted" else reviews_of(shown)
    return read(request, JsonResponse(reviews, safe=False, content_type=LD_JSON))


def public_project(slug: str) -> Project:
    project = queries.public_project(slug)
    if project is None:
        raise NotFound("There is nothing here.")
    return project


@login_not_required
@require_safe
def public_reports(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a project has published. Of one that has published nothing, strangers learn nothing."""
    project = public_project(slug)
    context = {"project": project, "reports": queries.reports_of(project), "address": absolute(request)}
    return read(request, render(request, "annotations/reports/list.html", context))


@login_not_required
@require_safe
def public_corrections(request: HttpRequest, slug: str) -> HttpResponseBase:
    project = public_project(slug)
    context = {"project": project, "corrections": queries.corrections_of(project), "address": absolute(request)}
    return read(request, render(request, "annotations/reports/corrections.html", context))


def absolute(request: HttpRequest) -> str:
    return settings.BASE_URL + request.path


# -- what readers ask for ---------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_correction(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, where the project lets readers ask; and asking. A machine that fills in what nobody sees is thanked
    like everybody, and nothing is stored."""
    found = Report.objects.public().filter(slug=slug).select_related("project").first()
    if found is None or not found.project.correction_requests:
        raise NotFound("There is nothing here.")
    form = AskForm(posted(request))
    if request.method != "POST":
        return ask_page(request, found, form)
    if not request.POST.get("website"):
        try:
            said = filled(form)
            count_write(request)
            services.request_correction(report=found, **said)
        except WorkbenchError as error:
            form.refuse(error)
            return ask_page(request, found, form, status_of(error))
    return go(request, f"{request.path}?sent=1")


def ask_page(request: HttpRequest, found: Report, form: AskForm, status: int = 200) -> HttpResponse:
    context = {"report": found, "project": found.project, "form": form, "is_sent": "sent" in request.GET}
    return page(request, "annotations/reports/request.html", context, status)


# -- publishing -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def publish_dispute(request: WebRequest, pk: UUID) -> HttpResponse:
    return publishing(request, visible(Dispute, request.user, "project", pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def publish_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    return publishing(request, visible(Claim, request.user, "project", pk=pk))


def publishing(request: WebRequest, subject: Dispute | Claim) -> HttpResponse:
    """The form with the page as it would be; and publishing."""
    form = PublishForm(posted(request), initial={"title": services.question_of(subject)})
    if request.method != "POST":
        return publish_page(request, subject, form, None)

    def perform() -> Report:
        said = {"version": version_of(request), **filled(form)}
        if isinstance(subject, Dispute):
            return services.publish_dispute(by=request.user, dispute=subject, **said)
        return services.publish_claim(by=request.user, claim=subject, **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return publish_page(request, subject, form, error)

    return perform_write(request, perform, lambda row: go(request, reverse("web:report", args=[row.slug])), on_error)


def publish_page(
    request: WebRequest, subject: Dispute | Claim, form: PublishForm, error: WorkbenchError | None
) -> HttpResponse:
    report = queries.report_on(subject, request.user)
    resolution = subject.resolutions.visible_to(request.user).order_by("-number").first()
    title = report.title if report else services.question_of(subject)
    preview = preview_context(resolution, title) if resolution else {"project": subject.project}
    context = preview | {
        "section": "disputes",
        "subject": subject,
        "back": reverse(f"web:{subject.record_kind()}", args=[subject.pk]),
        "publish_url": reverse(f"web:publish_{subject.record_kind()}", args=[subject.pk]),
        "report": report,
        "form": form,
        "error": error,
        "has_preview": resolution is not None,
        "may_publish": may_publish(request.user, subject.project_id),
    }
    return page(request, "annotations/reports/publish.html", context, status_of(error) if error else 200)


# -- correcting -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def add_correction(request: WebRequest, slug: str) -> HttpResponse:
    """The desk's page of a report: what was corrected, and the form for the next correction or for taking it back."""
    found = visible(Report, request.user, "project", "dispute", "claim", slug=slug)
    form = CorrectionForm(posted(request), initial=asked_for(request, found))
    if request.method != "POST":
        return correction_page(request, found, form, None)

    def perform() -> Correction:
        return services.add_correction(by=request.user, report=found, **filled(form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return correction_page(request, found, form, error)

    return perform_write(request, perform, lambda row: go(request, reverse("web:report", args=[slug])), on_error)


def asked_for(request: WebRequest, found: Report) -> dict[str, str]:
    """What a reader asked for, as the beginning of the correction that answers it."""
    try:
        pk = UUID(request.GET.get("request", ""))
    except ValueError:
        return {}
    if not may_answer_correction_requests(request.user, found.project_id):
        return {}
    asked = found.correction_requests.filter(pk=pk).first()
    return {"why": asked.text} if asked else {}


def correction_page(
    request: WebRequest, found: Report, form: CorrectionForm, error: WorkbenchError | None
) -> HttpResponse:
    subject = found.subject
    context = {
        "section": "project",
        "project": found.project,
        "report": found,
        "back": reverse(f"web:{subject.record_kind()}", args=[subject.pk]),
        "corrections": list(found.corrections.order_by("-id")),
        "form": form,
        "error": error,
        "may_correct": may_correct(request.user, found.project_id),
        "is_open": found.state != "retracted",
    }
    return page(request, "annotations/reports/correct.html", context, status_of(error) if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """Take a published claim back into work, with a correction on its report."""
    claim = visible(Claim, request.user, "project", pk=pk)
    return moved(request, claim, CorrectClaimForm(posted(request)), services.correct_claim, "correct_claim")


@require_http_methods(["GET", "HEAD", "POST"])
def retract_claim(request: WebRequest, pk: UUID) -> HttpResponse:
    """Take a published answer back for good."""
    claim = visible(Claim, request.user, "project", pk=pk)
    return moved(request, claim, RetractForm(posted(request)), services.retract_claim, "retract_claim")


def moved(request: WebRequest, claim: Claim, form: WriteForm, service: Any, name: str) -> HttpResponse:
    def shown(error: WorkbenchError | None) -> HttpResponse:
        may = may_correct(request.user, claim.project_id)
        context = {"section": "claims", "project": claim.project, "claim": claim, "form": form, "name": name,
                   "action": reverse(f"web:{name}", args=[claim.pk]), "may": may}  # fmt: skip
        return page(request, "annotations/reports/take_back.html", context, status_of(error) if error else 200)

    if request.method != "POST":
        return shown(None)

    def perform() -> Claim:
        row: Claim = service(by=request.user, claim=claim, version=version_of(request), **filled(form))
        return row

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return shown(error)

    return perform_write(request, perform, lambda row: go(request, reverse("web:claim", args=[row.pk])), on_error)


# -- answering readers ------------------------------------------------------------------------------------------------


@require_safe
def correction_requests(request: WebRequest, slug: str) -> HttpResponse:
    """What readers asked for, the newest first."""
    project = visible(Project, request.user, slug=slug)
    may = may_answer_correction_requests(request.user, project.pk)
    if not may:
        raise Refused(may.reason)
    state = known(request.GET.get("state"), REQUEST_STATES)
    rows, next_before = page_of(request, queries.requests_of(project, state))
    context = {
        "section": "project",
        "project": project,
        "rows": rows,
        "next_before": next_before,
        "kept": kept(request, "state"),
        "state": state,
        "states": REQUEST_STATES,
        "form": AnswerForm(),
    }
    return page(request, "annotations/reports/requests.html", context)


@require_POST
def answer_correction_request(request: WebRequest, pk: UUID) -> HttpResponse:
    asked = visible(CorrectionRequest, request.user, "report__project", pk=pk)
    form = AnswerForm(request.POST)

    def perform() -> CorrectionRequest:
        return services.answer_correction_request(
            by=request.user, request=asked, version=version_of(request), **filled(form)
        )

    def on_done(row: CorrectionRequest) -> HttpResponse:
        if row.state == "accepted":
            return go(request, f"{reverse('web:add_correction', args=[asked.report.slug])}?request={row.pk}")
        return back_to_requests(request, asked)

    return perform_write(request, perform, on_done)


@require_POST
def erase_contact(request: WebRequest, pk: UUID) -> HttpResponse:
    asked = visible(CorrectionRequest, request.user, "report__project", pk=pk)

    def perform() -> CorrectionRequest:
        return services.erase_contact(by=request.user, request=asked, version=version_of(request))

    return perform_write(request, perform, lambda row: back_to_requests(request, asked))


def back_to_requests(request: WebRequest, asked: CorrectionRequest) -> HttpResponse:
    messages.success(request, gettext("Done."))
    return go(request, reverse("web:correction_requests", args=[asked.report.project.slug]))
