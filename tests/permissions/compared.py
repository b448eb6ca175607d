"""Figures of claims and relations between claims in the world of these tests: who may do what, and what people send."""

from annotations.core.comparisons import Suggestion
from annotations.services import comparisons, quantities
from annotations.services.write import writing

READ, PAGE = {"GET": "viewer -> 200"}, {"GET": "viewer -> 200"}
ADDED = {**READ, "POST": "annotator -> 201"}
RECORD = {**READ, "PATCH": "own -> 200", "DELETE": "own -> 204"}
NOUNS = {"claim_relations": "claim_relation", "quantities": "quantity", "series": "quantity"}

API_TABLE = {
    "api:quantities": ADDED,
    "api:quantity": RECORD,
    "api:restore_quantity": {"POST": "own -> 200"},
    "api:claim_relations": ADDED,
    "api:relations_of_claim": ADDED,
    "api:find_claim_relations": {"POST": "annotator -> 202"},
    "api:find_relations_of_claim": {"POST": "annotator -> 202"},
    "api:claim_relation": RECORD,
    "api:restore_claim_relation": {"POST": "own -> 200"},
    "api:confirm_claim_relation": {"POST": "annotator -> 200"},
    "api:dismiss_claim_relation": {"POST": "annotator -> 200"},
    "api:open_dispute_from": {"POST": "annotator -> 200"},
}
WEB_TABLE = {
    "web:relations_of_claim": {**PAGE, "POST": "annotator -> 303 web:relations_of_claim"},
    "web:find_relations_of_claim": {"POST": "annotator -> 303 web:relations_of_claim"},
    "web:edit_claim_relation": {"POST": "own -> 303 web:relations_of_claim"},
    "web:confirm_claim_relation": {"POST": "annotator -> 303 web:relations_of_claim"},
    "web:dismiss_claim_relation": {"POST": "annotator -> 303 web:relations_of_claim"},
    "web:open_dispute_from": {"POST": "annotator -> 303 web:dispute"},
    "web:trash_claim_relation": {"POST": "own -> 303 web:relations_of_claim"},
    "web:restore_claim_relation": {"POST": "own -> 303 web:relations_of_claim"},
    "web:found_disputes": {**PAGE, "POST": "annotator -> 303 web:job"},
    "web:quantities": {**PAGE, "POST": "annotator -> 303 web:quantities"},
    "web:quantity": {**PAGE, "POST": "own -> 303 web:quantities"},
    "web:trash_quantity": {"POST": "own -> 303 web:quantity"},
    "web:restore_quantity": {"POST": "own -> 303 web:quantity"},
    "web:series_list": PAGE,
    "web:series": PAGE,
}

RELATED = {"type": "same_as"}
API = {
    ("api:quantities", "POST"): lambda desk, made: {"measure": "deaths", "printed": "at least 500 people"},
    ("api:quantity", "PATCH"): lambda desk, made: {"note": "Changed."},
    ("api:claim_relations", "POST"): lambda desk, made: {
        **RELATED,
        "from": str(made.claim.pk),
        "to": str(made.claim_spare.pk),
    },
    ("api:relations_of_claim", "POST"): lambda desk, made: {**RELATED, "to": str(made.claim_spare.pk)},
    ("api:claim_relation", "PATCH"): lambda desk, made: {"explanation": "Changed."},
    ("api:dismiss_claim_relation", "POST"): lambda desk, made: {"reason": "No."},
    ("api:open_dispute_from", "POST"): lambda desk, made: {"question": "Which?"},
}
WEB = {
    ("web:relations_of_claim", "POST"): lambda desk, made: {**RELATED, "way": "to", "claim": made.claim_spare.pk},
    ("web:edit_claim_relation", "POST"): lambda desk, made: {"type": "updates", "explanation": "Changed."},
    ("web:dismiss_claim_relation", "POST"): lambda desk, made: {"reason": "No."},
    ("web:open_dispute_from", "POST"): lambda desk, made: {"question": "Which?"},
    ("web:quantities", "POST"): lambda desk, made: {"measure": "deaths", "printed": "at least 500", "kind": "point"},
    ("web:quantity", "POST"): lambda desk, made: {"measure": "deaths", "value": "501", "kind": "point"},
}


def add_comparisons(made, by, desk, mark):
    """Figures; a contradiction that a machine suggests, and what a person said and took back."""
    made.quantity, made.quantity_trashed = (
        quantities.add_quantity(
            by=by, claim=made.claim, measure=f"deaths, {mark}", value=500, note=mark, origin=made.origin
        )
        for _ in range(2)
    )
    quantities.trash_quantity(by=by, quantity=made.quantity_trashed, version=1)
    found = Suggestion("contradicts", "negation", f"why, {mark}", 0.5)
    with writing(by, desk.project.pk) as change:
        made.claim_relation = comparisons.suggested(change, by, made.claim, made.claim_spare, found)
    made.claim_relation_trashed = comparisons.add_claim_relation(
        by=by, from_claim=made.claim_spare, to_claim=made.claim, type="compatible", explanation=mark
    )
    comparisons.trash_claim_relation(by=by, claim_relation=made.claim_relation_trashed, version=1)
