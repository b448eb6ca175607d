"""What one row of an export says, kind by kind, in the order in which the kinds stand in a native file.

Rows travel as dicts, since making a million objects only to write them out again costs more than everything else; these
types name their fields. Ids are strings, times ISO 8601 in UTC with Z, offsets code points. An empty string is "not
given" for words, None for references and numbers.
"""

from typing import Any, NotRequired, TypedDict

Segments = list[list[int]]


class PersonRow(TypedDict):
    id: str
    display_name: str


class ProjectRow(TypedDict):
    id: str
    slug: str
    name: str
    guidelines: str
    approvals_needed: dict[str, int]
    readers_per_article: int
    blind: bool
    zone: str
    grades: bool
    correction_requests: bool
    version: int
    created_at: str


class ProjectPart(TypedDict):
    """What every row below has: its own id, its project, and when it was made."""

    id: str
    project: str
    created_at: str


class AuthoredRow(ProjectPart):
    """Made by one person."""

    author: str


class EditableRow(AuthoredRow):
    """Changes by versions, and is trashed rather than deleted."""

    version: int
    trashed: bool


class MembershipRow(ProjectPart):
    person: str
    role: str
    trashed: bool
    version: int


class LabelRow(AuthoredRow):
    key: str
    kind: str
    name: str
    colour: int
    shortcut: str
    description: str
    attributes: list[dict[str, Any]]
    parent: str | None
    order: int
    retired: bool
    version: int


class NewestRevision(TypedDict):
    id: str
    number: int
    sha256: str
    code_points: int


class ArticleRow(EditableRow):
    title: str
    outlet: str
    url: str
    byline: str
    published_on: str
    published_basis: str
    language: str
    note: str
    external_id: str
    revision: NewestRevision | None


class RevisionRow(AuthoredRow):
    article: str
    number: int
    text: str
    sha256: str
    code_points: int
    note: str
    retrieved_at: str | None


class AnnotationRow(AuthoredRow):
    """`label` is the label's key. The last three are given only to formats that say where a span stands in words."""

    article: str
    revision: str
    segments: Segments
    quote: str
    label: str
    label_id: str
    attributes: dict[str, Any]
    note: str
    origin: str
    score: float | None
    state: str
    version: int
    revision_number: NotRequired[int]
    prefix: NotRequired[str]
    suffix: NotRequired[str]


class AnchorRow(ProjectPart):
    """Where an annotation stands in a later revision; `decided_by` and `decided_at` are None while nobody decided."""

    annotation: str
    revision: str
    from_revision: str
    state: str
    segments: Segments
    quote: str
    was_segments: Segments
    was_quote: str
    score: float
    decision: str
    decided_by: str | None
    decided_at: str | None
    version: int


class AgentRow(EditableRow):
    kind: str
    name: str
    aliases: list[str]
    wikidata: str
    note: str
    joined_into: str | None


class AliasRow(ProjectPart):
    agent: str
    name: str
    script: str


class AgentDistinctionRow(EditableRow):
    """Two agents whose names are alike and who are not the same."""

    agent: str
    other: str
    reason: str


class AgentRatingRow(EditableRow):
    """`reliability` A to F, from `rated_on` until a later one on the same topic; F is "cannot be judged"."""

    agent: str
    topic: str
    reliability: str
    rated_on: str
    reason: str


class ClaimRow(EditableRow):
    text: str
    types: list[str]
    checkability: str
    checkability_reason: str
    layer: str
    claim_date: str
    place: str
    language: str
    medium: str
    url: str
    claimant: str | None
    note: str
    state: str
    state_reason: str
    owner: str | None
    deadline: str | None
    merged_into: str | None
    split_from: str | None
    mentions: list[str]


class MentionRow(EditableRow):
    claim: str
    annotation: str
    attribution: str | None


class TriageCriterionRow(EditableRow):
    key: str
    name: str
    question: str
    weight: int
    order: int


class TriageMarkRow(EditableRow):
    claim: str
    criterion: str
    level: str
    reason: str


_Ends = TypedDict("_Ends", {"from": str, "to": str})


class RelationRow(EditableRow, _Ends):
    article: str
    label: str
    label_id: str
    note: str


class AttributionRow(EditableRow):
    article: str | None
    revision: str | None
    content: str | None
    agent: str | None
    recipient: str | None
    parent: str | None
    evidence: str | None
    speaker_segments: Segments
    speaker_quote: str
    cue_segments: Segments
    cue_quote: str
    form: str
    naming: str
    count: int | None
    access: str
    terms: str
    tone: str
    basis: str
    note: str


class QuantityRow(EditableRow):
    """A figure of a claim; numbers as text, so that no digit is lost."""

    claim: str
    measure: str
    value: str | None
    low: str | None
    high: str | None
    modifier: str
    unit: str
    population: str
    as_of: str
    period_start: str
    period_end: str
    basis: str
    kind: str
    origin: str | None
    note: str


class ClaimRelationRow(EditableRow, _Ends):
    """`from` and `to` are claims; `state` is suggested, confirmed or dismissed."""

    type: str
    kind: str
    state: str
    explanation: str
    by_machine: bool
    score: float | None
    dismissed_because: str
    dispute: str | None


class OriginRow(EditableRow):
    label: str
    note: str


class SourceRow(EditableRow):
    kind: str
    title: str
    url: str
    publisher: str | None
    published_on: str
    published_basis: str
    level: str
    citation: dict[str, Any]
    interest: str
    memento_url: str
    archive_url: str
    watched: bool
    article: str | None
    annotation: str | None
    note: str


class SavedCopyRow(EditableRow):
    """The bytes are a file of their own, named by `sha256`; a native file holds what can be read in them."""

    source: str
    way: str
    sha256: str
    media_type: str
    size: int
    file_name: str
    url: str
    retrieved_at: str
    title: str
    published_on: str
    publisher_name: str
    text: str
    differs: bool
    acknowledged_at: str | None
    acknowledged_by: str | None


class EvidenceRow(EditableRow):
    claim: str
    source: str
    origin: str | None
    stance: str
    ground: str
    quote: str
    quote_found: str
    locator: str
    locator_kind: str
    credibility: int | None
    reliability: str
    reliability_reason: str
    copy: str | None
    set: str | None
    note: str


class EvidenceSetRow(EditableRow):
    """Pieces of evidence that carry the stance only together."""

    claim: str
    stance: str
    note: str
    members: list[str]


class AnswerPart(TypedDict):
    type: str
    text: str
    explanation: str
    evidence: str | None


class QuestionRow(EditableRow):
    claim: str
    text: str
    answers: list[AnswerPart]


class SearchRow(EditableRow):
    claim: str
    place: str
    query: str
    searched_on: str
    found: str


class AssessmentRow(EditableRow):
    claim: str
    mode: str
    scale: str
    verdict: str
    confidence: str
    rationale: str
    evidence: list[str]


class VerdictScaleRow(EditableRow):
    name: str
    number: int
    ordered: bool
    verdicts: list[dict[str, str]]


class StatementPart(TypedDict):
    """A statement of a dispute; `id` is its claim's."""

    id: str
    text: str
    number: int
    place: str
    out_of_scope_because: str


class DisputeRow(EditableRow):
    question: str
    statements: list[StatementPart]
    would_settle: str
    would_not_settle: str
    state: str
    state_reason: str
    outcome: str
    owner: str | None


class StancePart(TypedDict):
    stance: str
    scope: str
    spans: list[str]
    evidence: list[str]


class PositionRow(EditableRow):
    """`stances` by claim id."""

    dispute: str
    agent: str
    on_behalf_of: str | None
    channel: str
    stated_on: str
    interest: str
    sourcing: str
    note: str
    stances: dict[str, StancePart]


class VerdictPart(TypedDict):
    verdict: str
    confidence: str
    evidence: list[str]
    note: str


class ResolutionRow(ProjectPart):
    """`verdicts` by claim id; `judged` is the copy of what was judged."""

    dispute: str | None
    claim: str | None
    number: int
    scale: str
    verdicts: dict[str, VerdictPart]
    rationale: str
    search_log: str
    as_of: str
    reopen_if: str
    judged: dict[str, Any]
    proposer: str
    guidelines: str | None
    is_standing: bool


class ApprovalRow(AuthoredRow):
    resolution: str
    comment: str


class DissentRow(AuthoredRow):
    """`verdicts` by claim id: what this person would have said."""

    resolution: str
    reason: str
    verdicts: dict[str, str]


class ReportRow(EditableRow):
    """Of a dispute or of a claim; `slug` is its address for good."""

    slug: str
    title: str
    dispute: str | None
    claim: str | None
    state: str
    under_review_since: str | None


class ReportEditionRow(AuthoredRow):
    """One resolution as it was published; `content` is all that its page shows."""

    report: str
    number: int
    resolution: str
    content: dict[str, Any]


class CorrectionRow(AuthoredRow):
    report: str
    kind: str
    was: str
    now: str
    why: str


class CommentRequestRow(EditableRow):
    """Of a dispute or of a claim; `position` is what came of it."""

    dispute: str | None
    claim: str | None
    agent: str
    channel: str
    asked: str
    sent_at: str
    deadline: str | None
    outcome: str
    outcome_at: str | None
    answer: str
    position: str | None


class CommentRow(EditableRow):
    """`on` is `{kind, id}`; `mentions` are people; `guideline` is the version that a thread led to."""

    on: dict[str, str]
    thread: str | None
    text: str
    mentions: list[str]
    resolved_at: str | None
    resolved_by: str | None
    guideline: str | None


class GuidelineVersionRow(AuthoredRow):
    number: int
    text: str
    reason: str


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
