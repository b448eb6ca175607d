"""Claims: made from annotations or on their own, mentioned in many places, moved through the work."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from annotations.core.errors import Clash, IllegalMove
from annotations.core.lifecycle import reached_by
from annotations.core.sentences import listed, say, word
from annotations.models import Annotation, Attribution, Claim, ClaimMention, Dispute, Person, Project
from annotations.models.claims import CHECKABILITIES, CLAIM_TYPES, LAYERS
from annotations.policies.claims import may_add_claim, may_edit_claim, may_move_claim
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import Change, stale, writing

EDITABLE = (
    "text",
    "types",
    "checkability",
    "layer",
    "claim_date",
    "language",
    "note",
    "owner",
    "deadline",
    "mentions",
)
LONGEST_CLAIM = 2_000


def add_claim(*, by: Person, project: Project, text: str, mentions: Iterable[Annotation] = (), **fields: Any) -> Claim:
    """Make a claim, with the annotations in which it is made. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    places = list(mentions)
    fields |= {"text": text, "types": list(fields.get("types", ()))}
    check_fields(fields, project)
    same_project(project.pk, mentions=places)
    with writing(by, project.pk) as change:
        change.allow(may_add_claim(by, project.pk))
        claim = change.add(Claim(project=project, author=by, **fields), "claim_added")
        for annotation in unique(places):
            change.add(mention_of(by, claim, annotation), "mention_added")
        return claim


def edit_claim(*, by: Person, claim: Claim, version: int, **fields: Any) -> Claim:
    """Change a claim; `mentions` replaces the annotations that mention it.

    Raises Refused, Invalid, Stale; IllegalMove where a closed dispute stands on its words.
    """
    only_known(fields, EDITABLE)
    check_fields(fields, claim.project)
    places = fields.pop("mentions", None)
    same_project(claim.project_id, mentions=places or [])
    with writing(by, claim.project_id) as change:
        change.allow(may_edit_claim(by, claim))
        change.check_version(claim, version)
        if fields.get("text", claim.text) != claim.text:
            free_of_review(change, by, disputes_over(claim), "the words of a statement were changed")
        change.edit(claim, version, "claim_edited", **fields)
        if places is not None:
            replace_mentions(change, by, claim, unique(places))
        return claim


def trash_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Move a claim to the trash. Raises IllegalMove while it is a statement of a dispute."""
    with writing(by, claim.project_id) as change:
        change.allow(may_edit_claim(by, claim))
        change.check_version(claim, version)
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


def needs_reason(reason: Any) -> str:
    checks = Checks()
    checks.text("reason", reason, required=True)
    checks.done()
    return str(reason)


def take_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Take a claim from the inbox into one's own work."""
    return move(by, claim, version, "take", "claim_taken", owner=by, state_reason="")


def park_claim(*, by: Person, claim: Claim, version: int, reason: str) -> Claim:
    """Set a claim aside, with the reason."""
    return move(by, claim, version, "park", "claim_parked", state_reason=needs_reason(reason))


def resume_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Bring a parked claim back to the inbox."""
    return move(by, claim, version, "resume", "claim_resumed", state_reason="")


def reject_claim(*, by: Person, claim: Claim, version: int, reason: str) -> Claim:
    """Close a claim without checking it, with the reason."""
    return move(by, claim, version, "reject", "claim_rejected", state_reason=needs_reason(reason))


def reconsider_claim(*, by: Person, claim: Claim, version: int) -> Claim:
    """Bring a rejected claim back to the inbox."""
    return move(by, claim, version, "reconsider", "claim_reconsidered", state_reason="")


def check_fields(fields: dict[str, Any], project: Project) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "text":
                checks.text(name, value, required=True, longest=LONGEST_CLAIM)
            case "types":
                check_types(checks, value)
            case "checkability":
                checks.word(name, value, CHECKABILITIES)
            case "layer":
                checks.word(name, value, LAYERS)
            case "claim_date":
                checks.date(name, value)
            case "language":
                checks.text(name, value, longest=35)
            case "note":
                checks.text(name, value)
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
