"""What a learned recommender sees of a text: its tokens in any script, and for each token a few dozen hashed features.

Features are numbers below `DIMENSIONS` (a hash of what is meant), so that a model needs no vocabulary. What is learned
from them is the business of `learning`.
"""

import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from annotations.core.text import cuts_grapheme

DIMENSIONS = 1 << 17
FEATURES_KEPT = 50_000  # words whose features are remembered; a long text repeats most of them

# Scripts without spaces between words are taken character by character; others word by word, signs one by one.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|\p{L}[\p{L}\p{M}\p{N}\u200c\u200d'’\-]*(?<!['’\-])"
    r"|\p{N}+(?:[.,٫٬]\p{N}+)*"
    r"|[^\s\p{Cc}]"
)
_OPENS, _CLOSES = "“«„‹「『《", "”»›」』》"
_BREAKS = frozenset(".!?…。！？؟۔।;:؛،,，、")


class Token(NamedTuple):
    """[start, end) in code points, never within a grapheme cluster."""

    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words and signs of a text in order. White space belongs to none. A cut grapheme cluster is joined again."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        before = found[-1].end if found else 0
        while start > before and is_suspect(text, start) and cuts_grapheme(text, start):
            start -= 1  # a mark may stand on a space
        if found and before == start and is_suspect(text, start) and cuts_grapheme(text, start):
            found[-1] = Token(found[-1].start, end)
        else:
            found.append(Token(start, end))
    return found


def is_suspect(text: str, offset: int) -> bool:
    """Whether a cluster could run over this place: between two ASCII characters, other than a line end, none does."""
    return not (text[offset].isascii() and text[offset - 1].isascii())


def hashed(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % DIMENSIONS


def shape_of(word: str) -> str:
    """`Xx`, `9,9`, `x-X`: kinds of characters in their order, repeats left out. Letters without case are `a`."""
    shape: list[str] = []
    for character in word[:20]:
        kind = (
            "X" if character.isupper() else
            "x" if character.islower() else
            "a" if character.isalpha() else
            "9" if character.isnumeric() else character
        )  # fmt: skip
        if not shape or shape[-1] != kind:
            shape.append(kind)
    return "".join(shape)


class Seen(NamedTuple):
    """The features that a word gives its own token, and those beside it: one, and two places off."""

    own: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    far_before: int
    far_after: int


class Features:
    """Makes features, and remembers what each word gives."""

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {"": self._of("")}

    def of(self, text: str, places: Sequence[Token]) -> tuple["array[int]", "array[int]"]:
        """All features of a text's tokens in one row, and where each token's begin (one more than there are tokens)."""
        values, bounds = array("i"), array("i", [0])
        words = [text[start:end] for start, end in places]
        seen = [self.word(word) for word in words]
        nothing = self._seen[""]
        for number, around in enumerate(surroundings(text, places, words)):
            values.extend(seen[number].own)
            values.extend(seen[number - 1].before if number else nothing.before)
            values.extend(seen[number + 1].after if number + 1 < len(seen) else nothing.after)
            values.append(seen[number - 2].far_before if number > 1 else nothing.far_before)
            values.append(seen[number + 2].far_after if number + 2 < len(seen) else nothing.far_after)
            values.extend(around)
            bounds.append(len(values))
        return values, bounds

    def word(self, word: str) -> Seen:
        known = self._seen.get(word)
        if known is None:
            if len(self._seen) > FEATURES_KEPT:
                self._seen = {"": self._seen[""]}
            known = self._seen[word] = self._of(word)
        return known

    @staticmethod
    def _of(word: str) -> Seen:
        low, shape = word[:60].casefold(), shape_of(word)
        own = ["bias", f"w={low}", f"s={shape}", f"n={min(len(low), 12)}"]
        own += [f"p{size}={low[:size]}" for size in (1, 2, 3, 4) if len(low) > size]
        own += [f"e{size}={low[-size:]}" for size in (1, 2, 3, 4) if len(low) > size]
        beside = [f"w={low}", f"s={shape}", f"e3={low[-3:]}", f"p3={low[:3]}"]
        return Seen(
            tuple(hashed(name) for name in own),
            tuple(hashed(f"-1{name}") for name in beside),
            tuple(hashed(f"+1{name}") for name in beside),
            hashed(f"-2w={low}"),
            hashed(f"+2w={low}"),
        )


def surroundings(text: str, places: Sequence[Token], words: Sequence[str]) -> Iterable[tuple[int, ...]]:
    """By token: the pair it makes with its neighbours, whether a quotation is open, how the clause began, where in its
    sentence and line it stands."""
    opened, since, first = 0, 0, ""
    gaps = [True, *("\n" in text[left.end : right.start] for left, right in pairwise(places))]
    for number, word in enumerate(words):
        if gaps[number] or (number and words[number - 1] in _BREAKS):
            since, first = 0, word.casefold()
            opened = 0 if gaps[number] else opened
        opened = max(0, opened - (word in _CLOSES and word != ""))
        if word in ('"', "＂"):
            opened = 1 - min(opened, 1)
        pair = words[number - 1].casefold() if number else ""
        after = words[number + 1].casefold() if number + 1 < len(words) else ""
        low = word.casefold()
        yield (
            hashed(f"2={pair}|{low}"),
            hashed(f"3={low}|{after}"),
            hashed(f"q={min(opened, 2)}"),
            hashed(f"f={first}"),
            hashed(f"d={min(since, 8)}"),
            hashed(f"g={gaps[number]}|{number + 1 == len(words) or gaps[number + 1]}"),
        )
        since += 1
        if word in _OPENS:
            opened += 1
