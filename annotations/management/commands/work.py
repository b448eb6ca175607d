"""`manage.py work [--once]`: the worker. It does the jobs that wait, and takes up those whose worker died.

Any number may run, on any machine that reaches the database. Ctrl+C ends it after the job in hand; again, at once.
"""

import os
import signal
import socket
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_tasks_db.management.commands.db_worker import Worker

import annotations.tasks  # noqa: F401 - every kind of work is known from here on
from annotations.services.copies import fetch_watched
from annotations.services.jobs import forget_finished_tasks, sign_of_worker, sweep_jobs, worker_left

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_SWEEPS = 10.0
SECONDS_BETWEEN_CLEANINGS = 3600.0


class Command(BaseCommand):
    help = "Do background work: the jobs that wait, and those that a dead worker left behind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        name = f"{socket.gethostname()[:80]}:{os.getpid()}"
        worker = waiting_worker(name)
        self.stdout.write(f"Working as {name}. Ctrl+C ends it.")
        self.stdout.flush()
        try:
            work(worker, name, once=options["once"])
        finally:
            worker_left(name)


def waiting_worker(name: str) -> Worker:
    """The queue's own worker, asked to return when nothing waits any more."""
    worker = Worker(
        queue_names=["default"],
        interval=SECONDS_BETWEEN_LOOKS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name[-64:],
        excluded_queue_names=[],
    )
    for ends in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ends, worker.shutdown)
    return worker


def work(worker: Worker, name: str, *, once: bool) -> None:
    """Look, do, and rest, until told to end."""
    swept = cleaned = float("-inf")
    while worker.running:
        now = time.monotonic()
        if now - swept >= SECONDS_BETWEEN_SWEEPS:
            sign_of_worker(name)
            sweep_jobs()
            swept = now
        if now - cleaned >= SECONDS_BETWEEN_CLEANINGS:
            forget_finished_tasks()
            fetch_watched()
            cleaned = now
        worker.run()
        if once:
            return
        time.sleep(SECONDS_BETWEEN_LOOKS)
