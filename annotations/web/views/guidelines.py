"""The guidelines of a project: as they are, every version with what changed, and changing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from annotations.core.comparing import compare
from annotations.core.errors import WorkbenchError
from annotations.models import GuidelineVersion, Project
from annotations.policies.projects import may_edit_project
from annotations.queries.guidelines import versions_of
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import guidelines as services
from annotations.web.fields import filled, version_of
from annotations.web.forms.comments import GuidelinesForm
from annotations.web.guidelines import as_html
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines(request: WebRequest, slug: str) -> HttpResponse:
    """GET: the text, its versions and what changed (`?version=2` against the one before). POST: change_guidelines."""
    project = visible(Project, request.user, slug=slug)
    if request.method == "POST":
        return change_guidelines(request, project)
    if request.htmx:
        context = {"guidelines": as_html(project.guidelines), "project": project}
        return page(request, "annotations/guidelines/_text.html", context)
    return guidelines_page(request, project, GuidelinesForm(initial={"text": project.guidelines}))


def guidelines_page(request: WebRequest, project: Project, form: GuidelinesForm, status: int = 200) -> HttpResponse:
    versions = versions_of(project)
    shown = version_shown(request, versions)
    before = next((row for row in versions if shown and row.number == shown.number - 1), None)
    context = {
        "section": "project",
        "project": project,
        "guidelines": as_html(shown.text if shown else project.guidelines),
        "versions": versions,
        "shown": shown,
        "before": before,
        "is_current": shown is None or shown == versions[0],
        "diff": compare(before.text, shown.text) if shown and before else None,
        "form": form,
        "may_edit": may_edit_project(request.user, project),
    }
    return page(request, "annotations/guidelines/page.html", context, status)


def version_shown(request: WebRequest, versions: list[GuidelineVersion]) -> GuidelineVersion | None:
    """The version that the address names, else the newest; None where there is none yet."""
    wanted = request.GET.get("version", "")
    return next((row for row in versions if str(row.number) == wanted), versions[0] if versions else None)


def change_guidelines(request: WebRequest, project: Project) -> HttpResponse:
    form = GuidelinesForm(request.POST)

    def perform() -> GuidelineVersion:
        typed, version = filled(form), version_of(request)
        return services.change_guidelines(by=request.user, project=project, version=version, **typed)

    def on_done(row: GuidelineVersion) -> HttpResponse:
        messages.success(request, gettext("Version %(number)s of the guidelines stands.") % {"number": row.number})
        return go(request, reverse("web:guidelines", args=[project.slug]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.is_valid()
        form.refuse(error)
        return guidelines_page(request, visible(Project, request.user, slug=project.slug), form, status_of(error))

    return perform_write(request, perform, on_done, on_error)
