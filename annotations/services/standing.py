"""What a standing resolution rests on: it cannot be trashed, and changing it in review sends the dispute back first.

A resolution stands while its dispute is in review or closed by it, and no later number exists.
"""

from collections.abc import Iterable
from typing import Any

from annotations.core.errors import IllegalMove
from annotations.core.lifecycle import DisputeState
from annotations.models import Dispute, Evidence, Person, Resolution, VerdictCitation
from annotations.services.write import Change


def citations_that_stand(**by: Any) -> Any:
    """The citations of evidence in resolutions that stand."""
    return VerdictCitation.objects.filter(verdict__resolution__in=Resolution.objects.standing(), **by)


def refuse_while_cited(**by: Any) -> None:
    """Raise IllegalMove where a standing resolution cites what `by` selects."""
    if citations_that_stand(**by).exists():
        raise IllegalMove("A standing resolution cites this; it cannot go to the trash while the resolution stands.")


def free_of_review(change: Change, by: Person, disputes: Iterable[Any], because: str) -> None:
    """Before a change to what disputes judge: lock them, send back those in review, refuse for closed ones.

    `disputes` are ids. Raises IllegalMove where one is closed, because its answer stands on what would change.
    """
    for dispute in Dispute.objects.select_for_update(no_key=True).filter(pk__in=list(disputes)).order_by("pk"):
        if dispute.state == DisputeState.CLOSED:
            raise IllegalMove("A closed dispute stands on this; reopen the dispute first.")
        if dispute.state == DisputeState.IN_REVIEW:
            reason = f"Sent back by itself: {because}."
            change.edit(dispute, dispute.version, "dispute_sent_back", state=DisputeState.OPEN, state_reason=reason)


def disputes_standing_on(**by: Any) -> Any:
    """The disputes, by id, whose standing resolution cites what `by` selects."""
    return citations_that_stand(**by).values_list("verdict__resolution__dispute_id", flat=True)


def disputes_citing(evidence: Evidence) -> list[Any]:
    """The disputes whose standing resolution, or whose positions, cite a piece of evidence."""
    by_verdict = disputes_standing_on(evidence=evidence)
    by_stance = Dispute.objects.filter(
        positions__stances__citations__evidence=evidence, positions__trashed=False
    ).values_list("pk", flat=True)
    return [*by_verdict, *by_stance]
