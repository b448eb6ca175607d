"""Evidence: as rows, and as the ledger of a dispute or a claim, grouped and counted by origin.

A bare assertion stands in the ledger as what it is, a position, and adds to no count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count as CountOf
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.core.places import BARE_ASSERTION, Count, EvidenceSeen, OriginCounts, origins_counted
from annotations.models import Claim, Evidence, Origin, Person, Source
from annotations.models.evidence import EVIDENCE_STANCES
from annotations.queries.rows import IdText, Row, Shape, grouped, of_parents

EVIDENCE = Shape(
    ids=("id", "project", "claim", "source", "origin", "copy", "set", "author"),
    plain=(
        "stance", "ground", "quote", "quote_found", "locator", "locator_kind", "credibility", "reliability",
        "reliability_reason", "note", "trashed", "version",
    ),
    times=("created_at",),
)  # fmt: skip
EVIDENCE_SET = Shape(
    ids=("id", "project", "claim", "author"), plain=("stance", "note", "trashed", "version"), times=("created_at",)
)


CONFIDENTIAL_NOTE = Shape(
    ids=("id", "project", "evidence", "source", "author"),
    plain=("text", "trashed", "version"),
    times=("created_at",),
)


def evidence_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Evidence: `{id, project, claim, source, origin, copy, set, stance, ground, quote, quote_found (in the copy's
    text), locator, locator_kind, credibility, reliability, reliability_reason, note, author, trashed, version,
    created_at}`. Confidential notes are in no row."""
    return EVIDENCE.rows(queryset)


def evidence_set_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Sets of evidence: `{id, project, claim, stance, note, members: [evidence id, ...], author, trashed, version,
    created_at}`. Members carry the stance only together."""
    return EVIDENCE_SET.rows(queryset, finish=_members)


def _members(sets: list[Row]) -> None:
    members = of_parents(Evidence, "set", sets).filter(trashed=False).order_by("id")
    by_set = grouped(members.values_list(IdText("set"), IdText("pk")))
    for row in sets:
        row["members"] = by_set.get(row["id"], [])


def confidential_note_rows(queryset: "QuerySet[Any]") -> Iterator[Row]:
    """Confidential notes for one who may read them: `{id, project, evidence or source, text, author, trashed, version,
    created_at}`. They are no kind of `queries.records`, so that no export has them."""
    return CONFIDENTIAL_NOTE.rows(queryset)


JOINED = ("source__publisher", "origin", "author", "set")  # what a page says of a piece of evidence
IN_ORDER = ("source__published_on", "source_id", "id")

# -- the ledger -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One source under one origin: what it says on each column's claim, in the columns' order."""

    source: Source
    cells: list[list[Evidence]]

    @property
    def passages(self) -> list[Evidence]:
        return [evidence for cell in self.cells for evidence in cell]


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """The sources that go back to one origin; to none while nobody has traced them."""

    origin: Origin | None
    rows: list[LedgerRow]


@dataclass(frozen=True, slots=True)
class StanceCounted:
    """One stance on one claim: what counts, in words, and the sources that only assert it, which do not."""

    stance: str
    words: str
    bare: list[Source]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Evidence on some claims (the columns), its groups, and its counts in words: over all, and by claim and stance."""

    columns: list[UUID]
    groups: list[OriginGroup]
    total: str
    bare: list[Source]
    counted: dict[UUID, list[StanceCounted]]

    @property
    def evidence(self) -> list[Evidence]:
        return [evidence for group in self.groups for row in group.rows for evidence in row.passages]


def ledger_of(claims: Iterable[UUID], person: Person) -> Ledger:
    """The evidence on these claims that `person` may see, without the trash; columns in their order. One query."""
    columns = list(claims)
    return ledger_from(Evidence.objects.visible_to(person).active().filter(claim__in=columns), columns)


def ledger_from(rows: "QuerySet[Any]", columns: Iterable[UUID] = ()) -> Ledger:
    """A ledger of these pieces of evidence. Columns on which nothing is said are left out. One query."""
    evidence = list(rows.select_related(*JOINED, "claim").order_by(*IN_ORDER))
    heard = dict.fromkeys(row.claim_id for row in evidence)
    columns = [claim_id for claim_id in columns if claim_id in heard] or list(heard)
    counts = origins_counted(seen(evidence))
    over_all = origins_counted(one._replace(claim=None) for one in seen(evidence)).get(None)
    bare_on: dict[tuple[UUID, str], list[Source]] = defaultdict(list)
    for row in evidence:
        if row.ground == BARE_ASSERTION:
            bare_on[row.claim_id, stance_of(row)].append(row.source)
    return Ledger(
        columns,
        _groups(columns, evidence),
        (over_all.total if over_all else Count()).in_words(),
        list(dict.fromkeys(row.source for row in evidence if row.ground == BARE_ASSERTION)),
        {claim_id: _counted(claim_id, counts, bare_on) for claim_id in columns},
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the evidence on one claim, the counts over all of it, and how much there is."""

    groups: list[OriginGroup]
    total: str
    counted: list[StanceCounted]
    in_all: int


def stretch_of(claim: Claim, person: Person, start: int, size: int | None = None) -> Stretch:
    """The evidence on one claim from the piece at `start`, in the order of its ledger. Two queries, and one more where
    a source only asserts: every piece is counted, and only those that are shown are read whole."""
    rows = Evidence.objects.visible_to(person).active().filter(claim=claim)
    slips = list(
        rows.order_by(*IN_ORDER)
        .annotate(meant=Coalesce("set__stance", "stance"))
        .values_list("pk", "source_id", "origin_id", "meant", "ground", "set_id", named=True)
    )
    shown = _in_groups(slips)[start:][:size]
    return Stretch(_groups_of(claim, rows, shown), *_counts_of(claim, slips), len(slips))


def _in_groups(slips: list[Any]) -> list[UUID]:
    """The ids of these pieces, origin by origin and source by source."""
    by_origin: dict[Any, dict[UUID, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for slip in slips:
        by_origin[slip.origin_id][slip.source_id].append(slip.pk)
    groups = sorted(by_origin.items(), key=lambda group: (group[0] is None, -len(group[1])))
    return [pk for _, sources in groups for said in sources.values() for pk in said]


def _groups_of(claim: Claim, rows: "QuerySet[Any]", shown: list[UUID]) -> list[OriginGroup]:
    """These pieces as groups, in this order."""
    full = {row.pk: row for row in rows.filter(pk__in=shown).select_related(*JOINED)} if shown else {}
    by_origin: dict[Origin | None, dict[Source, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for row in (full[pk] for pk in shown if pk in full):
        row.claim = claim
        by_origin[row.origin][row.source].append(row)
    return [
        OriginGroup(origin, [LedgerRow(source, [said]) for source, said in sources.items()])
        for origin, sources in by_origin.items()
    ]


def _counts_of(claim: Claim, slips: list[Any]) -> tuple[str, list[StanceCounted]]:
    """What all the pieces add up to, in words: in all, and by stance."""
    pieces = [EvidenceSeen(None, one.source_id, one.meant, one.ground, one.origin_id, one.set_id) for one in slips]
    counts = origins_counted(pieces)
    asserting = {slip.source_id for slip in slips if slip.ground == BARE_ASSERTION}
    sources = Source.objects.select_related("publisher").in_bulk(asserting) if asserting else {}
    bare: dict[tuple[Any, str], list[Source]] = defaultdict(list)
    for slip in slips:
        if slip.ground == BARE_ASSERTION:
            bare[None, slip.meant].append(sources[slip.source_id])
    total = counts[None].total if None in counts else Count()
    return total.in_words(), _counted(None, counts, bare)


def counted_for(parent: str, person: Person) -> Coalesce:
    """How many pieces of evidence a row of `parent` (source, origin, claim) has, of those that `person` may see."""
    rows = Evidence.objects.visible_to(person).active().filter(**{parent: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(rows.values(parent).annotate(number=CountOf("pk")).values("number")), 0)


def seen(evidence: Iterable[Evidence]) -> list[EvidenceSeen]:
    """Stored evidence as counting takes it; what stands in a set has the stance of the set."""
    return [
        EvidenceSeen(row.claim_id, row.source_id, stance_of(row), row.ground, row.origin_id, row.set_id)
        for row in evidence
    ]


def stance_of(evidence: Evidence) -> str:
    stance: str = evidence.set.stance if evidence.set else evidence.stance
    return stance


def _groups(columns: list[UUID], evidence: list[Evidence]) -> list[OriginGroup]:
    """By origin, the one with most sources first and the untraced last; in each, a row a source."""
    by_origin: dict[Origin | None, dict[Source, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for row in evidence:
        by_origin[row.origin][row.source].append(row)
    groups = [
        OriginGroup(origin, [_row(source, columns, said) for source, said in sources.items()])
        for origin, sources in by_origin.items()
    ]
    return sorted(groups, key=lambda group: (group.origin is None, -len(group.rows)))


def _row(source: Source, columns: list[UUID], said: list[Evidence]) -> LedgerRow:
    return LedgerRow(source, [[row for row in said if row.claim_id == claim_id] for claim_id in columns])


def _counted(
    claim_id: UUID | None, counts: Mapping[Any, OriginCounts], bare_on: Mapping[tuple[Any, str], list[Source]]
) -> list[StanceCounted]:
    by_stance = counts[claim_id].by_stance if claim_id in counts else {}
    stances = [stance for stance, _ in EVIDENCE_STANCES if stance in by_stance or (claim_id, stance) in bare_on]
    return [
        StanceCounted(
            stance,
            by_stance[stance].in_words() if stance in by_stance else "",
            list(dict.fromkeys(bare_on.get((claim_id, stance), []))),
        )
        for stance in stances
    ]
