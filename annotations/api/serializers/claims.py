"""Claims and their mentions: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import (
    Day,
    Id,
    IdInQuery,
    Ids,
    Many,
    PartialDate,
    Strict,
    Text,
    WholeInQuery,
    Word,
    words_of,
)
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, ids, one_of
from annotations.models.claims import CHECKABILITIES, CLAIM_STATES, CLAIM_TYPES, LAYERS, MEDIA


class ClaimBody(Strict):
    """One checkable sentence that stands alone."""

    text = Text()
    types = Many(child=Word(CLAIM_TYPES), required=False)
    checkability = Word(words_of(CHECKABILITIES), required=False)
    layer = Word(words_of(LAYERS), required=False, help_text="so: it is so; said: someone said it.")
    mentions = Ids(required=False, help_text="Annotations in which it is made; a change replaces the list.")
    checkability_reason = Text(required=False, help_text="Why it can, or cannot, be checked.")
    claim_date = PartialDate(required=False)
    place = Text(required=False)
    language = Text(required=False)
    medium = Word(words_of(MEDIA), required=False, allow_blank=True, help_text="Of a claim made outside any article.")
    url = Text(required=False)
    claimant = Id(required=False, allow_null=True, help_text="The agent who made it.")
    note = Text(required=False)
    owner = Id(required=False, allow_null=True, help_text="A member of the project.")
    deadline = Day(required=False, allow_null=True)


class ClaimQuery(TrashQuery):
    """Which claims."""

    state = Word(words_of(CLAIM_STATES), required=False)
    author = IdInQuery(required=False)
    owner = IdInQuery(required=False)
    claimant = IdInQuery(required=False)
    merged_into = IdInQuery(required=False)
    split_from = IdInQuery(required=False)
    checkability = Word(words_of(CHECKABILITIES), required=False)
    layer = Word(words_of(LAYERS), required=False)


class SimilarQuery(Strict):
    """The words of a claim that is being written."""

    text = Text()
    layer = Word(words_of(LAYERS), required=False)
    limit = WholeInQuery(required=False, min_value=1, max_value=50, help_text="5 unless given.")


class CheckedBeforeShape(serializers.Serializer):
    """A claim like it, why, and the verdict that stands on it, in the words of its scale; empty for none."""

    claim = serializers.UUIDField()
    text = serializers.CharField()
    layer = one_of(LAYERS)
    state = one_of(CLAIM_STATES)
    reason = any_text()
    verdict = any_text()
    confidence = any_text()


class SimilarShape(serializers.Serializer):
    """What was checked before, and what makes these words hard to check."""

    results = CheckedBeforeShape(many=True)
    doubts = serializers.ListField(child=serializers.CharField())


class ReasonBody(Strict):
    """Why."""

    reason = Text()


class DefenceBody(Strict):
    """What speaks for a rejected claim."""

    reason = Text(required=False)


class ClaimMergeBody(Strict):
    """The claim that stays."""

    into = Id()


class PartBody(Strict):
    """One of the claims that are made of one."""

    text = Text()
    mentions = Ids(required=False, help_text="Of the claim's annotations those that make this part instead.")


class ClaimSplitBody(Strict):
    """The new claims; what is not given to one of them stays."""

    parts = Many(child=PartBody())


class PromotionBody(Strict):
    """The words of the new claim; made of the speaker and what is said unless given."""

    text = Text(required=False)


class ClaimShape(TrashableShape):
    """One checkable sentence. Its work state and a verdict on it are two things."""

    text = serializers.CharField()
    types = serializers.ListField(child=serializers.ChoiceField(CLAIM_TYPES))
    checkability = one_of(CHECKABILITIES)
    checkability_reason = any_text()
    layer = one_of(LAYERS)
    claim_date = any_text()
    place = any_text()
    language = any_text()
    medium = one_of(MEDIA, allow_blank=True)
    url = any_text()
    claimant = id_or_null()
    note = any_text()
    state = one_of(CLAIM_STATES)
    state_reason = any_text()
    owner = id_or_null()
    deadline = serializers.DateField(allow_null=True)
    merged_into = id_or_null(help_text="Where it went.")
    split_from = id_or_null(help_text="Where it came from.")
    mentions = ids(help_text="Annotations in which it is made.")


class MentionEdit(Strict):
    """Through which attribution the claim is made here."""

    attribution = Id(required=False, allow_null=True)


class MentionBody(MentionEdit):
    """A place where a claim is made."""

    annotation = Id()


class MentionShape(TrashableShape):
    """A place where a claim is made, and through which attribution."""

    claim = serializers.UUIDField()
    annotation = serializers.UUIDField()
    attribution = id_or_null()
