"""Pairs of claims, written for measuring what is suggested between them: what should be, and what must not.

They stand in claim_pairs.txt. TRAPS must stay silent as disputes: updates of a figure, solidarity beside
non-intervention, one narrative with two claimants. FRESH were written when the rules stood, and none was changed for
them: they tell how the rules meet what they have not seen.
"""

from pathlib import Path
from typing import NamedTuple

from annotations.core.claim_reading import ClaimSaid


class ClaimPair(NamedTuple):
    expected: frozenset[str]
    one: ClaimSaid
    other: ClaimSaid


# An opposition may be found as either of its two words, and sameness as either of its own.
ANY_OF = {
    "contradicts": frozenset({"contradicts", "disputes"}),
    "disputes": frozenset({"contradicts", "disputes"}),
    "same_as": frozenset({"same_as", "paraphrases"}),
    "paraphrases": frozenset({"same_as", "paraphrases"}),
}


def pairs_of(part: str) -> list[ClaimPair]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").partition(f"=== {part}\n")[2]
    own = lines.partition("===")[0].splitlines()
    return [pair_of(*line.split(" | ")) for line in own if line and line[0] != "#"]


def pair_of(expected: str, one_date: str, other_date: str, one: str, other: str) -> ClaimPair:
    wanted = frozenset() if expected == "-" else ANY_OF.get(expected, frozenset({expected}))
    return ClaimPair(wanted, said(one, one_date), said(other, other_date))


def said(words: str, date: str) -> ClaimSaid:
    layer, _, text = words.partition(": ") if words.startswith(("said: ", "so: ")) else ("so", "", words)
    return ClaimSaid(text, date.strip("- "), layer=layer)


TRAPS, RELATED, FRESH = pairs_of("TRAPS"), pairs_of("RELATED"), pairs_of("FRESH")
