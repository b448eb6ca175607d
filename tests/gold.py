"""What the gold of article 003 says and what an export says, in one shape, after the mapping beside the originals.

Whoever loads the gold, through the services or through the API, has its export compared here.
"""

import json

import pytest

from annotations.core.formats.gold_claims import EXPECTED, RELATION_TYPES
from annotations.core.formats.gold_dispute import SPECIFIC_DENIALS, VERDICTS
from annotations.services.originals import GOLD
from workbench.env import ROOT

ORIGINALS = ROOT.parent / "shared" / "seeds"
where_the_originals_are = pytest.mark.skipif(
    not (ORIGINALS / GOLD).is_file(), reason=f"THE ORIGINALS ARE NOT HERE: no {GOLD} in shared/seeds"
)
NAMINGS = {"named": "named", "elided": "not_stated", "unnamed group": "unnamed"}


class Exported:
    """The records of an export by kind and id, and what the gold calls things."""

    def __init__(self, lines):
        self.kinds = {}
        for line in lines:
            record = json.loads(line)
            self.kinds.setdefault(record["record"], {})[record["id"] if "id" in record else record["number"]] = record

    def all(self, kind):
        return list(self.kinds.get(kind, {}).values())

    def segments(self, annotation):
        return tuple(tuple(segment) for segment in self.kinds["annotation"][annotation]["segments"])

    def text(self, claim):
        return self.kinds["claim"][claim]["text"]

    def agent(self, pk):
        return self.kinds["agent"][pk]["name"] if pk else None

    def url(self, evidence):
        return self.kinds["source"][self.kinds["evidence"][evidence]["source"]]["url"]


def gold_of_003():
    return json.loads((ORIGINALS / GOLD).read_text(encoding="utf-8"))


def comes_back(gold, lines):
    """Hold the lines of a native export against the gold."""
    exported = Exported(lines)
    words = {claim["id"]: claim["normalised_claim"] for claim in gold["claims"]}
    names = {entity["id"]: entity["canonical_name"] for entity in gold["entities"]}
    assert claims_of(exported) == claims_in(gold)
    assert sayings_of(exported).keys() == {span_of(said["cue"]) for said in gold["attributions"]}
    for said in gold["attributions"]:
        assert sayings_of(exported)[span_of(said["cue"])] == saying_in(said, names)
    assert evidence_of(exported) == evidence_in(gold, words)
    assert relations_of(exported) == relations_in(gold, words)
    assert questions_of(exported) == {asked["q"] for asked in gold["disputes"][0]["questions"]}
    assert worth_of(exported) == {words[claim["id"]]: claim["check_worthiness"] for claim in gold["claims"]}
    assert expected_of(exported) == {
        words[claim["id"]]: EXPECTED[claim["expected_verdict"]] for claim in gold["claims"] if claim["expected_verdict"]
    }
    dispute_comes_back(exported, gold["disputes"][0], words)
    resolution_comes_back(exported, gold, words)


def span_of(span):
    return (span["start"], span["end"]) if span else None


def segments_of(row, name):
    return tuple(row[f"{name}_segments"][0]) if row[f"{name}_segments"] else None


def claims_of(exported):
    spans = {}
    for mention in exported.all("mention"):
        spans.setdefault(mention["claim"], set()).update(exported.segments(mention["annotation"]))
    return {
        (row["text"], frozenset(row["types"]), row["checkability"], row["note"], frozenset(spans[row["id"]]))
        for row in exported.all("claim")
    }


def claims_in(gold):
    return {
        (
            claim["normalised_claim"],
            frozenset(word.removesuffix(" Claim") for word in claim["claim_types"]),
            claim["checkability"],
            claim["note"] or "",
            frozenset(span_of(span) for span in claim["mentions"]),
        )
        for claim in gold["claims"]
    }


def sayings_of(exported):
    return {
        segments_of(row, "cue"): {
            "speaker": segments_of(row, "speaker"),
            "content": exported.segments(row["content"]),
            "form": row["form"],
            "naming": row["naming"],
            "basis": row["basis"],
            "agent": exported.agent(row["agent"]).casefold(),
            "recipient": exported.agent(row["recipient"]),
            "note": row["note"],
        }
        for row in exported.all("attribution")
        if row["cue_segments"]
    }


def saying_in(said, names):
    return {
        "speaker": span_of(said["source"]),
        "content": tuple(span_of(span) for span in said["content"]),
        "form": said["form"],
        "naming": NAMINGS[said["source_kind"]],
        "basis": "inferred" if said["source"] is None else "stated",
        "agent": names.get(said["claimant"], said["claimant"]).casefold(),
        "recipient": names.get(said["recipient"]),
        "note": said["note"] or "",
    }


def evidence_of(exported):
    origins = exported.kinds["origin"]
    return {
        (
            exported.url(row["id"]),
            exported.text(row["claim"]),
            row["stance"],
            row["ground"],
            origins[row["origin"]]["label"],
        )
        for row in exported.all("evidence")
    }


def evidence_in(gold, words):
    return {
        (
            url,
            words[target["claim"]],
            target["stance"],
            target["ground"],
            item["independence_root"].removeprefix("ROOT-").replace("-", " ").capitalize(),
        )
        for item in gold["evidence"]
        for url in item["urls"]
        for target in item["targets"]
    }


def relations_of(exported):
    return {
        (row["type"], exported.text(row["from"]), exported.text(row["to"]), row["kind"], row["explanation"])
        for row in exported.all("claim_relation")
    }


def relations_in(gold, words):
    assert {row["type"] for row in gold["relations"]} <= RELATION_TYPES
    return {
        (row["type"], words[row["from_claim"]], words[row["to_claim"]], row["contradiction_kind"] or "",
         row["explanation"])
        for row in gold["relations"]
    }  # fmt: skip


def questions_of(exported):
    return {row["text"] for row in exported.all("question")}


def worth_of(exported):
    return {exported.text(row["claim"]): row["level"] for row in exported.all("triage_mark")}


def expected_of(exported):
    return {exported.text(row["claim"]): row["verdict"] for row in exported.all("assessment")}


def dispute_comes_back(exported, gold, words):
    (dispute,) = exported.all("dispute")
    assert dispute["question"] == gold["question"]
    assert dispute["would_settle"].splitlines() == gold["evidence_that_would_settle"]
    assert dispute["would_not_settle"].splitlines() == gold["evidence_that_would_not_settle"]
    places = {one["text"]: one["place"] for one in dispute["statements"]}
    assert {text: places[text] for text in (words[key] for key in gold["statement_places"])} == {
        words[key]: place for key, place in gold["statement_places"].items()
    }
    for position in gold["positions"]:
        (row,) = (row for row in exported.all("position") if f"In the gold: {position['party']}." in row["note"])
        stances = {exported.text(claim): said for claim, said in row["stances"].items()}
        assert {text for text, said in stances.items() if said["stance"] == "deny"} == {
            words[key] for key in position.get("denies", [])
        }
        assert {words[key] for key in position.get("asserts", [])} <= {
            text for text, said in stances.items() if said["stance"] == "affirm"
        }
        for key in position.get("denies", []) if position["id"] == "POS-2" else []:
            scope = "specific" if (position["id"], key) in SPECIFIC_DENIALS else "blanket"
            assert stances[words[key]]["scope"] == scope
        assert (row["channel"], row["interest"], row["sourcing"]) == tuple(
            position[name] for name in ("channel", "interest", "sourcing")
        )


def resolution_comes_back(exported, gold, words):
    (row,), (expected,) = exported.all("resolution"), gold["resolutions"]
    urls = {item["id"]: set(item["urls"]) for item in gold["evidence"]}
    assert {exported.text(claim) for claim in row["verdicts"]} == {words[key] for key in expected["per_statement"]}
    for claim, verdict in row["verdicts"].items():
        (said,) = (said for key, said in expected["per_statement"].items() if words[key] == exported.text(claim))
        assert verdict["verdict"] == VERDICTS[said["verdict"]]
        assert verdict["confidence"] == said["confidence"]
        assert {exported.url(pk) for pk in verdict["evidence"]} == set().union(*(urls[item] for item in said["basis"]))
    assert (row["rationale"], row["as_of"]) == (expected["rationale"], expected["as_of"])
    assert row["reopen_if"].splitlines() == expected["reopen_if"]
    (dissent,), approvals = exported.all("dissent"), exported.all("approval")
    assert {exported.text(claim): verdict for claim, verdict in dissent["verdicts"].items()} == {
        words[key]: VERDICTS[verdict] for key, verdict in expected["dissent"][0]["would_rule"].items()
    }
    assert dissent["reason"] == expected["dissent"][0]["reason"]
    assert len(approvals) == 1
    assert approvals[0]["author"] != row["proposer"]
    assert exported.all("dispute")[0]["outcome"] == expected["outcome"]
