"""Who was asked about a dispute or a claim, as the list that their pages show."""

from typing import Any

from django.urls import reverse

from annotations.models import Claim, Dispute
from annotations.policies.comment_requests import may_request_comment
from annotations.queries.comment_requests import requests_about
from annotations.web.requests import WebRequest


def requests_context(request: WebRequest, about: Dispute | Claim) -> dict[str, Any]:
    """For comment_requests/_list.html. One query."""
    name = "web:request_comment" if isinstance(about, Dispute) else "web:request_claim_comment"
    return {
        "project": about.project,
        "requests": requests_about(about, request.user),
        "ask_url": reverse(name, args=[about.pk]),
        "may_ask": may_request_comment(request.user, about.project_id),
    }
