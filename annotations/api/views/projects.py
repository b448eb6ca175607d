"""Projects and their members."""

from typing import Any

from annotations.api.actions import adds, edits, lists, trashes
from annotations.api.records import MEMBER, PROJECT
from annotations.api.serializers.projects import MemberBody, MemberEdit, ProjectBody, ProjectEdit
from annotations.core.errors import Invalid, Refused
from annotations.models import Membership, Person, Project
from annotations.policies.projects import may_change_members
from annotations.services import projects


@lists(PROJECT)
def list_projects(person: Person, query: dict[str, Any]) -> Any:
    """The projects that you belong to."""
    return Project.objects.visible_to(person)


@adds(PROJECT, ProjectBody)
def make_project(person: Person, fields: dict[str, Any]) -> Project:
    """Make a project. You become its manager."""
    return projects.make_project(by=person, **fields)


@edits(PROJECT, ProjectEdit)
def edit_project(person: Person, project: Project, version: int, fields: dict[str, Any]) -> Project:
    """Change the settings of a project."""
    return projects.edit_project(by=person, project=project, version=version, **fields)


@lists(MEMBER, find=PROJECT.find)
def list_members(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The members of a project."""
    return Membership.objects.active().filter(project=project)


@adds(MEMBER, MemberBody, find=PROJECT.find)
def add_member(person: Person, project: Project, fields: dict[str, Any]) -> Membership:
    """Make somebody a member."""
    if not (decision := may_change_members(person, project)):
        raise Refused(decision.reason)  # before the account is looked up: else anybody could learn who has one
    added = Person.objects.filter(username=fields["username"], is_active=True, is_superuser=False).first()
    if added is None:
        raise Invalid.field("username", "There is no such account.")
    return projects.add_member(by=person, project=project, person=added, role=fields["role"])


@edits(MEMBER, MemberEdit)
def edit_member(person: Person, membership: Membership, version: int, fields: dict[str, Any]) -> Membership:
    """Change the role of a member."""
    fields.setdefault("role", membership.role)
    return projects.edit_member(by=person, membership=membership, version=version, **fields)


@trashes(MEMBER)
def remove_member(person: Person, membership: Membership, version: int) -> Membership:
    """End a membership. Adding the person again makes a new one."""
    return projects.remove_member(by=person, membership=membership, version=version)
