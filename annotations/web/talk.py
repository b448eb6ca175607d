"""What people said around a dispute: who was asked, how much was commented, and who of the deciders has signed."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotations.models import Dispute, Membership, Position
from annotations.queries.comments import comment_counts
from annotations.queries.disputes import deciders
from annotations.queries.evidence import Ledger
from annotations.queries.resolutions import Proposal
from annotations.web.asking import requests_context
from annotations.web.requests import WebRequest

SILENT = frozenset({"declined", "no_reply"})  # stances that say until when a party was waited for


class Decider(NamedTuple):
    """One of those who decide: `note` is the role, or what this person did to the resolution in review."""

    membership: Membership
    note: str


def talk_context(
    request: WebRequest, dispute: Dispute, positions: Iterable[Position], ledger: Ledger, proposals: list[Proposal]
) -> dict[str, Any]:
    """For the dispute's screen: requests for comment, counts of comments, and the deciders. Three queries."""
    wanted = {
        "dispute": [dispute.pk],
        "position": [row.pk for row in positions],
        "evidence": [row.pk for row in ledger.evidence],
        "resolution": [proposal.resolution.pk for proposal in proposals],
    }
    members = list(deciders(dispute))
    in_review = proposals[0] if proposals and dispute.state == "in_review" else None
    return requests_context(request, dispute) | {
        "silences": SILENT,
        "comment_counts": comment_counts(request.user, wanted),
        "deciders": [Decider(one, note_of(one, in_review)) for one in members],
        "too_few_deciders": too_few(members, dispute, in_review),
    }


def note_of(membership: Membership, proposal: Proposal | None) -> str:
    if proposal is None:
        return str(membership.role)
    if membership.person_id == proposal.resolution.proposer_id:
        return _("proposer")
    for word, given in ((_("approved"), proposal.approvals), (_("dissented"), proposal.dissents)):
        if any(one.decision.author_id == membership.person_id for one in given):
            return word
    return _("not yet")


def too_few(members: list[Membership], dispute: Dispute, proposal: Proposal | None) -> bool:
    """Whether the approvals needed can never come: nobody approves what they proposed, or what they dissented from."""
    out = {proposal.resolution.proposer_id} if proposal else set()
    out |= {one.decision.author_id for one in proposal.dissents} if proposal else set()
    able = [one for one in members if one.person_id not in out]
    return len(able) - (0 if proposal else 1) < dispute.project.approvals_dispute
