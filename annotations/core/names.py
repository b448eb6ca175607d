"""The key under which spellings of one name meet: across transliterations, scripts, doubled letters and vowels.

A key finds candidates and decides nothing: keys are short, different names can share one, and some spellings
(Gaddafi, Qadhafi) need an alias. Source: the usual romanisations of Arabic, Persian, Ukrainian and Russian names.
"""

import re
import unicodedata

from anyascii import anyascii

NAME_KEY_CODE_POINTS = 200

# Before romanising: the Arabic article, and an initial alef, which would vanish while Latin spellings write a vowel.
_ARTICLE = re.compile(r"\bال(?=\w{3})")
_ALEF = re.compile(r"\b[اأإآٱ]")
_MARKS_INSIDE = re.compile(r"['’‘ʼʿʾ\u200c\u200d]")
_WORD = re.compile(r"[a-z0-9`]+")
_PARTICLES = frozenset({"al", "el", "the"})

# In this order. Capitals stand for sounds that need two letters: C for sh and ch. Vowels other than the first go last.
_FOLDS = tuple(
    (re.compile(pattern), fold)
    for pattern, fold in (
        (r"^`", "a"),
        (r"`", ""),
        (r"sch|sh|tch|ch", "C"),
        (r"dzh|zh|dj", "j"),
        (r"kh|gh|ck|q", "k"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"^w", "v"),
        (r"^[aeiou]+", "a"),
        (r"(?<=.)[aeiouyw]", ""),
        (r"(?<=.)h+$", ""),
        (r"(.)\1+", r"\1"),
    )
)


def name_key(name: str) -> str:
    """The consonants of `name`, one word a word; equal for spellings that sound alike, never empty for a visible name.

    `Bagheri`, `Baqeri` and `باقری` are all `bkr`. At most NAME_KEY_CODE_POINTS long.
    """
    plain = _ALEF.sub("a", _ARTICLE.sub("", unicodedata.normalize("NFC", name)))
    latin = anyascii(_MARKS_INSIDE.sub("", plain)).lower().replace("'", "")
    found = _WORD.findall(latin)
    telling = [word for word in found if word not in _PARTICLES] or found
    key = " ".join(filter(None, (_key_of(word) for word in telling)))
    return (key or " ".join(name.casefold().split()))[:NAME_KEY_CODE_POINTS]


def _key_of(word: str) -> str:
    for pattern, fold in _FOLDS:
        word = pattern.sub(fold, word)
    return word.lower()
