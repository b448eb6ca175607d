"""Disputes and positions: what comes in, what goes out."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.fields import AN_ID, ById, Id, IdInQuery, Ids, PartialDate, Strict, Text, Word, words_of
from annotations.api.lists import TrashQuery
from annotations.api.serializers.revisions import FlagShape
from annotations.api.shapes import TrashableShape, any_text, id_or_null, ids, one_of
from annotations.core.places import Place
from annotations.models.disputes import DISPUTE_STATES, OUTCOMES, SCOPES_OF_STANCE, STANCES

PLACES = [place.value for place in Place]
WHAT_REOPENS = ["new_evidence", "statement", "changed_text", "own_error"]


class DisputeBody(Strict):
    """A question on which parties disagree, and the claims that are its statements."""

    question = Text()
    statements = Ids(help_text="Claims, in order; a change replaces the list.")
    out_of_scope = ById(child=Text(), required=False, help_text="Claim id to the reason why it is not judged.")
    would_settle = Text(required=False)
    would_not_settle = Text(required=False)
    owner = Id(required=False, allow_null=True, help_text="A member of the project.")


class DisputeQuery(TrashQuery):
    """Which disputes."""

    state = Word(words_of(DISPUTE_STATES), required=False)
    outcome = Word(words_of(OUTCOMES), required=False)
    owner = IdInQuery(required=False)


class SendBackBody(Strict):
    """What is missing."""

    comment = Text()


class ReopenBody(Strict):
    """Why a closed dispute is open again."""

    reason = Text()
    what = Word(WHAT_REOPENS)


class StatementShape(serializers.Serializer):
    """A claim as a statement of a dispute; `place` is computed from the positions."""

    id = serializers.UUIDField(help_text="The claim.")
    text = serializers.CharField()
    number = serializers.IntegerField()
    place = serializers.ChoiceField(PLACES, allow_blank=True)
    out_of_scope_because = any_text()


class DisputeShape(TrashableShape):
    """Parties, positions, an answer with names under it."""

    question = serializers.CharField()
    statements = StatementShape(many=True)
    would_settle = any_text()
    would_not_settle = any_text()
    state = one_of(DISPUTE_STATES)
    state_reason = any_text()
    outcome = one_of(OUTCOMES, allow_blank=True, help_text="Computed when the dispute closes; empty before.")
    owner = id_or_null()
    flags = FlagShape(many=True, help_text="Quotes of its positions that changed in a newer revision of their article.")


class StanceInFull(Strict):
    """A stance with its scope and what it is read from."""

    stance = Word(words_of(STANCES))
    scope = Word(words_of(SCOPES_OF_STANCE), required=False, allow_blank=True)
    spans = Ids(required=False, help_text="Annotations.")
    evidence = Ids(required=False)


IN_FULL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["stance"],
    "properties": {
        "stance": {"type": "string", "enum": words_of(STANCES)},
        "scope": {"type": "string", "enum": [*words_of(SCOPES_OF_STANCE), ""]},
        "spans": {"type": "array", "items": AN_ID},
        "evidence": {"type": "array", "items": AN_ID},
    },
}


@extend_schema_field({"oneOf": [{"type": "string", "enum": words_of(STANCES)}, IN_FULL]})
class StanceField(serializers.Field):
    """A stance in one word, or in full."""

    default_error_messages = {"null": "A stance is needed."}

    def to_internal_value(self, said: Any) -> dict[str, Any]:
        stance = StanceInFull(data=said if isinstance(said, Mapping) else {"stance": said})
        stance.is_valid(raise_exception=True)
        return dict(stance.validated_data)

    def to_representation(self, value: Any) -> Any:
        return value


class PositionBody(Strict):
    """One party's stand, statement by statement."""

    agent = Id(help_text="The party.")
    on_behalf_of = Id(required=False, allow_null=True)
    channel = Text(required=False)
    stated_on = PartialDate(required=False)
    interest = Text(required=False)
    sourcing = Text(required=False)
    note = Text(required=False)
    stances = ById(child=StanceField(), help_text="Claim id to the stance; a change replaces them all.")


class StanceShape(serializers.Serializer):
    """What a party says on one statement, and where that is read."""

    stance = one_of(STANCES)
    scope = one_of(SCOPES_OF_STANCE, allow_blank=True)
    spans = ids(help_text="Annotations.")
    evidence = ids()


class PositionShape(TrashableShape):
    """One party's stand. A later one of the same party supersedes it and keeps it."""

    dispute = serializers.UUIDField()
    agent = serializers.UUIDField()
    on_behalf_of = id_or_null()
    channel = any_text()
    stated_on = any_text()
    interest = any_text()
    sourcing = any_text()
    note = any_text()
    stances = serializers.DictField(child=StanceShape(), help_text="By claim id.")
