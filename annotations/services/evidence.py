"""Evidence: what one source says about one claim; several pieces that carry a stance only together; notes for the desk.

A quotation is looked up in the saved copy when it is written, and again when a copy arrives.
"""

from collections.abc import Sequence
from typing import Any

from annotations.core.errors import IllegalMove, Invalid
from annotations.core.grounds import usual_ground
from annotations.core.quoting import Quoted, check_quote
from annotations.models import (
    Claim,
    ConfidentialNote,
    Evidence,
    EvidenceSet,
    Person,
    Project,
    SavedCopy,
    Source,
)
from annotations.models.agents import RELIABILITIES
from annotations.models.evidence import EVIDENCE_STANCES, GROUNDS, LOCATOR_KINDS
from annotations.policies.evidence import (
    may_add_evidence,
    may_edit_confidential_note,
    may_edit_evidence,
    may_edit_evidence_set,
    may_write_confidential_note,
)
from annotations.services.claims import as_they_are
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import free_what_rests_on, refuse_while_cited
from annotations.services.trash import restore, trash
from annotations.services.write import Change, stale, writing

EDITABLE = (
    "source",
    "stance",
    "ground",
    "quote",
    "locator",
    "locator_kind",
    "credibility",
    "reliability",
    "reliability_reason",
    "origin",
    "copy",
    "note",
)


def add_evidence(*, by: Person, claim: Claim, source: Source, stance: str, ground: str = "", **fields: Any) -> Evidence:
    """Attach what a source says about a claim; without a ground, on the one that is usual for such a source.

    Raises Refused, Invalid, IllegalMove for a trashed claim.
    """
    only_known(fields, EDITABLE)
    ground = ground or usual_ground(kind=source.kind, layer=claim.layer, stance=stance)
    fields |= {"source": source, "stance": stance, "ground": ground}
    check_fields(fields, claim.project)
    same_project(claim.project_id, source=source, origin=fields.get("origin"), copy=fields.get("copy"))
    with writing(by, claim.project_id) as change:
        change.allow(may_add_evidence(by, claim.project_id))
        if as_they_are([claim])[0].trashed:
            raise IllegalMove("This claim is in the trash; restore it before adding evidence.")
        evidence = Evidence(project_id=claim.project_id, author=by, claim=claim, **fields)
        check_copy(evidence)
        evidence.quote_found = looked_up(evidence).found
        return change.add(evidence, "evidence_added")


def edit_evidence(*, by: Person, evidence: Evidence, version: int, **fields: Any) -> Evidence:
    """Change a piece of evidence. Raises Refused, Invalid, Stale; IllegalMove where a closed answer cites it."""
    only_known(fields, EDITABLE)
    check_fields(fields, evidence.project, evidence.reliability_reason)
    same_project(evidence.project_id, source=fields.get("source"), origin=fields.get("origin"), copy=fields.get("copy"))
    with writing(by, evidence.project_id) as change:
        change.allow(may_edit_evidence(by, evidence))
        change.check_version(evidence, version)
        if any(getattr(evidence, name) != value for name, value in fields.items()):
            free_what_rests_on(change, by, evidence, "evidence that it cites was changed")
        as_it_will_be = Evidence(**{name: getattr(evidence, name) for name in LOOKED_UP} | picked(fields))
        check_copy(as_it_will_be)
        if {"quote", "copy", "source"} & set(fields):
            fields["quote_found"] = looked_up(as_it_will_be).found
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


def check_fields(fields: dict[str, Any], project: Project, reason: str = "") -> None:
    """`reason` is the one that is stored for another grade than the publisher's."""
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "stance":
                checks.word(name, value, EVIDENCE_STANCES)
            case "ground":
                checks.word(name, value, GROUNDS)
            case "locator":
                checks.text(name, value, longest=300)
            case "locator_kind":
                checks.word(name, value, LOCATOR_KINDS, blank=True)
            case "credibility":
                checks.number(name, value, 1, 6, optional=True)
            case "reliability":
                checks.word(name, value, RELIABILITIES, blank=True)
            case "quote" | "note" | "reliability_reason":
                checks.text(name, value)
        if name == "reliability" and value and not project.grades:
            checks.wrong(name, "This project uses no grades; a manager can switch them on in its settings.")
    if fields.get("reliability") and not str(fields.get("reliability_reason", reason)).strip():
        checks.wrong("reliability_reason", "Say why the grade differs from the publisher's.")
    checks.done()


# -- is it quoted as it stands? ---------------------------------------------------------------------------------------

LOOKED_UP = ("quote", "source", "copy")


def picked(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in LOOKED_UP}


def check_copy(evidence: Evidence) -> None:
    """Raises Invalid for a copy of another source."""
    if evidence.copy and evidence.copy.source_id != evidence.source_id:
        raise Invalid.field("copy", "That is a copy of another source.")


def looked_up(evidence: Evidence) -> Quoted:
    """The quotation as the copy has it that the evidence names, else as the newest copy of its source has it."""
    copies = SavedCopy.objects.active().filter(source_id=evidence.source_id).exclude(text="").newest_first()
    copy = evidence.copy or (copies.first() if evidence.quote else None)
    return check_quote(evidence.quote, copy.text) if copy else Quoted("unchecked")


def check_quotes_again(change: Change, copy: SavedCopy) -> None:
    """Look up in a new copy what is quoted from its source, and tell of it in one event. Does nothing for a copy in
    which nothing can be read."""
    if not copy.text:
        return
    rows = Evidence.objects.active().filter(source_id=copy.source_id, copy=None).exclude(quote="").order_by("pk")
    before, after = {}, {}
    for row in rows:
        found = check_quote(row.quote, copy.text).found
        if found != row.quote_found:
            before[str(row.pk)], after[str(row.pk)] = row.quote_found, found
            change.carry(row, row.version, quote_found=found)
    if after:
        change.note("quotes_checked", copy, before={"quotes": before}, after={"quotes": after})


# -- pieces that carry a stance only together -------------------------------------------------------------------------


def add_evidence_set(
    *, by: Person, claim: Claim, members: Sequence[Evidence], stance: str, note: str = ""
) -> EvidenceSet:
    """Say that pieces of evidence carry a stance only together. Raises Refused, Invalid, IllegalMove."""
    checks = Checks()
    checks.word("stance", stance, EVIDENCE_STANCES)
    checks.text("note", note)
    checks.done()
    same_project(claim.project_id, members=list(members))
    with writing(by, claim.project_id) as change:
        change.allow(may_add_evidence(by, claim.project_id))
        check_members(claim, members)
        for member in members:
            free_what_rests_on(
                change, by, member, "evidence that it cites counts only together with other evidence now"
            )
        made = EvidenceSet(project_id=claim.project_id, author=by, claim=claim, stance=stance, note=note)
        change.add(made, "evidence_set_added", members=[str(member.pk) for member in members])
        for member in members:
            change.carry(member, member.version, set=made)
        return made


def break_evidence_set(*, by: Person, evidence_set: EvidenceSet, version: int) -> EvidenceSet:
    """Let its members stand for themselves again. Raises Refused, Stale, IllegalMove."""
    with writing(by, evidence_set.project_id) as change:
        change.allow(may_edit_evidence_set(by, evidence_set))
        if evidence_set.version != version:
            raise stale(evidence_set)
        members = list(Evidence.objects.filter(set=evidence_set).order_by("pk"))
        for member in members:
            free_what_rests_on(change, by, member, "evidence that it cites stands for itself again")
            change.carry(member, member.version, set=None)
        return trash(change, evidence_set, version, "evidence_set_broken")


def check_members(claim: Claim, members: Sequence[Evidence]) -> None:
    if len({member.pk for member in members}) < 2:
        raise Invalid.field("members", "Choose at least two pieces of evidence.")
    if any(member.claim_id != claim.pk or member.trashed for member in members):
        raise Invalid.field("members", "Only evidence on this very claim stands together.")
    if any(member.set_id for member in members):
        raise Invalid.field("members", "A piece of evidence is in one set at most; take that set apart first.")


# -- notes that leave the desk in no way ------------------------------------------------------------------------------


def write_confidential_note(
    *, by: Person, text: str, evidence: Evidence | None = None, source: Source | None = None
) -> ConfidentialNote:
    """Write a note on evidence or on a source for those who decide. The event says only that one was written."""
    check_confidential_note(text)
    about = evidence or source
    if about is None:
        raise TypeError("a confidential note is on a piece of evidence or on a source")
    with writing(by, about.project_id) as change:
        change.allow(may_write_confidential_note(by, about.project_id))
        note = ConfidentialNote(project_id=about.project_id, author=by, evidence=evidence, source=source, text=text)
        note.save(force_insert=True)
        change.note("confidential_note_written", note)
        return note


def edit_confidential_note(*, by: Person, note: ConfidentialNote, version: int, text: str) -> ConfidentialNote:
    """Write a note anew. The event says only that it was changed. Raises Refused, Invalid, Stale."""
    check_confidential_note(text)
    with writing(by, note.project_id) as change:
        change.allow(may_edit_confidential_note(by, note))
        was, _ = change.carry(note, version, text=text)
        if was:
            change.note("confidential_note_edited", note)
        return note


def trash_confidential_note(*, by: Person, note: ConfidentialNote, version: int) -> ConfidentialNote:
    """Take a note away. Raises Refused, Stale, IllegalMove."""
    with writing(by, note.project_id) as change:
        change.allow(may_edit_confidential_note(by, note))
        return trash(change, note, version, "confidential_note_trashed")


def restore_confidential_note(*, by: Person, note: ConfidentialNote, version: int) -> ConfidentialNote:
    """Put a note back where it was. Raises Refused, Stale, IllegalMove."""
    with writing(by, note.project_id) as change:
        change.allow(may_edit_confidential_note(by, note))
        return restore(change, note, version, "confidential_note_restored")


def check_confidential_note(text: Any) -> None:
    checks = Checks()
    checks.text("text", text, required=True)
    checks.done()
