"""Provides what tests need and a fresh machine lacks: Chromium, and a PostgreSQL server that lives as long as the run.

What is there is used; what is missing is installed where that is allowed (root, on Debian or Ubuntu). Where nothing
helps, `Missing` is raised with the words to tell the person at the keyboard.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

# The same engine without windows takes a third of the time: a browser opens one for each context, seen or not.
SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
WINDOW_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/local/pgsql")
# A test database is thrown away: nothing has to reach the disk. Loopback only, and no socket in a shared folder.
POSTGRES_OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c max_connections=200 -c log_min_messages=fatal"
)


class Missing(Exception):
    """Something a part of the tests needs is not here and cannot be installed."""


# -- Chromium ---------------------------------------------------------------------------------------------------------


def find_chromium(names: tuple[str, ...] = SHELL_NAMES + WINDOW_NAMES) -> str | None:
    return next((path for path in map(shutil.which, names) if path), None)


@cache
def provide_chromium() -> None:
    """Returns when there is a Chromium that tests/browser/conftest.py will find, or raises Missing."""
    if find_chromium(SHELL_NAMES) or (may_install() and install(SHELL_NAMES[0]) and find_chromium(SHELL_NAMES)):
        return
    if find_chromium() or (may_install() and install("chromium") and find_chromium()):
        return
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode != 0:
        raise Missing("no Chromium: install your system's package, or run `.venv/bin/playwright install chromium`")


# -- PostgreSQL -------------------------------------------------------------------------------------------------------


@contextmanager
def postgres_server() -> Iterator[str]:
    """Yields the address of a server: the one in TEST_POSTGRES_URL, else one of our own, stopped at the end."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    programs = find_postgres()
    if programs is None and may_install() and install("postgresql"):
        programs = find_postgres()
    if programs is None:
        raise Missing("no PostgreSQL: install it, or name a running server in TEST_POSTGRES_URL")
    with own_cluster(programs) as url:
        yield url


def find_postgres() -> Path | None:
    """The folder that holds initdb and pg_ctl; Debian keeps it out of PATH. The newest version wins."""
    in_path = shutil.which("initdb")
    if in_path and shutil.which("pg_ctl"):
        return Path(in_path).resolve().parent
    found = [pg_ctl.parent for place in POSTGRES_PLACES for pg_ctl in Path(place).glob("*/bin/pg_ctl")]
    return max((folder for folder in found if (folder / "initdb").exists()), key=version_in, default=None)


def version_in(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)


@contextmanager
def own_cluster(programs: Path) -> Iterator[str]:
    """A cluster in the system's temporary folder, which the user postgres can enter wherever the clone stands."""
    home = Path(tempfile.mkdtemp(prefix="workbench-postgres-"))
    cluster, port = home / "cluster", free_port()
    control = [programs / "pg_ctl", "-D", cluster, "-l", home / "log", "-w", "-s"]
    try:
        if is_root():
            shutil.chown(home, "postgres")
        as_postgres(home, programs / "initdb", "-D", cluster, "-U", "workbench", "-A", "trust", "-N", "-E", "UTF8",
                    "--locale=C")  # fmt: skip
        as_postgres(home, *control, "-o", f"-p {port} {POSTGRES_OPTIONS}", "start")
        try:
            yield f"postgres://workbench@127.0.0.1:{port}/workbench"
        finally:
            as_postgres(home, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def as_postgres(folder: Path, *command: object) -> None:
    """Runs a program of PostgreSQL's; they refuse to be run by root."""
    prefix = ["runuser", "-u", "postgres", "--"] if is_root() else []
    done = subprocess.run([*prefix, *map(str, command)], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        log = folder / "log"
        raise Missing(f"PostgreSQL did not work: {done.stderr.strip()} {log.read_text() if log.exists() else ''}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# -- the system's packages --------------------------------------------------------------------------------------------


def is_root() -> bool:
    return os.geteuid() == 0


def may_install() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def install(package: str) -> bool:
    print(f"Installing {package}, once ...", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    wait = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::http::Timeout=20"]
    subprocess.run(["apt-get", "update", "-qq", *wait], **quiet)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wait, package]
    return subprocess.run(command, **quiet).returncode == 0
