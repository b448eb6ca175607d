"""Versions of a project's guidelines. The newest is the project's own text; a decision names the one it used."""

from django.db import models

from annotations.models.base import AuthoredRecord


class GuidelineVersion(AuthoredRecord):
    """The guidelines as they were from one moment on. Append-only."""

    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "guideline version"
        indexes = [models.Index(fields=["project", "id"], name="guideline_by_project")]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="guidelines_are_numbered_once")]

    def __str__(self) -> str:
        return f"guidelines {self.number}"
