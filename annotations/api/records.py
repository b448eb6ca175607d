"""Every kind of record that has an address of its own, and how it is shown: one line or two a kind."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from annotations.api.answers import Row, Shown
from annotations.api.serializers.agents import AgentShape, DistinctionShape, RatingShape
from annotations.api.serializers.annotations import AnnotationShape
from annotations.api.serializers.articles import ArticleShape, ArticleTextShape
from annotations.api.serializers.assessments import AssessmentShape, VerdictScaleShape
from annotations.api.serializers.attributions import AttributionShape
from annotations.api.serializers.claims import ClaimShape, MentionShape
from annotations.api.serializers.comment_requests import CommentRequestShape
from annotations.api.serializers.comments import CommentShape
from annotations.api.serializers.comparisons import ClaimRelationShape
from annotations.api.serializers.concordance import BulkChangeShape
from annotations.api.serializers.copies import SavedCopyShape
from annotations.api.serializers.disputes import DisputeShape, PositionShape
from annotations.api.serializers.evidence import ConfidentialNoteShape, EvidenceSetShape, EvidenceShape
from annotations.api.serializers.guidelines import GuidelineVersionShape
from annotations.api.serializers.jobs import JobShape
from annotations.api.serializers.labels import LabelShape
from annotations.api.serializers.projects import MemberShape, ProjectShape
from annotations.api.serializers.quantities import QuantityShape
from annotations.api.serializers.questions import QuestionShape, SearchShape
from annotations.api.serializers.recommenders import RecommenderShape
from annotations.api.serializers.relations import RelationShape
from annotations.api.serializers.reports import CorrectionShape, EditionShape, ReportShape
from annotations.api.serializers.resolutions import ApprovalShape, DissentShape, ResolutionShape
from annotations.api.serializers.revisions import (
    AddedRevisionShape,
    AnchorShape,
    CarriedRevisionShape,
    CarriedRevisionTextShape,
)
from annotations.api.serializers.sources import OriginShape, SourceShape
from annotations.api.serializers.suggestions import SuggestionShape
from annotations.api.serializers.triage import CriterionShape, MarkShape
from annotations.models import (
    Agent,
    AgentDistinction,
    AgentRating,
    Anchor,
    Annotation,
    Article,
    Assessment,
    Attribution,
    BulkChange,
    Claim,
    ClaimMention,
    ClaimRelation,
    Comment,
    CommentRequest,
    ConfidentialNote,
    Correction,
    Decision,
    Dispute,
    Evidence,
    EvidenceSet,
    GuidelineVersion,
    Job,
    Label,
    Membership,
    Origin,
    Person,
    Position,
    Project,
    Quantity,
    Question,
    Recommender,
    Relation,
    Report,
    ReportEdition,
    Resolution,
    Revision,
    SavedCopy,
    Search,
    Source,
    Suggestion,
    TriageCriterion,
    TriageMark,
    VerdictScale,
)
from annotations.queries.agents import agent_rating_rows, agent_rows, distinction_rows
from annotations.queries.annotations import annotation_row, annotation_rows
from annotations.queries.articles import article_rows, article_rows_with_text
from annotations.queries.assessments import assessment_rows
from annotations.queries.attributions import attribution_rows
from annotations.queries.claims import claim_rows, mention_rows
from annotations.queries.comment_requests import comment_request_rows
from annotations.queries.comments import comment_rows
from annotations.queries.comparisons import claim_relation_rows
from annotations.queries.concordance import bulk_change_rows
from annotations.queries.copies import saved_copy_rows
from annotations.queries.disputes import position_rows
from annotations.queries.evidence import confidential_note_rows, evidence_rows, evidence_set_rows
from annotations.queries.guidelines import guideline_version_rows
from annotations.queries.jobs import job_rows
from annotations.queries.labels import label_rows
from annotations.queries.projects import member_rows, project_rows
from annotations.queries.quantities import quantity_rows
from annotations.queries.questions import question_rows, search_rows
from annotations.queries.relations import relation_rows
from annotations.queries.reports import correction_rows, report_edition_rows, report_rows
from annotations.queries.resolutions import approval_rows, dissent_rows, resolution_rows, verdict_scale_rows
from annotations.queries.revisions import (
    anchor_rows,
    flagged_dispute_rows,
    revision_row_with_text,
    revision_rows_with_anchors,
    stored_revision_row,
)
from annotations.queries.sources import origin_rows, source_rows
from annotations.queries.suggestions import recommender_rows, suggestion_rows
from annotations.queries.triage import criterion_rows, mark_rows


def to_all(rows: Callable[["QuerySet[Any]"], Iterable[Row]]) -> Callable[["QuerySet[Any]", Person], Iterable[Row]]:
    """Rows that look the same to everybody who may see them."""
    return lambda queryset, person: rows(queryset)


def deciding(decision: str) -> Callable[["QuerySet[Any]"], "QuerySet[Any]"]:
    return lambda queryset: queryset.filter(decision=decision)


PROJECT = Shown("project", Project, ProjectShape, to_all(project_rows), "project", key="slug", joined=())
MEMBER = Shown("member", Membership, MemberShape, to_all(member_rows), "member")
LABEL = Shown("label", Label, LabelShape, to_all(label_rows), "label")
ARTICLE = Shown(
    "article",
    Article,
    ArticleShape,
    to_all(article_rows),
    "article",
    one=to_all(article_rows_with_text),
    one_shape=ArticleTextShape,
)
REVISION = Shown(
    "revision",
    Revision,
    CarriedRevisionShape,
    revision_rows_with_anchors,
    "revision",
    one=revision_row_with_text,
    one_shape=CarriedRevisionTextShape,
    has_version=False,
)
ADDED_REVISION = Shown(
    "revision",
    Revision,
    AddedRevisionShape,
    revision_rows_with_anchors,
    "revision",
    row=stored_revision_row,
    has_version=False,
)
ANCHOR = Shown(
    "anchor",
    Anchor,
    AnchorShape,
    to_all(anchor_rows),
    "anchor",
    joined=("project", "annotation__label", "revision", "from_revision"),
)
ANNOTATION = Shown(
    "annotation",
    Annotation,
    AnnotationShape,
    to_all(annotation_rows),
    "annotation",
    row=annotation_row,
    joined=("project", "revision", "label", "article"),
)
BULK_CHANGE = Shown(
    "bulk change", BulkChange, BulkChangeShape, to_all(bulk_change_rows), "bulk_change", has_version=False
)
ATTRIBUTION = Shown("attribution", Attribution, AttributionShape, to_all(attribution_rows), "attribution")
RELATION = Shown(
    "relation",
    Relation,
    RelationShape,
    to_all(relation_rows),
    "relation",
    joined=("project", "label", "from_annotation", "to_annotation"),
)
AGENT = Shown("agent", Agent, AgentShape, to_all(agent_rows), "agent")
DISTINCTION = Shown(
    "distinction",
    AgentDistinction,
    DistinctionShape,
    to_all(distinction_rows),
    "distinction",
)
AGENT_RATING = Shown("rating", AgentRating, RatingShape, to_all(agent_rating_rows), "agent_rating")
SAVED_COPY = Shown("copy", SavedCopy, SavedCopyShape, to_all(saved_copy_rows), "saved_copy")
SOURCE = Shown("source", Source, SourceShape, to_all(source_rows), "source")
ORIGIN = Shown("origin", Origin, OriginShape, to_all(origin_rows), "origin")
CLAIM = Shown("claim", Claim, ClaimShape, claim_rows, "claim")
MENTION = Shown("mention", ClaimMention, MentionShape, to_all(mention_rows), "mention", joined=("project", "claim"))
CRITERION = Shown("triage criterion", TriageCriterion, CriterionShape, to_all(criterion_rows), "criterion")
MARK = Shown("triage mark", TriageMark, MarkShape, to_all(mark_rows), "triage_mark", joined=("project", "claim"))
QUANTITY = Shown(
    "quantity", Quantity, QuantityShape, to_all(quantity_rows), "quantity", joined=("project", "claim__project")
)
CLAIM_RELATION = Shown(
    "claim relation",
    ClaimRelation,
    ClaimRelationShape,
    to_all(claim_relation_rows),
    "claim_relation",
    joined=("project", "from_claim__project", "to_claim", "dispute"),
)
EVIDENCE = Shown("evidence", Evidence, EvidenceShape, to_all(evidence_rows), "evidence")
EVIDENCE_SET = Shown("evidence set", EvidenceSet, EvidenceSetShape, to_all(evidence_set_rows), "evidence_set")
CONFIDENTIAL_NOTE = Shown(
    "confidential note",
    ConfidentialNote,
    ConfidentialNoteShape,
    to_all(confidential_note_rows),
    "confidential_note",
)
QUESTION = Shown("question", Question, QuestionShape, to_all(question_rows), "question", joined=("project", "claim"))
SEARCH = Shown("search", Search, SearchShape, to_all(search_rows), "search")
VERDICT_SCALE = Shown("verdict scale", VerdictScale, VerdictScaleShape, to_all(verdict_scale_rows), "verdict_scale")
ASSESSMENT = Shown(
    "assessment",
    Assessment,
    AssessmentShape,
    to_all(assessment_rows),
    "assessment",
    joined=("project", "claim", "scale"),
)
DISPUTE = Shown("dispute", Dispute, DisputeShape, flagged_dispute_rows, "dispute")
POSITION = Shown("position", Position, PositionShape, to_all(position_rows), "position", joined=("project", "dispute"))
COMMENT_REQUEST = Shown(
    "comment request",
    CommentRequest,
    CommentRequestShape,
    to_all(comment_request_rows),
    "comment_request",
    joined=("project", "agent", "dispute__project", "claim", "position"),
)
COMMENT = Shown(
    "comment",
    Comment,
    CommentShape,
    to_all(comment_rows),
    "comment",
    joined=("project", "thread"),
)
GUIDELINE_VERSION = Shown(
    "guideline version",
    GuidelineVersion,
    GuidelineVersionShape,
    to_all(guideline_version_rows),
    "guideline_version",
    has_version=False,
)
JOB = Shown("job", Job, JobShape, to_all(job_rows), "job")
RECOMMENDER = Shown("recommender", Recommender, RecommenderShape, to_all(recommender_rows), "recommender")
SUGGESTION = Shown(
    "suggestion",
    Suggestion,
    SuggestionShape,
    to_all(suggestion_rows),
    "suggestion",
    joined=("project", "label", "revision", "article", "recommender", "annotation"),
)
RESOLUTION = Shown(
    "resolution",
    Resolution,
    ResolutionShape,
    to_all(resolution_rows),
    "resolution",
    joined=("project", "dispute", "scale"),
    has_version=False,
)
APPROVAL = Shown(
    "approval",
    Decision,
    ApprovalShape,
    to_all(approval_rows),
    "approval",
    only=deciding("approval"),
    has_version=False,
)
DISSENT = Shown(
    "dissent", Decision, DissentShape, to_all(dissent_rows), "dissent", only=deciding("dissent"), has_version=False
)
REPORT = Shown(
    "report", Report, ReportShape, to_all(report_rows), "report", key="slug", joined=("project", "dispute", "claim")
)
EDITION = Shown(
    "edition", ReportEdition, EditionShape, to_all(report_edition_rows), "report_edition", has_version=False
)
CORRECTION = Shown("correction", Correction, CorrectionShape, to_all(correction_rows), "correction", has_version=False)
