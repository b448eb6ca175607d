"""Projects and their members: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Strict, Text, Whole, Word, YesNo, words_of
from annotations.api.shapes import RecordShape, any_text, one_of
from annotations.models.projects import ROLES


class ApprovalsNeeded(Strict):
    """How many people other than the proposer have to approve."""

    claim = Whole(required=False, min_value=1)
    dispute = Whole(required=False, min_value=1)


class ProjectEdit(Strict):
    """The settings of a project."""

    name = Text(required=False)
    guidelines = Text(required=False, help_text="Markdown.")
    approvals_needed = ApprovalsNeeded(required=False)
    readers_per_article = Whole(required=False, min_value=1)
    blind = YesNo(required=False, help_text="Annotators see only their own work.")
    zone = Text(required=False, help_text="The time zone of the team, like Europe/Berlin.")
    grades = YesNo(required=False)
    correction_requests = YesNo(required=False, help_text="Readers of published reports may ask for corrections.")


class ProjectBody(ProjectEdit):
    """A new project."""

    slug = Text(help_text="Its part of every address; it never changes.")


class ProjectShape(serializers.Serializer):
    """A project."""

    id = serializers.UUIDField()
    slug = serializers.SlugField()
    name = serializers.CharField()
    guidelines = any_text()
    approvals_needed = serializers.DictField(child=serializers.IntegerField())
    readers_per_article = serializers.IntegerField()
    blind = serializers.BooleanField()
    zone = serializers.CharField()
    grades = serializers.BooleanField()
    correction_requests = serializers.BooleanField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class MemberEdit(Strict):
    """A member's role."""

    role = Word(words_of(ROLES))


class MemberBody(MemberEdit):
    """A new member."""

    username = Text()


class MemberShape(RecordShape):
    """A person in a project."""

    person = serializers.UUIDField()
    username = serializers.CharField()
    display_name = any_text()
    role = one_of(ROLES)
    trashed = serializers.BooleanField()
    version = serializers.IntegerField()
