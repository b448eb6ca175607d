"""The person who asks, as the API tells them who they are."""

from rest_framework import serializers

from annotations.api.shapes import any_text, id_or_null, one_of
from annotations.models.people import SCOPES
from annotations.models.projects import ROLES


class MembershipShape(serializers.Serializer):
    """A project that one belongs to, and as what."""

    id = serializers.UUIDField()
    project = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    role = one_of(ROLES)


class MeShape(serializers.Serializer):
    """One's own account, the limits of the token, and the projects within them."""

    id = serializers.UUIDField()
    username = serializers.CharField()
    display_name = any_text()
    may_make_projects = serializers.BooleanField()
    scope = one_of(SCOPES, help_text="What the token allows; manage for a session.")
    project = id_or_null(help_text="The one project that the token is for.")
    memberships = MembershipShape(many=True)
