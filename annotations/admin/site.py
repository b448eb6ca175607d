"""The admin site: closed to all but active superusers, because everyone else works in the web interface.

Records stand in the groups of the domain. What happened is told by our events; Django's own log of actions is never
written and never shown.
"""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from annotations.admin.changes import told
from annotations.admin.sign_in import OperatorSignInForm, OwnPassword
from annotations.models import Event

GROUPS = {
    "People and projects": ("person", "token", "project", "membership", "label", "guidelineversion"),
    "Text": ("article", "revision", "anchor"),
    "Assertions": (
        "annotation", "relation", "attribution", "claim", "claimmention", "quantity", "claimrelation",
        "triagecriterion", "triagemark", "agent", "alias", "agentdistinction", "agentrating",
    ),
    "Assessment": (
        "source", "savedcopy", "origin", "evidence", "evidenceset", "confidentialnote", "question", "answer", "search",
        "verdictscale", "assessment", "assessmentcitation",
    ),
    "Process": (
        "dispute", "statement", "position", "stance", "stancecitation", "commentrequest",
        "resolution", "verdict", "verdictcitation", "decision",
    ),
    "Talk": ("comment", "commentmention"),
    "Publishing": ("report", "reportedition", "correction", "correctionrequest"),
    "Suggestions": ("recommender", "suggestion", "ownmodel"),
    "Background": ("job", "worker", "presence", "claimword", "signintry"),
    "History": ("event", "chain", "keptanswer", "act", "bulkchange", "bulkrow"),
}  # fmt: skip
OTHERS = "Other records"
UNUSED = {"autocomplete", "view_on_site"}  # Django's further doors, which no page of ours opens
LATEST = 12  # events beside the index: as many as fit beside the groups


class WorkbenchSite(admin.AdminSite):
    site_header = "Workbench administration"
    site_title = "Workbench"
    index_title = "Records"
    login_form = OperatorSignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Behind Django's question who comes in, the person acts as operator until the request ends."""

        @wraps(view)
        def as_operator(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.user.acts_in_admin = True
            return view(request, *args, **kwargs)

        return super().admin_view(as_operator, cacheable)

    def get_urls(self) -> list[Any]:
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in UNUSED]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The records by group, in the order of GROUPS, each group in the place of an app."""
        known = {entry["model"]._meta.model_name: entry for app in super().get_app_list(request, app_label)
                 for entry in app["models"]}  # fmt: skip
        address = reverse("admin:app_list", kwargs={"app_label": "annotations"})
        grouped = [(name, [known.pop(word) for word in words if word in known]) for name, words in GROUPS.items()]
        return [
            {"name": name, "app_label": "annotations", "app_url": address, "has_module_perms": True, "models": models}
            for name, models in [*grouped, (OTHERS, list(known.values()))]
            if models
        ]

    def get_log_entries(self, request: HttpRequest) -> Any:
        """The newest events of all projects, for the index; read only where a page shows them."""
        return Event.objects.select_related("person", "project").order_by("-pk")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        latest = [told(event) for event in self.get_log_entries(request)[:LATEST]]
        return super().index(request, {"latest": latest, **(extra_context or {})})

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's page, with a form that saves through the service."""
        view = OwnPassword.as_view(
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)
