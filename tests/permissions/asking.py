"""What a person sends to each address: the record that it names, and a body that is valid and changes something.

By address and method. `desk` is the project, `made` what the author in question made there.
"""

import json
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from tests.permissions import compared, copies, published, talk

# -- which record an address names, where it is not simply the one whose noun it has -----------------------------------

RECORDS = {
    "api:resume_claim": "claim_parked",
    "api:reconsider_claim": "claim_rejected",
    "web:resume_claim": "claim_parked",
    "web:reconsider_claim": "claim_rejected",
    "api:send_back": "dispute_in_review",
    "web:send_back": "dispute_in_review",
    "api:reopen_dispute": "dispute_closed",
    "web:reopen_dispute": "dispute_closed",
    "api:restore_label": "label_retired",
    "web:restore_label": "label_retired",
    "web:history": "claim",
    "api:claim_resolutions": "claim_taken",
    "web:propose_claim_resolution": "claim_taken",
    "api:send_back_claim": "claim_proposed",
    "web:send_back_claim": "claim_proposed",
    "api:train_recommender": "recommender_learned",
    "web:train_recommender": "recommender_learned",
    "web:test_recommender": "recommender_outside",
    "api:reopen_suggestion": "suggestion_rejected",
    "web:reopen_suggestion": "suggestion_rejected",
    "api:reopen_anchor": "anchor_decided",
    "web:reopen_anchor": "anchor_decided",
    "api:reopen_comment": "comment_resolved",
    "web:reopen_comment": "comment_resolved",
    "web:comments": "claim",
    "api:copy_file": "saved_copy",
    "api:separate_agents": "agent_with_joined",
    "web:separate_agents": "agent_with_joined",
    **published.RECORDS,
}
NOUNS = {
    "labels": "label",
    "members": "member",
    "articles": "article",
    "revisions": "revision",
    "anchors": "anchor",
    "annotations": "annotation",
    "attributions": "attribution",
    "relations": "relation",
    "claims": "claim",
    "triage_criteria": "criterion",
    "triage_marks": "triage_mark",
    "mentions": "mention",
    "evidence": "evidence",
    "evidence_sets": "evidence_set",
    "confidential_notes": "confidential_note",
    "questions": "question",
    "searches": "search",
    "assessments": "assessment",
    "verdict_scales": "verdict_scale",
    "agents": "agent",
    "sources": "source",
    "copies": "saved_copy",
    "agent_distinctions": "distinction",
    "agent_ratings": "rating",
    "origins": "origin",
    "disputes": "dispute",
    "bulk_changes": "bulk_change",
    "positions": "position",
    "resolutions": "resolution",
    "approvals": "approval",
    "dissents": "dissent",
    "jobs": "job",
    "recommenders": "recommender",
    "suggestions": "suggestion",
    "comment_requests": "comment_request",
    "comments": "comment",
    "guidelines": "guideline_version",
    **compared.NOUNS,
    **published.NOUNS,
}


def record_of(name, route, desk, made):
    """The record that the address names in this project; None for an address that names none."""
    noun = route.removeprefix("api/v1/").partition("/")[0]
    if "<slug:slug>" in route:
        return desk.report if noun == "reports" else desk.project
    if "<uuid:pk>" not in route:
        return None
    kind = RECORDS.get(name) or NOUNS[noun]
    if ":restore_" in name and kind in NOUNS.values():
        kind = f"{kind}_trashed"
    return getattr(made, kind, None) or getattr(desk, kind)


def version_of(name, record, desk):
    """The version that a form carries: of what it changes, which is not always what its address names."""
    changed = CHANGED[name](desk) if name in CHANGED else record
    return getattr(changed, "version", None)


CHANGED = {"web:verdict_scales": lambda desk: desk.verdict_scale, "web:guideline_from": lambda desk: desk.project}


def arguments_of(name, route, record):
    if record is None:
        return {}
    if "<slug:slug>" in route:
        return {"slug": record.slug} | ({"number": 1} if "<int:number>" in route else {})
    kind = {"kind": type(record).record_kind()} if "<slug:kind>" in route else {}
    kind |= {"source": record.source_id} if "<uuid:source>" in route else {}
    return {"pk": record.pk} | kind | ({"number": 1} if "<int:number>" in route else {})


def is_about_a_project(route):
    return "<slug:slug>" in route or "<uuid:pk>" in route


# -- bodies -----------------------------------------------------------------------------------------------------------

PROOF = {"stance": "supports", "ground": "document"}
NOTE = {"note": "Changed."}
WORDS = [{"name": "True", "averitec": "Supported"}, {"name": "False", "averitec": "Refuted"}]


def span(made):
    return {"segments": [[0, 3]], "quote": "Far"}


API = {
    ("api:projects", "POST"): lambda desk, made: {"slug": "fresh"},
    ("api:project", "PATCH"): lambda desk, made: {"name": "Renamed"},
    ("api:members", "POST"): lambda desk, made: {"username": "pia", "role": "viewer"},
    ("api:member", "PATCH"): lambda desk, made: {"role": "annotator"},
    ("api:labels", "POST"): lambda desk, made: {"name": "Fresh"},
    ("api:label", "PATCH"): lambda desk, made: {"description": "Changed."},
    ("api:articles", "POST"): lambda desk, made: {"title": "Fresh", "text": "Words."},
    ("api:revisions", "POST"): lambda desk, made: {"text": "A corrected text."},
    ("api:remark_anchor", "POST"): lambda desk, made: {"segments": [[0, 2]], "quote": "At"},
    ("api:article_annotations", "POST"): lambda desk, made: {**span(made), "label": "claim"},
    ("api:split_annotation", "POST"): lambda desk, made: {"at": made.annotation.start + 4},
    ("api:merge_annotations", "POST"): lambda desk, made: {"with": str(made.annotation_spare.pk)},
    ("api:attributions", "POST"): lambda desk, made: {"agent": str(made.agent.pk)},
    ("api:relations", "POST"): lambda desk, made: {
        "from": str(made.annotation_spare.pk),
        "to": str(made.annotation.pk),
        "label": "denies",
    },
    ("api:claims", "POST"): lambda desk, made: {"text": "So."},
    ("api:park_claim", "POST"): lambda desk, made: {"reason": "Later."},
    ("api:reject_claim", "POST"): lambda desk, made: {"reason": "No."},
    ("api:merge_claim", "POST"): lambda desk, made: {"into": str(made.claim_spare.pk)},
    ("api:split_claim", "POST"): lambda desk, made: {"parts": [{"text": "A part."}]},
    ("api:criteria", "POST"): lambda desk, made: {"name": "Fresh"},
    ("api:criterion", "PATCH"): lambda desk, made: {"weight": 7},
    ("api:triage_marks", "POST"): lambda desk, made: {"level": "high"},
    ("api:triage_mark", "PATCH"): lambda desk, made: {"reason": "Changed."},
    ("api:mentions", "POST"): lambda desk, made: {"annotation": str(made.annotation_spare.pk)},
    ("api:mention", "PATCH"): lambda desk, made: {"attribution": str(made.attribution.pk)},
    ("api:claim_evidence", "POST"): lambda desk, made: {**PROOF, "source": str(made.source.pk)},
    ("api:evidence_sets", "POST"): lambda desk, made: {
        "members": [str(row.pk) for row in made.free],
        "stance": "supports",
    },
    ("api:confidential_notes", "POST"): lambda desk, made: {"text": "For the desk."},
    ("api:notes_on_source", "POST"): lambda desk, made: {"text": "For the desk."},
    ("api:confidential_note", "PATCH"): lambda desk, made: {"text": "Changed."},
    ("api:questions", "POST"): lambda desk, made: {"text": "Why?", "answers": [{"type": "unanswerable"}]},
    ("api:question", "PATCH"): lambda desk, made: {"text": "Changed?"},
    ("api:searches", "POST"): lambda desk, made: {"place": "Archive", "query": "words"},
    ("api:search", "PATCH"): lambda desk, made: {"found": "Something."},
    ("api:assessments", "POST"): lambda desk, made: {"verdict": "refuted", "mode": "sufficiency"},
    ("api:assessment", "PATCH"): lambda desk, made: {"verdict": "supported", "rationale": "Changed."},
    ("api:verdict_scales", "POST"): lambda desk, made: {"verdicts": WORDS},
    ("api:verdict_scale", "PATCH"): lambda desk, made: {"verdicts": WORDS},
    ("api:claim_resolutions", "POST"): lambda desk, made: {
        "verdicts": {str(made.claim_taken.pk): {"verdict": "disputed", "evidence": [str(made.proof_taken.pk)]}},
        "rationale": "So.",
    },
    ("api:send_back_claim", "POST"): lambda desk, made: {"comment": "Again."},
    ("api:agents", "POST"): lambda desk, made: {"kind": "person", "name": "Fresh"},
    ("api:sources", "POST"): lambda desk, made: {"kind": "article", "title": "Fresh"},
    ("api:origins", "POST"): lambda desk, made: {"label": "Fresh"},
    ("api:disputes", "POST"): lambda desk, made: {"question": "And?", "statements": [str(made.claim.pk)]},
    ("api:dispute", "PATCH"): lambda desk, made: {"would_settle": "A recording."},
    ("api:send_back", "POST"): lambda desk, made: {"comment": "Again."},
    ("api:dismiss_dispute", "POST"): lambda desk, made: {"reason": "None."},
    ("api:reopen_dispute", "POST"): lambda desk, made: {"reason": "New.", "what": "new_evidence"},
    ("api:positions", "POST"): lambda desk, made: {
        "agent": str(made.agent.pk),
        "stances": {str(made.statement.pk): "qualify"},
    },
    ("api:resolutions", "POST"): lambda desk, made: {
        "verdicts": {str(made.statement.pk): {"verdict": "disputed", "evidence": [str(made.proof.pk)]}},
        "rationale": "So.",
    },
    ("api:dissents", "POST"): lambda desk, made: {"reason": "No."},
}
NOTED = (
    "article", "annotation", "attribution", "relation", "claim", "evidence", "agent", "source", "origin", "position",
)  # fmt: skip
API |= {(f"api:{noun}", "PATCH"): lambda desk, made: NOTE for noun in NOTED}

API |= {
    ("api:occurrences", "POST"): lambda desk, made: {"hits": [place(desk)]},
    ("api:project_occurrences", "POST"): lambda desk, made: {"hits": [place(desk)], "label": "claim"},
    ("api:relabel_annotations", "POST"): lambda desk, made: {**relabelling(made), "label": "other"},
    ("api:undo_bulk_change", "POST"): lambda desk, made: {},
}


def place(desk):
    return {"revision": str(desk.revision.pk), "segments": [[4, 8]], "quote": "away"}


def relabelling(made):
    return {"annotations": [{"id": str(made.annotation.pk), "version": made.annotation.version}]}


API |= {
    ("api:recommenders", "POST"): lambda desk, made: {"kind": "numbers", "name": "Fresh"},
    ("api:recommender", "PATCH"): lambda desk, made: {"enabled": False},
    ("api:accept_suggestions", "POST"): lambda desk, made: {
        "suggestions": [{"id": str(made.suggestion.pk), "version": made.suggestion.version}]
    },
}


SETTINGS = {"name": "Renamed", "approvals_dispute": 1, "approvals_claim": 1, "readers_per_article": 1, "zone": "UTC"}

WEB = {
    ("web:sign_in", "POST"): lambda desk, made: {"username": "pia", "password": "a long password"},
    ("web:change_preferences", "POST"): lambda desk, made: {"single_keys": "off"},
    ("web:reset", "POST"): lambda desk, made: {"email": "nobody@example.org"},
    ("web:make_project", "POST"): lambda desk, made: {"name": "Fresh", "slug": "fresh"},
    ("web:project", "POST"): lambda desk, made: SETTINGS,
    ("web:members", "POST"): lambda desk, made: {"username": "pia", "role": "viewer"},
    ("web:edit_member", "POST"): lambda desk, made: {"role": "annotator"},
    ("web:labels", "POST"): lambda desk, made: {"name": "Fresh", "kind": "span"},
    ("web:edit_label", "POST"): lambda desk, made: {"name": "Fresh", "colour": "2"},
    ("web:articles", "POST"): lambda desk, made: {"title": "Fresh", "text": "Words."},
    ("web:import_files", "POST"): lambda desk, made: {"file": SimpleUploadedFile("fresh.txt", b"Title\n\nWords.\n")},
    ("web:project_occurrences", "POST"): lambda desk, made: {"hit": json.dumps(place(desk)), "label": "claim"},
    ("web:occurrences", "POST"): lambda desk, made: {"hit": json.dumps(place(desk))},
    ("web:relabel_annotations", "POST"): lambda desk, made: {
        "row": f"{made.annotation.pk}:{made.annotation.version}",
        "label": "other",
        "confirm": "1",
    },
    ("web:article", "POST"): lambda desk, made: {"title": "Renamed"},
    ("web:revisions", "POST"): lambda desk, made: {"text": "A corrected text."},
    ("web:remark_anchor", "POST"): lambda desk, made: {"segments": "[[0, 2]]", "quote": '"At"'},
    ("web:add_annotation", "POST"): lambda desk, made: {
        "label": "claim",
        **{name: json.dumps(value) for name, value in span(made).items()},
    },
    ("web:split_annotation", "POST"): lambda desk, made: {"at": made.annotation.start + 4},
    ("web:merge_annotations", "POST"): lambda desk, made: {"with": made.annotation_spare.pk},
    ("web:add_attribution", "POST"): lambda desk, made: {
        "annotation": made.annotation.pk,
        "agent": made.agent.name,
        "agent_kind": "person",
        **SAID,
    },
    ("web:edit_attribution", "POST"): lambda desk, made: {"agent": made.agent.name, **SAID, **NOTE},
    ("web:record_saying", "POST"): lambda desk, made: {
        "contents": json.dumps([{**span(made), "label": "claim", "claim": "So."}]),
        "hops": json.dumps([{"agent": made.agent.name, "speaker": {"segments": [[14, 19]], "quote": "first"}}]),
    },
    ("web:recommenders", "POST"): lambda desk, made: {"kind": "numbers", "name": "Fresh"},
    ("web:edit_recommender", "POST"): lambda desk, made: {"name": "Renamed"},
    ("web:accept_suggestions", "POST"): lambda desk, made: {
        "suggestion": f"{made.suggestion.pk}:{made.suggestion.version}"
    },
    ("web:add_relation", "POST"): lambda desk, made: {
        "from": made.annotation_spare.pk,
        "to": made.annotation.pk,
        "label": "denies",
    },
    ("web:edit_relation", "POST"): lambda desk, made: {"label": "denies", **NOTE},
    ("web:annotation", "POST"): lambda desk, made: NOTE,
    ("web:add_claim", "POST"): lambda desk, made: {"text": "So.", "layer": "so", "checkability": "checkable"},
    ("web:edit_claim", "POST"): lambda desk, made: {"text": "Changed.", "layer": "so", "checkability": "checkable"},
    ("web:park_claim", "POST"): lambda desk, made: {"reason": "Later."},
    ("web:reject_claim", "POST"): lambda desk, made: {"reason": "No."},
    ("web:merge_claim", "POST"): lambda desk, made: {"into": made.claim_spare.pk},
    ("web:split_claim", "POST"): lambda desk, made: {"part-1-text": "A part.", "part-2-text": "", "part-3-text": ""},
    ("web:triage_marks", "POST"): lambda desk, made: {"harm-level": "low", "harm-seen": 1},
    ("web:criteria", "POST"): lambda desk, made: {"name": "Fresh", "weight": 2},
    ("web:edit_criterion", "POST"): lambda desk, made: {"name": "Harm", "weight": 7},
    ("web:add_mention", "POST"): lambda desk, made: {"annotation": made.annotation_spare.pk},
    ("web:edit_mention", "POST"): lambda desk, made: {"attribution": made.attribution.pk},
    ("web:add_evidence", "POST"): lambda desk, made: {**PROOF, "source": made.source.pk},
    ("web:edit_evidence", "POST"): lambda desk, made: {**PROOF, **NOTE, "source": made.source.pk},
    ("web:add_evidence_set", "POST"): lambda desk, made: {
        "members": [row.pk for row in made.free],
        "stance": "supports",
    },
    ("web:write_confidential_note", "POST"): lambda desk, made: {"text": "For the desk."},
    ("web:write_note_on_source", "POST"): lambda desk, made: {"text": "For the desk."},
    ("web:confidential_note", "POST"): lambda desk, made: {"text": "Changed."},
    ("web:questions", "POST"): lambda desk, made: {"text": "Why?"},
    ("web:question", "POST"): lambda desk, made: {"text": "Changed?"},
    ("web:add_search", "POST"): lambda desk, made: {"place": "Archive", "query": "words"},
    ("web:search", "POST"): lambda desk, made: {"place": "Archive", "query": "words"},
    ("web:assessments", "POST"): lambda desk, made: {"verdict": "refuted", "mode": "sufficiency"},
    ("web:edit_assessment", "POST"): lambda desk, made: {"verdict": "supported", "rationale": "Changed."},
    ("web:verdict_scales", "POST"): lambda desk, made: {
        "name": "Ours",
        **{f"word{number}-{key}": word for number, row in enumerate(WORDS) for key, word in row.items()},
    },
    ("web:propose_claim_resolution", "POST"): lambda desk, made: {
        "rationale": "So.",
        f"{made.claim_taken.pk}-verdict": "disputed",
        f"{made.claim_taken.pk}-evidence": made.proof_taken.pk,
    },
    ("web:send_back_claim", "POST"): lambda desk, made: {"comment": "Again."},
    ("web:add_source", "POST"): lambda desk, made: {"title": "Fresh", "kind": "article"},
    ("web:edit_source", "POST"): lambda desk, made: {"title": "Renamed", "kind": "article"},
    ("web:add_origin", "POST"): lambda desk, made: {"label": "Fresh"},
    ("web:edit_origin", "POST"): lambda desk, made: {"label": "Renamed"},
    ("web:add_agent", "POST"): lambda desk, made: {"name": "Fresh", "kind": "person"},
    ("web:edit_agent", "POST"): lambda desk, made: {"name": "Renamed", "kind": "person"},
    ("web:open_dispute", "POST"): lambda desk, made: {"question": "And?", f"{made.claim.pk}-chosen": "yes"},
    ("web:edit_dispute", "POST"): lambda desk, made: {"question": "Changed?", f"{made.statement.pk}-chosen": "yes"},
    ("web:add_position", "POST"): lambda desk, made: {
        "agent": made.agent.name,
        f"{made.statement.pk}-stance": "qualify",
    },
    ("web:edit_position", "POST"): lambda desk, made: {
        "agent": made.position.agent.name,
        f"{made.statement.pk}-stance": "qualify",
    },
    ("web:add_evidence_to_dispute", "POST"): lambda desk, made: {
        "source": made.source.pk,
        **{f"{made.statement.pk}-{name}": word for name, word in PROOF.items()},
    },
    ("web:propose_resolution", "POST"): lambda desk, made: {
        "rationale": "So.",
        f"{made.statement.pk}-verdict": "disputed",
        f"{made.statement.pk}-evidence": made.proof.pk,
    },
    ("web:send_back", "POST"): lambda desk, made: {"comment": "Again."},
    ("web:dismiss_dispute", "POST"): lambda desk, made: {"reason": "None."},
    ("web:reopen_dispute", "POST"): lambda desk, made: {"reason": "New.", "what": "new_evidence"},
    ("web:dissent_from_resolution", "POST"): lambda desk, made: {"reason": "No."},
}
SAID = {
    "naming": "named",
    "basis": "stated",
    "form": "direct",
    "tone": "neutral",
    "access": "not_stated",
    "terms": "not_stated",
}

API |= compared.API | copies.API | published.API | talk.API
WEB |= compared.WEB | copies.WEB | published.WEB | talk.WEB

QUERIES = {"api:similar_claims": "?text=free", "api:project_occurrences": "?words=far"}
QUERIES |= dict.fromkeys(("api:export", "api:export_report"), "?format=jsonl")


# -- sending ----------------------------------------------------------------------------------------------------------


def api_request(browser, name, method, path, record, desk, made, **headers):
    body = API.get((name, method), lambda desk, made: {})(desk, made)
    if method != "GET" and hasattr(record, "version"):
        headers["If-Match"] = f'"{record.version}"'
    raw = b"" if method == "GET" else json.dumps(body).encode()
    where = path + (QUERIES.get(name, "") if method == "GET" else "")
    return browser.generic(method, where, raw, "application/json", headers={**browser.token, **headers})


def web_request(browser, name, method, path, record, desk, made, **headers):
    if method == "GET":
        return browser.get(path, headers=headers)
    version = version_of(name, record, desk)
    hidden = {"idempotency_key": str(uuid4())} | ({} if version is None else {"version": version})
    body = WEB.get((name, method), lambda desk, made: {})(desk, made)
    return browser.post(path, {**hidden, **body}, headers=headers)


def name_of(path):
    """The names under which a path is known: `/claims/<id>/` is web:claim and web:edit_claim."""
    match = get_resolver().resolve(path.partition("?")[0].partition("#")[0])
    return match.view_name
