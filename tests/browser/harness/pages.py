"""The real templates, filled with samples: what the harness serves. No view and no database stands behind them."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import set_urlconf

from annotations.templatetags.words import (
    OUTCOMES,
    PLACES,
    STANCES_OF_PARTIES,
    STANCES_OF_SOURCES,
    STATES,
    VERDICTS,
)
from tests.browser.harness.samples import LABELS, NEWS, blocks_of, marks_of, spans_of

MARK_URL = "/mark/"
ALLOWED = SimpleNamespace(allowed=True, reason="")
QUEUE = [
    ("Qaani’s pledge, a Reuters report and a denial", "syriatruths.com", "16 Nov 2023", "in_progress", 17, 4),
    ("Baqeri receives Syria’s defence minister", "Islam Times", "18 Mar 2024", "not_started", 0, 0),
    ("Baqeri and Haniyeh meet in Tehran", "Islam Times", "29 Mar 2024", "not_started", 0, 1),
    ("Qaani on tour: backing allies is lasting policy", "MEHR", "", "submitted", 9, 0),
]


def annotate_page(text: str = NEWS, **changed: Any) -> str:
    return render("annotations/articles/annotate.html", annotate_context(text, **changed))


def annotate_context(text: str = NEWS, *, current: int | None = None, **changed: Any) -> dict[str, Any]:
    marks = marks_of(text, current) if text is NEWS else []
    return {
        "project": SimpleNamespace(slug="seeds", name="Seeds"),
        "section": "queue",
        "article": SimpleNamespace(
            id="1", pk="1", language="en",
            title="Qaani’s pledge to Gaza, a Reuters report from Tehran, and Hamdan’s denial",
            outlet="syriatruths.com, republished", byline="", published_on="2023-11-16", published_basis="inferred",
            url="https://example.org/article", note="digest",
        ),
        "revision": SimpleNamespace(id="r1", number=1, code_points=len(text)),
        "blocks": blocks_of(text, marks),
        "spans": spans_of(marks),
        "labels": LABELS,
        "queue": queue_rows(),
        "annotation": None,
        "decision_may_annotate": ALLOWED,
        "mark_url": MARK_URL,
    } | changed  # fmt: skip


def queue_rows() -> list[SimpleNamespace]:
    names = ("title", "outlet", "published_on", "state", "marks", "disputed")
    rows = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in QUEUE]
    for number, row in enumerate(rows):
        row.id, row.url, row.is_current = str(number), f"/articles/{number}/", number == 0
    return rows


def sign_in_page(**changed: Any) -> str:
    people = [
        {"username": "ana", "role": "annotator", "does": "marks spans, makes claims, says who said them"},
        {"username": "ida", "role": "adjudicator", "does": "maps positions and proposes how a dispute ends"},
        {"username": "jo", "role": "adjudicator", "does": "the second person: approves, or not"},
        {"username": "max", "role": "manager", "does": "sets up labels, members and articles"},
        {"username": "vera", "role": "viewer", "does": "reads everything and changes nothing"},
    ]
    context = {"user": SimpleNamespace(is_authenticated=False), "demo": people, "demo_password": "demo", "next": "/"}
    return render("annotations/people/sign_in.html", context | changed)


def parts_page() -> str:
    """parts.html beside this module: every part in every state."""
    at = datetime(2026, 11, 21, 11, 2, tzinfo=UTC)
    changes = [SimpleNamespace(field="confidence", was="medium", now="low")]
    context = {
        "labels": LABELS,
        "verdicts": list(VERDICTS),
        "stances": [*STANCES_OF_PARTIES, *STANCES_OF_SOURCES],
        "states": [*PLACES, *STATES, *OUTCOMES],
        "allowed": ALLOWED,
        "refused": SimpleNamespace(allowed=False, reason="You proposed this, so someone else decides."),
        "events": [SimpleNamespace(at=at, person="ida", sentence="proposed resolution 2", url="#", changes=changes)],
    }
    return render((Path(__file__).parent / "parts.html").read_text(), context, is_source=True)


def render(name: str, context: dict[str, Any], *, is_source: bool = False) -> str:
    request = RequestFactory().get("/articles/1/")
    user = SimpleNamespace(is_authenticated=True, username="ana", display_name="Ana", uses_single_keys=True)
    shared = {"request": request, "user": user, "csrf_token": "a-token", "LANGUAGE_CODE": "en"}
    set_urlconf("tests.browser.harness.addresses")
    try:
        template = engines["django"].from_string(name) if is_source else get_template(name)
        return template.render(shared | context)
    finally:
        set_urlconf(None)
