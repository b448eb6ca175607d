"""The refusals of the domain. Each says in words what is wrong; `annotations.refusals` gives each its HTTP status.

`errors` names fields as the caller knows them: {"quote": ["..."]}. No refusal carries data of an object that the person
may not see.
"""

from collections.abc import Mapping, Sequence


class WorkbenchError(Exception):
    """A rule of the domain said no."""

    title = "Not possible"

    def __init__(self, message: str, *, errors: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors: dict[str, list[str]] = {field: list(words) for field, words in (errors or {}).items()}


class Invalid(WorkbenchError):
    """A field is wrong, or names something that is not there."""

    title = "Not valid"

    @classmethod
    def field(cls, name: str, sentence: str) -> "Invalid":
        """One wrong field, in one sentence."""
        return cls(sentence, errors={name: [sentence]})


class Refused(WorkbenchError):
    """A policy said no; the message is the reason a person reads."""

    title = "Not allowed"


class NotFound(WorkbenchError):
    """Nothing there, or nothing that this person may see: the two are never told apart."""

    title = "Not found"


class IllegalMove(WorkbenchError):
    """The record's state does not permit this move now."""

    title = "Not possible now"


class Clash(WorkbenchError):
    """A record that is already there stands in the way."""

    title = "Already there"


class Stale(WorkbenchError):
    """Somebody changed the record since the caller read it. `version` is the current one."""

    title = "Changed by someone else"

    def __init__(self, message: str, *, version: int) -> None:
        super().__init__(message)
        self.version = version


class TooMany(WorkbenchError):
    """More at once than is taken; later it is possible again."""

    title = "Too many at once"


class KeyReused(WorkbenchError):
    """An idempotency key came back with another body."""

    title = "Key already used"
