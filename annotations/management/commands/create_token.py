"""`manage.py create_token USERNAME [--scope S]`: an API token, shown once, as the last word."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.core.errors import WorkbenchError
from annotations.management.asked import person_named
from annotations.models.people import SCOPES
from annotations.services.people import create_token


class Command(BaseCommand):
    help = "Make an API token for a person. Its secret is printed once and stored only as a hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--scope", choices=[scope for scope, _ in SCOPES], default="manage")
        parser.add_argument("--name", default="", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["username"])
        try:
            _, secret = create_token(by=None, person=person, scope=options["scope"], name=options["name"])
        except WorkbenchError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Token of {person.username}, scope {options['scope']}, shown only now: {secret}")
