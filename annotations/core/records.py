"""What one row of an export says, kind by kind, in the order in which the kinds stand in a native file.

Rows travel as dicts, since making a million objects only to write them out again costs more than everything else; these
types name their fields. Ids are strings, times ISO 8601 in UTC with Z, offsets code points. An empty string is "not
given" for words, None for references and numbers.
"""

from typing import Any, TypedDict

from annotations.core.judging_rows import (
    ApprovalRow,
    AssessmentRow,
    CommentRequestRow,
    CommentRow,
    CorrectionRow,
    DisputeRow,
    DissentRow,
    EvidenceRow,
    EvidenceSetRow,
    GuidelineVersionRow,
    OriginRow,
    PositionRow,
    QuestionRow,
    ReportEditionRow,
    ReportRow,
    ResolutionRow,
    SavedCopyRow,
    SearchRow,
    SourceRow,
    VerdictScaleRow,
)
from annotations.core.text_rows import (
    AgentDistinctionRow,
    AgentRatingRow,
    AgentRow,
    AliasRow,
    AnchorRow,
    AnnotationRow,
    ArticleRow,
    AttributionRow,
    ClaimRelationRow,
    ClaimRow,
    LabelRow,
    MembershipRow,
    MentionRow,
    PersonRow,
    ProjectRow,
    QuantityRow,
    RelationRow,
    RevisionRow,
    TriageCriterionRow,
    TriageMarkRow,
)


class EventRow(TypedDict):
    """Everything but `hash` is, as canonical JSON, the text that `hash` was made from (see `history`)."""

    number: int
    verb: str
    person: str | None
    object: dict[str, str]
    before: dict[str, Any]
    after: dict[str, Any]
    at: str
    project: str | None
    previous: str
    hash: str


# The order of a native file. Kinds that come with later parts of the product take their places between these.
ROWS: dict[str, type] = {
    "person": PersonRow,
    "project": ProjectRow,
    "membership": MembershipRow,
    "label": LabelRow,
    "guideline_version": GuidelineVersionRow,
    "article": ArticleRow,
    "revision": RevisionRow,
    "annotation": AnnotationRow,
    "anchor": AnchorRow,
    "relation": RelationRow,
    "agent": AgentRow,
    "alias": AliasRow,
    "agent_distinction": AgentDistinctionRow,
    "claim": ClaimRow,
    "mention": MentionRow,
    "attribution": AttributionRow,
    "quantity": QuantityRow,
    "claim_relation": ClaimRelationRow,
    "triage_criterion": TriageCriterionRow,
    "triage_mark": TriageMarkRow,
    "origin": OriginRow,
    "source": SourceRow,
    "saved_copy": SavedCopyRow,
    "agent_rating": AgentRatingRow,
    "evidence": EvidenceRow,
    "evidence_set": EvidenceSetRow,
    "question": QuestionRow,
    "search": SearchRow,
    "verdict_scale": VerdictScaleRow,
    "assessment": AssessmentRow,
    "dispute": DisputeRow,
    "position": PositionRow,
    "resolution": ResolutionRow,
    "approval": ApprovalRow,
    "dissent": DissentRow,
    "report": ReportRow,
    "report_edition": ReportEditionRow,
    "correction": CorrectionRow,
    "comment_request": CommentRequestRow,
    "comment": CommentRow,
    "event": EventRow,
}

RECORD_KINDS = tuple(ROWS)


def fields_of(kind: str) -> frozenset[str]:
    """The fields that a row of `kind` has in a native file. Raises KeyError for a word that is no kind."""
    return frozenset(ROWS[kind].__required_keys__)  # type: ignore[attr-defined]
