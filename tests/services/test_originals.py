"""The original articles and their gold, where the files are there: beside the repository, in shared/seeds."""

import hashlib
import json
import shutil

import pytest

from annotations.core.errors import Invalid
from annotations.models import Annotation, Article, Attribution, Claim, Dispute, Event, Origin, Project, Resolution
from annotations.queries.history import verify
from annotations.services.originals import GOLD, load_originals
from workbench.env import ROOT

ORIGINALS = ROOT.parent / "shared" / "seeds"
SEEDS = ROOT / "seeds"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (ORIGINALS / GOLD).is_file(), reason=f"THE ORIGINALS ARE NOT HERE: no {GOLD} in shared/seeds"
    ),
]


@pytest.fixture
def gold():
    return json.loads((ORIGINALS / GOLD).read_text(encoding="utf-8"))


@pytest.fixture
def load(people):
    def load(folder=ORIGINALS):
        return load_originals(folder=folder, seeds=SEEDS, people=vars(people))

    return load


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(ORIGINALS, tmp_path / "originals")


def test_the_files_are_stored_byte_for_byte(load):
    project = load().project
    stored = {article.revisions.get().text.encode() for article in Article.objects.filter(project=project)}
    assert stored == {path.read_bytes() for path in ORIGINALS.glob("*.txt")}
    assert len(stored) == 5


def test_every_span_of_the_gold_is_stored_with_its_text(load, gold):
    load()
    stored = {tuple(segment) for one in Annotation.objects.all() for segment in one.segments}
    text = Article.objects.get(external_id="original-003").revisions.get().text
    for claim in gold["claims"]:
        for span in claim["mentions"]:
            assert (span["start"], span["end"]) in stored
            quote = text[span["start"] : span["end"]]
            assert hashlib.sha256(quote.encode()).hexdigest()[:16] == span["sha256_16"]


def test_everything_that_has_a_place_is_stored(load, gold):
    load()
    assert Claim.objects.count() == len(gold["claims"])
    assert Origin.objects.count() == 5
    said = Attribution.objects.exclude(speaker_quote="", cue_quote="")
    assert said.count() == len(gold["attributions"])


def test_a_speaker_who_is_not_in_the_text_has_no_span(load):
    load()
    assert not Attribution.objects.exclude(basis="stated").exclude(speaker_quote="").exists()
    officials = Attribution.objects.get(basis="external", count=3)
    assert officials.evidence is not None
    assert {child.agent.name for child in officials.children.all()} == {"Ali Khamenei"}


def test_places_and_outcome_come_out_as_in_the_gold(load):
    assert load().differences == []
    assert (Dispute.objects.get().state, Dispute.objects.get().outcome) == ("closed", "unresolved")
    assert Resolution.objects.get().decisions.count() == 2


def test_what_has_no_place_is_named(load):
    unmapped = "\n".join(load().unmapped)
    for word in (
        "independence",
        "event",
        "factuality",
        "CL-003-10",
        "questions",
        "Grades",
        "quirks",
        "headline_verdict",
    ):
        assert word in unmapped


def test_the_history_of_it_holds(load):
    load()
    assert verify() is None
    assert Event.objects.filter(project__slug="originals", person__isnull=True).count() == 0


def test_a_file_that_differs_is_refused(load, copy):
    path = next(copy.glob("001*.txt"))
    path.write_bytes(path.read_bytes().replace(b" ", b"\xc2\xa0", 1))
    with pytest.raises(Invalid, match=path.name):
        load(copy)
    assert not Project.objects.exists()


def test_a_span_whose_hash_differs_is_refused(load, copy, gold):
    gold["claims"][3]["mentions"][0]["sha256_16"] = "0" * 16
    (copy / GOLD).write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(Invalid, match=gold["claims"][3]["id"]):
        load(copy)
    assert not Project.objects.exists()


def test_a_span_that_moved_by_one_is_refused(load, copy, gold):
    gold["attributions"][0]["cue"]["start"] += 1
    (copy / GOLD).write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(Invalid, match="not the one that was annotated"):
        load(copy)


def test_a_missing_file_is_named(load, copy):
    next(copy.glob("004*.txt")).unlink()
    with pytest.raises(Invalid, match="004_"):
        load(copy)
