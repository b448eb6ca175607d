"""Every MUST of the Web Annotation model that a stored annotation can touch, read back from the bytes."""

import json
import tracemalloc
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.anchoring import context_of, quote_of
from annotations.core.formats import web_annotation
from annotations.core.formats.report import LossReport
from tests.core.strategies import any_texts, texts_with_spans

BASE = "https://workbench.example"
ANA = "018f0000-0000-7000-8000-00000000000a"
REPORTS = "018f0000-0000-7000-8000-0000000000f1"


def annotation(number=1, **changed):
    return {
        "id": f"018f0000-0000-7000-8000-{number:012}",
        "article": "018f0000-0000-7000-8000-0000000000a1",
        "revision": "018f0000-0000-7000-8000-0000000000b1",
        "author": ANA,
        "created_at": "2026-11-21T09:00:00.000000Z",
        "segments": [[0, 3]],
        "quote": "abc",
        "label": "reports",
        "label_id": REPORTS,
        "attributes": {},
        "note": "",
        "state": "active",
        "version": 1,
    } | changed


NAMES = [
    ("person", {"id": ANA, "display_name": "Ana"}),
    ("project", {"id": "p", "slug": "seeds", "name": "Seeds"}),
    ("label", {"id": REPORTS, "key": "reports", "name": "Reports"}),
]


def document_of(pairs, report=None):
    report = report or LossReport("web_annotation")
    raw = b"".join(web_annotation.write(pairs, report, base_url=BASE, project="seeds"))
    return json.loads(raw)


def written(**changed):
    [found] = document_of([*NAMES, ("annotation", annotation(**changed))])["first"]["items"]
    return found


# -- the collection ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_collection_holds_one_page_with_every_annotation(count):
    document = document_of([*NAMES, *(("annotation", annotation(number)) for number in range(count))])
    assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert document["type"] == "AnnotationCollection"
    assert document["id"] == f"{BASE}/api/wa/seeds/"
    assert document["label"] == "Annotations of Seeds"
    assert document["total"] == count
    page = document["first"]
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == document["id"]
    assert page["id"] != document["id"]
    assert [item["id"] for item in page["items"]] == [
        f"{BASE}/api/wa/seeds/{annotation(n)['id']}" for n in range(count)
    ]


def test_an_empty_collection_has_no_page_because_a_page_is_never_empty():
    document = document_of(NAMES)
    assert document["total"] == 0
    assert "first" not in document


# -- one annotation ---------------------------------------------------------------------------------------------------


def test_an_annotation_says_what_who_and_when():
    found = written(note="Who told them?")
    assert found["type"] == "Annotation"
    assert found["motivation"] == "classifying"
    assert found["creator"] == {"id": f"urn:uuid:{ANA}", "type": "Person", "name": "Ana"}
    assert found["created"].endswith("Z")
    assert datetime.fromisoformat(found["created"]).tzinfo is not None
    label, note = found["body"]
    assert (label["type"], label["purpose"], label["value"]) == ("TextualBody", "classifying", "Reports")
    assert label["id"] == f"{BASE}/api/v1/labels/{REPORTS}/"
    assert (note["type"], note["purpose"], note["value"]) == ("TextualBody", "commenting", "Who told them?")


def test_one_segment_is_one_target_with_two_ways_to_select_it():
    target = written(prefix="xy ", suffix=" z")["target"]
    assert target["type"] == "SpecificResource"
    assert target["source"] == f"{BASE}/articles/{annotation()['article']}/revisions/1/"
    position, quote = target["selector"]
    assert position == {"type": "TextPositionSelector", "start": 0, "end": 3}
    assert quote == {"type": "TextQuoteSelector", "exact": "abc", "prefix": "xy ", "suffix": " z"}


def test_the_target_is_the_revision_that_was_annotated():
    second = ("revision", {"id": annotation()["revision"], "number": 2})
    [learned] = document_of([*NAMES, second, ("annotation", annotation())])["first"]["items"]
    assert learned["target"]["source"].endswith("/revisions/2/")
    assert written(revision_number=3)["target"]["source"].endswith("/revisions/3/")


def test_a_document_label_targets_the_whole_text():
    target = written(segments=[], quote="")["target"]
    assert target["type"] == "SpecificResource"
    assert "selector" not in target


@given(texts_with_spans(), st.booleans(), any_texts)
def test_every_segment_selects_its_own_characters(drawn, has_context, note):
    text, spans = drawn
    context = dict(zip(("prefix", "suffix"), context_of(text, spans[0][0], spans[-1][1]), strict=True))
    row = annotation(segments=[list(span) for span in spans], quote=quote_of(text, spans), note=note)
    [found] = document_of([("annotation", row | (context if has_context else {}))])["first"]["items"]
    targets = found["target"] if isinstance(found["target"], list) else [found["target"]]
    assert len(targets) == len(spans)
    for target, (start, end) in zip(targets, spans, strict=True):
        position, quote = target["selector"]
        assert (position["start"], position["end"]) == (start, end)
        assert quote["exact"] == text[start:end]
        assert quote.get("prefix", "") + text[start:end] + quote.get("suffix", "") in text
    assert [body["value"] for body in found["body"][1:]] == [note] * bool(note)


# -- what is lost -----------------------------------------------------------------------------------------------------


def test_nothing_is_lost_silently():
    report = LossReport("web_annotation")
    pairs = [
        *NAMES,
        ("annotation", annotation(1, attributes={"tone": "distancing"})),
        ("annotation", annotation(2, state="trashed")),
        ("annotation", annotation(3)),
        ("claim", {"id": "c"}),
        ("event", {"number": 1}),
    ]
    assert len(document_of(pairs, report)["first"]["items"]) == 2
    records = report.as_json()["records"]
    assert {kind: (count["written"], count["lost"]) for kind, count in records.items()} == {
        "annotation": (2, 1),
        "claim": (0, 1),
        "event": (0, 1),
        "label": (0, 1),
        "person": (0, 1),
        "project": (0, 1),
    }
    reasons = {reason["reason"]: reason["count"] for reason in records["annotation"]["reasons"]}
    assert reasons == {
        web_annotation.CANNOT_CARRY["annotation in the trash"]: 1,
        web_annotation.CANNOT_CARRY["annotation.attributes"]: 1,
        web_annotation.CANNOT_CARRY["annotation.version"]: 2,
    }
    assert all(record["reasons"] for record in records.values())


def test_a_document_is_written_in_constant_memory():
    pairs = (("annotation", annotation(number, note="x" * 200)) for number in range(20_000))
    tracemalloc.start()
    blocks = web_annotation.write(pairs, LossReport("web_annotation"), base_url=BASE, project="seeds")
    size = sum(len(block) for block in blocks)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 10_000_000
    assert peak < 1_000_000


# -- relations --------------------------------------------------------------------------------------------------------


def relation(**changed):
    ends = {"from": annotation(1)["id"], "to": annotation(2)["id"]}
    known = ("author", "created_at", "label", "label_id", "version")
    row = {name: value for name, value in annotation(9).items() if name in ("id", *known)}
    return row | ends | {"note": "As a whole", "trashed": False, "is_loose": False} | changed


def test_a_relation_links_two_annotations():
    pairs = [*NAMES, *(("annotation", annotation(number)) for number in (1, 2)), ("relation", relation())]
    linking = document_of(pairs)["first"]["items"][-1]
    assert linking["motivation"] == "linking"
    assert linking["target"] == f"{BASE}/api/wa/seeds/{annotation(1)['id']}"
    end, label, note = linking["body"]
    assert (end["purpose"], end["source"]) == ("linking", f"{BASE}/api/wa/seeds/{annotation(2)['id']}")
    assert (label["purpose"], label["value"]) == ("classifying", "Reports")
    assert (note["purpose"], note["value"]) == ("commenting", "As a whole")


def test_a_relation_in_the_trash_or_to_something_in_it_is_lost_and_said_so():
    report = LossReport("web_annotation")
    pairs = [*NAMES, ("relation", relation(trashed=True)), ("relation", relation(is_loose=True))]
    assert document_of(pairs, report)["total"] == 0
    told = report.as_json()["records"]["relation"]
    assert (told["written"], told["lost"], len(told["reasons"])) == (0, 2, 2)
