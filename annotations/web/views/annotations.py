"""Annotations: made from a mark or from offsets, relabelled, described, moved to the trash and back.

Each answers with the inspector's region and the gutter beside it, or by a redirect to the article; `web.inspector` and
`web.desk` say what is in them.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.errors import Invalid, WorkbenchError
from annotations.models import Annotation, Article, Label, Revision
from annotations.policies.annotations import may_add_annotation
from annotations.queries.lookups import related, visible
from annotations.refusals import status_of
from annotations.services import annotations as services
from annotations.web import inspector
from annotations.web.desk import desk_context, labels_of, newest_revision, swatches
from annotations.web.fields import filled, json_in, unchanged, version_of
from annotations.web.forms.annotations import EndsForm, NoteForm, OffsetsForm, SplitForm, as_json, segments_in
from annotations.web.marks import marks_on
from annotations.web.named import label_named
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, region
from annotations.web.shaping import merge_form

ROWS = ("article__project", "revision", "label", "author")
CONFIRM = "annotations/articles/confirm_mark.html"


@require_POST
def add_annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    """From a mark: `segments` and `quote` as JSON. From offsets: a page that shows the words first."""
    article = visible(Article, request.user, "project", pk=pk)
    if "start" in request.POST:
        return confirm_mark(request, article)

    new: list[Annotation] = []  # none where the same form came a second time

    def perform() -> Annotation:
        annotation = services.add_annotation(
            by=request.user,
            article=article,
            segments=json_in(request, "segments", []),
            quote=json_in(request, "quote", ""),
            label=label_named(article.project, request.POST.get("label", "")),
            note=request.POST.get("note", ""),
            revision=revision_sent(request, article),
        )
        new.append(annotation)
        return annotation

    return perform_write(
        request,
        perform,
        lambda annotation: made(request, annotation, is_new=bool(new)),
        lambda error: mark_refused(request, article, error),
    )


def made(request: WebRequest, annotation: Annotation, *, is_new: bool) -> HttpResponse:
    """The new annotation; where a newer text has come since the page was opened, on the page of the text it is in."""
    newest = annotation.article.revisions.newest().values_list("pk", flat=True)[0]
    if request.POST.get("revision", "") in ("", str(newest)):
        if is_new and annotation.segments:
            return inspector.made(request, annotation)
        return inspector.shown(request, visible(Annotation, request.user, *ROWS, pk=annotation.pk))
    if annotation.revision_id == newest:
        words = gettext("The text was corrected meanwhile. Your mark is kept, at its place in the corrected text.")
    else:
        words = gettext("The text was corrected meanwhile, and these words changed. Your mark waits for your look.")
    messages.info(request, words)
    return go(request, inspector.address_of(annotation))


def revision_sent(request: WebRequest, article: Article) -> Revision | None:
    """The revision on which the mark was made; the newest where the form does not say."""
    sent = request.POST.get("revision", "")
    if not sent:
        return None
    revision = related(Revision, sent, person=request.user, project=article.project, field="revision")
    if revision.article_id != article.pk:
        raise Invalid.field("revision", "There is no such revision of this article.")
    return revision


def confirm_mark(request: WebRequest, article: Article) -> HttpResponse:
    """The words between the offsets, as the server cuts them, before anything is stored."""
    form = OffsetsForm(request.POST)
    revision = newest_revision(article)
    try:
        filled(form)
        segments = segments_in(form)
        label = label_named(article.project, request.POST.get("label", ""))
        quote = quote_of(revision.text, segments)
        check_segments(revision.text, segments, quote)
    except WorkbenchError as error:
        form.refuse(error)
        return desk_refused(request, article, error, form)
    context = {
        "article": article,
        "project": article.project,
        "revision": revision,
        "label": swatches([label])[0],
        "quote": quote,
        "segments_json": as_json(segments),
        "quote_json": as_json(quote),
        "mark_url": request.path,
    }
    return page(request, CONFIRM, context)


def mark_refused(request: WebRequest, article: Article, error: WorkbenchError) -> HttpResponse:
    """A mark that was not stored: what was marked, and why not, in words."""
    if request.htmx:
        context = {"error": error, "article": article}
        return region(request, "annotations/annotations/_refused_mark.html", context, status_of(error))
    form = OffsetsForm()
    return desk_refused(request, article, error, form)


def desk_refused(request: WebRequest, article: Article, error: WorkbenchError, form: OffsetsForm) -> HttpResponse:
    revision = newest_revision(article)
    context = desk_context(request.user, article, revision) | {
        "annotation": None,
        "error": error,
        "offsets_form": form,
        "offsets_label": request.POST.get("label", ""),
    }
    return page(request, "annotations/articles/annotate.html", context, status_of(error))


# -- one annotation ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: its region for htmx, or one fold of it, else on to the article with the annotation chosen. POST: edit."""
    if request.method == "POST":
        return edit_annotation(request, pk)
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    if row.trashed or not request.htmx:
        return go(request, inspector.address_of(row))
    fold = request.GET.get("fold", "")
    return inspector.unfolded(request, row, fold) if fold else inspector.opened(request, row)


def edit_annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    """Whatever was sent of label, segments with quote, note and attributes."""
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    form = NoteForm(request.POST, label=row.label)
    has_note = "note" in request.POST
    ends = EndsForm(request.POST) if "start" in request.POST else None

    def perform() -> Annotation:
        fields = changes(request, row, form, has_note) | (ends_in(ends, row) if ends else {})
        return services.edit_annotation(by=request.user, annotation=row, version=version_of(request), **fields)

    forms = {name: one for name, one in (("annotation", has_note and form), ("ends", ends)) if one}
    return perform_write(
        request,
        perform,
        lambda _: inspector.shown(request, visible(Annotation, request.user, *ROWS, pk=pk)),
        lambda error: inspector.refused(request, row, error, forms),
    )


def ends_in(form: EndsForm, row: Annotation) -> dict[str, Any]:
    """Segments that were typed as numbers; their quote is what stands there, and is shown with the answer."""
    filled(form)
    segments = segments_in(form)
    return {"segments": segments, "quote": quote_of(row.revision.text, segments)}


def changes(request: WebRequest, row: Annotation, form: NoteForm, has_note: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "segments" in request.POST:
        fields |= {"segments": json_in(request, "segments", []), "quote": json_in(request, "quote", "")}
    if "label" in request.POST:
        fields["label"] = label = label_named(row.article.project, request.POST["label"])
        fields["attributes"] = that_fit(label, row)
    if has_note:
        fields |= unchanged({"note": filled(form)["note"]}, row)
        fields["attributes"] = form.attributes()
    return fields


def that_fit(label: Label, row: Annotation) -> dict[str, Any]:
    """The values of the attributes that the new label defines in the same way; the event keeps the others."""
    same = [attribute["name"] for attribute in label.attributes if attribute in row.label.attributes]
    return {name: value for name, value in row.attributes.items() if name in same}


@require_POST
def trash_annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    return perform_write(
        request,
        lambda: services.trash_annotation(by=request.user, annotation=row, version=version_of(request)),
        lambda _: removed(request, visible(Annotation, request.user, *ROWS, pk=pk)),
        lambda error: inspector.refused(request, row, error, {}),
    )


def removed(request: WebRequest, row: Annotation) -> HttpResponse:
    """An empty inspector, the gutter without the chip, and a way back; without htmx the article's page has it."""
    if not request.htmx:
        return go(request, f"{reverse('web:article', args=[row.article_id])}?trashed={row.pk}")
    marks = inspector.marks_for(row, request.user)
    context = labels_of(row.article) | {
        "trashed": row,
        "article": row.article,
        "gutters": inspector.gutters_of(row, marks),
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "mark_url": reverse("web:add_annotation", args=[row.article_id]),
        "decision_may_annotate": may_add_annotation(request.user, row.project_id),
    }
    events = {"span-removed": {"id": str(row.pk)}}
    return region(request, "annotations/annotations/_removed.html", context, triggers=events)


@require_POST
def restore_annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    return perform_write(
        request,
        lambda: services.restore_annotation(by=request.user, annotation=row, version=version_of(request)),
        lambda _: inspector.shown(request, visible(Annotation, request.user, *ROWS, pk=pk), is_restored=True),
    )


# -- one becomes two, two become one ----------------------------------------------------------------------------------


@require_POST
def split_annotation(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    form = SplitForm(request.POST)
    halves: list[Annotation] = []

    def perform() -> Annotation:
        at = filled(form)["at"]
        first, second = services.split_annotation(by=request.user, annotation=row, version=version_of(request), at=at)
        halves.append(second)
        return first

    return perform_write(
        request,
        perform,
        lambda _: inspector.shown(request, visible(Annotation, request.user, *ROWS, pk=pk), also=halves),
        lambda error: inspector.refused(request, row, error, {"split": form}),
    )


@require_POST
def merge_annotations(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Annotation, request.user, *ROWS, pk=pk)
    named = inspector.visible_annotation(request.user, request.POST.get("with", ""))
    marks = marks_on(row.article, row.revision, request.user)
    form = merge_form(row, marks, labels_of(row.article)["labels"], request.POST)
    form.offer(named)

    def perform() -> Annotation:
        typed = filled(form)
        other = related(Annotation, typed["with"], person=request.user, project=row.article.project, field="with")
        label = label_named(row.article.project, typed["label"]) if typed.get("label") else None
        gap = typed.get("gap") or "keep"
        version = version_of(request)
        return services.merge_annotations(
            by=request.user, annotation=row, version=version, other=other, gap=gap, label=label
        )

    return perform_write(
        request,
        perform,
        lambda _: inspector.shown(
            request, visible(Annotation, request.user, *ROWS, pk=pk), also=[named] if named else []
        ),
        lambda error: inspector.refused(request, row, error, {"merge": form}),
    )
