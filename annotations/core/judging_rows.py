"""What one row of an export says: sources and evidence, disputes and verdicts, and what is said about them. See
`records`."""

from typing import Any, TypedDict

from annotations.core.text_rows import AuthoredRow, EditableRow, ProjectPart


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
