"""Accounts and their tokens. Accounts have a chain of events of their own."""

import unicodedata
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import F, Field
from django.utils import timezone
from django.utils.crypto import salted_hmac

from annotations.core import history
from annotations.core.errors import Invalid, Refused, TooMany
from annotations.core.sentences import count
from annotations.models import Chain, Person, Project, SignInTry, Token
from annotations.models.people import SCOPES
from annotations.services.fields import Checks, only_known
from annotations.services.write import Change, as_json, stale, writing

ACCOUNTS = None  # the project of the chain of accounts
OWN_FIELDS = ("display_name", "email", "password")  # what people change of their own account
PREFERENCES = ("language", "single_keys")
PERSON_FIELDS = (*OWN_FIELDS, "is_active", "may_make_projects")


def accounts_by(by: Person | None) -> AbstractContextManager[Change]:
    """A change to accounts. Its chain begins with the first account."""
    Chain.objects.get_or_create(project=None, defaults={"head": history.FIRST})
    return writing(by, ACCOUNTS)


def make_person(
    *,
    by: Person | None,
    username: str,
    password: str | None = None,
    display_name: str = "",
    email: str = "",
    may_make_projects: bool = False,
    is_superuser: bool = False,
) -> Person:
    """Make an account. `by` is None for commands. Raises Invalid, Refused."""
    checks = Checks()
    check_columns(checks, username=username, display_name=display_name, email=email)
    if isinstance(username, str) and Person.objects.filter(username__iexact=username).exists():
        checks.wrong("username", "Somebody has this username already.")
    checks.done()
    with accounts_by(by) as change:
        require_operator(by)
        person = Person(
            username=username,
            password=make_password(password),
            display_name=display_name,
            email=email,
            may_make_projects=may_make_projects,
            is_superuser=is_superuser,
            is_staff=is_superuser,
        )
        return change.add(person, "person_made")


def edit_person(*, by: Person | None, person: Person, version: int, **fields: Any) -> Person:
    """Change an account; `password` is given in clear and stored hashed. Raises Invalid, Refused, Stale."""
    only_known(fields, PERSON_FIELDS)
    checks = Checks()
    check_columns(checks, **{name: fields[name] for name in ("display_name", "email") if name in fields})
    checks.done()
    if "password" in fields:
        fields["password"] = make_password(fields["password"])
    with accounts_by(by) as change:
        require_operator(by, person if set(fields) <= set(OWN_FIELDS) else None)
        if not fields.get("is_active", True):
            keep_an_operator(person)
        return change.edit(person, version, "person_edited", **fields)


def set_preferences(*, by: Person, **choices: Any) -> Person:
    """How a person likes to work: `language`, `single_keys`. For oneself alone; no version, for the last choice counts.

    A choice that stands already is no event. Raises Invalid.
    """
    only_known(choices, PREFERENCES)
    checks = Checks()
    if "language" in choices:
        checks.word("language", choices["language"], settings.LANGUAGES)
    if "single_keys" in choices:
        checks.truth("single_keys", choices["single_keys"])
    checks.done()
    with accounts_by(by) as change:
        person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        preferences = person.preferences | choices
        if preferences == person.preferences:
            return person
        return change.edit(person, person.version, "preferences_set", preferences=preferences)


def remove_person(*, by: Person | None, person: Person, reason: str) -> Person:
    """Blank an account and keep its id, because records name it. Its tokens and memberships end."""
    checks = Checks()
    checks.text("reason", reason, required=True)
    checks.done()
    with accounts_by(by) as change:
        require_operator(by)
        keep_an_operator(person)
        Token.objects.filter(user=person).delete()
        for membership in person.memberships.filter(trashed=False):
            in_project = Change(change.unit, membership.project_id)
            in_project.edit(membership, membership.version, "member_removed", trashed=True)
        blank = {
            "username": f"removed-{person.pk.hex[-12:]}",
            "display_name": "",
            "email": "",
            "password": make_password(None),
            "is_active": False,
            "is_staff": False,
            "is_superuser": False,
            "may_make_projects": False,
        }
        after = {"removed": True, "reason": reason}
        if not Person.objects.filter(pk=person.pk, version=person.version).update(**blank, version=person.version + 1):
            raise stale(person)
        person.refresh_from_db()
        change.note("person_removed", person, after=after)
        return person


def create_token(
    *,
    by: Person | None,
    person: Person,
    scope: str = "manage",
    project: Project | None = None,
    name: str = "",
    expires_in: timedelta | None = None,
) -> tuple[Token, str]:
    """Make an API key; the second value is its secret, shown once and stored only as a hash.

    People make tokens for themselves; commands (by=None) for anyone but superusers.
    """
    checks = Checks()
    checks.word("scope", scope, SCOPES)
    checks.text("name", name, longest=80)
    checks.done()
    if by is not None and by.pk != person.pk:
        raise Refused("A token is made by the person who will use it.")
    if person.is_superuser or not person.is_active:
        raise Refused("Superusers work in the admin and have no token; neither has an account that is off.")
    with accounts_by(by) as change:
        token, secret = Token.objects.create(user=person, expiry=expires_in, scope=scope, project=project, name=name)
        note_token(change, person, "token_created", token)
        return token, secret


def revoke_token(*, by: Person | None, token: Token) -> None:
    """End a token at once."""
    if by is not None and by.pk != token.user_id:
        raise Refused("A token is revoked by the person whose it is.")
    with accounts_by(by) as change:
        note_token(change, token.user, "token_revoked", token)
        token.delete()


def note_token(change: Change, person: Person, verb: str, token: Token) -> None:
    said = {"name": token.name, "scope": token.scope, "project": token.project_id, "expiry": token.expiry}
    change.note(verb, person, after=as_json(said) | {"at": as_json(timezone.now())})


def require_operator(by: Person | None, person: Person | None = None) -> None:
    """Commands and superusers manage accounts; people change their own."""
    if by is None or by.is_superuser or (person is not None and by.pk == person.pk):
        return
    raise Refused("Accounts are managed by operators.")


def check_columns(checks: Checks, **fields: Any) -> None:
    """Texts of an account as their columns want them: characters, length, the shape of an address."""
    for name, value in fields.items():
        checks.text(name, value, required=name == "username")
        if value and name not in checks.errors:
            try:
                column: Field[Any, Any] = Person._meta.get_field(name)  # type: ignore[assignment]
                column.run_validators(value)
            except ValidationError as error:
                checks.wrong(name, " ".join(error.messages))


def keep_an_operator(person: Person) -> None:
    """An installation without an active superuser could not be operated any more. Raises Invalid for the last one."""
    # The rows are the lock: two superusers who switch each other off would otherwise each see the other stay.
    operators = Person.objects.select_for_update(no_key=True).filter(is_superuser=True, is_active=True).order_by("pk")
    if {operator.pk for operator in operators} == {person.pk}:
        raise Invalid.field("is_active", "The last active superuser stays, until there is another one.")


def check_password_words(password: str) -> None:
    """Django's password validators, as Invalid."""
    from django.contrib.auth.password_validation import validate_password

    try:
        validate_password(password)
    except ValidationError as error:
        raise Invalid("This password is not strong enough.", errors={"password": list(error.messages)}) from error


# -- wrong passwords --------------------------------------------------------------------------------------------------

# Counted in the database, so that the limit holds over all processes; the same for names that there are and are not.
TRIES_FOR_A_NAME, TRIES_FROM_AN_ADDRESS = 5, 50
TRIES_ARE_KEPT = timedelta(minutes=15)
SALT = "annotations.services.people.tries"


@contextmanager
def trying_password(*, username: str, address: str, password: str) -> Iterator[None]:
    """Around every check of a password, at whatever door. A check that raises ValidationError counts as a wrong one,
    and one that does not begins the count anew. Without a name or a password nothing is tried. Raises TooMany."""
    came, is_tried = {"username": username, "address": address}, bool(username and password)
    refuse_after_wrong_tries(**came)
    try:
        yield
    except ValidationError:
        if is_tried:
            count_wrong_try(**came)
        raise
    if is_tried:
        forget_wrong_tries(**came)


def refuse_after_wrong_tries(*, username: str, address: str) -> None:
    """Raise TooMany while too many wrong passwords came from this address, for this name or for whatever names."""
    for digest, most in limits_of(username, address).items():
        begun = timezone.now() - TRIES_ARE_KEPT
        row = SignInTry.objects.filter(digest=digest, since__gt=begun, wrong__gte=most).first()
        if row is not None:
            minutes = max(1, ceil((row.since - begun).total_seconds() / 60))
            raise TooMany(
                count(
                    "Too many wrong passwords came from here. Try again in {number} minute.",
                    "Too many wrong passwords came from here. Try again in {number} minutes.",
                    minutes,
                )
            )


def count_wrong_try(*, username: str, address: str) -> None:
    """Count a wrong password for a name from an address; what is too old is forgotten on the way."""
    now = timezone.now()
    SignInTry.objects.filter(since__lte=now - TRIES_ARE_KEPT).delete()
    for digest in limits_of(username, address):
        SignInTry.objects.get_or_create(digest=digest, defaults={"since": now})
        SignInTry.objects.filter(digest=digest).update(wrong=F("wrong") + 1)


def forget_wrong_tries(*, username: str, address: str) -> None:
    """The right password came: the name begins anew from this address. The address itself does not, or whoever has
    one account could try all others."""
    digest = next(iter(limits_of(username, address)))
    SignInTry.objects.filter(digest=digest).delete()


def limits_of(username: str, address: str) -> dict[str, int]:
    """How many wrong passwords are taken, by the keyed hash under which they are counted: for the name first."""
    name = unicodedata.normalize("NFKC", username).casefold()
    return {
        salted_hmac(SALT, f"{address}\n{name}", algorithm="sha256").hexdigest(): TRIES_FOR_A_NAME,
        salted_hmac(SALT, address, algorithm="sha256").hexdigest(): TRIES_FROM_AN_ADDRESS,
    }
