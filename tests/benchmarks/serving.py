"""The workbench as people run it, for measurements in a browser: gunicorn in a process of its own, static files
collected and compressed, on the database of the test."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from workbench.env import ROOT

HOST = "127.0.0.1"


@contextmanager
def served(folder):
    """The address of a server that is stopped at the end."""
    port = free_port()
    environment = environment_of(folder, port)
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=environment, check=True)
    serve = [*command, "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(serve, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://{HOST}:{port}/healthz")
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def environment_of(folder, port):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "BASE_URL": f"http://{HOST}:{port}",
        "STATIC_ROOT": str(folder / "static"),
        "BUNDLE_ROOT": str(folder / "bundles"),
        "STATICFILES_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "SQLITE_SYNCHRONOUS": "FULL",
    }


def database_url():
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"


def session_of(person):
    """The cookie of a session: passwords of the tests are hashed in a way that the server does not know."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["seed"] = secrets.token_hex(4)
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "domain": HOST, "path": "/"}


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for(address, seconds=40):
    until = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=5).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
