"""The form of an attribution: who says it, how they are named, through whom."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from annotations.models import Attribution
from annotations.models.agents import AGENT_KINDS
from annotations.models.attributions import ACCESSES, ATTRIBUTION_BASES, FORMS, NAMINGS, TERMS, TONES
from annotations.web.fields import Choice, Line, Number, Text, WriteForm, blank_first

Menu = list[tuple[str, str]]
PLAIN = ("form", "naming", "count", "access", "terms", "tone", "basis", "note")
BASIS_WORDS = dict(ATTRIBUTION_BASES) | {
    "stated": _("stated in the text"),
    "inferred": _("inferred from the text"),
    "external": _("known from evidence, not from the text"),
}


class AttributionChoices(NamedTuple):
    """What a speaker, a cue, a relaying attribution and a proof can be chosen from."""

    spans: Menu
    parents: Menu
    evidence: Menu


KEPT = "kept"  # chosen where the span that is stored stays


def stored(said: Attribution | None, span: str) -> Menu:
    """The span that an attribution has, to be kept."""
    quote = getattr(said, f"{span}_quote", "")
    return [(KEPT, f"“{quote[:60]}”")] if quote else []


def initial_saying(said: Attribution) -> dict[str, Any]:
    """What the form shows for an attribution."""
    return {name: getattr(said, name) for name in PLAIN} | {
        "agent": said.agent.name if said.agent else "",
        "recipient": said.recipient.name if said.recipient else "",
        "parent": said.parent_id or "",
        "evidence": said.evidence_id or "",
        "speaker": KEPT if said.speaker_quote else "",
        "cue": KEPT if said.cue_quote else "",
    }


class AttributionForm(WriteForm):
    """`agent` is a name, found or made. `speaker` and `cue` name annotations of the article, whose spans are taken."""

    called = "attribution"

    agent = Line(
        _("Who says it"),
        max_length=200,
        attrs={"list": "agents"},
        help_text=_("A name; a new one is added to the agents."),
    )
    recipient = Line(_("To whom it is said"), max_length=200, attrs={"list": "agents"})
    agent_kind = Choice(_("A new name is a"), AGENT_KINDS, initial="person")
    naming = Choice(_("In the text the speaker is"), NAMINGS, required=True, initial="named")
    basis = Choice(_("Known because it is"), BASIS_WORDS.items(), required=True, initial="stated")
    parent = Choice(_("Through whom"), ())
    speaker = Choice(_("The speaker’s words in the text"), ())
    cue = Choice(_("The cue (“said”, “according to”)"), ())
    form = Choice(_("Form"), FORMS, required=True, initial="indirect")
    tone = Choice(_("Tone of the cue"), TONES, required=True, initial="neutral")
    count = Number(_("How many speakers"), 1, 1_000_000)
    access = Choice(_("How they know"), ACCESSES, required=True, initial="not_stated")
    terms = Choice(_("Terms"), TERMS, required=True, initial="not_stated")
    evidence = Choice(_("Known from"), ())
    note = Text(_("Note"), rows=2)

    def __init__(self, *args: Any, choices: AttributionChoices, said: Attribution | None = None, **kwargs: Any) -> None:
        """`said` is the attribution that the form changes; its own spans stay on offer as they are."""
        super().__init__(*args, **kwargs)
        menus = {
            "parent": blank_first(choices.parents, _("nobody: said directly")),
            "speaker": blank_first(stored(said, "speaker") + choices.spans, _("not marked")),
            "cue": blank_first(stored(said, "cue") + choices.spans, _("not marked")),
            "evidence": blank_first(choices.evidence, _("no evidence")),
        }
        for name, menu in menus.items():
            self.fields[name].choices = menu  # type: ignore[attr-defined]
