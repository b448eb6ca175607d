"""What every record shares: an id, its project, when and by whom it was made; a version and a trash where it changes.

Columns, constraints and querysets live here in `models`; verbs live in `services`. Read visibility is written once per
noun, as `visible_to(person)`.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy
from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    from annotations.models.people import Person


class RecordQuerySet(models.QuerySet[Any]):
    """Reads that hold for every record of a project."""

    def in_projects_of(self, person: "Person") -> Self:
        """Rows of the projects whose member `person` is; a superuser, and a stranger, see none."""
        from annotations.models.projects import projects_seen_by

        return self.filter(project_id__in=projects_seen_by(person))

    def visible_to(self, person: "Person") -> Self:
        """Rows that `person` may read. Nouns that a blind project hides narrow this further."""
        return self.in_projects_of(person)

    def active(self) -> Self:
        """Rows that are not in the trash."""
        return self.filter(trashed=False)

    def newest_first(self) -> Self:
        """uuid7 sorts by time of making, so the id is the order."""
        return self.order_by("-id")


class BlindQuerySet(RecordQuerySet):
    """Rows that an annotator of a blind project sees only where they made them, and whatever they stand on.

    The model's `stands_on` names the records that a row would show: own evidence on somebody else's claim, from the
    time before the project was blind, would otherwise show that claim.
    """

    def visible_to(self, person: "Person") -> Self:
        from annotations.models.projects import blind_projects_of

        rows, blind = self.in_projects_of(person), blind_projects_of(person)
        return rows if blind is None else rows.exclude(Q(project_id__in=blind) & self.hidden_from(person))

    def hidden_from(self, person: "Person") -> Q:
        """What `person` does not see of the projects that are blind to them."""
        others = ~Q(author=person)
        for name in getattr(self.model, "stands_on", ()):
            others |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__author": person})
        return others


class Record(models.Model):
    """A row of a project. `record_kind` is its name in JSON, in events and in exports."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = RecordQuerySet.as_manager()

    # Columns that hold words of an article: events keep their hash, so that erasing the text leaves the chain whole.
    hashed_in_history: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @classmethod
    def record_kind(cls) -> str:
        return cls._meta.verbose_name.replace(" ", "_")  # type: ignore[union-attr]


class AuthoredRecord(Record):
    """A record that one person made."""

    author = models.ForeignKey("annotations.Person", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class EditableRecord(AuthoredRecord):
    """A record that changes by versions and is trashed rather than deleted."""

    version = models.PositiveIntegerField(default=1)
    trashed = models.BooleanField(default=False)

    class Meta:
        abstract = True


def word_choices(*words: str) -> list[tuple[str, Any]]:
    """Choices whose stored word, spaces for underscores, is the word people read."""
    return [(word, pgettext_lazy("value", word.replace("_", " "))) for word in words]


def one_of(column: str, choices: list[tuple[str, Any]], *, blank: bool = False) -> models.CheckConstraint:
    """The database holds a column to its words, whichever door a row comes through."""
    words = [word for word, _ in choices] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{column}__in": words}), name=f"%(class)s_{column}_is_a_known_word")
