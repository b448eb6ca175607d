"""`manage.py revoke_tokens USERNAME [--name N]`: a key that got into the wrong hands opens nothing from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.asked import person_named
from annotations.models import Token
from annotations.services.people import revoke_token


class Command(BaseCommand):
    help = "End the API tokens of a person at once: all of them, or those with a name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="only those that were made for this")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["username"])
        tokens = Token.objects.filter(user=person)
        if options["name"] is not None:
            tokens = tokens.filter(name=options["name"])
        found = list(tokens.select_related("user"))
        if not found:
            raise CommandError(f"{person.username} has no such token.")
        for token in found:
            revoke_token(by=None, token=token)
        self.stdout.write(f"Tokens of {person.username} that are ended: {len(found)}.")
