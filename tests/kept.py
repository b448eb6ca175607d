"""What most tests begin with (people, a project, its labels ...) is built by services once a process, and kept.

A test that asks for such a step gets the rows that were written then, in a few statements instead of a hundred, and
fresh copies of the objects, which know each other as the first ones did. A step fits where the chains of events stand
as they stood when it was kept: their heads are hashes of all that happened before. Where none fits, and for everything
that no step holds, services write as ever.
"""

import io
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction

from annotations.models import Chain

CHAIN = Chain._meta.db_table
Row = tuple[Any, ...]
Rows = dict[tuple[str, Any], Row]  # by table and id
Statements = list[tuple[str, Row | None]]


@dataclass(frozen=True)
class Step:
    """What was written, as statements; `before` are the heads of the chains that it continues, by id."""

    before: dict[Any, str]
    follows: set[str]  # the steps before it
    statements: Statements
    objects: bytes

    def fits(self, heads: dict[Any, str]) -> bool:
        """The first step of all fits a database without any chain, which is an empty one."""
        return self.before.items() <= heads.items() if self.follows else not heads


KEPT: dict[str, list[Step]] = defaultdict(list)


class Stage:
    """The steps that one test takes."""

    def __init__(self) -> None:
        self.taken: dict[str, list[models.Model]] = {}  # the records in memory, by the step that brought them

    def branch(self) -> "Stage":
        """One that goes on from here, beside this one."""
        other = Stage()
        other.taken = dict(self.taken)
        return other

    def take(self, name: str, build: Callable[[], Any]) -> Any:
        """What `build` makes: as it was kept where that fits, and built where not."""
        if name not in self.taken and name in KEPT:
            heads = heads_now()
            for step in KEPT[name]:
                if step.follows <= set(self.taken) and step.fits(heads) and wrote(step):
                    return self.unpacked(name, step)
        return build()

    def unpacked(self, name: str, step: Step) -> Any:
        made, changed, self.taken[name] = Unpickler(io.BytesIO(step.objects), self.taken).load()
        for row, columns, held in changed:
            row.__dict__.update(columns)
            row._state.fields_cache.update(held)
        return made

    def keep(self, name: str, build: Callable[[], Any]) -> Any:
        """Build it, and keep what came of it for the tests to come."""
        heads, rows, memory = heads_now(), all_rows(), list(self.in_memory())
        made = build()
        changed = [now for before, now in zip(memory, self.in_memory(), strict=True) if before != now]
        pickler = Pickler(self.taken)
        objects = pickler.of(made, changed)
        statements, continued = what_was_written(rows, all_rows())
        KEPT[name].append(Step({pk: heads[pk] for pk in continued}, set(self.taken), statements, objects))
        self.taken[name] = pickler.fresh
        return made

    def in_memory(self) -> Iterator[tuple[models.Model, dict[str, Any], dict[str, Any]]]:
        """Each record, its columns, and the other records that it holds."""
        for row in (row for brought in self.taken.values() for row in brought):
            names = [field.attname for field in row._meta.concrete_fields]
            yield row, {name: row.__dict__[name] for name in names}, dict(row._state.fields_cache)


def heads_now() -> dict[Any, str]:
    return dict(Chain.objects.values_list("pk", "head"))


# -- rows -------------------------------------------------------------------------------------------------------------


def wrote(step: Step) -> bool:
    """Whether the rows are there now. An id that the database gave may be somebody else's by now."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in step.statements:
                cursor.execute(statement, values)
    except IntegrityError:
        return False
    return True


def all_rows() -> Rows:
    """Every row of every table of ours."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, model in tables().items():
            cursor.execute(f"SELECT {names_of(model)} FROM {table}")
            found |= {(table, row[0]): row for row in cursor.fetchall()}
    return found


def tables() -> dict[str, type[models.Model]]:
    models_of_ours = apps.get_app_config("annotations").get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models_of_ours}


def columns_of(model: type[models.Model]) -> list[str]:
    """The id first."""
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    return [connection.ops.quote_name(field.column) for field in fields]


def names_of(model: type[models.Model]) -> str:
    return ", ".join(columns_of(model))


def what_was_written(before: Rows, after: Rows) -> tuple[Statements, list[Any]]:
    """The statements that write it again, and the ids of the chains that go on."""
    assert before.keys() <= after.keys(), "a step that deletes"
    added = defaultdict(list)
    for (table, pk), row in after.items():
        if (table, pk) not in before:
            added[table].append(row)
    changed = [key for key in before if before[key] != after[key]]
    statements = [update(tables()[table], pk, after[table, pk]) for table, pk in changed]
    statements += [insert(tables()[table], rows) for table, rows in added.items()]
    numbered = [tables()[table] for table in added if has_numbers_of_its_own(tables()[table])]
    resets = connection.ops.sequence_reset_sql(no_style(), numbered)  # a test that commits begins its numbers anew
    statements += [(statement.rstrip(";"), None) for statement in resets]
    return in_one(statements), [pk for table, pk in changed if table == CHAIN]


def update(model: type[models.Model], pk: Any, row: Row) -> tuple[str, Row]:
    id_column, *columns = columns_of(model)
    changes = ", ".join(f"{column} = %s" for column in columns)
    return f"UPDATE {model._meta.db_table} SET {changes} WHERE {id_column} = %s", (*row[1:], pk)


def has_numbers_of_its_own(model: type[models.Model]) -> bool:
    """Whether the database gives the ids, and others name them: rows come back with the number that they had."""
    return isinstance(model._meta.pk, models.AutoField) and bool(model._meta.related_objects)


def insert(model: type[models.Model], rows: list[Row]) -> tuple[str, Row]:
    """A number that the database gives and nobody names is given anew each time."""
    unnamed = isinstance(model._meta.pk, models.AutoField) and not has_numbers_of_its_own(model)
    columns, rows = columns_of(model)[unnamed:], [row[unnamed:] for row in rows]
    places = ", ".join(f"({', '.join(['%s'] * len(columns))})" for _ in rows)
    values = tuple(value for row in rows for value in row)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES {places}", values


def in_one(statements: Statements) -> Statements:
    """PostgreSQL takes them all at once, and each way to a server and back costs as much as a write."""
    if connection.vendor == "sqlite":
        return statements
    return [("; ".join(connection.ops.compose_sql(*statement) for statement in statements), None)]


# -- objects ----------------------------------------------------------------------------------------------------------


class Pickler(pickle.Pickler):
    """Records that an earlier step brought are named; `fresh` are the others, in the order of their appearance."""

    def __init__(self, taken: dict[str, list[models.Model]]) -> None:
        self.written = io.BytesIO()
        super().__init__(self.written, pickle.HIGHEST_PROTOCOL)
        self.known = {id(row): (name, at) for name, rows in taken.items() for at, row in enumerate(rows)}
        self.fresh: list[models.Model] = []
        self.seen: set[int] = set()

    def of(self, made: Any, changed: list[Any]) -> bytes:
        self.dump((made, changed, self.fresh))  # `fresh` last: it grows while the others are written
        return self.written.getvalue()

    def persistent_id(self, thing: Any) -> tuple[str, int] | None:
        name = self.known.get(id(thing))
        if name is None and isinstance(thing, models.Model) and id(thing) not in self.seen:
            self.seen.add(id(thing))
            self.fresh.append(thing)
        return name


class Unpickler(pickle.Unpickler):
    def __init__(self, source: io.BytesIO, taken: dict[str, list[models.Model]]) -> None:
        super().__init__(source)
        self.taken = taken

    def persistent_load(self, name: tuple[str, int]) -> models.Model:
        step, at = name
        return self.taken[step][at]
