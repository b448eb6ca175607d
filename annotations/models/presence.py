"""Presence: who has an article open now. Not a record of the project: overwritten in place, forgotten after a while."""

from django.db import models


class Presence(models.Model):
    """One person at one article, as of `seen_at`."""

    project = models.ForeignKey("annotations.Project", models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey("annotations.Article", models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("annotations.Person", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "presence"
        verbose_name_plural = "presence"
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="one_presence_a_person")]

    def __str__(self) -> str:
        return f"{self.person} at {self.article}"
