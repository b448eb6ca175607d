"""What comments, requests and guidelines are to the permission tests: their rows of the table, what people send
to their addresses, one person's records."""

from annotations.services import comment_requests, comments

ADDED = {"GET": "viewer -> 200", "POST": "annotator -> 201"}
PAGE = {"GET": "viewer -> 200"}
READ = {"GET": "viewer -> 200"}
RECORD = {**READ, "PATCH": "own -> 200", "DELETE": "own -> 204"}
BY_MANAGER = {**READ, "POST": "manager -> 201"}

API_TABLE = {
    "api:comment_requests": ADDED,
    "api:claim_comment_requests": ADDED,
    "api:project_comment_requests": READ,
    "api:comment_request": RECORD,
    "api:record_outcome": {"POST": "own -> 200"},
    "api:restore_comment_request": {"POST": "own -> 200"},
    "api:comments": ADDED,
    "api:comment": {**READ, "PATCH": "author -> 200", "DELETE": "own -> 204"},
    "api:restore_comment": {"POST": "own -> 200"},
    "api:resolve_comment": {"POST": "annotator -> 200"},
    "api:reopen_comment": {"POST": "annotator -> 200"},
    "api:guidelines": BY_MANAGER,
    "api:guideline_version": READ,
}

WEB_TABLE = {
    "web:request_comment": {**PAGE, "POST": "annotator -> 303 web:dispute"},
    "web:request_claim_comment": {**PAGE, "POST": "annotator -> 303 web:claim"},
    "web:comment_requests": PAGE,
    "web:comment_request": {**PAGE, "POST": "own -> 303 web:comment_request"},
    "web:record_outcome": {"POST": "own -> 303 web:dispute"},
    "web:trash_comment_request": {"POST": "own -> 303 web:comment_request"},
    "web:restore_comment_request": {"POST": "own -> 303 web:comment_request"},
    "web:comments": {**PAGE, "POST": "annotator -> 303 web:comments"},
    "web:comment": {"GET": "viewer -> 303 web:comments", "POST": "author -> 303 web:comments"},
    "web:trash_comment": {"POST": "own -> 303 web:comments"},
    "web:restore_comment": {"POST": "own -> 303 web:comments"},
    "web:resolve_comment": {"POST": "annotator -> 303 web:comments"},
    "web:reopen_comment": {"POST": "annotator -> 303 web:comments"},
    "web:guideline_from": {**PAGE, "POST": "manager -> 303 web:guidelines"},
    "web:mentioned": {"GET": "signed in -> 200"},
    "web:see_mentions": {"POST": "signed in -> 303 web:mentioned"},
    "web:guidelines": {**PAGE, "POST": "manager -> 303 web:guidelines"},
}

API = {
    ("api:comment_requests", "POST"): lambda desk, made: {"agent": str(made.agent.pk)},
    ("api:claim_comment_requests", "POST"): lambda desk, made: {"agent": str(made.agent.pk)},
    ("api:comment_request", "PATCH"): lambda desk, made: {"asked": "Changed."},
    ("api:record_outcome", "POST"): lambda desk, made: {"outcome": "declined"},
    ("api:comments", "POST"): lambda desk, made: {"on": f"claim:{made.claim.pk}", "text": "Why?"},
    ("api:comment", "PATCH"): lambda desk, made: {"text": "Changed."},
    ("api:guidelines", "POST"): lambda desk, made: {"text": "Mark less."},
}
WEB = {
    ("web:request_comment", "POST"): lambda desk, made: {"agent": made.agent.name, "asked": "Is it so?"},
    ("web:request_claim_comment", "POST"): lambda desk, made: {"agent": made.agent.name, "asked": "Is it so?"},
    ("web:comment_request", "POST"): lambda desk, made: {"agent": made.agent.name, "asked": "Changed."},
    ("web:record_outcome", "POST"): lambda desk, made: {"outcome": "declined"},
    ("web:comments", "POST"): lambda desk, made: {"text": "Why?"},
    ("web:comment", "POST"): lambda desk, made: {"text": "Changed."},
    ("web:guideline_from", "POST"): lambda desk, made: {"text": "Changed."},
    ("web:guidelines", "POST"): lambda desk, made: {"text": "Changed."},
}


def add_talk(made, by, desk, mark):
    """A party that was asked, and threads: one open, one resolved, one in the trash."""

    def ask(words):
        return comment_requests.request_comment(
            by=by, about=made.dispute, agent=made.agent, asked=f"{words}, {mark}", channel=mark
        )

    made.comment_request, made.comment_request_trashed = ask("Is it so?"), ask("Gone")
    comment_requests.trash_comment_request(by=by, request=made.comment_request_trashed, version=1)

    def say(words):
        return comments.add_comment(by=by, on=made.claim, text=f"{words}, {mark}")

    made.comment, made.comment_resolved, made.comment_trashed = say("Why?"), say("Answered"), say("Gone")
    comments.resolve_comment(by=by, comment=made.comment_resolved, version=1)
    comments.trash_comment(by=by, comment=made.comment_trashed, version=1)
