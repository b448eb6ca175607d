"""The one place that opens a read snapshot: reads that must agree with each other run inside it.

A snapshot neither blocks writers nor is blocked by them. It is that of the first read made in it, and it ends with the
block: a generator that yields inside it ends it when it is exhausted or closed, as a streamed answer is when its client
goes away.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Reads in this block see one state of the database. Inside a transaction they see that of the transaction."""
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    with ExitStack() as stack:
        with _without_write_lock(connection):
            stack.enter_context(transaction.atomic(using=using))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _without_write_lock(connection: Any) -> Iterator[None]:
    """On SQLite `atomic` takes the lock that writers need (IMMEDIATE); a reader with it would stop them all."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # which sets the mode
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual
