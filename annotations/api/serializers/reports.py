"""Published reports, their editions and corrections: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Strict, Text, Word, words_of
from annotations.api.shapes import AuthoredShape, TrashableShape, any_text, id_or_null, one_of
from annotations.models.reports import CORRECTION_KINDS, REPORT_STATES


class PublishBody(Strict):
    """Under which headline. A report that is there already keeps its own."""

    title = Text(required=False, help_text="Makes the address too, which never changes afterwards.")


class ReportShape(TrashableShape):
    """A published answer at an address of its own, of a dispute or of a claim."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    dispute = id_or_null()
    claim = id_or_null()
    state = one_of(REPORT_STATES)
    under_review_since = serializers.DateTimeField(allow_null=True)


class EditionShape(AuthoredShape):
    """One resolution as it was published. It never changes."""

    report = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)
    resolution = serializers.UUIDField()
    content = serializers.JSONField(help_text="All that the page of this edition shows.")


class CorrectionBody(Strict):
    """What was wrong, what stands now, and why: public, and for good."""

    kind = Word(words_of(CORRECTION_KINDS))
    was = Text(required=False, help_text="A correction needs it.")
    now = Text(required=False, help_text="A correction needs it.")
    why = Text()


class CorrectBody(Strict):
    """The correction with which a published claim goes back into work."""

    was = Text()
    now = Text()
    why = Text()


class CorrectionShape(AuthoredShape):
    """What was wrong, publicly."""

    report = serializers.UUIDField()
    kind = one_of(CORRECTION_KINDS)
    was = any_text()
    now = any_text()
    why = serializers.CharField()
