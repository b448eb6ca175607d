"""Published reports in the world of these tests: their rows of the table, what people send to their addresses, and the
records there are.
"""

from annotations.services import claims, projects, reports, resolutions
from annotations.services.resolutions import VerdictSaid

READ = {"GET": "viewer -> 200"}
MOVED = {"POST": "manager -> 200"}
PUBLIC = {"GET": "public -> 200"}
API_TABLE = {
    "api:reports": READ,
    "api:report": READ,
    "api:report_editions": READ,
    "api:report_edition": READ,
    "api:corrections": {**READ, "POST": "manager -> 201"},
    "api:correction": READ,
    "api:publish_dispute": MOVED,
    "api:publish_claim": MOVED,
    "api:correct_claim": MOVED,
    "api:retract_claim": MOVED,
}
WEB_TABLE = {
    "web:publish_dispute": {**READ, "POST": "manager -> 303 web:report"},
    "web:publish_claim": {**READ, "POST": "manager -> 303 web:report"},
    "web:correct_claim": {**READ, "POST": "manager -> 303 web:claim"},
    "web:retract_claim": {**READ, "POST": "manager -> 303 web:claim"},
    "web:add_correction": {**READ, "POST": "manager -> 303 web:report"},
    "web:correction_requests": {"GET": "adjudicator -> 200"},
    "web:answer_correction_request": {"POST": "adjudicator -> 303 web:correction_requests"},
    "web:erase_contact": {"POST": "adjudicator -> 303 web:correction_requests"},
    "web:dispute_map": READ,
    "web:report": PUBLIC,
    "web:report_edition": PUBLIC,
    "web:report_map": PUBLIC,
    "web:claim_review": PUBLIC,
    "web:request_correction": {**PUBLIC, "POST": "public -> 303 web:request_correction"},
    "web:public_reports": PUBLIC,
    "web:public_corrections": PUBLIC,
    "web:report_feed": PUBLIC,
}
RECORDS = {
    "api:publish_dispute": "dispute_closed",
    "web:publish_dispute": "dispute_closed",
    **{f"{door}:publish_claim": "claim_answered" for door in ("api", "web")},
    **{f"{door}:{verb}_claim": "claim_published" for door in ("api", "web") for verb in ("correct", "retract")},
}
NOUNS = {
    "report_editions": "report_edition",
    "corrections": "correction",
    "correction_requests": "correction_request",
}
CORRECTED = {"was": "So.", "now": "Not so.", "why": "A wrong source."}
UPDATED = {"kind": "update", "why": "More is known."}
API = {
    ("api:publish_dispute", "POST"): lambda desk, made: {"title": "Fresh"},
    ("api:corrections", "POST"): lambda desk, made: UPDATED,
    ("api:correct_claim", "POST"): lambda desk, made: CORRECTED,
    ("api:retract_claim", "POST"): lambda desk, made: {"reason": "Our error."},
}
WEB = {
    ("web:publish_dispute", "POST"): lambda desk, made: {"title": "Fresh"},
    ("web:add_correction", "POST"): lambda desk, made: UPDATED,
    ("web:correct_claim", "POST"): lambda desk, made: CORRECTED,
    ("web:retract_claim", "POST"): lambda desk, made: {"reason": "Our error."},
    ("web:answer_correction_request", "POST"): lambda desk, made: {"state": "declined", "answer": "It is right."},
    ("web:request_correction", "POST"): lambda desk, made: {"text": "The date is wrong."},
}


def publish(desk, dispute, proposer, approver, mark):
    """A report of this closed dispute, with a correction and a reader's request; a claim that is approved, and one that
    is published."""
    boss, project = desk.boss, desk.project
    dispute.refresh_from_db()
    desk.report = reports.publish_dispute(
        by=boss, dispute=dispute, version=dispute.version, title=f"Told at {project.slug}"
    )
    desk.report_edition = desk.report.editions.get()
    desk.correction = reports.add_correction(by=boss, report=desk.report, kind="update", why="More is known.")
    project.refresh_from_db()
    projects.edit_project(by=boss, project=project, version=project.version, correction_requests=True)
    desk.report.refresh_from_db()
    contact = f"reader, {desk.mark}"
    desk.correction_request = reports.request_correction(report=desk.report, text=f"No: {desk.mark}", contact=contact)
    desk.claim_answered, desk.claim_published = (answered(desk, proposer, approver, mark) for _ in range(2))
    claim = desk.claim_published
    reports.publish_claim(by=boss, claim=claim, version=claim.version, title=f"So at {project.slug}")


def answered(desk, proposer, approver, mark):
    """A claim that no dispute holds, with an approved answer."""
    claim = claims.add_claim(by=proposer, project=desk.project, text=f"So it is, {mark}.")
    claims.take_claim(by=proposer, claim=claim, version=claim.version)
    resolution = resolutions.propose_claim_resolution(
        by=proposer, claim=claim, verdicts={claim.pk: VerdictSaid("supported")}, rationale="So.", search_log="All."
    )
    resolutions.approve_resolution(by=approver, resolution=resolution)
    claim.refresh_from_db()
    return claim
