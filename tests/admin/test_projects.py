"""Operators change projects and members through the services: events, versions, and refusals in words."""

import pytest

from annotations.models import Event, Membership, Project
from annotations.services.people import edit_person
from annotations.services.projects import edit_project
from tests.admin.pages import address, errors_of, filled_in, send

ADD_MEMBER = "/admin/annotations/membership/add/"
MEMBERS = "/admin/annotations/membership/"


@pytest.fixture
def member(people, project):
    """The membership of somebody: member("ana")."""
    return lambda name: Membership.objects.active().get(project=project, person=getattr(people, name))


def last_event():
    return Event.objects.order_by("-pk").first()


def test_settings_change_through_the_service(sam, people, project):
    answer = send(sam, address(project, "change"), name="The desk", approvals_dispute="2", blind="on")
    assert answer.status_code == 302
    project.refresh_from_db()
    assert (project.name, project.approvals_dispute, project.blind, project.version) == ("The desk", 2, True, 2)
    event = last_event()
    assert (event.verb, event.person, event.object_id) == ("project_edited", people.sam, project.pk)
    assert set(event_columns(event)) == {"name", "approvals_dispute", "blind"}


def event_columns(event):
    import json

    return json.loads(event.body)["after"]


def test_saving_without_a_change_writes_no_event(sam, people, project):
    edit_project(by=people.max, project=project, version=1, guidelines="First line\nsecond line\n")
    before = Event.objects.count()
    posted = filled_in(sam, address(project, "change"))
    as_browsers_send = posted | {"guidelines": posted["guidelines"].replace("\n", "\r\n")}
    assert sam.post(address(project, "change"), as_browsers_send).status_code == 302
    assert Event.objects.count() == before


def test_stale_form_is_refused_and_keeps_what_was_entered(sam, people, project):
    old = filled_in(sam, address(project, "change"))
    edit_project(by=people.max, project=project, version=1, name="By the manager")
    answer = sam.post(address(project, "change"), old | {"name": "By the operator"})
    assert answer.status_code == 412
    assert "Someone changed this project since you opened it" in errors_of(answer)["__all__"]
    assert "By the operator" in answer.content.decode()
    assert Project.objects.get().name == "By the manager"


@pytest.mark.parametrize("version", [None, "", "0", "-1", "x", "9" * 30])
def test_form_without_a_version_is_refused(version, sam, project):
    answer = send(sam, address(project, "change"), name="Changed", version=version)
    assert answer.status_code in (200, 412)
    assert errors_of(answer)
    assert Project.objects.get().name == project.name


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("zone", "Mars/Olympus", "There is no time zone"),
        ("approvals_dispute", "0", "For a dispute, a whole number from 1 to 20"),
        ("approvals_claim", "many", "Enter a whole number"),
        ("readers_per_article", "21", "A whole number from 1 to 20"),
        ("name", "   ", "This field is required"),
        ("guidelines", "a\x00b", "Null characters"),
    ],
)
def test_bad_setting_is_refused_in_words(field, value, words, sam, project):
    before = Event.objects.count()
    answer = send(sam, address(project, "change"), **{field: value})
    assert words in " ".join(errors_of(answer).values())
    assert Event.objects.count() == before


def test_operators_make_no_projects(sam, people):
    assert sam.get("/admin/annotations/project/add/").status_code == 403
    assert sam.post("/admin/annotations/project/add/", {"slug": "mine", "name": "Mine"}).status_code == 403


def test_slug_does_not_change_by_a_crafted_field(sam, project):
    send(sam, address(project, "change"), name="New", slug="stolen", id="x")
    assert Project.objects.get().slug == "desk"


# -- members ----------------------------------------------------------------------------------------------------------


def test_member_is_added_through_the_service(sam, people, project, member):
    answer = sam.post(ADD_MEMBER, {"project": project.pk, "person": people.olu.pk, "role": "viewer"})
    assert answer.status_code == 302
    event = last_event()
    assert (event.verb, event.person, event.object_id) == ("member_added", people.sam, member("olu").pk)


def test_member_that_is_one_already_is_refused_in_words(sam, people, project):
    answer = sam.post(ADD_MEMBER, {"project": project.pk, "person": people.ana.pk, "role": "viewer"})
    assert (answer.status_code, errors_of(answer)) == (409, {"person": "A member already."})


@pytest.mark.parametrize("who", ["sam", "ben"])
def test_account_that_cannot_be_a_member_is_not_offered(who, sam, people, project):
    person = edit_person(by=people.sam, person=people.ben, version=1, is_active=False) if who == "ben" else people.sam
    answer = sam.post(ADD_MEMBER, {"project": project.pk, "person": person.pk, "role": "viewer"})
    assert "Select a valid choice" in errors_of(answer)["person"]


def test_choice_that_an_address_makes_stands_in_the_form(sam, people, project):
    page = sam.get(ADD_MEMBER, {"project": project.pk, "person": people.olu.pk})
    assert str(page.context["adminform"].form["person"].value()) == str(people.olu.pk)
    assert sam.get(ADD_MEMBER, {"project": "nothing", "person": "\x00"}).status_code == 200


def test_role_changes_through_the_service(sam, people, member):
    assert send(sam, address(member("ana"), "change"), role="adjudicator").status_code == 302
    assert (member("ana").role, member("ana").version) == ("adjudicator", 2)
    assert last_event().verb == "member_edited"


def test_last_manager_stays(sam, member):
    answer = send(sam, address(member("max"), "change"), role="viewer")
    assert "The last manager stays" in errors_of(answer)["role"]
    end = {"action": "remove", "_selected_action": [member("max").pk]}
    messages = sam.post(MEMBERS, end, follow=True).context["messages"]
    assert "The last manager stays" in " ".join(map(str, messages))
    assert member("max").role == "manager"


def test_memberships_end_by_the_action(sam, people, project, member):
    chosen = [member(name).pk for name in ("ana", "vera")]
    answer = sam.post(MEMBERS, {"action": "remove", "_selected_action": chosen}, follow=True)
    assert "2 ended." in " ".join(map(str, answer.context["messages"]))
    assert Membership.objects.filter(pk__in=chosen, trashed=True).count() == 2
    assert Event.objects.filter(verb="member_removed", person=people.sam).count() == 2


def test_ended_membership_is_read_only(sam, people, member):
    ended = member("ana")
    sam.post(MEMBERS, {"action": "remove", "_selected_action": [ended.pk]})
    assert sam.get(address(ended, "change")).status_code == 200
    assert sam.post(address(ended, "change"), {"role": "manager", "version": "2"}).status_code == 403


def test_person_and_project_of_a_membership_stay(sam, people, project, member):
    mine = member("ana")
    send(sam, address(mine, "change"), role="viewer", person=str(people.olu.pk))
    assert member("ana").pk == mine.pk
