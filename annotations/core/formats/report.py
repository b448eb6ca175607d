"""The loss report: what a format wrote and what it could not carry, counted while writing.

A record is written or lost, never both, so `written + lost` is the same number in every format. A reason names either
why records were lost or what written ones had to leave behind. Memory is constant: reasons are few and fixed.
"""

from collections import Counter, defaultdict
from typing import Any


class LossReport:
    """Counts by kind; `as_json` gives the shape of the contract."""

    __slots__ = ("_format", "_lost", "_reasons", "_written")

    def __init__(self, format_name: str) -> None:
        self._format = format_name
        self._written: Counter[str] = Counter()
        self._lost: Counter[str] = Counter()
        self._reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def written(self, kind: str, count: int = 1) -> None:
        self._written[kind] += count

    def lost(self, kind: str, reason: str) -> None:
        """A record of `kind` is not in the file at all."""
        self._lost[kind] += 1
        self._reasons[kind][reason] += 1

    def left_behind(self, kind: str, reason: str) -> None:
        """A record of `kind` is in the file without something that it says."""
        self._reasons[kind][reason] += 1

    def as_json(self) -> dict[str, Any]:
        """`{format, records: {<kind>: {written, lost, reasons: [{reason, count}]}}}`, kinds and reasons in order."""
        return {"format": self._format, "records": {kind: self._of(kind) for kind in sorted(self._kinds())}}

    def _kinds(self) -> set[str]:
        return {*self._written, *self._lost, *self._reasons}

    def _of(self, kind: str) -> dict[str, Any]:
        reasons = [{"reason": reason, "count": count} for reason, count in sorted(self._reasons[kind].items())]
        return {"written": self._written[kind], "lost": self._lost[kind], "reasons": reasons}
