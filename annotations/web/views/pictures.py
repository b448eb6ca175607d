"""Figures of a dispute, fetched when somebody opens them; without JavaScript they are a page of their own."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from annotations.models import Dispute
from annotations.queries.disputes import grid_of
from annotations.queries.evidence import ledger_of
from annotations.queries.lookups import visible
from annotations.web.drawing import map_of
from annotations.web.requests import WebRequest
from annotations.web.respond import page, region


@require_safe
def dispute_map(request: WebRequest, pk: UUID) -> HttpResponse:
    """Parties, statements, sources and origins of a dispute as this person may see them."""
    dispute = visible(Dispute, request.user, "project", pk=pk)
    grid = grid_of(dispute, request.user)
    ledger = ledger_of([row.claim.pk for row in grid.statements], request.user)
    context = {
        "section": "disputes",
        "project": dispute.project,
        "dispute": dispute,
        "map": map_of(grid, ledger),
    }
    if request.htmx:
        return region(request, "annotations/pictures/_dispute_map.html", context)
    return page(request, "annotations/pictures/dispute_map.html", context)
