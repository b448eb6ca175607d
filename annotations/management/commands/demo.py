"""`manage.py demo`: a workbench with the seeds and the demo people, served on this machine. Safe to run again.

What is there already is left as it is. `--originals DIR` adds the original articles with their stand-off annotations.
"""

import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from annotations.core.errors import WorkbenchError
from annotations.management.commands.serve import LOOPBACK, serve
from annotations.management.demo_people import DEMO_PEOPLE, others_are_here, provide_people
from annotations.models import Person, Project
from annotations.services import originals
from annotations.services.seeds import load_seeds, records_in
from workbench.env import ROOT

SEEDS = ROOT / "seeds"
PASSWORD = "demo"  # noqa: S105 - on purpose: it stands on the sign-in page of the demo
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with a password that somebody chose


class Command(BaseCommand):
    help = "Fill an empty database with the seeds and the demo people, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--noserve", action="store_true", help="fill the database and stop")
        parser.add_argument("--originals", metavar="DIR", type=Path, help="also load the original articles from DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        host = EVERYWHERE if settings.DEMO_PASSWORD else LOOPBACK
        refuse_elsewhere()
        if not options["noserve"]:
            refuse_taken_port(host, options["port"])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        people = provide_people(settings.DEMO_PASSWORD or PASSWORD)
        try:
            self.load_seeds(people)
            if options["originals"]:
                self.load_originals(options["originals"], people)
        except WorkbenchError as error:
            raise CommandError(error.message) from error
        self.stdout.write(welcome(options["port"]))
        if not options["noserve"]:
            self.stdout.write("Ctrl+C ends it.")
            self.stdout.flush()
            serve(host, options["port"], loglevel="warning")

    def load_seeds(self, people: dict[str, Person]) -> None:
        if Project.objects.filter(slug="seeds").exists():
            return
        loaded = load_seeds(records=records_in(SEEDS), folder=SEEDS, people=people)
        for difference in loaded.differences:
            self.stderr.write(f"seeds: {difference}")

    def load_originals(self, folder: Path, people: dict[str, Person]) -> None:
        if Project.objects.filter(slug=originals.SLUG).exists():
            return
        loaded = originals.load_originals(folder=folder, seeds=SEEDS, people=people)
        self.stdout.write(f"The originals are in the project {originals.SLUG}. Not carried over from {originals.GOLD}:")
        for words in loaded.unmapped:
            self.stdout.write(f"  {words}")
        for difference in loaded.differences:
            self.stdout.write(f"  Otherwise than there: {difference}")


def refuse_elsewhere() -> None:
    """The demo's passwords are known to everybody, so it goes into no database that somebody works in."""
    if not settings.DEMO:
        raise CommandError("The demo loads only with DEMO=1, which it writes itself where nothing is set up yet.")
    if Person._meta.db_table in connection.introspection.table_names() and others_are_here():
        raise CommandError("This database has people of its own; the demo loads only into one without.")


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} is not free. Another: make demo PORT={port + 1}") from error


def welcome(port: int) -> str:
    """The one address, and who can sign in there."""
    password = "the one in DEMO_PASSWORD" if settings.DEMO_PASSWORD else PASSWORD
    people = [f"  {person.username:6}{person.does}" for person in DEMO_PEOPLE]
    return "\n".join([f"\n  http://{LOOPBACK}:{port}/\n", f"Sign in there; the password is {password}.", *people, ""])
