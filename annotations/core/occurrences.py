"""Where the same words stand again in a text: case, accents and word edges as asked, in every script.

Both sides are folded and the places are mapped back to the text as it is stored, so that the answer is spans of exactly
that text, in code points, none cutting a grapheme cluster. js/find.js does the same in the browser.
Source: Unicode normalisation (UAX #15), case folding; the letters below are one letter to readers of the script.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

import regex

from annotations.core.text import snap_out

LONGEST_WORDS = 500  # code points: longer is a passage, which stands nowhere twice

# ------------------------------------------------------------------------------------------------------------ folding


class Options(NamedTuple):
    """What has to be the same: capitals (`case`); accents, vowel marks, joiners, letter forms and the kinds of digits,
    quotation marks and dashes (`accents`); and whether a hit is whole words."""

    case: bool = False
    accents: bool = False
    whole_words: bool = True


USUAL = Options()
_ONE_LETTER = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
        "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
        "‘": "'", "’": "'", "ʼ": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    }
)  # fmt: skip
# Vowel signs of Indic scripts and of Thai, and the voicing marks of kana, are letters and no accents.
_ACCENT = regex.compile(
    r"(?![\u3099\u309a])(?=[\p{sc=Zinh}\p{sc=Zyyy}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Latn}])"
    r"[\p{M}\p{Cf}\u0640]"
)
_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_HANGUL = range(0xAC00, 0xD7A4)  # kept whole: taken apart, each syllable would be three
_ODD = "\x00"  # stands for a character that does not become exactly one; no text holds it


def fold(text: str, options: Options) -> str:
    """A text as it is compared."""
    return "".join(_folded(character, options) for character in text)


@cache
def _folded(character: str, options: Options) -> str:
    if character.isspace():
        return "\n" if character in _LINE_ENDS and character != "\r" else " "
    form: Literal["NFD", "NFKD"] = "NFD" if options.accents else "NFKD"
    is_whole = ord(character) in _HANGUL
    apart = character if is_whole else unicodedata.normalize(form, character)
    if not options.case and not is_whole:
        apart = unicodedata.normalize(form, apart.casefold())
    if options.accents:
        return apart
    return "".join(_digit(one) for one in _ACCENT.sub("", apart).translate(_ONE_LETTER))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


class _Table(dict[int, str]):
    """Each character as the one that it becomes, for str.translate; filled as characters come."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code), self.options)
        self[code] = folded if len(folded) == 1 else _ODD
        return self[code]


@cache
def _table(options: Options) -> _Table:
    return _Table(options)


class Folded:
    """A folded text that knows where each of its places stands in the text as it is stored.

    Most characters become exactly one. Behind each that does not, `_behind` and `_stored` hold the place in both.
    """

    __slots__ = ("_behind", "_stored", "text")

    def __init__(self, text: str, options: Options) -> None:
        draft = text.translate(_table(options))
        self._behind: list[int] = []
        self._stored: list[int] = []
        pieces: list[str] = []
        length, begun, at = 0, 0, draft.find(_ODD)
        while at >= 0:
            became = _folded(text[at], options)
            pieces += draft[begun:at], became
            length += at - begun + len(became)
            begun = at + 1
            self._behind.append(length)
            self._stored.append(begun)
            at = draft.find(_ODD, begun)
        self.text = "".join([*pieces, draft[begun:]]) if pieces else draft

    def start(self, place: int) -> int:
        """Where the character that begins at a folded place begins."""
        return self._at(bisect_right(self._behind, place) - 1, place, is_end=False)

    def end(self, place: int) -> int:
        """Where the character that ends at a folded place ends."""
        return self._at(bisect_left(self._behind, place) - 1, place, is_end=True)

    def _at(self, passed: int, place: int, *, is_end: bool) -> int:
        stored = place if passed < 0 else self._stored[passed] + place - self._behind[passed]
        if passed + 1 == len(self._stored):
            return stored
        odd = self._stored[passed + 1] - 1  # the next odd character: a place inside what it became is in it
        return odd + is_end if stored > odd else stored


# ----------------------------------------------------------------------------------------------------------- word edges

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}_]")
_PASSED_OVER = regex.compile(r"[\p{M}\p{Cf}]")
_WITHOUT_SPACES = regex.compile(
    r"[\p{sc=Hani}\p{sc=Hira}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Bopo}]"
)
_HANGUL_LETTER = regex.compile(r"\p{sc=Hang}")
_IN_NUMBERS = ".,٫٬"


def is_word_edge(text: str, at: int, *, is_end: bool = False) -> bool:
    """Whether a word may begin or end at a place.

    Scripts that set no spaces know no edge that could be missed, so every place is one; Korean particles follow their
    noun without a space, so a word may end before them. `3` is no word of `3.14`; `Hamdan` is one of `Hamdan’s`.
    """
    left, right = _character_before(text, at), _character_behind(text, at)
    if _is_inside_number(text, at):
        return False
    if not (_WORD.match(left) and _WORD.match(right)):
        return True
    if is_end and _HANGUL_LETTER.match(left) and _HANGUL_LETTER.match(right):
        return True
    kinds = [_WITHOUT_SPACES.match(one) is not None for one in (left, right)]
    return any(kinds) or _is_katakana(left) != _is_katakana(right)


def _is_katakana(character: str) -> bool:
    return "\u30a0" <= character <= "\u30ff" or "\uff66" <= character <= "\uff9f"


def _character_before(text: str, at: int) -> str:
    while at > 0 and _PASSED_OVER.match(text[at - 1]):
        at -= 1
    return text[at - 1] if at > 0 else " "


def _character_behind(text: str, at: int) -> str:
    while at < len(text) and _PASSED_OVER.match(text[at]):
        at += 1
    return text[at] if at < len(text) else " "


def _is_inside_number(text: str, at: int) -> bool:
    """Between a digit and a separator with a digit on its other side."""
    around = text[max(0, at - 2) : at + 2]
    if at < 1 or len(around) < 2 + (at >= 2):
        return False
    left, right = text[at - 1], text[at : at + 1]
    if left.isdecimal() and right and right in _IN_NUMBERS:
        return text[at + 1 : at + 2].isdecimal()
    return left in _IN_NUMBERS and right.isdecimal() and text[at - 2 : at - 1].isdecimal()


# -------------------------------------------------------------------------------------------------------------- finding

# Texts of nothing but these fold character by character to ASCII or to something that is no letter: `lower` tells
# whether a Latin word can stand in them at all, at a tenth of the cost of folding.
_NOT_PLAIN = re.compile("[^\x01-\x7f‘’“”–—…€£\xa0•·]")
_PLAIN_RUN = re.compile("[a-z0-9]+")
# No other character is canonically one of these (the kelvin sign is a K), and no accent of its own follows.
_SURE_RUN = regex.compile(r"[A-JL-Za-z0-9]+(?!\p{M})")


class Finder:
    """Words to look for, made ready once for many texts."""

    def __init__(self, words: str, options: Options = USUAL) -> None:
        self.words, self.options = words, options
        folded = fold(words, options).strip(" \n")
        spaced = re.split("[ \n]+", folded)
        self._pattern = re.compile(r"(?: {1,3}| ?\n ?)".join(map(re.escape, spaced))) if folded else None
        runs = _PLAIN_RUN.findall(folded.casefold())
        self._longest_run = max(runs, key=len, default="")

    def __bool__(self) -> bool:
        return self._pattern is not None

    @property
    def must_hold(self) -> str:
        """What every text with a hit holds letter for letter, so that a database may rule the others out; empty where
        folding lets other letters stand for these."""
        if not (self.options.case and self.options.accents):
            return ""
        return max(_SURE_RUN.findall(self.words), key=len, default="")

    def spans(self, text: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """Where the words stand from `start` on, in order; none overlaps the one before."""
        if self._pattern is None or self._cannot_stand_in(text):
            return
        folded = Folded(text, self.options)
        place, done = 0, start
        while found := self._pattern.search(folded.text, place):
            place = found.start() + 1
            first, last = snap_out(text, folded.start(found.start()), folded.end(found.end()))
            if first >= done and self._is_hit(text, first, last):
                yield first, last
                done, place = last, found.end()

    def _cannot_stand_in(self, text: str) -> bool:
        run = self._longest_run
        return bool(run) and _NOT_PLAIN.search(text) is None and run not in text.lower()

    def _is_hit(self, text: str, start: int, end: int) -> bool:
        """Snapping may have taken in more than was looked for: half a flag is none, `cafe` is not `café`."""
        assert self._pattern is not None
        if not self._pattern.fullmatch(fold(text[start:end], self.options)):
            return False
        edges = is_word_edge(text, start) and is_word_edge(text, end, is_end=True)
        return edges or not self.options.whole_words


def find(text: str, words: str, options: Options = USUAL) -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text`, as (start, end) in code points."""
    return Finder(words, options).spans(text)


# ----------------------------------------------------------------------------------------------------------- in context


class Context(NamedTuple):
    """A span between what stands before and behind it on its line, and which way the line runs."""

    before: str
    words: str
    after: str
    direction: str


AROUND = 80  # code points on either side


def in_context(text: str, start: int, end: int, around: int = AROUND) -> Context:
    """Keyword in context: line ends are shown as spaces, characters stay whole."""
    left, right = snap_out(text, max(0, start - around), min(len(text), end + around))
    before, words, after = (one_line(part) for part in (text[left:start], text[start:end], text[end:right]))
    return Context(before, words, after, direction_of(words + after + before))


def one_line(words: str) -> str:
    return re.sub(f"[ {_LINE_ENDS}\t]+", " ", words)


def direction_of(words: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction."""
    for character in words:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def sort_key(context: Context, side: str) -> str:
    """Lines sorted by the words on the `right`, or by those on the `left` read outward from the keyword."""
    if side == "right":
        return fold(context.after.strip(), USUAL)
    return " ".join(reversed(fold(context.before, USUAL).split()))
