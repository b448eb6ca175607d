"""Checks on the plain fields that services take: words, dates, addresses, texts. All raise Invalid by field name."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.core.addresses import check_address
from annotations.core.dates import check_date
from annotations.core.errors import Invalid
from annotations.core.sentences import NOUN, Sentence, listed, say, word
from annotations.core.text import check_storable
from annotations.core.wording import field_words

NAME_LENGTH = 500
TEXT_LENGTH = 20_000  # code points of a note, a rationale, a guideline


class Checks:
    """Collects what is wrong with several fields, so that a person sees all of it at once."""

    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def wrong(self, field: str, sentence: str) -> None:
        self.errors.setdefault(field, []).append(sentence)

    def done(self) -> None:
        """Raise Invalid if anything was wrong."""
        if self.errors:
            raise Invalid(" ".join(words[0] for words in self.errors.values()), errors=self.errors)

    def _try(self, field: str, check: Any, value: str) -> None:
        try:
            check(value)
        except Invalid as error:
            self.wrong(field, error.message)

    def text(self, field: str, value: Any, *, required: bool = False, longest: int = TEXT_LENGTH) -> None:
        if not isinstance(value, str):
            self.wrong(field, "This has to be text.")
            return
        if required and not value.strip():
            self.wrong(field, say("Please fill in {field}.", field=field_words(field)))
        elif len(value) > longest:
            self.wrong(
                field, say("At most {longest:,} characters; this has {length:,}.", longest=longest, length=len(value))
            )
        else:
            self._try(field, check_storable, value)

    def word(self, field: str, value: Any, choices: Iterable[tuple[str, str]], *, blank: bool = False) -> None:
        words = [word for word, _ in choices]
        if not (value in words or (blank and value == "")):
            self.wrong(field, say("One of {words}; not “{value}”.", words=listed(words), value=value))

    def date(self, field: str, value: Any) -> None:
        self.text(field, value, longest=10)
        if value and field not in self.errors:
            self._try(field, check_date, value)

    def address(self, field: str, value: Any) -> None:
        self.text(field, value, longest=2_000)
        if value and field not in self.errors:
            self._try(field, check_address, value)

    def number(self, field: str, value: Any, low: int, high: int, *, optional: bool = False) -> None:
        if value is None and optional:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.wrong(field, say("A whole number from {low} to {high:,}.", low=low, high=high))

    def truth(self, field: str, value: Any) -> None:
        if not isinstance(value, bool):
            self.wrong(field, "True or false.")


def only_known(fields: Mapping[str, Any], known: Iterable[str]) -> None:
    """Programming error guard: a service was called with a field that it does not edit."""
    if strange := set(fields) - set(known):
        raise TypeError(f"no such fields: {', '.join(sorted(strange))}")


def no_such(row: Any) -> Sentence:
    return say("There is no such {noun} in this project.", noun=word(str(row._meta.verbose_name), NOUN))


def same_project(project_id: Any, **rows: Any) -> None:
    """No row points into another project. Raises Invalid in the words of an unknown id."""
    for field, value in rows.items():
        for row in value if isinstance(value, list | tuple) else [value]:
            if row is not None and row.project_id != project_id:
                raise Invalid.field(field, no_such(row))
