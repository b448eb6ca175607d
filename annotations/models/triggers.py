"""What the database itself refuses: changes to append-only tables, and a decision that names the wrong proposer.

One list names the tables. The triggers are installed after every migrate, on both engines, and `missing_triggers` reads
the catalogue to say whether they are there.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections

APPEND_ONLY_TABLES = (
    "annotations_revision",
    "annotations_resolution",
    "annotations_verdict",
    "annotations_verdictcitation",
    "annotations_decision",
    "annotations_event",
    "annotations_guidelineversion",
    "annotations_reportedition",
    "annotations_correction",
)
DECISIONS = "annotations_decision"
PROPOSER_RULE = "decision_carries_the_proposer"


def install_triggers(using: str = "default", **_: Any) -> None:
    """Put every trigger in place, replacing those that are there. Called by migrate through a signal."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if DECISIONS not in present:
        return  # migrated back to nothing
    tables = [table for table in APPEND_ONLY_TABLES if table in present]  # fewer at an earlier migration
    with connection.cursor() as cursor:
        for statement in remove_statements(connection.vendor, tables) + create_statements(connection.vendor, tables):
            cursor.execute(statement)


def remove_triggers(using: str = "default") -> None:
    """Take them away. Only the flush between tests has a reason to."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in remove_statements(connection.vendor, APPEND_ONLY_TABLES):
            cursor.execute(statement)


def trigger_names(vendor: str, tables: Iterable[str] = APPEND_ONLY_TABLES) -> set[str]:
    """The names that a whole installation has."""
    acts = ("update", "delete") if vendor == "sqlite" else ("change", "truncate")
    return {f"{table}_refuses_{act}" for table in tables for act in acts} | {PROPOSER_RULE}


def missing_triggers(using: str = "default") -> set[str]:
    """The triggers that the catalogue of the database lacks; empty when all is well."""
    connection = connections[using]
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return trigger_names(connection.vendor) - {row[0] for row in cursor.fetchall()}


def remove_statements(vendor: str, tables: Iterable[str]) -> list[str]:
    names = trigger_names(vendor, tables)
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names)]
    table_of = {name: name.split("_refuses_")[0] for name in names - {PROPOSER_RULE}} | {PROPOSER_RULE: DECISIONS}
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in sorted(table_of.items())]


def create_statements(vendor: str, tables: Iterable[str]) -> list[str]:
    return _for_sqlite(tables) if vendor == "sqlite" else _for_postgresql(tables)


def _for_sqlite(tables: Iterable[str]) -> list[str]:
    statements = [
        f"CREATE TRIGGER {table}_refuses_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for act in ("update", "delete")
    ]
    statements.append(
        f"CREATE TRIGGER {PROPOSER_RULE} BEFORE INSERT ON {DECISIONS} "  # noqa: S608 - our own names
        "WHEN NEW.proposer_id IS NOT "
        "(SELECT proposer_id FROM annotations_resolution WHERE id = NEW.resolution_id) "
        "BEGIN SELECT RAISE(ABORT, 'a decision carries the proposer of its resolution'); END"
    )
    return statements


def _for_postgresql(tables: Iterable[str]) -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION annotations_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        "CREATE OR REPLACE FUNCTION annotations_decision_proposer() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.proposer_id IS DISTINCT FROM "
        "(SELECT proposer_id FROM annotations_resolution WHERE id = NEW.resolution_id) THEN "
        "RAISE EXCEPTION 'a decision carries the proposer of its resolution' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    ]
    for table in tables:
        statements.append(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION annotations_append_only()"
        )
        statements.append(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION annotations_append_only()"
        )
    statements.append(
        f"CREATE TRIGGER {PROPOSER_RULE} BEFORE INSERT ON {DECISIONS} "
        "FOR EACH ROW EXECUTE FUNCTION annotations_decision_proposer()"
    )
    return statements
