"""The copy that a resolution keeps of what it judged, so that its meaning outlives later edits."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from annotations.core.places import Place
from annotations.models import Claim, Dispute, Evidence, Stance

if TYPE_CHECKING:
    from annotations.services.resolutions import VerdictSaid


def judged_copy(
    subject: Dispute | Claim, places: Mapping[UUID, Place], verdicts: Mapping[UUID, "VerdictSaid"]
) -> dict[str, Any]:
    """The question, and by statement: its text, place, the parties' stances with quotes, and the evidence on it."""
    return copy_of_claim(subject) if isinstance(subject, Claim) else copy_of_dispute(subject, places, verdicts)


def copy_of_claim(claim: Claim) -> dict[str, Any]:
    """In the same shape, with the claim as the one statement, which nobody disputes."""
    statement = {
        "id": str(claim.pk),
        "number": 1,
        "text": claim.text,
        "layer": claim.layer,
        "place": "",
        "out_of_scope_because": "",
        "is_judged": True,
        "stances": [],
        "evidence": evidence_on([claim.pk]).get(claim.pk, []),
    }
    return {"question": claim.text, "statements": [statement]}


def copy_of_dispute(
    dispute: Dispute, places: Mapping[UUID, Place], verdicts: Mapping[UUID, "VerdictSaid"]
) -> dict[str, Any]:
    stances, evidence = stances_of(dispute), evidence_on(dispute.statements.values("claim_id"))
    return {
        "question": dispute.question,
        "statements": [
            {
                "id": str(row.claim_id),
                "number": row.number,
                "text": row.claim.text,
                "layer": row.claim.layer,
                "place": places[row.claim_id].value,
                "out_of_scope_because": row.out_of_scope_because,
                "is_judged": row.claim_id in verdicts,
                "stances": stances.get(row.claim_id, []),
                "evidence": evidence.get(row.claim_id, []),
            }
            for row in dispute.statements.select_related("claim")
        ],
    }


def stances_of(dispute: Dispute) -> dict[UUID, list[dict[str, Any]]]:
    rows = (
        Stance.objects.filter(pk__in=[row.pk for row in dispute.current_stances()])
        .select_related("position__agent", "position__on_behalf_of")
        .prefetch_related("citations__annotation")
        .order_by("position_id", "id")
    )
    by_claim: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        behalf = row.position.on_behalf_of
        by_claim.setdefault(row.claim_id, []).append(
            {
                "position": str(row.position_id),
                "party": row.position.agent.name,
                "on_behalf_of": behalf.name if behalf else "",
                "stance": row.stance,
                "scope": row.scope,
                "stated_on": row.position.stated_on,
                "quotes": [cited.annotation.quote for cited in row.citations.all() if cited.annotation],
            }
        )
    return by_claim


def evidence_on(claims: Any) -> dict[UUID, list[dict[str, Any]]]:
    rows = Evidence.objects.active().filter(claim_id__in=claims).select_related("source", "origin").order_by("id")
    by_claim: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_claim.setdefault(row.claim_id, []).append(
            {
                "id": str(row.pk),
                "source": row.source.title,
                "url": row.source.url,
                "stance": row.stance,
                "ground": row.ground,
                "quote": row.quote,
                "where": row.locator,
                "origin": row.origin.label if row.origin else "",
                "set": str(row.set_id) if row.set_id else "",
            }
        )
    return by_claim
