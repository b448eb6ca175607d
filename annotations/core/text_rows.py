"""What one row of an export says: people, projects, texts, and what is claimed in them by whom. See `records`."""

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
