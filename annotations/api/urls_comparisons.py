"""The addresses of the API for figures of claims, and for how claims stand to each other."""

from django.urls import path

from annotations.api.actions import reads
from annotations.api.endpoint import address
from annotations.api.records import CLAIM_RELATION, QUANTITY
from annotations.api.views import comparisons, quantities

about_quantities = [
    path(
        "v1/claims/<uuid:pk>/quantities/",
        address(get=quantities.list_quantities, post=quantities.add_quantity),
        name="quantities",
    ),
    path(
        "v1/quantities/<uuid:pk>/",
        address(get=reads(QUANTITY), patch=quantities.edit_quantity, delete=quantities.trash_quantity),
        name="quantity",
    ),
    path("v1/quantities/<uuid:pk>/restore/", address(post=quantities.restore_quantity), name="restore_quantity"),
]

about_comparisons = [
    path(
        "v1/projects/<slug:slug>/claim_relations/",
        address(get=comparisons.list_claim_relations, post=comparisons.add_claim_relation),
        name="claim_relations",
    ),
    path(
        "v1/projects/<slug:slug>/claim_relations/find/",
        address(post=comparisons.find_claim_relations),
        name="find_claim_relations",
    ),
    path(
        "v1/claims/<uuid:pk>/relations/",
        address(get=comparisons.list_relations_of_claim, post=comparisons.add_relation_of_claim),
        name="relations_of_claim",
    ),
    path(
        "v1/claims/<uuid:pk>/relations/find/",
        address(post=comparisons.find_relations_of_claim),
        name="find_relations_of_claim",
    ),
    path(
        "v1/claim_relations/<uuid:pk>/",
        address(
            get=reads(CLAIM_RELATION),
            patch=comparisons.edit_claim_relation,
            delete=comparisons.trash_claim_relation,
        ),
        name="claim_relation",
    ),
    path(
        "v1/claim_relations/<uuid:pk>/restore/",
        address(post=comparisons.restore_claim_relation),
        name="restore_claim_relation",
    ),
    path(
        "v1/claim_relations/<uuid:pk>/confirm/",
        address(post=comparisons.confirm_claim_relation),
        name="confirm_claim_relation",
    ),
    path(
        "v1/claim_relations/<uuid:pk>/dismiss/",
        address(post=comparisons.dismiss_claim_relation),
        name="dismiss_claim_relation",
    ),
    path(
        "v1/claim_relations/<uuid:pk>/open_dispute/",
        address(post=comparisons.open_dispute_from),
        name="open_dispute_from",
    ),
]
