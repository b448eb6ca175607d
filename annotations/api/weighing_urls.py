"""The addresses of what a claim is weighed by: sets of evidence, questions, searches, assessments and their scales."""

from django.urls import path

from annotations.api.actions import reads
from annotations.api.endpoint import address
from annotations.api.records import ASSESSMENT, CONFIDENTIAL_NOTE, EVIDENCE_SET, QUESTION, SEARCH, VERDICT_SCALE
from annotations.api.views import assessments, evidence, questions

about_weighing = [
    path(
        "v1/claims/<uuid:pk>/evidence_sets/",
        address(get=evidence.list_evidence_sets, post=evidence.add_evidence_set),
        name="evidence_sets",
    ),
    path("v1/evidence_sets/<uuid:pk>/", address(get=reads(EVIDENCE_SET)), name="evidence_set"),
    path("v1/evidence_sets/<uuid:pk>/break/", address(post=evidence.break_evidence_set), name="break_evidence_set"),
    path(
        "v1/evidence/<uuid:pk>/confidential_notes/",
        address(get=evidence.list_confidential_notes, post=evidence.write_confidential_note),
        name="confidential_notes",
    ),
    path(
        "v1/sources/<uuid:pk>/confidential_notes/",
        address(get=evidence.list_notes_on_source, post=evidence.write_note_on_source),
        name="notes_on_source",
    ),
    path(
        "v1/confidential_notes/<uuid:pk>/",
        address(
            get=reads(CONFIDENTIAL_NOTE),
            patch=evidence.edit_confidential_note,
            delete=evidence.trash_confidential_note,
        ),
        name="confidential_note",
    ),
    path(
        "v1/confidential_notes/<uuid:pk>/restore/",
        address(post=evidence.restore_confidential_note),
        name="restore_confidential_note",
    ),
    path(
        "v1/claims/<uuid:pk>/questions/",
        address(get=questions.list_questions, post=questions.add_question),
        name="questions",
    ),
    path(
        "v1/questions/<uuid:pk>/",
        address(get=reads(QUESTION), patch=questions.edit_question, delete=questions.trash_question),
        name="question",
    ),
    path("v1/questions/<uuid:pk>/restore/", address(post=questions.restore_question), name="restore_question"),
    path(
        "v1/claims/<uuid:pk>/searches/",
        address(get=questions.list_searches, post=questions.add_search),
        name="searches",
    ),
    path(
        "v1/searches/<uuid:pk>/",
        address(get=reads(SEARCH), patch=questions.edit_search, delete=questions.trash_search),
        name="search",
    ),
    path("v1/searches/<uuid:pk>/restore/", address(post=questions.restore_search), name="restore_search"),
    path(
        "v1/claims/<uuid:pk>/assessments/",
        address(get=assessments.list_assessments, post=assessments.add_assessment),
        name="assessments",
    ),
    path(
        "v1/assessments/<uuid:pk>/",
        address(get=reads(ASSESSMENT), patch=assessments.edit_assessment, delete=assessments.trash_assessment),
        name="assessment",
    ),
    path(
        "v1/projects/<slug:slug>/verdict_scales/",
        address(get=assessments.list_verdict_scales, post=assessments.add_verdict_scale),
        name="verdict_scales",
    ),
    path(
        "v1/verdict_scales/<uuid:pk>/",
        address(get=reads(VERDICT_SCALE), patch=assessments.edit_verdict_scale),
        name="verdict_scale",
    ),
]
