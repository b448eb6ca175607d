"""Projects and their members."""

from typing import Any
from zoneinfo import available_timezones

from django.core.validators import validate_slug

from annotations.core import history
from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.models import Chain, Membership, Person, Project, VerdictScale
from annotations.models.projects import ROLES
from annotations.policies.projects import may_change_members, may_edit_project, may_make_project
from annotations.services.fields import Checks, only_known
from annotations.services.guidelines import versioned
from annotations.services.write import Change, stale, unit, writing

SETTINGS = (
    "name",
    "guidelines",
    "approvals_needed",
    "readers_per_article",
    "blind",
    "zone",
    "grades",
    "correction_requests",
)


def make_project(*, by: Person, slug: str, **settings: Any) -> Project:
    """Make a project whose maker is its manager; its chain and its default verdict scale come with it.

    Raises Refused, Invalid, Clash.
    """
    only_known(settings, SETTINGS)
    columns = checked_settings(settings, slug=slug)
    with unit(by) as work:
        Change(work, None).allow(may_make_project(by))
        if Project.objects.filter(slug=slug).exists():
            raise Clash("A project with this address is here already.", errors={"slug": ["This address is taken."]})
        project = Project(slug=slug, **columns)
        project.save(force_insert=True)
        Chain.objects.create(project=project, head=history.FIRST)
        change = Change(work, project.pk)
        change.note("project_made", project, after={"slug": slug, **columns})
        change.add(VerdictScale(project=project, author=by), "verdict_scale_added")
        change.add(Membership(project=project, person=by, role="manager"), "member_added")
        return project


def edit_project(*, by: Person, project: Project, version: int, **settings: Any) -> Project:
    """Change the settings. Raises Refused, Invalid, Stale."""
    only_known(settings, SETTINGS)
    columns = checked_settings(settings)
    with writing(by, project.pk) as change:
        change.allow(may_edit_project(by, project))
        after = {}
        if columns.get("guidelines", project.guidelines) != project.guidelines:
            change.check_version(project, version)
            after["guideline_version"] = versioned(by, project, columns["guidelines"]).pk
        return change.edit(project, version, "project_edited", after=after, **columns)


def checked_settings(settings: dict[str, Any], slug: str | None = None) -> dict[str, Any]:
    """The settings as columns. Raises Invalid with every field that is wrong."""
    checks, columns = Checks(), dict(settings)
    if slug is not None:
        check_slug(checks, slug)
        columns.setdefault("name", slug)
    if "approvals_needed" in columns:
        columns |= approvals(checks, columns.pop("approvals_needed"))
    for name, value in columns.items():
        match name:
            case "name":
                checks.text(name, value, required=True, longest=120)
            case "guidelines":
                checks.text(name, value, longest=200_000)
            case "readers_per_article":
                checks.number(name, value, 1, 20)
            case "blind" | "grades" | "correction_requests":
                checks.truth(name, value)
            case "zone" if value not in available_timezones():
                checks.wrong(name, f"There is no time zone “{value}”.")
    checks.done()
    return columns


def check_slug(checks: Checks, slug: Any) -> None:
    checks.text("slug", slug, required=True, longest=60)
    try:
        validate_slug(slug)
    except Exception:
        checks.wrong("slug", "Letters, digits, hyphens and underscores only.")


def approvals(checks: Checks, needed: Any) -> dict[str, int]:
    """`{claim, dispute}`, each the number of people other than the proposer, as columns."""
    if needed is None:
        return {}
    if not isinstance(needed, dict) or set(needed) - {"claim", "dispute"}:
        checks.wrong("approvals_needed", "Two numbers, named claim and dispute.")
        return {}
    for name, number in needed.items():
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 20:
            checks.wrong("approvals_needed", f"For a {name}, a whole number from 1 to 20.")
            return {}
    return {f"approvals_{name}": number for name, number in needed.items()}


def add_member(*, by: Person, project: Project, person: Person, role: str) -> Membership:
    """Make a person a member. Raises Refused, Invalid, Clash."""
    checks = Checks()
    checks.word("role", role, ROLES)
    if person.is_superuser or not person.is_active:
        checks.wrong("username", "This account cannot be a member.")
    checks.done()
    with writing(by, project.pk) as change:
        change.allow(may_change_members(by, project))
        if Membership.objects.active().filter(project=project, person=person).exists():
            raise Clash("This person is a member already.", errors={"username": ["A member already."]})
        return change.add(Membership(project=project, person=person, role=role), "member_added")


def edit_member(*, by: Person, membership: Membership, version: int, role: str) -> Membership:
    """Change a member's role. Raises Refused, Invalid, Stale."""
    checks = Checks()
    checks.word("role", role, ROLES)
    checks.done()
    with writing(by, membership.project_id) as change:
        change.allow(may_change_members(by, membership.project))
        require_current(membership, version)
        keep_a_manager(membership, role)
        return change.edit(membership, version, "member_edited", role=role)


def remove_member(*, by: Person, membership: Membership, version: int) -> Membership:
    """End a membership; the records stay. Raises Refused, Stale, Invalid for the last manager."""
    with writing(by, membership.project_id) as change:
        change.allow(may_change_members(by, membership.project))
        require_current(membership, version)
        keep_a_manager(membership, "")
        return change.edit(membership, version, "member_removed", trashed=True)


def require_current(membership: Membership, version: int) -> None:
    """Raise Stale for an old version, IllegalMove for a membership that has ended."""
    if membership.version != version:
        raise stale(membership)
    if membership.trashed:
        raise IllegalMove("This membership has ended; add the person again.")


def keep_a_manager(membership: Membership, role: str) -> None:
    """A project without a manager could not be set up any more."""
    # The project row is the lock: two managers who leave at once would otherwise each see the other stay.
    Project.objects.select_for_update(no_key=True).get(pk=membership.project_id)
    others = Membership.objects.active().filter(project_id=membership.project_id, role="manager")
    if role != "manager" and membership.role == "manager" and not others.exclude(pk=membership.pk).exists():
        raise Invalid.field("role", "The last manager stays, until someone else is manager too.")
