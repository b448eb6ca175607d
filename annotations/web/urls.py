"""The addresses of the pages.

A write has the address that it has in the API, without /api/v1, and the name of its service.
"""

from django.conf import settings
from django.urls import path

from annotations.web import feeds, health
from annotations.web.urls_copies import COPIES, ONE_OR_TWO
from annotations.web.urls_weighing import WEIGHING
from annotations.web.views import (
    acts,
    agents,
    annotations,
    articles,
    attributions,
    claims,
    comment_requests,
    comments,
    comparisons,
    concordance,
    disputes,
    evidence,
    exports,
    guidelines,
    history,
    imports,
    jobs,
    labels,
    occurrences,
    people,
    pictures,
    presence,
    projects,
    quantities,
    recommenders,
    relations,
    reports,
    resolutions,
    revisions,
    sources,
    suggestions,
    triage,
)

app_name = "web"

ACCOUNTS = [
    path("login/", people.sign_in, name="sign_in"),
    path("logout/", people.sign_out, name="sign_out"),
    path("preferences/", people.change_preferences, name="change_preferences"),
    path("password/change/", people.ChangePassword.as_view(), name="change_password"),
    path("password/reset/", people.Reset.as_view(), name="reset"),
    path("password/reset/sent/", people.ResetSent.as_view(), name="reset_sent"),
    path("password/reset/done/", people.ResetDone.as_view(), name="reset_done"),
    path("password/reset/<uidb64>/<token>/", people.ResetConfirm.as_view(), name="reset_confirm"),
]

MACHINES = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

PROJECTS = [
    path("", projects.queue, name="queue"),
    path("projects/", projects.make_project, name="make_project"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>/settings/", projects.project_settings, name="project_settings"),
    path("projects/<slug:slug>/members/", projects.members, name="members"),
    path("members/<uuid:pk>/", projects.edit_member, name="edit_member"),
    path("members/<uuid:pk>/remove/", projects.remove_member, name="remove_member"),
    path("projects/<slug:slug>/labels/", labels.labels, name="labels"),
    path("labels/<uuid:pk>/", labels.edit_label, name="edit_label"),
    path("labels/<uuid:pk>/retire/", labels.retire_label, name="retire_label"),
    path("labels/<uuid:pk>/restore/", labels.restore_label, name="restore_label"),
    path("projects/<slug:slug>/articles/", articles.articles, name="articles"),
    path("projects/<slug:slug>/imports/", imports.import_files, name="import_files"),
    path("projects/<slug:slug>/occurrences/", occurrences.project_occurrences, name="project_occurrences"),
    path("projects/<slug:slug>/concordance/", concordance.concordance, name="concordance"),
    path("projects/<slug:slug>/concordance/relabel/", concordance.relabel_annotations, name="relabel_annotations"),
    path("bulk_changes/<uuid:pk>/", concordance.bulk_change, name="bulk_change"),
    path("bulk_changes/<uuid:pk>/undo/", concordance.undo_bulk_change, name="undo_bulk_change"),
]

ARTICLES = [
    path("articles/<uuid:pk>/", articles.article, name="article"),
    path("articles/<uuid:pk>/read/", articles.read_article, name="read_article"),
    path("articles/<uuid:pk>/pulse/", presence.pulse, name="pulse"),
    path("articles/<uuid:pk>/presence/", presence.presence, name="presence"),
    path("articles/<uuid:pk>/about/", articles.about_article, name="about_article"),
    path("articles/<uuid:pk>/revisions/", revisions.revisions, name="revisions"),
    path("articles/<uuid:pk>/revisions/compare/", revisions.compare_revisions, name="compare_revisions"),
    path("articles/<uuid:pk>/revisions/<int:number>/", revisions.revision, name="revision"),
    path("articles/<uuid:pk>/review/", revisions.review_anchors, name="review_anchors"),
    path("anchors/<uuid:pk>/accept/", revisions.accept_anchor, name="accept_anchor"),
    path("anchors/<uuid:pk>/remark/", revisions.remark_anchor, name="remark_anchor"),
    path("anchors/<uuid:pk>/drop/", revisions.drop_anchor, name="drop_anchor"),
    path("anchors/<uuid:pk>/reopen/", revisions.reopen_anchor, name="reopen_anchor"),
    path("articles/<uuid:pk>/trash/", articles.trash_article, name="trash_article"),
    path("articles/<uuid:pk>/restore/", articles.restore_article, name="restore_article"),
    path("articles/<uuid:pk>/acts/", acts.acts, name="acts"),
    path("articles/<uuid:pk>/undo/", acts.undo_act, name="undo_act"),
    path("articles/<uuid:pk>/redo/", acts.redo_act, name="redo_act"),
    path("articles/<uuid:pk>/annotations/", annotations.add_annotation, name="add_annotation"),
    path("articles/<uuid:pk>/attributions/", attributions.add_attribution, name="add_attribution"),
    path("articles/<uuid:pk>/sayings/", attributions.record_saying, name="record_saying"),
    path("articles/<uuid:pk>/relations/", relations.add_relation, name="add_relation"),
    path("relations/<uuid:pk>/", relations.edit_relation, name="edit_relation"),
    path("relations/<uuid:pk>/turn/", relations.turn_relation, name="turn_relation"),
    path("relations/<uuid:pk>/trash/", relations.trash_relation, name="trash_relation"),
    path("relations/<uuid:pk>/restore/", relations.restore_relation, name="restore_relation"),
    path("annotations/<uuid:pk>/", annotations.annotation, name="annotation"),
    path("annotations/<uuid:pk>/trash/", annotations.trash_annotation, name="trash_annotation"),
    path("annotations/<uuid:pk>/restore/", annotations.restore_annotation, name="restore_annotation"),
    path("annotations/<uuid:pk>/occurrences/", occurrences.annotation_occurrences, name="occurrences"),
    path("annotations/<uuid:pk>/split/", annotations.split_annotation, name="split_annotation"),
    path("annotations/<uuid:pk>/merge/", annotations.merge_annotations, name="merge_annotations"),
    path("attributions/<uuid:pk>/", attributions.edit_attribution, name="edit_attribution"),
    path("attributions/<uuid:pk>/trash/", attributions.trash_attribution, name="trash_attribution"),
    path("attributions/<uuid:pk>/restore/", attributions.restore_attribution, name="restore_attribution"),
]

SUGGESTIONS = [
    path("projects/<slug:slug>/recommenders/", recommenders.recommenders, name="recommenders"),
    path("recommenders/<uuid:pk>/", recommenders.edit_recommender, name="edit_recommender"),
    path("recommenders/<uuid:pk>/trash/", recommenders.trash_recommender, name="trash_recommender"),
    path("recommenders/<uuid:pk>/restore/", recommenders.restore_recommender, name="restore_recommender"),
    path("recommenders/<uuid:pk>/train/", recommenders.train_recommender, name="train_recommender"),
    path("recommenders/<uuid:pk>/test/", recommenders.test_recommender, name="test_recommender"),
    path("articles/<uuid:pk>/suggestions/", suggestions.suggestions, name="suggestions"),
    path("articles/<uuid:pk>/suggestions/accept/", suggestions.accept_suggestions, name="accept_suggestions"),
    path("suggestions/<uuid:pk>/accept/", suggestions.accept_suggestion, name="accept_suggestion"),
    path("suggestions/<uuid:pk>/reject/", suggestions.reject_suggestion, name="reject_suggestion"),
    path("suggestions/<uuid:pk>/reopen/", suggestions.reopen_suggestion, name="reopen_suggestion"),
]

HELD_OPEN = [path("articles/<uuid:pk>/stream/", presence.stream, name="stream")] if settings.LIVE_STREAM else []

CLAIMS = [
    path("projects/<slug:slug>/claims/", claims.claims, name="claims"),
    path("projects/<slug:slug>/claims/", claims.claims, name="add_claim"),
    path("claims/<uuid:pk>/", claims.claim, name="claim"),
    path("claims/<uuid:pk>/", claims.claim, name="edit_claim"),
    *(
        path(f"claims/<uuid:pk>/{verb}/", claims.move_claim, {"verb": verb}, name=f"{verb}_claim")
        for verb in claims.MOVES
    ),
    path("claims/<uuid:pk>/trash/", claims.trash_claim, name="trash_claim"),
    path("claims/<uuid:pk>/restore/", claims.restore_claim, name="restore_claim"),
    path("projects/<slug:slug>/claims/similar/", claims.similar_claims, name="similar_claims"),
    path("claims/<uuid:pk>/merge/", claims.merge_claim, name="merge_claim"),
    path("claims/<uuid:pk>/split/", claims.split_claim, name="split_claim"),
    path("attributions/<uuid:pk>/promote/", attributions.promote_saying, name="promote_saying"),
    path("claims/<uuid:pk>/mentions/", claims.mentions, name="mentions"),
    path("claims/<uuid:pk>/mentions/", claims.mentions, name="add_mention"),
    path("projects/<slug:slug>/triage/", triage.triage, name="triage"),
    path("claims/<uuid:pk>/triage_marks/", triage.triage_marks, name="triage_marks"),
    path("projects/<slug:slug>/triage_criteria/", triage.criteria, name="criteria"),
    path("projects/<slug:slug>/triage_criteria/preset/", triage.take_preset, name="take_preset"),
    path("triage_criteria/<uuid:pk>/", triage.edit_criterion, name="edit_criterion"),
    path("triage_criteria/<uuid:pk>/trash/", triage.trash_criterion, name="trash_criterion"),
    path("triage_criteria/<uuid:pk>/restore/", triage.restore_criterion, name="restore_criterion"),
    path("mentions/<uuid:pk>/", claims.edit_mention, name="edit_mention"),
    path("mentions/<uuid:pk>/remove/", claims.remove_mention, name="remove_mention"),
    path("claims/<uuid:pk>/evidence/", evidence.add_evidence, name="add_evidence"),
    path("evidence/<uuid:pk>/", evidence.edit_evidence, name="edit_evidence"),
    path("evidence/<uuid:pk>/trash/", evidence.trash_evidence, name="trash_evidence"),
    path("evidence/<uuid:pk>/restore/", evidence.restore_evidence, name="restore_evidence"),
]

COMPARED = [
    path("claims/<uuid:pk>/relations/", comparisons.relations_of_claim, name="relations_of_claim"),
    path("claims/<uuid:pk>/relations/find/", comparisons.find_relations_of_claim, name="find_relations_of_claim"),
    path("claim_relations/<uuid:pk>/", comparisons.edit_claim_relation, name="edit_claim_relation"),
    path("claim_relations/<uuid:pk>/confirm/", comparisons.confirm_claim_relation, name="confirm_claim_relation"),
    path("claim_relations/<uuid:pk>/dismiss/", comparisons.dismiss_claim_relation, name="dismiss_claim_relation"),
    path("claim_relations/<uuid:pk>/open_dispute/", comparisons.open_dispute_from, name="open_dispute_from"),
    path("claim_relations/<uuid:pk>/trash/", comparisons.trash_claim_relation, name="trash_claim_relation"),
    path("claim_relations/<uuid:pk>/restore/", comparisons.restore_claim_relation, name="restore_claim_relation"),
    path("projects/<slug:slug>/disputes/found/", comparisons.found_disputes, name="found_disputes"),
    path("claims/<uuid:pk>/quantities/", quantities.quantities, name="quantities"),
    path("quantities/<uuid:pk>/", quantities.quantity, name="quantity"),
    path("quantities/<uuid:pk>/trash/", quantities.trash_quantity, name="trash_quantity"),
    path("quantities/<uuid:pk>/restore/", quantities.restore_quantity, name="restore_quantity"),
    path("projects/<slug:slug>/series/", quantities.series_list, name="series_list"),
    path("series/<uuid:pk>/", quantities.series, name="series"),
]

SOURCES = [
    path("projects/<slug:slug>/sources/", sources.sources, name="sources"),
    path("projects/<slug:slug>/sources/", sources.sources, name="add_source"),
    path("sources/<uuid:pk>/", sources.source, name="source"),
    path("sources/<uuid:pk>/", sources.source, name="edit_source"),
    path("sources/<uuid:pk>/trash/", sources.trash_source, name="trash_source"),
    path("sources/<uuid:pk>/restore/", sources.restore_source, name="restore_source"),
    path("projects/<slug:slug>/origins/", sources.origins, name="origins"),
    path("projects/<slug:slug>/origins/", sources.origins, name="add_origin"),
    path("origins/<uuid:pk>/", sources.origin, name="origin"),
    path("origins/<uuid:pk>/", sources.origin, name="edit_origin"),
    path("origins/<uuid:pk>/trash/", sources.trash_origin, name="trash_origin"),
    path("origins/<uuid:pk>/restore/", sources.restore_origin, name="restore_origin"),
    path("projects/<slug:slug>/agents/", agents.agents, name="agents"),
    path("projects/<slug:slug>/agents/", agents.agents, name="add_agent"),
    path("agents/<uuid:pk>/", agents.agent, name="agent"),
    path("agents/<uuid:pk>/", agents.agent, name="edit_agent"),
    path("agents/<uuid:pk>/trash/", agents.trash_agent, name="trash_agent"),
    path("agents/<uuid:pk>/restore/", agents.restore_agent, name="restore_agent"),
]

DISPUTES = [
    path("projects/<slug:slug>/disputes/", disputes.disputes, name="disputes"),
    path("projects/<slug:slug>/disputes/new/", disputes.open_dispute, name="open_dispute"),
    path("disputes/<uuid:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<uuid:pk>/edit/", disputes.edit_dispute, name="edit_dispute"),
    path("disputes/<uuid:pk>/positions/", disputes.add_position, name="add_position"),
    path("disputes/<uuid:pk>/evidence/", evidence.add_evidence_to_dispute, name="add_evidence_to_dispute"),
    path("disputes/<uuid:pk>/resolutions/", resolutions.propose_resolution, name="propose_resolution"),
    path("disputes/<uuid:pk>/send_back/", disputes.send_back, name="send_back"),
    path("disputes/<uuid:pk>/dismiss/", disputes.dismiss_dispute, name="dismiss_dispute"),
    path("disputes/<uuid:pk>/reopen/", disputes.reopen_dispute, name="reopen_dispute"),
    path("positions/<uuid:pk>/", disputes.edit_position, name="edit_position"),
    path("positions/<uuid:pk>/trash/", disputes.trash_position, name="trash_position"),
    path("positions/<uuid:pk>/restore/", disputes.restore_position, name="restore_position"),
    path("resolutions/<uuid:pk>/approvals/", resolutions.approve_resolution, name="approve_resolution"),
    path("resolutions/<uuid:pk>/dissents/", resolutions.dissent_from_resolution, name="dissent_from_resolution"),
]

TALK = [
    path("disputes/<uuid:pk>/comment_requests/", comment_requests.request_comment, name="request_comment"),
    path("claims/<uuid:pk>/comment_requests/", comment_requests.request_comment_on_claim, name="request_claim_comment"),
    path("projects/<slug:slug>/comment_requests/", comment_requests.comment_requests, name="comment_requests"),
    path("comment_requests/<uuid:pk>/", comment_requests.comment_request, name="comment_request"),
    path("comment_requests/<uuid:pk>/record_outcome/", comment_requests.record_outcome, name="record_outcome"),
    path("comment_requests/<uuid:pk>/trash/", comment_requests.trash_comment_request, name="trash_comment_request"),
    path(
        "comment_requests/<uuid:pk>/restore/", comment_requests.restore_comment_request, name="restore_comment_request"
    ),
    path("comments/<slug:kind>/<uuid:pk>/", comments.comments, name="comments"),
    path("comments/<uuid:pk>/", comments.comment, name="comment"),
    path("comments/<uuid:pk>/trash/", comments.trash_comment, name="trash_comment"),
    path("comments/<uuid:pk>/restore/", comments.restore_comment, name="restore_comment"),
    path("comments/<uuid:pk>/resolve/", comments.resolve_comment, name="resolve_comment"),
    path("comments/<uuid:pk>/reopen/", comments.reopen_comment, name="reopen_comment"),
    path("comments/<uuid:pk>/guideline/", comments.guideline_from, name="guideline_from"),
    path("mentioned/", comments.mentioned, name="mentioned"),
    path("mentioned/seen/", comments.see_mentions, name="see_mentions"),
    path("projects/<slug:slug>/guidelines/", guidelines.guidelines, name="guidelines"),
]

READINGS = [
    path("projects/<slug:slug>/jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/cancel/", jobs.cancel_job, name="cancel_job"),
    path("history/<slug:kind>/<uuid:pk>/", history.history, name="history"),
    path("projects/<slug:slug>/history/", history.project_history, name="project_history"),
    path("projects/<slug:slug>/export/", exports.export, name="export"),
]

REPORTS = [
    path("disputes/<uuid:pk>/publish/", reports.publish_dispute, name="publish_dispute"),
    path("claims/<uuid:pk>/publish/", reports.publish_claim, name="publish_claim"),
    path("claims/<uuid:pk>/correct/", reports.correct_claim, name="correct_claim"),
    path("claims/<uuid:pk>/retract/", reports.retract_claim, name="retract_claim"),
    path("reports/<slug:slug>/corrections/", reports.add_correction, name="add_correction"),
    path("projects/<slug:slug>/correction_requests/", reports.correction_requests, name="correction_requests"),
    path("correction_requests/<uuid:pk>/answer/", reports.answer_correction_request, name="answer_correction_request"),
    path("correction_requests/<uuid:pk>/erase_contact/", reports.erase_contact, name="erase_contact"),
    path("disputes/<uuid:pk>/map/", pictures.dispute_map, name="dispute_map"),
]

# What strangers read; the views say so themselves.
PUBLIC = [
    path("reports/<slug:slug>/", reports.report, name="report"),
    path("reports/<slug:slug>/<int:number>/", reports.report, name="report_edition"),
    path("reports/<slug:slug>/map/", reports.report_map, name="report_map"),
    path("reports/<slug:slug>/claim_review.json", reports.claim_review, name="claim_review"),
    path("reports/<slug:slug>/correction_requests/", reports.request_correction, name="request_correction"),
    path("projects/<slug:slug>/reports/", reports.public_reports, name="public_reports"),
    path("projects/<slug:slug>/corrections/", reports.public_corrections, name="public_corrections"),
    path("projects/<slug:slug>/reports/feed/", feeds.report_feed, name="report_feed"),
]

ON_TEXT = [*ARTICLES, *HELD_OPEN, *SUGGESTIONS]

urlpatterns = [
    *ACCOUNTS,
    *MACHINES,
    *PROJECTS,
    *ON_TEXT,
    *CLAIMS,
    *COMPARED,
    *SOURCES,
    *WEIGHING,
    *COPIES,
    *ONE_OR_TWO,
    *DISPUTES,
    *TALK,
    *REPORTS,
    *PUBLIC,
    *READINGS,
]
