"""Two people at once: one wins in words, nothing closes over an edit, a manager stays, nothing is doubled."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connections

from annotations.core.errors import WorkbenchError
from annotations.models import Article, Decision, Dispute, Evidence, Label, Membership, Resolution, Source
from annotations.queries.history import verify
from annotations.services import articles, claims, disputes, evidence, labels, projects, resolutions, sources
from annotations.services.merging import merge_claim
from annotations.services.people import make_person
from annotations.services.resolutions import VerdictSaid
from tests.conftest import make_people, make_project
from tests.permissions.world import contested

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)  # each tries the clash anew; the barrier makes most rounds a real one


def at_once(*acts):
    """Run these in threads that start at one moment: what each gave, or the refusal that it got."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        except WorkbenchError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def won(outcomes):
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


@pytest.fixture
def desk():
    people = make_people()
    return SimpleNamespace(people=people, project=make_project(people), boss=people.max)


def case_in(desk, needed=1):
    """A dispute with a proposal by ida in review, which needs so many approvals."""
    project = desk.project
    project.refresh_from_db()
    if project.approvals_dispute != needed:
        projects.edit_project(
            by=desk.boss, project=project, version=project.version, approvals_needed={"dispute": needed}
        )
    desk.mark = "mark"
    case = contested(desk, desk.people.ida, "Which?")
    case.resolution = proposed(desk, case)
    return case


def proposed(desk, case, by=None):
    said = {case.claim.pk: VerdictSaid("disputed", evidence=(case.proof,))}
    return resolutions.propose_resolution(
        by=by or desk.people.ida, dispute=case.dispute, verdicts=said, rationale="So."
    )


def approving(by, resolution):
    """Each thread has rows of its own, as each request has."""
    return lambda: resolutions.approve_resolution(by=by, resolution=Resolution.objects.get(pk=resolution.pk))


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


# -- approvals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("needed", "signed"), [(1, 1), (2, 2)])
def test_two_approvals_at_once_close_a_dispute_once(desk, needed, signed):
    for _ in ROUNDS:
        case = case_in(desk, needed)
        outcomes = at_once(*(approving(by, case.resolution) for by in (desk.people.jo, desk.people.max)))
        assert len(won(outcomes)) == signed
        assert Decision.objects.filter(resolution=case.resolution).count() == signed
        assert fresh(case.dispute).state == "closed"
    assert verify() is None


def test_one_person_twice_at_once_is_one_signature(desk):
    for _ in ROUNDS:
        case = case_in(desk, 2)
        outcomes = at_once(*[approving(desk.people.jo, case.resolution)] * 3)
        assert len(won(outcomes)) == 1
        assert fresh(case.dispute).state == "in_review"


def test_approval_and_dissent_of_one_person_at_once_are_one_decision(desk):
    for _ in ROUNDS:
        case = case_in(desk, 2)
        jo = desk.people.jo

        def dissent(case=case, jo=jo):
            return resolutions.dissent_from_resolution(by=jo, resolution=fresh(case.resolution), reason="No.")

        assert len(won(at_once(approving(jo, case.resolution), dissent))) == 1
        assert Decision.objects.filter(resolution=case.resolution).count() == 1


CHANGES = {
    "the words of a statement": lambda case, by: claims.edit_claim(
        by=by, claim=fresh(case.claim), version=fresh(case.claim).version, text="Something else."
    ),
    "evidence that is cited": lambda case, by: evidence.edit_evidence(
        by=by, evidence=fresh(case.proof), version=fresh(case.proof).version, quote="Something else."
    ),
    "the source of evidence": lambda case, by: sources.edit_source(
        by=by,
        source=Source.objects.get(pk=case.proof.source_id),
        version=Source.objects.get(pk=case.proof.source_id).version,
        title="Another",
    ),
    "a position": lambda case, by: disputes.trash_position(
        by=by, position=fresh(case.positions[0]), version=fresh(case.positions[0]).version
    ),
    "the statements": lambda case, by: disputes.edit_dispute(
        by=by, dispute=fresh(case.dispute), version=fresh(case.dispute).version, question="Another?"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_no_dispute_is_closed_over_a_change_at_the_same_moment(desk, what):
    """Either the change came first and sent it back, or the approval did and refused the change."""
    for _ in ROUNDS:
        case = case_in(desk)
        outcomes = at_once(
            approving(desk.people.jo, case.resolution), lambda case=case: CHANGES[what](case, desk.people.max)
        )
        assert len(won(outcomes)) == 1, outcomes
        state = fresh(case.dispute).state
        assert state == ("closed" if isinstance(outcomes[1], Exception) else "open")


@pytest.mark.parametrize("what", ["evidence that is cited", "the words of a statement"])
def test_no_proposal_stands_on_what_was_changed_at_the_same_moment(desk, what):
    """What a proposal judged is what is stored, or it is not in review any more."""
    for _ in ROUNDS:
        case = case_in(desk)
        dispute = fresh(case.dispute)
        disputes.send_back(by=desk.people.jo, dispute=dispute, version=dispute.version, comment="Again.")
        case.proof, case.dispute = fresh(case.proof), fresh(case.dispute)
        at_once(lambda case=case: proposed(desk, case), lambda case=case: CHANGES[what](case, desk.people.max))
        if fresh(case.dispute).state == "in_review":
            judged = Resolution.objects.filter(dispute=case.dispute).latest("number").judged["statements"][0]
            assert judged["text"] == fresh(case.claim).text
            assert judged["evidence"][0]["quote"] == fresh(case.proof).quote


def test_nothing_in_the_trash_is_cited_by_a_proposal_of_the_same_moment(desk):
    for _ in ROUNDS:
        case = case_in(desk)
        dispute = fresh(case.dispute)
        disputes.send_back(by=desk.people.jo, dispute=dispute, version=dispute.version, comment="Again.")
        case.proof = Evidence.objects.get(pk=case.proof.pk)

        def trash(case=case):
            row = fresh(case.proof)
            return evidence.trash_evidence(by=desk.people.max, evidence=row, version=row.version)

        at_once(lambda case=case: proposed(desk, case), trash)
        assert not (fresh(case.proof).trashed and fresh(case.dispute).state == "in_review")


def test_no_evidence_is_left_behind_on_a_claim_that_is_merged_at_the_same_moment(desk):
    by, project = desk.people.ida, desk.project
    source = sources.add_source(by=by, project=project, kind="article", title="Report")
    for number in ROUNDS:
        gone, stays = (claims.add_claim(by=by, project=project, text=f"{name} {number}.") for name in ("One", "Two"))
        proof = {"claim": fresh(gone), "source": source, "stance": "supports", "ground": "document"}
        outcomes = at_once(
            lambda proof=proof: evidence.add_evidence(by=by, **proof),
            lambda gone=gone, stays=stays: merge_claim(by=by, claim=fresh(gone), version=1, into=stays),
        )
        assert fresh(gone).merged_into == stays
        assert not Evidence.objects.filter(claim=gone).exists(), outcomes


def test_two_proposals_at_once_have_two_numbers(desk):
    for _ in ROUNDS:
        case = case_in(desk)
        at_once(*(lambda by=by, case=case: proposed(desk, case, by) for by in (desk.people.ida, desk.people.jo)))
        numbers = list(
            Resolution.objects.filter(dispute=case.dispute).order_by("number").values_list("number", flat=True)
        )
        assert numbers == list(range(1, len(numbers) + 1))
        old = Resolution.objects.filter(dispute=case.dispute).order_by("number").first()
        assert won(at_once(approving(desk.people.max, old))) == []


# -- members, labels, articles ----------------------------------------------------------------------------------------


def test_two_last_managers_who_leave_at_once_do_not_both_leave(desk):
    for number in ROUNDS:
        boss = make_person(by=None, username=f"boss-{number}", may_make_projects=True)
        project = projects.make_project(by=boss, slug=f"p{number}")
        other = make_person(by=None, username=f"other-{number}")
        projects.add_member(by=boss, project=project, person=other, role="manager")

        def leaving(person, project=project):
            row = Membership.objects.select_related("project").get(project=project, person=person)
            return projects.remove_member(by=person, membership=row, version=row.version)

        assert len(won(at_once(lambda: leaving(boss), lambda: leaving(other)))) == 1  # noqa: B023
        assert Membership.objects.active().filter(project=project, role="manager").count() == 1


def test_one_person_is_added_once(desk):
    pia = make_person(by=None, username="pia")

    def add():
        return projects.add_member(by=desk.boss, project=desk.project, person=pia, role="viewer")

    assert len(won(at_once(add, add, add))) == 1
    assert Membership.objects.filter(project=desk.project, person=pia).count() == 1


def test_one_label_has_a_shortcut_and_a_key(desk):
    def adding(name, **fields):
        return lambda: labels.add_label(by=desk.boss, project=desk.project, name=name, **fields)

    assert len(won(at_once(*(adding(name, shortcut="1") for name in ("One", "Two", "Three"))))) == 1
    assert len(won(at_once(*[adding("Same")] * 3))) == 1
    assert Label.objects.filter(project=desk.project).count() == 2


def test_one_article_has_an_external_id_also_out_of_the_trash(desk):
    def add():
        return articles.add_article(by=desk.boss, project=desk.project, title="T", text="Text.", external_id="one")

    (article,) = won(at_once(add, add, add))
    articles.trash_article(by=desk.boss, article=article, version=1)

    def restore():
        row = Article.objects.get(pk=article.pk)
        return articles.restore_article(by=desk.boss, article=row, version=row.version)

    assert len(won(at_once(restore, add))) == 1
    assert Article.objects.active().filter(external_id="one").count() == 1


def test_one_project_has_a_slug(desk):
    outcomes = at_once(*[lambda: projects.make_project(by=desk.boss, slug="same")] * 3)
    assert len(won(outcomes)) == 1
    assert Dispute.objects.count() == 0
    assert verify() is None


def test_whoever_changes_a_member_and_whoever_writes_never_wait_for_each_other(desk):
    """Every row names its project, so a lock on the project that keeps such rows waiting would end in a deadlock."""
    for number in range(10):
        member = Membership.objects.select_related("project").get(project=desk.project, person=desk.people.vera)
        role = "annotator" if member.role == "viewer" else "viewer"
        outcomes = at_once(
            lambda m=member, r=role: projects.edit_member(by=desk.boss, membership=m, version=m.version, role=r),
            *[lambda n=number: claims.add_claim(by=desk.people.ana, project=desk.project, text=f"So {n}.")] * 3,
        )
        assert len(won(outcomes)) == 4
