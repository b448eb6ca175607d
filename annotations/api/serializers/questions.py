"""Questions with their answers, in AVeriTeC's shape, and searches: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Many, PartialDate, Strict, Text, Word, words_of
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.questions import ANSWER_TYPES


class AnswerBody(Strict):
    """One answer. A boolean one is Yes or No and explained; an extractive one names its evidence."""

    type = Word(words_of(ANSWER_TYPES))
    text = Text(required=False)
    explanation = Text(required=False)
    evidence = Id(required=False, allow_null=True)


class QuestionBody(Strict):
    """What one would have to know to judge the claim."""

    text = Text()
    answers = Many(child=AnswerBody(), required=False, help_text="A change replaces all of them.")


class AnswerShape(serializers.Serializer):
    """One answer, and the evidence it was read from."""

    type = one_of(ANSWER_TYPES)
    text = any_text()
    explanation = any_text()
    evidence = id_or_null()


class QuestionShape(TrashableShape):
    """What one would have to know to judge the claim, and the answers that were found."""

    claim = serializers.UUIDField()
    text = serializers.CharField()
    answers = serializers.ListField(child=AnswerShape())


class SearchBody(Strict):
    """One search that was made for a claim, found or not."""

    place = Text(help_text="Where it was searched.")
    query = Text(help_text="What was searched for.")
    searched_on = PartialDate(required=False)
    found = Text(required=False)


class SearchShape(TrashableShape):
    """One search that was made for a claim: what "not enough evidence" rests on."""

    claim = serializers.UUIDField()
    place = serializers.CharField()
    query = serializers.CharField()
    searched_on = any_text()
    found = any_text()
