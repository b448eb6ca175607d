"""The forms of sources and of the origins that several of them go back to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import Origin, Source
from annotations.models.articles import BASES
from annotations.models.sources import LEVELS, SOURCE_KINDS
from annotations.web.fields import Choice, Line, Text, Tick, WriteForm, blank_first
from annotations.web.forms.disputes import DATE_HELP

COLUMNS = (
    "kind", "title", "url", "published_on", "published_basis", "level", "interest", "memento_url", "archive_url",
    "watched", "note",
)  # fmt: skip


class SourceForm(WriteForm):
    """`publisher` is a name, found among the agents or new."""

    called = "source"

    title = Line(_("Title"), required=True, max_length=500)
    url = Line(_("Address"), kind="url", max_length=2000, attrs={"placeholder": "https://"})
    publisher = Line(
        _("Publisher"), max_length=200, attrs={"list": "agents"}, help_text=_("A new name makes a new outlet.")
    )
    kind = Choice(_("Kind"), SOURCE_KINDS, required=True, initial="article")
    published_on = Line(_("Published"), max_length=10, help_text=DATE_HELP)
    published_basis = Choice(_("That date is"), blank_first(BASES))
    level = Choice(
        _("Level"),
        blank_first(LEVELS),
        help_text=_("Primary: it was there. Secondary: it retells. Tertiary: it sums up."),
    )
    interest = Text(_("What they have at stake"), rows=2, help_text=_("Who made it, who paid for it, what they want."))
    memento_url = Line(_("Memento"), kind="url", max_length=2000, help_text=_("Its address in a web archive, by date."))
    archive_url = Line(_("Archive"), kind="url", max_length=2000, help_text=_("Where else a copy of it is kept."))
    watched = Tick(_("Watch its address, and say when the page changes"))
    citation = Text(_("Citation"), rows=3, help_text=_("BibTeX, RIS or CSL-JSON. “Read” fills in the fields above."))
    note = Text(_("Note"), rows=2)


class OriginForm(WriteForm):
    called = "origin"

    label = Line(_("What it all goes back to"), required=True, max_length=200)
    note = Text(_("Note"), rows=2)


def initial_source(source: Source) -> dict[str, Any]:
    publisher = source.publisher.name if source.publisher else ""
    return {column: getattr(source, column) for column in COLUMNS} | {"publisher": publisher}


def initial_origin(origin: Origin) -> dict[str, Any]:
    return {"label": origin.label, "note": origin.note}
