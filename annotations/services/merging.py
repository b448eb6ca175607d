"""Claims that turn out to be one, and one that turns out to be several. Each is one event, which names what moved.

Whether somebody said it and whether it is so never become one claim: no verdict passes between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from annotations.core.errors import IllegalMove, Invalid
from annotations.core.lifecycle import ClaimState, DisputeState, reached_by
from annotations.core.sentences import say
from annotations.models import (
    Annotation,
    Claim,
    ClaimMention,
    ClaimRelation,
    Comment,
    CommentRequest,
    Dispute,
    Evidence,
    EvidenceSet,
    Person,
    Quantity,
    Question,
    Search,
    StanceCitation,
    TriageMark,
    VerdictCitation,
)
from annotations.policies.claims import may_move_claim
from annotations.services.claims import check_fields, unique
from annotations.services.fields import same_project
from annotations.services.triage import weigh
from annotations.services.write import stale, writing

ENDS = ("from_claim", "to_claim")
PARTS_AT_MOST = 20
Moved = dict[str, list[str]]


def merge_claim(*, by: Person, claim: Claim, version: int, into: Claim) -> Claim:
    """Close a claim as the same as another, which gets its mentions, evidence, figures, relations and comments.

    What an answer or a party's position cites stays where it was cited. Raises Refused, Invalid, Stale, IllegalMove.
    """
    same_project(claim.project_id, into=into)
    with writing(by, claim.project_id) as change:
        change.allow(may_move_claim(by, claim))
        change.alone()
        if claim.version != version:
            raise stale(claim)
        held = Claim.objects.select_for_update(no_key=True).filter(pk__in=[claim.pk, into.pk]).order_by("pk").in_bulk()
        state = reached_by("claim", "merge", claim.state)
        refuse_merge(claim, held[into.pk])
        moved = {kind: ids for kind, ids in move_all(claim, into).items() if ids}
        weigh([into.pk])
        why = say("Merged into “{text}”.", text=into.text[:200])
        return change.edit(
            claim, version, "claim_merged", state=state, state_reason=str(why), merged_into=into, after={"moved": moved}
        )


def refuse_merge(claim: Claim, into: Claim) -> None:
    """Raise Invalid or IllegalMove, in words, where the two cannot become one."""
    if into.pk == claim.pk:
        raise Invalid.field("into", "A claim cannot be merged into itself.")
    if into.trashed or into.state == ClaimState.CLOSED:
        raise Invalid.field("into", "That claim is closed or in the trash; choose one that stays open.")
    if into.layer != claim.layer:
        words = "One asks whether it is so, the other whether they said it; a verdict never passes between them."
        raise Invalid.field("into", words)
    held = Dispute.objects.active().exclude(state=DisputeState.CLOSED).filter(statements__claim=claim).first()
    if held is not None:
        raise IllegalMove(
            say("This claim is a statement of the open dispute “{question}”; close it first.", question=held.question)
        )


def move_all(claim: Claim, into: Claim) -> Moved:
    """Everything that is said of `claim` is said of `into` from now on; the ids of what moved, by kind."""
    taken = into.mentions.active().values("annotation_id")
    rated = TriageMark.objects.active().filter(claim=into).values("criterion_id")
    evidence = Evidence.objects.exclude(stays())
    whole_sets = EvidenceSet.objects.exclude(members__in=Evidence.objects.filter(stays(), claim=claim))
    moved = {
        "mention": moved_from(ClaimMention.objects.active().exclude(annotation__in=taken), claim, into),
        "evidence_set": moved_from(whole_sets, claim, into),
        "evidence": moved_from(evidence, claim, into),
        "triage_mark": moved_from(TriageMark.objects.active().exclude(criterion__in=rated), claim, into),
        "claim_relation": relations_moved(claim, into),
    }
    for model in (Quantity, Question, Search, Comment, CommentRequest):
        moved[model.record_kind()] = moved_from(model._default_manager.all(), claim, into)
    return moved


def stays() -> Q:
    """Evidence that an answer or a position cites, or that belongs together with such."""
    judged = VerdictCitation.objects.filter(evidence=OuterRef("pk"))
    read_from = StanceCitation.objects.filter(evidence=OuterRef("pk"))
    together = VerdictCitation.objects.filter(evidence__set=OuterRef("set"))
    return Q(Exists(judged)) | Q(Exists(read_from)) | Q(Exists(together))


def moved_from(rows: Any, claim: Claim, into: Claim) -> list[str]:
    found = list(rows.filter(claim=claim).order_by("pk").values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=found).update(claim=into, version=F("version") + 1)
    return [str(pk) for pk in found]


def relations_moved(claim: Claim, into: Claim) -> list[str]:
    """Relations to other claims hang on the claim that stays; what it has already, and those between the two, stay
    behind."""
    moved = []
    known = {
        (row.from_claim_id, row.to_claim_id, row.type)
        for row in ClaimRelation.objects.active().filter(Q(from_claim=into) | Q(to_claim=into))
    }
    for row in ClaimRelation.objects.active().filter(Q(from_claim=claim) | Q(to_claim=claim)).order_by("pk"):
        ends = [into.pk if getattr(row, f"{end}_id") == claim.pk else getattr(row, f"{end}_id") for end in ENDS]
        if ends[0] == ends[1] or (*ends, row.type) in known:
            continue
        known.add((*ends, row.type))
        ClaimRelation.objects.filter(pk=row.pk).update(from_claim=ends[0], to_claim=ends[1], version=F("version") + 1)
        moved.append(str(row.pk))
    return moved


# -- one becomes several ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A claim that is made of another one: its words, and which of that one's mentions make this part instead."""

    text: str
    mentions: Sequence[Annotation] = ()


def split_claim(*, by: Person, claim: Claim, version: int, parts: Sequence[Part]) -> list[Claim]:
    """Make claims of their own from what one claim says; what none of them takes stays with it.

    The parts ask the same question, are made at the same time and place, and begin in the inbox. Raises Refused,
    Invalid, Stale, IllegalMove.
    """
    check_parts(claim, parts)
    with writing(by, claim.project_id) as change:
        change.allow(may_move_claim(by, claim))
        change.check_version(claim, version)
        reached_by("claim", "split", claim.state)
        made = [change.add(part_of(by, claim, part), "claim_added") for part in parts]
        moved = [mentions_taken(claim, new, part) for new, part in zip(made, parts, strict=True)]
        into = {str(new.pk): taken for new, taken in zip(made, moved, strict=True)}
        change.edit(claim, version, "claim_split", after={"into": [new.pk for new in made], "mentions": into})
        return made


def check_parts(claim: Claim, parts: Sequence[Part]) -> None:
    """Raise Invalid for words that are no claim, and for a mention that two parts take or that is not there."""
    if not 0 < len(parts) <= PARTS_AT_MOST:
        raise Invalid.field("parts", say("From one to {most} parts.", most=PARTS_AT_MOST))
    for part in parts:
        check_fields({"text": part.text}, claim.project)
    taken = [annotation for part in parts for annotation in unique(part.mentions)]
    same_project(claim.project_id, parts=taken)
    known = set(claim.mentions.active().values_list("annotation_id", flat=True))
    if len({row.pk for row in taken}) < len(taken):
        raise Invalid.field("parts", "Each place makes one of the parts; one stands in two of them.")
    if any(row.pk not in known for row in taken):
        raise Invalid.field("parts", "A part takes only places where this claim is made.")


def part_of(by: Person, claim: Claim, part: Part) -> Claim:
    kept = ("layer", "checkability", "claim_date", "place", "language", "medium", "url", "claimant")
    columns = {name: getattr(claim, name) for name in kept}
    return Claim(project=claim.project, author=by, text=part.text, split_from=claim, **columns)


def mentions_taken(claim: Claim, new: Claim, part: Part) -> list[str]:
    rows = ClaimMention.objects.active().filter(annotation__in=[row.pk for row in part.mentions])
    return moved_from(rows, claim, new)
