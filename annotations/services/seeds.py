"""Seed files become a project, each record through its own service, so that its events and every rule are real.

All or nothing, in one transaction. What must come out of it (the state, outcome and places of each dispute) is compared
with what did. The shape of the files stands in `seeds/README.md`, how they are read in `core.formats.seeds`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from annotations.core.anchoring import quote_of
from annotations.core.errors import Invalid
from annotations.core.formats.seeds import Records, joined, segments_of
from annotations.models import Annotation, Attribution, Claim, Dispute, Label, Person, Project
from annotations.services import (
    agents,
    annotations,
    articles,
    assessments,
    attributions,
    claims,
    comments,
    comparisons,
    disputes,
    evidence,
    labels,
    projects,
    quantities,
    questions,
    relations,
    reports,
    resolutions,
    sources,
    triage,
)

MANIFEST = "manifest.json"
Seed = dict[str, Any]


def records_in(folder: Path) -> Records:
    """The records of every seed file in a folder and the folders in it, in the order of their paths."""
    paths = sorted(path for path in folder.rglob("*.json") if path.name != MANIFEST)
    return joined(json.loads(path.read_text(encoding="utf-8")) for path in paths)


@dataclass(slots=True)
class Loaded:
    """The project, and what came out otherwise than the files said."""

    project: Project
    differences: list[str] = field(default_factory=list)


def load_seeds(*, records: Records, folder: Path, people: Mapping[str, Person]) -> Loaded:
    """Load the project that `records` describe; texts are files in `folder`. `people` are by username.

    Raises Invalid, and whatever a service refuses; then nothing is stored.
    """
    # Around the units of work, not one of them: each record has an event of its own, by its own author.
    with transaction.atomic():
        loading = _Loading(records, folder, people)
        loading.load()
        return Loaded(loading.project, loading.differences)


class _Loading:
    """One load: the records as given, and the rows that their keys stand for so far."""

    def __init__(self, records: Records, folder: Path, people: Mapping[str, Person]) -> None:
        self.records = records
        self.folder = folder
        self.people = people
        self.rows: dict[str, Any] = {}
        self.labels: dict[str, Label] = {}
        self.differences: list[str] = []
        self.project: Project

    def load(self) -> None:
        self.add_project()
        steps: dict[str, Callable[[Seed], Any]] = {
            "labels": self.add_label,
            "agents": self.add_agent,
            "origins": self.add_origin,
            "sources": self.add_source,
            "articles": self.add_article,
            "annotations": self.add_annotation,
            "relations": self.add_relation,
            "claims": self.add_claim,
            "evidence": self.add_evidence,
        }
        for noun, add in steps.items():
            for seed in self.records.get(noun, []):
                self.keep(seed, add(seed))
        self.add_attributions()
        for seed in self.records.get("claims", []):
            self.add_mentions(seed)
            self.move_claim(seed)
        self.add_beside_claims()
        for seed in self.records.get("disputes", []):
            self.add_dispute(seed)
        for seed in self.records.get("comments", []):
            self.keep(seed, comments.add_comment(by=self.by(seed), on=self.row(seed["on"]), text=seed["text"]))

    # -- names --------------------------------------------------------------------------------------------------------

    def keep(self, seed: Seed, row: Any) -> None:
        self.rows[seed["key"]] = row

    def row(self, key: str | None) -> Any:
        """The row that a key stands for; None for None."""
        if key is None:
            return None
        if key not in self.rows:
            raise Invalid(f"There is no record with the key {key}, or it comes later.")
        return self.rows[key]

    def by(self, seed: Seed) -> Person:
        return self.people[seed["by"]]

    def words(self, seed: Seed, *names: str) -> dict[str, Any]:
        """The plain fields that a seed gives; lists of lines become lines."""
        given = {name: seed[name] for name in names if name in seed}
        return {name: "\n".join(value) if isinstance(value, list) else value for name, value in given.items()}

    # -- the project --------------------------------------------------------------------------------------------------

    def add_project(self) -> None:
        (seed,) = self.records["projects"]
        maker = self.by(seed | {"by": self.records["memberships"][0]["by"]})
        settings = {name: value for name, value in seed.items() if name not in ("key", "by")}
        self.project = projects.make_project(by=maker, **settings)
        for member in self.records["memberships"]:
            person = self.people[member["person"]]
            if person != maker:
                projects.add_member(by=maker, project=self.project, person=person, role=member["role"])

    def add_label(self, seed: Seed) -> Label:
        fields = {name: value for name, value in seed.items() if name != "by"}
        self.labels[seed["key"]] = labels.add_label(by=self.by(seed), project=self.project, **fields)
        return self.labels[seed["key"]]

    def add_agent(self, seed: Seed) -> Any:
        aliases = [alias["name"] for alias in seed.get("aliases", [])]
        fields = self.words(seed, "kind", "name", "wikidata", "note")
        return agents.add_agent(by=self.by(seed), project=self.project, aliases=aliases, **fields)

    def add_origin(self, seed: Seed) -> Any:
        return sources.add_origin(by=self.by(seed), project=self.project, **self.words(seed, "label", "note"))

    def add_source(self, seed: Seed) -> Any:
        fields = self.words(seed, "kind", "title", "url", "published_on", "published_basis", "level", "note")
        publisher = self.row(seed.get("publisher"))
        return sources.add_source(by=self.by(seed), project=self.project, publisher=publisher, **fields)

    # -- texts and what is said in them -------------------------------------------------------------------------------

    def add_article(self, seed: Seed) -> Any:
        text = (self.folder / seed["text"]).read_bytes().decode()
        fields = self.words(seed, *articles.ABOUT)
        return articles.add_article(by=self.by(seed), project=self.project, text=text, **fields)

    def span(self, article: Any, span: Any) -> tuple[list[list[int]], str]:
        text = article.revision.text
        segments = segments_of(text, span)
        return segments, quote_of(text, segments)

    def add_annotation(self, seed: Seed) -> Annotation:
        article = self.row(seed["article"])
        segments, quote = self.span(article, seed["quote"])
        label = self.labels[seed["label"]]
        fields = self.words(seed, "note") | {"attributes": seed.get("attributes", {})}
        return annotations.add_annotation(
            by=self.by(seed), article=article, segments=segments, quote=quote, label=label, **fields
        )

    def add_relation(self, seed: Seed) -> Any:
        ends = {f"{name}_annotation": self.row(seed[name]) for name in ("from", "to")}
        label = self.labels[seed["label"]]
        return relations.add_relation(by=self.by(seed), **ends, label=label, **self.words(seed, "note"))

    def add_attributions(self) -> None:
        """Those that relay another come behind it, however the files have them."""
        waiting = list(self.records.get("attributions", []))
        while waiting:
            ready = [seed for seed in waiting if seed.get("parent") is None or seed["parent"] in self.rows]
            if not ready:
                raise Invalid(f"These attributions relay each other in a circle: {[seed['key'] for seed in waiting]}.")
            for seed in ready:
                self.keep(seed, self.add_attribution(seed))
            waiting = [seed for seed in waiting if seed not in ready]

    def add_attribution(self, seed: Seed) -> Attribution:
        article = self.row(seed["article"])
        fields = self.words(seed, *attributions.WORDS, "count", "note")
        fields |= {name: self.row(seed[name]) for name in attributions.ROWS if seed.get(name)}
        for name in attributions.SPANS:
            if name in seed:
                fields[f"{name}_segments"], fields[f"{name}_quote"] = self.span(article, seed[name])
        return attributions.add_attribution(by=self.by(seed), article=article, **fields)

    # -- claims -------------------------------------------------------------------------------------------------------

    def add_claim(self, seed: Seed) -> Claim:
        fields = self.words(seed, "text", "checkability", "layer", "claim_date", "language", "note")
        return claims.add_claim(by=self.by(seed), project=self.project, types=seed.get("types", ()), **fields)

    def add_mentions(self, seed: Seed) -> None:
        for mention in seed.get("mentions", []):
            claims.add_mention(
                by=self.by(seed),
                claim=self.row(seed["key"]),
                annotation=self.row(mention["annotation"]),
                attribution=self.row(mention.get("attribution")),
            )

    def move_claim(self, seed: Seed) -> None:
        claim, work = self.row(seed["key"]), seed.get("work", {})
        match work:
            case {"state": "in_work", "owner": owner}:
                claims.take_claim(by=self.people[owner], claim=claim, version=claim.version)
            case {"state": "parked", "reason": reason}:
                claims.park_claim(by=self.by(work), claim=claim, version=claim.version, reason=reason)
            case {"state": "closed", "reason": reason}:
                claims.reject_claim(by=self.by(work), claim=claim, version=claim.version, reason=reason)
            case {"state": state}:
                raise Invalid(f"{seed['key']}: “{state}” is no state that a seed can reach.")

    def add_evidence(self, seed: Seed) -> Any:
        fields = self.words(seed, "stance", "ground", "quote", "locator", "credibility", "note")
        fields |= {name: self.row(seed.get(name)) for name in ("claim", "source", "origin")}
        return evidence.add_evidence(by=self.by(seed), **fields)

    def add_beside_claims(self) -> None:
        """What is said about claims once all of them, and all evidence, are there."""
        steps: dict[str, Callable[[Seed], Any]] = {
            "quantities": self.add_quantity,
            "claim_relations": self.add_claim_relation,
            "questions": self.add_question,
            "triage_marks": self.add_triage_mark,
            "assessments": self.add_assessment,
        }
        for noun, add in steps.items():
            for seed in self.records.get(noun, []):
                self.keep(seed, add(seed))

    def add_quantity(self, seed: Seed) -> Any:
        fields = {name: value for name, value in seed.items() if name not in ("key", "by", "claim", "origin")}
        about = {name: self.row(seed.get(name)) for name in ("claim", "origin")}
        return quantities.add_quantity(by=self.by(seed), **about, **fields)

    def add_claim_relation(self, seed: Seed) -> Any:
        ends = {name: self.row(seed[name]) for name in ("from_claim", "to_claim")}
        fields = self.words(seed, "type", "kind", "explanation")
        return comparisons.add_claim_relation(by=self.by(seed), **ends, **fields)

    def add_question(self, seed: Seed) -> Any:
        answers = [one | {"evidence": self.row(one.get("evidence"))} for one in seed.get("answers", [])]
        claim = self.row(seed["claim"])
        return questions.add_question(by=self.by(seed), claim=claim, answers=answers, **self.words(seed, "text"))

    def add_triage_mark(self, seed: Seed) -> Any:
        fields = self.words(seed, "level", "reason")
        return triage.add_triage_mark(by=self.by(seed), claim=self.row(seed["claim"]), **fields)

    def add_assessment(self, seed: Seed) -> Any:
        cited = [self.row(key) for key in seed.get("evidence", [])]
        fields = self.words(seed, "verdict", "mode", "confidence", "rationale")
        return assessments.add_assessment(by=self.by(seed), claim=self.row(seed["claim"]), evidence=cited, **fields)

    # -- disputes -----------------------------------------------------------------------------------------------------

    def add_dispute(self, seed: Seed) -> None:
        dispute = disputes.open_dispute(
            by=self.by(seed),
            project=self.project,
            statements=[self.row(key) for key in seed["statements"]],
            out_of_scope={self.row(key).pk: reason for key, reason in seed.get("out_of_scope", {}).items()},
            owner=self.people[seed["owner"]] if seed.get("owner") else None,
            **self.words(seed, "question", "would_settle", "would_not_settle"),
        )
        self.keep(seed, dispute)
        for position in seed.get("positions", []):
            self.add_position(dispute, seed, position)
        for resolution in seed.get("resolutions", []):
            self.add_resolution(dispute, resolution)
        dispute.refresh_from_db()
        if report := seed.get("report"):
            self.keep(report, self.publish(dispute, report))
        self.compare(dispute, seed)

    def add_position(self, dispute: Dispute, of: Seed, seed: Seed) -> None:
        said = dict(seed["stances"])
        if rest := seed.get("rest"):
            said = {key: {"stance": rest} for key in of["statements"]} | said
        fields = self.words(seed, "channel", "stated_on", "interest", "sourcing", "note")
        position = disputes.add_position(
            by=self.by(seed),
            dispute=dispute,
            agent=self.row(seed["agent"]),
            on_behalf_of=self.row(seed.get("on_behalf_of")),
            stances={self.row(key).pk: self.stance(one) for key, one in said.items()},
            **fields,
        )
        self.keep(seed, position)

    def stance(self, seed: Seed) -> disputes.StanceSaid:
        spans = tuple(self.row(key) for key in seed.get("spans", []))
        cited = tuple(self.row(key) for key in seed.get("evidence", []))
        return disputes.StanceSaid(seed["stance"], seed.get("scope", ""), spans, cited)

    def add_resolution(self, dispute: Dispute, seed: Seed) -> None:
        verdicts = {
            self.row(key).pk: resolutions.VerdictSaid(
                one["verdict"],
                one.get("confidence", ""),
                tuple(self.row(cited) for cited in one.get("evidence", [])),
                one.get("note", ""),
            )
            for key, one in seed["verdicts"].items()
        }
        fields = self.words(seed, "rationale", "search_log", "as_of", "reopen_if")
        resolution = resolutions.propose_resolution(by=self.by(seed), dispute=dispute, verdicts=verdicts, **fields)
        self.keep(seed, resolution)
        for decision in seed.get("decisions", []):
            self.decide(resolution, decision)

    def decide(self, resolution: Any, seed: Seed) -> None:
        if seed["decision"] == "approval":
            comment = seed.get("comment", "")
            resolutions.approve_resolution(by=self.by(seed), resolution=resolution, comment=comment)
            return
        would_be = {self.row(key).pk: verdict for key, verdict in seed.get("verdicts", {}).items()}
        resolutions.dissent_from_resolution(
            by=self.by(seed), resolution=resolution, reason=seed["reason"], verdicts=would_be
        )

    def publish(self, dispute: Dispute, seed: Seed) -> Any:
        return reports.publish_dispute(
            by=self.by(seed), dispute=dispute, version=dispute.version, **self.words(seed, "title")
        )

    def compare(self, dispute: Dispute, seed: Seed) -> None:
        """What a dispute came out as, against what its file says must come out."""
        for name in ("state", "outcome"):
            if name in seed and (found := getattr(dispute, name)) != seed[name]:
                self.differences.append(f"{seed['key']}: {name} is {found}, and should be {seed[name]}.")
        places = cast(dict[Any, Any], dispute.places())
        for key, expected in seed.get("places", {}).items():
            if (found := places[self.row(key).pk].value) != expected:
                self.differences.append(f"{seed['key']}: the place of {key} is {found}, and should be {expected}.")
