"""The addresses of the API for claims: what they say, where they are made, how they move, what ranks them."""

from django.urls import path

from annotations.api.actions import reads
from annotations.api.endpoint import address
from annotations.api.records import CLAIM, CRITERION, EVIDENCE, MARK, MENTION
from annotations.api.views import claims, evidence, triage

about_triage = [
    path("v1/projects/<slug:slug>/triage/", address(get=triage.read_queue), name="triage"),
    path(
        "v1/projects/<slug:slug>/triage_criteria/",
        address(get=triage.list_criteria, post=triage.add_criterion),
        name="criteria",
    ),
    path(
        "v1/projects/<slug:slug>/triage_criteria/preset/",
        address(post=triage.take_preset),
        name="take_preset",
    ),
    path(
        "v1/triage_criteria/<uuid:pk>/",
        address(get=reads(CRITERION), patch=triage.edit_criterion, delete=triage.trash_criterion),
        name="criterion",
    ),
    path("v1/triage_criteria/<uuid:pk>/restore/", address(post=triage.restore_criterion), name="restore_criterion"),
    path(
        "v1/claims/<uuid:pk>/triage_marks/",
        address(get=triage.list_marks, post=triage.add_triage_mark),
        name="triage_marks",
    ),
    path(
        "v1/triage_marks/<uuid:pk>/",
        address(get=reads(MARK), patch=triage.edit_triage_mark, delete=triage.trash_triage_mark),
        name="triage_mark",
    ),
    path("v1/triage_marks/<uuid:pk>/restore/", address(post=triage.restore_triage_mark), name="restore_triage_mark"),
]

about_claims = [
    path("v1/projects/<slug:slug>/claims/similar/", address(get=claims.list_similar_claims), name="similar_claims"),
    path("v1/projects/<slug:slug>/claims/", address(get=claims.list_claims, post=claims.add_claim), name="claims"),
    path(
        "v1/claims/<uuid:pk>/",
        address(get=reads(CLAIM), patch=claims.edit_claim, delete=claims.trash_claim),
        name="claim",
    ),
    path("v1/claims/<uuid:pk>/restore/", address(post=claims.restore_claim), name="restore_claim"),
    path("v1/claims/<uuid:pk>/take/", address(post=claims.take_claim), name="take_claim"),
    path("v1/claims/<uuid:pk>/park/", address(post=claims.park_claim), name="park_claim"),
    path("v1/claims/<uuid:pk>/resume/", address(post=claims.resume_claim), name="resume_claim"),
    path("v1/claims/<uuid:pk>/reject/", address(post=claims.reject_claim), name="reject_claim"),
    path("v1/claims/<uuid:pk>/reconsider/", address(post=claims.reconsider_claim), name="reconsider_claim"),
    path("v1/claims/<uuid:pk>/merge/", address(post=claims.merge_claim), name="merge_claim"),
    path("v1/claims/<uuid:pk>/split/", address(post=claims.split_claim), name="split_claim"),
    path("v1/attributions/<uuid:pk>/promote/", address(post=claims.promote_saying), name="promote_saying"),
    path("v1/claims/<uuid:pk>/mentions/", address(get=claims.list_mentions, post=claims.add_mention), name="mentions"),
    path(
        "v1/mentions/<uuid:pk>/",
        address(get=reads(MENTION), patch=claims.edit_mention, delete=claims.remove_mention),
        name="mention",
    ),
    path(
        "v1/claims/<uuid:pk>/evidence/",
        address(get=evidence.list_evidence, post=evidence.add_evidence),
        name="claim_evidence",
    ),
    path(
        "v1/evidence/<uuid:pk>/",
        address(get=reads(EVIDENCE), patch=evidence.edit_evidence, delete=evidence.trash_evidence),
        name="evidence",
    ),
    path("v1/evidence/<uuid:pk>/restore/", address(post=evidence.restore_evidence), name="restore_evidence"),
]
