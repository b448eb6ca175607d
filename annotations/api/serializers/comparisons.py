"""How claims stand to each other: what comes in, what goes out. `from` is no name that Python lets a class have."""

from typing import Any

from rest_framework import serializers

from annotations.api.fields import Id, IdInQuery, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.comparisons import CLAIM_RELATION_STATES, CLAIM_RELATION_TYPES, CONTRADICTION_KINDS

KIND = "The kind of a contradiction; empty for other types."


class ClaimRelationEdit(Strict):
    """Changes to a relation between claims."""

    type = Word(words_of(CLAIM_RELATION_TYPES), required=False)
    kind = Word(words_of(CONTRADICTION_KINDS), required=False, allow_blank=True, help_text=KIND)
    explanation = Text(required=False)


class RelationOfClaimBody(ClaimRelationEdit):
    """How the claim of the address stands to another."""

    to = Id(help_text="The other claim.")
    type = Word(words_of(CLAIM_RELATION_TYPES))


class ClaimRelationBody(RelationOfClaimBody):
    """How a claim stands to another."""

    def get_fields(self) -> dict[str, Any]:
        return {"from": Id(help_text="The claim that stands so to the other.")} | super().get_fields()


class DismissBody(Strict):
    """Why a suggestion does not hold."""

    reason = Text()


class DisputeQuestionBody(Strict):
    """The question of the dispute that is opened over both claims."""

    question = Text()


class ClaimRelationQuery(TrashQuery):
    """Which relations."""

    state = Word(words_of(CLAIM_RELATION_STATES), required=False)
    type = Word(words_of(CLAIM_RELATION_TYPES), required=False)
    claim = IdInQuery(required=False, help_text="At either end.")


class ClaimRelationShape(TrashableShape):
    """How a claim stands to another: said by a person, or suggested and then decided by one. It carries no verdict."""

    to = serializers.UUIDField()
    type = one_of(CLAIM_RELATION_TYPES)
    kind = serializers.ChoiceField(words_of(CONTRADICTION_KINDS), allow_blank=True)
    state = one_of(CLAIM_RELATION_STATES)
    explanation = any_text()
    by_machine = serializers.BooleanField()
    score = serializers.FloatField(allow_null=True)
    dismissed_because = any_text()
    dispute = id_or_null(help_text="The dispute that was opened from it.")

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.UUIDField()}
