"""The seeds through the services: what the files say is what is stored, and every rule held on the way."""

import json
from pathlib import Path

import pytest

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.formats.seeds import segments_of
from annotations.models import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Dispute,
    Event,
    Evidence,
    Project,
    Relation,
    Resolution,
)
from annotations.queries.history import verify
from annotations.services.seeds import load_seeds, records_in
from workbench.env import ROOT

pytestmark = pytest.mark.django_db

SEEDS = ROOT / "seeds"


@pytest.fixture
def everyone(people):
    return vars(people)


@pytest.fixture
def loaded(everyone):
    return load_seeds(records=records_in(SEEDS), folder=SEEDS, people=everyone)


@pytest.fixture
def records():
    return records_in(SEEDS)


def test_everything_in_the_files_is_stored(loaded, records):
    stored = {
        "articles": Article,
        "annotations": Annotation,
        "attributions": Attribution,
        "relations": Relation,
        "claims": Claim,
        "evidence": Evidence,
        "disputes": Dispute,
    }
    for noun, model in stored.items():
        assert model.objects.filter(project=loaded.project).count() == len(records[noun]), noun


def test_disputes_come_out_as_the_files_say(loaded):
    assert loaded.differences == []
    assert set(Dispute.objects.values_list("state", "outcome")) == {
        ("closed", "unresolved"),
        ("open", ""),
        ("in_review", ""),
    }


def test_texts_are_the_files_byte_for_byte(loaded, records):
    for seed in records["articles"]:
        article = Article.objects.get(external_id=seed["external_id"])
        assert article.revisions.get(number=1).text.encode() == (SEEDS / seed["text"]).read_bytes()


def test_spans_hold_the_words_that_the_files_give(loaded, records):
    texts = {seed["key"]: (SEEDS / seed["text"]).read_text(encoding="utf-8") for seed in records["articles"]}
    wanted = {
        (json.dumps(segments_of(texts[seed["article"]], seed["quote"])), seed["label"])
        for seed in records["annotations"]
    }
    found = Annotation.objects.values_list("segments", "label__key")
    assert {(json.dumps(segments), label) for segments, label in found} == wanted


def test_the_main_dispute_has_an_approval_and_a_dissent_of_others(loaded, people):
    resolution = Resolution.objects.get(dispute__state="closed")
    decided = {row.decision: row.author for row in resolution.decisions.select_related("author")}
    assert decided == {"approval": people.jo, "dissent": people.max}
    assert resolution.proposer == people.ida


def test_every_record_has_its_own_event_by_its_own_author(loaded, people):
    for annotation in Annotation.objects.select_related("author"):
        event = Event.objects.get(object_id=annotation.pk, verb="annotation_added")
        assert event.person_id == annotation.author_id
    assert verify() is None


def test_a_load_that_fails_leaves_nothing(everyone, records):
    records["annotations"][-1]["quote"] = "words that stand nowhere"
    before = Event.objects.count()
    with pytest.raises(Invalid, match="words that stand nowhere"):
        load_seeds(records=records, folder=SEEDS, people=everyone)
    assert not Project.objects.filter(slug="seeds").exists()
    assert Event.objects.count() == before


def test_what_comes_out_otherwise_is_said(everyone, records):
    records["disputes"][0]["state"] = "open"
    records["disputes"][0]["places"] = {records["disputes"][0]["statements"][0]: "agreed"}
    loaded = load_seeds(records=records, folder=SEEDS, people=everyone)
    assert len(loaded.differences) == 2


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("annotations", {"article": "article:unknown"}),
        ("evidence", {"stance": "denies"}),
        ("attributions", {"parent": "attribution:unknown"}),
        ("claims", {"work": {"state": "published", "by": "ida"}}),
    ],
)
def test_a_seed_that_breaks_a_rule_is_refused(everyone, records, noun, change):
    records[noun][0] |= change
    with pytest.raises(WorkbenchError):
        load_seeds(records=records, folder=SEEDS, people=everyone)


def test_the_manifest_is_no_seed_file(records):
    assert "originals" not in records
    assert Path(SEEDS / "manifest.json").is_file()
