"""The gold's dispute as a seed record: parties with a stance for each statement, and the proposal with its decisions.

The gold names parties in sentences and lists what they assert and deny; who they are, and what a span of theirs says on
which statement, is read here by the rules written beside each step.
"""

import re
from collections.abc import Iterable
from typing import Any, Protocol

Gold = dict[str, Any]

OFFICIALS = "three anonymous Iranian and Hamas officials"
# Who speaks in each position, for whom, and of which kind an agent is that the gold has no entity for.
PARTIES: dict[str, tuple[str, str | None, str]] = {
    "POS-1": ("ENT-REUTERS", OFFICIALS, "group"),
    "POS-2": ("ENT-HAMDAN", "ENT-HAMAS", "body"),
    "POS-3": ("newspaper of the Leader’s office", None, "outlet"),
    "POS-4": ("Government of Iran", None, "body"),
}
SPECIFIC_DENIALS = {("POS-2", "CL-003-10")}  # the gold's note on positions: Hamdan's other denials are blanket
BLANKET_PARTIES = {"POS-2"}
VERDICTS = {
    "Supported": "supported",
    "Refuted": "refuted",
    "Not Enough Evidence": "not_enough_evidence",
    "Disputed": "disputed",
}
PROPOSER, APPROVER, DISSENTER = "ida", "jo", "max"  # for the gold's reviewers A, B and C


class Known(Protocol):
    """What has been mapped before: the gold, its annotations and evidence by their places, agents by their words."""

    gold: Gold
    unmapped: list[str]

    def add(self, noun: str, key: str, **fields: Any) -> str: ...
    def agent(self, words: str, kind: str = "group") -> str: ...
    def annotation(self, spans: list[dict[str, Any]], label: str, **fields: Any) -> str: ...
    def cited(self, item: str, claim: str, *stances: str) -> list[str]: ...


class DisputeMapping:
    """One dispute on its way into a seed record."""

    def __init__(self, known: Known, dispute: Gold) -> None:
        self.known = known
        self.dispute = dispute
        self.claims = {claim["id"]: claim for claim in known.gold["claims"]}
        named = (
            dispute["statements_in_dispute"],
            dispute["common_ground"],
            dispute["statement_places"],
            dispute["not_in_dispute_but_checkable"],
            dispute["out_of_scope"],
        )
        self.statements = list(dict.fromkeys(claim for claims in named for claim in claims))

    def map(self) -> None:
        dispute = self.dispute
        self.known.add(
            "disputes",
            dispute["id"],
            question=dispute["question"],
            owner=PROPOSER,
            statements=self.statements,
            out_of_scope={claim: self.why_out_of_scope(claim) for claim in dispute["out_of_scope"]},
            would_settle=dispute["evidence_that_would_settle"],
            would_not_settle=dispute["evidence_that_would_not_settle"],
            positions=[self.position(position) for position in dispute["positions"]] + list(self.unheard()),
            resolutions=[
                self.resolution(one) for one in self.known.gold["resolutions"] if one["dispute"] == dispute["id"]
            ],
            places=dispute["statement_places"],
            outcome=next(one["outcome"] for one in self.known.gold["resolutions"] if one["dispute"] == dispute["id"]),
        )
        self.known.unmapped += [
            f"{dispute['id']}: its {len(dispute['questions'])} questions are asked of its statements instead.",
            "Grades proposed for positions: only a project that uses grades would have them, on the agent.",
        ]

    def why_out_of_scope(self, claim: str) -> str:
        return self.claims[claim]["note"] or "Set aside in the gold."

    # -- positions ----------------------------------------------------------------------------------------------------

    def position(self, position: Gold) -> Gold:
        agent, on_behalf_of, kind = PARTIES[position["id"]]
        mapped = {
            "key": position["id"],
            "by": PROPOSER,
            "agent": self.known.agent(agent, kind),
            "channel": position["channel"],
            "interest": position["interest"],
            "sourcing": position["sourcing"],
            "note": self.note_of(position),
            "stances": self.stances(position),
        }
        if on_behalf_of:
            mapped["on_behalf_of"] = self.known.agent(on_behalf_of, kind)
        if not mapped["stances"]:
            mapped["rest"] = "not_addressed"  # no comment is known; whether anybody asked is not
        return mapped

    def note_of(self, position: Gold) -> str:
        lines = [f"In the gold: {position['party']}."]
        lines += [
            f"{name.capitalize()}: {'; '.join(position[name])}."
            for name in ("strengths", "weaknesses")
            if position[name]
        ]
        return "\n".join(lines)

    def stances(self, position: Gold) -> dict[str, Gold]:
        """Affirmed: what the gold says is asserted, common ground, and what else stands inside the party's spans."""
        denied = position.get("denies", [])
        affirmed = [*position.get("asserts", [])]
        if position["spans"]:
            inside = (claim for claim in self.statements if self.spans_around(claim, position["spans"]))
            affirmed += [*inside, *self.dispute["common_ground"]]
        open_to_all = [
            claim for claim in dict.fromkeys(affirmed) if claim not in (*denied, *self.dispute["out_of_scope"])
        ]
        stances = {claim: self.affirming(position, claim) for claim in open_to_all}
        return stances | {claim: self.denying(position, claim) for claim in denied}

    def affirming(self, position: Gold, claim: str) -> Gold:
        spans = self.spans_around(claim, position["spans"]) or position["spans"][:1]
        return {
            "stance": "affirm",
            "scope": "specific",
            "spans": [self.known.annotation([span], "claim") for span in spans],
            "evidence": self.evidence_named(position, claim, "supports"),
        }

    def denying(self, position: Gold, claim: str) -> Gold:
        """A denial is read from the party's spans, but for those in which it grants the common ground."""
        grants = [
            span for claim in self.dispute["common_ground"] for span in self.spans_around(claim, position["spans"])
        ]
        spans = [span for span in position["spans"] if span not in grants]
        is_specific = (position["id"], claim) in SPECIFIC_DENIALS
        return {
            "stance": "deny",
            "scope": "specific" if is_specific else "blanket" if position["id"] in BLANKET_PARTIES else "",
            "spans": [self.known.annotation([span], "denial") for span in spans],
            "evidence": self.evidence_named(position, claim, "refutes"),
        }

    def spans_around(self, claim: str, spans: Iterable[Gold]) -> list[Gold]:
        """The spans in which a mention of the claim stands."""
        mentions = self.claims[claim]["mentions"]
        return [
            span
            for span in spans
            if any(span["start"] <= mention["start"] and mention["end"] <= span["end"] for mention in mentions)
        ]

    def evidence_named(self, position: Gold, claim: str, stance: str) -> list[str]:
        named = re.findall(r"EV-\d+", f"{position['party']} {position['channel']}")
        return [key for item in named for key in self.known.cited(item, claim, stance)]

    def unheard(self) -> Iterable[Gold]:
        """For a statement in dispute that no position affirms: its speaker in the text, as a party."""
        asserted = {claim for position in self.dispute["positions"] for claim in position.get("asserts", [])}
        said = {one["id"]: one for one in self.known.gold["attributions"]}
        for claim in self.dispute["statements_in_dispute"]:
            if claim in asserted:
                continue
            speaker = said[self.claims[claim]["attribution"]]["claimant"]
            self.known.unmapped.append(f"{claim}: no position affirms it; its speaker, {speaker}, is added as a party.")
            spans = [self.known.annotation([span], "claim") for span in self.claims[claim]["mentions"]]
            yield {
                "key": f"POS-{claim}",
                "by": PROPOSER,
                "agent": self.known.agent(speaker),
                "note": "Not a position of the gold: the speaker whom the article names for this statement.",
                "stances": {claim: {"stance": "affirm", "scope": "specific", "spans": spans}},
            }

    # -- the resolution -----------------------------------------------------------------------------------------------

    def resolution(self, resolution: Gold) -> Gold:
        judged = resolution["per_statement"]
        logs = [
            f"{self.claims[claim]['normalised_claim']} {one['search_log']}"
            for claim, one in judged.items()
            if one.get("search_log")
        ]
        return {
            "key": resolution["id"],
            "by": PROPOSER,
            "verdicts": {claim: self.verdict(claim, one) for claim, one in judged.items()},
            "rationale": resolution["rationale"],
            "search_log": logs,
            "as_of": resolution["as_of"],
            "reopen_if": resolution["reopen_if"],
            "decisions": [
                *({"decision": "dissent", "by": DISSENTER, **self.dissent(one)} for one in resolution["dissent"]),
                {"decision": "approval", "by": APPROVER},
            ],
        }

    def verdict(self, claim: str, one: Gold) -> Gold:
        return {
            "verdict": VERDICTS[one["verdict"]],
            "confidence": one["confidence"],
            "evidence": [key for item in one["basis"] for key in self.known.cited(item, claim)],
            "note": one.get("note", ""),
        }

    def dissent(self, one: Gold) -> Gold:
        return {
            "reason": one["reason"],
            "verdicts": {claim: VERDICTS[verdict] for claim, verdict in one["would_rule"].items()},
        }
