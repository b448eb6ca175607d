"""Rows that a quick form names by their words: the one that is there, or a new one, made in the same unit of work.

Only the same words (letter for letter, or in another case) find a row; likeness is for people to judge.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q

from annotations.core.errors import Invalid, WorkbenchError
from annotations.core.sentences import say
from annotations.models import Agent, Label, Origin, Person, Project, Source
from annotations.queries.lookups import as_uuid, related
from annotations.services.agents import add_agent
from annotations.services.fields import NAME_LENGTH
from annotations.services.sources import add_origin, add_source


@contextmanager
def told_as(**fields: str) -> Iterator[None]:
    """A refusal inside names the fields of this form: `told_as(label="origin_label")`."""
    try:
        yield
    except WorkbenchError as error:
        error.errors = {fields.get(name, name): words for name, words in error.errors.items()}
        raise


def agents_called(project: Project, name: str) -> Any:
    """The agents with this name or spelling, in any case."""
    return (
        Agent.objects.active()
        .filter(project=project)
        .filter(Q(name__iexact=name) | Q(aliases__name__iexact=name))
        .distinct()
    )


def agent_named(person: Person, project: Project, name: str, *, kind: str, field: str) -> Agent | None:
    """The one agent of this name, or a new one of `kind`; None for no name. Raises Invalid where several have it."""
    if not name.strip():
        return None
    found = list(agents_called(project, name.strip())[:2])
    if len(found) == 2:
        raise Invalid.field(
            field,
            say("Several agents are called “{name}”. Rename one of them, so that this is one of them.", name=name),
        )
    if found:
        return found[0]
    with told_as(name=field, kind=f"{field}_kind"):
        return add_agent(by=person, project=project, kind=kind or "person", name=name.strip())


def source_named(person: Person, project: Project, typed: dict[str, Any]) -> Source:
    """The source that was chosen, or the one with the address that was typed, or a new one. Without a title the address
    stands in its place, until the page has said its own."""
    if typed.get("source"):
        return related(Source, typed["source"], person=person, project=project, field="source")
    url, title = typed.get("url", "").strip(), typed.get("title", "")
    known = Source.objects.active().visible_to(person).filter(project=project, url=url).first() if url else None
    if known:
        return known
    if not url and not title.strip():
        raise Invalid.field("source", "Choose a source, or give the address or the title of a new one.")
    publisher = agent_named(person, project, typed.get("publisher", ""), kind="outlet", field="publisher")
    return add_source(
        by=person,
        project=project,
        kind=typed.get("kind") or "article",
        title=title if title.strip() else url[:NAME_LENGTH],
        url=url,
        publisher=publisher,
    )


def origin_named(person: Person, project: Project, typed: dict[str, Any]) -> Origin | None:
    """The origin that was chosen or newly named; None is untraced."""
    if typed.get("origin"):
        return related(Origin, typed["origin"], person=person, project=project, field="origin")
    label = typed.get("origin_label", "").strip()
    if not label:
        return None
    known = Origin.objects.active().filter(project=project, label__iexact=label).first()
    if known:
        return known
    with told_as(label="origin_label"):
        return add_origin(by=person, project=project, label=label)


def label_named(project: Project, said: str) -> Label:
    """The label with this key or id. Raises Invalid in the words of an unknown one."""
    said = said.replace("\x00", "�")  # which one of the databases cannot even compare
    found = as_uuid(said)
    known = Q(key=said) | Q(pk=found) if found else Q(key=said)
    label = Label.objects.filter(known, project=project).first()
    if label is None:
        raise Invalid.field("label", "Choose a label of this project.")
    return label
