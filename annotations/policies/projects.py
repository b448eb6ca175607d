"""Who may make and set up projects, name their members, and read them out."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person, Project
from annotations.policies.roles import YES, Decision, is_operator, needs, no


def may_make_project(person: Person) -> Decision:
    """Making a project is a right of the account, because there is no project yet to have a role in."""
    if person.is_superuser or not person.may_make_projects or person.limits.project_id:
        return no("Making projects needs an account with that right.")
    if person.limits.scope != "manage":
        return no("Making projects needs a token with the scope manage.")
    return YES


def may_edit_project(person: Person, project: Project) -> Decision:
    """Managers, and operators in the admin."""
    if is_operator(person):
        return YES
    return needs(person, project.pk, "manager", say("Changing the settings of a project"))


def may_change_members(person: Person, project: Project) -> Decision:
    """Managers, and operators in the admin, so that a project whose managers left can get another."""
    if is_operator(person):
        return YES
    return needs(person, project.pk, "manager", say("Changing who is a member"))


def may_export(person: Person, project: Project) -> Decision:
    return needs(person, project.pk, "viewer", say("Exporting a project"))


def may_import(person: Person, project_id: Any) -> Decision:
    return needs(person, project_id, "manager", say("Importing articles"))
