"""Evidence: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Strict, Text, Whole, Word, words_of
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.evidence import EVIDENCE_STANCES, GROUNDS


class EvidenceBody(Strict):
    """What one source says about one claim."""

    source = Id()
    stance = Word(words_of(EVIDENCE_STANCES))
    ground = Word(words_of(GROUNDS))
    quote = Text(required=False)
    locator = Text(required=False, help_text="Where in it.")
    credibility = Whole(required=False, allow_null=True, min_value=1, max_value=6)
    origin = Id(required=False, allow_null=True, help_text="Where the document goes back to; none is untraced.")
    note = Text(required=False)


class EvidenceShape(TrashableShape):
    """What one source says about one claim."""

    claim = serializers.UUIDField()
    source = serializers.UUIDField()
    stance = one_of(EVIDENCE_STANCES)
    ground = one_of(GROUNDS)
    quote = any_text()
    locator = any_text()
    credibility = serializers.IntegerField(allow_null=True)
    origin = id_or_null()
    note = any_text()
