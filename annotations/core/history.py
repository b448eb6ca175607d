"""The chain of events: one canonical JSON text an event, each holding the hash of the one before.

The text is what is stored and what is hashed, so nothing has to be rebuilt to verify it. Writing events is the business
of `services.write`, walking stored ones that of the command that verifies.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from annotations.core.errors import Invalid

FIRST = "0" * 64  # what the first event of a chain names as the hash before it


class Break(NamedTuple):
    """The first event at which a chain does not hold, and why, in words."""

    number: int
    reason: str


def canonical(event: Mapping[str, Any]) -> str:
    """The one JSON text of an event: keys sorted by code point, no white space, nothing escaped that need not be.

    Holds objects, lists, strings, whole numbers, true, false and null. Raises Invalid for anything else: a float, whose
    printing differs between languages; a key that is no string; half of a character.
    """
    try:
        _check(event, "event")
        text = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        text.encode()
    except UnicodeEncodeError:
        raise Invalid("An event holds half of a character, which no file can keep.") from None
    except RecursionError:
        raise Invalid("An event is nested too deeply.") from None
    return text


def hash_of(text: str) -> str:
    """The SHA-256 of a canonical text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def verify(rows: Iterable[tuple[int, str, str]], head: tuple[int, str] | None = None) -> Break | None:
    """Walks a chain in order and returns its first break, or None where it holds. Takes constant memory.

    `rows` are (number, body, hash) from event 1 on; each body is canonical JSON with its `number` and the `previous`
    hash. `head` is the number and hash that the chain should end with: only it shows that the last events are missing.
    """
    number, previous = 0, FIRST
    for row, body, stored in rows:
        number += 1
        if row != number:
            return Break(number, f"Event {number} is missing: event {row} stands in its place.")
        if reason := _wrong(number, previous, body, stored):
            return Break(number, reason)
        previous = stored
    return _wrong_end(number, previous, head) if head else None


def _wrong(number: int, previous: str, body: str, stored: str) -> str:
    try:
        matches = hash_of(body) == stored
        event = json.loads(body)
    except (ValueError, RecursionError):
        return f"The words of event {number} cannot be read."
    if not matches:
        return f"The words of event {number} are not those that its hash was made from."
    if not isinstance(event, dict) or event.get("number") != number:
        return f"The words of event {number} do not name it as event {number}."
    if event.get("previous") != previous:
        return f"Event {number} does not hold the hash of the event before it."
    return ""


def _wrong_end(number: int, previous: str, head: tuple[int, str]) -> Break | None:
    if head[0] != number:
        return Break(min(number, head[0]) + 1, f"The chain ends at event {number}; its head names event {head[0]}.")
    if head[1] != previous:
        return Break(number, f"The hash of event {number} is not the one that the head of the chain names.")
    return None


def _check(value: Any, place: str) -> None:
    if isinstance(value, Mapping):
        for key, child in value.items():
            if not isinstance(key, str):
                raise Invalid(f"An event cannot hold the key {key!r} at {place}: keys are strings.")
            _check(child, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for number, child in enumerate(value):
            _check(child, f"{place}[{number}]")
    elif value is not None and not isinstance(value, str | int):
        raise Invalid(f"An event cannot hold {value!r} ({type(value).__name__}) at {place}.")
