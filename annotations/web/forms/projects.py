"""The forms of projects and of their members."""

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from annotations.models import Project
from annotations.models.projects import ROLES
from annotations.web.fields import Choice, Line, Number, Text, Tick, WriteForm, filled

APPROVALS_HELP = _("People other than the one who proposes: 1 means two people in all.")
SLUG_HELP = _("In the address, for good: letters, digits, hyphens.")


class ProjectForm(WriteForm):
    """A new project; its settings come after."""

    called = "project"

    name = Line(_("Name"), required=True)
    slug = Line(_("Short name"), required=True, help_text=SLUG_HELP)
    guidelines = Text(_("Guidelines"), rows=4, help_text=_("Markdown. What one marks, what one does not, and why."))


class SettingsForm(WriteForm):
    """Everything that can be changed about a project. Two numbers are one setting to the service."""

    called = "settings"

    name = Line(_("Name"), required=True)
    guidelines = Text(_("Guidelines"), rows=8, help_text=_("Markdown. What one marks, what one does not, and why."))
    approvals_dispute = Number(_("Approvals to close a dispute"), 1, 20, required=True, help_text=APPROVALS_HELP)
    approvals_claim = Number(_("Approvals for a claim"), 1, 20, required=True)
    readers_per_article = Number(_("Readers for each article"), 1, 20, required=True)
    zone = Choice(_("Time zone"), [(zone, zone) for zone in sorted(available_timezones())], required=True)
    blind = Tick(_("Blind: annotators see only their own work"))
    grades = Tick(_("Grades: sources carry a reliability letter, evidence a credibility number"))
    correction_requests = Tick(_("Readers of published reports may ask for corrections"))

    def settings(self) -> dict[str, Any]:
        """What was typed, as the service takes it. Boxes that are not ticked are not sent, and mean no."""
        typed = filled(self)
        needed = {kind: typed.pop(f"approvals_{kind}") for kind in ("dispute", "claim") if f"approvals_{kind}" in typed}
        return typed | ({"approvals_needed": needed} if needed else {})

    @classmethod
    def initial_of(cls, project: Project) -> dict[str, Any]:
        return {name: getattr(project, name) for name in cls.base_fields}


class MemberForm(WriteForm):
    called = "member"

    username = Line(_("Username"), required=True, attrs={"autocapitalize": "none", "spellcheck": "false"})
    role = Choice(_("Role"), ROLES, required=True, initial="annotator")


class RoleForm(WriteForm):
    role = Choice(_("Role"), ROLES, required=True)
