"""The typed attributes of an annotation, checked against what its label defines."""

from typing import Any

from annotations.core.dates import check_date
from annotations.core.errors import Invalid
from annotations.core.sentences import listed, say
from annotations.models import Label
from annotations.services.fields import TEXT_LENGTH, Checks


def check_attribute_values(checks: Checks, label: Label, values: Any) -> None:
    """Note in `checks`, under `attributes`, every value that the label does not define or that is of another type."""
    if not isinstance(values, dict):
        checks.wrong("attributes", "Attributes are named values.")
        return
    known = {attribute["name"]: attribute for attribute in label.attributes}
    for name, value in values.items():
        if name not in known:
            checks.wrong("attributes", say("{label} has no attribute “{name}”.", label=label.name, name=name))
        elif sentence := what_is_wrong(known[name], value):
            checks.wrong("attributes", say("“{name}”: {sentence}", name=name, sentence=sentence))


def what_is_wrong(attribute: dict[str, Any], value: Any) -> str:
    """The sentence, or "" where the value fits."""
    match attribute["kind"]:
        case "choice":
            return "" if value in attribute["choices"] else say("one of {words}.", words=listed(attribute["choices"]))
        case "yes_no":
            return "" if isinstance(value, bool) else say("yes or no.")
        case "number":
            return "" if isinstance(value, int | float) and not isinstance(value, bool) else say("a number.")
        case "date":
            return date_sentence(value)
        case _:
            is_text = isinstance(value, str) and len(value) <= TEXT_LENGTH
            return "" if is_text else say("text, at most {most:,} long.", most=TEXT_LENGTH)


def date_sentence(value: Any) -> str:
    try:
        check_date(value) if isinstance(value, str) else None
    except Invalid as error:
        return error.message
    return "" if isinstance(value, str) else say("a date as YYYY, YYYY-MM or YYYY-MM-DD.")
