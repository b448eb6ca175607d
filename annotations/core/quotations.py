"""Where the text quotes: quotation marks of many scripts, paired and nested, apostrophes told apart.

Pure over one text; what a quotation means for a label is said in `cues`. Source: the
marks that CLDR lists as delimiters.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.core.text import Block, blocks

# What closes each mark that opens. Some marks open in one language and close in another: „…“ and “…”, »…« and «…».
CLOSES = {
    "“": "”“",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‘": "’‘",
    "‚": "‘’",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "〝": "〞〟",
    "《": "",
    '"': '"',
    "＂": "＂",
    "'": "'",
}
_STRAIGHT = "\"'＂"
_SINGLE = "’'‘"
_MARKS = frozenset(CLOSES) | frozenset("".join(CLOSES.values()))
LONGEST = 5_000  # code points: a mark that was never closed would else quote the rest of a page
GOES_ON = '“„«「『"‘'


class Quotation(NamedTuple):
    """[start, end) with its marks, [inner_start, inner_end) without; `depth` counts the quotations around it."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int


class _Open(NamedTuple):
    mark: str
    start: int


def quotations(text: str) -> list[Quotation]:
    """All quotations of a text, outer before inner. None is empty; one that its paragraph leaves open is a quotation
    only where the next paragraph opens again, as long speech is printed."""
    found: list[Quotation] = []
    paragraphs = blocks(text)
    for number, block in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found += _in_block(text, block, following)
    return sorted(found, key=lambda quotation: (quotation.start, -quotation.end))


def _in_block(text: str, block: Block, following: Block | None) -> Iterator[Quotation]:
    stack: list[_Open] = []
    for at in range(block.words_start, block.words_end):
        mark = text[at]
        if mark not in _MARKS or _is_apostrophe(text, at, stack):
            continue
        level = _closing_level(text, at, stack)
        if level is not None:
            opened = stack[level]
            del stack[level:]
            yield from _whole(opened.start, at + 1, 1, len(stack))
        elif mark in CLOSES and CLOSES[mark] and _may_open(text, at):
            stack.append(_Open(mark, at))
    if stack and following and text[following.words_start : following.words_start + 1] == stack[0].mark in GOES_ON:
        yield from _whole(stack[0].start, block.words_end, 0, 0)


def _whole(start: int, end: int, mark_at_end: int, depth: int) -> Iterator[Quotation]:
    if 2 + mark_at_end <= end - start + (1 - mark_at_end) <= LONGEST and start + 1 < end - mark_at_end:
        yield Quotation(start, end, start + 1, end - mark_at_end, depth)


def _closing_level(text: str, at: int, stack: list[_Open]) -> int | None:
    """Which open quotation the mark at `at` closes: the innermost that it can."""
    mark = text[at]
    for level in range(len(stack) - 1, -1, -1):
        if mark not in CLOSES[stack[level].mark]:
            continue
        is_both = mark in _STRAIGHT or (mark in CLOSES and mark != "»" and mark != "«")
        if is_both and _looks_opening(text, at) and not _looks_closing(text, at):
            return None
        return level
    return None


def _may_open(text: str, at: int) -> bool:
    """A straight or single mark opens only where a word begins behind it; so do those that close elsewhere."""
    return text[at] not in _STRAIGHT + "‘»›" or _looks_opening(text, at)


def _looks_opening(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and not _is_letter(before) and before not in {*".!?…"}


def _looks_closing(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return bool(before) and not before.isspace() and before not in {*"([{—–"}


def _is_letter(character: str) -> bool:
    """A letter or digit that belongs to a word; in scripts without spaces a mark may stand right behind one."""
    return character.isalnum() and character < "\u3040"


def _is_apostrophe(text: str, at: int, stack: list[_Open]) -> bool:
    """Whether a mark joins letters (don’t, צה"ל), stands for a figure (’90s), or ends a plural (officials’)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == '"':
        return all("\u05d0" <= letter <= "\u05ea" for letter in (before, after) if letter) and bool(before and after)
    if text[at] not in _SINGLE:
        return False
    if before.isalnum() and after.isalnum():
        return True
    if text[at] == "‘":
        return False
    is_open = any(text[at] in CLOSES[opened.mark] for opened in stack)
    if is_open:
        return before.isalpha() and after == " " and _closes_later(text, at, stack)
    return text[at] == "’" or not _looks_opening(text, at) or after.isdigit()


def _closes_later(text: str, at: int, stack: list[_Open]) -> bool:
    """Whether the same mark stands again before the next one opens: then this one was an apostrophe (officials’ view)
    if it follows an s."""
    if text[at - 1] not in "sS":
        return False
    for later in range(at + 1, min(at + 400, len(text))):
        if text[later] == "\n" or (text[later] == "‘" or (text[later] == "'" and _looks_opening(text, later))):
            return False
        if text[later] == text[at] and not text[later + 1 : later + 2].isalnum():
            return True
    return False
