"""The threads on one record as a region that any page fetches when it is opened, or as a page of their own.

Every write on a comment answers with that region as it is now, or with the reason in words where it belongs.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.core.errors import NotFound, Refused, WorkbenchError
from annotations.models import Annotation, Claim, Comment, Dispute, Evidence, Position, Resolution, Source
from annotations.models.comments import COMMENTED
from annotations.policies.comments import may_add_comment, may_edit_comment, may_resolve_comment, may_trash_comment
from annotations.policies.projects import may_edit_project
from annotations.queries.comments import Thread, members_to_call, threads_on
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.templatetags.words import in_words
from annotations.web.addresses import address_of
from annotations.web.forms.comments import CommentForm
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, region

MODELS: dict[str, Any] = {
    "annotation": Annotation,
    "claim": Claim,
    "evidence": Evidence,
    "position": Position,
    "resolution": Resolution,
    "source": Source,
    "dispute": Dispute,
}
assert set(MODELS) == set(COMMENTED)
Forms = dict[str, CommentForm]  # those that were refused, by where they stand: `new`, `answer-<id>`, `edit-<id>`


def commented(request: WebRequest, kind: str, pk: UUID) -> Any:
    """The record that threads are about. Raises NotFound, also for a word that is no kind."""
    if kind not in MODELS:
        raise NotFound("There is nothing here.")
    return visible(MODELS[kind], request.user, "project", pk=pk)


def threads_page(
    request: WebRequest, row: Any, *, forms: Forms | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    """The threads on a record: the region for htmx, else a page."""
    context = threads_context(request, row, forms or {}) | {"error": error}
    status = status_of(error) if error else 200
    if request.htmx:
        return region(request, "annotations/comments/_thread.html", context, status)
    return page(request, "annotations/comments/page.html", context, status)


def threads_context(request: WebRequest, row: Any, forms: Forms) -> dict[str, Any]:
    person, kind = request.user, type(row).record_kind()
    threads = threads_on(kind, row.pk, person)
    may_add = may_add_comment(person, row.project_id)
    return {
        "section": "disputes" if kind in ("dispute", "position", "resolution") else "project",
        "project": row.project,
        "row": row,
        "kind": kind,
        "subject": in_a_line(row),
        "back": page_of(row),
        "threads": [thread_shown(request, thread, forms) for thread in threads],
        "new_form": forms.get("new") or CommentForm(called=f"comment-{row.pk}"),
        "may_add": may_add,
        "members": members_to_call(row.project_id, person) if may_add else [],
        "may_make_guidelines": bool(may_edit_project(person, row.project)),
    }


def thread_shown(request: WebRequest, thread: Thread, forms: Forms) -> dict[str, Any]:
    first = thread.first
    return {
        "first": first,
        "is_resolved": thread.is_resolved,
        "comments": [comment_shown(request, row, forms) for row in (first, *thread.answers)],
        "answer_form": forms.get(f"answer-{first.pk}") or CommentForm(called=f"answer-{first.pk}"),
        "may_resolve": bool(may_resolve_comment(request.user, first)) and not first.trashed,
    }


def comment_shown(request: WebRequest, row: Comment, forms: Forms) -> dict[str, Any]:
    form = forms.get(f"edit-{row.pk}") or CommentForm(called=f"edit-{row.pk}", initial={"text": row.text})
    may_edit = bool(may_edit_comment(request.user, row)) and not row.trashed
    return {
        "comment": row,
        "form": form,
        "may_edit": may_edit,
        "may_trash": bool(may_trash_comment(request.user, row)),
    }


def page_of(row: Any) -> str:
    """Where a commented record stands: resolutions on the page of what they answer."""
    if isinstance(row, Resolution):
        about = ("dispute", row.dispute_id) if row.dispute_id else ("claim", row.claim_id)
        return f"{address_of(*about)}#resolution"
    return address_of(type(row).record_kind(), row.pk)


def in_a_line(row: Any) -> str:
    """What a thread is about, in words that stand alone."""
    if isinstance(row, Annotation):
        return f"“{row.quote}”"
    if isinstance(row, Position):
        return _("Position of %(agent)s: %(question)s") % {"agent": row.agent.name, "question": row.dispute.question}
    if isinstance(row, Evidence):
        return f"{row.source.title}: {in_words(row.stance)} “{row.claim.text}”"
    if isinstance(row, Resolution):
        return _("Resolution %(number)s: %(subject)s") % {"number": row.number, "subject": named(row.subject)}
    return named(row)


def named(row: "Dispute | Claim | Source") -> str:
    return row.question if isinstance(row, Dispute) else row.text if isinstance(row, Claim) else row.title


def place_of(comment: Comment) -> str:
    """The page of a comment's record with the comment in sight."""
    return f"{reverse('web:comments', args=[comment.on_kind, comment.on_id])}#comment-{comment.pk}"


def answered(request: WebRequest, comment: Comment) -> HttpResponse:
    """After a write: the threads as they are now."""
    if request.htmx:
        return threads_page(request, commented(request, comment.on_kind, comment.on_id))
    return go(request, place_of(comment))


def refused(request: WebRequest, row: Any, name: str, form: CommentForm | None, error: WorkbenchError) -> HttpResponse:
    """The threads with the reason: in the form where there is one that this person may use, else above them."""
    if form is None or isinstance(error, Refused):
        return threads_page(request, row, error=error)
    form.is_valid()
    form.refuse(error)
    response = threads_page(request, row, forms={name: form})
    response.status_code = status_of(error)
    return response
