"""The vocabulary of a project: managers add words, change how they look, retire them and bring them back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.models import Label, Project
from annotations.policies.labels import may_change_labels
from annotations.queries.lookups import related, visible
from annotations.refusals import status_of
from annotations.services import labels as services
from annotations.web.desk import swatches
from annotations.web.fields import WriteForm, filled, unchanged, version_of
from annotations.web.forms.labels import LabelForm, NewLabelForm, attributes_in
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write


@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: WebRequest, slug: str) -> HttpResponse:
    """GET: all words, those out of use last. POST: add_label."""
    project = visible(Project, request.user, slug=slug)
    return add_label(request, project) if request.method == "POST" else labels_page(request, project)


def labels_page(
    request: WebRequest,
    project: Project,
    form: WriteForm | None = None,
    at: UUID | None = None,
    error: WorkbenchError | None = None,
    status: int = 200,
) -> HttpResponse:
    """`at` is the label whose form is `form`; without it `form` is the one for a new label."""
    rows = list(Label.objects.filter(project=project).select_related("parent").order_by("retired", "order", "id"))
    shown = [
        {
            "label": row,
            "swatch": swatch,
            "form": form
            if row.pk == at and form
            else LabelForm(labels=rows, initial=LabelForm.initial_of(row), called=f"label-{row.pk}"),
            "error": error if row.pk == at else None,
        }
        for row, swatch in zip(rows, swatches(rows), strict=True)
    ]
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "form": form if form and at is None else NewLabelForm(labels=rows),
        "may_change": may_change_labels(request.user, project.pk),
    }
    return page(request, "annotations/labels/list.html", context, status)


def typed_in(request: WebRequest, project: Project, form: WriteForm) -> dict[str, Any]:
    """What was typed as the service takes it: the parent as a row, the colour as a number, attributes as a list."""
    typed = filled(form)
    if "parent" in typed:
        parent = typed["parent"]
        typed["parent"] = (
            related(Label, parent, person=request.user, project=project, field="parent") if parent else None
        )
    if "colour" in typed:
        typed["colour"] = int(typed["colour"]) if typed["colour"] else None
    if "attributes" in typed:
        typed["attributes"] = attributes_in(typed["attributes"])
    return typed


def add_label(request: WebRequest, project: Project) -> HttpResponse:
    form = NewLabelForm(request.POST, labels=Label.objects.filter(project=project))

    def perform() -> Label:
        return services.add_label(by=request.user, project=project, **typed_in(request, project, form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return labels_page(request, project, form, status=status_of(error))

    return perform_write(request, perform, lambda _: go(request, reverse("web:labels", args=[project.slug])), on_error)


@require_POST
def edit_label(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Label, request.user, "project", pk=pk)
    siblings = Label.objects.filter(project=row.project)
    form = LabelForm(request.POST, labels=siblings, called=f"label-{row.pk}")

    def perform() -> Label:
        typed = unchanged(typed_in(request, row.project, form), row)
        return services.edit_label(by=request.user, label=row, version=version_of(request), **typed)

    return label_written(request, row, perform, form)


@require_POST
def retire_label(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Label, request.user, "project", pk=pk)
    return label_written(
        request, row, lambda: services.retire_label(by=request.user, label=row, version=version_of(request))
    )


@require_POST
def restore_label(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Label, request.user, "project", pk=pk)
    return label_written(
        request, row, lambda: services.restore_label(by=request.user, label=row, version=version_of(request))
    )


def label_written(request: WebRequest, row: Label, perform: Any, form: WriteForm | None = None) -> HttpResponse:
    """Back to the list, or the list with the reason in the label's row."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        if form:
            form.refuse(error)
        return labels_page(request, row.project, form, row.pk, error, status_of(error))

    here = f"{reverse('web:labels', args=[row.project.slug])}#label-{row.pk}"
    return perform_write(request, perform, lambda _: go(request, here), on_error)
