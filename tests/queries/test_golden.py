"""The files of one stored project, byte for byte, on either database.

`tests/golden/project.json` is the project as rows; `project.jsonl` and `project.jsonld` are what its exports must be.
With WRITE_GOLDEN=1 all three are written anew, from `story`; then look at the difference.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest
from django.core import serializers
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.test import override_settings

from annotations import models
from annotations.models import Project
from annotations.queries.exports import FORMAT_NAMES, export
from annotations.queries.history import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("addresses")]

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
ROWS = GOLDEN / "project.json"
# Each behind what it points to; a decision asks for its resolution at once, through a trigger.
IN_ORDER = (
    models.Person, models.Project, models.Membership, models.Label, models.Article, models.Revision, models.Annotation,
    models.Relation,
    models.Anchor,
    models.Agent, models.Alias, models.AgentDistinction, models.AgentRating,
    models.Origin, models.Source, models.SavedCopy, models.Claim, models.EvidenceSet, models.Evidence,
    models.Attribution, models.Quantity,
    models.Question, models.Answer, models.Search,
    models.TriageCriterion, models.TriageMark,
    models.ClaimMention, models.VerdictScale, models.Assessment, models.AssessmentCitation, models.Dispute,
    models.Statement, models.Position, models.Stance,
    models.StanceCitation, models.ClaimRelation, models.GuidelineVersion,
    models.Resolution, models.Verdict, models.VerdictCitation, models.Decision,
    models.CommentRequest, models.Comment, models.CommentMention,
    models.Report, models.ReportEdition, models.Correction,
    models.Chain,
    models.Event,
)  # fmt: skip


@pytest.fixture
def addresses():
    with override_settings(BASE_URL="https://workbench.example"):
        yield


class ToTheMicrosecond(DjangoJSONEncoder):
    """Times as they are; Django's own writer cuts them to milliseconds."""

    def default(self, value):
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


@pytest.fixture
def stored(db, request):
    """The stored project. Its times and ids are in the file: nothing is made here."""
    if os.environ.get("WRITE_GOLDEN"):
        write_golden_files(request)
    else:
        call_command("loaddata", str(ROWS), verbosity=0)
    return Project.objects.get()


def write_golden_files(request):
    request.getfixturevalue("story")
    rows = [row for model in IN_ORDER for row in model._default_manager.order_by("pk")]
    ROWS.write_text(serializers.serialize("json", rows, indent=1, ensure_ascii=False, cls=ToTheMicrosecond))
    for format in FORMAT_NAMES:
        golden_of(format).write_bytes(b"".join(export(Project.objects.get(), None, format).chunks))


def golden_of(format):
    return GOLDEN / {"jsonl": "project.jsonl", "web_annotation": "project.jsonld"}[format]


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_an_export_is_the_golden_file(stored, format):
    assert b"".join(export(stored, None, format).chunks) == golden_of(format).read_bytes()


def test_the_golden_history_holds(stored):
    assert verify() is None
