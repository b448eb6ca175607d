"""Who is asking: a bearer token, looked up by its hash in one query and without a write; or a session with CSRF."""

from typing import Any

from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed

from annotations.models import Person, Token
from annotations.models.people import Limits


class BearerAuthentication(TokenAuthentication):
    """`Authorization: Bearer <token>`. The person it names acts within the token's scope and project."""

    def authenticate_credentials(self, token: bytes) -> tuple[Person, Token]:
        """One sentence for every token that does not count, so that none tells which ones exist."""
        known = Token.objects.select_related("user").filter(pk=digest_of(token)).first()
        if known is None or has_ended(known) or not known.user.is_active or known.user.is_superuser:
            raise AuthenticationFailed("This token is not valid, or not any more.")
        person: Person = known.user
        person.limits = Limits(scope=known.scope, project_id=known.project_id)
        return person, known


class SessionWithCsrf(SessionAuthentication):
    """The session of the site. The CSRF check gets the plain request, so that it leaves the body unread."""

    def enforce_csrf(self, request: Any) -> None:
        super().enforce_csrf(request._request)


def digest_of(token: bytes) -> str:
    """The hash of a token. It is found by the hash alone: equal hashes of 512 bits are equal tokens."""
    try:
        return hash_token(token.decode("ascii"))
    except UnicodeDecodeError:
        return ""


def has_ended(token: Any) -> bool:
    return token.expiry is not None and token.expiry <= timezone.now()
