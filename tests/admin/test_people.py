"""Operators make, change, switch off and blank accounts through the services, and cannot lock themselves all out."""

import json

import pytest
from django.contrib.admin.models import LogEntry

from annotations.models import Event, Membership, Person, Token
from annotations.services.people import create_token, edit_person, make_person
from tests.admin.pages import address, errors_of, filled_in, send

ADD = "/admin/annotations/person/add/"
LIST = "/admin/annotations/person/"
GOOD_PASSWORD = "seven quiet herons"


@pytest.fixture
def sam_signed_in(people, client):
    """Sam with a password, signed in by it, as the session needs for a change of it."""
    edit_person(by=None, person=people.sam, version=1, password=GOOD_PASSWORD)
    assert client.login(username="sam", password=GOOD_PASSWORD)
    return client


def remove_page(person):
    return f"/admin/annotations/person/{person.pk}/remove/"


def test_account_is_made_through_the_service(sam, people):
    entered = {"username": "nour", "display_name": "Nour", "email": "nour@example.org", "may_make_projects": "on"}
    answer = sam.post(ADD, entered | {"password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD})
    assert answer.status_code == 302
    nour = Person.objects.get(username="nour")
    assert nour.check_password(GOOD_PASSWORD)
    assert (nour.may_make_projects, nour.is_superuser, nour.is_staff) == (True, False, False)
    event = Event.objects.get(verb="person_made", object_id=nour.pk)
    assert (event.person, GOOD_PASSWORD in event.body) == (people.sam, False)


def test_account_without_a_password_cannot_sign_in(sam):
    sam.post(ADD, {"username": "nour"})
    assert not Person.objects.get(username="nour").has_usable_password()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("username", "ANA", "Somebody has this username already."),
        ("username", "a b", "valid username"),
        ("username", "", "required"),
        ("email", "nowhere", "valid email"),
        ("password1", "seven loud herons", "didn’t match"),
        ("password2", "", "both fields"),
    ],
)
def test_bad_account_is_refused_in_words(field, value, words, sam):
    entered = {"username": "nour", "password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}
    answer = sam.post(ADD, entered | {field: value})
    assert words in " ".join(errors_of(answer).values())
    assert not Person.objects.filter(username="nour").exists()


def test_weak_password_is_refused_in_words(sam, people):
    answer = send(sam, address(people.ana, "change"), password1="password", password2="password")
    assert "too common" in errors_of(answer)["password2"]


def test_account_changes_through_the_service(sam, people):
    assert send(sam, address(people.ana, "change"), display_name="Ana B.", is_active=None).status_code == 302
    ana = Person.objects.get(username="ana")
    assert (ana.display_name, ana.is_active, ana.version) == ("Ana B.", False, 2)
    event = Event.objects.order_by("-pk").first()
    assert (event.verb, event.person) == ("person_edited", people.sam)
    assert set(json.loads(event.body)["after"]) == {"display_name", "is_active"}


def test_password_is_set_and_neither_stored_nor_told_in_clear(sam, people):
    send(sam, address(people.ana, "change"), password1=GOOD_PASSWORD, password2=GOOD_PASSWORD)
    ana = Person.objects.get(username="ana")
    assert ana.check_password(GOOD_PASSWORD)
    assert GOOD_PASSWORD not in ana.password + Event.objects.order_by("-pk").first().body


def test_empty_password_fields_leave_the_password(sam, people):
    before = people.ana.password
    send(sam, address(people.ana, "change"), display_name="Ana B.")
    assert Person.objects.get(username="ana").password == before


def test_stale_form_is_refused(sam, people):
    old = filled_in(sam, address(people.ana, "change"))
    edit_person(by=people.ana, person=people.ana, version=1, display_name="By herself")
    answer = sam.post(address(people.ana, "change"), old | {"display_name": "By the operator"})
    assert answer.status_code == 412
    assert Person.objects.get(username="ana").display_name == "By herself"


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "username", "password", "groups", "user_permissions"])
def test_crafted_field_changes_nothing(field, sam, people):
    send(sam, address(people.ana, "change"), display_name="Ana B.", **{field: "1"})
    ana = Person.objects.get(username="ana")
    assert (ana.is_superuser, ana.is_staff, ana.password) == (False, False, people.ana.password)
    assert ana.display_name == "Ana B."


# -- switching off and blanking ---------------------------------------------------------------------------------------


def test_accounts_are_switched_off_and_on_by_actions(sam, people):
    chosen = [people.ana.pk, people.ben.pk]
    answer = sam.post(LIST, {"action": "deactivate", "_selected_action": chosen}, follow=True)
    assert "2 switched off." in " ".join(map(str, answer.context["messages"]))
    assert Person.objects.filter(pk__in=chosen, is_active=False).count() == 2
    sam.post(LIST, {"action": "activate", "_selected_action": chosen})
    assert Person.objects.filter(pk__in=chosen, is_active=True).count() == 2
    assert Event.objects.filter(verb="person_edited", person=people.sam).count() == 4


def test_last_operator_stays(sam, people):
    answer = send(sam, address(people.sam, "change"), is_active=None)
    assert "The last active superuser stays" in errors_of(answer)["is_active"]
    answer = sam.post(LIST, {"action": "deactivate", "_selected_action": [people.sam.pk]}, follow=True)
    assert "The last active superuser stays" in " ".join(map(str, answer.context["messages"]))
    answer = sam.post(remove_page(people.sam), {"reason": "leaving", "version": "1"})
    assert (answer.status_code, "The last active superuser stays" in answer.content.decode()) == (422, True)
    assert Person.objects.filter(is_superuser=True, is_active=True).exists()


def test_operator_goes_when_another_one_stays(sam, people):
    make_person(by=None, username="second", is_superuser=True)
    assert send(sam, address(people.sam, "change"), is_active=None).status_code == 302
    assert sam.get("/admin/").status_code == 302


def test_account_is_blanked_with_a_reason(sam, people, project):
    create_token(by=people.ana, person=people.ana)
    assert "desk (annotator)" in sam.get(remove_page(people.ana)).content.decode()
    assert sam.post(remove_page(people.ana), {"reason": "asked for it", "version": "1"}).status_code == 302
    ana = Person.objects.get(pk=people.ana.pk)
    assert (ana.display_name, ana.is_active, ana.has_usable_password()) == ("", False, False)
    assert not Token.objects.exists()
    assert not Membership.objects.active().filter(person=ana).exists()
    event = Event.objects.get(verb="person_removed")
    assert (event.person, "asked for it" in event.body) == (people.sam, True)


@pytest.mark.parametrize(
    ("entered", "status"),
    [({"reason": " ", "version": "1"}, 422), ({"version": "1"}, 200), ({"reason": "x"}, 200),
     ({"reason": "x", "version": "7"}, 412)],
)  # fmt: skip
def test_account_is_not_blanked_without_a_reason_or_over_a_change(entered, status, sam, people):
    assert sam.post(remove_page(people.ana), entered).status_code == status
    assert Person.objects.filter(username="ana").exists()


def test_blanking_is_for_operators(browser_of, people):
    answer = browser_of("max").post(remove_page(people.ana), {"reason": "x", "version": "1"})
    assert (answer.status_code, Person.objects.filter(username="ana").exists()) == (302, True)


# -- the operator's own password --------------------------------------------------------------------------------------


def test_own_password_changes_through_the_service(sam_signed_in, people):
    new = "eight quiet herons"
    entered = {"old_password": GOOD_PASSWORD, "new_password1": new, "new_password2": new}
    assert sam_signed_in.post("/admin/password_change/", entered).status_code == 302
    assert Person.objects.get(username="sam").check_password(new)
    assert Event.objects.filter(verb="person_edited", person=people.sam).count() == 1
    assert sam_signed_in.get("/admin/").status_code == 200


def test_own_password_by_the_account_page_keeps_the_operator_signed_in(sam_signed_in, people):
    new = "eight quiet herons"
    assert send(sam_signed_in, address(people.sam, "change"), password1=new, password2=new).status_code == 302
    assert sam_signed_in.get("/admin/").status_code == 200


def test_django_keeps_no_log_of_its_own(sam, people):
    send(sam, address(people.ana, "change"), display_name="Ana B.")
    sam.post(ADD, {"username": "nour"})
    assert not LogEntry.objects.exists()
