"""Comments: the threads on a record, writing in them, where one is called by name, and what becomes a guideline."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import WorkbenchError
from annotations.models import Comment, GuidelineVersion
from annotations.models.comments import COMMENTED
from annotations.policies.projects import may_edit_project
from annotations.queries.comments import latest_mentions
from annotations.queries.lookups import as_uuid, related, visible
from annotations.refusals import status_of
from annotations.services import comments as services
from annotations.services.guidelines import change_guidelines
from annotations.web.commenting import answered, commented, in_a_line, place_of, refused, threads_page
from annotations.web.fields import filled, posted, version_of
from annotations.web.forms.comments import CommentForm, GuidelinesForm, initial_from
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write

JOINED = ("project", "thread", *COMMENTED)


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: WebRequest, kind: str, pk: UUID) -> HttpResponse:
    """GET: the threads on a record. POST: add_comment."""
    row = commented(request, kind, pk)
    return add_comment(request, row) if request.method == "POST" else threads_page(request, row)


def add_comment(request: WebRequest, row: Any) -> HttpResponse:
    answers = request.POST.get("thread", "")
    place = f"answer-{answers}" if as_uuid(answers) else "new"
    form = CommentForm(request.POST, called=place if as_uuid(answers) else f"comment-{row.pk}")

    def perform() -> Comment:
        text = filled(form)["text"]
        thread = None
        if answers:
            thread = related(Comment, answers, person=request.user, project=row.project, field="thread")
        return services.add_comment(by=request.user, on=row, text=text, thread=thread)

    return perform_write(
        request,
        perform,
        lambda comment: answered(request, comment),
        lambda error: refused(request, row, place, form, error),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: on to the threads that it stands in. POST: edit_comment."""
    row = visible(Comment, request.user, *JOINED, pk=pk)
    if request.method != "POST":
        return go(request, place_of(row))
    form = CommentForm(request.POST, called=f"edit-{row.pk}")

    def perform() -> Comment:
        text = filled(form)["text"]
        return services.edit_comment(by=request.user, comment=row, version=version_of(request), text=text)

    return perform_write(
        request,
        perform,
        lambda changed: answered(request, changed),
        lambda error: refused(request, row.on, f"edit-{row.pk}", form, error),
    )


def moved(request: WebRequest, pk: UUID, service: Callable[..., Comment]) -> HttpResponse:
    row = visible(Comment, request.user, *JOINED, pk=pk)
    return perform_write(
        request,
        lambda: service(by=request.user, comment=row, version=version_of(request)),
        lambda changed: answered(request, changed),
        lambda error: refused(request, row.on, "", None, error),
    )


@require_POST
def trash_comment(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.trash_comment)


@require_POST
def restore_comment(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.restore_comment)


@require_POST
def resolve_comment(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.resolve_comment)


@require_POST
def reopen_comment(request: WebRequest, pk: UUID) -> HttpResponse:
    return moved(request, pk, services.reopen_comment)


# -- where one is called ----------------------------------------------------------------------------------------------


@require_safe
def mentioned(request: WebRequest) -> HttpResponse:
    """The comments that call the person by name, unread ones first."""
    rows = [(row, in_a_line(row.comment.on)) for row in latest_mentions(request.user)]
    unread = sum(row.seen_at is None for row, _ in rows)
    context = {"section": "queue", "rows": rows, "unread": unread}
    return page(request, "annotations/comments/mentions.html", context)


@require_POST
def see_mentions(request: WebRequest) -> HttpResponse:
    """One comment was read, which then opens; or all were."""
    pk = as_uuid(request.POST.get("comment", ""))
    if pk is None:
        services.see_mentions(by=request.user)
        return go(request, reverse("web:mentioned"))
    row = visible(Comment, request.user, *JOINED, pk=pk)
    services.see_mentions(by=request.user, comment=row)
    return go(request, place_of(row))


# -- a guideline of it ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def guideline_from(request: WebRequest, pk: UUID) -> HttpResponse:
    """The guidelines with the words of a thread behind them, for a manager to make a rule of; and change_guidelines."""
    row = visible(Comment, request.user, *JOINED, pk=pk)
    first = row.thread or row
    what = Truncator(in_a_line(first.on)).chars(120)
    words = gettext("A thread on “%(what)s”, begun by %(who)s.") % {"what": what, "who": first.author}
    form = GuidelinesForm(posted(request), initial=initial_from(row, row.project, words))
    if request.method != "POST":
        return guideline_page(request, row, form)

    def perform() -> GuidelineVersion:
        typed = filled(form)
        version = version_of(request)
        return change_guidelines(by=request.user, project=row.project, comment=first, version=version, **typed)

    def on_done(version: GuidelineVersion) -> HttpResponse:
        messages.success(request, gettext("Version %(number)s of the guidelines stands.") % {"number": version.number})
        return go(request, reverse("web:guidelines", args=[row.project.slug]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return guideline_page(request, visible(Comment, request.user, *JOINED, pk=pk), form, status_of(error))

    return perform_write(request, perform, on_done, on_error)


def guideline_page(request: WebRequest, row: Comment, form: GuidelinesForm, status: int = 200) -> HttpResponse:
    context = {
        "section": "project",
        "project": row.project,
        "comment": row,
        "back": place_of(row),
        "form": form,
        "may_edit": may_edit_project(request.user, row.project),
    }
    return page(request, "annotations/comments/guideline.html", context, status)
