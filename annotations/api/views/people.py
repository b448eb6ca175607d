"""Who one is."""

from typing import Any

from annotations.api.actions import tells
from annotations.api.serializers.people import MeShape
from annotations.models import Membership, Person


@tells(MeShape)
def read_me(person: Person) -> dict[str, Any]:
    """Your account, what your token allows, and your projects."""
    memberships = Membership.objects.of(person).select_related("project").order_by("pk")
    return {
        "id": person.pk,
        "username": person.username,
        "display_name": person.display_name,
        "may_make_projects": person.may_make_projects,
        "scope": person.limits.scope,
        "project": person.limits.project_id,
        "memberships": [
            {
                "id": membership.pk,
                "project": membership.project_id,
                "slug": membership.project.slug,
                "name": membership.project.name,
                "role": membership.role,
            }
            for membership in memberships
        ],
    }
