"""How two claims stand to each other: said by a person, or suggested by a machine and then confirmed or dismissed.

A pair of claims of which anything was ever said, confirmed or dismissed is not suggested again. No relation carries a
verdict, and none is confirmed but by a person.
"""

from typing import Any

from annotations.core.comparisons import Suggestion, compare_claims
from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.sentences import say
from annotations.models import Claim, ClaimRelation, ClaimWord, Dispute, Person, Project
from annotations.models.comparisons import CLAIM_RELATION_TYPES, CONTRADICTION_KINDS, OPPOSING, said_by
from annotations.policies.comparisons import (
    may_add_claim_relation,
    may_ask_for_relations,
    may_decide_claim_relation,
    may_edit_claim_relation,
)
from annotations.policies.roles import Decision, works_blind
from annotations.services.disputes import open_dispute
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.jobs import Arguments, Report, Running, job
from annotations.services.trash import restore, trash
from annotations.services.write import Change, writing

EDITABLE = ("type", "kind", "explanation")
KIND = "find_claim_relations"
SUGGESTED_AT_MOST = 8  # for one claim at once: who gets more reads none
SMALL = 40  # claims that are compared while a person waits
SAID_ALREADY = "These two claims stand in this relation already."


def add_claim_relation(
    *, by: Person, from_claim: Claim, to_claim: Claim, type: str, kind: str = "", explanation: str = ""
) -> ClaimRelation:
    """Say how a claim stands to another. Raises Refused; Invalid by field (`to`, `type`, `kind`); Clash for a relation
    that is there already, also as a suggestion, which is confirmed instead."""
    check_ends(from_claim, to_claim)
    check_words({"type": type, "kind": kind, "explanation": explanation}, type)
    with writing(by, from_claim.project_id) as change:
        change.allow(may_add_claim_relation(by, from_claim.project_id))
        relation = ClaimRelation(
            project_id=from_claim.project_id,
            author=by,
            from_claim=from_claim,
            to_claim=to_claim,
            type=type,
            kind=kind,
            explanation=explanation,
        )
        refuse_twice(relation)
        return change.add(relation, "claim_relation_added")


def edit_claim_relation(*, by: Person, claim_relation: ClaimRelation, version: int, **fields: Any) -> ClaimRelation:
    """Change the type, the kind or the explanation. Raises as add_claim_relation, and Stale."""
    only_known(fields, EDITABLE)
    if "type" in fields and fields["type"] not in OPPOSING:
        fields.setdefault("kind", "")
    wanted = {name: fields.get(name, getattr(claim_relation, name)) for name in EDITABLE}
    check_words(wanted, wanted["type"])
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_edit_claim_relation(by, claim_relation))
        change.check_version(claim_relation, version)
        ends = {"from_claim": claim_relation.from_claim, "to_claim": claim_relation.to_claim}
        refuse_twice(ClaimRelation(pk=claim_relation.pk, **ends, **wanted))
        return change.edit(claim_relation, version, "claim_relation_edited", **fields)


def confirm_claim_relation(*, by: Person, claim_relation: ClaimRelation, version: int) -> ClaimRelation:
    """Say that a suggestion holds, also one that was dismissed. Raises Refused, Stale, IllegalMove."""
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_decide_claim_relation(by, claim_relation))
        change.check_version(claim_relation, version)
        in_sight(claim_relation)
        if claim_relation.state == "confirmed":
            raise IllegalMove(say("This relation is confirmed already."))
        return change.edit(claim_relation, version, "claim_relation_confirmed", state="confirmed", dismissed_because="")


def dismiss_claim_relation(*, by: Person, claim_relation: ClaimRelation, version: int, reason: str) -> ClaimRelation:
    """Say that a suggestion does not hold, and why: it is not made again. Raises Refused, Invalid, Stale,
    IllegalMove."""
    checks = Checks()
    checks.text("reason", reason, required=True)
    checks.done()
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_decide_claim_relation(by, claim_relation))
        change.check_version(claim_relation, version)
        in_sight(claim_relation)
        if claim_relation.state != "suggested":
            words = say("Only what is suggested is dismissed; move a confirmed relation to the trash instead.")
            raise IllegalMove(words)
        changed: dict[str, Any] = {"state": "dismissed", "dismissed_because": reason}
        return change.edit(claim_relation, version, "claim_relation_dismissed", **changed)


def trash_claim_relation(*, by: Person, claim_relation: ClaimRelation, version: int) -> ClaimRelation:
    """Move a relation to the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_edit_claim_relation(by, claim_relation))
        return trash(change, claim_relation, version, "claim_relation_trashed")


def restore_claim_relation(*, by: Person, claim_relation: ClaimRelation, version: int) -> ClaimRelation:
    """Take a relation out of the trash. Raises Refused, Stale, IllegalMove, Clash where it was said anew meanwhile."""
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_edit_claim_relation(by, claim_relation))
        change.check_version(claim_relation, version)
        if claim_relation.trashed:
            refuse_twice(claim_relation)
        return restore(change, claim_relation, version, "claim_relation_restored")


def open_dispute_from(*, by: Person, claim_relation: ClaimRelation, version: int, question: str) -> Dispute:
    """Open a dispute over both claims of an opposition, which is confirmed with it. Raises Refused, Invalid, Stale,
    IllegalMove."""
    with writing(by, claim_relation.project_id) as change:
        change.allow(may_decide_claim_relation(by, claim_relation))
        change.check_version(claim_relation, version)
        in_sight(claim_relation)
        if claim_relation.type not in OPPOSING:
            raise IllegalMove(say("A dispute is opened over claims that contradict each other."))
        claims = [claim_relation.from_claim, claim_relation.to_claim]
        if shared := in_one_dispute(*claims):
            raise Clash(say("Both claims are statements of a dispute already: {question}", question=shared.question))
        dispute = open_dispute(by=by, project=claims[0].project, question=question, statements=claims)
        decided: dict[str, Any] = {"state": "confirmed", "dismissed_because": "", "dispute": dispute}
        change.edit(claim_relation, version, "claim_relation_confirmed", **decided)
        return dispute


# -- checks -----------------------------------------------------------------------------------------------------------


def check_ends(from_claim: Claim, to_claim: Claim) -> None:
    same_project(from_claim.project_id, to=to_claim)
    if from_claim.pk == to_claim.pk:
        raise Invalid.field("to", say("A claim relation needs two different claims."))
    for field, claim in (("from", from_claim), ("to", to_claim)):
        if claim.trashed:
            raise Invalid.field(field, say("This claim is in the trash."))


def check_words(fields: dict[str, Any], type: Any) -> None:
    checks = Checks()
    checks.word("type", fields["type"], CLAIM_RELATION_TYPES)
    checks.word("kind", fields["kind"], CONTRADICTION_KINDS, blank=True)
    if fields["kind"] and type not in OPPOSING:
        checks.wrong("kind", "Only a contradiction has a kind of contradiction.")
    checks.text("explanation", fields["explanation"])
    checks.done()


def in_sight(claim_relation: ClaimRelation) -> None:
    if claim_relation.trashed:
        raise IllegalMove(say("This relation is in the trash; take it out first."))


def refuse_twice(relation: ClaimRelation) -> None:
    """Raise Clash where the relation is there; the constraint catches two at one moment."""
    same = ClaimRelation.objects.active().filter(
        from_claim=relation.from_claim, to_claim=relation.to_claim, type=relation.type
    )
    there = same.exclude(pk=relation.pk).first()
    if there is None:
        return
    if there.state == "suggested":
        words = say("This is suggested already; accept the suggestion instead.")
    elif there.state == "dismissed":
        words = say("This was dismissed: {reason} Accept the dismissed suggestion, if it holds after all.",
                    reason=there.dismissed_because)  # fmt: skip
    else:
        words = say(SAID_ALREADY)
    raise Clash(words, errors={"type": [words]})


def in_one_dispute(one: Claim, other: Claim) -> Dispute | None:
    """A dispute of which both are statements."""
    found: Dispute | None = (
        Dispute.objects.active().filter(statements__claim=one).filter(statements__claim=other).first()
    )
    return found


# -- suggesting -------------------------------------------------------------------------------------------------------


def suggest_claim_relations(*, by: Person, claim: Claim) -> list[ClaimRelation]:
    """Look for claims that stand to this one in a relation that its words show, among those that `by` may see, and
    store what is new as suggestions. Raises Refused."""
    with writing(by, claim.project_id) as change:
        change.allow(may_ask_for_relations(by, claim.project_id))
        return [suggested(change, by, claim, other, found) for other, found in new_relations(by, claim)]


def new_relations(by: Person, claim: Claim) -> list[tuple[Claim, Suggestion]]:
    """The surest first; pairs of which something was said before are left out, whatever became of it."""
    author = by if works_blind(by, claim.project) else None
    near = ClaimWord.objects.near(claim.text, claim.project, author=author, leaving_out=claim)
    rows = Claim.objects.visible_to(by).active().filter(project_id=claim.project_id, pk__in=near)
    rows = rows.filter(merged_into__isnull=True).exclude(pk__in=list(said_of(claim)))
    others = list(rows.select_related("claimant"))
    if claim.trashed or claim.merged_into_id or not others:
        return []
    said = said_by([*others, claim])
    compared = [(other, compare_claims(said[claim.pk], said[other.pk])) for other in others]
    found = [(other, suggestion) for other, suggestion in compared if suggestion]
    return sorted(found, key=lambda pair: (-pair[1].score, str(pair[0].pk)))[:SUGGESTED_AT_MOST]


def said_of(claim: Claim) -> set[Any]:
    """The claims of which it was said, or suggested, how they stand to this one; those in the trash too."""
    pairs = ClaimRelation.objects.filter(from_claim=claim).values_list("to_claim_id", flat=True)
    turned = ClaimRelation.objects.filter(to_claim=claim).values_list("from_claim_id", flat=True)
    return {*pairs, *turned}


def suggested(change: Change, by: Person, claim: Claim, other: Claim, found: Suggestion) -> ClaimRelation:
    ends = (other, claim) if found.turned else (claim, other)
    relation = ClaimRelation(
        project_id=claim.project_id,
        author=by,
        from_claim=ends[0],
        to_claim=ends[1],
        type=found.type,
        kind=found.kind,
        state="suggested",
        explanation=str(found.reason),
        by_machine=True,
        score=round(found.score, 3),
    )
    return change.add(relation, "claim_relation_suggested")


def may_find(person: Person, project: Project, _arguments: Arguments) -> Decision:
    return may_ask_for_relations(person, project.pk)


def claims_in(project: Project, arguments: Arguments) -> int:
    return 1 if "claim" in arguments else Claim.objects.active().filter(project=project).count()


@job(KIND, title="Looking for relations between claims", may=may_find, cost=claims_in, small=SMALL)
def find_claim_relations(running: Running) -> Report:
    """Compare every claim that the person sees, or the one that was named, with those near to it. Done again it finds
    only what is new."""
    rows = Claim.objects.visible_to(running.by).active().filter(project_id=running.job.project_id)
    if "claim" in running.arguments:
        rows = rows.filter(pk=running.arguments["claim"])
    pks = list(rows.order_by("id").values_list("pk", flat=True))
    stored = 0
    for number, pk in enumerate(pks):
        running.sign(number, len(pks))
        claim = rows.select_related("project", "claimant").filter(pk=pk).first()
        stored += len(suggest_claim_relations(by=running.by, claim=claim)) if claim else 0
    return {"claims": len(pks), "suggested": stored}
