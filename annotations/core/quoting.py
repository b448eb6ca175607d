"""Whether a document says the words that are quoted from it: word for word, nearly, or not at all.

Spaces, line ends and the shape of quotation marks differ between a page and what somebody copied from it, and say
nothing; every other difference is shown. Source of the likeness: rapidfuzz, the share of letters two texts have in
common in their order.
"""

from typing import NamedTuple

from rapidfuzz import fuzz

LEAST_LIKENESS = 85.0  # of 100: below, the passages that were found no longer read like the same words
LONGEST_COMPARED = 2_000  # code points of a quote: what is longer is found word for word, or is not
MOST_TEXT = 400_000  # code points of a document that are looked through for something similar
_SAME = str.maketrans({**dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("‘’‚‛ʼ`´", "'"), "\u00ad": "", "\u200b": ""})


class Quoted(NamedTuple):
    """`found` as it is stored; `passage` is what the document says instead, where it says something similar."""

    found: str
    passage: str = ""


def check_quote(quote: str, text: str) -> Quoted:
    """Look a quotation up in a document's text. Parts that “…” or “[…]” joins are looked up each, in their order."""
    if not quote.strip() or not text.strip():
        return Quoted("unchecked")
    words, wanted = plain(text), plain(quote)
    if wanted in words or all_in_order(parts_of(wanted), words):
        return Quoted("found")
    if len(wanted) > LONGEST_COMPARED:
        return Quoted("not_found")
    nearest = fuzz.partial_ratio_alignment(wanted, words[:MOST_TEXT], score_cutoff=LEAST_LIKENESS)
    if nearest is None or nearest.score < LEAST_LIKENESS or len(wanted) > len(words):
        return Quoted("not_found")
    return Quoted("similar", likest_words(wanted, words, nearest.dest_start, nearest.dest_end))


def likest_words(wanted: str, text: str, start: int, end: int) -> str:
    """Of the stretches that begin and end about there with whole words, the one that is most like the words wanted: the
    alignment has the length of the quotation, and may as well begin a word too early."""
    firsts = sorted(start_of_words(text, start), key=lambda at: abs(at - start))
    lasts = sorted(end_of_words(text, end), key=lambda at: abs(at - end))
    stretches = [text[first:last].strip() for first in firsts for last in lasts if first < last]
    return max(stretches, key=lambda stretch: fuzz.ratio(wanted, stretch))


def start_of_words(text: str, near: int) -> list[int]:
    """Where the word at a place begins, the one before it and the one behind it."""
    here = text.rfind(" ", 0, near + 1) + 1
    behind = text.find(" ", here) + 1
    return [text.rfind(" ", 0, max(here - 1, 0)) + 1, here, *([behind] if behind else [])]


def end_of_words(text: str, near: int) -> list[int]:
    """Where the word at a place ends, and the two behind it."""
    ends = [near]
    for _ in range(3):
        found = text.find(" ", ends[-1] + 1)
        ends.append(found if found >= 0 else len(text))
    return ends[1:]


def plain(text: str) -> str:
    return " ".join(text.translate(_SAME).split())


def parts_of(quote: str) -> list[str]:
    joined = quote.replace("[…]", "…").replace("[...]", "…").replace("...", "…")
    return [part.strip() for part in joined.split("…") if part.strip()]


def all_in_order(parts: list[str], text: str) -> bool:
    """Whether the parts stand in a text one after another; a single part is no quotation with something left out."""
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(parts) > 1
