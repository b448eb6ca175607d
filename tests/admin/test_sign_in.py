"""The operators' sign-in page lets operators in, and answers everybody else alike."""

import pytest

from annotations.services.people import edit_person
from tests.house.test_templates import offences

PAGE = "/admin/login/"
PASSWORD = "seven quiet herons"


@pytest.fixture
def passwords(people):
    for person in (people.sam, people.ana):
        edit_person(by=None, person=person, version=1, password=PASSWORD)


def test_operator_signs_in_and_lands_where_they_wanted(client, passwords):
    where = "/admin/annotations/claim/"
    entered = {"username": "SAM", "password": PASSWORD, "next": where}
    answer = client.post(f"{PAGE}?next={where}", entered, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([(where, 302)], 200)


@pytest.mark.parametrize(
    ("username", "password"), [("ana", PASSWORD), ("ana", "wrong"), ("sam", "wrong"), ("nobody", PASSWORD)]
)
def test_everybody_else_gets_one_answer(username, password, client, passwords):
    answer = client.post(PAGE, {"username": username, "password": password})
    assert answer.context["form"].non_field_errors()[0].startswith("This username and this password do not belong")
    assert "_auth_user_id" not in client.session


def test_operator_whose_account_is_off_stays_out(client, people, passwords):
    from annotations.models import Person

    Person.objects.filter(pk=people.sam.pk).update(is_active=False)
    client.post(PAGE, {"username": "sam", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_page_says_where_everyone_else_signs_in_and_keeps_to_the_content_policy(client, db):
    page = client.get(PAGE)
    assert "For operators only" in page.content.decode()
    assert offences(page.content.decode()) == []


def test_stranger_to_any_address_is_sent_to_this_page(client, db):
    for where in (
        "/admin/",
        "/admin/annotations/",
        "/admin/password_change/",
        "/admin/no/such/page/",
        "/admin/jsi18n/",
        "/admin/annotations/person/x/remove/",
    ):
        assert client.get(where)["Location"].startswith(PAGE)
