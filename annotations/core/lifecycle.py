"""The states of claims and disputes and the one table of legal moves.

A move is data: its verb, the states it leaves, the state it reaches. What a move needs beside a state (a reason, a
second person, a verdict for each statement) is checked by the service of that verb. Source: the domain's own moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from annotations.core.errors import IllegalMove
from annotations.core.sentences import MOVE, NOUN, STATE, either, say, word


class ClaimState(StrEnum):
    INBOX = "inbox"
    IN_WORK = "in_work"
    PARKED = "parked"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    CLOSED = "closed"


class DisputeState(StrEnum):
    OPEN = "open"
    IN_REVIEW = "in_review"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move: `verb` takes a record from any of `leaves` to `reaches`, or leaves it there (STAYS)."""

    verb: str
    leaves: frozenset[str]
    reaches: str
    words: str


def _move(verb: str, leaves: str, reaches: str, words: str) -> Move:
    return Move(verb, frozenset(leaves.split()), reaches, words)


STAYS = ""  # a move that leaves a record in the state that it is in

CLAIM_MOVES = {
    move.verb: move
    for move in (
        _move("take", "inbox", "in_work", "Take"),
        _move("park", "inbox in_work", "parked", "Park"),
        _move("resume", "parked", "inbox", "Resume"),
        _move("reject", "inbox in_work", "closed", "Reject"),
        _move("reconsider", "closed", "inbox", "Reconsider"),
        _move("split", "inbox in_work parked", STAYS, "Split"),
        _move("merge", "inbox in_work parked", "closed", "Merge"),
        _move("propose_resolution", "in_work", "in_review", "Propose a resolution"),
        _move("send_back", "in_review", "in_work", "Send back"),
        _move("approve_resolution", "in_review", "approved", "Approve"),
        _move("dissent_from_resolution", "in_review", "in_review", "Dissent"),
        _move("publish", "approved", "published", "Publish"),
        _move("correct", "published", "in_work", "Correct"),
        _move("retract", "published", "closed", "Retract"),
    )
}

DISPUTE_MOVES = {
    move.verb: move
    for move in (
        _move("propose_resolution", "open in_review", "in_review", "Propose a resolution"),
        _move("send_back", "in_review", "open", "Send back"),
        _move("approve_resolution", "in_review", "closed", "Approve"),
        _move("dissent_from_resolution", "in_review", "in_review", "Dissent"),
        _move("dismiss", "open", "closed", "Dismiss"),
        _move("reopen", "closed", "open", "Reopen"),
    )
}

MOVES = {"claim": CLAIM_MOVES, "dispute": DISPUTE_MOVES}

STATE_WORDS = {
    "inbox": "in the inbox",
    "in_work": "in work",
    "parked": "parked",
    "in_review": "in review",
    "approved": "approved",
    "published": "published",
    "closed": "closed",
    "open": "open",
}


def is_legal(kind: str, verb: str, state: str) -> bool:
    """Whether a `kind` in `state` may make the move `verb` at all."""
    return state in MOVES[kind][verb].leaves


def why_not(kind: str, verb: str, state: str) -> str:
    """The sentence that says why a move is not possible from `state`; empty where it is."""
    if is_legal(kind, verb, state):
        return ""
    leaves = [word(STATE_WORDS[known], STATE) for known in STATE_WORDS if known in MOVES[kind][verb].leaves]
    return say(
        "This {kind} is {state}; {move} is possible only while it is {leaves}.",
        kind=word(kind, NOUN),
        state=word(STATE_WORDS[state], STATE),
        move=word(MOVES[kind][verb].words.lower(), MOVE),
        leaves=either(leaves),
    )


def reached_by(kind: str, verb: str, state: str) -> str:
    """The state that the move reaches. Raises IllegalMove where the table has no such move from `state`."""
    if reason := why_not(kind, verb, state):
        raise IllegalMove(reason)
    return MOVES[kind][verb].reaches or state


def moves_from(kind: str, state: str) -> Iterator[Move]:
    """The moves that the table permits from `state`, in the table's order."""
    return (move for move in MOVES[kind].values() if state in move.leaves)
