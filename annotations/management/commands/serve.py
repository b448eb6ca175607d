"""`manage.py serve [--port N] [--workers N]`: the production server, gunicorn with threads, set up from here.

It listens on loopback, as behind a proxy on the same machine, unless --host says otherwise.
"""

import gc
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from annotations.services.write import forget_old_answers

WORKERS = 2
THREADS = 4  # each streams one export, or answers one page; measured best with two workers on two cores
SECONDS_OF_SILENCE = 60  # after which a worker counts as stuck
LOOPBACK = "127.0.0.1"


class Server(BaseApplication):
    """Gunicorn with settings given in Python."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


class Command(BaseCommand):
    help = "Serve the workbench with gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--host", default=LOOPBACK, help="the address to listen on; 0.0.0.0 for all of the machine's"
        )
        parser.add_argument("--workers", type=int, default=WORKERS)

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["workers"] <= 64:
            raise CommandError("Between 1 and 64 workers.")
        serve(options["host"], options["port"], options["workers"])


def forget_what_is_old() -> None:
    """The answers kept for repeated requests, once their time is over; a database without tables has none."""
    with suppress(DatabaseError):
        forget_old_answers()


def forget_no_code(worker: Any) -> None:
    """What was loaded at the start stays: the garbage collector need not go through it with every large page."""
    gc.collect()
    gc.freeze()


def serve(host: str, port: int, workers: int = WORKERS, loglevel: str = "info") -> None:
    """Serve until told to stop."""
    forget_what_is_old()
    connections.close_all()  # a connection must not be shared with the processes that are forked now
    Server(
        bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        workers=workers,
        worker_class="gthread",
        threads=THREADS,
        timeout=SECONDS_OF_SILENCE,
        keepalive=65,  # a person marks every few seconds, and should not have to connect anew for it
        loglevel=loglevel,
        post_worker_init=forget_no_code,
        control_socket_disable=True,
    ).run()
