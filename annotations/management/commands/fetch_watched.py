"""`manage.py fetch_watched`: ask for new copies of the watched sources whose time has come; a worker fetches them.

`manage.py work` does so by itself every hour. This is for a schedule of one's own.
"""

from typing import Any

from django.core.management.base import BaseCommand

from annotations.services.copies import fetch_watched


class Command(BaseCommand):
    help = "Ask for new copies of the watched sources whose last look is WATCH_HOURS ago."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{fetch_watched()} copies asked for.")
