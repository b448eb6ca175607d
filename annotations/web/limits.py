"""How often a stranger may write to us, by address, and have us write to a mailbox.

Counted in each process of its own, and addresses are kept as a keyed hash, for an hour: so several processes let
through several times as much. What holds over all of them is the limit of each report, which the service counts in the
database.
"""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from annotations.core.addresses import where_from
from annotations.core.errors import TooMany

SALT = "annotations.web.limits"
WRITES_AN_HOUR = 5
MAILS_AN_HOUR = 3  # for a new password, to one mailbox


def count_write(request: HttpRequest) -> None:
    """Count one writing from this address. Raises TooMany."""
    if counted("writes", address_in(request)) > WRITES_AN_HOUR:
        raise TooMany("You have written several times within the hour. Please come back later.")


def may_mail(mailbox: str) -> bool:
    """Count one mail that somebody wants to be sent there, and say whether it is not one too many."""
    return counted("mails", mailbox.casefold()) <= MAILS_AN_HOUR


def counted(what: str, whose: str) -> int:
    """How many there were within the hour, this one among them."""
    key = f"{what}:{salted_hmac(SALT, whose).hexdigest()}"
    cache.add(key, 0, timedelta(hours=1).total_seconds())
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended in between
        return 1


def address_in(request: HttpRequest) -> str:
    return where_from(request.META, is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))
