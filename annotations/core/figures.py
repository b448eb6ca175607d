"""Numbers that mean something (with a unit, money, percentages, ranges, counts of people) and dates, in five languages.

Found by patterns over the text as it stands, digits of every script included; what they look like stands in
`figure_words`. Telephone numbers, addresses of pages, versions and names such as F-16 are none. What a date means is
not worked out here. Libraries that do were tried: see docs/decisions/0013.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from annotations.core.figure_words import DATES, FIGURES, NEITHER
from annotations.core.recommending import Proposal
from annotations.core.text import cuts_grapheme

KINDS = ("number", "date")


class Figure(NamedTuple):
    """[start, end) in code points, `kind` of KINDS, how sure, and why."""

    start: int
    end: int
    kind: str
    score: float
    why: str


def find_figures(text: str) -> list[Figure]:
    """The dates and numbers of a text, in its order; where two would overlap, the one whose rule is surer stands."""
    taken = _Taken([found.span() for found in NEITHER.finditer(text)])
    kept: list[Figure] = []
    for rules, kind in ((DATES, "date"), (FIGURES, "number")):
        for rule in rules:
            kept += (
                Figure(start, end, kind, rule.score, rule.why)
                for start, end in taken.free(found.span("it") for found in rule.pattern.finditer(text))
                if not cuts_grapheme(text, start) and not cuts_grapheme(text, end)
            )
    return sorted(kept)


def figure_proposals(text: str, labels: Mapping[str, str]) -> list[Proposal]:
    """Proposals for the kinds that `labels` maps to label keys: `number`, `date`. Others are not proposed."""
    return [
        Proposal(((found.start, found.end),), labels[found.kind], found.score, found.why)
        for found in find_figures(text)
        if labels.get(found.kind)
    ]


class _Taken:
    """Places that belong to something already."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)

    def free(self, found: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Those that overlap nothing; each of them is taken from then on."""
        for start, end in found:
            at = bisect_left(self.spans, (start, end))
            if any(left < end and start < right for left, right in self.spans[max(0, at - 1) : at + 1]):
                continue
            self.spans.insert(at, (start, end))
            yield start, end
