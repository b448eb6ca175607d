"""`manage.py verify_history`: whether every chain of events holds; exit 1 and the first broken event if not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.models import Chain, Event
from annotations.models.triggers import missing_triggers
from annotations.queries.history import verify


class Command(BaseCommand):
    help = "Walk every chain of events and check each event's hash, number and link to the one before."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        if broken := verify():
            wrong.append(f"The chain of {broken.chain} breaks at event {broken.number}. {broken.reason}")
        if missing := missing_triggers():
            names = ", ".join(sorted(missing))
            wrong.append(
                f"Triggers that keep tables append-only are missing: {names}. “manage.py migrate” installs them."
            )
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"Every chain holds: {Chain.objects.count()} chains, {Event.objects.count():,} events.")
