"""Claims, where they are made, and their moves through the work."""

from typing import Any

from rest_framework.request import Request

from annotations.api.actions import adds, edits, lists, moves, tells, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_lists, with_owner, with_records
from annotations.api.records import ATTRIBUTION, CLAIM, MENTION, PROJECT
from annotations.api.serializers.claims import (
    ClaimBody,
    ClaimMergeBody,
    ClaimQuery,
    ClaimSplitBody,
    DefenceBody,
    MentionBody,
    MentionEdit,
    PromotionBody,
    ReasonBody,
    SimilarQuery,
    SimilarShape,
)
from annotations.core.normalising import doubts_about
from annotations.models import Agent, Annotation, Attribution, Claim, ClaimMention, Person, Project
from annotations.queries.claims import checked_before
from annotations.services import claims, merging

POINTERS = ("author", "owner", "claimant", "merged_into", "split_from")
COLUMNS = {name: f"{name}_id" for name in POINTERS} | {name: name for name in ("state", "checkability", "layer")}


@lists(CLAIM, find=PROJECT.find, query=ClaimQuery)
def list_claims(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The claims of a project."""
    by = {column: query[name] for name, column in COLUMNS.items() if name in query}
    return Claim.objects.visible_to(person).filter(project=project, trashed=query.get("trashed", False), **by)


@tells(SimilarShape, find=PROJECT.find, query=SimilarQuery)
def list_similar_claims(person: Person, project: Project, request: Request, query: dict[str, Any]) -> dict[str, Any]:
    """Was it checked before? The claims nearest to some words, with the verdict that stands on each."""
    found = checked_before(query["text"], project, person, limit=query.get("limit", 5))
    rows = [
        {
            "claim": one.claim.pk, "text": one.claim.text, "layer": one.claim.layer, "state": one.claim.state,
            "reason": one.reason, "verdict": one.verdict, "confidence": one.confidence,
        }
        for one in found
    ]  # fmt: skip
    doubts = [str(doubt.sentence) for doubt in doubts_about(query["text"], query.get("layer", "so"))]
    return {"results": rows, "doubts": doubts}


@adds(CLAIM, ClaimBody, find=PROJECT.find)
def add_claim(person: Person, project: Project, fields: dict[str, Any]) -> Claim:
    """Make a claim, from annotations or on its own."""
    return claims.add_claim(by=person, project=project, **found(fields, person, project))


@edits(CLAIM, ClaimBody)
def edit_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Change a claim."""
    return claims.edit_claim(by=person, claim=claim, version=version, **found(fields, person, claim.project))


def found(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    fields = with_lists(fields, person, project, mentions=Annotation)
    return with_owner(with_records(fields, person, project, claimant=Agent), project)


@trashes(CLAIM)
def trash_claim(person: Person, claim: Claim, version: int) -> Claim:
    """Move a claim to the trash."""
    return claims.trash_claim(by=person, claim=claim, version=version)


@moves(CLAIM)
def restore_claim(person: Person, claim: Claim, version: int) -> Claim:
    """Take a claim out of the trash."""
    return claims.restore_claim(by=person, claim=claim, version=version)


# -- moves ------------------------------------------------------------------------------------------------------------


@moves(CLAIM)
def take_claim(person: Person, claim: Claim, version: int) -> Claim:
    """Take a claim from the inbox into your work."""
    return claims.take_claim(by=person, claim=claim, version=version)


@moves(CLAIM, ReasonBody)
def park_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Set a claim aside, with the reason."""
    return claims.park_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM)
def resume_claim(person: Person, claim: Claim, version: int) -> Claim:
    """Bring a parked claim back to the inbox."""
    return claims.resume_claim(by=person, claim=claim, version=version)


@moves(CLAIM, ReasonBody)
def reject_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Close a claim without checking it, with the reason."""
    return claims.reject_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM, DefenceBody)
def reconsider_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Bring a rejected claim back to the inbox."""
    return claims.reconsider_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM, ClaimMergeBody)
def merge_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Close a claim as the same as another, which gets what is said of it."""
    fields = with_records(fields, person, claim.project, into=Claim)
    return merging.merge_claim(by=person, claim=claim, version=version, **fields)


@moves(CLAIM, ClaimSplitBody)
def split_claim(person: Person, claim: Claim, version: int, fields: dict[str, Any]) -> Claim:
    """Make claims of their own from what one says; the list of claims has them by `split_from`."""
    parts = [merging.Part(**with_lists(part, person, claim.project, mentions=Annotation)) for part in fields["parts"]]
    merging.split_claim(by=person, claim=claim, version=version, parts=parts)
    return claim


@adds(CLAIM, PromotionBody, find=ATTRIBUTION.find)
def promote_saying(person: Person, attribution: Attribution, fields: dict[str, Any]) -> Claim:
    """The claim that somebody said this, from the attribution that stood for it; asked again, the same claim."""
    return claims.promote_saying(by=person, attribution=attribution, **fields)


# -- mentions ---------------------------------------------------------------------------------------------------------


@lists(MENTION, find=CLAIM.find, query=TrashQuery)
def list_mentions(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """Where a claim is made."""
    return ClaimMention.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(MENTION, MentionBody, find=CLAIM.find)
def add_mention(person: Person, claim: Claim, fields: dict[str, Any]) -> ClaimMention:
    """Say that an annotation makes a claim, and through which attribution."""
    fields = with_records(fields, person, claim.project, annotation=Annotation, attribution=Attribution)
    return claims.add_mention(by=person, claim=claim, **fields)


@edits(MENTION, MentionEdit)
def edit_mention(person: Person, mention: ClaimMention, version: int, fields: dict[str, Any]) -> ClaimMention:
    """Say through which attribution the claim is made here."""
    fields = with_records(fields, person, mention.project, attribution=Attribution)
    fields.setdefault("attribution", mention.attribution)
    return claims.edit_mention(by=person, mention=mention, version=version, **fields)


@trashes(MENTION)
def remove_mention(person: Person, mention: ClaimMention, version: int) -> ClaimMention:
    """Take a mention away. Adding it again makes a new one."""
    return claims.remove_mention(by=person, mention=mention, version=version)
