"""The page of one claim, region by region: each has a template of its own and a function here that says what it shows.

What is seldom looked at is a fold that is asked for when it is opened, so that the page stays cheap however much is
known about the claim.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from annotations.core.errors import WorkbenchError
from annotations.core.normalising import doubts_about
from annotations.models import Attribution, Claim, ClaimMention, Person, Source
from annotations.policies.claims import may_add_claim, may_edit_claim
from annotations.policies.disputes import may_open_dispute
from annotations.policies.evidence import may_add_evidence
from annotations.policies.triage import may_add_mark
from annotations.queries import claims as queries
from annotations.queries.agents import grades_of
from annotations.queries.attributions import saying_of
from annotations.queries.evidence import OriginGroup, ledger_of, stretch_of
from annotations.queries.resolutions import answer_to
from annotations.web.fields import WriteForm
from annotations.web.forms.claims import NEED_A_REASON, EditClaimForm, ReasonForm, initial_claim
from annotations.web.forms.disputes import members_of
from annotations.web.publication import publication_of
from annotations.web.requests import WebRequest
from annotations.web.respond import page, region
from annotations.web.stale import differences

MENTIONS_SHOWN = 10
EVIDENCE_SHOWN = 30
JOINED = ("project", "owner", "author", "claimant")
Context = dict[str, Any]


def claim_page(
    request: WebRequest,
    row: Claim,
    *,
    edit_form: EditClaimForm | None = None,
    reason_forms: dict[str, WriteForm] | None = None,
    error: WorkbenchError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Everything about one claim, with the forms that were refused as they were typed."""
    person = request.user
    context: Context = {
        "section": "project",
        "project": row.project,
        "claim": row,
        "reason_forms": {verb: ReasonForm(called=verb) for verb in NEED_A_REASON} | (reason_forms or {}),
        "form": edit_form,
        "may_edit": may_edit_claim(person, row),
        "error": error,
        "differences": differences(error, edit_form, initial_claim(row)) if edit_form else [],
        "fold": request.GET.get("fold", ""),
    }
    for shown_in in REGIONS:
        context |= shown_in(person, row)
    if context["fold"] == "evidence":
        context |= evidence(person, row, None)
    if context["fold"] == "sets":
        context["all_evidence"] = ledger_of([row.pk], person).evidence
    return page(request, "annotations/claims/detail.html", context, status)


FOLDS = {"edit": "_edit", "evidence": "_evidence_groups", "sets": "_evidence_sets"}


def claim_fold(request: WebRequest, row: Claim, name: str) -> HttpResponse:
    """What a fold holds, when it is opened; without htmx, or for a name that is none, the page with that fold open."""
    form = EditClaimForm(initial=initial_claim(row), members=members_of(row.project)) if name == "edit" else None
    if not request.htmx or name not in FOLDS:
        return claim_page(request, row, edit_form=form)
    context: Context = {"project": row.project, "claim": row, "form": form, "fold": name}
    context |= {"may_edit": may_edit_claim(request.user, row)}
    if name == "sets":
        context["all_evidence"] = ledger_of([row.pk], request.user).evidence
    elif name == "evidence":
        groups = stretch_of(row, request.user, EVIDENCE_SHOWN).groups
        context |= {"groups": groups, "grades": grades_of(row.project, sources_in(groups))}
    return region(request, f"annotations/claims/{FOLDS[name]}.html", context)


def head(person: Person, claim: Claim) -> Context:
    """Where it came from and went, how urgent it is, what makes it hard to check, what may be done with it."""
    return {
        "split": queries.split_from(claim, person),
        "doubts": doubts_about(claim.text, claim.layer) if claim.language in ("", "en") else [],
        "moves": queries.possible_moves(claim, person),
        "reshapings": queries.possible_reshapings(claim, person),
        "may_rate": may_add_mark(person, claim.project_id),
    }


def mentions(person: Person, claim: Claim, start: int = 0) -> Context:
    """Where it is made and through whom: a stretch of them, and how many there are."""
    seen = queries.mentions_of(claim, person, start, MENTIONS_SHOWN)
    return {
        "mentions": seen.mentions,
        "mentions_in_all": seen.in_all,
        "next_mentions": start + MENTIONS_SHOWN if seen.in_all > start + MENTIONS_SHOWN else None,
        "may_add": may_add_claim(person, claim.project_id),
    }


def mention_fold(request: WebRequest, mention: ClaimMention) -> HttpResponse:
    """One place: each step of its chain, through whom the claim is made there, a claim of the saying itself."""
    person, claim = request.user, mention.claim
    seen = queries.mentions_of(claim, person, only=mention.pk)
    context: Context = {
        "section": "project",
        "project": claim.project,
        "claim": claim,
        "mentions": seen.mentions,
        "one": seen.mentions[0] if seen.mentions else None,
        "through": through_choices(seen.known),
        "may_edit": may_edit_claim(person, claim),
        "may_add": may_add_claim(person, claim.project_id),
    }
    name = "_mention_fold" if request.htmx else "mention"
    return page(request, f"annotations/claims/{name}.html", context)


def through_choices(attributions: dict[UUID, Attribution]) -> list[tuple[UUID | None, str, str]]:
    """The sayings through which a claim may be made: (their article, id, words)."""
    return [(row.article_id, str(pk), saying_of(row).name) for pk, row in attributions.items()]


def evidence(person: Person, claim: Claim, size: int | None = EVIDENCE_SHOWN) -> Context:
    ledger = stretch_of(claim, person, 0, size)
    return {
        "ledger": ledger,
        "groups": ledger.groups,
        "grades": grades_of(claim.project, sources_in(ledger.groups)),
        "more_evidence": max(0, ledger.in_all - size) if size else 0,
        "has_sets": ledger.in_all > 1,
        "counted": ledger.counted,
        "may_add_evidence": may_add_evidence(person, claim.project_id),
    }


def sources_in(groups: list[OriginGroup]) -> list[Source]:
    return [row.source for group in groups for row in group.rows]


def disputes(person: Person, claim: Claim) -> Context:
    return {
        "disputes": queries.disputes_over(claim, person),
        "may_open_dispute": may_open_dispute(person, claim.project_id),
    }


def answer(person: Person, claim: Claim) -> Context:
    return {"answer": answer_to(claim, person)}


def publication(person: Person, claim: Claim) -> Context:
    return {"publication": publication_of(claim, person)}


# One function a region; its template stands in claims/detail.html.
REGIONS: Iterable[Callable[[Person, Claim], Context]] = (head, mentions, evidence, answer, disputes, publication)
