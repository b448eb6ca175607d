"""The fields of bodies and queries: strict, so that nothing is coerced, trimmed or dropped in silence.

True is not 1, a number is not a text, an unknown field is refused by name. What a value means is for the services to
judge; here is only its shape, from which the schema is made too.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.core.dates import check_date
from annotations.core.errors import Invalid

A_DATE = {
    "type": "string",
    "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
    "description": "YYYY, YYYY-MM or YYYY-MM-DD",
}
AT_MOST_NAMED = 1_000  # records or words that one field of a body may name: a query takes no more parameters than this
AN_ID = {"type": "string", "format": "uuid"}


class Strict(serializers.Serializer):
    """A JSON object with known fields. An unknown one is refused by its name."""

    default_error_messages = {"invalid": "A JSON object is needed here."}

    def to_internal_value(self, said: Any) -> dict[str, Any]:
        if isinstance(said, Mapping) and (strange := [name for name in said if name not in self.fields]):
            raise serializers.ValidationError({name: ["There is no such field here."] for name in strange})
        return super().to_internal_value(said)


class Text(serializers.CharField):
    """Text as it came, code point for code point. Only a string is text."""

    default_error_messages = {
        "invalid": "This has to be text.",
        "null": "This has to be text.",
        "blank": "Please fill this in.",
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("trim_whitespace", False)
        options.setdefault("allow_blank", not options.get("required", True))
        super().__init__(**options)
        # What cannot be stored was refused with its place when the JSON was read.
        self.validators = [known for known in self.validators if "Prohibit" not in type(known).__name__]

    def to_internal_value(self, said: Any) -> str:
        if not isinstance(said, str):
            self.fail("invalid")
        return str(said)


@extend_schema_field(A_DATE)
class PartialDate(Text):
    """A date as far as it is known."""


class Word(serializers.ChoiceField):
    """One of the words of the domain."""

    default_error_messages = {
        "invalid_choice": "One of {words}; not “{input}”.",
        "null": "One of the known words is needed.",
    }

    def to_internal_value(self, said: Any) -> Any:
        if said == "" and self.allow_blank:
            return ""
        if not isinstance(said, str) or said not in self.choices:
            self.fail("invalid_choice", input=str(said)[:60], words=", ".join(map(str, self.choices)))
        return said


class Whole(serializers.IntegerField):
    """A whole number, written as one."""

    default_error_messages = {"invalid": "A whole number is needed.", "null": "A whole number is needed."}

    def to_internal_value(self, said: Any) -> int:
        if type(said) is not int:
            self.fail("invalid")
        return int(said)


class YesNo(serializers.BooleanField):
    """true or false, and nothing that is taken for them elsewhere."""

    default_error_messages = {"invalid": "True or false.", "null": "True or false."}

    def to_internal_value(self, said: Any) -> bool:
        if not isinstance(said, bool):
            self.fail("invalid")
        return bool(said)


@extend_schema_field(AN_ID)
class Id(serializers.Field):
    """The id of a record. Whether there is such a record is found out where it is used, in one sentence for all."""

    default_error_messages = {"invalid": "An id is needed, as text.", "null": "An id is needed, as text."}

    def to_internal_value(self, said: Any) -> str:
        if not isinstance(said, str):
            self.fail("invalid")
        return str(said)

    def to_representation(self, value: Any) -> str:
        return str(value)


class Ids(serializers.ListField):
    """A list of ids."""

    child = Id()
    default_error_messages = {"not_a_list": "A list of ids is needed.", "null": "A list of ids is needed."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": AT_MOST_NAMED, **options})


class Many(serializers.ListField):
    """A list of one kind of field."""

    default_error_messages = {"not_a_list": "A list is needed.", "null": "A list is needed."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": AT_MOST_NAMED, **options})


@extend_schema_field(
    {
        "type": "array",
        "items": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
        "description": "[start, end) pairs in code points of the revision's text: sorted, disjoint, not empty",
    }
)
class Segments(serializers.Field):
    """Offsets, passed on as they came: `core.anchoring` says in words what is wrong with them."""

    default_error_messages = {"null": "A list of [start, end] pairs is needed."}

    def to_internal_value(self, said: Any) -> Any:
        return said

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "object", "additionalProperties": True})
class Named(serializers.Field):
    """Named values of any JSON."""

    default_error_messages = {"invalid": "A JSON object is needed.", "null": "A JSON object is needed."}

    def to_internal_value(self, said: Any) -> dict[str, Any]:
        if not isinstance(said, dict):
            self.fail("invalid")
        return dict(said)

    def to_representation(self, value: Any) -> Any:
        return value


class ById(serializers.DictField):
    """One `child` for each record, under the record's id."""

    default_error_messages = {
        "not_a_dict": "An object is needed, with an id for each key.",
        "null": "An object is needed, with an id for each key.",
        "too_many": f"At most {AT_MOST_NAMED:,} of them.",
    }

    def to_internal_value(self, said: Any) -> Any:
        if isinstance(said, dict) and len(said) > AT_MOST_NAMED:
            self.fail("too_many")
        return super().to_internal_value(said)

    def run_child_validation(self, said: Mapping[Any, Any]) -> dict[str, Any]:
        return dict(super().run_child_validation(dict(said)))


class Day(serializers.DateField):
    """A whole day, YYYY-MM-DD."""

    default_error_messages = {"invalid": "A day, as YYYY-MM-DD."}

    def to_internal_value(self, said: Any) -> Any:
        try:
            if not isinstance(said, str) or len(said) != 10 or check_date(said) != said:
                self.fail("invalid")
        except Invalid:
            self.fail("invalid")
        return super().to_internal_value(said)


class Moment(serializers.DateTimeField):
    """A time with its zone: without one nobody knows which moment is meant."""

    default_error_messages = {"invalid": "A time with its zone, like 2023-11-16T09:30:00Z."}

    def to_internal_value(self, said: Any) -> Any:
        if not isinstance(said, str) or not (said.endswith("Z") or said[-6:-5] in ("+", "-")):
            self.fail("invalid")
        return super().to_internal_value(said)


# -- what comes in an address: always text, so it is read as what it says ----------------------------------------------


class WholeInQuery(Whole):
    def to_internal_value(self, said: Any) -> int:
        if not (isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 16):
            self.fail("invalid")
        return int(said)


class YesNoInQuery(YesNo):
    def to_internal_value(self, said: Any) -> bool:
        if said not in ("true", "false"):
            self.fail("invalid")
        return bool(said == "true")


class IdInQuery(Id):
    """The id of a record to filter by. One that nothing has finds nothing."""

    def to_internal_value(self, said: Any) -> Any:
        try:
            return UUID(said)
        except ValueError:
            self.fail("invalid")


def words_of(choices: Iterable[tuple[str, str]]) -> list[str]:
    return [word for word, _ in choices]
