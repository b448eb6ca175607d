"""Agents and every spelling of their names."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from annotations.core.names import name_key
from annotations.models import Agent, Alias, Person, Project
from annotations.models.agents import AGENT_KINDS
from annotations.policies.agents import may_add_agent, may_edit_agent
from annotations.services.fields import Checks, only_known
from annotations.services.trash import restore, trash
from annotations.services.write import Change, writing

EDITABLE = ("kind", "name", "aliases", "wikidata", "note")


def add_agent(
    *,
    by: Person,
    project: Project,
    kind: str,
    name: str,
    aliases: Iterable[str] = (),
    wikidata: str = "",
    note: str = "",
) -> Agent:
    """Add a person, body, outlet or unnamed group. Raises Refused, Invalid."""
    spellings = list(aliases)
    check_fields({"kind": kind, "name": name, "aliases": spellings, "wikidata": wikidata, "note": note})
    with writing(by, project.pk) as change:
        change.allow(may_add_agent(by, project.pk))
        agent = Agent(
            project=project, author=by, kind=kind, name=name, name_key=name_key(name), wikidata=wikidata, note=note
        )
        change.add(agent, "agent_added", aliases=unique(spellings))
        add_aliases(agent, unique(spellings))
        return agent


def edit_agent(*, by: Person, agent: Agent, version: int, **fields: Any) -> Agent:
    """Change an agent; `aliases` replaces the list. Raises Refused, Invalid, Stale."""
    only_known(fields, EDITABLE)
    check_fields(fields)
    with writing(by, agent.project_id) as change:
        change.allow(may_edit_agent(by, agent))
        spellings = fields.pop("aliases", None)
        if "name" in fields:
            fields["name_key"] = name_key(fields["name"])
        was = list(agent.aliases.order_by("id").values_list("name", flat=True))
        will = was if spellings is None else unique(spellings)
        return replace_aliases(change, agent, version, was, will, fields)


def replace_aliases(
    change: Change, agent: Agent, version: int, was: list[str], will: list[str], fields: dict[str, Any]
) -> Agent:
    children = {} if was == will else {"before": {"aliases": was}, "after": {"aliases": will}}
    change.edit(agent, version, "agent_edited", **children, **fields)
    agent.aliases.exclude(name__in=will).delete()
    add_aliases(agent, [name for name in will if name not in was])
    return agent


def trash_agent(*, by: Person, agent: Agent, version: int) -> Agent:
    """Move an agent to the trash; what names it keeps naming it."""
    with writing(by, agent.project_id) as change:
        change.allow(may_edit_agent(by, agent))
        return trash(change, agent, version, "agent_trashed")


def restore_agent(*, by: Person, agent: Agent, version: int) -> Agent:
    """Take an agent out of the trash."""
    with writing(by, agent.project_id) as change:
        change.allow(may_edit_agent(by, agent))
        return restore(change, agent, version, "agent_restored")


def check_fields(fields: dict[str, Any]) -> None:
    checks = Checks()
    for field, value in fields.items():
        match field:
            case "kind":
                checks.word(field, value, AGENT_KINDS)
            case "name":
                checks.text(field, value, required=True, longest=200)
            case "wikidata":
                checks.text(field, value, longest=20)
            case "note":
                checks.text(field, value)
            case "aliases":
                for spelling in value:
                    checks.text(field, spelling, required=True, longest=200)
    checks.done()


def unique(spellings: Iterable[str]) -> list[str]:
    """Each spelling once, in the order given."""
    return list(dict.fromkeys(spellings))


def add_aliases(agent: Agent, spellings: Iterable[str]) -> None:
    Alias.objects.bulk_create(
        Alias(project_id=agent.project_id, agent=agent, name=name, name_key=name_key(name), script=script_of(name))
        for name in spellings
    )


def script_of(name: str) -> str:
    """The script of a name's first letter, as the four letters of ISO 15924; empty for scripts not named here."""
    scripts = {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "GREEK": "Grek", "CJK": "Hani"}
    first = next((letter for letter in name if letter.isalpha()), "")
    return scripts.get(unicodedata.name(first, "").split(" ")[0], "") if first else ""
