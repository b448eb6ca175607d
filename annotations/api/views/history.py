"""The change feed of a project."""

from typing import Any

from rest_framework.request import Request

from annotations.api.actions import tells
from annotations.api.lists import USUAL, next_address
from annotations.api.records import PROJECT
from annotations.api.serializers.history import FeedQuery, FeedShape
from annotations.models import Person, Project
from annotations.queries.history import event_rows, feed


@tells(FeedShape, find=PROJECT.find, query=FeedQuery)
def list_events(person: Person, project: Project, request: Request, query: dict[str, Any]) -> dict[str, Any]:
    """What happened in a project, in order. Come back with the number of the last event that you have."""
    limit = query.get("limit", USUAL)
    events = list(event_rows(feed(project, person, query.get("after", 0))[: limit + 1]))
    results = events[:limit]
    following = next_address(request, limit, after=results[-1]["number"]) if len(events) > limit else None
    return {"next": following, "results": results}
