"""What models outside say, read as proposals: our own protocol, and that of Label Studio's ML backends.

Nothing is believed: what is no span, has no label of ours, or does not quote the text it stands on is left out and
counted. Asking is the business of `services.outside`; the protocols stand in docs/recommenders.md.
Source: label-studio-ml-backend, `/predict`; HumanSignal/label-studio#1347 and #1559 for its two units of offsets.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from xml.sax.saxutils import quoteattr

from annotations.core.anchoring import Segment, quote_of
from annotations.core.errors import Invalid
from annotations.core.recommending import Proposal, Proposals
from annotations.core.text import Utf16Map

MOST_PROPOSALS = 5_000
LONGEST_VERSION = 80
NOT_JSON = "The model outside did not answer in the form that the protocol asks for."

Label = Mapping[str, str]  # key, name, description


class LeftOut(Exception):
    """One proposal cannot be taken; the reason completes "3 of its proposals ..."."""


def keys_by_word(labels: Iterable[Label], chosen: Mapping[str, str]) -> dict[str, str]:
    """The label's key by everything it may be called outside: what a manager chose, its key, its name in any case."""
    known = list(labels)
    words = {label["name"].casefold(): label["key"] for label in known}
    words |= {label["key"].casefold(): label["key"] for label in known}
    keys = {label["key"] for label in known}
    return words | {word.casefold(): key for word, key in chosen.items() if key in keys}


def gathered(said: Sequence[Any], read: Callable[[Any], Proposal], made_with: Any) -> Proposals:
    """All that can be taken, and how many were left out for which reason."""
    proposals, left_out = Proposals(), Counter[str]()
    for one in said[:MOST_PROPOSALS]:
        try:
            proposals.append(read(one))
        except LeftOut as reason:
            left_out[str(reason)] += 1
    if len(said) > MOST_PROPOSALS:
        left_out[f"are more than the {MOST_PROPOSALS:,} that are read"] += len(said) - MOST_PROPOSALS
    proposals.refused = tuple(
        f"Left out: {count:,} of {len(said):,} proposals {reason}." for reason, count in sorted(left_out.items())
    )
    proposals.made_with = made_with[:LONGEST_VERSION] if isinstance(made_with, str) else ""
    return proposals


# -- our own protocol -------------------------------------------------------------------------------------------------


def read_answer(answer: Any, text: str, keys: Mapping[str, str]) -> Proposals:
    """`{proposals: [{segments, label, quote, score?, why?, attributes?}], version?}`. Raises Invalid for no such."""
    if not isinstance(answer, dict) or not isinstance(answer.get("proposals"), list):
        raise Invalid(NOT_JSON)
    return gathered(answer["proposals"], lambda one: read_proposal(one, text, keys), answer.get("version"))


def read_proposal(one: Any, text: str, keys: Mapping[str, str]) -> Proposal:
    if not isinstance(one, dict):
        raise LeftOut("are no objects")
    segments = segments_in(one.get("segments"), len(text))
    if one.get("quote") != quote_of(text, segments):
        raise LeftOut("do not quote the text they stand on")
    why, attributes = one.get("why"), one.get("attributes")
    return Proposal(
        segments,
        key_of(one.get("label"), keys),
        score_of(one.get("score")),
        why if isinstance(why, str) else "",
        attributes if isinstance(attributes, dict) else {},
    )


def segments_in(said: Any, length: int) -> tuple[Segment, ...]:
    """Pairs of code points within the text, sorted and disjoint."""
    if not isinstance(said, list) or not 1 <= len(said) <= 1_000:
        raise LeftOut("have no segments")
    segments: list[Segment] = []
    for pair in said:
        if not (isinstance(pair, list) and len(pair) == 2 and all(map(is_whole, pair))):
            raise LeftOut("have segments that are no pairs of whole numbers")
        start, end = pair
        if not (segments[-1][1] if segments else 0) <= start < end <= length:
            raise LeftOut("lie outside the text, or are not in order")
        segments.append((start, end))
    return tuple(segments)


def is_whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def key_of(said: Any, keys: Mapping[str, str]) -> str:
    found = keys.get(said.casefold()) if isinstance(said, str) else None
    if found is None:
        raise LeftOut("have a label that is none of this project")
    return found


def score_of(said: Any) -> float | None:
    """From 0 to 1. Some models give no probability but a figure of their own, which says nothing here."""
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said):
        return None
    return float(said) if 0 <= said <= 1 else None


# -- Label Studio -----------------------------------------------------------------------------------------------------


def label_config(labels: Iterable[Label], words: Mapping[str, str]) -> str:
    """Our labels in Label Studio's own words. `words` are what a manager said they are called there, by key."""
    values = [quoteattr(words.get(label["key"]) or label["name"]) for label in labels]
    inner = "".join(f"<Label value={value}/>" for value in values)
    return f'<View><Labels name="label" toName="text">{inner}</Labels><Text name="text" value="$text"/></View>'


def read_predictions(answer: Any, text: str, keys: Mapping[str, str]) -> Proposals:
    """`{results: [{result: [{value: {start, end, text, labels}}], score?, model_version?}], model_version?}`, of one
    task. Newer backends give a list of predictions for each task. Raises Invalid for anything else."""
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise Invalid(NOT_JSON)
    predictions = [one for part in answer["results"] for one in (part if isinstance(part, list) else [part])]
    if not all(isinstance(one, dict) and isinstance(one.get("result", []), list) for one in predictions):
        raise Invalid(NOT_JSON)
    version = answer.get("model_version") or next((one.get("model_version") for one in predictions), None)
    regions = [(region, one.get("score")) for one in predictions for region in one.get("result", [])]
    places = Utf16Map(text)
    return gathered(regions, lambda one: read_region(one[0], one[1], text, places, keys), version)


def read_region(region: Any, score: Any, text: str, places: Utf16Map, keys: Mapping[str, str]) -> Proposal:
    value = region.get("value") if isinstance(region, dict) else None
    named = value.get("labels") or value.get("hypertextlabels") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(named, list) or not named:
        raise LeftOut("are no labelled spans")
    own = region.get("score", value.get("score"))
    segment = place_of(value, text, places)
    return Proposal((segment,), key_of(named[0], keys), score_of(score if own is None else own))


def place_of(value: Mapping[str, Any], text: str, places: Utf16Map) -> Segment:
    """Where a region stands, in code points. A backend in Python counts code points, older parts of Label Studio count
    UTF-16: whichever gives the text that it quotes is meant. Without a quote only a place where both agree is taken."""
    found = value.get("globalOffsets") if isinstance(value.get("globalOffsets"), dict) else value
    assert isinstance(found, Mapping)
    start, end, quote = found.get("start"), found.get("end"), value.get("text")
    if not (is_whole(start) and is_whole(end) and 0 <= start < end):  # type: ignore[operator]
        raise LeftOut("have no place in the text")
    assert isinstance(start, int)
    assert isinstance(end, int)
    ways = [(start, end)] if end <= len(text) else []
    with suppress(Invalid):
        ways.append((places.from_utf16(start), places.from_utf16(end)))
    if isinstance(quote, str):
        ways = [way for way in ways if text[way[0] : way[1]] == quote]
        if not ways:
            raise LeftOut("do not quote the text they stand on")
    elif len(set(ways)) != 1:
        raise LeftOut("quote nothing, and could stand at two places")
    return ways[0]
