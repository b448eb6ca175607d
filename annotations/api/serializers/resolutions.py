"""Resolutions, approvals and dissents: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import ById, Ids, PartialDate, Strict, Text, Word, words_of
from annotations.api.shapes import AuthoredShape, RecordShape, any_text, id_or_null, ids, one_of
from annotations.models.resolutions import CONFIDENCES


class VerdictBody(Strict):
    """The proposed word on one statement, how sure, and what it rests on."""

    verdict = Text(help_text="A key of the project's scale, like supported.")
    confidence = Word(words_of(CONFIDENCES), required=False, allow_blank=True)
    evidence = Ids(required=False)
    note = Text(required=False)


class ResolutionBody(Strict):
    """The next numbered answer to a dispute, or to a claim on its own."""

    verdicts = ById(child=VerdictBody(), help_text="By claim id; every statement in dispute needs one, or the claim.")
    rationale = Text()
    search_log = Text(required=False)
    as_of = PartialDate(required=False)
    reopen_if = Text(required=False)


class VerdictShape(serializers.Serializer):
    """The word on one statement."""

    verdict = serializers.CharField()
    confidence = one_of(CONFIDENCES, allow_blank=True)
    evidence = ids()
    note = any_text()


class ResolutionShape(RecordShape):
    """One numbered answer. It never changes."""

    dispute = id_or_null()
    claim = id_or_null(help_text="Where it answers one claim on its own.")
    number = serializers.IntegerField(min_value=1)
    scale = serializers.UUIDField()
    verdicts = serializers.DictField(child=VerdictShape(), help_text="By claim id.")
    rationale = serializers.CharField()
    search_log = any_text()
    as_of = any_text()
    reopen_if = any_text()
    judged = serializers.JSONField(help_text="A copy of what was judged.")
    proposer = serializers.UUIDField()
    guidelines = id_or_null(help_text="The version of the guidelines that was in force.")
    is_standing = serializers.BooleanField()


class ApprovalBody(Strict):
    """A name under a resolution."""

    comment = Text(required=False)


class ApprovalShape(AuthoredShape):
    """A name under a resolution."""

    resolution = serializers.UUIDField()
    comment = any_text()


class DissentBody(Strict):
    """A name against a resolution, and the verdicts one would give."""

    reason = Text()
    verdicts = ById(child=Text(), required=False, help_text="Claim id to the key of a verdict.")


class DissentShape(AuthoredShape):
    """A name against a resolution. It stays visible beside it."""

    resolution = serializers.UUIDField()
    reason = serializers.CharField()
    verdicts = serializers.DictField(child=serializers.CharField())
