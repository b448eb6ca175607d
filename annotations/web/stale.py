"""What a person and somebody else made of the same record: shown side by side when the version of a form is old."""

from typing import Any, NamedTuple

from annotations.core.errors import Stale, WorkbenchError
from annotations.web.fields import WriteForm, with_line_feeds


class Difference(NamedTuple):
    """One field: what stands in the form, and what is stored now."""

    label: str
    yours: str
    stored: str


def differences(error: WorkbenchError | None, form: WriteForm, stored: dict[str, Any]) -> list[Difference]:
    """The fields in which the form and the record differ, after a stale version; nothing after any other refusal.

    `stored` is what the form would show if it were opened now.
    """
    if not isinstance(error, Stale):
        return []
    typed = {name: form[name].value() for name in form.fields if name in stored}
    return [
        Difference(str(form.fields[name].label), in_words(value), in_words(stored[name]))
        for name, value in typed.items()
        if in_words(value) != in_words(stored[name])
    ]


def in_words(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return with_line_feeds(str(value if value is not None else ""))
