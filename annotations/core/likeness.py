"""Whether two names may be one person's, and why one would think so: for suggestions that a person decides on.

`core.names` finds the candidates by their consonants. Here the vowels are looked at too, as far as spellings and
scripts allow: Baqeri and Bagheri are one sound, Mahmoud and Mohammad are not, nor Hasan and Hussein. A name with a word
more (Ali Mahmoud Abbas) is somebody else's until a person says otherwise; it is never called the same here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from annotations.core.names import name_key, romanised_words
from annotations.core.sentences import Sentence, say

MOST_WORDS_MORE = 2  # a given name, a father's; with more words it is another kind of thing
SHORTEST_KEY = 3  # consonants; two are had by too many names
LARGEST_GROUP = 50  # of names that share a key: beyond it the key says nothing any more
_CLASSES = {"a": "A", "e": "AI", "i": "I", "y": "I", "o": "U", "u": "U", "w": "U"}
_LONG = re.compile(r"ou|oo|ee|ei|ey|ai|ay|w")  # written in every script, where a short vowel is not
_ONE_SOUND = (("sch|sh|tch|ch", "C"), ("dzh|zh|dj", "j"), ("kh|gh|ck|q", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"))
_WITHOUT_VOWELS = ("ARABIC", "HEBREW")


class Match(NamedTuple):
    """`is_same`: nothing heard in the two tells them apart. `reason` says what meets and what differs."""

    is_same: bool
    reason: Sentence


def compare(one: str, other: str) -> Match | None:
    """What two names have in common; None where that is too little to speak of."""
    keys, other_keys = name_key(one).split(), name_key(other).split()
    if one.casefold() == other.casefold():
        return Match(True, say("Both are called “{one}”.", one=one))
    if keys == other_keys:
        return by_sound(one, other)
    if sorted(keys) == sorted(other_keys):
        return Match(True, say("“{one}” and “{other}” are the same words in another order.", one=one, other=other))
    shorter, longer = sorted((keys, other_keys), key=len)
    if (
        0 < len(longer) - len(shorter) <= MOST_WORDS_MORE
        and shorter[-1:] == longer[-1:]
        and set(shorter) <= set(longer)
    ):
        return with_words_more(*((one, other) if keys == longer else (other, one)))
    return None


def by_sound(one: str, other: str) -> Match:
    """The consonants meet; the vowels and the scripts are left to look at."""
    has_vowels = not {script_of(one), script_of(other)} & {*_WITHOUT_VOWELS}
    pairs = zip(romanised_words(one), romanised_words(other), strict=False)
    if not all(vowels_meet(left, right, has_vowels=has_vowels) for left, right in pairs):
        differ = say("“{one}” and “{other}” share their consonants, not their vowels.", one=one, other=other)
        return Match(False, differ)
    if script_of(one) != script_of(other):
        return Match(True, say("“{one}” and “{other}” sound alike, in two scripts.", one=one, other=other))
    return Match(True, say("“{one}” and “{other}” sound alike.", one=one, other=other))


def with_words_more(longer: str, shorter: str) -> Match | None:
    """Nothing where even the name that they share, their last, sounds otherwise: Qaani is not in News Live Ghana."""
    last, of_shorter = romanised_words(longer)[-1], romanised_words(shorter)[-1]
    has_vowels = not {script_of(longer), script_of(shorter)} & {*_WITHOUT_VOWELS}
    if not vowels_meet(last, of_shorter, has_vowels=has_vowels) or len(name_key(shorter)) < SHORTEST_KEY:
        return None
    known = set(name_key(shorter).split())
    more = " ".join(word for word in longer.split() if name_key(word) not in known)
    return Match(
        False,
        say("“{longer}” has “{more}” beyond “{shorter}”: it may be somebody else.", longer=longer, more=more,
            shorter=shorter),
    )  # fmt: skip


def vowels_meet(word: str, other: str, *, has_vowels: bool = True) -> bool:
    """Whether two words with the same consonants can be spellings of one sound. A vowel that one of them leaves out is
    no difference, a long one is; a script without vowels says nothing of the first."""
    gaps, beside = gaps_of(word), gaps_of(other)
    if len(gaps) != len(beside):
        return True  # their consonants met by a rule that joins sounds, so the vowels cannot be laid side by side
    pairs = list(zip(gaps, beside, strict=True))[0 if has_vowels else 1 :]
    return all(gap_meets(gap, other_gap) for gap, other_gap in pairs)


def gap_meets(gap: str, other: str) -> bool:
    if not gap or not other:
        return not _LONG.search(gap + other)
    return bool({*"".join(_CLASSES[letter] for letter in gap)} & {*"".join(_CLASSES[letter] for letter in other)})


def gaps_of(word: str) -> list[str]:
    """The vowels before, between and behind the consonants of a romanised word."""
    bare = re.sub("[^a-z]", "", re.sub("^`", "a", word))
    for letters, sound in _ONE_SOUND:
        bare = re.sub(letters, sound, bare)
    bare = re.sub(r"(?<=.)h+$", "", re.sub(r"([^aeiouyw])\1+", r"\1", bare))
    return re.split("[^aeiouyw]", bare)


def script_of(name: str) -> str:
    """The script of a name's first letter, as Unicode calls it; empty for none."""
    first = next((letter for letter in name if letter.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""


# -- pairs among many -------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """Two owners of names that are alike, and why."""

    one: Hashable
    other: Hashable
    match: Match


def pairs_among(names: Iterable[tuple[Hashable, str]]) -> Iterator[Pair]:
    """Every two owners with a name alike, once each, by what speaks most for it; `names` are (owner, name)."""
    groups: defaultdict[str, list[tuple[Hashable, str]]] = defaultdict(list)
    for owner, name in names:
        keys = name_key(name).split()
        groups[" ".join(sorted(keys))].append((owner, name))
        groups[f"{keys[-1] if keys else ''}|"].append((owner, name))
    best: dict[frozenset[Hashable], Pair] = {}
    for group in groups.values():
        for (one, name), (other, other_name) in combinations(group[:LARGEST_GROUP], 2):
            both = frozenset((one, other))
            if one == other or (both in best and best[both].match.is_same):
                continue
            match = compare(name, other_name)
            if match and (both not in best or match.is_same):
                best[both] = Pair(one, other, match)
    yield from best.values()
