"""The words by which one claim finds another: folded, without endings, without the words that every sentence has.

Names are also known by their `name_key`, so that spellings and scripts meet (Baqeri, Bagheri, باقری). Small rules for
English, Arabic, Persian, Ukrainian and Chinese; of other languages the words themselves.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

import regex

from annotations.core.matches import COMMON, folded_words, known_words
from annotations.core.names import name_key

_TOKEN = regex.compile(r"\d+(?:[.,٬٫]\d+)*|[\p{L}\p{M}]+(?:[-'’\u200c][\p{L}\p{M}]+)*")
_HAN = regex.compile(r"\p{Script=Han}")
_ARABIC = regex.compile(r"\p{Script=Arabic}")
_CYRILLIC = regex.compile(r"\p{Script=Cyrillic}")
_NOT_TELLING = COMMON | frozenset(
    folded_words(
        "would could can may might will shall should do does did about after all also any because before between both "
        "during each into itself just more most no only other our over own same some such through under until very "
        "when where while whom whose why your him me my we us am being having there's it's "
        "است بود شد شده اند بودند شدند کرد کرده کردند دارد داشت داشته را نیز پس هر چه اما ولی بین وی آنها "
        "التي الذي الذين قد لقد هو هي هم كانت كانوا تكن يكن يكونوا بعد قبل بين عند كل بأن أنه إنه وقد حول "
        "був була було були є цей ця це ці його її їх про від при для але чи вже буде "
    ).split()
)
_IRREGULAR = {
    "said": "say", "says": "say", "told": "tell", "won": "win", "lost": "lose", "fell": "fall", "rose": "rise",
    "began": "begin", "begun": "begin", "struck": "strike", "shot": "shoot", "met": "meet", "held": "hold",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "knew": "know", "known": "know", "sent": "send",
    "left": "leave", "fled": "flee", "died": "die", "dies": "die", "dead": "die", "death": "die", "deaths": "die",
    "fought": "fight", "found": "find", "made": "make", "paid": "pay", "sold": "sell", "bought": "buy", "led": "lead",
    "built": "build", "grew": "grow", "grown": "grow", "people": "person", "persons": "person", "children": "child",
    "women": "woman", "men": "man", "killings": "kill", "killing": "kill", "knowledge": "know", "spoke": "speak",
    "spoken": "speak", "came": "come", "went": "go", "gone": "go", "broke": "break", "broken": "break",
    "written": "write", "wrote": "write", "stolen": "steal", "stole": "steal", "hidden": "hide", "hid": "hide",
    "sank": "sink", "sunk": "sink", "shut": "shut", "hit": "hit", "cut": "cut", "sentenced": "sentence",
}  # fmt: skip
LEAST_LETTERS = 4  # a name key that is shorter says too little to find by


class Token(NamedTuple):
    """One word of a claim: as written, and its stem. [start, end) in code points."""

    start: int
    end: int
    word: str
    stem: str


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in their order; Chinese in pairs of characters."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if _HAN.match(word):
            found += [
                Token(match.start() + at, match.start() + at + 2, word[at : at + 2], word[at : at + 2])
                for at in range(max(1, len(word) - 1))
            ]
        else:
            found.append(Token(match.start(), match.end(), word, stem(word)))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its endings, folded; a number as its digits."""
    folded = folded_words(word)
    if folded[:1].isdigit():
        return folded.replace(",", "").replace("٬", "")
    if _ARABIC.match(folded):
        return _arabic_stem(folded)
    if _CYRILLIC.match(folded):
        return folded[: max(4, len(folded) - (3 if len(folded) > 7 else 2))]
    return _latin_stem(folded)


def _latin_stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("n't").replace("'", "")
    if word in _IRREGULAR:
        return _without_e(_IRREGULAR[word])
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return _without_e(word)


def _without_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _arabic_stem(word: str) -> str:
    for article in ("وال", "بال", "کال", "فال", "ال", "لل"):
        if word.startswith(article) and len(word) - len(article) > 2:
            word = word[len(article) :]
            break
    for prefix in ("می", "ی", "ت", "ن"):  # of verbs: who does it, when; and the Persian no
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            word = word[len(prefix) :]
            break
    for ending in ("هایی", "های", "ها", "ات", "ان", "ین", "ون", "وا", "ند", "ت"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)]
    return word


def is_telling(token: Token) -> bool:
    """Whether a word says what a claim is about, and not only how it is built."""
    folded = known_words(token.word)
    return folded not in _NOT_TELLING and token.stem not in _NOT_TELLING and (len(token.stem) > 1 or folded.isdigit())


def name_of(token: Token) -> str:
    """The key of a word that may be a name: one with a capital, or any of a script without; empty for others."""
    first = token.word[:1]
    if _HAN.match(first) or first.isdigit() or not (first.isupper() or _ARABIC.match(first)):
        return ""
    key = known_key(token.word)
    return key if len(token.word) >= LEAST_LETTERS and len(key) > 1 else ""


known_key = lru_cache(maxsize=20_000)(name_key)


def words_to_find(text: str) -> set[str]:
    """The words under which a claim is kept, and is looked for: telling stems, and names by their keys (`~bkr`)."""
    telling = [token for token in tokens(text) if is_telling(token)]
    return {token.stem for token in telling} | {f"~{key}" for token in telling if (key := name_of(token))}


def key_of(project_id: UUID, word: str) -> int:
    """A word of one project as a signed number of 64 bits: small in an index, and the same on every machine."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8, key=project_id.bytes).digest(), "big", signed=True)
