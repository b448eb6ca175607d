"""Undo and redo on the annotate screen: every write there is remembered as an act, and its answer brings the buttons.

`web.respond` calls this for all writes, so that a view need not know of it. Two headers tell the page's own queue what
it cannot read from a region: the row's new version, and the words of a refusal.
"""

from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from annotations.core.errors import WorkbenchError
from annotations.models import Act, Annotation, Article
from annotations.queries.acts import undoable
from annotations.queries.lookups import as_uuid
from annotations.services.acts import record_act

BAR = "annotations/articles/_acts.html"
LONGEST_REFUSAL = 600  # code points in a header


def recorded(request: HttpRequest) -> Act | None:
    """The act that the open unit of work amounts to, if it can be undone."""
    return record_act(by=request.user, at=lambda project_id: article_at(request, project_id))  # type: ignore[arg-type]


def article_at(request: HttpRequest, project_id: UUID) -> UUID | None:
    """The article of this project on whose screen a form stood: as the browser says, or that of the annotation that the
    form names."""
    person: Any = request.user
    pk = article_in(request.headers.get("HX-Current-URL") or request.headers.get("referer", ""))
    if pk and Article.objects.visible_to(person).filter(pk=pk, project_id=project_id).exists():
        return pk
    named = as_uuid(request.POST.get("annotation", ""))
    rows = Annotation.objects.visible_to(person) if named else Annotation.objects.none()
    rows = rows.filter(pk=named, project_id=project_id)
    return rows.values_list("article_id", flat=True).first()


def article_in(address: str) -> UUID | None:
    try:
        match = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return None
    return match.kwargs["pk"] if match.view_name == "web:article" else None


def with_bar(request: HttpRequest, response: HttpResponse, act: Act | None, row: Any = None) -> HttpResponse:
    """The answer to a write of `row`, with the new buttons beside its region (out of band)."""
    if act and getattr(request, "htmx", False) and response.status_code == 200 and response.content:
        is_known = getattr(row, "article_id", None) == act.article_id  # then it need not be read again
        article = row.article if is_known else act.article
        # after an act there is nothing to redo
        context = {"article": article, "act_to_undo": act, "act_to_redo": None, "oob": True}
        response.content += render_to_string(BAR, context, request).encode()
    return response


def bar_context(person: Any, article: Article) -> dict[str, Any]:
    undo, redo = undoable(person, article)
    return {"article": article, "act_to_undo": undo, "act_to_redo": redo}


def with_version(response: HttpResponse, row: Any) -> HttpResponse:
    """For writes that wait behind this one and were made from the same form: the version that the row has now."""
    if getattr(row, "version", None) is not None:
        response["Workbench-Version"] = f"{row.pk} {row.version}"
    return response


def with_reason(response: HttpResponse, error: WorkbenchError) -> HttpResponse:
    """A refusal of the workbench's own, in words; what comes from a proxy or a lost session has no such header."""
    response["Workbench-Refused"] = quote(error.message[:LONGEST_REFUSAL])
    return response
