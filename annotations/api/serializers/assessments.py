"""Assessments, and the scales they are given in: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Ids, Many, Strict, Text, Word, YesNo, words_of
from annotations.api.shapes import TrashableShape, any_text, ids, one_of
from annotations.models.assessments import ASSESSMENT_MODES
from annotations.models.resolutions import CONFIDENCES
from annotations.services.assessments import AVERITEC


class AssessmentEdit(Strict):
    """One's own vote on a claim."""

    verdict = Text(help_text="A key of the project's newest scale, like supported.")
    confidence = Word(words_of(CONFIDENCES), required=False, allow_blank=True)
    rationale = Text(required=False)
    evidence = Ids(required=False, help_text="A change replaces the list.")


class AssessmentBody(AssessmentEdit):
    """One's own vote on a claim, and what was asked."""

    mode = Word(words_of(ASSESSMENT_MODES), required=False)


class AssessmentShape(TrashableShape):
    """One reviewer's own vote. Others' are seen once one's own is in, or once an answer is proposed."""

    claim = serializers.UUIDField()
    mode = one_of(ASSESSMENT_MODES)
    scale = serializers.UUIDField()
    verdict = serializers.CharField()
    confidence = one_of(CONFIDENCES, allow_blank=True)
    rationale = any_text()
    evidence = ids()


class VerdictWordBody(Strict):
    """One word of a scale. Its key is made from the name where it has none."""

    key = Text(required=False)
    name = Text()
    averitec = Word(AVERITEC)
    definition = Text(required=False)


class VerdictScaleBody(Strict):
    """The words that verdicts are given in from now on."""

    name = Text(required=False)
    ordered = YesNo(required=False)
    verdicts = Many(child=VerdictWordBody())


class VerdictWordShape(serializers.Serializer):
    """One word of a scale, and which of AVeriTeC's four it is."""

    key = serializers.CharField()
    name = serializers.CharField()
    averitec = serializers.ChoiceField(AVERITEC)
    definition = any_text()


class VerdictScaleShape(TrashableShape):
    """The words that verdicts are given in. Used words stay; a change makes the next number."""

    name = serializers.CharField()
    number = serializers.IntegerField(min_value=1)
    ordered = serializers.BooleanField()
    verdicts = serializers.ListField(child=VerdictWordShape())
