"""Questions with their answers, and searches: a page of a claim, fetched into the claim's page when it is opened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, Evidence, Question, Search
from annotations.policies.questions import may_add_question, may_add_search, may_edit_question, may_edit_search
from annotations.queries import questions as queries
from annotations.queries.history import history_of, told
from annotations.queries.lookups import related, visible
from annotations.refusals import status_of
from annotations.services import questions as services
from annotations.web.fields import WriteForm, filled, posted, unchanged, version_of
from annotations.web.forms.questions import AnswerForm, QuestionForm, SearchForm, initial_answer, initial_search
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, region
from annotations.web.settling import evidence_heard
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

EVENTS_SHOWN = 10
FREE_ANSWERS = 2  # empty forms beside the answers that are there


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: WebRequest, pk: UUID) -> HttpResponse:
    """The questions and searches of a claim; a POST asks one more, with an answer where one is given."""
    claim = visible(Claim, request.user, "project", pk=pk)
    if request.method != "POST":
        return questions_page(request, claim)
    form, answer = QuestionForm(request.POST), answer_forms(request, claim, [], 1)[0]

    def perform() -> Question:
        text, said = filled(form)["text"], answers_in(request, claim, [answer])
        return services.add_question(by=request.user, claim=claim, text=text, answers=said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return questions_page(request, claim, {"form": form, "answer_form": answer}, error)

    return perform_write(
        request, perform, lambda _: to_questions(request, pk, gettext("The question is asked.")), on_error
    )


def questions_page(
    request: WebRequest, claim: Claim, forms: dict[str, WriteForm] | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    person = request.user
    context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "questions": [(row, may_edit_question(person, row)) for row in queries.questions_of(claim, person)],
        "searches": [(row, may_edit_search(person, row)) for row in queries.searches_of(claim, person)],
        "searches_taken_away": [
            (row, may_edit_search(person, row)) for row in queries.searches_of(claim, person, taken_away=True)
        ],
        "form": QuestionForm(),
        "search_form": SearchForm(),
        "answer_form": answer_forms(None, claim, [], 1, request)[0],
        "may": may_add_question(person, claim.project_id),
        "may_search": may_add_search(person, claim.project_id),
        "error": error,
        **(forms or {}),
    }
    if getattr(request, "htmx", False) and request.method != "POST":
        return region(request, "annotations/questions/_questions.html", context)
    return page(request, "annotations/questions/list.html", context, status_of(error) if error else 200)


def answer_forms(
    posted: WebRequest | None, claim: Claim, initial: list[dict[str, Any]], free: int, request: WebRequest | None = None
) -> list[AnswerForm]:
    """A form for each answer and some empty ones, as they were sent where there is a request."""
    asks = posted or request
    assert asks
    menu = evidence_heard([claim.pk], asks.user).get(claim.pk, [])
    data = posted.POST if posted else None
    rows: list[dict[str, Any]] = [*initial, *({} for _ in range(free))]
    return [AnswerForm(data, number=number, evidence=menu, initial=row) for number, row in enumerate(rows)]


def answers_in(request: WebRequest, claim: Claim, forms: list[AnswerForm]) -> list[dict[str, Any]]:
    """What was typed into these forms; those without a kind are no answers."""
    said = [filled(form) for form in forms]
    return [
        {name: answer.get(name, "") for name in ("type", "text", "explanation")}
        | {
            "evidence": related(
                Evidence, answer["evidence"], person=request.user, project=claim.project, field="answers"
            )
            if answer.get("evidence")
            else None
        }
        for answer in said
        if answer.get("type")
    ]


def to_questions(request: WebRequest, pk: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go(request, reverse("web:questions", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: WebRequest, pk: UUID) -> HttpResponse:
    """One question with its answers; a POST changes them."""
    row = visible(Question, request.user, "project", "claim", "author", pk=pk)
    stored = [initial_answer(answer) for answer in row.answers.order_by("id")]
    posted = request if request.method == "POST" else None
    form = QuestionForm(request.POST if posted else None, initial={"text": row.text})
    answers = answer_forms(posted, row.claim, stored, FREE_ANSWERS, request)
    if posted is None:
        return question_page(request, row, form, answers)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return question_page(request, row, form, answers, error)

    def perform() -> Question:
        text, said = filled(form)["text"], answers_in(request, row.claim, answers)
        return services.edit_question(
            by=request.user, question=row, version=version_of(request), text=text, answers=said
        )

    return perform_write(request, perform, lambda _: go(request, reverse("web:question", args=[pk])), on_error)


def question_page(
    request: WebRequest,
    row: Question,
    form: QuestionForm,
    answers: list[AnswerForm],
    error: WorkbenchError | None = None,
) -> HttpResponse:
    context = {
        "section": "project",
        "project": row.project,
        "question": row,
        "form": form,
        "answers": answers,
        "may": may_edit_question(request.user, row),
        "events": told(history_of("question", row.pk, request.user)[:EVENTS_SHOWN], request.user, {str(row.pk): ""}),
        "error": error,
    }
    return page(request, "annotations/questions/detail.html", context, status_of(error) if error else 200)


@require_POST
def trash_question(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Question, request.user, pk=pk)
    address = reverse("web:question", args=[pk])
    return trashed(
        request,
        lambda version: services.trash_question(by=request.user, question=row, version=version),
        address,
        "question",
    )


@require_POST
def restore_question(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Question, request.user, pk=pk)
    address = reverse("web:question", args=[pk])
    return restored(
        request,
        lambda version: services.restore_question(by=request.user, question=row, version=version),
        address,
        "question",
    )


# -- searches ---------------------------------------------------------------------------------------------------------


@require_POST
def add_search(request: WebRequest, pk: UUID) -> HttpResponse:
    claim = visible(Claim, request.user, "project", pk=pk)
    form = SearchForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return questions_page(request, claim, {"search_form": form}, error)

    return perform_write(
        request,
        lambda: services.add_search(by=request.user, claim=claim, **filled(form)),
        lambda _: to_questions(request, pk, gettext("The search is logged.")),
        on_error,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: WebRequest, pk: UUID) -> HttpResponse:
    """One search of the log; a POST changes what was logged."""
    row = visible(Search, request.user, "project", "claim", "author", pk=pk)
    form = SearchForm(posted(request), initial=initial_search(row))
    if request.method != "POST":
        return search_page(request, row, form)

    def perform() -> Search:
        said = unchanged(filled(form), row)
        return services.edit_search(by=request.user, search=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return search_page(request, visible(Search, request.user, "project", "claim", "author", pk=pk), form, error)

    return perform_write(
        request, perform, lambda _: to_questions(request, row.claim_id, gettext("The search is changed.")), on_error
    )


def search_page(
    request: WebRequest, row: Search, form: SearchForm, error: WorkbenchError | None = None
) -> HttpResponse:
    context = {
        "section": "project",
        "project": row.project,
        "search": row,
        "form": form,
        "may": may_edit_search(request.user, row),
        "events": told(history_of("search", row.pk, request.user)[:EVENTS_SHOWN], request.user, {str(row.pk): ""}),
        "error": error,
        "differences": differences(error, form, initial_search(row)),
    }
    return page(request, "annotations/questions/search.html", context, status_of(error) if error else 200)


@require_POST
def trash_search(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Search, request.user, pk=pk)
    return perform_write(
        request,
        lambda: services.trash_search(by=request.user, search=row, version=version_of(request)),
        lambda _: to_questions(request, row.claim_id, gettext("The search is taken away.")),
    )


@require_POST
def restore_search(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Search, request.user, pk=pk)
    return perform_write(
        request,
        lambda: services.restore_search(by=request.user, search=row, version=version_of(request)),
        lambda _: to_questions(request, row.claim_id, gettext("The search is back in the log.")),
    )
