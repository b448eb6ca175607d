"""The part of the truth table that is about the admin: operators alone come in, and four kinds of record change."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from annotations.models import KeptAnswer, OwnModel
from annotations.services.comments import add_comment
from annotations.services.jobs import sign_of_worker
from annotations.services.people import count_wrong_try
from annotations.services.presence import note_presence
from tests.admin.pages import filled_in
from tests.permissions.addresses import METHODS, addresses, page_of_record, row_of
from tests.permissions.asking import name_of
from tests.permissions.conftest import undone
from tests.permissions.table import ADMIN, TABLE
from tests.permissions.test_truth_table import PEOPLE, written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine("who comes in is decided by one flag; tests/admin asks both engines what the pages ask"),
]

NAMES = [name for address in addresses().values() for name in address.names if row_of(name) in ADMIN]
CELLS = [(name, method) for name in NAMES for method in ADMIN[row_of(name)]]
CHANGES = {
    "admin:annotations_person_add": {"username": "fresh"},
    "admin:annotations_person_change": {"display_name": "Renamed"},
    "admin:annotations_person_remove": {"reason": "Asked for it."},
    "admin:annotations_membership_change": {"role": "manager"},
    "admin:annotations_project_change": {"name": "Renamed"},
    "admin:annotations_label_add": {"name": "Fresh", "attributes": "[]"},
    "admin:annotations_label_change": {"description": "Changed."},
}
FORM = "application/x-www-form-urlencoded"
COMERS = [person for person in PEOPLE if person not in ("ben", "jo")]  # to the admin they are as ana and ida
SIGNED_IN = set(COMERS) - {"sam", "nobody"}


@pytest.fixture(scope="module")
def rows(world):
    """One record of every kind, of the project of these people where it is of one."""
    desk = world.desk
    KeptAnswer.objects.create(person=world.people.ana, method="POST", path="/", key="k", status=200, body=b"")
    note_presence(by=world.people.ana, article=desk.article)
    sign_of_worker("host:1")
    count_wrong_try(username="ana", address="192.0.2.1")
    add_comment(by=world.people.ana, on=desk.by["ana"].claim, text="Why, @ida?")
    OwnModel.objects.create(
        project=desk.project, recommender=desk.recommender, author=world.people.ana, trained_at=timezone.now()
    )
    models = apps.get_app_config("annotations").get_models()
    of_desk = {model._meta.model_name: first_of(model, desk.project) for model in models}
    return of_desk | {"person": world.people.pia, "membership": desk.member, "label": desk.label}


def first_of(model, project):
    rows = model._default_manager.order_by("pk")
    if any(field.name == "project" for field in model._meta.fields):
        rows = rows.filter(project=project) if rows.filter(project=project).exists() else rows
    return rows.first()


def where(name, rows):
    words = name.removeprefix("admin:")
    if found := page_of_record(name):
        record, page = found
        args = [] if page in ("_changelist", "_add") else [rows[record].pk]
        return f"/admin/annotations/{record}/{rows[record].pk}/" if page == "" else reverse(name, args=args)
    if words == "annotations_person_remove":
        return reverse(name, args=[rows["person"].pk])
    if words == "app_list":
        return reverse(name, args=["annotations"])
    return "/admin/no/such/page" if words.startswith("admin/") else reverse(name)


def body(browser, world, name, path):
    if name not in CHANGES and name != "admin:annotations_membership_add":
        return {"note": "Changed.", "version": "1", "_save": "Save"}
    if name == "admin:annotations_person_remove":
        return {"version": world.people.pia.version, **CHANGES[name]}
    member = {"project": world.desk.project.pk, "person": world.people.pia.pk, "role": "viewer"}
    label = {"project": world.desk.project.pk} if name == "admin:annotations_label_add" else {}
    return {**filled_in(browser, path), **CHANGES.get(name, member), **label}


@pytest.mark.parametrize(("name", "method"), CELLS)
def test_operators_may_what_the_table_says_and_nobody_else_comes_in(world, browsers, rows, name, method):
    who, _, answer = TABLE[row_of(name)][method].partition(" -> ")
    path = where(name, rows)
    form = body(browsers["sam"], world, name, path) if method == "POST" else {}
    wrong = []
    for person in COMERS:
        got, has_written = sent(browsers[person], method, path, form)
        expected = answer if person == "sam" or who == "anyone" else "302 admin:login"
        if (name, method, person) == ("admin:login", "GET", "sam") or (name == "admin:logout" and person in SIGNED_IN):
            expected = "302 admin:index"  # which sends on whoever is no operator
        if sentence := difference(expected, got, has_written, method, name):
            wrong.append(f"{person}: {sentence}")
    assert not wrong, "\n".join(wrong)


def sent(browser, method, path, form):
    cookies = browser.cookies.copy()
    with undone():
        before = written()
        got = browser.get(path) if method == "GET" else browser.post(path, form)
        has_written = written() != before
    browser.cookies = cookies
    return got, has_written


def difference(expected, got, has_written, method, name):
    statuses, _, leads_to = expected.partition(" admin:")
    if str(got.status_code) not in statuses.split(" or "):
        return f"{got.status_code} instead of {expected}: {got.content[:300]}"
    if leads_to and page_named(name_of(got["Location"])) != f"admin:{leads_to}":
        return f"leads to {got['Location']} instead of admin:{leads_to}"
    may_write = method == "POST" and expected == "302"
    return "" if has_written == may_write else f"wrote {'something' if has_written else 'nothing'}"


def page_named(name):
    found = page_of_record(name)
    return f"admin:<record>{found[1]}" if found else name


def test_other_methods_change_nothing_in_the_admin(world, browsers, rows):
    for name in NAMES:
        for method in set(METHODS) - {"GET", "POST"}:
            with undone():
                before = written()
                got = browsers["sam"].generic(method, where(name, rows), b"version=1&role=manager", FORM)
                assert written() == before, name
                assert got.status_code < 500, name
