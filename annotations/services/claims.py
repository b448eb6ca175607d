"""Claims: made from annotations or from an address, mentioned in many places, moved through the work.

Merging and splitting them stands in `merging`; answers to them in `resolutions`, what is published in `reports`.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.lifecycle import ClaimState, reached_by
from annotations.core.normalising import sentence_of_saying
from annotations.core.sentences import listed, say, word
from annotations.models import (
    Annotation,
    Attribution,
    Claim,
    ClaimMention,
    ClaimRelation,
    Dispute,
    Person,
    Project,
    Report,
    Resolution,
    Verdict,
)
from annotations.models.claims import CHECKABILITIES, CLAIM_TYPES, LAYERS, MEDIA
from annotations.policies.claims import may_add_claim, may_edit_claim, may_move_claim
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import Change, stale, writing

EDITABLE = (
    "text",
    "types",
    "checkability",
    "checkability_reason",
    "layer",
    "claim_date",
    "place",
    "language",
    "medium",
    "url",
    "claimant",
    "note",
    "owner",
    "deadline",
    "mentions",
)
LONGEST_CLAIM = 2_000
WHAT_IS_JUDGED = ("text", "layer")  # a verdict is on these words, and on this question about them


def add_claim(*, by: Person, project: Project, text: str, mentions: Iterable[Annotation] = (), **fields: Any) -> Claim:
    """Make a claim, with the annotations in which it is made. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    places = list(mentions)
    fields |= {"text": text, "types": list(fields.get("types", ()))}
    check_fields(fields, project)
    same_project(project.pk, mentions=places, claimant=fields.get("claimant"))
    with writing(by, project.pk) as change:
        change.allow(may_add_claim(by, project.pk))
        claim = change.add(Claim(project=project, author=by, **fields), "claim_added")
        for annotation in unique(places):
            change.add(mention_of(by, claim, annotation), "mention_added")
        return claim


def edit_claim(*, by: Person, claim: Claim, version: int, **fields: Any) -> Claim:
    """Change a claim; `mentions` replaces the annotations that mention it.

    Other words, or another question, send back what is in review. Raises Refused, Invalid, Stale; IllegalMove where a
    closed dispute or an approved answer stands on its words, or where a verdict would pass between said and so.
    """
    only_known(fields, EDITABLE)
    check_fields(fields, claim.project)
    places = fields.pop("mentions", None)
    same_project(claim.project_id, mentions=places or [], claimant=fields.get("claimant"))
    with writing(by, claim.project_id) as change:
        change.allow(may_edit_claim(by, claim))
        change.check_version(claim, version)
        if fields.get("layer", claim.layer) != claim.layer:
            refuse_another_question(claim)
        if any(fields.get(name, getattr(claim, name)) != getattr(claim, name) for name in WHAT_IS_JUDGED):
            because = "the words of a statement were changed"
            free_of_review(change, by, disputes_over(claim), because, claims=[claim.pk])
            claim.refresh_from_db()
        change.edit(claim, claim.version, "claim_edited", **fields)
        if places is not None:
            replace_mentions(change, by, claim, unique(places))
        return claim


def trash_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Move a claim to the trash. Raises IllegalMove while it is a statement of a dispute."""
    with writing(by, claim.project_id) as change:
        change.allow(may_edit_claim(by, claim))
        change.check_version(claim, version)
        if Resolution.objects.standing().filter(claim=claim).exists():
            raise IllegalMove("A resolution of this claim stands; send it back or take it back first.")
        if disputes_over(claim):
            raise IllegalMove("This claim is a statement of a dispute; take it out of the dispute first.")
        return trash(change, claim, version, "claim_trashed")


def restore_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Take a claim out of the trash."""
    with writing(by, claim.project_id) as change:
        change.allow(may_edit_claim(by, claim))
        return restore(change, claim, version, "claim_restored")


def disputes_over(claim: Claim) -> list[Any]:
    """The disputes of which the claim is a statement."""
    return list(Dispute.objects.active().filter(statements__claim=claim).values_list("pk", flat=True))


def refuse_another_question(claim: Claim) -> None:
    """Whether they said it and whether it is so are two claims: what was answered for one never stands for the other.
    Raises IllegalMove."""
    if Verdict.objects.filter(claim=claim).exists():
        raise IllegalMove("A verdict was given on what this claim asks; make another claim for the other question.")
    reported = ClaimRelation.objects.active().filter(type="reports")
    if reported.filter(from_claim=claim).exists() or reported.filter(to_claim=claim).exists():
        raise IllegalMove("Another claim says who said this, or what they said; make a claim of its own.")


def refuse_merged(claim: Claim) -> None:
    """Raise IllegalMove for a claim that went into another one: what is said of it is said there."""
    if claim.merged_into_id:
        raise IllegalMove("This claim was merged into another one; go on there.")


def as_they_are(claims: Iterable[Claim]) -> list[Claim]:
    """The claims as they are now, in the order given, held until the transaction ends: what is hung on one is not left
    behind by somebody who merges or trashes it at the same moment. Raises IllegalMove for a merged one."""
    given = [claim.pk for claim in claims]
    rows = Claim.objects.select_for_update(no_key=True).filter(pk__in=given).order_by("pk")
    found = {claim.pk: claim for claim in rows}
    for claim in found.values():
        refuse_merged(claim)
    return [found[pk] for pk in given]


# -- mentions ---------------------------------------------------------------------------------------------------------


def mention_of(
    by: Person, claim: Claim, annotation: Annotation, attribution: Attribution | None = None
) -> ClaimMention:
    return ClaimMention(
        project_id=claim.project_id, author=by, claim=claim, annotation=annotation, attribution=attribution
    )


def add_mention(
    *, by: Person, claim: Claim, annotation: Annotation, attribution: Attribution | None = None
) -> ClaimMention:
    """Say that an annotation makes a claim, and through which attribution. Raises Refused, Invalid, Clash."""
    same_project(claim.project_id, annotation=annotation, attribution=attribution)
    with writing(by, claim.project_id) as change:
        change.allow(may_add_claim(by, claim.project_id))
        refuse_merged(claim)
        if claim.mentions.active().filter(annotation=annotation).exists():
            raise Clash("This annotation mentions the claim already.", errors={"annotation": ["Mentioned already."]})
        return change.add(mention_of(by, claim, annotation, attribution), "mention_added")


def edit_mention(*, by: Person, mention: ClaimMention, version: int, attribution: Attribution | None) -> ClaimMention:
    """Say through which attribution a claim is made here. Raises Refused, Invalid, Stale."""
    same_project(mention.project_id, attribution=attribution)
    with writing(by, mention.project_id) as change:
        change.allow(may_edit_claim(by, mention.claim))
        return change.edit(mention, version, "mention_edited", attribution=attribution)


def remove_mention(*, by: Person, mention: ClaimMention, version: int) -> ClaimMention:
    """Take a mention away; adding it again makes a new one. Raises Refused, Stale."""
    with writing(by, mention.project_id) as change:
        change.allow(may_edit_claim(by, mention.claim))
        return trash(change, mention, version, "mention_removed")


def replace_mentions(change: Change, by: Person, claim: Claim, places: list[Annotation]) -> None:
    known = {mention.annotation_id: mention for mention in claim.mentions.active()}
    wanted = {annotation.pk for annotation in places}
    for annotation_id, mention in known.items():
        if annotation_id not in wanted:
            change.edit(mention, mention.version, "mention_removed", trashed=True)
    for annotation in places:
        if annotation.pk not in known:
            change.add(mention_of(by, claim, annotation), "mention_added")


def unique(annotations: Iterable[Annotation]) -> list[Annotation]:
    return list({annotation.pk: annotation for annotation in annotations}.values())


# -- moves ------------------------------------------------------------------------------------------------------------


def move(by: Person, claim: Claim, version: int, verb: str, past: str, **columns: Any) -> Claim:
    """One move of the table: policy, version, legality, change. Raises Refused, Stale, IllegalMove."""
    with writing(by, claim.project_id) as change:
        change.allow(may_move_claim(by, claim))
        if claim.version != version:
            raise stale(claim)
        state = reached_by("claim", verb, claim.state)
        return change.edit(claim, version, past, state=state, **columns)


def check_reason(reason: Any, *, required: bool = True) -> str:
    checks = Checks()
    checks.text("reason", reason, required=required)
    checks.done()
    return str(reason)


def take_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Take a claim from the inbox into one's own work."""
    return move(by, claim, version, "take", "claim_taken", owner=by, state_reason="")


def park_claim(*, by: Person, claim: Claim, version: int, reason: str) -> Claim:
    """Set a claim aside, with the reason."""
    return move(by, claim, version, "park", "claim_parked", state_reason=check_reason(reason))


def resume_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Bring a parked claim back to the inbox."""
    return move(by, claim, version, "resume", "claim_resumed", state_reason="")


def reject_claim(*, by: Person, claim: Claim, version: int, reason: str) -> Claim:
    """Close a claim without checking it, with the reason."""
    return move(by, claim, version, "reject", "claim_rejected", state_reason=check_reason(reason))


def reconsider_claim(*, by: Person, claim: Claim, version: int, reason: str = "") -> Claim:
    """Bring a rejected claim back to the inbox; `reason` is what speaks for it. Raises IllegalMove for one that was
    closed in another way."""
    check_reason(reason, required=False)
    if not (refused := closed_otherwise(claim)):
        return move(by, claim, version, "reconsider", "claim_reconsidered", state_reason=reason)
    with writing(by, claim.project_id) as change:
        change.allow(may_move_claim(by, claim))
        change.check_version(claim, version)
    raise IllegalMove(refused)


def closed_otherwise(claim: Claim) -> str:
    """Why a closed claim is not one that was rejected; empty where it is, or is not closed."""
    if claim.merged_into_id:
        return say("This claim was merged into another one; go on there.")
    if claim.state == ClaimState.CLOSED and Report.objects.filter(claim=claim, state="retracted").exists():
        return say("This claim was retracted, not rejected; make a new claim.")
    return ""


# -- the saying itself ------------------------------------------------------------------------------------------------


def promote_saying(*, by: Person, attribution: Attribution, text: str = "") -> Claim:
    """The claim that somebody said this, from the attribution that stood for it until now; made once, then found.

    It is made where the words stand, through the attribution, and `reports` each claim of those words that asks whether
    it is so. Without `text` it is worded from the speaker and the words. No verdict comes along. Raises Refused,
    Invalid.
    """
    content = attribution.content
    if content is None or content.trashed or attribution.trashed:
        raise Invalid.field("content", "There are no words here that somebody said: mark what is said first.")
    project = content.article.project
    with writing(by, project.pk) as change:
        change.allow(may_add_claim(by, project.pk))
        change.alone()
        said = said_through(attribution)
        if said is None:
            said = add_claim(by=by, project=project, text=text or worded(attribution), **kept_of(attribution))
            change.add(mention_of(by, said, content, attribution), "mention_added")
        for claim in claimed_in(attribution):
            report(change, by, said, claim)
        return said


def said_through(attribution: Attribution) -> Claim | None:
    """The claim that the attribution was promoted to, if it was."""
    promoted = Claim.objects.active().filter(
        layer="said", mentions__attribution=attribution, mentions__annotation=attribution.content_id,
        mentions__trashed=False,
    )  # fmt: skip
    return promoted.order_by("pk").first()


def worded(attribution: Attribution) -> str:
    """Who said what, as a sentence that stands alone: in the words of the one claim made of it, else in its own."""
    claims = list(claimed_in(attribution)[:2])
    speaker = attribution.agent.name if attribution.agent else attribution.speaker_quote
    words = claims[0].text if len(claims) == 1 else attribution.content.quote  # type: ignore[union-attr]
    return sentence_of_saying(speaker, words, attribution.count, is_quoted=len(claims) != 1)[:LONGEST_CLAIM]


def kept_of(attribution: Attribution) -> dict[str, Any]:
    article = attribution.content.article  # type: ignore[union-attr]
    return {
        "layer": "said", "types": ["Quote Verification"], "claimant": attribution.agent, "language": article.language,
        "claim_date": "",
    }  # fmt: skip


def claimed_in(attribution: Attribution) -> Any:
    """The claims that ask whether what is said here is so."""
    made = ClaimMention.objects.active().filter(annotation=attribution.content_id)
    through = made.filter(Q(attribution=attribution) | Q(attribution=None))
    return Claim.objects.active().filter(layer="so", pk__in=through.values("claim_id")).order_by("pk")


def report(change: Change, by: Person, said: Claim, claim: Claim) -> None:
    """Say that the one reports the other, unless that is said already."""
    known = ClaimRelation.objects.active().filter(from_claim=said, to_claim=claim, type="reports")
    if not known.exists():
        relation = ClaimRelation(project_id=said.project_id, author=by, from_claim=said, to_claim=claim, type="reports")
        change.add(relation, "claim_relation_added")


# -- what holds -------------------------------------------------------------------------------------------------------


WORDS = {"checkability": (CHECKABILITIES, False), "layer": (LAYERS, False), "medium": (MEDIA, True)}
LENGTHS = {"text": LONGEST_CLAIM, "place": 200, "language": 35}


def check_fields(fields: dict[str, Any], project: Project) -> None:
    """Raise Invalid for everything that is wrong, by its field."""
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "checkability" | "layer" | "medium":
                choices, may_be_blank = WORDS[name]
                checks.word(name, value, choices, blank=may_be_blank)
            case "text" | "place" | "language":
                checks.text(name, value, required=name == "text", longest=LENGTHS[name])
            case "note" | "checkability_reason":
                checks.text(name, value)
            case "types":
                check_types(checks, value)
            case "claim_date":
                checks.date(name, value)
            case "url":
                checks.address(name, value)
            case "deadline" if value is not None and not isinstance(value, date):
                checks.wrong(name, "A day, as YYYY-MM-DD.")
            case "owner" if value is not None and not is_member(value, project):
                checks.wrong(name, "The owner has to be a member of the project.")
    checks.done()


def check_types(checks: Checks, types: Any) -> None:
    if not isinstance(types, list) or any(known not in CLAIM_TYPES for known in types):
        checks.wrong("types", say("A list of these: {words}.", words=listed(word(known) for known in CLAIM_TYPES)))
    elif len(set(types)) != len(types):
        checks.wrong("types", "Each type once.")


def is_member(person: Person, project: Project) -> bool:
    return project.memberships.active().filter(person=person).exists()
