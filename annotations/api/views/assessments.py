"""Assessments, each reviewer's own, and the scales that verdicts are given in."""

from typing import Any

from annotations.api.actions import adds, edits, lists, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import with_lists
from annotations.api.records import ASSESSMENT, CLAIM, PROJECT, VERDICT_SCALE
from annotations.api.serializers.assessments import AssessmentBody, AssessmentEdit, VerdictScaleBody
from annotations.models import Assessment, Claim, Evidence, Person, Project, VerdictScale
from annotations.services import assessments


@lists(ASSESSMENT, find=CLAIM.find, query=TrashQuery)
def list_assessments(person: Person, claim: Claim, query: dict[str, Any]) -> Any:
    """The votes on a claim: your own, and others' once yours is in or an answer is proposed."""
    return Assessment.objects.visible_to(person).filter(claim=claim, trashed=query.get("trashed", False))


@adds(ASSESSMENT, AssessmentBody, find=CLAIM.find)
def add_assessment(person: Person, claim: Claim, fields: dict[str, Any]) -> Assessment:
    """Vote on a claim, in the words of the newest scale."""
    fields = with_lists(fields, person, claim.project, evidence=Evidence)
    return assessments.add_assessment(by=person, claim=claim, **fields)


@edits(ASSESSMENT, AssessmentEdit)
def edit_assessment(person: Person, assessment: Assessment, version: int, fields: dict[str, Any]) -> Assessment:
    """Change your own vote, while nobody else's is open to you."""
    fields = with_lists(fields, person, assessment.project, evidence=Evidence)
    return assessments.edit_assessment(by=person, assessment=assessment, version=version, **fields)


@trashes(ASSESSMENT)
def trash_assessment(person: Person, assessment: Assessment, version: int) -> Assessment:
    """Take your own vote back."""
    return assessments.trash_assessment(by=person, assessment=assessment, version=version)


# -- verdict scales ---------------------------------------------------------------------------------------------------


@lists(VERDICT_SCALE, find=PROJECT.find)
def list_verdict_scales(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The words that verdicts were and are given in; the one with the highest number holds."""
    return VerdictScale.objects.visible_to(person).filter(project=project)


@adds(VERDICT_SCALE, VerdictScaleBody, find=PROJECT.find)
def add_verdict_scale(person: Person, project: Project, fields: dict[str, Any]) -> VerdictScale:
    """Set up the next version of the words. What was judged before keeps its own."""
    return assessments.add_verdict_scale(by=person, project=project, **fields)


@edits(VERDICT_SCALE, VerdictScaleBody)
def edit_verdict_scale(person: Person, scale: VerdictScale, version: int, fields: dict[str, Any]) -> VerdictScale:
    """Change the newest words while nothing was judged with them."""
    return assessments.edit_verdict_scale(by=person, scale=scale, version=version, **fields)
