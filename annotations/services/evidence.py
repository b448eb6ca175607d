"""Evidence: what one source says about one claim."""

from typing import Any

from annotations.core.errors import IllegalMove
from annotations.models import Claim, Evidence, Person, Source
from annotations.models.evidence import EVIDENCE_STANCES, GROUNDS
from annotations.policies.evidence import may_add_evidence, may_edit_evidence
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_what_rests_on, refuse_while_cited
from annotations.services.trash import restore, trash
from annotations.services.write import writing

EDITABLE = ("source", "stance", "ground", "quote", "locator", "credibility", "origin", "note")


def add_evidence(*, by: Person, claim: Claim, source: Source, stance: str, ground: str, **fields: Any) -> Evidence:
    """Attach what a source says about a claim. Raises Refused, Invalid, IllegalMove for a trashed claim."""
    only_known(fields, EDITABLE)
    fields |= {"source": source, "stance": stance, "ground": ground}
    check_fields(fields)
    same_project(claim.project_id, source=source, origin=fields.get("origin"))
    with writing(by, claim.project_id) as change:
        change.allow(may_add_evidence(by, claim.project_id))
        if claim.trashed:
            raise IllegalMove("This claim is in the trash; restore it before adding evidence.")
        evidence = Evidence(project_id=claim.project_id, author=by, claim=claim, **fields)
        return change.add(evidence, "evidence_added")


def edit_evidence(*, by: Person, evidence: Evidence, version: int, **fields: Any) -> Evidence:
    """Change a piece of evidence. Raises Refused, Invalid, Stale; IllegalMove where a closed dispute cites it."""
    only_known(fields, EDITABLE)
    check_fields(fields)
    same_project(evidence.project_id, source=fields.get("source"), origin=fields.get("origin"))
    with writing(by, evidence.project_id) as change:
        change.allow(may_edit_evidence(by, evidence))
        change.check_version(evidence, version)
        if any(getattr(evidence, name) != value for name, value in fields.items()):
            free_what_rests_on(change, by, evidence, "evidence that it cites was changed")
        return change.edit(evidence, version, "evidence_edited", **fields)


def trash_evidence(*, by: Person, evidence: Evidence, version: int) -> Evidence:
    """Move evidence to the trash. Raises IllegalMove while a standing resolution cites it."""
    with writing(by, evidence.project_id) as change:
        change.allow(may_edit_evidence(by, evidence))
        change.check_version(evidence, version)
        refuse_while_cited(evidence=evidence)
        free_what_rests_on(change, by, evidence, "evidence that a position cites was removed")
        return trash(change, evidence, version, "evidence_trashed")


def restore_evidence(*, by: Person, evidence: Evidence, version: int) -> Evidence:
    """Take evidence out of the trash."""
    with writing(by, evidence.project_id) as change:
        change.allow(may_edit_evidence(by, evidence))
        return restore(change, evidence, version, "evidence_restored")


def check_fields(fields: dict[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "stance":
                checks.word(name, value, EVIDENCE_STANCES)
            case "ground":
                checks.word(name, value, GROUNDS)
            case "locator":
                checks.text(name, value, longest=300)
            case "credibility":
                checks.number(name, value, 1, 6, optional=True)
            case "quote" | "note":
                checks.text(name, value)
    checks.done()
