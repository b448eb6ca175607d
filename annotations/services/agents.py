"""Agents and every spelling of their names: joined where two turn out to be one, told apart where they are not, and
rated where the project uses grades.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import orjson
from django.apps import apps
from django.db.models import F, Model, Q
from django.utils import timezone

from annotations.core.errors import IllegalMove, Invalid
from annotations.core.names import name_key
from annotations.core.sentences import say
from annotations.models import (
    Agent,
    AgentDistinction,
    AgentRating,
    Alias,
    Claim,
    Dispute,
    Event,
    Person,
    Position,
    Project,
)
from annotations.models.agents import AGENT_KINDS, RELIABILITIES
from annotations.policies.agents import may_add_agent, may_edit_agent, may_edit_rating, may_join_agents, may_rate_agent
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.standing import claims_standing_on, disputes_standing_on, free_of_review
from annotations.services.trash import restore, trash
from annotations.services.write import Change, writing

TOPIC_LENGTH = 120
A_WIKIDATA_ID = re.compile("Q[1-9][0-9]{0,18}")  # what is published as a link to it is nothing else
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
        if agent.joined_into:
            raise IllegalMove(
                say("This agent was joined into “{name}”; separate the two.", name=agent.joined_into.name)
            )
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
                if value and field not in checks.errors and not A_WIKIDATA_ID.fullmatch(value):
                    checks.wrong(field, "A Wikidata id is a Q and a number, like Q42.")
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


# -- two that are one, and two that are two ---------------------------------------------------------------------------


def join_agents(*, by: Person, agent: Agent, version: int, other: Agent) -> Agent:
    """Say that `other` is `agent`: everything that names `other` names `agent` from now on, with its spellings; `other`
    goes to the trash and leads here. One event, which `separate_agents` reads to take it back.

    Raises Refused, Invalid, Stale; IllegalMove where the two were told apart, or stand against each other.
    """
    same_project(agent.project_id, other=other)
    with writing(by, agent.project_id) as change:
        change.allow(may_join_agents(by, agent, other))
        change.alone()
        check_joinable(agent, other)
        free_of_their_answers(change, by, other)
        was, came = names_of(agent), [name for name in names_of(other) if name not in names_of(agent)]
        moved = [[f"{model.__name__}.{column}", *rows] for model, column, rows in pointed(other, agent)]
        change.carry(other, other.version, trashed=True, joined_into=agent)
        after = {"joined": other.pk, "aliases": [*was[1:], *came], "came": came, "moved": moved}
        change.edit(agent, version, "agents_joined", before={"aliases": was[1:]}, after=after)
        add_aliases(agent, came)
        return agent


def check_joinable(agent: Agent, other: Agent) -> None:
    if agent.pk == other.pk:
        raise Invalid.field("other", "This is the same agent.")
    if agent.trashed or other.trashed:
        raise IllegalMove("One of the two is in the trash; restore it first.")
    if apart := AgentDistinction.objects.active().filter(told_apart(agent, other)).first():
        raise IllegalMove(
            say("These two were told apart (“{reason}”). Take that back first.", reason=apart.reason or "—")
        )
    if (
        Position.objects.active()
        .filter(Q(agent=agent, on_behalf_of=other) | Q(agent=other, on_behalf_of=agent))
        .exists()
    ):
        raise IllegalMove("One of them speaks on behalf of the other in a dispute, so they are two.")
    theirs = Position.objects.active().filter(agent=other).values("dispute")
    both = Dispute.objects.exclude(state="open").filter(positions__agent=agent, positions__trashed=False, pk__in=theirs)
    if dispute := both.first():
        words = say("Both are parties to a dispute that is not open: “{question}”.", question=dispute.question)
        raise IllegalMove(words)


def free_of_their_answers(change: Change, by: Person, other: Agent) -> None:
    """What is in review and names `other` goes back first. What is answered stands: its copy of what was judged has the
    name that was printed, and it is the same party."""
    cited = {"evidence__source__publisher": other}
    named = Position.objects.active().filter(Q(agent=other) | Q(on_behalf_of=other)).values("dispute")
    disputes = Dispute.objects.filter(Q(pk__in=named) | Q(pk__in=disputes_standing_on(**cited)), state="in_review")
    claims = Claim.objects.filter(pk__in=claims_standing_on(**cited), state="in_review")
    ids = (list(rows.values_list("pk", flat=True)) for rows in (disputes, claims))
    free_of_review(change, by, next(ids), "two agents that it names were joined", claims=next(ids))


def pointers() -> Iterator[tuple[type[Model], str]]:
    """Every column of every record that names an agent, but for what an agent is made of itself."""
    for model in apps.get_app_config("annotations").get_models():
        for column in model._meta.concrete_fields:
            if column.related_model is Agent and model not in (Agent, Alias, AgentDistinction):
                yield model, column.name


def pointed(
    old: Agent, new: Agent, rows: dict[str, list[str]] | None = None
) -> Iterator[tuple[type[Model], str, list[str]]]:
    """Turn what names `old` to `new`: (model, column, ids). With `rows` only those. Their versions move on, so that a
    form which was open meanwhile does not turn them back."""
    for model, column in pointers():
        found = model._default_manager.filter(**{column: old})
        if rows is not None:
            found = found.filter(pk__in=rows.get(f"{model.__name__}.{column}", []))
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        if ids:
            versions = {"version": F("version") + 1} if hasattr(model, "version") else {}
            found.update(**{column: new}, **versions)
            yield model, column, [pk.hex for pk in ids]


def separate_agents(*, by: Person, agent: Agent, version: int, other: Agent) -> Agent:
    """Take a joining back: what named `other` then and still names `agent` names `other` again.

    Raises Refused, Stale; IllegalMove where `other` was not joined into `agent`, or `agent` itself was joined since.
    """
    with writing(by, agent.project_id) as change:
        change.allow(may_join_agents(by, agent, other))
        change.alone()
        if other.joined_into_id != agent.pk:
            raise IllegalMove("These two are not joined.")
        if agent.trashed:
            raise IllegalMove("This agent is in the trash; restore it, or separate it first.")
        joined = what_joined(agent, other)
        rows = {place: ids for place, *ids in joined["moved"]}
        free_of_their_answers(change, by, agent)
        moved = [[f"{model.__name__}.{column}", *ids] for model, column, ids in pointed(agent, other, rows)]
        was = names_of(agent)[1:]
        stays = [name for name in was if name not in joined["came"]]
        change.carry(other, other.version, trashed=False, joined_into=None)
        after = {"separated": other.pk, "aliases": stays, "moved": moved}
        change.edit(agent, version, "agents_separated", before={"aliases": was}, after=after)
        agent.aliases.exclude(name__in=stays).delete()
        return agent


def what_joined(agent: Agent, other: Agent) -> dict[str, Any]:
    """What the event of the last joining of these two says."""
    events = Event.objects.about("agent", agent.pk).filter(verb="agents_joined").order_by("-number")
    for body in events.values_list("body", flat=True):
        after: dict[str, Any] = orjson.loads(body)["after"]
        if after["joined"] == str(other.pk):
            return after
    raise IllegalMove("These two are not joined.")


def names_of(agent: Agent) -> list[str]:
    return [agent.name, *agent.aliases.order_by("id").values_list("name", flat=True)]


def told_apart(agent: Agent, other: Agent) -> Q:
    return Q(agent=agent, other=other) | Q(agent=other, other=agent)


def tell_apart(*, by: Person, agent: Agent, other: Agent, reason: str = "") -> AgentDistinction:
    """Say that two agents with names alike are two, so that nobody is asked again. Raises Refused, Invalid, Clash."""
    checks = Checks()
    checks.text("reason", reason, longest=2_000)
    if agent.pk == other.pk:
        checks.wrong("other", "This is the same agent.")
    checks.done()
    same_project(agent.project_id, other=other)
    first, second = sorted((agent, other), key=lambda one: one.pk)
    with writing(by, agent.project_id) as change:
        change.allow(may_add_agent(by, agent.project_id))
        told = AgentDistinction(project=agent.project, author=by, agent=first, other=second, reason=reason)
        return change.add(told, "agents_told_apart")


def trash_distinction(*, by: Person, distinction: AgentDistinction, version: int) -> AgentDistinction:
    """Take back that two agents are two; they may be suggested for joining again."""
    with writing(by, distinction.project_id) as change:
        change.allow(may_edit_rating(by, distinction))
        return trash(change, distinction, version, "agent_distinction_trashed")


def restore_distinction(*, by: Person, distinction: AgentDistinction, version: int) -> AgentDistinction:
    """Say again that they are two."""
    with writing(by, distinction.project_id) as change:
        change.allow(may_edit_rating(by, distinction))
        return restore(change, distinction, version, "agent_distinction_restored")


# -- grades -----------------------------------------------------------------------------------------------------------


def rate_agent(
    *, by: Person, agent: Agent, reliability: str, reason: str, topic: str = "", rated_on: date | None = None
) -> AgentRating:
    """Grade an agent, on a topic or in general, from a day on; earlier grades stay, for the documents of their time.

    Raises Refused (also where the project uses no grades), Invalid.
    """
    day = rated_on or timezone.localdate()
    check_rating({"reliability": reliability, "reason": reason, "topic": topic, "rated_on": day})
    with writing(by, agent.project_id) as change:
        change.allow(may_rate_agent(by, agent.project))
        if agent.trashed:
            raise IllegalMove("This agent is in the trash; restore it first.")
        rating = AgentRating(
            project=agent.project, author=by, agent=agent, topic=topic.strip(), reliability=reliability, rated_on=day,
            reason=reason,
        )  # fmt: skip
        return change.add(rating, "agent_rated")


def edit_rating(*, by: Person, rating: AgentRating, version: int, because: str = "", **fields: Any) -> AgentRating:
    """Correct a grade; `because` tells its history why. A new judgement is a new rating with its own day.

    Raises Refused, Invalid, Stale.
    """
    only_known(fields, ("topic", "reliability", "rated_on", "reason"))
    check_rating(fields | {"because": because})
    with writing(by, rating.project_id) as change:
        change.allow(may_edit_rating(by, rating))
        differs = any(getattr(rating, name) != value for name, value in fields.items())
        told = {"because": because} if because and differs else {}
        return change.edit(rating, version, "agent_rating_edited", after=told, **fields)


def trash_rating(*, by: Person, rating: AgentRating, version: int, because: str = "") -> AgentRating:
    """Withdraw a grade; `because` tells its history why. Raises Refused, Invalid, Stale, IllegalMove."""
    check_rating({"because": because})
    with writing(by, rating.project_id) as change:
        change.allow(may_edit_rating(by, rating))
        return trash(change, rating, version, "agent_rating_trashed", **({"because": because} if because else {}))


def restore_rating(*, by: Person, rating: AgentRating, version: int) -> AgentRating:
    """Take a grade out of the trash."""
    with writing(by, rating.project_id) as change:
        change.allow(may_edit_rating(by, rating))
        return restore(change, rating, version, "agent_rating_restored")


def check_rating(fields: dict[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "reliability":
                checks.word(name, value, RELIABILITIES)
            case "topic":
                checks.text(name, value, longest=TOPIC_LENGTH)
            case "reason":
                checks.text(name, value, required=True, longest=2_000)
            case "because":
                checks.text(name, value, longest=2_000)
            case "rated_on" if value > timezone.localdate():
                checks.wrong(name, "A grade is given from a day on that is not in the future.")
    checks.done()
