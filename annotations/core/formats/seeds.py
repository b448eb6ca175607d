"""Seed files: records as people write them by hand, with local keys for names and exact words for spans.

Several files are one: lists of the same name are joined, and a file's own `by` counts for its records that have none.
What the records become is the business of `services.seeds`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.core.errors import Invalid

Records = dict[str, list[dict[str, Any]]]


def joined(files: Iterable[Mapping[str, Any]]) -> Records:
    """The lists of all files by their names. Raises Invalid for a key that is given twice."""
    records: Records = {}
    keys: set[str] = set()
    for file in files:
        given = {"by": file["by"]} if "by" in file else {}
        for noun, rows in file.items():
            if noun != "by":
                records.setdefault(noun, []).extend(given | row for row in rows)
    for rows in records.values():
        for key in [row["key"] for row in rows if "key" in row]:
            if key in keys:
                raise Invalid(f"The key {key} is given twice.")
            keys.add(key)
    return records


def segments_of(text: str, span: Any) -> list[list[int]]:
    """Where a span stands: exact words that occur once, `{quote, nth}`, several words one behind the other, or
    `{segments}` as offsets. Raises Invalid where the words are not there, or there more than once."""
    match span:
        case str():
            return [_only(text, span)]
        case {"segments": [*segments]}:
            return [list(segment) for segment in segments]
        case {"quote": str(words), "nth": int(nth)}:
            return [_nth(text, words, nth)]
        case [*parts]:
            return _one_behind_the_other(text, parts)
    raise Invalid(f"This is no span: {span!r}.")


def _only(text: str, words: str) -> list[int]:
    found = _nth(text, words, 1)
    if text.find(words, found[0] + 1) >= 0:
        raise Invalid(f"“{words}” stands in the text more than once: say which.")
    return found


def _nth(text: str, words: str, nth: int) -> list[int]:
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            raise Invalid(f"“{words}” does not stand in the text{'' if nth == 1 else f' {nth} times'}.")
    return [at, at + len(words)]


def _one_behind_the_other(text: str, parts: list[str]) -> list[list[int]]:
    segments: list[list[int]] = []
    behind = 0
    for words in parts:
        at = text.find(words, behind)
        if at < 0:
            raise Invalid(f"“{words}” does not stand in the text behind what comes before it.")
        behind = at + len(words)
        segments.append([at, behind])
    return segments
