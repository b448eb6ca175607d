"""The records: columns, constraints and querysets, no verbs."""

from annotations.models.acts import Act
from annotations.models.agents import Agent, Alias
from annotations.models.annotations import Annotation
from annotations.models.articles import Article, Revision
from annotations.models.attributions import Attribution
from annotations.models.claims import Claim, ClaimMention
from annotations.models.disputes import Dispute, Position, Stance, StanceCitation, Statement
from annotations.models.evidence import Evidence
from annotations.models.history import Chain, Event, KeptAnswer
from annotations.models.jobs import Job, Worker
from annotations.models.labels import Label
from annotations.models.occurrences import BulkChange, BulkRow
from annotations.models.people import Person, Token
from annotations.models.presence import Presence
from annotations.models.projects import Membership, Project
from annotations.models.recommenders import OwnModel
from annotations.models.relations import Relation
from annotations.models.resolutions import Decision, Resolution, Verdict, VerdictCitation, VerdictScale
from annotations.models.revisions import Anchor
from annotations.models.sources import Origin, Source
from annotations.models.suggestions import Recommender, Suggestion

__all__ = [
    "Act",
    "Agent",
    "Alias",
    "Anchor",
    "Annotation",
    "Article",
    "Attribution",
    "BulkChange",
    "BulkRow",
    "Chain",
    "Claim",
    "ClaimMention",
    "Decision",
    "Dispute",
    "Event",
    "Evidence",
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
    "Recommender",
    "Relation",
    "Resolution",
    "Revision",
    "Source",
    "Stance",
    "StanceCitation",
    "Statement",
    "Suggestion",
    "Token",
    "Verdict",
    "VerdictCitation",
    "VerdictScale",
    "Worker",
]
