"""Articles and revisions: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Moment, PartialDate, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.shapes import AuthoredShape, TrashableShape, any_text, one_of
from annotations.models.articles import BASES

EXACT = "Exactly this text, code point for code point: nothing is trimmed or normalised."


class ArticleEdit(Strict):
    """What is known about an article."""

    title = Text()
    outlet = Text(required=False)
    url = Text(required=False, help_text="http or https.")
    byline = Text(required=False)
    published_on = PartialDate(required=False)
    published_basis = Word(words_of(BASES), required=False, allow_blank=True)
    language = Text(required=False, help_text="BCP 47, like en or fa.")
    note = Text(required=False)
    external_id = Text(required=False, help_text="Your own id for it; unique in the project.")


class ArticleBody(ArticleEdit):
    """A new article with its text, which becomes revision 1."""

    text = Text(help_text=EXACT)
    retrieved_at = Moment(required=False, allow_null=True)


class ArticleQuery(TrashQuery):
    """Which articles."""

    external_id = Text(required=False)


class NewestRevisionShape(serializers.Serializer):
    """The newest revision of an article, without its text."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)
    sha256 = serializers.CharField()
    code_points = serializers.IntegerField()


class NewestRevisionTextShape(NewestRevisionShape):
    """The newest revision of an article."""

    text = serializers.CharField(help_text=EXACT)


class ArticleShape(TrashableShape):
    """One published text, in a list."""

    title = serializers.CharField()
    outlet = any_text()
    url = any_text()
    byline = any_text()
    published_on = any_text()
    published_basis = one_of(BASES, allow_blank=True)
    language = any_text()
    note = any_text()
    external_id = any_text()
    revision = NewestRevisionShape()


class ArticleTextShape(ArticleShape):
    """One published text."""

    revision = NewestRevisionTextShape()


class RevisionShape(AuthoredShape):
    """The exact text at one moment, in a list."""

    article = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)
    sha256 = serializers.CharField()
    code_points = serializers.IntegerField()
    note = any_text()
    retrieved_at = serializers.DateTimeField(allow_null=True)


class RevisionTextShape(RevisionShape):
    """The exact text at one moment. It never changes."""

    text = serializers.CharField(help_text=EXACT)
