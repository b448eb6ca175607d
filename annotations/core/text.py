"""The article's text in Unicode code points: what may be stored; where characters, blocks, words, sentences begin.

Every offset here is zero-based and half-open over exactly the stored text; nothing is trimmed, folded or normalised.
UTF-16 offsets (browsers, XMI) are converted at the edge. Anchors of annotations are the business of `anchoring`.
Source: Unicode UAX #29 for grapheme clusters and words, UAX #14 for the mandatory line breaks.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import regex
import sentencex

from annotations.core.errors import Invalid
from annotations.core.sentences import say

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# -------------------------------------------------------------------------------------------------------- what is kept


def check_storable(text: str, field: str = "text") -> None:
    """Refuses U+0000 and lone surrogates, which no database or UTF-8 file can hold; everything else is kept.

    Raises Invalid under `field`, naming the first such character and its offset in code points.
    """
    found = _UNSTORABLE.search(text)
    if found is None:
        return
    half = say("U+{code} (half of a character)", code=f"{ord(found[0]):04X}")
    character = say("U+0000 (the null character)") if found[0] == "\x00" else half
    words = say(
        "This cannot be stored: at offset {offset} stands {character}.", offset=found.start(), character=character
    )
    raise Invalid.field(field, words)


def sha256_of(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


# ------------------------------------------------------------------------------------------------------ UTF-16 offsets


class Utf16Map:
    """Converts many offsets of one text between code points and UTF-16 units: one pass, then a binary search each."""

    __slots__ = ("_astral", "_length", "_units")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [offset + rank for rank, offset in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """The UTF-16 offset of a code point offset. Raises Invalid outside the text."""
        if not 0 <= offset <= self._length:
            raise Invalid(
                say("Offset {offset} lies outside a text of {length} code points.", offset=offset, length=self._length)
            )
        return offset + bisect_left(self._astral, offset)

    def from_utf16(self, offset: int) -> int:
        """The code point offset of a UTF-16 offset. Raises Invalid outside the text and inside a surrogate pair."""
        before = bisect_left(self._units, offset)
        if before and self._units[before - 1] == offset - 1:
            raise Invalid(say("UTF-16 offset {offset} falls inside one character.", offset=offset))
        if not 0 <= offset <= self._length + len(self._astral):
            units = self._length + len(self._astral)
            raise Invalid(
                say("UTF-16 offset {offset} lies outside a text of {units} units.", offset=offset, units=units)
            )
        return offset - before


def to_utf16(text: str, offset: int) -> int:
    """One code point offset as UTF-16 units; see `Utf16Map` for many."""
    return Utf16Map(text).to_utf16(offset)


def from_utf16(text: str, offset: int) -> int:
    """One UTF-16 offset as code points; see `Utf16Map` for many."""
    return Utf16Map(text).from_utf16(offset)


# --------------------------------------------------------------------------------------------------- grapheme clusters

_CLUSTER = regex.compile(r"\X")


def cuts_grapheme(text: str, offset: int) -> bool:
    r"""Whether a span that begins or ends at `offset` would cut what a reader sees as one character.

    Costs the same in a short and in a 5 MB text: the match starts one code point before `offset` and may not read past
    it, and \X itself looks back only as far as the rule in question needs (a row of flags, an emoji sequence).
    """
    if not 0 < offset < len(text):
        return False
    cluster = _CLUSTER.match(text, offset - 1, offset + 1)
    return cluster is None or cluster.end() != offset


def snap_out(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span around [start, end) that cuts no grapheme cluster."""
    while cuts_grapheme(text, start):
        start -= 1
    while cuts_grapheme(text, end):
        end += 1
    return start, end


def grapheme_bounds(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """The offsets from `start` to `end` (both included) at which a span may begin or end, in order.

    The start and the end of the text are bounds; an empty text has the one bound 0.
    """
    last = len(text) if end is None else end
    return (offset for offset in range(start, last + 1) if not cuts_grapheme(text, offset))


# ---------------------------------------------------------------------------------------- blocks, sentences and words

_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_BLANK = rf"[^\S{_ENDS}]*+"
_BLOCK = re.compile(
    rf"(?:\A(?:{_BLANK}[{_ENDS}])++)?+"
    rf"(?P<words>[^{_ENDS}]*+)"
    rf"(?:[{_ENDS}](?:{_BLANK}[{_ENDS}])*+(?:{_BLANK}\Z)?+)?+"
)
_WORD = regex.compile(r"(?w)\b(?=\w).+?\b")


class Block(NamedTuple):
    """One display block, [start, end). Its words are [words_start, words_end); the rest of it are line ends."""

    start: int
    end: int
    words_start: int
    words_end: int


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text. They tile it: joined, the blocks are the text, so every character lies in exactly one.

    A paragraph ends with a run of line ends (LF, CR, CRLF, VT, FF, NEL, U+2028, U+2029) and the blank lines between
    them; the run belongs to the block before it, and one at the very start to the first block. A span over two blocks
    is therefore still one span of characters that all stand on the page. An empty text has no blocks.
    """
    return [
        Block(found.start(), found.end(), found.start("words"), found.end("words"))
        for found in _BLOCK.finditer(text)
        if found.end() > found.start()
    ]


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The words between `start` and `end`, as (start, end): runs of letters, digits and what joins them."""
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield found.span()


def sentences(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """The sentences as (start, end), without the white space around them. None runs over the end of a block."""
    for block in blocks(text):
        yield from _sentences_of(text, block, language)


def _sentences_of(text: str, block: Block, language: str) -> Iterator[tuple[int, int]]:
    start, end = block.words_start, block.words_start
    for piece in sentencex.segment(language, text[block.words_start : block.words_end]):
        end += len(piece)
        if cuts_grapheme(text, end):
            continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, block.words_end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        left = start + len(piece) - len(piece.lstrip())
        right = end - len(piece) + len(piece.rstrip())
        yield snap_out(text, left, right)  # a mark may stand on a space
