"""The records: columns, constraints and querysets, no verbs."""

from annotations.models.acts import Act
from annotations.models.agents import Agent, AgentDistinction, AgentRating, Alias
from annotations.models.annotations import Annotation
from annotations.models.articles import Article, Revision
from annotations.models.assessments import Assessment, AssessmentCitation
from annotations.models.attributions import Attribution
from annotations.models.claims import Claim, ClaimMention
from annotations.models.comments import Comment, CommentMention
from annotations.models.comparisons import ClaimRelation, ClaimWord
from annotations.models.copies import SavedCopy
from annotations.models.disputes import CommentRequest, Dispute, Position, Stance, StanceCitation, Statement
from annotations.models.evidence import ConfidentialNote, Evidence, EvidenceSet
from annotations.models.guidelines import GuidelineVersion
from annotations.models.history import Chain, Event, KeptAnswer
from annotations.models.jobs import Job, Worker
from annotations.models.labels import Label
from annotations.models.occurrences import BulkChange, BulkRow
from annotations.models.people import Person, SignInTry, Token
from annotations.models.presence import Presence
from annotations.models.projects import Membership, Project
from annotations.models.quantities import Quantity
from annotations.models.questions import Answer, Question, Search
from annotations.models.recommenders import OwnModel
from annotations.models.relations import Relation
from annotations.models.reports import Correction, CorrectionRequest, Report, ReportEdition
from annotations.models.resolutions import Decision, Resolution, Verdict, VerdictCitation, VerdictScale
from annotations.models.revisions import Anchor
from annotations.models.sources import Origin, Source
from annotations.models.suggestions import Recommender, Suggestion
from annotations.models.triage import TriageCriterion, TriageMark

__all__ = [
    "Act",
    "Agent",
    "AgentDistinction",
    "AgentRating",
    "Alias",
    "Anchor",
    "Annotation",
    "Answer",
    "Article",
    "Assessment",
    "AssessmentCitation",
    "Attribution",
    "BulkChange",
    "BulkRow",
    "Chain",
    "Claim",
    "ClaimMention",
    "ClaimRelation",
    "ClaimWord",
    "Comment",
    "CommentMention",
    "CommentRequest",
    "ConfidentialNote",
    "Correction",
    "CorrectionRequest",
    "Decision",
    "Dispute",
    "Event",
    "Evidence",
    "EvidenceSet",
    "GuidelineVersion",
    "Job",
    "KeptAnswer",
    "Label",
    "Membership",
    "Origin",
    "OwnModel",
    "Person",
    "Position",
    "Presence",
    "Project",
    "Quantity",
    "Question",
    "Recommender",
    "Relation",
    "Report",
    "ReportEdition",
    "Resolution",
    "Revision",
    "SavedCopy",
    "Search",
    "SignInTry",
    "Source",
    "Stance",
    "StanceCitation",
    "Statement",
    "Suggestion",
    "Token",
    "TriageCriterion",
    "TriageMark",
    "Verdict",
    "VerdictCitation",
    "VerdictScale",
    "Worker",
]
