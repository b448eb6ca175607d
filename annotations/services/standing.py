"""What a standing resolution rests on: it cannot be trashed, and changing it in review sends it back first.

A resolution stands while its dispute is in review or closed by it, or its claim in review, approved or published, and
no later number exists.
"""

from collections.abc import Iterable
from typing import Any

from annotations.core.errors import IllegalMove
from annotations.core.lifecycle import ClaimState, DisputeState
from annotations.models import Claim, Dispute, Evidence, Person, Resolution, VerdictCitation
from annotations.services.write import Change

ANSWERED = (ClaimState.APPROVED, ClaimState.PUBLISHED)


def citations_that_stand(**by: Any) -> Any:
    """The citations of evidence in resolutions that stand."""
    return VerdictCitation.objects.filter(verdict__resolution__in=Resolution.objects.standing(), **by)


def refuse_while_cited(**by: Any) -> None:
    """Raise IllegalMove where a standing resolution cites what `by` selects."""
    if citations_that_stand(**by).exists():
        raise IllegalMove("A standing resolution cites this; it cannot go to the trash while the resolution stands.")


def free_of_review(
    change: Change, by: Person, disputes: Iterable[Any], because: str, *, claims: Iterable[Any] = ()
) -> None:
    """Before a change to what is judged: lock it, send back what is in review, refuse for what is answered.

    `disputes` and `claims` (those that are settled on their own) are ids. Raises IllegalMove where one is closed or
    approved, because its answer stands on what would change.
    """
    reason = f"Sent back by itself: {because}."
    for dispute in Dispute.objects.select_for_update(no_key=True).filter(pk__in=list(disputes)).order_by("pk"):
        if dispute.state == DisputeState.CLOSED:
            raise IllegalMove("A closed dispute stands on this; reopen the dispute first.")
        if dispute.state == DisputeState.IN_REVIEW:
            change.edit(dispute, dispute.version, "dispute_sent_back", state=DisputeState.OPEN, state_reason=reason)
    for claim in Claim.objects.select_for_update(no_key=True).filter(pk__in=list(claims)).order_by("pk"):
        if claim.state in ANSWERED:
            raise IllegalMove("The approved answer to a claim stands on this; correct that answer first.")
        if claim.state == ClaimState.IN_REVIEW:
            change.edit(claim, claim.version, "claim_sent_back", state=ClaimState.IN_WORK, state_reason=reason)


def free_what_cites(change: Change, by: Person, because: str, **what: Any) -> None:
    """The same for whatever has a standing resolution that cites what `what` selects: `evidence__source=source`."""
    free_of_review(change, by, disputes_standing_on(**what), because, claims=claims_standing_on(**what))


def free_what_rests_on(change: Change, by: Person, evidence: Evidence, because: str) -> None:
    """The same for a piece of evidence, which positions cite too."""
    disputes = disputes_citing(evidence)
    free_of_review(change, by, disputes, because, claims=claims_standing_on(evidence=evidence))


def disputes_standing_on(**by: Any) -> Any:
    """The disputes, by id, whose standing resolution cites what `by` selects."""
    cited = citations_that_stand(verdict__resolution__dispute__isnull=False, **by)
    return cited.values_list("verdict__resolution__dispute_id", flat=True)


def claims_standing_on(**by: Any) -> Any:
    """The claims, by id, whose own standing resolution cites what `by` selects."""
    cited = citations_that_stand(verdict__resolution__claim__isnull=False, **by)
    return cited.values_list("verdict__resolution__claim_id", flat=True)


def disputes_citing(evidence: Evidence) -> list[Any]:
    """The disputes whose standing resolution, or whose positions, cite a piece of evidence."""
    by_verdict = disputes_standing_on(evidence=evidence)
    by_stance = Dispute.objects.filter(
        positions__stances__citations__evidence=evidence, positions__trashed=False
    ).values_list("pk", flat=True)
    return [*by_verdict, *by_stance]
