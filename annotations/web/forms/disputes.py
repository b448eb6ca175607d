"""The forms of disputes: the question and its statements, one party's position, and the moves.

A form for each statement stands in the same page; its prefix is the claim's id, so that names never depend on order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import Annotation, Claim, Dispute, Evidence, Membership, Person, Position, Project, Stance
from annotations.models.agents import AGENT_KINDS
from annotations.models.disputes import SCOPES_OF_STANCE, STANCES
from annotations.templatetags.words import SHOWN, in_words
from annotations.web.fields import Choice, Choices, Line, Several, Text, WriteForm, blank_first

CLAIMS_AT_MOST = 200  # in the list of claims to choose from; others are chosen from their own page
DATE_HELP = _("As much as is known: YYYY, YYYY-MM or YYYY-MM-DD")
STANCE_WORDS = [(stance, SHOWN[stance].words) for stance, _ in STANCES]


class DisputeForm(WriteForm):
    """The question and what would settle it. Which claims are its statements stands in `StatementForm`s beside it."""

    called = "dispute"

    question = Text(
        _("The question"), required=True, rows=2, help_text=_("One question that the parties answer differently.")
    )
    would_settle = Text(_("What would settle it"), help_text=_("One thing a line, before anybody has found it."))
    would_not_settle = Text(_("What would not"), help_text=_("What would look like an answer and is none."))
    owner = Choice(_("Who looks after it"), ())

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = blank_first(members_of(project), _("nobody yet"))  # type: ignore[attr-defined]


class StatementForm(WriteForm):
    """Whether one claim is a statement of the dispute; a reason sets it out of scope."""

    called = "statement"

    chosen = Several(_("Statement"), [("yes", _("A statement of this dispute"))])
    out_of_scope = Line(_("Out of scope because"), help_text=_("Leave empty for what is to be judged."))

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(claim.pk), **kwargs)
        self.claim = claim

    @property
    def is_chosen(self) -> bool:
        return bool(self["chosen"].value())


class PositionForm(WriteForm):
    """Who stands where, apart from the stances. Parties are named; a name that is not known yet makes a new agent."""

    called = "position"

    agent = Line(
        _("Party"),
        required=True,
        max_length=200,
        attrs={"list": "agents"},
        help_text=_("A new name makes a new agent."),
    )
    agent_kind = Choice(_("If it is new, it is a"), AGENT_KINDS, initial="person")
    on_behalf_of = Line(_("On behalf of"), max_length=200, attrs={"list": "agents"})
    on_behalf_of_kind = Choice(_("If that is new, it is a"), AGENT_KINDS, initial="body")
    channel = Line(
        _("Channel"),
        max_length=300,
        help_text=_("How it came to be known: an interview, a press release, relayed by somebody."),
    )
    stated_on = Line(
        _("Stated on"),
        max_length=10,
        help_text=_("YYYY, YYYY-MM or YYYY-MM-DD. A later date supersedes and keeps the earlier."),
    )
    interest = Text(_("Interest"), rows=2, help_text=_("What the party has at stake, or that it declared none."))
    sourcing = Text(_("Sourcing"), rows=2, help_text=_("What its word rests on."))
    note = Text(_("Note"), rows=2)
    rest = Choice(_("On all other statements, it"), ())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rest"].choices = blank_first(STANCE_WORDS[3:], _("is left out"))  # type: ignore[attr-defined]


class StanceForm(WriteForm):
    """What a party says on one statement, and where that is read."""

    called = "stance"

    stance = Choice(_("Stance"), blank_first(STANCE_WORDS, _("Left out")), radios=True)
    scope = Choice(_("It takes on"), blank_first(SCOPES_OF_STANCE))
    spans = Several(_("Read in these spans"), ())
    others = Several(_("Other spans of the same articles"), ())
    evidence = Several(_("Read in this evidence"), ())

    def __init__(
        self,
        *args: Any,
        claim: Claim,
        name: str,
        mentions: Choices = (),
        others: Choices = (),
        evidence: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=str(claim.pk), **kwargs)
        self.claim, self.name = claim, name
        for field, choices in (("spans", mentions), ("others", others), ("evidence", evidence)):
            self.fields[field].choices = list(choices)  # type: ignore[attr-defined]
            if not self.fields[field].choices:  # type: ignore[attr-defined]
                del self.fields[field]

    @property
    def is_open(self) -> bool:
        """Whether what is folded away holds something."""
        return any(self[name].value() for name in ("scope", "spans", "others", "evidence") if name in self.fields)


class SendBackForm(WriteForm):
    called = "send-back"
    comment = Text(_("What has to be done first"), required=True, rows=2)


class DismissForm(WriteForm):
    called = "dismiss"
    reason = Text(_("Why it is not a dispute"), required=True, rows=2)


WORTH_REOPENING = {
    "new_evidence": _("new evidence"),
    "statement": _("a party's statement"),
    "changed_text": _("a changed text"),
    "own_error": _("our own error"),
}


class ReopenForm(WriteForm):
    called = "reopen"
    what = Choice(
        _("What has come up"),
        WORTH_REOPENING.items(),
        required=True,
        radios=True,
    )
    reason = Text(_("What it is"), required=True, rows=2)


# -- what the forms offer ---------------------------------------------------------------------------------------------


def members_of(project: Project) -> list[tuple[str, str]]:
    """The people of the project by id: any of them may look after something."""
    rows = Membership.objects.active().filter(project=project).select_related("person").order_by("person__username")
    return [(str(row.person_id), str(row.person)) for row in rows]


def span_words(annotation: Annotation) -> str:
    return f"{annotation.label.name}: “{annotation.quote}”"


def evidence_words(evidence: Evidence) -> str:
    quote = f": “{evidence.quote}”" if evidence.quote else ""
    return f"{evidence.source.title}, {in_words(evidence.stance).lower()} ({in_words(evidence.ground)}){quote}"


def claims_to_choose(project: Project, person: Person, first: Sequence[Claim]) -> list[Claim]:
    """The claims that are chosen already, in their order, then the newest others. One query."""
    rows = Claim.objects.visible_to(person).active().filter(project=project).newest_first()
    others = rows.exclude(pk__in=[claim.pk for claim in first])
    return [*first, *others[:CLAIMS_AT_MOST]]


def initial_position(position: Position) -> dict[str, Any]:
    behalf = position.on_behalf_of
    columns = ("channel", "stated_on", "interest", "sourcing", "note")
    named = {"agent": position.agent.name, "on_behalf_of": behalf.name if behalf else ""}
    return named | {column: getattr(position, column) for column in columns}


def initial_stance(stance: Stance | None, mentions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    if stance is None:
        return {}
    cited = list(stance.citations.all())
    spans = [str(one.annotation_id) for one in cited if one.annotation_id]
    own = {pk for pk, _ in mentions}
    return {
        "stance": stance.stance,
        "scope": stance.scope,
        "spans": [pk for pk in spans if pk in own],
        "others": [pk for pk in spans if pk not in own],
        "evidence": [str(one.evidence_id) for one in cited if one.evidence_id],
    }


def initial_statements(dispute: Dispute | None, chosen: Iterable[Claim]) -> Mapping[Any, dict[str, Any]]:
    """What the statement forms show at first, by claim id."""
    initial: dict[Any, dict[str, Any]] = {claim.pk: {"chosen": ["yes"]} for claim in chosen}
    for row in dispute.statements.all() if dispute else ():
        initial[row.claim_id] = {"chosen": ["yes"], "out_of_scope": row.out_of_scope_because}
    return initial
