"""Confidential notes on a page: those that the reader may read, those that were taken away, and the form for one more.

Their words stand on these pages alone; who may read them is said by `ConfidentialNote.objects.visible_to`.
"""

from typing import Any

from django.urls import reverse

from annotations.models import ConfidentialNote, Evidence, Source
from annotations.policies.evidence import may_edit_confidential_note, may_write_confidential_note
from annotations.web.forms.evidence import ConfidentialNoteForm
from annotations.web.requests import WebRequest


def notes_context(
    request: WebRequest, about: Evidence | Source, form: ConfidentialNoteForm | None = None
) -> dict[str, Any]:
    """What `evidence/_notes.html` needs. One query."""
    kind = about.record_kind()
    rows = ConfidentialNote.objects.visible_to(request.user).filter(**{kind: about}).select_related("author")
    told = [(note, may_edit_confidential_note(request.user, note)) for note in rows.order_by("id")]
    address = "web:write_confidential_note" if kind == "evidence" else "web:write_note_on_source"
    return {
        "notes": [one for one in told if not one[0].trashed],
        "notes_taken_away": [one for one in told if one[0].trashed],
        "note_form": form or ConfidentialNoteForm(),
        "note_address": reverse(address, args=[about.pk]),
        "may_note": may_write_confidential_note(request.user, about.project_id),
    }


def page_of(note: ConfidentialNote) -> str:
    """The page of what a note is on, where it stands."""
    if note.evidence_id:
        return reverse("web:edit_evidence", args=[note.evidence_id]) + "#notes"
    return reverse("web:source", args=[note.source_id]) + "#notes"
