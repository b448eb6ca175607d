"""Whatever a team does, in any order: no dispute is closed by its proposer, over an edit, or with a statement unjudged.

A state machine lets any of five people try any move or edit with any verdicts; refusals are fine, a broken invariant is
not.
"""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from annotations.core.errors import WorkbenchError
from annotations.models import Dispute, Event, Resolution
from annotations.services import claims, disputes, evidence, resolutions
from annotations.services.agents import add_agent
from annotations.services.comment_requests import record_outcome, request_comment
from annotations.services.disputes import StanceSaid
from annotations.services.projects import edit_project
from annotations.services.resolutions import VerdictSaid
from annotations.services.sources import add_source
from tests.conftest import make_people, make_project

NAMES = st.sampled_from(["ida", "jo", "max", "ida", "jo", "ana", "vera"])  # mostly people who may, or little happens
STATEMENTS = st.integers(0, 2)
WORDS = st.sampled_from(["supported", "refuted", "disputed", "not_enough_evidence"])
ALL_JUDGED = st.fixed_dictionaries({0: WORDS, 1: WORDS})


class Desk(RuleBasedStateMachine):
    begun = None  # the dispute as it was opened, and all that stands in it

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()  # each example begins with what was `begun`
        self.example.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize(approvals=st.integers(1, 2))
    def open(self, approvals):
        vars(self).update(deepcopy(vars(self.begun)))
        if approvals == 2:
            needed = {"dispute": approvals}
            edit_project(by=self.people.max, project=self.project, version=1, approvals_needed=needed)
        self.edits_when_proposed = 0
        self.edits = 0

    @property
    def dispute(self):
        return Dispute.objects.select_related("project").get(pk=self.dispute_id)

    def attempt(self, act):
        """Whether it was done; a refusal in the domain's words is an ordinary answer."""
        try:
            act()
        except WorkbenchError:
            return False
        return True

    def edit(self, act):
        self.edits += self.attempt(act)

    def by(self, name):
        return getattr(self.people, name)

    @rule(name=NAMES, party=st.integers(0, 1), statement=STATEMENTS, stance=st.sampled_from(["affirm", "deny"]))
    def add_position(self, name, party, statement, stance):
        stances = {self.claims[statement].pk: StanceSaid(stance)}
        agent = self.parties[party]
        self.edit(lambda: disputes.add_position(by=self.by(name), dispute=self.dispute, agent=agent, stances=stances))

    @rule(name=NAMES, last=st.integers(0, 5))
    def trash_position(self, name, last):
        position = self.dispute.positions.filter(trashed=False).order_by("id")[last : last + 1].first()
        if position:
            self.edit(lambda: disputes.trash_position(by=self.by(name), position=position, version=position.version))

    @rule(name=NAMES, how_many=st.integers(1, 3))
    def change_statements(self, name, how_many):
        dispute, chosen = self.dispute, self.claims[:how_many]
        if {row.claim_id for row in dispute.statements.all()} != {claim.pk for claim in chosen}:
            self.edit(
                lambda: disputes.edit_dispute(
                    by=self.by(name), dispute=dispute, version=dispute.version, statements=chosen
                )
            )

    @rule(name=NAMES, statement=STATEMENTS, number=st.integers(0, 99))
    def reword_a_statement(self, name, statement, number):
        claim = claims.Claim.objects.select_related("project").get(pk=self.claims[statement].pk)
        is_statement = self.dispute.statements.filter(claim=claim).exists()
        text = f"{claim.text[:20]}{number}"
        done = claim.text != text and self.attempt(
            lambda: claims.edit_claim(by=self.by(name), claim=claim, version=claim.version, text=text)
        )
        self.edits += bool(done and is_statement)

    @rule(name=NAMES, statement=STATEMENTS, number=st.integers(0, 99))
    def change_evidence(self, name, statement, number):
        row = evidence.Evidence.objects.get(pk=self.evidence[statement].pk)
        latest = self.dispute.resolutions.order_by("-number").first()
        is_cited = latest is not None and latest.verdicts.filter(citations__evidence=row).exists()
        done = row.quote != str(number) and self.attempt(
            lambda: evidence.edit_evidence(by=self.by(name), evidence=row, version=row.version, quote=str(number))
        )
        self.edits += bool(done and is_cited)

    @rule(
        name=NAMES, verdicts=ALL_JUDGED | st.dictionaries(STATEMENTS, WORDS), cites=st.sampled_from([True, True, False])
    )
    def propose(self, name, verdicts, cites):
        said = {
            self.claims[number].pk: VerdictSaid(word, evidence=(self.evidence[number],) if cites else ())
            for number, word in verdicts.items()
        }
        if self.attempt(
            lambda: resolutions.propose_resolution(
                by=self.by(name), dispute=self.dispute, verdicts=said, rationale="Because."
            )
        ):
            self.edits_when_proposed = self.edits

    @rule(name=NAMES, back=st.integers(0, 1))
    def approve(self, name, back):
        before = self.dispute
        numbered = before.resolutions.order_by("-number")[back : back + 1].first()
        if numbered:
            self.attempt(lambda: resolutions.approve_resolution(by=self.by(name), resolution=numbered))
            if before.state != "closed" and self.dispute.state == "closed":
                signed = numbered.decisions.filter(decision="approval").count()
                assert signed >= before.project.approvals_dispute, "closed with fewer approvals than asked"

    @rule(name=NAMES, other=NAMES, another=NAMES, verdicts=ALL_JUDGED, number=st.none() | st.integers(0, 99))
    def propose_and_approve_at_once(self, name, other, another, verdicts, number):
        """The short way to a closed dispute, with or without an edit between the signatures."""
        self.propose(name, verdicts, True)
        if number is not None:
            self.reword_a_statement("ida", 0, number)
        self.approve(other, 0)
        self.approve(another, 0)

    @rule(name=NAMES, approvals=st.integers(1, 2))
    def ask_for_other_approvals(self, name, approvals):
        project = self.dispute.project
        needed = {"dispute": approvals}
        self.attempt(
            lambda: edit_project(by=self.by(name), project=project, version=project.version, approvals_needed=needed)
        )

    @rule(name=NAMES, party=st.integers(0, 1), outcome=st.sampled_from(["declined", "no_reply"]))
    def fill_cells_with_silence(self, name, party, outcome):
        """The door of the requests for comment: an edit like any other where it sets a cell."""
        agent, had = self.parties[party], self.dispute.positions.count()

        def ask_and_record():
            asked = request_comment(by=self.by(name), about=self.dispute, agent=agent)
            record_outcome(by=self.by(name), request=asked, version=1, outcome=outcome, fill_cells=True)

        self.attempt(ask_and_record)
        self.edits += self.dispute.positions.count() > had

    @rule(name=NAMES)
    def dissent(self, name):
        latest = self.dispute.resolutions.order_by("-number").first()
        if latest:
            self.attempt(lambda: resolutions.dissent_from_resolution(by=self.by(name), resolution=latest, reason="No."))

    @rule(name=NAMES, verb=st.sampled_from(["send_back", "reopen", "reopen", "reopen", "dismiss"]))
    def move(self, name, verb):
        by, dispute, version = self.by(name), self.dispute, self.dispute.version
        moves = {
            "send_back": lambda: disputes.send_back(by=by, dispute=dispute, version=version, comment="Again."),
            "dismiss": lambda: disputes.dismiss_dispute(by=by, dispute=dispute, version=version, reason="None."),
            "reopen": lambda: disputes.reopen_dispute(
                by=by, dispute=dispute, version=version, reason="New.", what="new_evidence"
            ),
        }
        self.attempt(moves[verb])

    @invariant()
    def a_closed_dispute_was_decided_by_another(self):
        dispute = self.dispute
        if dispute.state != "closed" or dispute.outcome == "not_a_dispute":
            return
        resolution = dispute.resolutions.latest("number")
        signed = [decision.author_id for decision in resolution.decisions.filter(decision="approval")]
        assert signed
        assert resolution.proposer_id not in signed
        assert self.edits == self.edits_when_proposed, "closed over an edit"
        judged = set(resolution.verdicts.values_list("claim_id", flat=True))
        assert {claim for claim, place in dispute.places().items() if place == "in_dispute"} <= judged

    @invariant()
    def nobody_signs_their_own(self):
        for resolution in Resolution.objects.filter(dispute_id=self.dispute_id):
            assert not resolution.decisions.filter(author_id=resolution.proposer_id).exists()

    @invariant()
    def history_has_no_gap(self):
        numbers = list(Event.objects.filter(project=self.project).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def open_dispute():
    made = SimpleNamespace(people=make_people())
    made.project = project = make_project(made.people)
    ana = made.people.ana
    made.claims = [claims.add_claim(by=ana, project=project, text=f"Statement {number}.") for number in range(3)]
    made.parties = [add_agent(by=ana, project=project, kind="body", name=f"Party {number}") for number in range(2)]
    made.source = add_source(by=ana, project=project, kind="article", title="A page")
    made.evidence = [
        evidence.add_evidence(by=ana, claim=claim, source=made.source, stance="supports", ground="document")
        for claim in made.claims
    ]
    dispute = disputes.open_dispute(by=ana, project=project, question="Which?", statements=made.claims[:2])
    for party, stance in zip(made.parties, ("affirm", "deny"), strict=True):
        stances = {made.claims[0].pk: StanceSaid(stance)}
        disputes.add_position(by=ana, dispute=Dispute.objects.get(pk=dispute.pk), agent=party, stances=stances)
    made.dispute_id = dispute.pk
    return made


@pytest.mark.django_db
class TestMoves(TestCase):
    @classmethod
    def setUpTestData(cls):
        Desk.begun = open_dispute()

    def test_no_sequence_by_any_people_breaks_a_dispute(self):
        quick = settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(Desk, settings=quick)
