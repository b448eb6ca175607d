"""Who may add sources and change them."""

from typing import Any

from annotations.models import Origin, Person, Source
from annotations.policies.roles import Decision, may_add, may_edit


def may_add_source(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "sources")


def may_edit_source(person: Person, source: Source) -> Decision:
    return may_edit(person, source, "a source")


def may_add_origin(person: Person, project_id: Any) -> Decision:
    return may_add(person, project_id, "origins")


def may_edit_origin(person: Person, origin: Origin) -> Decision:
    return may_edit(person, origin, "an origin")
