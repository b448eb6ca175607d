"""Accounts and API tokens. Records name a person by id; removing one blanks the account and keeps the id."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from knox.models import AbstractAuthToken
from uuid_utils.compat import uuid7

from annotations.models.base import one_of, word_choices

SCOPES = word_choices("read", "annotate", "manage")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a token takes away from its person: the highest role it reaches, and all projects but one."""

    scope: str = "manage"
    project_id: Any = None


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts for Django's own commands; everything else goes through `services.people`."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. `preferences` is how a person likes to work: keys, language. `limits` is not stored: the API sets it
    from the token of the request."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    may_make_projects = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    preferences = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = PersonManager()
    limits = Limits()
    remembered_ranks: "dict[Any, int] | None" = None  # a memo that interfaces set for one request
    remembers_projects = False  # set for one request that only reads: which projects one sees is asked once
    remembered_projects: Any = None
    acts_in_admin = False  # not stored: the admin site sets it for one request

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="usernames_differ_beyond_case",
                violation_error_message="Somebody has this username already.",
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def uses_single_keys(self) -> bool:
        return self.preferences.get("single_keys", True) is True

    @classmethod
    def record_kind(cls) -> str:
        return "person"

    hashed_in_history = frozenset({"password", "email"})


class Token(AbstractAuthToken):
    """An API key: only its hash is kept. `project` narrows it to one project."""

    name = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=8, choices=SCOPES, default="manage")
    project = models.ForeignKey("annotations.Project", models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "token"
        constraints = [one_of("scope", SCOPES)]

    def __str__(self) -> str:
        return self.name or "unnamed token"


class SignInTry(models.Model):
    """Wrong passwords that came since a moment: for one name from one address, or from one address for any name.

    Names and addresses stand in it as a keyed hash. Not a record: counted in place, and forgotten after a while.
    """

    digest = models.CharField(max_length=64, unique=True)
    wrong = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "sign-in try"
        verbose_name_plural = "sign-in tries"

    def __str__(self) -> str:
        return f"{self.wrong} since {self.since:%Y-%m-%d %H:%M}"
