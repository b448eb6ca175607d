"""`manage.py serve`: answers on the port that it was given, and ends when it is told to."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.core.management.base import CommandError

from workbench.env import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """The command in a process of its own, on a database without tables: the sign-in page needs none."""
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
    }
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    yield port, process
    process.kill()
    process.wait()


def status_of(port, seconds=40):
    """The status of an answer, waited for while the server starts."""
    until = time.monotonic() + seconds
    while True:
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/login/", headers={"Host": "testserver"})
            return urllib.request.urlopen(request, timeout=10).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_it_answers_and_ends_when_told_to(server):
    port, process = server
    assert status_of(port) == 200
    process.terminate()
    assert process.wait(timeout=20) == 0


def test_a_strange_number_of_workers_is_refused(run):
    with pytest.raises(CommandError, match="workers"):
        run("serve", "--workers", "0")
