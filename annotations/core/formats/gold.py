"""The stand-off gold of one article as seed records: spans by offsets and hashes, no word of the text.

It was made before the last version of the domain; what has no place in it is named in `unmapped`. Its own identifiers
serve as keys. `services.originals` loads the result; who acts in it are demonstration people.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.core.errors import Invalid
from annotations.core.formats.gold_claims import map_claims
from annotations.core.formats.gold_dispute import DisputeMapping, Gold
from annotations.core.formats.seeds import Records

Span = dict[str, Any]

HASH_DIGITS = 16
KINDS = {"person": "person", "organisation": "body", "state": "body", "alliance": "group"}
OUTLETS = {"ENT-REUTERS", "ENT-IRNA"}  # organisations that publish
NUMBERS = {"one": 1, "three": 3}
# The fields that are read, by the gold's own names. Any other field is named as having no place.
READ = {
    "articles": "id file sha256 bytes code_points utf16_units language published_on",
    "entities": "id type canonical_name aliases note mentions",
    "claims": "id article normalised_claim mentions claim_types attribution checkability check_worthiness "
    "expected_verdict note",
    "attributions": "id article source cue content form claimant source_kind recipient nested_in chain note",
    "evidence": "id publisher urls date says targets kind independence_root access",
    "relations": "id type from_claim to_claim contradiction_kind independence explanation",
    "disputes": "id article question common_ground statements_in_dispute not_in_dispute_but_checkable out_of_scope "
    "positions relations evidence evidence_that_would_settle evidence_that_would_not_settle questions statement_places",
    "positions": "id party stance asserts denies spans channel sourcing interest admiralty_proposal strengths "
    "weaknesses",
    "resolutions": "id dispute per_statement outcome rationale dissent approvals as_of reopen_if",
    "verdicts": "verdict confidence basis note search_log",
}
NOUNS = (
    "agents", "origins", "sources", "annotations", "claims", "evidence", "attributions", "claim_relations", "questions",
    "triage_marks", "assessments", "disputes",
)  # fmt: skip
LABELS = (
    {"key": "claim", "name": "Claim", "shortcut": "1"},
    {"key": "quote", "name": "Quotation", "shortcut": "2"},
    {"key": "denial", "name": "Denial", "shortcut": "3"},
    {"key": "name", "name": "Name", "shortcut": "4", "attributes": [{"name": "agent", "kind": "text"}]},
)


@dataclass(slots=True)
class Mapped:
    """The records, and in words what the gold says beside them."""

    records: Records
    unmapped: list[str] = field(default_factory=list)


def check_spans(gold: Any, text: str) -> int:
    """Compare the text at every span with its hash (or, for names, its words). Returns how many; raises Invalid."""
    count = 0
    for path, span in _spans(gold, "gold"):
        found = text[span["start"] : span["end"]]
        if "sha256_16" in span and hashlib.sha256(found.encode()).hexdigest()[:HASH_DIGITS] != span["sha256_16"]:
            raise Invalid(f"{path}: the text at {span['start']} to {span['end']} is not the one that was annotated.")
        if "surface" in span and found != span["surface"]:
            raise Invalid(f"{path}: “{span['surface']}” does not stand at {span['start']} to {span['end']}.")
        count += 1
    return count


def _spans(value: Any, path: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, dict):
        if {"start", "end"} <= value.keys():
            yield path, value
        for name, inner in value.items():
            yield from _spans(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            named = inner.get("id", "") if isinstance(inner, dict) else ""
            yield from _spans(inner, f"{path}.{named}" if named else path)


def read(gold: Gold, text: str, article: str) -> Mapped:
    """The gold as seed records on the article with the key `article`. Raises Invalid where a span does not hold."""
    check_spans(gold, text)
    return _Mapping(gold, article).mapped()


class _Mapping:
    """One reading: the records so far, and the annotation that stands for each set of segments."""

    def __init__(self, gold: Gold, article: str) -> None:
        self.gold = gold
        self.article = article
        self.records: Records = {noun: [] for noun in NOUNS}
        self.annotated: dict[tuple[tuple[int, int], ...], str] = {}
        self.unmapped: list[str] = []
        self.evidence_rows: dict[tuple[str, str], list[dict[str, Any]]] = {}  # by evidence and claim

    def mapped(self) -> Mapped:
        self.agents()
        self.claims()
        self.evidence()
        self.attributions()
        for dispute in self.gold["disputes"]:
            DisputeMapping(self, dispute).map()
        map_claims(self)
        self.unmapped += fields_without_a_place(self.gold)
        labels = [{"by": "max", "kind": "span", **label} for label in LABELS]
        return Mapped({**self.records, "labels": labels}, self.unmapped)

    def add(self, noun: str, key: str, **fields: Any) -> str:
        known = {name: value for name, value in fields.items() if value not in (None, "", [])}
        self.records[noun].append({"by": "ana", "key": key} | known)
        return key

    def annotation(self, spans: list[Span], label: str, **fields: Any) -> str:
        """The annotation on these segments, made where there is none yet."""
        segments = tuple((span["start"], span["end"]) for span in spans)
        if segments not in self.annotated:
            key = "AN-" + "-".join(str(offset) for segment in segments for offset in segment)
            span = {"segments": [list(segment) for segment in segments]}
            self.annotated[segments] = self.add(
                "annotations", key, article=self.article, label=label, quote=span, **fields
            )
        return self.annotated[segments]

    # -- agents -------------------------------------------------------------------------------------------------------

    def agents(self) -> None:
        for entity in self.gold["entities"]:
            key, name = entity["id"], entity["canonical_name"]
            if entity["type"] not in KINDS:
                self.unmapped.append(f"{key}: “{name}” is of the kind {entity['type']}, which no agent has.")
                continue
            kind = "outlet" if key in OUTLETS else KINDS[entity["type"]]
            aliases = [{"name": alias} for alias in entity["aliases"] if alias != name]
            self.add("agents", key, kind=kind, name=name, aliases=aliases, note=entity["note"])
            for mention in entity["mentions"]:
                self.annotation([mention], "name", attributes={"agent": name})

    def agent(self, words: str, kind: str = "group") -> str:
        """The agent that an identifier or plain words name."""
        if words in {row["key"] for row in self.records["agents"]}:
            return words
        key = "AG-" + re.sub(r"\W+", "-", words.lower())
        if key not in {row["key"] for row in self.records["agents"]}:
            self.add("agents", key, kind=kind, name=words[0].upper() + words[1:])
        return key

    # -- claims -------------------------------------------------------------------------------------------------------

    def claims(self) -> None:
        contents = {said["id"]: said["content"] for said in self.gold["attributions"]}
        for claim in self.gold["claims"]:
            types = [word.removesuffix(" Claim") for word in claim["claim_types"]]
            spans = claim["mentions"]
            is_one = spans == contents.get(claim["attribution"])  # one quotation over two paragraphs is one place
            places = [spans] if is_one else [[span] for span in spans]
            mentions = [
                {"annotation": self.annotation(place, "claim"), "attribution": claim["attribution"]} for place in places
            ]
            self.add(
                "claims",
                claim["id"],
                text=claim["normalised_claim"],
                types=types,
                checkability=claim["checkability"],
                layer="said" if "Quote Verification" in types else "so",
                language="en",
                note=claim["note"],
                mentions=mentions,
            )

    # -- evidence -----------------------------------------------------------------------------------------------------

    def evidence(self) -> None:
        """One row for each address and claim, all of one beginning."""
        for root in dict.fromkeys(item["independence_root"] for item in self.gold["evidence"]):
            self.add("origins", root, label=root.removeprefix("ROOT-").replace("-", " ").capitalize())
        for item in self.gold["evidence"]:
            sources = list(self.sources(item))
            for target in item["targets"]:
                rows = self.evidence_rows.setdefault((item["id"], target["claim"]), [])
                for number, source in enumerate(sources, 1):
                    key = f"{item['id']}-{target['claim']}-{number}"
                    rows.append({"key": key, "stance": target["stance"], "ground": target["ground"]})
                    self.add("evidence", source=source, origin=item["independence_root"], **{**target, "key": key})

    def sources(self, item: Gold) -> Iterator[str]:
        is_one = len(item["urls"]) == 1
        publisher = self.agent(item["publisher"], "outlet") if is_one and " relay" not in item["publisher"] else None
        for number, url in enumerate(item["urls"], 1):
            host = url.split("/")[2].removeprefix("www.")
            yield self.add(
                "sources",
                f"{item['id']}-{number}",
                kind="article",
                title=f"Page at {host}, {item['date'] or 'no date found'}",
                url=url,
                publisher=publisher,
                published_on=item["date"],
                level="secondary" if item["kind"].startswith("secondary") else "",
                note=f"{item['publisher']}. {item['says']} ({item['kind']}; {item['access']})",
            )

    def cited(self, item: str, claim: str, *stances: str) -> list[str]:
        """The rows of one piece of the gold's evidence on one claim."""
        rows = self.evidence_rows.get((item, claim), [])
        return [row["key"] for row in rows if not stances or row["stance"] in stances]

    # -- attributions -------------------------------------------------------------------------------------------------

    def attributions(self) -> None:
        relays: dict[str, str] = {}  # whoever relays a speaker inside the text, by agent
        between: dict[str, str] = {}  # who stands, outside the text, between a saying and those nested in it
        for said in self.gold["attributions"]:
            self.attribution(said, relays, between)

    def attribution(self, said: Gold, relays: dict[str, str], between: dict[str, str]) -> None:
        *chain, _outlet = said["chain"]  # the outlet is the article's own and stands there
        at = chain.index(said["claimant"]) if said["claimant"] in chain else 0
        parent = between.get(said["nested_in"], said["nested_in"])
        for agent in reversed(chain[at + 1 :]):
            if agent not in relays:
                relays[agent] = self.relay(agent, parent)
            parent = relays[agent]
        content = self.annotation(said["content"], "quote" if said["form"] == "direct" else "claim")
        is_elided = said["source_kind"] == "elided"
        self.saying(
            said["id"],
            agent=self.agent(said["claimant"]),
            recipient=said["recipient"],
            content=content,
            parent=parent,
            form=said["form"],
            naming="not_stated" if is_elided else "named" if said["source_kind"] == "named" else "unnamed",
            basis="inferred" if is_elided else "stated",
            speaker=_segments(said["source"]),
            cue=_segments(said["cue"]),
            note=said["note"],
        )
        for words in reversed(chain[:at]):
            self.behind(said, words, content, between)

    def saying(self, key: str, **fields: Any) -> str:
        return self.add("attributions", key, article=self.article, **fields)

    def relay(self, agent: str, parent: str | None) -> str:
        note = "Relays the speaker’s words; it has no span of its own here."
        return self.saying(f"AT-{agent}", agent=self.agent(agent), parent=parent, basis="inferred", note=note)

    def behind(self, said: Gold, words: str, content: str, between: dict[str, str]) -> None:
        """Who stands behind a speaker: known from evidence, or only mentioned in the text, or a saying of its own."""
        key, name = f"{said['id']}-{words.split(' (')[0].replace(' ', '-')}", words.split(" (")[0]
        if found := re.search(r"outside the text, (EV-\d+)", words):
            rows = next(rows for (item, _), rows in self.evidence_rows.items() if item == found[1])
            between[said["id"]] = self.saying(
                key,
                agent=self.agent(name),
                parent=said["id"],
                basis="external",
                naming="unnamed",
                count=NUMBERS.get(name.split(" ")[0]),
                evidence=rows[0]["key"],
            )
        elif "(" not in words:
            agent = self.agent(name)
            self.saying(key, agent=agent, parent=said["id"], content=content, basis="inferred", naming="unnamed")


def fields_without_a_place(gold: Gold) -> list[str]:
    """A sentence for each list of the gold in which something is said that no record here has a field for."""
    lists = {noun: gold[noun] for noun in READ if noun in gold} | {
        "positions": [position for dispute in gold["disputes"] for position in dispute["positions"]],
        "verdicts": [one for resolution in gold["resolutions"] for one in resolution["per_statement"].values()],
    }
    found = []
    for noun, rows in lists.items():
        said = {name for row in rows for name, value in row.items() if value not in (None, "", [])}
        if beside := sorted(said - set(READ[noun].split())):
            found.append(f"Of {len(rows)} {noun}: {', '.join(beside)}.")
    return found


def _segments(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"segments": [[span["start"], span["end"]]]}
