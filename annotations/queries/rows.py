"""Turns a queryset into rows as JSON has them, in constant memory: the engine under every `<noun>_rows`.

Ids and times are read as text, because making a UUID and a datetime of each and writing them out again costs more than
all the rest. Which columns a record shows is said by its own module.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import Any, TypeVar

import orjson
from django.db.models import Case, CharField, F, Func, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

CHUNK = 1_000  # rows in memory at once: more is no faster, and the first byte waits for the first of them
PAGE = 1_001  # the longest page of a list, and the one row more that tells whether another follows
Row = dict[str, Any]
Anything = TypeVar("Anything")

TRASH_STATE = Case(When(trashed=True, then=Value("trashed")), default=Value("active"))


class TextOnSqlite(CharField):  # type: ignore[type-arg]
    """Text that SQLite keeps in another form than JSON shows; PostgreSQL gives it as it shall be."""

    def __init__(self, shown: Callable[[str], str]) -> None:
        super().__init__()
        self.shown = shown

    def get_db_converters(self, connection: Any) -> list[Callable[..., Any]]:
        return [self.convert] if connection.vendor == "sqlite" else []

    def convert(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return value and self.shown(value)


# Most ids of a long listing are those of its few articles, labels and people. Slicing in SQL costs five times as much.
@lru_cache(maxsize=8_192)
def with_hyphens(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def with_zone(utc: str) -> str:
    """`2026-11-21 09:00:00[.000000]` with the letters of ISO 8601. Django leaves out a fraction that is 0."""
    return f"{utc[:10]}T{utc[11:]}Z" if len(utc) == 26 else f"{utc[:10]}T{utc[11:19]}.{utc[20:]:0<6}Z"


class IdText(Func):
    """A uuid as its 36 characters; SQLite keeps the 32 digits."""

    template = "CAST(%(expressions)s AS text)"
    output_field = TextOnSqlite(with_hyphens)


class TimeText(Func):
    """A time as ISO 8601 in UTC with microseconds and Z; SQLite keeps UTC as text."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = TextOnSqlite(with_zone)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)


@dataclass(frozen=True)
class Shape:
    """The columns of one record's row, by how they become JSON: `json` columns hold JSON, `also` is name to expression.

    `read` is the names in the order in which the database gives them.
    """

    ids: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    json: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    also: Mapping[str, Any] = field(default_factory=dict)

    @property
    def expressions(self) -> dict[str, Any]:
        columns: dict[str, Any] = {name: IdText(name) for name in self.ids}
        columns |= {name: F(name) for name in self.plain}
        columns |= {name: Cast(name, TextField()) for name in self.json}
        columns |= {name: TimeText(name) for name in self.times}
        return columns | dict(self.also)

    def chunks(self, queryset: "QuerySet[Any]", size: int = CHUNK) -> Iterator[list[Row]]:
        """The rows of a queryset, in its order, in lists of at most `size`."""
        columns = self.expressions
        names, loads = tuple(columns), orjson.loads
        values: Iterable[Any] = queryset.values_list(*columns.values())
        if not is_page(queryset):
            values = queryset.values_list(*columns.values()).iterator(chunk_size=size)
        for batch in in_batches(values, size):
            rows = [dict(zip(names, row, strict=True)) for row in batch]
            for name in self.json:
                for row in rows:
                    row[name] = loads(row[name])
            yield rows

    def rows(self, queryset: "QuerySet[Any]", finish: Callable[[list[Row]], None] | None = None) -> Iterator[Row]:
        """The rows one by one; `finish` completes each chunk in place, with what other tables say of it."""
        for rows in self.chunks(queryset):
            if finish:
                finish(rows)
            yield from rows


def is_page(queryset: "QuerySet[Any]") -> bool:
    """Whether a queryset is cut to a few rows: those come in one answer, without a cursor kept on the server."""
    low, high = queryset.query.low_mark, queryset.query.high_mark
    return high is not None and high - low <= PAGE


def in_batches(values: Iterable[Anything], size: int) -> Iterator[list[Anything]]:
    """Lists of `size`, the last one shorter; nothing for nothing."""
    source = iter(values)
    while batch := list(islice(source, size)):
        yield batch


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[Any]]:
    """What follows the first value, by the first value, in the rows' order; bare where only one value follows."""
    groups: dict[Any, list[Any]] = {}
    for first, *rest in rows:
        groups.setdefault(first, []).append(rest[0] if len(rest) == 1 else tuple(rest))
    return groups


def ids_in(rows: Iterable[Row], name: str = "id") -> list[str]:
    return [row[name] for row in rows if row[name] is not None]


def of_parents(model: type[Model], parent: str, parents: Iterable[Row]) -> "QuerySet[Any]":
    """The rows of `model` whose `parent` is one of these rows."""
    return model._default_manager.filter(**{f"{parent}__in": ids_in(parents)})


def first(rows: Iterator[Row]) -> Row | None:
    """The one row of a detail answer, or None."""
    return next(chain(rows, [None]))
