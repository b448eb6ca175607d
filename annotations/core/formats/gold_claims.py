"""What the gold says about its claims beside their words: how they stand to each other, what was asked of them, how
much each is worth a check, and the verdict that was expected. All of it as seed records.
"""

from collections.abc import Iterator
from typing import Any

from annotations.core.formats.gold_dispute import PROPOSER, Gold, Known

# The domain's words. A type of the gold that is not among them is kept as `related`, with the word in the explanation.
RELATION_TYPES = frozenset(
    {
        "same_as", "updates", "contradicts", "paraphrases", "corroborates", "overstates", "disputes",
        "attribution_conflict", "attribution_loss", "attacks_source", "attacks_motive", "undercuts_plausibility",
        "concedes", "compatible", "reports",
    }
)  # fmt: skip
OPPOSING = frozenset(("contradicts", "disputes"))
# The gold's verdict scale calls the fourth word by its AVeriTeC class; in this project it is `disputed`.
EXPECTED = {
    "Supported": "supported",
    "Refuted": "refuted",
    "Not Enough Evidence": "not_enough_evidence",
    "Conflicting Evidence/Cherrypicking": "disputed",
}
# A question of ours is asked of a claim, one of the gold's of a whole dispute: the claim that each of them is about,
# in the gold's order. All that an answer cites is evidence on that very claim.
ASKED_OF = {"DSP-1": ("CL-003-11", "CL-003-15", "CL-003-15", "CL-003-24", "CL-003-14")}


def map_claims(known: Known) -> None:
    """Add the records."""
    gold = known.gold
    for relation in gold["relations"]:
        map_relation(known, relation)
    for claim in gold["claims"]:
        known.add("triage_marks", f"TM-{claim['id']}", claim=claim["id"], level=claim["check_worthiness"])
        if claim["expected_verdict"]:
            verdict = EXPECTED[claim["expected_verdict"]]
            known.add("assessments", f"AS-{claim['id']}", by=PROPOSER, claim=claim["id"], verdict=verdict)
    for dispute in gold["disputes"]:
        for row in questions(known, dispute):
            known.add("questions", row.pop("key"), **row)


def map_relation(known: Known, relation: Gold) -> None:
    word, why = relation["type"], relation["explanation"]
    is_ours = word in RELATION_TYPES
    if not is_ours:
        known.unmapped.append(f"{relation['id']}: “{word}” is no type of relation here; it is kept as “related”.")
    if relation["independence"]:
        known.unmapped.append(f"{relation['id']}: its remark on independence, “{relation['independence']}”.")
    known.add(
        "claim_relations",
        relation["id"],
        from_claim=relation["from_claim"],
        to_claim=relation["to_claim"],
        type=word if is_ours else "related",
        kind=(relation["contradiction_kind"] or "") if word in OPPOSING else "",
        explanation=why if is_ours else f"{word}: {why}",
    )


def questions(known: Known, dispute: Gold) -> Iterator[dict[str, Any]]:
    claims = ASKED_OF[dispute["id"]]
    for number, (asked, claim) in enumerate(zip(dispute["questions"], claims, strict=True), 1):
        yield {
            "key": f"QU-{dispute['id']}-{number}",
            "claim": claim,
            "text": asked["q"],
            "answers": [answer(asked, cited) for cited in evidence_of(known, asked, claim)],
        }


def evidence_of(known: Known, asked: Gold, claim: str) -> list[str | None]:
    """One row for each piece of evidence that the gold's answer names: its first address that speaks on the claim."""
    rows: list[str | None] = [key for item in asked["evidence"] for key in known.cited(item, claim)[:1]]
    return rows or [None]


def answer(asked: Gold, evidence: str | None) -> dict[str, Any]:
    """AVeriTeC's shape: a boolean answer is explained, an unanswerable question has no words for an answer."""
    kind = asked["answer_type"].lower()
    said = {"type": kind, "text": "" if kind == "unanswerable" else asked["a"]}
    if kind == "boolean":
        said["explanation"] = f"As {' and '.join(asked['evidence'])} has it."
    return said | ({"evidence": evidence} if evidence else {})
