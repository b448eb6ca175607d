"""Plain JSON lines: one article a line, `{title, text, outlet?, url?, published_on?, language?, external_id?, spans?}`.

`spans` are `[{start, end, label, quote?}]` in code points of `text`. A key that is not in this list, a quote that
differs or a span that cuts a character refuses the row. Whether a label is known is for the importer, who knows the
project.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from annotations.core.addresses import check_address
from annotations.core.anchoring import check_segments
from annotations.core.dates import check_date
from annotations.core.errors import Invalid
from annotations.core.formats.draft import ArticleDraft, SpanDraft
from annotations.core.json_text import parse_json

NAME = "jsonl"
EXTENSION = "jsonl"
KEYS = ("title", "text", "outlet", "url", "published_on", "language", "external_id", "spans")
SPAN_KEYS = ("start", "end", "label", "quote")

# Code points, as the columns have them; the text's own limit is the service's business.
LONGEST = {"title": 500, "outlet": 200, "language": 35, "external_id": 200}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of BCP 47


def read(lines: Iterable[bytes]) -> Iterator[tuple[int, ArticleDraft | Invalid]]:
    """Row by row, lazily: the line's number, from 1, and its draft, or what is wrong with it in words.

    Empty lines are passed over. An Invalid is handed out, not raised, so that the caller chooses between refusing the
    file and taking the other rows; its message and its errors by field do not repeat the number.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            yield number, draft_of(parse_json(line))
        except Invalid as error:
            yield number, error


def draft_of(row: Any) -> ArticleDraft:
    """The draft of one row. Raises Invalid with errors by field (`spans[2].quote`), all of them at once."""
    if not isinstance(row, dict):
        raise Invalid("A row is one JSON object with at least title and text.")
    if "record" in row:
        raise Invalid("This row is of the native format, which brings a whole project and not single articles.")
    errors = _unknown(row, KEYS, "")
    for key in KEYS[:-1]:
        _note(errors, key, _wrong_word(key, row))
    text = row.get("text")
    spans = list(_spans(text, row.get("spans", []), errors)) if isinstance(text, str) else []
    if errors:
        raise Invalid(" ".join(f"{field}: {words[0]}" for field, words in list(errors.items())[:5]), errors=errors)
    known = {key: row[key] for key in KEYS[:-1] if row.get(key)}
    basis = "external" if row.get("published_on") else ""
    return ArticleDraft(**known, published_basis=basis, spans=tuple(spans))


def _unknown(row: Mapping[str, Any], known: Iterable[str], path: str) -> dict[str, list[str]]:
    strange = sorted(set(row) - set(known))
    return {f"{path}{key[:60]}": [f"This key is not known here; known are {', '.join(known)}."] for key in strange}


def _note(errors: dict[str, list[str]], field: str, sentence: str) -> None:
    if sentence:
        errors.setdefault(field, []).append(sentence)


def _wrong_word(key: str, row: Mapping[str, Any]) -> str:
    value = row.get(key)
    is_needed = key in ("title", "text")
    if value is None and not is_needed:
        return ""
    if not isinstance(value, str):
        return "This is needed, as text." if value is None else "This has to be text."
    if is_needed and not value.strip():
        return "This is needed."
    if len(value) > LONGEST.get(key, len(value)):
        return f"At most {LONGEST[key]} characters; this has {len(value):,}."
    return _wrong_shape(key, value) if value else ""


def _wrong_shape(key: str, value: str) -> str:
    if key == "language" and not _LANGUAGE.fullmatch(value):
        return "A language is named by its tag, as en, fa or zh-Hant."
    checks: dict[str, Callable[[str], str]] = {"url": check_address, "published_on": check_date}
    try:
        checks.get(key, str)(value)
    except Invalid as error:
        return error.message
    return ""


def _spans(text: str, spans: Any, errors: dict[str, list[str]]) -> Iterator[SpanDraft]:
    if spans is None:
        return
    if not isinstance(spans, list):
        _note(errors, "spans", "Spans are a list of objects with start, end and label.")
        return
    for number, span in enumerate(spans):
        path = f"spans[{number}]"
        if not isinstance(span, dict):
            _note(errors, path, "A span is an object with start, end and label.")
        elif wrong := _unknown(span, SPAN_KEYS, f"{path}.") | _wrong_span(text, span, path):
            errors.update(wrong)
        else:
            start, end = span["start"], span["end"]
            yield SpanDraft(start, end, span["label"], text[start:end])


def _wrong_span(text: str, span: Mapping[str, Any], path: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if not isinstance(span.get("label"), str) or not span["label"].strip():
        errors[f"{path}.label"] = ["A span needs a label, by its key or name."]
    places = [[span.get("start"), span.get("end")]]
    try:
        check_segments(text, places, span["quote"] if "quote" in span else _own_quote(text, span))
    except Invalid as error:
        errors |= {f"{path}.{field}": words for field, words in error.errors.items()}
    return errors


def _own_quote(text: str, span: Mapping[str, Any]) -> str:
    """What stands there, for a span that came without a quote; nothing where its place is no place."""
    start, end = span.get("start"), span.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
