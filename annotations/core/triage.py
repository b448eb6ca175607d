"""What claims are ranked by: the words of the criteria on offer, and what a level is worth.

The five of FABLE are asked about the harm that a claim may do, and not about whether it is true. Source: Full Fact and
partners, "A framework for the harms of misinformation". Until a project chooses criteria, it has the plain one.
"""

from typing import NamedTuple

from annotations.core.sentences import say

WORTH = {"low": 1, "medium": 2, "high": 3}


class Criterion(NamedTuple):
    """A criterion as it is set up; the project may word and weigh it anew."""

    key: str
    name: str
    question: str


PLAIN = Criterion("priority", say("Priority"), say("How soon should somebody look at it?"))
FABLE = (
    Criterion(
        "fragmentation",
        say("Fragmentation"),
        say("Is it told in pieces and variants, so that no one answer reaches all?"),
    ),
    Criterion(
        "actionability",
        say("Actionability"),
        say("Does it call on people to do something, and could doing it cause harm?"),
    ),
    Criterion("believability", say("Believability"), say("How likely are those who meet it to believe it?")),
    Criterion("spread", say("Likelihood of spread"), say("How likely is it to reach many people, and soon?")),
    Criterion(
        "exploitativeness", say("Exploitativeness"), say("Does it exploit people who are vulnerable, or a crisis?")
    ),
)


def priority_of(marks: list[tuple[int, str]]) -> int:
    """The sum of weight times worth over (weight, level); a claim that nobody rated has none."""
    return sum(weight * WORTH[level] for weight, level in marks)
