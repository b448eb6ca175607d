"""How often a stranger may write to us, by address.

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


def count_write(request: HttpRequest) -> None:
    """Count one writing from this address. Raises TooMany."""
    key = f"writes:{salted_hmac(SALT, address_in(request)).hexdigest()}"
    cache.add(key, 0, timedelta(hours=1).total_seconds())
    try:
        counted = cache.incr(key)
    except ValueError:  # the hour ended in between
        counted = 1
    if counted > WRITES_AN_HOUR:
        raise TooMany("You have written several times within the hour. Please come back later.")


def address_in(request: HttpRequest) -> str:
    return where_from(request.META, is_behind_proxy=bool(settings.SECURE_PROXY_SSL_HEADER))
