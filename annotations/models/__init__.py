"""The records: columns, constraints and querysets, no verbs."""

from annotations.models.agents import Agent, Alias
from annotations.models.annotations import Annotation
from annotations.models.articles import Article, Revision
from annotations.models.attributions import Attribution
from annotations.models.claims import Claim, ClaimMention
from annotations.models.disputes import Dispute, Position, Stance, StanceCitation, Statement
from annotations.models.evidence import Evidence
from annotations.models.history import Chain, Event, KeptAnswer
from annotations.models.labels import Label
from annotations.models.people import Person, Token
from annotations.models.projects import Membership, Project
from annotations.models.resolutions import Decision, Resolution, Verdict, VerdictCitation, VerdictScale
from annotations.models.sources import Origin, Source

__all__ = [
    "Agent",
    "Alias",
    "Annotation",
    "Article",
    "Attribution",
    "Chain",
    "Claim",
    "ClaimMention",
    "Decision",
    "Dispute",
    "Event",
    "Evidence",
    "KeptAnswer",
    "Label",
    "Membership",
    "Origin",
    "Person",
    "Position",
    "Project",
    "Resolution",
    "Revision",
    "Source",
    "Stance",
    "StanceCitation",
    "Statement",
    "Token",
    "Verdict",
    "VerdictCitation",
    "VerdictScale",
]
