"""One table: which refusal of the domain has which HTTP status. The web interface and the API both read it."""

from annotations.core.errors import (
    Clash,
    IllegalMove,
    Invalid,
    KeyReused,
    NotFound,
    Refused,
    Stale,
    TooMany,
    WorkbenchError,
)

STATUS: dict[type[WorkbenchError], int] = {
    Refused: 403,
    NotFound: 404,
    IllegalMove: 409,
    Clash: 409,
    Stale: 412,
    Invalid: 422,
    KeyReused: 422,
    TooMany: 429,
}


def status_of(error: WorkbenchError) -> int:
    """The status of an error's own class, or of the nearest class above it that the table names."""
    return next(STATUS[known] for known in type(error).__mro__ if known in STATUS)
