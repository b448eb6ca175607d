"""Reading JSON that others wrote: strictly, to a stated depth, without losing or inventing anything.

What cannot be read (not UTF-8, not JSON, too deep, a key twice, NaN) is `UnreadableJson`. What can be read but not
stored (U+0000, a lone surrogate, written as an escape) is `Invalid` under the field that holds it, like any other wrong
field. Python's own parser is used: the faster one accepts a key twice and cannot say where a lone surrogate stands.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotations.core.errors import Invalid
from annotations.core.text import check_storable

JSON_DEPTH = 100
WHOLE_NUMBER_LIMIT = 2**63  # what a database column and other JSON readers hold

# What may come out as something that cannot be stored; bytes without such an escape were proven sound by decoding.
_SUSPICIOUS = re.compile(r"\\u(?:0000|[dD][89a-fA-F])|[\ud800-\udfff]")


class UnreadableJson(Invalid):
    """What came is not JSON that can be read. A request that carries it is a bad request, whatever its fields."""

    title = "Unreadable JSON"


def parse_json(raw: bytes | str) -> Any:
    """The value that `raw` (UTF-8) says. Raises UnreadableJson, or Invalid for characters that cannot be stored."""
    words = _decoded(raw)
    try:
        value = json.loads(
            words,
            object_pairs_hook=_without_repeats,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        reason = error.msg.removesuffix(" at").lower()
        raise UnreadableJson(f"This is not JSON: {reason} at character {error.pos + 1}.") from None
    if words.count("[") + words.count("{") > JSON_DEPTH:
        _check_depth(value)
    if _SUSPICIOUS.search(words):
        for path, text in _strings(value, ""):
            check_storable(text, path or "body")
    return value


def _decoded(raw: bytes | str) -> str:
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableJson(f"This is not UTF-8: byte {error.start + 1} cannot be read.") from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        twice = counted.most_common(1)[0][0]
        raise UnreadableJson(f"The key {twice[:40]!a} stands twice in one object.")
    return found


def _refuse_constant(word: str) -> Any:
    raise UnreadableJson(f"{word} is not a JSON number.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise UnreadableJson(f"The number {digits[:40]} is too large.")
    return number


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= 20 else WHOLE_NUMBER_LIMIT
    if abs(number) >= WHOLE_NUMBER_LIMIT:
        raise UnreadableJson(f"The number {digits[:40]} is too large.")
    return number


def _too_deep() -> UnreadableJson:
    return UnreadableJson(f"This JSON is nested more than {JSON_DEPTH} levels deep.")


def _check_depth(value: Any) -> None:
    """Level by level, not by recursion: the point is that the stack never depends on the input."""
    level = [value]
    for _ in range(JSON_DEPTH):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    if any(isinstance(parent, dict | list) for parent in level):
        raise _too_deep()


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        return iter(value.values())
    return iter(value if isinstance(value, list) else ())


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every string with the path of its field (`spans[0].quote`), keys included. The depth was checked before."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield path, key
            yield from _strings(child, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _strings(child, f"{path}[{number}]")
