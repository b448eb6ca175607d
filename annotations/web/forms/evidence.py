"""The forms of evidence: what a source says about a claim, the source chosen or described in the same form."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from annotations.core.errors import Invalid
from annotations.core.sentences import say
from annotations.models import Agent, Claim, Evidence, Origin, Person, Project, Source
from annotations.models.agents import RELIABILITIES
from annotations.models.evidence import EVIDENCE_STANCES, GROUNDS, LOCATOR_KINDS
from annotations.models.sources import SOURCE_KINDS
from annotations.web.fields import Choice, Line, Number, Several, Text, Tick, WriteForm, blank_first

CHOICES_AT_MOST = 300  # a longer menu is no help; the address finds a source too
GROUND_HELP = _("A bare assertion is a position: it is shown, and adds to no count.")
USUAL = _("the usual one")
USUAL_HELP = _(
    "Usual: the document for what was said; an account passed on for support; a bare assertion for a denial."
)
ADDRESSES_AT_MOST = 20  # pages that one form adds at once


class EvidenceChoices(NamedTuple):
    """The menus of the form, read once for all forms of a page."""

    sources: list[tuple[str, str]]
    origins: list[tuple[str, str]]
    has_grades: bool


def evidence_choices(person: Person, project: Project) -> EvidenceChoices:
    """Two queries."""
    return EvidenceChoices(
        menu_of(Source, person, project, "title"), menu_of(Origin, person, project, "label"), project.grades
    )


def choices_with(choices: EvidenceChoices, row: Evidence) -> EvidenceChoices:
    """The same, and what a stored row names in any case: old, or in the trash by now."""
    source, origin = (str(row.source_id), str(row.source)), (str(row.origin_id), str(row.origin))
    return choices._replace(
        sources=list(dict.fromkeys([*choices.sources, source])),
        origins=list(dict.fromkeys([*choices.origins, *([origin] if row.origin_id else [])])),
    )


class SourceSaysForm(WriteForm):
    """A source and its origin; what it says on each statement stands in `PassageForm`s beside it.

    `source` empty: a new one with `url`, `title`, `publisher`. `origin` and `origin_label` empty: untraced.
    """

    called = "says"

    source = Choice(_("Which source"), ())
    url = Line(_("Address"), kind="url", max_length=2000, attrs={"placeholder": "https://"})
    title = Line(_("Title"), max_length=500)
    publisher = Line(_("Publisher"), max_length=200, attrs={"list": "agents"})
    kind = Choice(_("Kind"), SOURCE_KINDS, initial="article")
    origin = Choice(_("Origin"), ())
    origin_label = Line(_("New origin"), max_length=200, help_text=_("Who or what it all goes back to."))
    note = Text(_("Note"), rows=2)

    def __init__(self, *args: Any, choices: EvidenceChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = blank_first(choices.sources, _("a new one"))  # type: ignore[attr-defined]
        self.fields["origin"].choices = blank_first(choices.origins, _("untraced, or new"))  # type: ignore[attr-defined]


GRADED = ("credibility", "reliability", "reliability_reason")


class SheetForm(SourceSaysForm):
    """The same for a sheet of statements: several addresses, one a line, that say the same; origins by name."""

    url = Text(  # type: ignore[assignment]
        _("Address"),
        help_text=_("Several pages that say the same: one a line."),
        rows=1,
        attrs={"placeholder": "https://", "autofocus": True, "inputmode": "url"},
    )
    origin_label = Line(
        _("Goes back to"),
        max_length=200,
        attrs={"list": "origins"},
        help_text=_("Who or what it all began with. Empty: untraced, and counted apart."),
    )
    fetch = Tick(_("Save a copy of each page, and read its title, publisher and date from it"))

    @property
    def addresses(self) -> list[str]:
        """The addresses that were typed, each once. Raises Invalid for a title that several would share."""
        found = list(dict.fromkeys(line.strip() for line in self.typed.get("url", "").splitlines() if line.strip()))
        if len(found) > ADDRESSES_AT_MOST:
            raise Invalid.field("url", say("At most {most} addresses at once.", most=ADDRESSES_AT_MOST))
        if len(found) > 1 and any(self.typed.get(name, "").strip() for name in ("title", "publisher", "source")):
            raise Invalid.field("url", "A title, a publisher or a chosen source is of one page; give one address.")
        return found


class EvidenceForm(SourceSaysForm):
    """The same, with what the source says about one claim."""

    called = "evidence"
    field_order = ("stance", "source", "url", "title", "publisher", "kind", "ground", "quote", "locator", "origin")

    stance = Choice(_("The source"), EVIDENCE_STANCES, required=True, radios=True)
    ground = Choice(_("Ground"), blank_first(GROUNDS, USUAL), help_text=GROUND_HELP)
    quote = Text(_("Its words"), rows=2, help_text=_("Exactly, as far as they bear on the claim."))
    locator_kind = Choice(_("Place"), blank_first(LOCATOR_KINDS))
    locator = Line(_("Where in it"), max_length=300, help_text=_("Page, paragraph, minute."))
    reliability = Choice(_("Grade, if not its publisher’s"), blank_first(RELIABILITIES, _("as its publisher")))
    reliability_reason = Line(_("Why another grade"), max_length=2000)
    credibility = Number(_("Credibility"), 1, 6, help_text=_("1 confirmed to 5 improbable; 6 cannot be judged."))

    def __init__(self, *args: Any, choices: EvidenceChoices, **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        if not choices.has_grades and not any(self.initial.get(name) for name in GRADED):
            for name in GRADED:  # what was entered stays to be seen and taken back, also where grades are off
                del self.fields[name]


def menu_of(model: Any, person: Person, project: Project, column: str) -> list[tuple[str, str]]:
    """The project's rows as a menu, the newest first."""
    rows = model.objects.visible_to(person).active().filter(project=project).newest_first()
    return [(str(pk), words) for pk, words in rows.values_list("pk", column)[:CHOICES_AT_MOST]]


def agent_names(person: Person, project: Project) -> list[str]:
    """What fields that take a name suggest. One query."""
    rows = Agent.objects.visible_to(person).active().filter(project=project).order_by("name")
    return list(rows.values_list("name", flat=True)[:CHOICES_AT_MOST])


# -- one source on several statements ---------------------------------------------------------------------------------


class PassageForm(WriteForm):
    """What the source says on one statement."""

    called = "passage"

    stance = Choice(_("The source"), blank_first(EVIDENCE_STANCES, _("is silent")), radios=True)
    ground = Choice(_("Ground"), blank_first(GROUNDS, USUAL), help_text=USUAL_HELP)
    quote = Text(_("Its words"), rows=2)
    locator_kind = Choice(_("Place"), blank_first(LOCATOR_KINDS))
    locator = Line(_("Where in it"), max_length=300)

    def __init__(self, *args: Any, claim: Claim, name: str, because: str = "", **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(claim.pk), **kwargs)
        self.claim, self.name, self.because = claim, name, because

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """A refusal inside stands beside the fields of this statement, and says which one above the whole form."""
        try:
            yield
        except Invalid as error:
            self.refuse(error)
            raise Invalid(say("{name}: {reason}", name=self.name, reason=error.message)) from error


def initial_evidence(evidence: Evidence) -> dict[str, Any]:
    columns = ("stance", "ground", "quote", "locator", "locator_kind", *GRADED, "note")
    rows = {"source": str(evidence.source_id), "origin": str(evidence.origin_id or "")}
    return {column: getattr(evidence, column) for column in columns} | rows


# -- several pieces that carry a stance only together; notes for the desk ---------------------------------------------


class EvidenceSetForm(WriteForm):
    called = "set"

    members = Several(_("These pieces"), ())
    stance = Choice(_("Only together they"), EVIDENCE_STANCES, required=True)
    note = Line(_("How they fit together"), max_length=2000)

    def __init__(self, *args: Any, evidence: Iterable[Evidence] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(str(row.pk), f"{row.source}: {row.quote[:60]}" if row.quote else str(row.source)) for row in evidence]
        self.fields["members"].choices = free  # type: ignore[attr-defined]


class ConfidentialNoteForm(WriteForm):
    called = "confidential"

    text = Text(
        _("A note for the desk alone"),
        required=True,
        rows=2,
        help_text=_("Read by adjudicators, managers and you. No export, feed, history or search carries it."),
    )
