"""One party's position as a form: a small form for each statement, read into what the service takes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annotations.core.errors import Invalid
from annotations.models import Agent, Annotation, Dispute, Evidence, Person, Position, Project
from annotations.queries.claims import spans_of
from annotations.queries.evidence import ledger_of
from annotations.queries.lookups import related_many
from annotations.services.disputes import StanceSaid
from annotations.web.fields import filled, posted
from annotations.web.forms.disputes import PositionForm, StanceForm, evidence_words, initial_stance, span_words
from annotations.web.named import agent_named
from annotations.web.requests import WebRequest

Menu = list[tuple[str, str]]


def stance_forms(request: WebRequest, dispute: Dispute, position: Position | None = None) -> list[StanceForm]:
    """A form for each statement, with the spans and the evidence in which the party may be heard."""
    statements = list(dispute.statements.select_related("claim"))
    spans = spans_of([row.claim for row in statements], request.user)
    evidence = evidence_by_claim([row.claim_id for row in statements], request.user)
    said = {row.claim_id: row for row in position.stances.prefetch_related("citations")} if position else {}
    forms = []
    for row in statements:
        mentions = [(str(span.pk), span_words(span)) for span in spans[row.claim_id].mentions]
        others = [(str(span.pk), span_words(span)) for span in spans[row.claim_id].others]
        form = StanceForm(
            posted(request),
            claim=row.claim,
            name=f"S{row.number}",
            mentions=mentions,
            others=others + still_cited(said.get(row.claim_id), mentions + others),
            evidence=evidence.get(row.claim_id, []),
            initial=initial_stance(said.get(row.claim_id), mentions),
        )
        forms.append(form)
    return forms


def still_cited(stance: Any, offered: Menu) -> Menu:
    """Spans that the stored stance cites and the menus would not offer: an edit must not lose them."""
    known = {pk for pk, _ in offered}
    cited = [one.annotation for one in stance.citations.all() if one.annotation_id] if stance else []
    return [(str(span.pk), span_words(span)) for span in cited if str(span.pk) not in known]


def evidence_by_claim(claims: Iterable[UUID], person: Person) -> dict[UUID, Menu]:
    menus: dict[UUID, Menu] = {}
    for row in ledger_of(claims, person).evidence:
        menus.setdefault(row.claim_id, []).append((str(row.pk), evidence_words(row)))
    return menus


def position_said(
    person: Person, dispute: Dispute, form: PositionForm, stances: list[StanceForm], position: Position | None = None
) -> dict[str, Any]:
    """What the forms say, for the service; parties that are new become agents. Raises Invalid."""
    said = filled(form)
    heard = {one.claim.pk: filled(one) for one in stances}
    rest = said.pop("rest", "")
    kinds = {name: said.pop(f"{name}_kind", "") for name in ("agent", "on_behalf_of")}
    for name, kind in kinds.items():
        stored = getattr(position, name) if position else None
        said[name] = party_named(person, dispute.project, said.get(name, ""), stored, kind=kind, field=name)
    return said | {"stances": stances_said(person, dispute.project, heard, rest)}


def party_named(
    person: Person, project: Project, name: str, stored: Agent | None, *, kind: str, field: str
) -> Agent | None:
    """The party that is stored, where its name was left as it was; else the agent of this name, or a new one."""
    if stored is not None and stored.name == name:
        return stored
    party = agent_named(person, project, name, kind=kind, field=field)
    if party is None and field == "agent":
        raise Invalid.field("agent", "Name the party whose position this is.")
    return party


def stances_said(
    person: Person, project: Project, heard: dict[UUID, dict[str, Any]], rest: str
) -> dict[UUID, StanceSaid]:
    """The stances by claim id; `rest` is said on every statement that was left out. Two queries."""
    spans = rows_named(Annotation, person, project, (pk for one in heard.values() for pk in spans_in(one)))
    proofs = rows_named(Evidence, person, project, (pk for one in heard.values() for pk in one.get("evidence", [])))
    said = {
        claim: StanceSaid(
            one["stance"],
            one.get("scope", ""),
            tuple(spans[pk] for pk in spans_in(one)),
            tuple(proofs[pk] for pk in one.get("evidence", [])),
        )
        for claim, one in heard.items()
        if one.get("stance")
    }
    return said | {claim: StanceSaid(rest) for claim in heard if rest and claim not in said}


def spans_in(one: dict[str, Any]) -> list[str]:
    return [*one.get("spans", []), *one.get("others", [])]


def rows_named(model: Any, person: Person, project: Project, pks: Iterable[str]) -> dict[str, Any]:
    """Rows by the id that the form holds. Raises Invalid where one is not there."""
    ids = list(dict.fromkeys(pks))
    return dict(zip(ids, related_many(model, ids, person=person, project=project, field="stances"), strict=True))
