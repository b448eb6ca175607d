"""Accounts: what people change of their own, what operators change, and what cannot be said of an account."""

import pytest

from annotations.core.errors import Invalid, Refused
from annotations.models import Person
from annotations.services.people import edit_person, make_person, remove_person


def test_people_change_their_own_name_mail_and_password(people):
    ana = edit_person(by=people.ana, person=people.ana, version=1, display_name="Ana B.", email="ana@example.org")
    assert (ana.display_name, ana.email) == ("Ana B.", "ana@example.org")


@pytest.mark.parametrize("right", [{"may_make_projects": True}, {"is_active": False}])
def test_people_give_themselves_no_rights(right, people):
    with pytest.raises(Refused, match="managed by operators"):
        edit_person(by=people.ana, person=people.ana, version=1, **right)


def test_people_do_not_change_others(people):
    with pytest.raises(Refused):
        edit_person(by=people.max, person=people.ana, version=1, display_name="Anna")
    with pytest.raises(Refused):
        remove_person(by=people.max, person=people.ana, reason="gone")


def test_last_active_superuser_stays(people):
    with pytest.raises(Invalid, match="last active superuser"):
        edit_person(by=None, person=people.sam, version=1, is_active=False)
    second = make_person(by=None, username="second", is_superuser=True)
    edit_person(by=second, person=people.sam, version=1, is_active=False)
    with pytest.raises(Invalid, match="last active superuser"):
        remove_person(by=None, person=second, reason="gone")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", ""),
        ("username", "a b"),
        ("username", "x" * 61),
        ("username", "ANA"),
        ("username", 7),
        ("display_name", "x" * 121),
        ("display_name", "a\x00b"),
        ("email", "nowhere"),
    ],
)
def test_bad_word_for_an_account_is_refused_by_its_name(field, value, people):
    with pytest.raises(Invalid) as refusal:
        make_person(by=None, **{"username": "nour", field: value})
    assert list(refusal.value.errors) == [field]
    assert not Person.objects.filter(username="nour").exists()
