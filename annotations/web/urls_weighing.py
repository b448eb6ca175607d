"""The addresses of what a claim is weighed by: evidence that counts together, questions, votes, and its own answer."""

from django.urls import path

from annotations.web.views import assessments, evidence, questions, resolutions, sources

WEIGHING = [
    path("claims/<uuid:pk>/resolutions/", resolutions.propose_claim_resolution, name="propose_claim_resolution"),
    path("claims/<uuid:pk>/evidence_sets/", evidence.add_evidence_set, name="add_evidence_set"),
    path("evidence_sets/<uuid:pk>/break/", evidence.break_evidence_set, name="break_evidence_set"),
    path("evidence/<uuid:pk>/confidential_notes/", evidence.write_confidential_note, name="write_confidential_note"),
    path("sources/<uuid:pk>/confidential_notes/", sources.write_note_on_source, name="write_note_on_source"),
    path("confidential_notes/<uuid:pk>/", evidence.confidential_note, name="confidential_note"),
    path("confidential_notes/<uuid:pk>/restore/", evidence.restore_confidential_note, name="restore_confidential_note"),
    path("confidential_notes/<uuid:pk>/trash/", evidence.trash_confidential_note, name="trash_confidential_note"),
    path("claims/<uuid:pk>/questions/", questions.questions, name="questions"),
    path("questions/<uuid:pk>/", questions.question, name="question"),
    path("questions/<uuid:pk>/trash/", questions.trash_question, name="trash_question"),
    path("questions/<uuid:pk>/restore/", questions.restore_question, name="restore_question"),
    path("claims/<uuid:pk>/searches/", questions.add_search, name="add_search"),
    path("searches/<uuid:pk>/", questions.search, name="search"),
    path("searches/<uuid:pk>/restore/", questions.restore_search, name="restore_search"),
    path("searches/<uuid:pk>/trash/", questions.trash_search, name="trash_search"),
    path("claims/<uuid:pk>/assessments/", assessments.assessments, name="assessments"),
    path("assessments/<uuid:pk>/", assessments.edit_assessment, name="edit_assessment"),
    path("assessments/<uuid:pk>/trash/", assessments.trash_assessment, name="trash_assessment"),
    path("projects/<slug:slug>/verdict_scales/", assessments.verdict_scales, name="verdict_scales"),
    path("claims/<uuid:pk>/send_back/", resolutions.send_back_claim, name="send_back_claim"),
]
