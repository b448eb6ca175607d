"""Assessments: each reviewer's own vote on a claim, in the words of the newest scale; and the scales themselves.

A vote is independent while nobody else's is open to its author. Once others' are, it stays what it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.core.errors import Clash, IllegalMove
from annotations.core.sentences import listed, say
from annotations.core.wording import field_words
from annotations.models import (
    Assessment,
    AssessmentCitation,
    Claim,
    Evidence,
    Person,
    Project,
    Resolution,
    VerdictScale,
)
from annotations.models.assessments import ASSESSMENT_MODES
from annotations.models.resolutions import CONFIDENCES
from annotations.policies.assessments import may_add_assessment, may_edit_assessment, may_edit_verdict_scale
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import trash
from annotations.services.write import stale, writing

EDITABLE = ("verdict", "confidence", "rationale", "evidence")
OPEN = {"independent": ("inbox", "in_work", "parked"), "sufficiency": ("inbox", "in_work", "parked", "in_review")}


def add_assessment(
    *,
    by: Person,
    claim: Claim,
    verdict: str,
    mode: str = "independent",
    evidence: Sequence[Evidence] = (),
    **fields: Any,
) -> Assessment:
    """Vote on a claim. Raises Refused, Invalid, Clash (voted already), IllegalMove (too late to vote so)."""
    only_known(fields, EDITABLE)
    with writing(by, claim.project_id) as change:
        change.allow(may_add_assessment(by, claim.project_id))
        scale = newest_scale(claim.project_id)
        fields |= {"verdict": verdict}
        check_assessment(claim, scale, fields | {"mode": mode, "evidence": list(evidence)})
        change.alone()  # of two votes at one moment, the second is given after the first
        refuse_late(claim, mode)
        mine = Assessment.objects.filter(claim=claim, mode=mode, author=by)
        if mine.filter(trashed=False).exists():
            raise Clash("You have assessed this claim already; change that assessment.")
        if mode == "independent":
            refuse_dependent(by, claim, has_voted=mine.exists())
        row = Assessment(project_id=claim.project_id, author=by, claim=claim, mode=mode, scale=scale, **fields)
        change.add(row, "assessment_added", evidence=[str(one.pk) for one in evidence])
        write_citations(row, evidence)
        return row


def edit_assessment(*, by: Person, assessment: Assessment, version: int, **fields: Any) -> Assessment:
    """Change one's own vote; `evidence` replaces what it cites. Raises Refused, Invalid, Stale, IllegalMove."""
    only_known(fields, EDITABLE)
    evidence = fields.pop("evidence", None)
    with writing(by, assessment.project_id) as change:
        change.allow(may_edit_assessment(by, assessment))
        change.check_version(assessment, version)
        scale = newest_scale(assessment.project_id) if "verdict" in fields else assessment.scale
        check_assessment(assessment.claim, scale, fields | {"evidence": list(evidence or ())})
        change.alone()
        refuse_late(assessment.claim, assessment.mode)
        if fields.get("verdict", assessment.verdict) != assessment.verdict and assessment.mode == "independent":
            refuse_once_open(by, assessment)
        was = [str(pk) for pk in assessment.citations.order_by("id").values_list("evidence_id", flat=True)]
        will = was if evidence is None else [str(one.pk) for one in evidence]
        children = {} if was == will else {"before": {"evidence": was}, "after": {"evidence": will}}
        change.edit(assessment, version, "assessment_edited", scale=scale, **fields, **children)
        if children:
            assessment.citations.all().delete()
            write_citations(assessment, evidence or ())
        return assessment


def trash_assessment(*, by: Person, assessment: Assessment, version: int) -> Assessment:
    """Take one's own vote back. Raises Refused, Stale, IllegalMove."""
    with writing(by, assessment.project_id) as change:
        change.allow(may_edit_assessment(by, assessment))
        return trash(change, assessment, version, "assessment_trashed")


def refuse_late(claim: Claim, mode: str) -> None:
    if claim.trashed:
        raise IllegalMove("This claim is in the trash; restore it before assessing it.")
    if claim.state not in OPEN[mode]:
        raise IllegalMove("An answer to this claim is proposed, and all votes are open: it is too late for another.")


def refuse_dependent(by: Person, claim: Claim, *, has_voted: bool) -> None:
    """Raise IllegalMove where others' votes were open to this person before: in a vote that was taken back, or since an
    answer was proposed, whatever became of it."""
    if not others_than(by, claim, "independent").exists():
        return
    if has_voted:
        raise IllegalMove("You took back your vote after others' were open to you; another would not be independent.")
    if Resolution.objects.filter(claim=claim).exists():
        raise IllegalMove("Since an answer was proposed all votes are open, so another would not be independent.")


def refuse_once_open(by: Person, assessment: Assessment) -> None:
    if others_than(by, assessment.claim, assessment.mode).exists():
        raise IllegalMove("Others' votes are open to you since yours is in, so it stays what it was.")


def others_than(by: Person, claim: Claim, mode: str) -> Any:
    return Assessment.objects.filter(claim=claim, mode=mode, trashed=False).exclude(author=by)


def write_citations(assessment: Assessment, evidence: Sequence[Evidence]) -> None:
    AssessmentCitation.objects.bulk_create(
        AssessmentCitation(project_id=assessment.project_id, assessment=assessment, evidence=one)
        for one in dict.fromkeys(evidence)
    )


def check_assessment(claim: Claim, scale: VerdictScale, fields: Mapping[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "verdict" if value not in scale.words:
                checks.wrong(name, say("One of {words}; not “{value}”.", words=listed(scale.words), value=value))
            case "mode":
                checks.word(name, value, ASSESSMENT_MODES)
            case "confidence":
                checks.word(name, value, CONFIDENCES, blank=True)
            case "rationale":
                checks.text(name, value)
            case "evidence" if any(one.claim_id != claim.pk or one.trashed for one in value):
                checks.wrong(name, "A vote rests on evidence on that very claim.")
    checks.done()
    same_project(claim.project_id, evidence=list(fields.get("evidence", ())))


# -- the words that verdicts are given in -----------------------------------------------------------------------------

AVERITEC = ("Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking")
SCALE_FIELDS = ("name", "ordered", "verdicts")
VERDICTS_AT_MOST = 12


def newest_scale(project_id: Any) -> VerdictScale:
    """The scale that verdicts are given in now."""
    scale: VerdictScale = VerdictScale.objects.active().filter(project_id=project_id).latest("number")
    return scale


def add_verdict_scale(
    *, by: Person, project: Project, verdicts: Sequence[Mapping[str, str]], name: str = "", ordered: bool = False
) -> VerdictScale:
    """Set up the next words for verdicts; what was judged before keeps its own. Raises Refused, Invalid."""
    rows = with_keys(verdicts)
    with writing(by, project.pk) as change:
        change.allow(may_edit_verdict_scale(by, project.pk))
        change.alone()
        last = VerdictScale.objects.filter(project=project).order_by("-number").first()
        fields = {"name": name or (last.name if last else "Scale"), "ordered": ordered, "verdicts": rows}
        check_scale(fields)
        number = last.number + 1 if last else 1
        return change.add(VerdictScale(project=project, author=by, number=number, **fields), "verdict_scale_added")


def edit_verdict_scale(*, by: Person, scale: VerdictScale, version: int, **fields: Any) -> VerdictScale:
    """Change the newest words while nothing was judged with them. Raises Refused, Invalid, Stale, IllegalMove."""
    only_known(fields, SCALE_FIELDS)
    if "verdicts" in fields:
        fields["verdicts"] = with_keys(fields["verdicts"])
    check_scale(fields)
    with writing(by, scale.project_id) as change:
        change.allow(may_edit_verdict_scale(by, scale.project_id))
        change.alone()
        if scale.version != version:
            raise stale(scale)
        if is_used(scale):
            raise IllegalMove("Verdicts were given with these words, so they stay; add the next version instead.")
        return change.edit(scale, version, "verdict_scale_edited", **fields)


def is_used(scale: VerdictScale) -> bool:
    """Whether anything was judged with it, or it is no longer the newest."""
    return (
        Resolution.objects.filter(scale=scale).exists()
        or Assessment.objects.filter(scale=scale).exists()
        or VerdictScale.objects.filter(project_id=scale.project_id, number__gt=scale.number).exists()
    )


def with_keys(verdicts: Any) -> list[dict[str, str]]:
    """Each verdict with its key, made from its name where none is given, and without fields that say nothing."""
    if not isinstance(verdicts, list | tuple) or not all(isinstance(row, Mapping) for row in verdicts):
        return []
    return [
        {
            "key": str(row.get("key") or key_of(str(row.get("name", "")))),
            "name": str(row.get("name", "")).strip(),
            "averitec": str(row.get("averitec", "")),
            "definition": str(row.get("definition", "")),
        }
        for row in verdicts
    ]


def key_of(name: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())[:40]


def check_scale(fields: Mapping[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "name":
                checks.text(name, value, required=True, longest=80)
            case "ordered":
                checks.truth(name, value)
            case "verdicts":
                check_verdicts(checks, value)
    checks.done()


def check_verdicts(checks: Checks, verdicts: list[dict[str, str]]) -> None:
    if not 2 <= len(verdicts) <= VERDICTS_AT_MOST:
        checks.wrong("verdicts", say("From 2 to {most} verdicts.", most=VERDICTS_AT_MOST))
    for column in ("key", "name"):
        if len({row[column].casefold() for row in verdicts}) != len(verdicts):
            checks.wrong("verdicts", say("Each {field} once.", field=field_words(column)))
    for row in verdicts:
        checks.text("verdicts", row["name"], required=True, longest=60)
        checks.text("verdicts", row["definition"], longest=1_000)
        if not is_key(row["key"]):
            checks.wrong("verdicts", say("A key is made of a to z, digits, _ and -; not “{key}”.", key=row["key"]))
        if row["averitec"] not in AVERITEC:
            words = say("“{name}” is one of AVeriTeC's four: {words}.", name=row["name"], words=listed(AVERITEC))
            checks.wrong("verdicts", words)


def is_key(key: str) -> bool:
    return 0 < len(key) <= 40 and key.isascii() and key.replace("_", "").replace("-", "").isalnum()
