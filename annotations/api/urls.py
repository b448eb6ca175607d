"""The addresses of the API, and what each of them can do: one line an address, one verb a method."""

from django.urls import path, re_path

from annotations.api.actions import reads
from annotations.api.docs import api_docs
from annotations.api.endpoint import address, nothing_here
from annotations.api.records import (
    AGENT,
    ANCHOR,
    ANNOTATION,
    APPROVAL,
    ARTICLE,
    ATTRIBUTION,
    BULK_CHANGE,
    COMMENT,
    COMMENT_REQUEST,
    CORRECTION,
    DISPUTE,
    DISSENT,
    EDITION,
    GUIDELINE_VERSION,
    JOB,
    LABEL,
    MEMBER,
    ORIGIN,
    POSITION,
    PROJECT,
    RECOMMENDER,
    RELATION,
    REPORT,
    RESOLUTION,
    REVISION,
    SUGGESTION,
)
from annotations.api.schema import api_schema
from annotations.api.urls_claims import about_claims, about_triage
from annotations.api.urls_comparisons import about_comparisons, about_quantities
from annotations.api.urls_copies import about_copies, about_one_or_two
from annotations.api.views import (
    agents,
    annotations,
    articles,
    attributions,
    comment_requests,
    comments,
    concordance,
    disputes,
    exports,
    guidelines,
    history,
    jobs,
    labels,
    occurrences,
    people,
    projects,
    recommenders,
    relations,
    reports,
    resolutions,
    revisions,
    sources,
    suggestions,
)
from annotations.api.weighing_urls import about_weighing

app_name = "api"

about_people = [
    path("v1/me/", address(get=people.read_me), name="me"),
    path("v1/projects/", address(get=projects.list_projects, post=projects.make_project), name="projects"),
    path("v1/projects/<slug:slug>/", address(get=reads(PROJECT), patch=projects.edit_project), name="project"),
    path(
        "v1/projects/<slug:slug>/members/", address(get=projects.list_members, post=projects.add_member), name="members"
    ),
    path(
        "v1/members/<uuid:pk>/",
        address(get=reads(MEMBER), patch=projects.edit_member, delete=projects.remove_member),
        name="member",
    ),
]

about_text = [
    path("v1/projects/<slug:slug>/labels/", address(get=labels.list_labels, post=labels.add_label), name="labels"),
    path("v1/labels/<uuid:pk>/", address(get=reads(LABEL), patch=labels.edit_label), name="label"),
    path("v1/labels/<uuid:pk>/retire/", address(post=labels.retire_label), name="retire_label"),
    path("v1/labels/<uuid:pk>/restore/", address(post=labels.restore_label), name="restore_label"),
    path(
        "v1/projects/<slug:slug>/articles/",
        address(get=articles.list_articles, post=articles.add_article),
        name="articles",
    ),
    path(
        "v1/articles/<uuid:pk>/",
        address(get=reads(ARTICLE), patch=articles.edit_article, delete=articles.trash_article),
        name="article",
    ),
    path("v1/articles/<uuid:pk>/restore/", address(post=articles.restore_article), name="restore_article"),
    path(
        "v1/articles/<uuid:pk>/revisions/",
        address(get=revisions.list_revisions, post=revisions.add_revision),
        name="revisions",
    ),
    path("v1/revisions/<uuid:pk>/", address(get=reads(REVISION)), name="revision"),
    path("v1/articles/<uuid:pk>/anchors/", address(get=revisions.list_anchors), name="anchors"),
    path("v1/anchors/<uuid:pk>/", address(get=reads(ANCHOR)), name="anchor"),
    path("v1/anchors/<uuid:pk>/accept/", address(post=revisions.accept_anchor), name="accept_anchor"),
    path("v1/anchors/<uuid:pk>/remark/", address(post=revisions.remark_anchor), name="remark_anchor"),
    path("v1/anchors/<uuid:pk>/drop/", address(post=revisions.drop_anchor), name="drop_anchor"),
    path("v1/anchors/<uuid:pk>/reopen/", address(post=revisions.reopen_anchor), name="reopen_anchor"),
    path(
        "v1/articles/<uuid:pk>/annotations/",
        address(get=annotations.list_article_annotations, post=annotations.add_annotation),
        name="article_annotations",
    ),
    path("v1/projects/<slug:slug>/annotations/", address(get=annotations.list_annotations), name="annotations"),
    path(
        "v1/annotations/<uuid:pk>/",
        address(get=reads(ANNOTATION), patch=annotations.edit_annotation, delete=annotations.trash_annotation),
        name="annotation",
    ),
    path("v1/annotations/<uuid:pk>/restore/", address(post=annotations.restore_annotation), name="restore_annotation"),
    path("v1/annotations/<uuid:pk>/split/", address(post=annotations.split_annotation), name="split_annotation"),
    path("v1/annotations/<uuid:pk>/merge/", address(post=annotations.merge_annotations), name="merge_annotations"),
    path(
        "v1/annotations/<uuid:pk>/occurrences/",
        address(get=occurrences.list_occurrences, post=occurrences.label_occurrences),
        name="occurrences",
    ),
    path(
        "v1/projects/<slug:slug>/occurrences/",
        address(get=occurrences.list_project_occurrences, post=occurrences.label_project_occurrences),
        name="project_occurrences",
    ),
    path("v1/projects/<slug:slug>/concordance/", address(get=concordance.list_concordance), name="concordance"),
    path(
        "v1/projects/<slug:slug>/concordance/relabel/",
        address(post=concordance.relabel_annotations),
        name="relabel_annotations",
    ),
    path("v1/bulk_changes/<uuid:pk>/", address(get=reads(BULK_CHANGE)), name="bulk_change"),
    path("v1/bulk_changes/<uuid:pk>/undo/", address(post=concordance.undo_bulk_change), name="undo_bulk_change"),
    path(
        "v1/articles/<uuid:pk>/attributions/",
        address(get=attributions.list_attributions, post=attributions.add_attribution),
        name="attributions",
    ),
    path(
        "v1/attributions/<uuid:pk>/",
        address(get=reads(ATTRIBUTION), patch=attributions.edit_attribution, delete=attributions.trash_attribution),
        name="attribution",
    ),
    path(
        "v1/attributions/<uuid:pk>/restore/",
        address(post=attributions.restore_attribution),
        name="restore_attribution",
    ),
    path(
        "v1/articles/<uuid:pk>/relations/",
        address(get=relations.list_relations, post=relations.add_relation),
        name="relations",
    ),
    path(
        "v1/relations/<uuid:pk>/",
        address(get=reads(RELATION), patch=relations.edit_relation, delete=relations.trash_relation),
        name="relation",
    ),
    path("v1/relations/<uuid:pk>/restore/", address(post=relations.restore_relation), name="restore_relation"),
]

about_suggestions = [
    path(
        "v1/projects/<slug:slug>/recommenders/",
        address(get=recommenders.list_recommenders, post=recommenders.add_recommender),
        name="recommenders",
    ),
    path(
        "v1/recommenders/<uuid:pk>/",
        address(get=reads(RECOMMENDER), patch=recommenders.edit_recommender, delete=recommenders.trash_recommender),
        name="recommender",
    ),
    path(
        "v1/recommenders/<uuid:pk>/restore/",
        address(post=recommenders.restore_recommender),
        name="restore_recommender",
    ),
    path("v1/recommenders/<uuid:pk>/train/", address(post=recommenders.train_recommender), name="train_recommender"),
    path(
        "v1/articles/<uuid:pk>/suggestions/",
        address(get=suggestions.list_suggestions, post=suggestions.make_suggestions),
        name="suggestions",
    ),
    path(
        "v1/articles/<uuid:pk>/suggestions/accept/",
        address(post=suggestions.accept_suggestions),
        name="accept_suggestions",
    ),
    path("v1/suggestions/<uuid:pk>/", address(get=reads(SUGGESTION)), name="suggestion"),
    path("v1/suggestions/<uuid:pk>/accept/", address(post=suggestions.accept_suggestion), name="accept_suggestion"),
    path("v1/suggestions/<uuid:pk>/reject/", address(post=suggestions.reject_suggestion), name="reject_suggestion"),
    path("v1/suggestions/<uuid:pk>/reopen/", address(post=suggestions.reopen_suggestion), name="reopen_suggestion"),
]

about_sources = [
    path("v1/projects/<slug:slug>/agents/", address(get=agents.list_agents, post=agents.add_agent), name="agents"),
    path(
        "v1/agents/<uuid:pk>/",
        address(get=reads(AGENT), patch=agents.edit_agent, delete=agents.trash_agent),
        name="agent",
    ),
    path("v1/agents/<uuid:pk>/restore/", address(post=agents.restore_agent), name="restore_agent"),
    path(
        "v1/projects/<slug:slug>/sources/", address(get=sources.list_sources, post=sources.add_source), name="sources"
    ),
    path(
        "v1/sources/<uuid:pk>/",
        address(get=sources.read_source, patch=sources.edit_source, delete=sources.trash_source),
        name="source",
    ),
    path("v1/sources/<uuid:pk>/restore/", address(post=sources.restore_source), name="restore_source"),
    path(
        "v1/projects/<slug:slug>/origins/", address(get=sources.list_origins, post=sources.add_origin), name="origins"
    ),
    path(
        "v1/origins/<uuid:pk>/",
        address(get=reads(ORIGIN), patch=sources.edit_origin, delete=sources.trash_origin),
        name="origin",
    ),
    path("v1/origins/<uuid:pk>/restore/", address(post=sources.restore_origin), name="restore_origin"),
]

about_disputes = [
    path(
        "v1/projects/<slug:slug>/disputes/",
        address(get=disputes.list_disputes, post=disputes.open_dispute),
        name="disputes",
    ),
    path("v1/disputes/<uuid:pk>/", address(get=reads(DISPUTE), patch=disputes.edit_dispute), name="dispute"),
    path("v1/disputes/<uuid:pk>/send_back/", address(post=disputes.send_back), name="send_back"),
    path("v1/disputes/<uuid:pk>/dismiss/", address(post=disputes.dismiss_dispute), name="dismiss_dispute"),
    path("v1/disputes/<uuid:pk>/reopen/", address(post=disputes.reopen_dispute), name="reopen_dispute"),
    path(
        "v1/disputes/<uuid:pk>/positions/",
        address(get=disputes.list_positions, post=disputes.add_position),
        name="positions",
    ),
    path(
        "v1/positions/<uuid:pk>/",
        address(get=reads(POSITION), patch=disputes.edit_position, delete=disputes.trash_position),
        name="position",
    ),
    path("v1/positions/<uuid:pk>/restore/", address(post=disputes.restore_position), name="restore_position"),
    path(
        "v1/disputes/<uuid:pk>/resolutions/",
        address(get=resolutions.list_resolutions, post=resolutions.propose_resolution),
        name="resolutions",
    ),
    path(
        "v1/claims/<uuid:pk>/resolutions/",
        address(get=resolutions.list_claim_resolutions, post=resolutions.propose_claim_resolution),
        name="claim_resolutions",
    ),
    path("v1/claims/<uuid:pk>/send_back/", address(post=resolutions.send_back_claim), name="send_back_claim"),
    path("v1/resolutions/<uuid:pk>/", address(get=reads(RESOLUTION)), name="resolution"),
    path(
        "v1/resolutions/<uuid:pk>/approvals/",
        address(get=resolutions.list_approvals, post=resolutions.approve_resolution),
        name="approvals",
    ),
    path("v1/approvals/<uuid:pk>/", address(get=reads(APPROVAL)), name="approval"),
    path(
        "v1/resolutions/<uuid:pk>/dissents/",
        address(get=resolutions.list_dissents, post=resolutions.dissent_from_resolution),
        name="dissents",
    ),
    path("v1/dissents/<uuid:pk>/", address(get=reads(DISSENT)), name="dissent"),
]

about_talk = [
    path(
        "v1/disputes/<uuid:pk>/comment_requests/",
        address(get=comment_requests.list_comment_requests, post=comment_requests.request_comment),
        name="comment_requests",
    ),
    path(
        "v1/claims/<uuid:pk>/comment_requests/",
        address(get=comment_requests.list_claim_comment_requests, post=comment_requests.request_comment_on_claim),
        name="claim_comment_requests",
    ),
    path(
        "v1/projects/<slug:slug>/comment_requests/",
        address(get=comment_requests.list_project_comment_requests),
        name="project_comment_requests",
    ),
    path(
        "v1/comment_requests/<uuid:pk>/",
        address(
            get=reads(COMMENT_REQUEST),
            patch=comment_requests.edit_comment_request,
            delete=comment_requests.trash_comment_request,
        ),
        name="comment_request",
    ),
    path(
        "v1/comment_requests/<uuid:pk>/record_outcome/",
        address(post=comment_requests.record_outcome),
        name="record_outcome",
    ),
    path(
        "v1/comment_requests/<uuid:pk>/restore/",
        address(post=comment_requests.restore_comment_request),
        name="restore_comment_request",
    ),
    path(
        "v1/projects/<slug:slug>/comments/",
        address(get=comments.list_comments, post=comments.add_comment),
        name="comments",
    ),
    path(
        "v1/comments/<uuid:pk>/",
        address(get=reads(COMMENT), patch=comments.edit_comment, delete=comments.trash_comment),
        name="comment",
    ),
    path("v1/comments/<uuid:pk>/restore/", address(post=comments.restore_comment), name="restore_comment"),
    path("v1/comments/<uuid:pk>/resolve/", address(post=comments.resolve_comment), name="resolve_comment"),
    path("v1/comments/<uuid:pk>/reopen/", address(post=comments.reopen_comment), name="reopen_comment"),
    path(
        "v1/projects/<slug:slug>/guidelines/",
        address(get=guidelines.list_guidelines, post=guidelines.change_guidelines),
        name="guidelines",
    ),
    path("v1/guidelines/<uuid:pk>/", address(get=reads(GUIDELINE_VERSION)), name="guideline_version"),
]

about_reports = [
    path("v1/projects/<slug:slug>/reports/", address(get=reports.list_reports), name="reports"),
    path("v1/reports/<slug:slug>/", address(get=reads(REPORT)), name="report"),
    path("v1/reports/<slug:slug>/editions/", address(get=reports.list_editions), name="report_editions"),
    path("v1/report_editions/<uuid:pk>/", address(get=reads(EDITION)), name="report_edition"),
    path(
        "v1/reports/<slug:slug>/corrections/",
        address(get=reports.list_corrections, post=reports.add_correction),
        name="corrections",
    ),
    path("v1/corrections/<uuid:pk>/", address(get=reads(CORRECTION)), name="correction"),
    path("v1/disputes/<uuid:pk>/publish/", address(post=reports.publish_dispute), name="publish_dispute"),
    path("v1/claims/<uuid:pk>/publish/", address(post=reports.publish_claim), name="publish_claim"),
    path("v1/claims/<uuid:pk>/correct/", address(post=reports.correct_claim), name="correct_claim"),
    path("v1/claims/<uuid:pk>/retract/", address(post=reports.retract_claim), name="retract_claim"),
]

about_the_whole = [
    path("v1/projects/<slug:slug>/jobs/", address(get=jobs.list_jobs), name="jobs"),
    path("v1/jobs/<uuid:pk>/", address(get=reads(JOB)), name="job"),
    path("v1/jobs/<uuid:pk>/cancel/", address(post=jobs.cancel_job), name="cancel_job"),
    path("v1/projects/<slug:slug>/events/", address(get=history.list_events), name="events"),
    path("v1/projects/<slug:slug>/export/", address(get=exports.export_project), name="export"),
    path("v1/projects/<slug:slug>/export/report/", address(get=exports.read_export_report), name="export_report"),
    path("schema/", api_schema, name="schema"),
    path("docs/", api_docs, name="docs"),
    re_path(r"^[\s\S]*\Z", nothing_here),
]

urlpatterns = [
    *about_people,
    *about_text,
    *about_suggestions,
    *about_claims,
    *about_triage,
    *about_quantities,
    *about_comparisons,
    *about_weighing,
    *about_sources,
    *about_copies,
    *about_one_or_two,
    *about_disputes,
    *about_talk,
    *about_reports,
    *about_the_whole,
]
