"""Members of a project as forms name them: by id, chosen from a menu."""

from annotations.core.errors import Invalid
from annotations.models import Person, Project
from annotations.queries.lookups import as_uuid


def member_named(project: Project, pk: str) -> Person | None:
    """The member who was chosen to look after something; None for nobody. Raises Invalid for anybody else."""
    if not pk:
        return None
    found = as_uuid(pk)
    members = Person.objects.filter(memberships__project=project, memberships__trashed=False)
    person = members.filter(pk=found).first() if found else None
    if person is None:
        raise Invalid.field("owner", "The owner has to be a member of the project.")
    return person
