"""Projects and who belongs to them, in which role."""

from typing import TYPE_CHECKING, Any, NamedTuple, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from annotations.models.base import Record, one_of, word_choices

if TYPE_CHECKING:
    from annotations.models.people import Person

ROLES = word_choices("viewer", "annotator", "adjudicator", "manager")


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, person: "Person") -> Self:
        return self.filter(pk__in=projects_seen_by(person))


class Project(models.Model):
    """One team's work. `approvals_claim` and `approvals_dispute` count people other than the proposer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    guidelines = models.TextField(blank=True)
    approvals_claim = models.PositiveSmallIntegerField(default=1)
    approvals_dispute = models.PositiveSmallIntegerField(default=1)
    readers_per_article = models.PositiveSmallIntegerField(default=1)
    blind = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, default="UTC")
    grades = models.BooleanField(default=False)
    correction_requests = models.BooleanField("readers may ask for corrections", default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = ProjectQuerySet.as_manager()
    hashed_in_history: frozenset[str] = frozenset()

    class Meta:
        verbose_name = "project"
        constraints = [
            models.CheckConstraint(
                condition=Q(approvals_claim__gte=1, approvals_dispute__gte=1, readers_per_article__gte=1),
                name="a_second_person_is_always_needed",
                violation_error_message="At least one approval and one reader are needed.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def record_kind(cls) -> str:
        return "project"

    @property
    def project_id(self) -> Any:
        """A project is its own project, so that events and policies need no special case."""
        return self.pk

    @property
    def approvals_needed(self) -> dict[str, int]:
        return {"claim": self.approvals_claim, "dispute": self.approvals_dispute}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(trashed=False)

    def of(self, person: "Person") -> Self:
        """The memberships that count for `person` now: none for a superuser or an account that is off."""
        if not person.is_authenticated or person.is_superuser or not person.is_active:
            return self.none()
        rows = self.filter(person_id=person.pk, trashed=False)
        return rows.filter(project_id=person.limits.project_id) if person.limits.project_id else rows

    def visible_to(self, person: "Person") -> Self:
        return self.filter(project_id__in=projects_seen_by(person))


class Membership(Record):
    """A person in a project, in one role that includes the roles before it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    person = models.ForeignKey("annotations.Person", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=ROLES)
    version = models.PositiveIntegerField(default=1)
    trashed = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "membership"
        indexes = [models.Index(fields=["person", "project"], name="membership_by_person")]
        constraints = [
            one_of("role", ROLES),
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=Q(trashed=False),
                name="one_membership_a_person",
                violation_error_message="This person is a member already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


# -- which projects somebody sees -------------------------------------------------------------------------------------

MOST_REMEMBERED = 200  # beyond that the database looks itself: a list of ids in every statement has its price, too


class Sight(NamedTuple):
    """The role of a person in each project that they see, and those of them that are blind to them."""

    roles: dict[UUID, str]
    blind: list[UUID]


def sight_of(person: "Person") -> Sight | None:
    """What a person sees, where that is remembered for the length of a request that only reads. One query, once."""
    if person.remembers_projects and person.remembered_projects is None:
        rows = Membership.objects.of(person).values_list("project_id", "role", "project__blind")
        found = list(rows[: MOST_REMEMBERED + 1])
        person.remembers_projects = len(found) <= MOST_REMEMBERED
        blind = [project for project, role, is_blind in found if is_blind and role == "annotator"]
        person.remembered_projects = Sight({project: role for project, role, _ in found}, blind)
    return person.remembered_projects if person.remembers_projects else None


def projects_seen_by(person: "Person") -> Any:
    """The ids of the projects whose member `person` is, for a filter; none for a superuser, and a stranger."""
    sight = sight_of(person)
    return Membership.objects.of(person).values("project_id") if sight is None else list(sight.roles)


def blind_projects_of(person: "Person") -> Any:
    """The ids of the projects in which `person` sees only their own, for a filter; None where it is known that there
    are none, and so nothing to look for in any row."""
    sight = sight_of(person)
    if sight is not None:
        return sight.blind or None
    return Membership.objects.of(person).filter(role="annotator", project__blind=True).values("project_id")
