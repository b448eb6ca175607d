"""Where a record of some kind can be looked at: its own page if it has one, else its history."""

from typing import Any

from django.urls import reverse

PAGES = {
    "agent": "web:agent",
    "agent_rating": "web:agent_rating",
    "annotation": "web:annotation",
    "article": "web:article",
    "bulk_change": "web:bulk_change",
    "claim": "web:claim",
    "comment": "web:comment",
    "comment_request": "web:comment_request",
    "confidential_note": "web:confidential_note",
    "dispute": "web:dispute",
    "evidence": "web:edit_evidence",
    "origin": "web:origin",
    "position": "web:edit_position",
    "quantity": "web:quantity",
    "question": "web:question",
    "search": "web:search",
    "source": "web:source",
}


def address_of(kind: str, pk: Any) -> str:
    """The path of a record's page; whether a person may see it is asked there."""
    if kind in PAGES:
        return reverse(PAGES[kind], args=[pk])
    return reverse("web:history", args=[kind, pk])
