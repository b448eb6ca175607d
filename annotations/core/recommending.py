"""What a recommender says: a span of a text that a label might fit, how sure it is, and why. Only ever a proposal.

Whatever makes proposals (matches, cues, numbers, a learned model, a model outside) speaks in this one shape; whether a
proposal becomes a record is a person's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.core.anchoring import Segment

WHY_CODE_POINTS = 300  # a reason is a line, not an essay


@dataclass(frozen=True, slots=True)
class Proposal:
    """`segments` are code points of the text, sorted and half-open; `score` runs from 0 to 1, None where there is none.

    `why` is one line for people. `attributes` are values of attributes that the label defines.
    """

    segments: tuple[Segment, ...]
    label_key: str
    score: float | None = None
    why: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def extent(self) -> Segment:
        """From where the first segment begins to where the last one ends."""
        return self.segments[0][0], self.segments[-1][1]


class Proposals(list[Proposal]):
    """The proposals of a model that has versions: with which one they were made, and what it said besides that was not
    taken, in words."""

    made_with: str = ""
    refused: tuple[str, ...] = ()
