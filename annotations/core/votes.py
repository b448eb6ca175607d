"""How far the votes of several reviewers on claims agree, as one figure that says what it was computed from.

Observed agreement: of all pairs of votes on one claim, the share that give the same verdict.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple


class Agreement(NamedTuple):
    """`pairs` of votes, of which `same` give one verdict; by verdict how many voted so, the most frequent first."""

    votes: int
    pairs: int
    same: int
    by_verdict: tuple[tuple[str, int], ...]

    @property
    def per_cent(self) -> int | None:
        """None where nobody can agree with anybody yet."""
        return round(100 * self.same / self.pairs) if self.pairs else None


def agreement(votes: Iterable[Sequence[str]]) -> Agreement:
    """Over claims: the verdicts on each."""
    claims = [list(verdicts) for verdicts in votes]
    pairs = [pair for verdicts in claims for pair in combinations(verdicts, 2)]
    counted = Counter(verdict for verdicts in claims for verdict in verdicts)
    by_verdict = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return Agreement(counted.total(), len(pairs), sum(one == other for one, other in pairs), tuple(by_verdict))
