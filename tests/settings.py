"""The workbench's own settings in an environment made for tests, whatever this machine's variables and var/env say.

Only DATABASE_URL is left to the caller: it chooses the engine. SQLite gets a file, since a database in shared memory
locks and logs otherwise than the one people use.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# The first process makes the folder and removes it; the processes it starts to share the work find it here.
if "TEST_SCRATCH" not in os.environ:
    os.environ["TEST_SCRATCH"] = tempfile.mkdtemp(prefix="workbench-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_SCRATCH"], ignore_errors=True)
SCRATCH = Path(os.environ["TEST_SCRATCH"])
for folder in ("media", "static"):
    (SCRATCH / folder).mkdir(exist_ok=True)

os.environ.setdefault("DATABASE_URL", f"sqlite:///{SCRATCH / 'workbench.sqlite3'}")
os.environ.update(
    SECRET_KEY="a key for tests only, long enough for every check of its length and its variety 0123456789",
    BASE_URL="http://testserver",
    DEBUG="off",
    DEMO="off",
    MEDIA_ROOT=str(SCRATCH / "media"),
    STATIC_ROOT=str(SCRATCH / "static"),
    BUNDLE_ROOT=str(SCRATCH / "bundles"),
    STATICFILES_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    SQLITE_SYNCHRONOUS=os.environ.get("TEST_SYNCHRONOUS", "OFF"),  # no test outlives a power cut
    LOG_LEVEL="WARNING",
)
for name in ("ALLOWED_HOSTS", "BEHIND_PROXY", "CONN_MAX_AGE", "DEMO_PASSWORD", "RATE_LIMIT", "TIME_ZONE"):
    os.environ.pop(name, None)

from workbench.settings import *  # noqa: E402, F403
from workbench.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and guards nothing here
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
