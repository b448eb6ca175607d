"""How claims stand to each other: said, suggested, confirmed, dismissed."""

from typing import Any

from django.db.models import Q

from annotations.api.actions import adds, edits, lists, moves, starts, trashes
from annotations.api.named import with_records
from annotations.api.records import CLAIM, CLAIM_RELATION, JOB, PROJECT
from annotations.api.serializers.comparisons import (
    ClaimRelationBody,
    ClaimRelationEdit,
    ClaimRelationQuery,
    DismissBody,
    DisputeQuestionBody,
    RelationOfClaimBody,
)
from annotations.models import Claim, ClaimRelation, Job, Person, Project
from annotations.services import comparisons, jobs

ENDS = {"from": "from_claim", "to": "to_claim"}


def narrowed(rows: Any, query: dict[str, Any]) -> Any:
    by = {name: query[name] for name in ("state", "type") if name in query}
    if "claim" in query:
        rows = rows.filter(Q(from_claim=query["claim"]) | Q(to_claim=query["claim"]))
    return rows.filter(trashed=query.get("trashed", False), **by)


@lists(CLAIM_RELATION, find=PROJECT.find, query=ClaimRelationQuery)
def list_claim_relations(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """How the claims of a project stand to each other, suggestions too."""
    return narrowed(ClaimRelation.objects.visible_to(person).filter(project=project), query)


@adds(CLAIM_RELATION, ClaimRelationBody, find=PROJECT.find)
def add_claim_relation(person: Person, project: Project, fields: dict[str, Any]) -> ClaimRelation:
    """Say how a claim stands to another."""
    found = with_records(fields, person, project, **{"from": Claim, "to": Claim})
    return comparisons.add_claim_relation(by=person, **{ENDS.get(name, name): row for name, row in found.items()})


@lists(CLAIM_RELATION, find=CLAIM.find, query=ClaimRelationQuery)
def list_relations_of_claim(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """How a claim stands to others, from either end."""
    rows = ClaimRelation.objects.visible_to(person).filter(Q(from_claim=claim) | Q(to_claim=claim))
    return narrowed(rows, query)


@adds(CLAIM_RELATION, RelationOfClaimBody, find=CLAIM.find)
def add_relation_of_claim(person: Person, claim: Claim, fields: dict[str, Any]) -> ClaimRelation:
    """Say how this claim stands to another."""
    found = with_records(fields, person, claim.project, to=Claim)
    return comparisons.add_claim_relation(by=person, from_claim=claim, to_claim=found.pop("to"), **found)


@edits(CLAIM_RELATION, ClaimRelationEdit)
def edit_claim_relation(person: Person, relation: ClaimRelation, version: int, fields: dict[str, Any]) -> ClaimRelation:
    """Change the type, the kind or the explanation."""
    return comparisons.edit_claim_relation(by=person, claim_relation=relation, version=version, **fields)


@trashes(CLAIM_RELATION)
def trash_claim_relation(person: Person, relation: ClaimRelation, version: int) -> ClaimRelation:
    """Move a relation to the trash."""
    return comparisons.trash_claim_relation(by=person, claim_relation=relation, version=version)


@moves(CLAIM_RELATION)
def restore_claim_relation(person: Person, relation: ClaimRelation, version: int) -> ClaimRelation:
    """Take a relation out of the trash."""
    return comparisons.restore_claim_relation(by=person, claim_relation=relation, version=version)


@moves(CLAIM_RELATION)
def confirm_claim_relation(person: Person, relation: ClaimRelation, version: int) -> ClaimRelation:
    """Say that a suggestion holds, also one that was dismissed."""
    return comparisons.confirm_claim_relation(by=person, claim_relation=relation, version=version)


@moves(CLAIM_RELATION, DismissBody)
def dismiss_claim_relation(
    person: Person, relation: ClaimRelation, version: int, fields: dict[str, Any]
) -> ClaimRelation:
    """Say why a suggestion does not hold. It is not made again."""
    return comparisons.dismiss_claim_relation(by=person, claim_relation=relation, version=version, **fields)


@moves(CLAIM_RELATION, DisputeQuestionBody)
def open_dispute_from(person: Person, relation: ClaimRelation, version: int, fields: dict[str, Any]) -> ClaimRelation:
    """Open a dispute over both claims of a contradiction; the relation is confirmed and names it."""
    comparisons.open_dispute_from(by=person, claim_relation=relation, version=version, **fields)
    return relation


@starts(JOB, find=PROJECT.find)
def find_claim_relations(person: Person, project: Project) -> Job:
    """Compare all claims of the project, and store as suggestions what their words show."""
    return jobs.start_job(by=person, project=project, kind=comparisons.KIND)


@starts(JOB, find=CLAIM.find)
def find_relations_of_claim(person: Person, claim: Claim) -> Job:
    """Compare one claim with those near to it, and store as suggestions what their words show."""
    arguments = {"claim": str(claim.pk)}
    return jobs.start_job(by=person, project=claim.project, kind=comparisons.KIND, arguments=arguments)
