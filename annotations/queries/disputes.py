"""Disputes with their statements, and positions with their stances, as rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from annotations.core.lifecycle import DISPUTE_MOVES, DisputeState, why_not
from annotations.core.places import Place
from annotations.models import (
    Agent,
    Claim,
    Dispute,
    Membership,
    Person,
    Position,
    Resolution,
    Stance,
    StanceCitation,
    Statement,
)
from annotations.models.disputes import latest_said, places_from
from annotations.policies.disputes import may_add_position, may_dismiss, may_edit_dispute, may_reopen, may_send_back
from annotations.policies.evidence import may_add_evidence
from annotations.policies.resolutions import (
    may_approve_resolution,
    may_dissent_from_resolution,
    may_propose_resolution,
)
from annotations.policies.roles import YES, Decision, no
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

DISPUTE = Shape(
    ids=("id", "project", "owner", "author"),
    plain=(
        "question", "would_settle", "would_not_settle", "state", "outcome", "state_reason", "trashed", "version",
    ),
    times=("created_at",),
)  # fmt: skip
POSITION = Shape(
    ids=("id", "project", "dispute", "agent", "on_behalf_of", "author"),
    plain=("channel", "stated_on", "interest", "sourcing", "note", "trashed", "version"),
    times=("created_at",),
)
STANCE = Shape(ids=("id", "position", "claim"), plain=("stance", "scope"))


def dispute_rows(queryset: "QuerySet[Any]", person: Person | None = None) -> Iterator[Row]:
    """Disputes: `{id, project, question, statements: [{id (of the claim), text, number, place, out_of_scope_because}],
    would_settle, would_not_settle, state, state_reason, outcome (empty unless closed), owner, author, trashed, version,
    created_at}`.

    `place` is computed: agreed, not_contested, in_dispute, out_of_scope, or not_stated while nobody affirms it; with
    `person`, from the positions that they may see.
    """
    return DISPUTE.rows(queryset, finish=partial(_statements, person=person))


def position_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Positions: `{id, project, dispute, agent, on_behalf_of, channel, stated_on, interest, sourcing, note, stances:
    {claim id: {stance, scope, spans: [annotation id, ...], evidence: [evidence id, ...]}}, author, trashed, version,
    created_at}`."""
    return POSITION.rows(queryset, finish=_stances)


def _statements(disputes: list[Row], person: Person | None) -> None:
    statements = of_parents(Statement, "dispute", disputes).select_related("claim").order_by("number", "id")
    by_dispute = grouped((str(row.dispute_id), row) for row in statements)
    stances = grouped((str(row.position.dispute_id), row) for row in _stances_that_count(disputes, person))
    for dispute in disputes:
        of_dispute = by_dispute.get(dispute["id"], [])
        places = places_from(of_dispute, latest_said(stances.get(dispute["id"], [])))
        dispute["statements"] = [
            {
                "id": str(statement.claim_id),
                "text": statement.claim.text,
                "number": statement.number,
                "place": places[statement.claim_id].value,
                "out_of_scope_because": statement.out_of_scope_because,
            }
            for statement in of_dispute
        ]


def _stances_that_count(disputes: list[Row], person: Person | None) -> "QuerySet[Stance]":
    """In the order that `latest_said` asks for."""
    stances = of_parents(Stance, "position__dispute", disputes).filter(position__trashed=False)
    if person is not None:
        stances = stances.filter(position__in=Position.objects.visible_to(person))
    return (
        stances.select_related("position")
        .prefetch_related("citations__evidence")
        .order_by("position__stated_on", "position_id")
    )


def _stances(positions: list[Row]) -> None:
    stances = list(STANCE.rows(of_parents(Stance, "position", positions).order_by("id")))
    citations = of_parents(StanceCitation, "stance", stances).order_by("id")
    cited = grouped(citations.values_list(IdText("stance"), IdText("annotation"), IdText("evidence")))
    by_position: dict[str, Row] = {position["id"]: {} for position in positions}
    for stance in stances:
        pairs = cited.get(stance.pop("id"), [])
        stance["spans"] = [annotation for annotation, _ in pairs if annotation]
        stance["evidence"] = [evidence for _, evidence in pairs if evidence]
        by_position[stance.pop("position")][stance.pop("claim")] = stance
    for position in positions:
        position["stances"] = by_position[position["id"]]


# -- the grid: statements by parties ----------------------------------------------------------------------------------

ORDER_OF_PLACES = (Place.IN_DISPUTE, Place.AGREED, Place.NOT_CONTESTED, Place.NOT_STATED, Place.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party says on one statement: the stance that counts, and those it superseded, newest first."""

    party: "Party"
    stance: Stance | None
    earlier: list[Stance]


@dataclass(frozen=True, slots=True)
class Party:
    """One column: an agent and its positions, newest first."""

    agent: Agent
    positions: list[Position]

    @property
    def latest(self) -> Position:
        return self.positions[0]


@dataclass(frozen=True, slots=True)
class StatementSeen:
    """One row: `name` is `S1`, `place` is computed, `because` says why it is out of scope."""

    name: str
    claim: Claim
    place: Place
    because: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """Who says what on which statement, as one person may see it."""

    statements: list[StatementSeen]
    parties: list[Party]

    @property
    def by_place(self) -> list[tuple[Place, list[StatementSeen]]]:
        """The statements grouped, what is in dispute first."""
        groups = [(place, [row for row in self.statements if row.place == place]) for place in ORDER_OF_PLACES]
        return [(place, rows) for place, rows in groups if rows]

    @property
    def in_dispute(self) -> list[StatementSeen]:
        return [row for row in self.statements if row.place == Place.IN_DISPUTE]

    @property
    def names(self) -> dict[str, str]:
        """`S1` by claim id as text."""
        return {str(row.claim.pk): row.name for row in self.statements}


def grid_of(dispute: Dispute, person: Person) -> Grid:
    """Statements and positions with computed places. Four queries; positions in the trash are left out."""
    statements = list(dispute.statements.select_related("claim"))
    positions = list(
        dispute.positions.visible_to(person)
        .active()
        .select_related("agent", "on_behalf_of", "author")
        .order_by("stated_on", "id")
    )
    stances = _stances_of(positions)
    current = latest_said(stances)
    places = places_from(statements, current)
    parties = _parties(positions)
    rows = [
        StatementSeen(
            f"S{row.number}",
            row.claim,
            places[row.claim_id],
            row.out_of_scope_because,
            [_cell(party, row.claim_id, stances, current) for party in parties],
        )
        for row in statements
    ]
    return Grid(rows, parties)


def quoted_in(grid: Grid) -> set[UUID]:
    """The annotations in which the parties say what the cells show."""
    stances = [cell.stance for row in grid.statements for cell in row.cells if cell.stance]
    return {cited.annotation_id for stance in stances for cited in stance.citations.all() if cited.annotation_id}


def _stances_of(positions: list[Position]) -> list[Stance]:
    """The stances of these positions in their order, each holding its position and what it is read from."""
    by_id = {position.pk: position for position in positions}
    cited = StanceCitation.objects.select_related("annotation", "evidence__source__publisher").order_by("id")
    rows = Stance.objects.filter(position__in=positions).prefetch_related(Prefetch("citations", cited)).order_by("id")
    found = list(rows)
    for row in found:
        row.position = by_id[row.position_id]
    order = {position.pk: at for at, position in enumerate(positions)}
    return sorted(found, key=lambda row: order[row.position_id])


def _parties(positions: list[Position]) -> list[Party]:
    """In the order in which they first spoke; undated ones after those, so that order says nothing of weight."""
    columns: dict[Any, list[Position]] = {}
    for position in sorted(positions, key=lambda row: (not row.stated_on, row.stated_on, row.pk)):
        columns.setdefault(position.agent_id, []).append(position)
    return [
        Party(rows[0].agent, sorted(rows, key=lambda row: (row.stated_on, row.pk), reverse=True))
        for rows in columns.values()
    ]


def _cell(party: Party, claim_id: UUID, stances: list[Stance], current: list[Stance]) -> Cell:
    said = [row for row in stances if row.position.agent_id == party.agent.pk and row.claim_id == claim_id]
    counts = next((row for row in said if row in current), None)
    return Cell(party, counts, [row for row in reversed(said) if row is not counts])


def places_of(disputes: Iterable[Dispute], person: Person) -> dict[UUID, dict[Any, Place]]:
    """For a list of disputes: the place of each statement by claim id, by dispute id. At most five queries in all."""
    ids = [dispute.pk for dispute in disputes]
    statements, stances = defaultdict(list), defaultdict(list)
    for statement in Statement.objects.filter(dispute__in=ids):
        statements[statement.dispute_id].append(statement)
    positions = Position.objects.visible_to(person).active().filter(dispute__in=ids)
    rows = (
        Stance.objects.filter(position__in=positions)
        .select_related("position")
        .prefetch_related("citations__evidence")
        .order_by("position__stated_on", "position_id")
    )
    for row in rows:
        stances[row.position.dispute_id].append(row)
    return {pk: places_from(statements[pk], latest_said(stances[pk])) for pk in ids}


# -- what may be done next, and what is missing for the rest -----------------------------------------------------------

CLOSED_STANDS = "This dispute is closed and its answer stands on this; reopen the dispute first."


class MoveSeen(NamedTuple):
    """One thing to do with a dispute: its verb, its words on a button, and whether this person may do it now."""

    verb: str
    words: str
    possible: Decision


class Check(NamedTuple):
    """One line of the checklist: what has to be there before the next step."""

    done: bool
    words: str


def possible_moves(dispute: Dispute, person: Person, grid: Grid, proposal: Resolution | None) -> dict[str, MoveSeen]:
    """Every move by its verb, allowed or with the reason why not in words. `proposal` is the newest resolution."""
    allowed = {
        "propose_resolution": may_propose_resolution(person, dispute),
        "send_back": may_send_back(person, dispute),
        "dismiss": may_dismiss(person, dispute),
        "reopen": may_reopen(person, dispute),
    }
    if proposal is not None:
        allowed["approve_resolution"] = may_approve_resolution(person, proposal)
        allowed["dissent_from_resolution"] = may_dissent_from_resolution(person, proposal)
    moves = {}
    for verb, move in DISPUTE_MOVES.items():
        if not_now := why_not("dispute", verb, dispute.state):
            possible = no(not_now)
        else:
            possible = allowed.get(verb, no(not_now)) and _not_missing(verb, person, grid, proposal)
        moves[verb] = MoveSeen(verb, move.words, possible)
    return moves


def _not_missing(verb: str, person: Person, grid: Grid, proposal: Resolution | None) -> Decision:
    if verb == "propose_resolution" and not grid.in_dispute:
        return no("No statement is in dispute yet: one party has to affirm it and another to deny it.")
    decides = verb in ("approve_resolution", "dissent_from_resolution")
    if decides and proposal and any(decision.author_id == person.pk for decision in proposal.decisions.all()):
        return no("You have decided on this resolution already; each person decides once.")
    return YES


def possible_changes(dispute: Dispute, person: Person) -> dict[str, Decision]:
    """Whether this person may change what the dispute judges: its own words, its positions, the evidence."""
    stands = no(CLOSED_STANDS) if dispute.state == DisputeState.CLOSED else YES
    return {
        "edit_dispute": may_edit_dispute(person, dispute) and stands,
        "add_position": may_add_position(person, dispute) and stands,
        "add_evidence": may_add_evidence(person, dispute.project_id),
    }


def checklist(
    dispute: Dispute, grid: Grid, proposal: Resolution | None, without_evidence: Iterable[str]
) -> list[Check]:
    """What is there and what is still missing before the dispute can be closed; nothing for a closed one.

    `without_evidence` names the statements on which no source has been heard.
    """
    if dispute.state == DisputeState.CLOSED:
        return []
    contested = [row.name for row in grid.in_dispute]
    unheard = [name for name in without_evidence if name in contested]
    in_review = dispute.state == DisputeState.IN_REVIEW
    needed = dispute.project.approvals_dispute
    given = _approvals(proposal) if in_review else 0
    return [
        Check(len(grid.parties) > 1, "At least two parties have a position"),
        Check(bool(contested), "A statement is affirmed by one party and denied by another"),
        Check(
            bool(contested) and not unheard,
            f"Evidence on every statement in dispute{': none yet on ' + ', '.join(unheard) if unheard else ''}",
        ),
        Check(in_review, "A proposed resolution with a verdict on each of them"),
        Check(
            given >= needed,
            f"{given} of {needed} approval{'s' if needed > 1 else ''} by someone other than the proposer",
        ),
    ]


def _approvals(proposal: Resolution | None) -> int:
    return sum(row.decision == "approval" for row in proposal.decisions.all()) if proposal else 0


def deciders(dispute: Dispute) -> "QuerySet[Any]":
    """The memberships whose people may propose, approve and dissent, by name."""
    decide = Membership.objects.active().filter(project_id=dispute.project_id, role__in=("adjudicator", "manager"))
    return decide.select_related("person").order_by("person__username")
