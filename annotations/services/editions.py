"""What an edition of a report says: built once from a resolution, from the copy it keeps of what it judged and from
what is public about that evidence, and frozen. Notes, comments and accounts never enter it; people stand in it by id,
so that a name that is taken away is gone from what was published too.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.core.claim_review import claimant_among
from annotations.core.places import BARE_ASSERTION, EvidenceSeen, origins_counted
from annotations.models import (
    AgentRating,
    Attribution,
    Claim,
    ClaimMention,
    CommentRequest,
    Dispute,
    Evidence,
    Position,
    Report,
    Resolution,
    SavedCopy,
    Source,
    Verdict,
)
from annotations.services.write import Change, as_json

Part = dict[str, Any]
LONGEST_CHAIN = 20
NOTHING_MORE = {"channel": "", "interest": "", "sourcing": ""}  # is known of a party


def content_of(resolution: Resolution) -> Part:
    """All that the page of an edition shows, as JSON."""
    judged = resolution.judged["statements"]
    ids = [UUID(row["id"]) for row in judged]
    sources = sources_of(judged)
    dispute = resolution.dispute
    return {
        "kind": "dispute" if dispute else "claim",
        "question": resolution.judged["question"],
        "outcome": dispute.outcome if dispute else "",
        "would_settle": dispute.would_settle if dispute else "",
        "would_not_settle": dispute.would_not_settle if dispute else "",
        "resolution": resolution.number,
        "rationale": resolution.rationale,
        "search_log": resolution.search_log,
        "as_of": resolution.as_of,
        "reopen_if": resolution.reopen_if,
        "statements": statements_of(resolution, ids, sources),
        "parties": parties_of(judged, dispute),
        "asked": asked_in(dispute, ids),
        "sources": sources,
        "signatures": signatures_of(resolution),
        "scale": scale_of(resolution),
        "guidelines": resolution.guidelines.number if resolution.guidelines else None,
    }


# -- statements and verdicts ------------------------------------------------------------------------------------------


def statements_of(resolution: Resolution, ids: list[UUID], sources: list[Part]) -> list[Part]:
    claims = Claim.objects.select_related("claimant").in_bulk(ids)
    said = sayings_of(ids)
    verdicts = {row.claim_id: row for row in resolution.verdicts.prefetch_related("citations")}
    return [
        {
            "id": row["id"],
            "number": row["number"],
            "text": row["text"],
            "layer": claims[pk].layer,
            "place": row["place"],
            "out_of_scope_because": row["out_of_scope_because"],
            "claim_date": claims[pk].claim_date,
            "language": claims[pk].language,
            "verdict": verdict_in(verdicts.get(pk), resolution, sources),
            "counts": counts_in(row["evidence"], sources),
            **said_where(claims[pk], said.get(pk, [])),
        }
        for pk, row in zip(ids, resolution.judged["statements"], strict=True)
    ]


def verdict_in(verdict: Verdict | None, resolution: Resolution, sources: list[Part]) -> Part | None:
    """The verdict in words, and the numbers of the sources that it rests on."""
    if verdict is None:
        return None
    known = {one["key"]: one for one in resolution.scale.verdicts}
    cited = {str(citation.evidence_id) for citation in verdict.citations.all()}
    for source in sources:
        for passage in source["passages"]:
            passage["is_cited"] = passage["is_cited"] or passage["id"] in cited
    return {
        "key": verdict.verdict,
        "words": known.get(verdict.verdict, {}).get("name", verdict.verdict),
        "confidence": verdict.confidence,
        "note": verdict.note,
        "rests_on": [one["number"] for one in sources if cited & {passage["id"] for passage in one["passages"]}],
    }


def counts_in(evidence: Iterable[Part], sources: list[Part]) -> Part:
    """Origins, documents and untraced ones by stance; bare assertions apart, which add to no count."""
    source_of = {passage["id"]: one["number"] for one in sources for passage in one["passages"]}
    seen = [
        EvidenceSeen("", source_of.get(row["id"], row["id"]), row["stance"], row["ground"], row["origin"] or None)
        for row in evidence
    ]
    counted = origins_counted(seen).get("")
    by_stance = counted.by_stance if counted else {}
    bare: dict[str, set[Any]] = {}
    for one in seen:
        if one.ground == BARE_ASSERTION:
            bare.setdefault(one.stance, set()).add(one.source)
    return {
        "by_stance": {
            stance: {"origins": count.origins, "documents": count.documents, "untraced": count.untraced}
            for stance, count in by_stance.items()
        },
        "bare": {stance: len(of) for stance, of in bare.items()},
    }


# -- who says it, through whom, and where -----------------------------------------------------------------------------


def sayings_of(ids: list[UUID]) -> dict[UUID, list[ClaimMention]]:
    """The places where each claim is made, the earliest article first."""
    rows = (
        ClaimMention.objects.active()
        .filter(claim__in=ids, annotation__trashed=False)
        .select_related("annotation__article", "attribution__agent")
        .order_by("annotation__article__published_on", "id")
    )
    said: dict[UUID, list[ClaimMention]] = {}
    for row in rows:
        said.setdefault(row.claim_id, []).append(row)
    return said


def said_where(claim: Claim, mentions: list[ClaimMention]) -> Part:
    """Where the claim appeared, through whom, and the one named speaker who made it, if there is one."""
    places = [appearance_in(row) for row in mentions]
    if claim.url:
        places.append({"url": claim.url, "title": "", "outlet": "", "published_on": claim.claim_date})
    chains = [chain_through(row) for row in mentions if row.attribution_id]
    speakers = [speaker_in(row.attribution) for row in mentions if row.attribution]
    if claim.claimant:
        agent = claim.claimant
        speakers = [{"name": agent.name, "kind": agent.kind, "wikidata": agent.wikidata, "is_named": True}]
    return {
        "appearances": distinct(places),
        "chains": distinct(chains),
        "claimant": claimant_among(speakers, is_stated=claim.claimant is not None),
    }


def appearance_in(mention: ClaimMention) -> Part:
    article = mention.annotation.article
    return {name: getattr(article, name) for name in ("url", "title", "outlet", "published_on")}


def speaker_in(attribution: Attribution) -> Part:
    """Who is credited with a saying itself, not with relaying it; named only where the text or evidence names them."""
    agent = attribution.agent
    is_named = attribution.naming == "named" and attribution.basis != "inferred" and agent is not None
    if agent is None:
        return {"name": "", "kind": "", "wikidata": "", "is_named": False}
    return {"name": agent.name, "kind": agent.kind, "wikidata": agent.wikidata, "is_named": is_named}


def chain_through(mention: ClaimMention) -> list[Part]:
    """From the outlet inward: who relays whom, down to the one who is credited with the claim."""
    links: list[Part] = []
    seen: set[UUID] = set()
    current = mention.attribution
    while current is not None and current.pk not in seen and len(links) < LONGEST_CHAIN:
        seen.add(current.pk)
        links.append(link_of(current))
        current = current.parent
    outlet = mention.annotation.article.outlet
    if outlet and links[-1]["name"].casefold() != outlet.casefold():
        links.append({"name": outlet, "basis": "stated", "naming": "named", "is_outlet": True})
    return links[::-1]


def link_of(attribution: Attribution) -> Part:
    evidence = attribution.evidence
    return {
        "name": attribution.agent.name if attribution.agent else attribution.speaker_quote,
        "naming": attribution.naming,
        "count": attribution.count,
        "access": attribution.access,
        "terms": attribution.terms,
        "basis": attribution.basis,
        "source": evidence.source.title if evidence else "",
        "is_outlet": False,
    }


def distinct(parts: Iterable[Any]) -> list[Any]:
    """Each once, in their order: several articles often say the same in the same words."""
    kept: list[Any] = []
    for part in parts:
        if part not in kept:
            kept.append(part)
    return kept


# -- parties ----------------------------------------------------------------------------------------------------------


def parties_of(judged: list[Part], dispute: Dispute | None) -> list[Part]:
    """Each party with its stances by claim id, in the order in which they first spoke; undated ones after those."""
    columns: dict[tuple[str, str], Part] = {}
    about, known = positions_in(dispute) if dispute else {}, dict[Any, Part]()
    for row in judged:
        for stance in row["stances"]:
            key = (stance["party"], stance["on_behalf_of"])
            known.setdefault(key, about.get(stance.get("position")) or about.get(key) or NOTHING_MORE)
            party = columns.setdefault(key, {"name": key[0], "on_behalf_of": key[1], "stances": {}})
            said = {name: stance.get(name, "") for name in ("stance", "scope", "stated_on")}
            party["stances"][row["id"]] = said | {"quotes": stance["quotes"]}
    for key, party in columns.items():
        party |= known[key]
    return sorted(columns.values(), key=first_said)


def first_said(party: Part) -> tuple[bool, str]:
    dates = [stance["stated_on"] for stance in party["stances"].values() if stance["stated_on"]]
    return (not dates, min(dates, default=""))


def positions_in(dispute: Dispute) -> dict[Any, Part]:
    """How and with what interest each party spoke last: by the ids of its positions, since it may have another name by
    now, and by its names, for what was judged before those ids were kept."""
    rows = Position.objects.active().filter(dispute=dispute).select_related("agent", "on_behalf_of")
    positions = list(rows.order_by("stated_on", "id"))
    last = {
        (row.agent_id, row.on_behalf_of_id): {name: getattr(row, name) for name in NOTHING_MORE} for row in positions
    }
    about: dict[Any, Part] = {}
    for row in positions:
        behalf = row.on_behalf_of.name if row.on_behalf_of else ""
        about[str(row.pk)] = about[row.agent.name, behalf] = last[row.agent_id, row.on_behalf_of_id]
    return about


def asked_in(dispute: Dispute | None, ids: list[UUID]) -> list[Part]:
    """Which parties were asked for their side, and what came of it."""
    rows = CommentRequest.objects.active().select_related("agent").order_by("sent_at", "id")
    rows = rows.filter(dispute=dispute) if dispute else rows.filter(claim__in=ids)
    return [
        {
            "party": row.agent.name,
            "asked_on": row.sent_at.date().isoformat(),
            "deadline": row.deadline.date().isoformat() if row.deadline else "",
            "outcome": row.outcome,
        }
        for row in rows
    ]


# -- evidence ---------------------------------------------------------------------------------------------------------


def sources_of(judged: list[Part]) -> list[Part]:
    """The sources in the order of the statements, numbered, each with its passages as they were judged."""
    passages = [(row, passage) for row in judged for passage in row["evidence"]]
    joined = Evidence.objects.select_related("source__publisher", "source__project")
    rows = joined.in_bulk([UUID(one["id"]) for _, one in passages])
    sources: dict[UUID, Part] = {}
    for row, passage in passages:
        evidence = rows[UUID(passage["id"])]
        source = sources.get(evidence.source_id)
        if source is None:
            source = sources[evidence.source_id] = source_in(evidence.source, passage, len(sources) + 1)
        names = ("id", "stance", "ground", "quote", "where", "origin")
        about = {"statement": row["number"], "credibility": evidence.credibility, "is_cited": False}
        about["reliability"] = evidence.reliability if evidence.source.project.grades else ""
        source["passages"].append({name: passage[name] for name in names} | about)
    add_copies(sources)
    add_grades([evidence.source for evidence in rows.values()], sources)
    return list(sources.values())


def source_in(source: Source, judged: Part, number: int) -> Part:
    return {
        "number": number,
        "title": judged["source"],
        "url": judged["url"],
        "kind": source.kind,
        "publisher": source.publisher.name if source.publisher else "",
        "published_on": source.published_on,
        "level": source.level,
        "interest": source.interest,
        "archive_url": source.archive_url,
        "memento_url": source.memento_url,
        "copy": None,
        "grade": None,
        "passages": [],
    }


def add_grades(rows: list[Source], sources: Mapping[UUID, Part]) -> None:
    """What the publisher of each source was graded on its day, and since when; why, is the desk's business."""
    graded = [source for source in rows if source.project.grades]
    for pk, rating in AgentRating.objects.of_publishers(graded).items():
        sources[pk]["grade"] = {"reliability": rating.reliability, "rated_on": rating.rated_on.isoformat()}


def add_copies(sources: Mapping[UUID, Part]) -> None:
    """The newest saved copy of each source: its hash and when it was saved. The bytes stay with the desk."""
    rows = SavedCopy.objects.active().filter(source__in=list(sources)).order_by("retrieved_at", "id")
    for copy in rows.defer("text"):
        sources[copy.source_id]["copy"] = {"sha256": copy.sha256, "retrieved_at": as_json(copy.retrieved_at)}


# -- signatures and method --------------------------------------------------------------------------------------------


def signatures_of(resolution: Resolution) -> Part:
    """Who proposed, who approved, who dissents and why, by the ids of their accounts."""
    words = resolution.scale.words
    decisions = list(resolution.decisions.order_by("id"))
    return {
        "proposer": str(resolution.proposer_id),
        "proposed_at": as_json(resolution.created_at),
        "approvals": [
            {"person": str(row.author_id), "at": as_json(row.created_at)}
            for row in decisions
            if row.decision == "approval"
        ],
        "dissents": [
            {
                "person": str(row.author_id),
                "at": as_json(row.created_at),
                "reason": row.comment,
                "verdicts": {claim: words.get(key, key) for claim, key in row.verdicts.items()},
            }
            for row in decisions
            if row.decision == "dissent"
        ],
    }


def scale_of(resolution: Resolution) -> Part:
    scale = resolution.scale
    names = ("key", "name", "averitec", "definition")
    verdicts = [{name: verdict.get(name, "") for name in names} for verdict in scale.verdicts]
    return {"name": scale.name, "number": scale.number, "ordered": scale.ordered, "verdicts": verdicts}


# -- taken up again ---------------------------------------------------------------------------------------------------


def put_under_review(change: Change, subject: Dispute | Claim) -> None:
    """Say on its report, if it has one, that what it answers was taken up again. The answer stays readable."""
    by = {"dispute": subject} if isinstance(subject, Dispute) else {"claim": subject}
    report = Report.objects.public().filter(**by, state="published").first()
    if report is not None:
        change.edit(
            report, report.version, "report_put_under_review",
            state="under_review", under_review_since=timezone.now(),
        )  # fmt: skip
