"""Evidence, and sets of it that count only together: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Id, Ids, Strict, Text, Whole, Word, words_of
from annotations.api.shapes import TrashableShape, any_text, id_or_null, ids, one_of
from annotations.models.agents import RELIABILITIES
from annotations.models.evidence import EVIDENCE_STANCES, GROUNDS, LOCATOR_KINDS, QUOTE_CHECKS


class EvidenceBody(Strict):
    """What one source says about one claim."""

    source = Id()
    stance = Word(words_of(EVIDENCE_STANCES))
    ground = Word(words_of(GROUNDS))
    quote = Text(required=False)
    locator = Text(required=False, help_text="Where in it.")
    locator_kind = Word(words_of(LOCATOR_KINDS), required=False, allow_blank=True)
    credibility = Whole(required=False, allow_null=True, min_value=1, max_value=6, help_text="Where grades are used.")
    reliability = Word(
        words_of(RELIABILITIES), required=False, allow_blank=True, help_text="If not its publisher's grade; say why."
    )
    reliability_reason = Text(required=False)
    origin = Id(required=False, allow_null=True, help_text="Where the document goes back to; none is untraced.")
    copy = Id(required=False, allow_null=True, help_text="The saved copy that is quoted; none is the newest.")
    note = Text(required=False)


class EvidenceShape(TrashableShape):
    """What one source says about one claim."""

    claim = serializers.UUIDField()
    source = serializers.UUIDField()
    stance = one_of(EVIDENCE_STANCES)
    ground = one_of(GROUNDS)
    quote = any_text()
    quote_found = one_of(QUOTE_CHECKS, help_text="Whether the saved copy says these words.")
    locator = any_text()
    locator_kind = one_of(LOCATOR_KINDS, allow_blank=True)
    credibility = serializers.IntegerField(allow_null=True)
    reliability = one_of(RELIABILITIES, allow_blank=True)
    reliability_reason = any_text()
    origin = id_or_null()
    copy = id_or_null()
    set = id_or_null(help_text="Where it carries a stance only together with others.")
    note = any_text()


class EvidenceSetBody(Strict):
    """Pieces of evidence on one claim that carry a stance only together."""

    members = Ids(help_text="At least two pieces of evidence on this claim.")
    stance = Word(words_of(EVIDENCE_STANCES))
    note = Text(required=False)


class EvidenceSetShape(TrashableShape):
    """Pieces of evidence that carry a stance only together, and count as one."""

    claim = serializers.UUIDField()
    stance = one_of(EVIDENCE_STANCES)
    note = any_text()
    members = ids()


class ConfidentialNoteBody(Strict):
    """What only the desk may know."""

    text = Text()


class ConfidentialNoteShape(TrashableShape):
    """A note for adjudicators, managers and whoever wrote it. Its words stand at these addresses alone: in no export,
    feed, search, event or report."""

    evidence = id_or_null()
    source = id_or_null()
    text = serializers.CharField()
