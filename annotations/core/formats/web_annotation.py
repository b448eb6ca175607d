"""W3C Web Annotation (JSON-LD): one AnnotationCollection whose first and only page holds every annotation and relation.

The document is written as it goes and is valid JSON as a whole; its `total` stands at its end, when it is known.
Positions are Unicode code points, half-open, as the model asks of a TextPositionSelector. Several segments are several
targets of one annotation, since several selectors in one target would mean alternatives for the same place.
Source: W3C Recommendation "Web Annotation Data Model" of 23 February 2017.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from annotations.core.anchoring import JOINER
from annotations.core.formats.report import LossReport

NAME = "web_annotation"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
EXTENSION = "jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
BLOCK_BYTES = 64 * 1024

ONLY_ANNOTATIONS = "This format carries annotations only."
CANNOT_CARRY: Mapping[str, str] = {
    "annotation in the trash": "It is in the trash, and this format has no word for that.",
    "annotation.attributes": "Attributes have no place in this format.",
    "annotation.score": "How sure a recommender was has no place in this format; which one it was has.",
    "annotation.version": "Version numbers have no place in this format.",
    "relation in the trash": "It is in the trash, and this format has no word for that.",
    "relation of one": "One of its annotations is in the trash, so it would lead to nothing in the file.",
    "relation.version": "Version numbers have no place in this format.",
    "person": "People are named as creators, not as records.",
    "label": "Labels are named in the annotations that bear them, not as records.",
    "article": "Articles are named as targets; what is known about them has no place in this format.",
    "anchor": "An annotation names the revision in which it stands; where it stood before has no place in this format.",
    "revision": "Revisions are named as targets; their text has no place in this format.",
    "saved_copy": "Saved copies have no place in this format: neither what is known about them nor their bytes.",
    "confidential note": "Confidential notes stay on the desk, in every format; they are not even counted.",
}

Row = Mapping[str, Any]


def write(rows: Iterable[tuple[str, Row]], report: LossReport, *, base_url: str, project: str) -> Iterator[bytes]:
    """The document's bytes, in blocks, from (kind, row) pairs in the order of RECORD_KINDS: annotations, and relations
    as annotations that link two others; other kinds are lost.

    `base_url` has no slash at its end; `project` is the slug. An annotation row may bring `revision_number` (else it is
    learned from the revision rows before it) and `prefix` and `suffix` of its outer extent. Names of people and labels
    are kept in memory, and nothing else.
    """
    page = _Page(base_url, project)
    block = bytearray(page.head())
    total = 0
    for kind, row in rows:
        page.learn(kind, row)
        if reason := _why_lost(kind, row):
            report.lost(kind, reason)
            continue
        block += b"," if total else page.opening()
        block += orjson.dumps(page.annotation(row) if kind == "annotation" else page.relation(row))
        _report(kind, row, report)
        total += 1
        if len(block) >= BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    block += page.closing(total)
    yield bytes(block)


def _why_lost(kind: str, row: Row) -> str:
    if kind == "relation":
        return _why_loose(row)
    if kind != "annotation":
        return CANNOT_CARRY.get(kind, ONLY_ANNOTATIONS)
    return CANNOT_CARRY["annotation in the trash"] if row.get("state") == "trashed" else ""


def _why_loose(row: Row) -> str:
    if row.get("trashed"):
        return CANNOT_CARRY["relation in the trash"]
    return CANNOT_CARRY["relation of one"] if row.get("is_loose") else ""


def _report(kind: str, row: Row, report: LossReport) -> None:
    report.written(kind)
    report.left_behind(kind, CANNOT_CARRY[f"{kind}.version"])
    if row.get("attributes"):
        report.left_behind("annotation", CANNOT_CARRY["annotation.attributes"])
    if row.get("score") is not None:
        report.left_behind("annotation", CANNOT_CARRY["annotation.score"])


class _Page:
    """Addresses and names: what one annotation needs to know beside its own row."""

    def __init__(self, base_url: str, project: str) -> None:
        self.base_url = base_url
        self.collection = f"{base_url}/api/wa/{project}/"
        self.label_address = f"{base_url}/api/v1/labels/"
        self.title = f"Annotations of {project}"
        self.people: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.numbers: dict[str, int] = {}  # of revisions after the first: few

    def learn(self, kind: str, row: Row) -> None:
        match kind:
            case "project":
                self.title = f"Annotations of {row['name']}"
            case "person":
                self.people[row["id"]] = row["display_name"]
            case "label":
                self.labels[row["id"]] = row["name"]
            case "revision" if row["number"] > 1:
                self.numbers[row["id"]] = row["number"]

    def head(self) -> bytes:
        """The collection up to where its page begins. It is open: nothing closes it but `closing`."""
        start = {"@context": CONTEXT, "id": self.collection, "type": "AnnotationCollection"}
        return orjson.dumps(start)[:-1]

    def opening(self) -> bytes:
        """The page up to its first annotation: a page has at least one, so an empty collection has none."""
        address = f"{self.collection}?page=0"
        start = {"id": address, "type": "AnnotationPage", "partOf": self.collection, "startIndex": 0}
        return b',"first":' + orjson.dumps(start)[:-1] + b',"items":['

    def closing(self, total: int) -> bytes:
        end = orjson.dumps({"label": self.title, "total": total})[1:]
        return (b"]}," if total else b",") + end + b"\n"

    def annotation(self, row: Row) -> dict[str, Any]:
        targets = self._targets(row)
        origin = row.get("origin")
        return {
            "id": f"{self.collection}{row['id']}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": self._creator(row["author"]),
            **({"generator": {"type": "Software", "name": origin}} if origin else {}),
            "created": row["created_at"],
            "body": list(self._bodies(row)),
            "target": targets[0] if len(targets) == 1 else targets,
        }

    def relation(self, row: Row) -> dict[str, Any]:
        """An annotation about another one: its target is where the arrow begins, its body where it leads, and why."""
        end = {"type": "SpecificResource", "purpose": "linking", "source": f"{self.collection}{row['to']}"}
        return {
            "id": f"{self.collection}{row['id']}",
            "type": "Annotation",
            "motivation": "linking",
            "creator": self._creator(row["author"]),
            "created": row["created_at"],
            "body": [end, *self._bodies(row)],
            "target": f"{self.collection}{row['from']}",
        }

    def _creator(self, person: str) -> dict[str, str]:
        named = {"id": f"urn:uuid:{person}", "type": "Person"}
        return named | {"name": self.people[person]} if self.people.get(person) else named

    def _bodies(self, row: Row) -> Iterator[dict[str, str]]:
        yield {
            "id": f"{self.label_address}{row['label_id']}/",
            "type": "TextualBody",
            "purpose": "classifying",
            "format": "text/plain",
            "value": self.labels.get(row["label_id"]) or row["label"],
        }
        if row["note"]:
            yield {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": row["note"]}

    def _targets(self, row: Row) -> list[dict[str, Any]]:
        number = row.get("revision_number") or self.numbers.get(row["revision"], 1)
        source = f"{self.base_url}/articles/{row['article']}/revisions/{number}/"
        if not row["segments"]:
            return [{"type": "SpecificResource", "source": source}]  # a document label: the whole text
        return [
            {"type": "SpecificResource", "source": source, "selector": selectors} for selectors in self._selectors(row)
        ]

    def _selectors(self, row: Row) -> Iterator[list[dict[str, Any]]]:
        """Position and quote of each segment: two ways to select the same characters."""
        segments = row["segments"]
        quotes = _quotes(row["quote"], segments)
        for number, ((start, end), quote) in enumerate(zip(segments, quotes, strict=True)):
            exact: dict[str, Any] = {"type": "TextQuoteSelector", "exact": quote}
            if number == 0 and row.get("prefix"):
                exact["prefix"] = row["prefix"]
            if number == len(segments) - 1 and row.get("suffix"):
                exact["suffix"] = row["suffix"]
            yield [{"type": "TextPositionSelector", "start": start, "end": end}, exact]


def _quotes(quote: str, segments: list[list[int]]) -> Iterator[str]:
    """The segments' own texts out of the joined quote, by their lengths: the joiner may stand in the text as well."""
    at = 0
    for start, end in segments:
        yield quote[at : at + end - start]
        at += end - start + len(JOINER)
