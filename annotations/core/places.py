"""What is computed and never set: a statement's place in a dispute, a dispute's outcome, and what evidence counts for.

Source: the domain's words for values and its rule that corroboration counts origins. Silence (not_addressed, declined,
no_reply, not_asked) and `qualify` are neither affirming nor denying.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any, NamedTuple

from annotations.core.sentences import count, listed, say


class Place(StrEnum):
    """`not_stated` is our addition to the domain's four: nobody affirms it (yet), so there is nothing to agree on."""

    AGREED = "agreed"
    NOT_CONTESTED = "not_contested"
    IN_DISPUTE = "in_dispute"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_STATED = "not_stated"


class Outcome(StrEnum):
    """How a closed dispute ended; `not_a_dispute` is what dismissing gives and is not computed from verdicts."""

    SETTLED = "settled"
    PARTLY_SETTLED = "partly_settled"
    UNRESOLVED = "unresolved"
    NOT_A_DISPUTE = "not_a_dispute"


OUTCOME_WORDS = {
    Outcome.SETTLED: "settled",
    Outcome.PARTLY_SETTLED: "partly settled",
    Outcome.UNRESOLVED: "unresolved: could not be independently verified",
    Outcome.NOT_A_DISPUTE: "not a dispute",
}

# ---------------------------------------------------------------------------------------------------- places, outcome


class StanceSeen(NamedTuple):
    """A party's stance on one statement, and whether a quoted span or evidence stands behind it."""

    stance: str
    has_quote: bool = False


class PartyStances(NamedTuple):
    """What one party says now, by statement. Positions that a later one supersedes are left out by the caller."""

    party: Hashable
    stances: Mapping[Any, StanceSeen]


def places(
    positions: Sequence[PartyStances], *, statements: Iterable[Any], out_of_scope: Collection[Any] = ()
) -> dict[Any, Place]:
    """The place of each of `statements`, in their order. The order of positions never matters.

    Out of scope, where a person said so, goes before everything; a statement out of scope opposes nobody either.
    Affirmed by one party and denied by another: in dispute. Affirmed by two parties that oppose each other on another
    statement, each with its quote, and denied by nobody: agreed. Affirmed and denied by nobody: not contested. Else,
    and where only one party both affirms and denies: not stated.
    """
    judged = list(statements)
    in_scope = [statement for statement in judged if statement not in out_of_scope]
    affirms = {statement: _parties(statement, positions, "affirm") for statement in in_scope}
    denies = {statement: _parties(statement, positions, "deny") for statement in in_scope}
    opposed = {
        frozenset((one, other))
        for statement in in_scope
        for one in affirms[statement]
        for other in denies[statement]
        if one != other
    }
    return {
        statement: _place(affirms[statement], set(denies[statement]), opposed)
        if statement in affirms
        else Place.OUT_OF_SCOPE
        for statement in judged
    }


def _parties(statement: Any, positions: Sequence[PartyStances], stance: str) -> dict[Hashable, bool]:
    """Who takes `stance`, and whether with a quote (where one party has two positions, in either of them)."""
    found: dict[Hashable, bool] = {}
    for party, stances in positions:
        seen = stances.get(statement)
        if seen is not None and seen.stance == stance:
            found[party] = found.get(party, False) or seen.has_quote
    return found


def _place(affirms: dict[Hashable, bool], denies: set[Hashable], opposed: set[frozenset[Hashable]]) -> Place:
    if any(one != other for one in affirms for other in denies):
        return Place.IN_DISPUTE
    if not affirms or denies:  # denied too means here: only by the one party that affirms it
        return Place.NOT_STATED
    quoted = [party for party, has_quote in affirms.items() if has_quote]
    if any(frozenset(pair) in opposed for pair in combinations(quoted, 2)):
        return Place.AGREED
    return Place.NOT_CONTESTED


DECIDING = frozenset({"supported", "refuted"})


def outcome_of(verdicts: Mapping[Any, str]) -> Outcome:
    """The outcome of a closed dispute from the verdict on each statement in dispute.

    A verdict is given by its AVeriTeC class (`Supported`), which every scale names, or by the same word as a key. All
    Supported or Refuted: settled; none, and also where there is no verdict at all: unresolved; else partly settled.
    """
    decided = sum(verdict.casefold() in DECIDING for verdict in verdicts.values())
    if not decided:
        return Outcome.UNRESOLVED
    return Outcome.SETTLED if decided == len(verdicts) else Outcome.PARTLY_SETTLED


# --------------------------------------------------------------------------------------------------- counting evidence

BARE_ASSERTION = "bare_assertion"


class EvidenceSeen(NamedTuple):
    """What counting needs to know of one piece of evidence; an `origin` of None is untraced.

    Pieces of one `together` carry their stance only together: they are one piece, and go back to one beginning.
    """

    claim: Any
    source: Any
    stance: str
    ground: str
    origin: Any = None
    together: Any = None


@dataclass(frozen=True, slots=True)
class Count:
    """Distinct origins, distinct documents that go back to them and, apart, documents that nobody has traced."""

    origins: int = 0
    documents: int = 0
    untraced: int = 0

    def in_words(self) -> str:
        """`2 origins, 7 documents, 1 untraced`; parts that are nought are left out; nothing at all is `no evidence`."""
        parts = [
            count("{number} origin", "{number} origins", self.origins) if self.origins else "",
            count("{number} document", "{number} documents", self.documents) if self.documents else "",
            count("{number} untraced", "{number} untraced", self.untraced) if self.untraced else "",
        ]
        return listed(parts) or say("no evidence")


@dataclass(frozen=True, slots=True)
class OriginCounts:
    """The counts of one statement: one a stance, and one over all of them (an origin on both sides counts once)."""

    by_stance: Mapping[str, Count]
    total: Count


def origins_counted(evidence: Iterable[EvidenceSeen]) -> dict[Any, OriginCounts]:
    """What corroborates or contradicts each claim, counted by origin. Bare assertions are positions and add nothing.

    Claims without evidence that counts are not in the answer.
    """
    rows: dict[Any, list[EvidenceSeen]] = defaultdict(list)
    for seen in evidence:
        if seen.ground != BARE_ASSERTION:
            rows[seen.claim].append(seen)
    return {claim: _counts(of_claim) for claim, of_claim in rows.items()}


def bare_assertions(evidence: Iterable[EvidenceSeen]) -> dict[Any, dict[str, int]]:
    """Documents that only assert or deny, by claim and stance: shown beside the counts, never in them."""
    sources: dict[Any, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for seen in evidence:
        if seen.ground == BARE_ASSERTION:
            sources[seen.claim][seen.stance].add(seen.source)
    return {claim: {stance: len(of) for stance, of in stances.items()} for claim, stances in sources.items()}


def _counts(rows: list[EvidenceSeen]) -> OriginCounts:
    stances = dict.fromkeys(row.stance for row in rows)
    by_stance = {stance: _count([row for row in rows if row.stance == stance]) for stance in stances}
    return OriginCounts(by_stance, _count(rows))


def _count(rows: list[EvidenceSeen]) -> Count:
    """Never more origins than documents: what one document passes on from two beginnings is one document's word."""
    traced = {row.source for row in rows if row.origin is not None}
    untraced = {row.source for row in rows} - traced
    return Count(min(_beginnings(rows), len(traced)), len(traced), len(untraced))


def _beginnings(rows: list[EvidenceSeen]) -> int:
    """Distinct origins; those that pieces go back to which count only together are one."""
    same: dict[Any, Any] = {}

    def first(origin: Any) -> Any:
        while same.get(origin, origin) != origin:
            origin = same[origin]
        return origin

    sets: dict[Any, Any] = {}
    for row in rows:
        if row.origin is None:
            continue
        same.setdefault(row.origin, row.origin)
        if row.together is not None:
            same[first(row.origin)] = first(sets.setdefault(row.together, row.origin))
    return len({first(origin) for origin in same})
