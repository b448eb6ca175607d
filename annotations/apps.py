"""The one app. After every migrate it installs the triggers that make tables append-only."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = "Workbench"

    def ready(self) -> None:
        from annotations.models.triggers import install_triggers

        # SQLite drops triggers when a migration rebuilds their table, so they are installed again each time.
        post_migrate.connect(install_triggers, sender=self)
