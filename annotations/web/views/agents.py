"""Agents: who says, publishes or disputes something, with every spelling of their names."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import WorkbenchError
from annotations.core.names import name_key
from annotations.models import Agent, Attribution, Position, Project, Source
from annotations.models.agents import AGENT_KINDS
from annotations.policies.agents import may_add_agent, may_edit_agent
from annotations.queries.history import history_of, told
from annotations.queries.lookups import visible
from annotations.refusals import status_of
from annotations.services import agents as services
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.agents import AgentForm, initial_agent, spellings_in
from annotations.web.lists import kept, known, page_of, words_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.stale import differences
from annotations.web.trashing import restored, trashed

SHOWN = 50  # of what an agent said, published or stood for; the rest is found in the lists
EVENTS_SHOWN = 10


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
    row = visible(Agent, request.user, "project", "author", pk=pk)
    if request.method != "POST":
        return agent_page(request, row, AgentForm(initial=initial_agent(row)))
    form = AgentForm(request.POST, initial=initial_agent(row))

    def perform() -> Agent:
        said = unchanged(agent_said(form), row)
        return services.edit_agent(by=request.user, agent=row, version=version_of(request), **said)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return agent_page(request, visible(Agent, request.user, "project", "author", pk=pk), form, error)

    def on_done(row: Agent) -> HttpResponse:
        messages.success(request, "Saved.")
        return go(request, reverse("web:agent", args=[row.pk]))

    return perform_write(request, perform, on_done, on_error)


def agent_page(request: WebRequest, row: Agent, form: AgentForm, error: WorkbenchError | None = None) -> HttpResponse:
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
