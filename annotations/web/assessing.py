"""Votes on a claim with the form for one's own, mode by mode: on a page of their own, and beside a proposal."""

from collections.abc import Mapping
from typing import NamedTuple

from annotations.models import Claim, Person
from annotations.policies.assessments import may_add_assessment
from annotations.policies.roles import Decision, no
from annotations.queries.assessments import Votes, votes_on
from annotations.queries.evidence import ledger_of
from annotations.services.assessments import OPEN, newest_scale
from annotations.web.forms.assessments import AssessmentForm, initial_assessment
from annotations.web.forms.disputes import evidence_words
from annotations.web.requests import WebRequest

LATE = no("An answer to this claim is proposed, and all votes are open: it is too late for another.")


class ModeSeen(NamedTuple):
    """The votes of one mode, the form for one's own, and whether one may give it."""

    votes: Votes
    form: AssessmentForm
    may: Decision


def assessing_context(
    claim: Claim, person: Person, forms: Mapping[str, AssessmentForm] | None = None
) -> list[ModeSeen]:
    """Five queries."""
    may = may_add_assessment(person, claim.project_id)
    scale, menu = newest_scale(claim.project_id), evidence_menu(claim, person)
    return [
        ModeSeen(
            votes,
            (forms or {}).get(votes.mode)
            or AssessmentForm(mode=votes.mode, scale=scale, evidence=menu, initial=initial_assessment(votes.mine)),
            may if claim.state in OPEN[votes.mode] else LATE,
        )
        for votes in votes_on(claim, person)
    ]


def form_of(request: WebRequest, claim: Claim, mode: str) -> AssessmentForm:
    """The form of a vote as it was sent."""
    menu = evidence_menu(claim, request.user)
    return AssessmentForm(request.POST, mode=mode, scale=newest_scale(claim.project_id), evidence=menu)


def evidence_menu(claim: Claim, person: Person) -> list[tuple[str, str]]:
    return [(str(row.pk), evidence_words(row)) for row in ledger_of([claim.pk], person).evidence]
