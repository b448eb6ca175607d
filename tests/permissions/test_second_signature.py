"""Nobody signs their own proposal and nothing moves under those who signed: every door is tried, the database's too."""

import pytest
from django.db import IntegrityError, transaction

from annotations.core.errors import Clash, IllegalMove, Invalid, Refused
from annotations.models import Attribution, Decision, Event, Evidence
from annotations.queries.history import verify
from annotations.services import annotations, articles, attributions, claims, evidence, projects, resolutions, sources
from annotations.services.disputes import StanceSaid, add_position, send_back
from annotations.services.people import create_token, remove_person
from annotations.services.resolutions import VerdictSaid
from tests.permissions.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world):
    world.desk.refresh()  # services leave their changes in the rows, also when the database forgets them
    return world.desk


def post(browser, path, body=None, **headers):
    return browser.post(f"/api/v1{path}", body or {}, "application/json", headers={**browser.token, **headers})


def decisions(desk):
    return Decision.objects.filter(resolution=desk.resolution).count()


# -- one's own proposal -----------------------------------------------------------------------------------------------


def test_proposer_is_refused_with_any_token_and_in_any_session(world, browsers, desk):
    path = f"/resolutions/{desk.resolution.pk}"
    session = browser_of(world.people, "ida")
    session.token = {}
    for browser in (browsers["ida"], browser_of(world.people, "ida", project=desk.project), session):
        assert post(browser, f"{path}/approvals/").status_code == 403
        assert post(browser, f"{path}/dissents/", {"reason": "No."}).status_code == 403
    web = browsers["ida"].post(f"{path}/approvals/", {"idempotency_key": "k"})
    assert (web.status_code, decisions(desk)) == (403, 0)


def test_token_decides_who_acts_and_not_the_session_beside_it(world, browsers, desk):
    mixed = browser_of(world.people, "jo")
    mixed.token = browsers["ida"].token
    assert post(mixed, f"/resolutions/{desk.resolution.pk}/approvals/").status_code == 403
    assert decisions(desk) == 0


@pytest.mark.parametrize("name", ["author", "proposer", "by", "person", "decision", "resolution", "state", "outcome"])
def test_no_field_of_a_body_says_who_signs_or_what_comes_of_it(world, browsers, desk, name):
    value = str(world.people.jo.pk)
    path = f"/resolutions/{desk.resolution.pk}/approvals/"
    assert post(browsers["ida"], path, {name: value}).status_code in (403, 422)
    assert post(browsers["jo"], path, {name: value}).status_code == 422
    assert decisions(desk) == 0


def test_key_of_somebody_elses_approval_gives_nothing_to_the_proposer(browsers, desk):
    path = f"/resolutions/{desk.resolution.pk}/approvals/"
    assert post(browsers["jo"], path, Idempotency_Key="one").status_code == 201
    got = post(browsers["ida"], path, Idempotency_Key="one")
    assert got.status_code == 403
    assert str(desk.resolution.pk).encode() not in got.content


def test_key_is_worth_nothing_after_the_membership_has_ended(world, browsers, desk):
    path = f"/resolutions/{desk.resolution.pk}/approvals/"
    assert post(browsers["jo"], path, Idempotency_Key="one").status_code == 201
    member = desk.project.memberships.get(person=world.people.jo)
    projects.remove_member(by=world.people.max, membership=member, version=member.version)
    assert post(browsers["jo"], path, Idempotency_Key="one").status_code == 404
    web = {"idempotency_key": "two"}
    assert browsers["jo"].post(path, web).status_code == 404


def test_key_of_a_project_is_worth_nothing_to_a_token_for_another(world, browsers, desk):
    other = projects.make_project(by=world.people.max, slug="third")
    body = {"slug": "fourth"}
    assert post(browsers["max"], "/projects/", body, Idempotency_Key="one").status_code == 201
    narrow = browser_of(world.people, "max", project=other)
    got = post(narrow, "/projects/", body, Idempotency_Key="one")
    assert got.status_code in (403, 404)
    assert b"fourth" not in got.content


def test_one_person_decides_once_on_a_number(world, desk):
    resolutions.dissent_from_resolution(by=world.people.max, resolution=desk.resolution, reason="No.")
    with pytest.raises(Clash):
        resolutions.approve_resolution(by=world.people.max, resolution=desk.resolution)


def test_database_refuses_the_proposers_signature(world, desk):
    def insert(**columns):
        with transaction.atomic():
            Decision.objects.create(project=desk.project, resolution=desk.resolution, decision="approval", **columns)

    with pytest.raises(IntegrityError):
        insert(author=world.people.ida, proposer=world.people.ida)
    with pytest.raises(IntegrityError):
        insert(author=world.people.ida, proposer=world.people.jo)


def test_superuser_has_no_token_and_signs_nothing(world, browsers, desk):
    with pytest.raises(Refused):
        create_token(by=None, person=world.people.sam)
    assert post(browsers["sam"], f"/resolutions/{desk.resolution.pk}/approvals/").status_code in (403, 404)
    with pytest.raises(Refused):
        resolutions.approve_resolution(by=world.people.sam, resolution=desk.resolution)


# -- what lies under a signature --------------------------------------------------------------------------------------


@pytest.fixture
def judged(desk):
    """What the proposal in review rests on, as it is stored."""
    for row in (desk.judged.claim, desk.judged.dispute, desk.judged.proof, *desk.judged.positions):
        row.refresh_from_db()
    return desk.judged


def test_edit_of_what_is_judged_sends_it_back_first(world, desk, judged):
    """Whoever approves afterwards is told that it is open again."""
    by, source = world.people.ida, judged.proof.source
    origin = sources.add_origin(by=by, project=desk.project, label="An aide")
    evidence.edit_evidence(by=by, evidence=judged.proof, version=judged.proof.version, origin=origin)
    changes = [
        lambda: evidence.edit_evidence(by=by, evidence=judged.proof, version=judged.proof.version, quote="Else."),
        lambda: sources.edit_source(by=by, source=source, version=source.version, title="Another title"),
        lambda: sources.edit_origin(by=by, origin=origin, version=origin.version, label="The minister"),
        lambda: claims.edit_claim(by=by, claim=judged.claim, version=judged.claim.version, text="Something else."),
    ]
    for change in changes:
        number = propose(world, judged)
        change()
        with pytest.raises(IllegalMove):
            resolutions.approve_resolution(by=world.people.jo, resolution=number)


def propose(world, judged):
    said = {judged.claim.pk: VerdictSaid("disputed", evidence=(judged.proof,))}
    return resolutions.propose_resolution(by=world.people.ida, dispute=judged.dispute, verdicts=said, rationale="So.")


def test_evidence_that_was_trashed_meanwhile_is_not_cited(world, judged):
    """The proposal was prepared from a page that is older than the trash."""
    as_it_was = Evidence.objects.get(pk=judged.proof.pk)
    send_back(by=world.people.jo, dispute=judged.dispute, version=judged.dispute.version, comment="Again.")
    evidence.trash_evidence(by=world.people.ida, evidence=judged.proof, version=judged.proof.version)
    said = {judged.claim.pk: VerdictSaid("disputed", evidence=(as_it_was,))}
    with pytest.raises(Invalid):
        resolutions.propose_resolution(by=world.people.ida, dispute=judged.dispute, verdicts=said, rationale="So.")


def test_words_that_a_position_quotes_do_not_go_with_their_article(world, desk):
    """Trashing the article would be the side door of trashing the annotation."""
    ana = desk.by["ana"]
    stances = {ana.statement.pk: StanceSaid("qualify", spans=(ana.annotation,))}
    add_position(by=world.people.ana, dispute=ana.dispute, agent=ana.agent, stances=stances)
    with pytest.raises(IllegalMove):
        annotations.trash_annotation(by=world.people.ana, annotation=ana.annotation, version=ana.annotation.version)
    with pytest.raises(IllegalMove):
        articles.trash_article(by=world.people.max, article=desk.article, version=desk.article.version)


def test_account_that_is_removed_leaves_its_projects_with_an_event_in_each(world, desk):
    """A membership is a record like any other: nothing of it changes without a word in the chain of its project."""
    ben = world.people.ben
    membership = desk.project.memberships.get(person=ben)
    remove_person(by=None, person=ben, reason="Asked for it.")
    told = Event.objects.filter(project=desk.project, object_id=membership.pk).latest("number")
    membership.refresh_from_db()
    assert (told.verb, membership.trashed, membership.version) == ("member_removed", True, 2)
    assert verify() is None


def test_circle_that_two_people_closed_at_once_ends_in_a_sentence(world, desk):
    """Nobody can make one alone, but two edits of one moment can; whoever comes next must not walk in it for ever."""
    by, agent = world.people.ana, desk.by["ana"].agent
    one, other, third = (attributions.add_attribution(by=by, article=desk.article, agent=agent) for _ in range(3))
    for row, parent in ((one, other), (other, one)):
        Attribution.objects.filter(pk=row.pk).update(parent=parent)
    with pytest.raises(Invalid):
        attributions.edit_attribution(by=by, attribution=third, version=1, parent=Attribution.objects.get(pk=one.pk))
