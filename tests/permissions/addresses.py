"""Every address that there is, read from the resolver, and which methods each of them answers to."""

from typing import NamedTuple

from django.apps import apps
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.permissions.table import TABLE

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
RECORDS = sorted(model._meta.model_name for model in apps.get_app_config("annotations").get_models())


class Address(NamedTuple):
    """A route with all of its names: `web:claim` and `web:edit_claim` are one address that answers two methods."""

    route: str
    names: tuple[str, ...]
    callback: object

    @property
    def name(self):
        return self.names[0]


def walked(resolver=None, spaces=(), before=""):
    """(name, route, callback) of every pattern, in the order in which Django tries them."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walked(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces, route)
        else:
            yield ":".join((*spaces, pattern.name or route)), route, pattern.callback


def addresses():
    """All addresses by their route."""
    named, callbacks = {}, {}
    for name, route, callback in walked():
        named.setdefault(route, []).append(name)
        callbacks.setdefault(route, callback)
    return {route: Address(route, tuple(names), callbacks[route]) for route, names in named.items()}


def row_of(name):
    """The name of an address as the table has it: one row for the same page of every record in the admin, but for the
    records that have a row of their own."""
    found = page_of_record(name)
    return name if name in TABLE or found is None else f"admin:<record>{found[1]}"


def page_of_record(name):
    """(record, `_change` and the like) for a page of one kind of record in the admin."""
    words = name.removeprefix("admin:")
    for record in RECORDS if words != name else ():
        page = words.removeprefix(f"annotations_{record}")
        if page in ("_changelist", "_add", "_history", "_delete", "_change"):
            return record, page
        if words == f"admin/annotations/{record}/<path:object_id>/":
            return record, ""
    return None
