"""What the public page of a report shows, shaped from a frozen edition: its paragraphs with numbers to quote them by,
its table of verdicts, its parties, its evidence, its corrections, and the same as ClaimReview.

The preview before publishing is the same page from a resolution that is not published yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.core.claim_review import claim_reviews
from annotations.core.places import Count, Place
from annotations.models import Project, Report, Resolution
from annotations.queries.reports import Published, names_of, signers_in
from annotations.services.editions import content_of
from annotations.templatetags.languages import said
from annotations.templatetags.words import in_words
from annotations.web.drawing import chains_in

Part = dict[str, Any]
Content = Mapping[str, Any]
ORDER = (Place.IN_DISPUTE.value, "", Place.AGREED.value, Place.NOT_CONTESTED.value, Place.NOT_STATED.value)
SIDES = ("affirm", "deny")
MATERIAL = ("correction", "retraction")  # said at the top of the page too


class Paragraph(NamedTuple):
    """One paragraph that can be quoted: `#p3`."""

    number: int
    text: str


class Paragraphs:
    """Numbers them in the order of the page, so that an edition's numbers never change."""

    def __init__(self) -> None:
        self.number = 0

    def take(self, text: str) -> list[Paragraph]:
        """The paragraphs of a text: parts with an empty line between them, or each line."""
        parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n" if "\n\n" in text else "\n")]
        return [self.one(part) for part in parts if part]

    def one(self, text: str) -> Paragraph:
        self.number += 1
        return Paragraph(self.number, text)


@dataclass(frozen=True, slots=True)
class Signed:
    """One name under the answer or against it."""

    name: str
    at: str
    reason: list[Paragraph]
    would_be: list[tuple[int, str]]


def report_context(shown: Published) -> Part:
    """The page of a published edition."""
    report = shown.report
    project = report.project
    context = page_of(shown.content, project, report.title, shown.names)
    address = address_of(report)
    is_retracted = report.state == "retracted"
    return context | {
        "report": report,
        "edition": shown.edition,
        "newest": shown.newest,
        "is_newest": shown.is_newest,
        "earlier": range(1, shown.newest) if shown.is_newest else (),
        "corrections": shown.corrections,
        "material": [row for row in shown.corrections if row.kind in MATERIAL],
        "address": address,
        "modified": shown.modified,
        "reviews": [] if is_retracted or not shown.is_newest else reviews_of(shown),
    }


def preview_context(resolution: Resolution, title: str) -> Part:
    """The page as it would be, before anything is published."""
    content = content_of(resolution)
    return page_of(content, resolution.project, title, names_of(signers_in(content))) | {"is_preview": True}


def address_of(report: Report) -> str:
    """The one address of a report, absolute: by BASE_URL, never by what a request calls the host."""
    return settings.BASE_URL + reverse("web:report", args=[report.slug])


def reviews_of(shown: Published) -> list[Part]:
    report = shown.report
    return claim_reviews(
        shown.content,
        address=address_of(report),
        publisher=report.project.name,
        publisher_address=settings.BASE_URL + reverse("web:public_reports", args=[report.project.slug]),
        published=report.created_at.date().isoformat(),
        modified=shown.modified.date().isoformat(),
    )


def page_of(content: Content, project: Project, title: str, names: Mapping[str, str]) -> Part:
    paragraphs = Paragraphs()
    numbers = {row["id"]: row["number"] for row in content["statements"]}
    signatures = content["signatures"]
    answer = paragraphs.one(answer_in(content))
    return {
        "project": project,
        "title": title,
        "content": content,
        "answer": answer,
        "rationale": paragraphs.take(content["rationale"]),
        "dissents": [signed(one, names, paragraphs, numbers) for one in signatures["dissents"]],
        "approvals": [signed(one, names, paragraphs, numbers) for one in signatures["approvals"]],
        "proposer": name_in(names, signatures["proposer"]),
        "would_settle": paragraphs.take(content["would_settle"]),
        "would_not_settle": paragraphs.take(content.get("would_not_settle", "")),  # older editions do not say it
        "reopen_if": paragraphs.take(content["reopen_if"]),
        "search_log": paragraphs.take(content["search_log"]),
        "groups": groups_in(content),
        "parties": parties_in(content),
        "voices": [voice_of(party) for party in content["parties"]],
        "sources": [shown_source(source) for source in content["sources"]],
        "used_verdicts": verdicts_used(content),
        "judged": [row for row in content["statements"] if row["place"] != Place.OUT_OF_SCOPE],
        "outside": [row for row in content["statements"] if row["place"] == Place.OUT_OF_SCOPE],
        "evidence_words": evidence_words(content),
        "chains": chains_in(content),
        "language": language_of(content),
    }


# -- the answer in one sentence ---------------------------------------------------------------------------------------


def answer_in(content: Content) -> str:
    """Who affirms and who denies what was asked; of a claim, the claim."""
    if content["kind"] == "claim":
        return str(content["question"])
    contested = {row["id"] for row in content["statements"] if row["place"] == Place.IN_DISPUTE}
    sides = [
        "; ".join(party["name"] for party in content["parties"] if takes(party, side, contested)) for side in SIDES
    ]
    if not all(sides):
        return str(content["question"])
    return _("Affirmed by {affirm}. Denied by {deny}.").format(affirm=sides[0], deny=sides[1])


def takes(party: Part, side: str, statements: set[str]) -> bool:
    return any(stance["stance"] == side for pk, stance in party["stances"].items() if pk in statements)


def language_of(content: Content) -> str:
    """The language of the statements, where they have one and the same."""
    languages = {row["language"] for row in content["statements"]}
    return languages.pop() if len(languages) == 1 else ""


# -- tables -----------------------------------------------------------------------------------------------------------


def groups_in(content: Content) -> list[tuple[str, list[Part]]]:
    """The statements with a verdict, what is in dispute first: the words above each group, and its rows."""
    rows = [shown_statement(row) for row in content["statements"] if row["verdict"]]
    groups = [(place, [row for row in rows if row["place"] == place]) for place in ORDER]
    return [(place, group) for place, group in groups if group]


def shown_statement(row: Part) -> Part:
    counts = row["counts"]
    by_stance = [
        (in_words(stance), said(Count(**figures).in_words())) for stance, figures in counts["by_stance"].items()
    ]
    bare = [(in_words(stance), number) for stance, number in counts["bare"].items()]
    return row | {"counted": by_stance, "bare": bare}


def parties_in(content: Content) -> list[Part]:
    """The columns of the table of stances, each with a cell for every statement that is in scope."""
    rows = [row for row in content["statements"] if row["place"] != Place.OUT_OF_SCOPE]
    return [party | {"cells": [(row, party["stances"].get(row["id"])) for row in rows]} for party in content["parties"]]


def voice_of(party: Part) -> Part:
    """What a party said, each quote once, and when it last spoke."""
    stances = party["stances"].values()
    quotes = dict.fromkeys(quote for stance in stances for quote in stance["quotes"])
    when = max((stance["stated_on"] for stance in stances), default="")
    return party | {"quotes": list(quotes), "when": when}


def shown_source(source: Part) -> Part:
    """A source with each passage once, and what it says on which statements."""
    passages: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
    for one in source["passages"]:
        key = (one["quote"], one["ground"], one["where"], one.get("reliability", ""), one.get("credibility"))
        passages.setdefault(key, []).append((one["statement"], one["stance"]))
    shown = [
        {"quote": quote, "ground": ground, "where": where, "grade": grade, "credibility": number, "says": says}
        for (quote, ground, where, grade, number), says in passages.items()
    ]
    origins = dict.fromkeys(one["origin"] for one in source["passages"] if one["origin"])
    return source | {"shown": shown, "origins": list(origins)}


def verdicts_used(content: Content) -> list[Part]:
    used = {row["verdict"]["key"] for row in content["statements"] if row["verdict"]}
    return [verdict for verdict in content["scale"]["verdicts"] if verdict["key"] in used]


def evidence_words(content: Content) -> str:
    """`4 origins, 9 documents, 2 untraced`, over all statements; bare assertions add nothing."""
    counted = [
        (one["number"], passage["origin"])
        for one in content["sources"]
        for passage in one["passages"]
        if passage["ground"] != "bare_assertion"
    ]
    traced = {number for number, origin in counted if origin}
    origins = {origin for _number, origin in counted if origin}
    untraced = {number for number, _origin in counted} - traced
    return str(said(Count(len(origins), len(traced), len(untraced)).in_words()))


# -- people -----------------------------------------------------------------------------------------------------------


def signed(one: Part, names: Mapping[str, str], paragraphs: Paragraphs, numbers: Mapping[str, int]) -> Signed:
    would_be = [(numbers[pk], words) for pk, words in one.get("verdicts", {}).items() if pk in numbers]
    reason = paragraphs.take(one.get("reason", ""))
    return Signed(name_in(names, one["person"]), one["at"], reason, would_be)


def name_in(names: Mapping[str, str], person: str) -> str:
    """The name that a signer shows. Who shows none, or has left, is not named."""
    return names.get(person) or _("a member of the desk")
