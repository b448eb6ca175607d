"""What a claim is weighed by, as one person makes it: a set, questions, searches, votes, notes; and a claim that is
settled on its own."""

from annotations.services import assessments, claims, evidence, questions, resolutions, sources
from annotations.services.resolutions import VerdictSaid


def add_weighing(made, by, desk, mark, name):
    project, claim = desk.project, made.claim
    source = sources.add_source(by=by, project=project, kind="document", title=f"Papers by {name}")

    def attach(on):
        return evidence.add_evidence(
            by=by, claim=on, source=source, stance="mentions", ground="document", quote=f"together, {mark}"
        )

    pairs = [[attach(claim) for _ in range(2)] for _ in range(3)]
    made.free = pairs[2]
    made.evidence_set, made.evidence_set_trashed = (
        evidence.add_evidence_set(by=by, claim=claim, members=members, stance="supports", note=f"set, {mark}")
        for members in pairs[:2]
    )
    evidence.break_evidence_set(by=by, evidence_set=made.evidence_set_trashed, version=1)
    made.question, made.question_trashed = (
        questions.add_question(
            by=by,
            claim=claim,
            text=f"{words}, {mark}?",
            answers=[{"type": "abstractive", "text": f"answer, {mark}", "evidence": made.evidence}],
        )
        for words in ("Why", "Gone")
    )
    questions.trash_question(by=by, question=made.question_trashed, version=1)
    made.search, made.search_trashed = (
        questions.add_search(by=by, claim=claim, place=f"{words}, {mark}", query=mark) for words in ("Archive", "Gone")
    )
    questions.trash_search(by=by, search=made.search_trashed, version=1)
    made.confidential_note, made.confidential_note_trashed = (
        evidence.write_confidential_note(by=by, evidence=made.evidence, text=f"{words}, {mark}")
        for words in ("secret", "gone")
    )
    evidence.trash_confidential_note(by=by, note=made.confidential_note_trashed, version=1)
    made.note_on_source = evidence.write_confidential_note(by=by, source=source, text=f"secret, {mark}")
    made.claim_taken, made.claim_weighed = (taken(by, desk, f"{words}, {mark}.") for words in ("Taken", "Weighed"))
    made.proof_taken = attach(made.claim_taken)
    made.assessment = assessments.add_assessment(
        by=by,
        claim=made.claim_weighed,
        verdict="supported",
        rationale=f"vote, {mark}",
        evidence=[attach(made.claim_weighed)],
        mode="sufficiency",
    )
    proposed(made.claim_weighed, desk.boss)  # which opens the vote to everybody


def taken(by, desk, text):
    claim = claims.add_claim(by=by, project=desk.project, text=text)
    return claims.take_claim(by=desk.boss, claim=claim, version=1)


def proposed(claim, by):
    made = resolutions.propose_claim_resolution(
        by=by,
        claim=claim,
        verdicts={claim.pk: VerdictSaid("not_enough_evidence")},
        rationale="Nothing was found.",
        search_log="The archive.",
    )
    claim.refresh_from_db()
    return made


def more_words(desk):
    """The next scale, with which nothing is judged yet."""
    desk.verdict_scale = assessments.add_verdict_scale(
        by=desk.boss, project=desk.project, verdicts=desk.verdict_scale.verdicts
    )


def settle(desk, proposer):
    """A claim in review on its own."""
    desk.claim_proposed = taken(proposer, desk, f"Judged on its own, mark of {proposer.username}.")
    desk.claim_resolution = proposed(desk.claim_proposed, proposer)
