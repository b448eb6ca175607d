"""An event in words: who did what when, and every column with what it was and what it is."""

from typing import Any

import orjson
from django.utils.html import format_html, format_html_join

from annotations.admin.links import subject_of
from annotations.models import Event


def told(event: Event) -> dict[str, Any]:
    """What a template shows of an event."""
    return {
        "event": event,
        "verb": event.verb.replace("_", " "),
        "subject": subject_of(event),
        "changes": changes_of(event),
    }


def changes_of(event: Event) -> list[tuple[str, str, str]]:
    """Column, before, after, by column; from the words that the chain's hash covers."""
    said = orjson.loads(event.body)
    before, after = said["before"], said["after"]
    return [(name, in_words(before.get(name)), in_words(after.get(name))) for name in sorted({*before, *after})]


def in_words(value: Any) -> str:
    """A value of an event. Of texts that are kept out of the chain there is only a hash and a length."""
    match value:
        case None | "":
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case {"code_points": int(length), "sha256": str(digest), **others} if not others:
            return f"{length:,} code points, SHA-256 {digest[:12]}…"
        case _:
            return orjson.dumps(value).decode()


def as_table(event: Event) -> str:
    """The changes as a table, for the page of one event."""
    rows = format_html_join("", "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>", changes_of(event))
    head = format_html("<tr><th scope='col'>{}</th><th scope='col'>{}</th><th scope='col'>{}</th></tr>",
                       "column", "before", "after")  # fmt: skip
    return format_html("<table class='changes'><thead>{}</thead><tbody>{}</tbody></table>", head, rows)
