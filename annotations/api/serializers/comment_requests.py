"""Requests for comment: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import ById, Id, Moment, PartialDate, Strict, Text, Word, YesNo, YesNoInQuery, words_of
from annotations.api.lists import TrashQuery
from annotations.api.serializers.disputes import StanceField
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.disputes import REQUEST_OUTCOMES


class CommentRequestBody(Strict):
    """A party was asked for its side."""

    agent = Id(help_text="Who was asked.")
    channel = Text(required=False, help_text="How: by mail, on the phone, through a spokesperson.")
    asked = Text(required=False, help_text="What was asked.")
    sent_at = Moment(required=False, help_text="When; now where nothing is said.")
    deadline = Moment(required=False, allow_null=True, help_text="Until when an answer was asked for.")


class CommentRequestQuery(TrashQuery):
    """Which requests."""

    outcome = Word(words_of(REQUEST_OUTCOMES), required=False)
    overdue = YesNoInQuery(required=False, help_text="true: still awaited behind the deadline; false: all others.")


class AnsweredPositionBody(Strict):
    """What a party answered, as its position."""

    stances = ById(child=StanceField(), help_text="Claim id to the stance.")
    stated_on = PartialDate(required=False, help_text="The day of the answer where nothing is said.")
    channel = Text(required=False)
    interest = Text(required=False)
    sourcing = Text(required=False)
    note = Text(required=False)
    on_behalf_of = Id(required=False, allow_null=True)


class OutcomeBody(Strict):
    """What came of a request."""

    outcome = Word(words_of(REQUEST_OUTCOMES))
    answer = Text(required=False, help_text="What the party said, in its words.")
    outcome_at = Moment(required=False, allow_null=True, help_text="When; now where nothing is said.")
    fill_cells = YesNo(
        required=False, help_text="Declined or no reply on every statement on which the party has not spoken."
    )
    position = AnsweredPositionBody(required=False, help_text="With the outcome answered: the party's new position.")


class CommentRequestShape(TrashableShape):
    """A party was asked for its side, about a dispute or about one claim."""

    dispute = id_or_null()
    claim = id_or_null()
    agent = serializers.UUIDField()
    channel = any_text()
    asked = any_text()
    sent_at = serializers.DateTimeField()
    deadline = serializers.DateTimeField(allow_null=True)
    outcome = one_of(REQUEST_OUTCOMES)
    outcome_at = serializers.DateTimeField(allow_null=True)
    answer = any_text()
    position = id_or_null(help_text="The position that came of it.")
