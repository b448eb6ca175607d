"""One database for all processes of a run, of which each takes a copy: to make it is longer than most tests.

It is made from the models, in a second where the migrations take twenty; that these lead to the very same tables,
indexes and triggers is proved in tests/commands/test_migrate.py, on both engines. Whoever comes first makes it, the
others wait at a lock. `tests.run` gives all its parts one scratch folder, so that they share it too. On a server that
outlives the run the template stays behind, and the next run makes it anew.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def copy_template() -> None:
    """Lets the test database of this process begin as a copy; it is then kept as it is (`keepdb`) and not migrated."""
    with one_at_a_time(scratch() / "template.lock"):
        template = made_template()
        test = settings.DATABASES["default"]["TEST"]
        if connection.vendor == "sqlite":
            for left_over in ("-wal", "-shm"):
                Path(test["NAME"] + left_over).unlink(missing_ok=True)
            shutil.copy(template, test["NAME"])
        else:
            test["TEMPLATE"] = template


def made_template() -> str:
    """The name of the template; it is made where this run has none yet."""
    base = connection.creation._get_test_db_name()
    name = str(scratch() / "template.sqlite3") if connection.vendor == "sqlite" else template_of(base)
    made = scratch() / f"template-{connection.vendor}-{settings.DATABASES['default']['PORT']}"
    if not made.exists():
        with test_database_called(name):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            record_all_migrations()
            connection.close()
        made.touch()
    return name


def record_all_migrations() -> None:
    """They need not run any more: what they lead to is there."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    names = MigrationLoader(connection).graph.nodes
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in sorted(names))


def template_of(test_database: str) -> str:
    """Two runs on one server have a database each, and a template each."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return f"{test_database.removesuffix(f'_{worker}')}_template"


@contextmanager
def test_database_called(name: str) -> Iterator[None]:
    """For creating one from the models under another name; afterwards all is as before."""
    kept, test = settings.DATABASES["default"]["NAME"], connection.settings_dict["TEST"]
    test_name, test["NAME"] = test["NAME"], name
    test["MIGRATE"] = False
    try:
        yield
    finally:
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = kept
        test["NAME"], test["MIGRATE"] = test_name, True


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def scratch() -> Path:
    return Path(os.environ["TEST_SCRATCH"])
