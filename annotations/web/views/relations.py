"""Relations: drawn from the inspector's form or by the arrow on the screen, changed, turned, trashed, restored.

Each answers with the inspector of the annotation from which it was sent (field `annotation`), or with a redirect.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Annotation, Article, Relation
from annotations.queries.lookups import related, visible
from annotations.services import relations as services
from annotations.web import inspector
from annotations.web.arcs import form_for
from annotations.web.desk import labels_of
from annotations.web.fields import WriteForm, filled, unchanged, version_of
from annotations.web.forms.relations import NewRelationForm
from annotations.web.marks import marks_on
from annotations.web.named import label_named, told_as
from annotations.web.requests import WebRequest
from annotations.web.respond import perform_write, refusal

ROWS = ("project", "label", "article", "from_annotation", "to_annotation")
SHOWN = ("article__project", "revision", "label", "author")


@require_POST
def add_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    """From the arrow: `from` and `to`. From the inspector's form: `annotation`, `other` and `way`."""
    article = visible(Article, request.user, "project", pk=pk)
    here = inspector.inspected(request)
    form = new_form(request, here) if here and "other" in request.POST else None

    def perform() -> Relation:
        typed = filled(form) if form else {"label": request.POST.get("label", ""), "note": request.POST.get("note", "")}
        ends = ends_sent(request, article)
        label = label_named(article.project, typed["label"])
        with told_as(to="other", **{"from": "other"}) if form else told_as():
            return services.add_relation(by=request.user, **ends, label=label, note=typed.get("note", ""))

    def on_error(error: WorkbenchError) -> HttpResponse:
        if here and form:
            return inspector.refused(request, here, error, {"relation": form})
        return refusal(request, error)

    return perform_write(request, perform, lambda row: shown(request, row), on_error)


def new_form(request: WebRequest, here: Annotation) -> NewRelationForm:
    marks = marks_on(here.article, here.revision, request.user)
    others = [(pk, words) for pk, words in inspector.spans_offered(here, marks) if pk != str(here.pk)]
    return NewRelationForm(request.POST, labels=labels_of(here.article)["relation_labels"], others=others)


def ends_sent(request: WebRequest, article: Article) -> dict[str, Annotation]:
    """The two annotations, both of this article. Raises Invalid."""
    posted = request.POST
    if "other" in posted:
        pair = [("annotation", posted.get("annotation", "")), ("other", posted["other"])]
        (start, end) = reversed(pair) if posted.get("way") == "from" else pair
    else:
        start, end = ("from", posted.get("from", "")), ("to", posted.get("to", ""))
    return {"from_annotation": end_named(request, article, *start), "to_annotation": end_named(request, article, *end)}


def end_named(request: WebRequest, article: Article, field: str, pk: str) -> Annotation:
    row = related(Annotation, pk, person=request.user, project=article.project, field=field)
    if row.article_id != article.pk:
        raise Invalid.field(field, _("There is no such annotation in this article."))
    return row


def found(request: WebRequest, pk: UUID) -> Relation:
    return visible(Relation, request.user, *ROWS, pk=pk)


def shown(request: WebRequest, row: Relation, **beside: Any) -> HttpResponse:
    """The annotation that the form was sent from, else the one where the arrow begins."""
    here = inspector.inspected(request)
    pk = here.pk if here and here.pk in (row.from_annotation_id, row.to_annotation_id) else row.from_annotation_id
    annotation = visible(Annotation, request.user, *SHOWN, pk=pk)
    return inspector.shown(request, annotation, beside=beside)


@require_POST
def edit_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    """The label and the note."""
    row = found(request, pk)
    form = form_for(row, labels_of(row.article)["relation_labels"], request.POST)

    def perform() -> Relation:
        typed = unchanged(filled(form), row)
        if "label" in typed:
            typed["label"] = label_named(row.project, typed["label"])
        return services.edit_relation(by=request.user, relation=row, version=version_of(request), **typed)

    return written(request, row, perform, form)


@require_POST
def turn_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return written(
        request, row, lambda: services.turn_relation(by=request.user, relation=row, version=version_of(request))
    )


@require_POST
def trash_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return perform_write(
        request,
        lambda: services.trash_relation(by=request.user, relation=row, version=version_of(request)),
        lambda _: shown(request, row, relation_trashed=found(request, pk)),
    )


@require_POST
def restore_relation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    undone = {"ids": [str(row.pk)]}
    return perform_write(
        request,
        lambda: services.restore_relation(by=request.user, relation=row, version=version_of(request)),
        lambda _: trigger_client_event(shown(request, row), "undone", undone, after="settle"),
    )


def written(request: WebRequest, row: Relation, perform: Any, form: WriteForm | None = None) -> HttpResponse:
    """The inspector again, or with the refused form open in it."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        here = inspector.inspected(request)
        if here is None:
            return refusal(request, error)
        return inspector.refused(request, here, error, {f"relation:{row.pk}": form} if form else {})

    return perform_write(request, perform, lambda _: shown(request, row), on_error)
