"""What stands in a comment beside words: the people whom it calls (`@name`) and the addresses that become links.

Pure: which names belong to anybody is for the caller to know.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from annotations.core.addresses import check_address
from annotations.core.errors import Invalid

CALL = re.compile(r"(?<![\w@.+-])@([\w@.+-]{1,150})")
ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]+")
STOPS = ".,;:!?…"
ENDS_A_NAME = ".+-@"
CALLS_AT_MOST = 50


class Piece(NamedTuple):
    """A part of a text: `kind` is words, person or link."""

    kind: str
    words: str


def names_called(text: str) -> list[str]:
    """Every name that may be meant, once, lower case: `@ida.` is `ida.` or `ida`."""
    found: dict[str, None] = {}
    for match in CALL.finditer(text):
        found |= dict.fromkeys(readings(match[1]))
    return list(found)[:CALLS_AT_MOST]


def readings(name: str) -> list[str]:
    """A name as it stands, and without the marks that may end the sentence instead."""
    bare = name.rstrip(ENDS_A_NAME)
    return [read for read in dict.fromkeys((name.lower(), bare.lower())) if read]


def pieces(text: str, names: Collection[str] = ()) -> Iterator[Piece]:
    """The text in order, its links and the people of these (lower case) names apart. Joined, it is the text again."""
    at = 0
    for start, end, kind in sorted([*calls_in(text, names), *links_in(text)]):
        if start < at:
            continue
        if start > at:
            yield Piece("words", text[at:start])
        yield Piece(kind, text[start:end])
        at = end
    if at < len(text):
        yield Piece("words", text[at:])


def calls_in(text: str, names: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for match in CALL.finditer(text):
        known = next((read for read in readings(match[1]) if read in names), None)
        if known:
            yield match.start(), match.start() + 1 + len(known), "person"


def links_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks at the end of a sentence are no part of an address, and neither is a bracket that it did not open."""
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(STOPS + "'")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(STOPS + "'")
        if is_address(address):
            yield match.start(), match.start() + len(address), "link"


def is_address(words: str) -> bool:
    try:
        check_address(words)
    except Invalid:
        return False
    return True
