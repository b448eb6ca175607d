"""Projects and memberships. They change through `services.projects`; making a project is a member's right, not an
operator's, since its maker becomes its first manager."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from annotations.admin.editing import ServiceAdmin, ServiceForm, operator_of
from annotations.admin.links import linked
from annotations.models import Membership, Person, Project
from annotations.services.projects import add_member, edit_member, edit_project, remove_member

APPROVALS = {"approvals_claim": "claim", "approvals_dispute": "dispute"}


class ProjectForm(ServiceForm):
    renamed = {"approvals_needed": "approvals_dispute"}


@admin.register(Project)
class ProjectAdmin(ServiceAdmin):
    form = ProjectForm
    list_display = (
        "name", "slug", "approvals_claim", "approvals_dispute", "readers_per_article", "blind", "grades", "created_at",
    )  # fmt: skip
    list_filter = ("blind", "grades")
    search_fields = ("name", "slug", "guidelines")
    to_edit = (
        "name", "guidelines", "approvals_claim", "approvals_dispute", "readers_per_article", "blind", "zone", "grades",
    )  # fmt: skip

    def edit(self, by: Person, row: Project, version: int, fields: dict[str, Any]) -> Project:
        needed = {word: fields.pop(name) for name, word in APPROVALS.items() if name in fields}
        if needed:
            fields["approvals_needed"] = needed
        return edit_project(by=by, project=row, version=version, **fields)

    def tools(self, row: Project) -> list[tuple[str, str]]:
        return [
            ("Add a member", f"{reverse('admin:annotations_membership_add')}?project={row.pk}"),
            ("Add a label", f"{reverse('admin:annotations_label_add')}?project={row.pk}"),
        ]


class MembershipForm(ServiceForm):
    """People to choose from are those who can be members. A plain list: it works without scripts, and is read aloud."""

    renamed = {"username": "person"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            able = Person.objects.filter(is_active=True, is_superuser=False)
            self.fields["person"].queryset = able.order_by("username")  # type: ignore[attr-defined]
            self.fields["project"].queryset = Project.objects.order_by("name")  # type: ignore[attr-defined]


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin):
    """A person's role. A membership that has ended is kept, and begins again as a new one."""

    form = MembershipForm
    list_display = ("__str__", linked("person"), linked("project"), "role", "trashed", "created_at")
    list_select_related = ("person", "project")
    list_filter = ("role", "trashed", "project")
    search_fields = ("person__username", "person__display_name", "project__name", "project__slug")
    found_by_id = ("pk", "person", "project")
    to_add = ("project", "person", "role")
    to_edit = ("role",)
    actions = ("remove",)

    def may_edit(self, row: Membership) -> bool:
        return not row.trashed

    def add(self, by: Person, fields: dict[str, Any]) -> Membership:
        return add_member(by=by, **fields)

    def edit(self, by: Person, row: Membership, version: int, fields: dict[str, Any]) -> Membership:
        return edit_member(by=by, membership=row, version=version, role=fields.get("role", row.role))

    @admin.action(description="End the chosen memberships", permissions=["change"])
    def remove(self, request: HttpRequest, memberships: QuerySet[Membership]) -> None:
        def end(membership: Membership) -> None:
            remove_member(by=operator_of(request), membership=membership, version=membership.version)

        running = memberships.filter(trashed=False).select_related("project", "person")
        self.each(request, running, end, "ended")
