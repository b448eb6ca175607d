"""Keeps the index by which claims find each other as their words change, in the transaction that changes them."""

from collections.abc import Container
from typing import Any

from annotations.core.claim_words import key_of, words_to_find
from annotations.models import Claim, ClaimWord


def keep_findable(row: Any, changed: Container[str] = ("text",)) -> None:
    """Called for every row that is added or changed; only the words of a claim are kept."""
    if isinstance(row, Claim) and "text" in changed:
        index_claims([row])


def index_claims(claims: list[Claim]) -> None:
    """Make the index of these claims anew. Two statements."""
    ClaimWord.objects.filter(claim__in=claims).delete()
    ClaimWord.objects.bulk_create(
        (
            ClaimWord(key=key_of(claim.project_id, word), claim=claim)
            for claim in claims
            for word in sorted(words_to_find(claim.text))
        ),
        batch_size=500,
    )
