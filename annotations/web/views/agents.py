"""Agents: who says, publishes or disputes something, with every spelling of their names; joined where two are one, told
apart where they are two, graded where the project uses grades.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import Invalid, NotFound, WorkbenchError
from annotations.core.likeness import compare
from annotations.core.names import name_key
from annotations.models import Agent, AgentDistinction, AgentRating, Attribution, Position, Project, Source
from annotations.models.agents import AGENT_KINDS
from annotations.policies.agents import (
    may_add_agent,
    may_edit_agent,
    may_join_agents,
    may_rate_agent,
)
from annotations.queries.agents import Alike, alike, alike_to, joined_agent, pointers_to, ratings_of, told_apart_from
from annotations.queries.history import history_of, told
from annotations.queries.lookups import as_uuid, related, visible
from annotations.refusals import status_of
from annotations.services import agents as services
from annotations.web.fields import filled, posted, unchanged, version_of
from annotations.web.forms.agents import (
    AgentForm,
    CorrectRatingForm,
    RatingForm,
    WithdrawRatingForm,
    initial_agent,
    initial_rating,
    spellings_in,
)
from annotations.web.grading import RATING_ROWS, rating_page, rating_written
from annotations.web.lists import kept, known, page_of, words_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

SHOWN = 50  # of what an agent said, published or stood for; the rest is found in the lists
EVENTS_SHOWN = 10
AGENT_ROWS = ("project", "author", "joined_into")


@require_http_methods(["GET", "HEAD", "POST"])
def agents(request: WebRequest, slug: str) -> HttpResponse:
    """The agents of a project, found by any spelling; a POST adds one."""
    project = visible(Project, request.user, slug=slug)
    if request.method != "POST":
        return agents_page(request, project, AgentForm())
    form = AgentForm(request.POST)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return agents_page(request, project, form, error)

    return perform_write(
        request,
        lambda: services.add_agent(by=request.user, project=project, **agent_said(form)),
        lambda row: go(request, reverse("web:agent", args=[row.pk])),
        on_error,
    )


def agents_page(
    request: WebRequest, project: Project, form: AgentForm, error: WorkbenchError | None = None
) -> HttpResponse:
    rows = Agent.objects.visible_to(request.user).active().filter(project=project).prefetch_related("aliases")
    kind, words = known(request.GET.get("kind"), AGENT_KINDS), words_of(request)
    rows = rows.filter(kind=kind) if kind else rows
    if words:
        rows = rows.filter(pk__in=Agent.objects.filter(called(words), project=project).values("pk"))
    shown, next_before = page_of(request, rows)
    context = {
        "section": "project",
        "project": project,
        "rows": shown,
        "next_before": next_before,
        "kept": kept(request, "kind", "q"),
        "kind": kind,
        "kinds": AGENT_KINDS,
        "words": words,
        "form": form,
        "may": may_add_agent(request.user, project.pk),
        "error": error,
    }
    return page(request, "annotations/agents/list.html", context, status_of(error) if error else 200)


def called(words: str) -> Q:
    """By the letters of a name or spelling, or by how it sounds across scripts."""
    key = name_key(words)
    by_letters = Q(name__icontains=words) | Q(aliases__name__icontains=words)
    return by_letters | Q(name_key=key) | Q(aliases__name_key=key)


def agent_said(form: AgentForm) -> dict[str, Any]:
    said = filled(form)
    return said | ({"aliases": spellings_in(said["aliases"])} if "aliases" in said else {})


@require_http_methods(["GET", "HEAD", "POST"])
def agent(request: WebRequest, pk: UUID) -> HttpResponse:
    """One agent: spellings, positions, sayings, what it published; a POST changes what is known about it."""
    row = visible(Agent, request.user, *AGENT_ROWS, pk=pk)
    if request.method != "POST":
        if row.trashed and row.joined_into:
            return on_to_joined(request, row)
        return agent_page(request, row, AgentForm(initial=initial_agent(row)))
    form = AgentForm(request.POST, initial=initial_agent(row))

    def perform() -> Agent:
        said = unchanged(agent_said(form), row)
        return services.edit_agent(by=request.user, agent=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return agent_page(request, visible(Agent, request.user, *AGENT_ROWS, pk=pk), form, error)

    def on_done(row: Agent) -> HttpResponse:
        messages.success(request, gettext("Saved."))
        return go(request, reverse("web:agent", args=[row.pk]))

    return perform_write(request, perform, on_done, on_error)


def on_to_joined(request: WebRequest, row: Agent) -> HttpResponse:
    """Whoever comes by an old address is led to the agent that this one turned out to be."""
    found = joined_agent(row)
    words = gettext("“%(old)s” was joined into “%(new)s”.") % {"old": row.name, "new": found.name}
    messages.info(request, words)
    return go(request, reverse("web:agent", args=[found.pk]))


def agent_page(
    request: WebRequest,
    row: Agent,
    form: AgentForm,
    error: WorkbenchError | None = None,
    rating_form: RatingForm | None = None,
) -> HttpResponse:
    person = request.user
    positions = Position.objects.visible_to(person).active().filter(Q(agent=row) | Q(on_behalf_of=row))
    sayings = Attribution.objects.visible_to(person).active().filter(Q(agent=row) | Q(recipient=row))
    context = {
        "section": "project",
        "project": row.project,
        "agent": row,
        "aliases": row.aliases.order_by("id"),
        "positions": positions.select_related("agent", "on_behalf_of", "dispute").newest_first()[:SHOWN],
        "sayings": sayings.select_related("agent", "recipient", "content__article").newest_first()[:SHOWN],
        "published": Source.objects.visible_to(person).active().filter(publisher=row).newest_first()[:SHOWN],
        "joined": row.joined.order_by("name"),
        "alike": alike_to(row) if not row.trashed else [],
        "told_apart": told_apart_from(row),
        "ratings": ratings_of(row),
        "rating_form": rating_form or RatingForm(),
        "may_rate": may_rate_agent(person, row.project),
        "may_add": may_add_agent(person, row.project_id),
        "form": form,
        "may": may_edit_agent(person, row),
        "events": told(history_of("agent", row.pk, person)[:EVENTS_SHOWN], person, {str(row.pk): ""}),
        "error": error,
        "differences": differences(error, form, initial_agent(row)),
    }
    return page(request, "annotations/agents/detail.html", context, status_of(error) if error else 200)


@require_POST
def trash_agent(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Agent, request.user, pk=pk)
    address = reverse("web:agent", args=[pk])
    return trashed(
        request, lambda version: services.trash_agent(by=request.user, agent=row, version=version), address, "agent"
    )


@require_POST
def restore_agent(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Agent, request.user, pk=pk)
    address = reverse("web:agent", args=[pk])
    return restored(
        request,
        lambda version: services.restore_agent(by=request.user, agent=row, version=version),
        address,
        "agent",
    )


# -- one or two -------------------------------------------------------------------------------------------------------


@require_safe
def alike_agents(request: WebRequest, slug: str) -> HttpResponse:
    """The agents of a project that may be one, with the reason. Joining is done by hand, one by one."""
    project = visible(Project, request.user, slug=slug)
    return pairs_page(request, project, alike(project))


def pairs_page(request: WebRequest, project: Project, pairs: list[Alike]) -> HttpResponse:
    context = {
        "section": "project",
        "project": project,
        "same": [pair for pair in pairs if pair.match.is_same],
        "other": [pair for pair in pairs if not pair.match.is_same],
        "may_add": may_add_agent(request.user, project.pk),
    }
    return page(request, "annotations/agents/alike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def join_agents(request: WebRequest, pk: UUID) -> HttpResponse:
    """Both agents side by side, `?other=` the one that would go; a POST joins them."""
    row = visible(Agent, request.user, *AGENT_ROWS, pk=pk)
    if request.method != "POST" and "other" not in request.GET:
        return pairs_page(request, row.project, alike_to(row))
    if request.method != "POST":
        return join_page(request, row, visible(Agent, request.user, *AGENT_ROWS, pk=as_uuid(request.GET.get("other"))))

    def perform() -> Agent:
        other = other_in(request, row)
        return services.join_agents(by=request.user, agent=row, version=version_of(request), other=other)

    def on_done(row: Agent) -> HttpResponse:
        messages.success(request, gettext("Joined. Everything that named the other one names this one now."))
        return go(request, reverse("web:agent", args=[pk]))

    return perform_write(request, perform, on_done)


def join_page(request: WebRequest, row: Agent, other: Agent) -> HttpResponse:
    if row.project_id != other.project_id or row == other:
        raise NotFound("There is nothing here.")
    context = {
        "section": "project",
        "project": row.project,
        "agent": row,
        "match": compare(row.name, other.name),
        "sides": [
            {"agent": side, "aliases": side.aliases.order_by("id"), "names": pointers_to(side, request.user)}
            for side in (row, other)
        ],
        "other": other,
        "may_join": may_join_agents(request.user, row, other),
        "may_add": may_add_agent(request.user, row.project_id),
    }
    return page(request, "annotations/agents/join.html", context)


def other_in(request: WebRequest, row: Agent) -> Agent:
    """The agent that a form names. Raises Invalid."""
    return related(Agent, request.POST.get("other"), person=request.user, project=row.project, field="other")


@require_POST
def separate_agents(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Agent, request.user, *AGENT_ROWS, pk=pk)

    def perform() -> Agent:
        pk_said = str(as_uuid(request.POST.get("other")) or UUID(int=0))
        joined = Agent.objects.visible_to(request.user).filter(project=row.project, joined_into__isnull=False)
        other = joined.filter(pk=pk_said).select_related("project").first()
        if other is None:
            raise Invalid.field("other", "There is no such agent in this project.")
        return services.separate_agents(by=request.user, agent=row, version=version_of(request), other=other)

    return perform_write(request, perform, lambda row: go(request, reverse("web:agent", args=[pk])))


@require_POST
def tell_apart(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Agent, request.user, *AGENT_ROWS, pk=pk)

    def perform() -> AgentDistinction:
        reason = request.POST.get("reason", "")
        return services.tell_apart(by=request.user, agent=row, other=other_in(request, row), reason=reason)

    return perform_write(request, perform, lambda _: go(request, reverse("web:agent", args=[pk])))


@require_POST
def trash_distinction(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(AgentDistinction, request.user, pk=pk)
    address = reverse("web:agent", args=[row.agent_id])
    return trashed(
        request,
        lambda version: services.trash_distinction(by=request.user, distinction=row, version=version),
        address,
        "distinction",
    )


@require_POST
def restore_distinction(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(AgentDistinction, request.user, pk=pk)
    address = reverse("web:agent", args=[row.agent_id])
    return restored(
        request,
        lambda version: services.restore_distinction(by=request.user, distinction=row, version=version),
        address,
        "distinction",
    )


# -- grades -----------------------------------------------------------------------------------------------------------


@require_POST
def rate_agent(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(Agent, request.user, *AGENT_ROWS, pk=pk)
    form = RatingForm(request.POST)

    def perform() -> AgentRating:
        return services.rate_agent(by=request.user, agent=row, **filled(form))

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return agent_page(request, row, AgentForm(initial=initial_agent(row)), error, form)

    return perform_write(request, perform, lambda _: go(request, reverse("web:agent", args=[pk])), on_error)


@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: WebRequest, pk: UUID) -> HttpResponse:
    """One grade with its history; a POST corrects it."""
    row = visible(AgentRating, request.user, *RATING_ROWS, pk=pk)
    form = CorrectRatingForm(posted(request), initial=initial_rating(row))
    if request.method != "POST":
        return rating_page(request, row, form)

    def perform() -> AgentRating:
        said = unchanged(filled(form), row)
        if said.get("rated_on", "") is None:
            said.pop("rated_on")
        return services.edit_rating(by=request.user, rating=row, version=version_of(request), **said)

    return rating_written(request, row, perform, form=form)


@require_POST
def trash_rating(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(AgentRating, request.user, *RATING_ROWS, pk=pk)
    form = WithdrawRatingForm(request.POST)

    def perform() -> AgentRating:
        because = filled(form).get("because", "")
        return services.trash_rating(by=request.user, rating=row, version=version_of(request), because=because)

    return rating_written(request, row, perform, withdraw_form=form)


@require_POST
def restore_rating(request: WebRequest, pk: UUID) -> HttpResponse:
    row = visible(AgentRating, request.user, *RATING_ROWS, pk=pk)
    return rating_written(
        request,
        row,
        lambda: services.restore_rating(by=request.user, rating=row, version=version_of(request)),
    )
