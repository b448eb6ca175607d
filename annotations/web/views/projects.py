"""The queue, a project's home, its settings and its members."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.sentences import say
from annotations.models import Membership, Person, Project
from annotations.policies.articles import may_add_article
from annotations.policies.projects import may_change_members, may_edit_project, may_make_project
from annotations.queries.comments import unread_mentions
from annotations.queries.copies import changed_pages
from annotations.queries.history import feed, told
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import projects as services
from annotations.web.fields import filled, posted, unchanged, version_of
from annotations.web.forms.projects import MemberForm, ProjectForm, RoleForm, SettingsForm
from annotations.web.guidelines import as_html
from annotations.web.home import home_context, start_here
from annotations.web.queue import ROWS_A_PAGE, TABS, queue_rows, tab_counts
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.views.articles import first_row

QUEUE = "annotations/projects/queue.html"


@require_safe
def queue(request: WebRequest) -> HttpResponse:
    """The person's articles over all their projects. Somebody without a project reads what happens next."""
    person: Any = request.user
    memberships = list(Membership.objects.of(person).select_related("project").order_by("project__name"))
    context = {"section": "queue", "memberships": memberships, "may_make_project": may_make_project(person)}
    if not memberships:
        return page(request, "annotations/projects/nothing.html", context)
    tab = request.GET.get("tab", "all") if request.GET.get("tab") in dict(TABS) else "all"
    start = first_row(request)
    context |= {
        "project": memberships[0].project if len(memberships) == 1 else None,
        "tabs": TABS,
        "tab": tab,
        "counts": tab_counts(person),
        "rows": queue_rows(person, tab=tab, start=start),
        "start": start,
        "next_start": start + ROWS_A_PAGE,
        "previous_start": max(0, start - ROWS_A_PAGE),
        "start_here": start_here(person),
        "changed_pages": changed_pages(person),
        "unread_mentions": unread_mentions(person),
    }
    return page(request, QUEUE, context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_project(request: WebRequest) -> HttpResponse:
    form = ProjectForm(posted(request))
    if request.method != "POST":
        return make_page(request, form)

    def perform() -> Project:
        return services.make_project(by=request.user, **filled(form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return make_page(request, form, status_of(error))

    return perform_write(request, perform, lambda row: go(request, reverse("web:project", args=[row.slug])), on_error)


def make_page(request: WebRequest, form: ProjectForm, status: int = 200) -> HttpResponse:
    context = {"section": "queue", "form": form, "may_make_project": may_make_project(request.user)}
    return page(request, "annotations/projects/new.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def project(request: WebRequest, slug: str) -> HttpResponse:
    """GET: the project's home. POST: edit_project."""
    if request.method == "POST":
        return edit_project(request, slug)
    row = visible(Project, request.user, slug=slug)
    context = home_context(request.user, row) | {
        "section": "project",
        "project": row,
        "guidelines": as_html(row.guidelines),
        "events": told(feed(row, request.user).select_related("person").order_by("-number")[:8], request.user),
        "may_edit": may_edit_project(request.user, row),
        "may_change_members": may_change_members(request.user, row),
        "may_add_article": may_add_article(request.user, row.pk),
    }
    return page(request, "annotations/projects/detail.html", context)


# -- settings ---------------------------------------------------------------------------------------------------------


@require_safe
def project_settings(request: WebRequest, slug: str) -> HttpResponse:
    return settings_page(request, visible(Project, request.user, slug=slug))


def settings_page(
    request: WebRequest, row: Project, form: SettingsForm | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    form = form or SettingsForm(initial=SettingsForm.initial_of(row))
    context = {
        "section": "project",
        "project": row,
        "form": form,
        "differences": differences(error, form, SettingsForm.initial_of(row)),
        "may_edit": may_edit_project(request.user, row),
    }
    return page(request, "annotations/projects/settings.html", context, status_of(error) if error else 200)


def edit_project(request: WebRequest, slug: str) -> HttpResponse:
    row = visible(Project, request.user, slug=slug)
    form = SettingsForm(request.POST)

    def perform() -> Project:
        return services.edit_project(
            by=request.user, project=row, version=version_of(request), **unchanged(form.settings(), row)
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return settings_page(request, visible(Project, request.user, slug=slug), form, error)

    return perform_write(
        request, perform, lambda _: go(request, reverse("web:project_settings", args=[slug])), on_error
    )


# -- members ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: WebRequest, slug: str) -> HttpResponse:
    """GET: who belongs to the project. POST: add_member."""
    row = visible(Project, request.user, slug=slug)
    return add_member(request, row) if request.method == "POST" else members_page(request, row)


def members_page(
    request: WebRequest,
    row: Project,
    form: MemberForm | None = None,
    role_error: WorkbenchError | None = None,
    at: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = Membership.objects.active().filter(project=row).select_related("person").order_by("person__username")
    context = {
        "section": "project",
        "project": row,
        "members": [
            {"membership": one, "form": RoleForm(initial={"role": one.role}, called=f"role-{one.pk}")} for one in rows
        ],
        "form": form or MemberForm(),
        "role_error": role_error,
        "at": at,
        "may_change": may_change_members(request.user, row),
    }
    return page(request, "annotations/projects/members.html", context, status)


def add_member(request: WebRequest, row: Project) -> HttpResponse:
    form = MemberForm(request.POST)

    def perform() -> Membership:
        typed = filled(form)
        return services.add_member(
            by=request.user, project=row, person=person_called(typed["username"]), role=typed["role"]
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return members_page(request, row, form, status=status_of(error))

    return perform_write(request, perform, lambda _: go(request, reverse("web:members", args=[row.slug])), on_error)


def person_called(username: str) -> Person:
    """The account of this name. Managers add people by a name they were told, so this says whether it is one."""
    person = Person.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if person is None:
        words = say("There is no account “{username}”. An operator makes accounts.", username=username)
        raise Invalid.field("username", words)
    return person


@require_POST
def edit_member(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Membership, request.user, "project", "person", pk=pk, trashed=False)
    form = RoleForm(request.POST)

    def perform() -> Membership:
        return services.edit_member(
            by=request.user, membership=row, version=version_of(request), role=filled(form)["role"]
        )

    return member_written(request, row, perform)


@require_POST
def remove_member(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Membership, request.user, "project", "person", pk=pk)

    def perform() -> Membership:
        return services.remove_member(by=request.user, membership=row, version=version_of(request))

    return member_written(request, row, perform)


def member_written(request: WebRequest, row: Membership, perform: Any) -> HttpResponse:
    """Back to the list, or the list with the reason in the member's row; who left goes to the queue."""

    def on_done(changed: Membership) -> HttpResponse:
        has_left = changed.trashed and changed.person_id == request.user.pk
        return go(request, reverse("web:queue") if has_left else reverse("web:members", args=[row.project.slug]))

    def on_error(error: WorkbenchError) -> HttpResponse:
        return members_page(request, row.project, role_error=error, at=row.pk, status=status_of(error))

    return perform_write(request, perform, on_done, on_error)
