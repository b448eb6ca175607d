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
    key = " ".join(filter(None, (_key_of(word) for word in romanised_words(name))))
    return (key or " ".join(name.casefold().split()))[:NAME_KEY_CODE_POINTS]


def romanised_words(name: str) -> list[str]:
    """The words of a name in Latin letters, without articles; an ayn stays as a backtick."""
    plain = _ALEF.sub("a", _ARTICLE.sub("", unicodedata.normalize("NFC", name)))
    latin = anyascii(_MARKS_INSIDE.sub("", plain)).lower().replace("'", "")
    found = _WORD.findall(latin)
    return [word for word in found if word not in _PARTICLES] or found


def _key_of(word: str) -> str:
    for pattern, fold in _FOLDS:
        word = pattern.sub(fold, word)
    return word.lower()


# -- names in the words that credit somebody --------------------------------------------------------------------------

_QUOTED = " \t\r\n\xa0“”„«»\"'’‘,;:.()"
_TITLES = frozenset(
    [
        "gen", "general", "brig", "maj", "col", "lt", "capt", "sgt", "adm", "mr", "mrs", "ms", "dr", "prof", "sen",
        "rep", "sir", "lord", "president", "minister", "ayatollah", "sheikh", "sayyed", "the", "a", "an", "on", "in",
        "at", "senior", "former",
    ]
)  # fmt: skip
PRONOUNS = frozenset(["he", "she", "they", "it", "who", "او", "وی", "آنها", "آن‌ها", "ایشان", "هو", "هي", "هم"])


def spellings_in(words: str) -> list[str]:
    """The names that words of a text may hold, the likeliest first: `Osama Hamdan, a senior Hamas official` gives
    `Osama Hamdan`, then the longer and the shorter readings. Nothing for a pronoun."""
    whole = " ".join(words.split()).strip(_QUOTED)
    if not whole or whole.casefold() in PRONOUNS:
        return []
    head = re.split(r"[,،;(]", whole, maxsplit=1)[0].strip(_QUOTED)
    runs = [_without_titles(" ".join(run)) for run in _capital_runs(head) if len(run) > 1 or " " not in head]
    ending = [name for name in runs if head.endswith(name)]  # else the capitals only describe: `Western media`
    told = list(dict.fromkeys((*ending, _without_titles(head), *runs, head, whole)))
    return list(dict.fromkeys((*told, *(name.split()[-1] for name in told[:1] if " " in name))))


def _capital_runs(words: str) -> list[list[str]]:
    """Words in a row that begin with a capital, the longest run first; none in scripts without capitals."""
    runs: list[list[str]] = [[]]
    for word in words.split():
        bare = word.strip(_QUOTED)
        if bare[:1].isupper():
            runs[-1].append(re.sub(r"[’']s$", "", bare) if bare != word or bare.endswith(("’s", "'s")) else bare)
        elif runs[-1]:
            runs.append([])
    return sorted(filter(None, runs), key=len, reverse=True)


def _without_titles(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[0].strip(".").casefold() in _TITLES:
        parts = parts[1:]
    return " ".join(parts)
