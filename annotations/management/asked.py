"""What commands are asked for by name: a project, a person. Unknown names end the command in words."""

from django.core.management.base import CommandError

from annotations.models import Membership, Person, Project


def project_named(slug: str) -> Project:
    """The project with this slug. Raises CommandError."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        known = ", ".join(Project.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
        raise CommandError(f"There is no project “{slug}”. There are: {known}.")
    return project


def person_named(username: str) -> Person:
    """The account with this username, in any case of letters. Raises CommandError."""
    person = Person.objects.filter(username__iexact=username).first()
    if person is None:
        raise CommandError(f"There is no account “{username}”.")
    return person


def manager_of(project: Project, username: str = "") -> Person:
    """The person for whom a command acts in a project: the one named, else whoever has managed it longest."""
    if username:
        return person_named(username)
    managers = Membership.objects.active().filter(project=project, role="manager", person__is_active=True)
    membership = managers.select_related("person").order_by("id").first()
    if membership is None:
        raise CommandError(f"Nobody manages “{project.slug}”; say with --by for whom this is done.")
    return membership.person
