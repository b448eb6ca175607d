"""What a request does with what it is sent: which fields it asks for, and in which tables it looks for an id.

So an attack needs to be tried only where it can arrive: in the fields that are read, and with the records that are
looked for by what stands in them.
"""

import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict

AN_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
A_TABLE = re.compile(r'"(annotations_\w+)"')
READ_BY_NAME = ("__getitem__", "_getlist", "__contains__")


class Seen:
    """The fields that were read by their names, and the queries with their values."""

    def __init__(self):
        self.fields = set()
        self.queries = []

    def note_query(self, execute, sql, params, many, context):
        self.queries.append((sql, params))
        return execute(sql, params, many, context)

    def tables_asked_for(self, pk):
        """Every table in a question that names this id."""
        asked = [sql for sql, params in self.queries if sql.startswith(("SELECT", "(")) and is_in(pk.hex, params)]
        return {table for sql in asked for table in A_TABLE.findall(sql)}


def is_in(digits, params):
    return any(digits in str(value).replace("-", "") for value in params or ())


@contextmanager
def watched():
    """Everything that is asked for inside, of what was sent and of the database."""
    seen = Seen()
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(seen.note_query):
        for method in READ_BY_NAME:
            patch.setattr(QueryDict, method, noting(getattr(QueryDict, method), seen.fields), raising=False)
        yield seen


def noting(method, fields):
    def read(query, name, *rest, **options):
        fields.add(name)
        return method(query, name, *rest, **options)

    return read


def looked_for(send, body_with, ids, kinds=None):
    """Which of the foreign ids (by table) a body could bring in by one field: those of the tables in which a made-up
    id is looked for. Where nothing is looked for and the made-up one is refused all the same, it may be one of a list:
    of the kinds of record that the field names, or of any where that is not known."""
    made_up = uuid4()
    with watched() as seen:
        got = send(body_with(str(made_up)))
    if tables := seen.tables_asked_for(made_up):
        return [ids[table] for table in tables if table in ids], seen.fields
    listed = ids if kinds is None else {table for kind in kinds if (table := f"annotations_{kind}") in ids}
    return [ids[table] for table in listed] if got.status_code >= 400 else [], seen.fields
