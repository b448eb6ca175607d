"""No sequence of moves by any people gets around the rules: an answer stands only with the approvals that were asked
for, by people other than its proposer, on exactly what stands there now; and no verdict passes to another claim."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.core.errors import WorkbenchError
from annotations.models import Claim, Dispute, Evidence, Project, Resolution, Verdict
from annotations.services.claims import edit_claim, take_claim
from annotations.services.disputes import dismiss_dispute, edit_position, reopen_dispute, send_back
from annotations.services.evidence import add_evidence, edit_evidence, trash_evidence
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_claim_resolution,
    propose_resolution,
    send_back_claim,
)
from tests.conftest import take_contested
from tests.kept import Stage

pytestmark = pytest.mark.django_db

PEOPLE = ("ana", "ida", "ida", "jo", "max", "olu")
MOVES = (
    "propose", "propose", "approve", "approve", "approve_first", "dissent", "send_back", "edit_text", "edit_layer",
    "edit_evidence", "trash_evidence", "add_evidence", "dismiss", "reopen", "edit_position",
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(PEOPLE)), min_size=1, max_size=14)


class Desk:
    """One dispute, and one claim on its own, on which people try whatever they like. Refusals are as good as moves."""

    def __init__(self, people, project, contested):
        self.people, self.project, self.contested = people, project, contested
        self.alone = Claim.objects.create(
            project=project, author=people.ana, text="It was so.", state="in_work", owner=people.ida
        )
        self.words = 0

    def subject(self, on):
        model, pk = (Dispute, self.contested.dispute.pk) if on == "dispute" else (Claim, self.alone.pk)
        return model.objects.select_related("project").get(pk=pk)

    def judged(self, on):
        return Claim.objects.get(pk=self.contested.claims[0].pk if on == "dispute" else self.alone.pk)

    def evidence(self, on):
        return Evidence.objects.filter(claim=self.judged(on), trashed=False).order_by("pk").last()

    def try_to(self, move, name, on):
        with suppress(WorkbenchError):
            getattr(self, move)(by=getattr(self.people, name), on=on)

    def propose(self, by, on):
        subject, claim, proof = self.subject(on), self.judged(on), self.evidence(on)
        said = {claim.pk: VerdictSaid("supported", "low", (proof,) if proof else ())}
        answer = {"by": by, "verdicts": said, "rationale": "So."}
        if on == "dispute":
            propose_resolution(dispute=subject, **answer)
        else:
            propose_claim_resolution(claim=subject, **answer)

    def newest(self, on, last=True):
        rows = Resolution.objects.filter(**{on: self.subject(on)}).order_by("number")
        return rows.last() if last else rows.first()

    def approve(self, by, on):
        if row := self.newest(on):
            approve_resolution(by=by, resolution=row)

    def approve_first(self, by, on):
        if row := self.newest(on, last=False):
            approve_resolution(by=by, resolution=row)

    def dissent(self, by, on):
        if row := self.newest(on):
            dissent_from_resolution(by=by, resolution=row, reason="No.")

    def send_back(self, by, on):
        row = self.subject(on)
        if on == "dispute":
            send_back(by=by, dispute=row, version=row.version, comment="Again.")
        else:
            send_back_claim(by=by, claim=row, version=row.version, comment="Again.")

    def edit_text(self, by, on):
        self.words += 1
        row = self.judged(on)
        edit_claim(by=by, claim=row, version=row.version, text=f"It was so, {self.words}.")

    def edit_layer(self, by, on):
        row = self.judged(on)
        edit_claim(by=by, claim=row, version=row.version, layer="said" if row.layer == "so" else "so")

    def edit_evidence(self, by, on):
        if row := self.evidence(on):
            self.words += 1
            edit_evidence(by=by, evidence=row, version=row.version, quote=f"Words {self.words}.")

    def trash_evidence(self, by, on):
        if row := self.evidence(on):
            trash_evidence(by=by, evidence=row, version=row.version)

    def add_evidence(self, by, on):
        source = self.contested.source
        add_evidence(by=by, claim=self.judged(on), source=source, stance="supports", ground="document")

    def dismiss(self, by, on):
        if on == "dispute":
            row = self.subject(on)
            dismiss_dispute(by=by, dispute=row, version=row.version, reason="None.")

    def reopen(self, by, on):
        row = self.subject(on)
        if on == "dispute":
            reopen_dispute(by=by, dispute=row, version=row.version, reason="New.", what="new_evidence")
        else:
            take_claim(by=by, claim=row, version=row.version)

    def edit_position(self, by, on):
        row = type(self.contested.positions[0]).objects.get(pk=self.contested.positions[0].pk)
        edit_position(by=by, position=row, version=row.version, note=f"Note {self.words}")

    # -- what always holds --------------------------------------------------------------------------------------------

    def check(self, needed):
        for on, answered in (("dispute", "closed"), ("claim", "approved")):
            subject = self.subject(on)
            if subject.state != answered or getattr(subject, "outcome", "") == "not_a_dispute":
                continue
            newest = self.newest(on)
            signed = newest.decisions.filter(decision="approval").values_list("author_id", flat=True)
            assert len(set(signed)) >= needed
            assert newest.proposer_id not in set(signed)
            (statement, *_) = newest.judged["statements"]
            claim = Claim.objects.get(pk=statement["id"])
            assert (statement["text"], statement["layer"]) == (claim.text, claim.layer)
            self.check_cited(newest)
        self.check_verdicts()

    def check_cited(self, resolution):
        known = {row["id"]: row for part in resolution.judged["statements"] for row in part["evidence"]}
        for verdict in resolution.verdicts.all():
            for citation in verdict.citations.select_related("evidence"):
                assert citation.evidence.claim_id == verdict.claim_id
                assert not citation.evidence.trashed
                assert known[str(citation.evidence_id)]["quote"] == citation.evidence.quote

    def check_verdicts(self):
        """A verdict stays on the question it was given on."""
        for verdict in Verdict.objects.select_related("resolution", "claim"):
            layers = {row["id"]: row["layer"] for row in verdict.resolution.judged["statements"]}
            assert layers[str(verdict.claim_id)] == verdict.claim.layer


@pytest.mark.parametrize("on", ["dispute", "claim"])
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps, needed=st.integers(1, 2))
def test_nobody_gets_around_the_second_signature_in_any_order(kept, db, on, steps, needed):
    with transaction.atomic():
        desk = desk_of(needed)
        for move, name in steps:
            desk.try_to(move, name, on)
            desk.check(needed)
        transaction.set_rollback(True)


def desk_of(needed):
    made = take_contested(Stage())
    Project.objects.filter(pk=made.project.pk).update(approvals_claim=needed, approvals_dispute=needed)
    return Desk(made.people, made.project, made.contested)
