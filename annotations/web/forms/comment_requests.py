"""The forms of requests for comment: asking a party, and what came of it. Times are those of the project's zone."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import CommentRequest, Project
from annotations.models.agents import AGENT_KINDS
from annotations.web.fields import Choice, Line, Text, Tick, WriteForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AS_TYPED = "%Y-%m-%dT%H:%M"
OUTCOMES_TO_SAY = [
    ("answered", _("It answered")),
    ("declined", _("It declined to comment")),
    ("no_reply", _("It gave no reply")),
    ("awaited", _("Still awaited")),
]


class When(Line):
    """A day and time as a browser's own field sends it, in the zone that `in_zone` gives it."""

    zone: ZoneInfo = ZoneInfo("UTC")

    def __init__(self, label: "StrOrPromise", **kwargs: Any) -> None:
        super().__init__(label, kind="datetime-local", **kwargs)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        try:
            return datetime.fromisoformat(words).replace(tzinfo=self.zone)
        except (ValueError, OverflowError) as error:
            raise ValidationError(gettext("A day and a time, as 2023-11-16T09:30.")) from error


def in_zone(form: WriteForm, project: Project) -> None:
    for one in form.fields.values():
        if isinstance(one, When):
            one.zone = ZoneInfo(project.zone)


def as_typed(moment: datetime | None, project: Project) -> str:
    return moment.astimezone(ZoneInfo(project.zone)).strftime(AS_TYPED) if moment else ""


class RequestForm(WriteForm):
    """Who was asked, how, when, what, and until when."""

    called = "request"

    agent = Line(
        _("Who was asked"),
        required=True,
        max_length=200,
        attrs={"list": "agents"},
        help_text=_("A new name makes a new agent."),
    )
    agent_kind = Choice(_("If it is new, it is a"), AGENT_KINDS, initial="body")
    channel = Line(_("How"), max_length=300, help_text=_("By mail, on the phone, through a spokesperson."))
    asked = Text(_("What was asked"))
    sent_at = When(_("Sent"))
    deadline = When(_("Answer by"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_zone(self, project)


class OutcomeForm(WriteForm):
    """What came of it. `fill_cells` sets the party's cells to silence; an answer's stances stand in forms beside it."""

    called = "outcome"

    outcome = Choice(_("What came of it"), OUTCOMES_TO_SAY, required=True, radios=True)
    outcome_at = When(_("When"))
    answer = Text(_("What it said"), help_text=_("In its words, where it said anything."))
    fill_cells = Tick(_("Set the party’s cells: silence on every statement that it has not spoken on"))

    def __init__(self, *args: Any, project: Project, has_cells: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_zone(self, project)
        if not has_cells:
            del self.fields["fill_cells"]


def initial_request(request: CommentRequest) -> dict[str, Any]:
    project = request.project
    return {
        "agent": request.agent.name,
        "channel": request.channel,
        "asked": request.asked,
        "sent_at": as_typed(request.sent_at, project),
        "deadline": as_typed(request.deadline, project),
    }


def initial_outcome(request: CommentRequest) -> dict[str, Any]:
    said = "" if request.outcome == "awaited" else request.outcome
    at = as_typed(request.outcome_at, request.project)
    return {"outcome": said, "outcome_at": at, "answer": request.answer, "fill_cells": request.outcome == "awaited"}
