"""The operators' pages in Chromium under the content policy. That no console message names the policy is held by the
fixtures of this folder; what may be seen stands here: scripts run, styles apply, forms save."""

import pytest
from playwright.sync_api import expect

from annotations.models import Membership
from tests.admin.conftest import fill
from tests.browser.barriers import found_by_axe
from tests.conftest import make_people, make_project

PASSWORD = "seven quiet herons"


@pytest.fixture
def people(transactional_db):
    from annotations.services.people import edit_person

    people = make_people()
    edit_person(by=None, person=people.sam, version=1, password=PASSWORD)
    fill(people, make_project(people, "desk"))
    return people


@pytest.fixture
def sam(people, page):
    page.goto("/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def background(page, selector):
    return page.locator(selector).evaluate("element => getComputedStyle(element).backgroundColor")


def test_operator_adds_a_member_and_reads_the_history(sam, people):
    sam.get_by_role("link", name="Memberships", exact=True).first.click()
    sam.get_by_role("link", name="Add membership").click()
    sam.get_by_label("Project").select_option("desk")
    sam.get_by_label("Person").select_option("Olu")
    sam.get_by_label("Role").select_option("annotator")
    sam.get_by_role("button", name="Save", exact=True).click()
    sam.get_by_role("link", name="Olu as annotator").first.click()
    assert Membership.objects.filter(person=people.olu, role="annotator").exists()
    sam.locator("a.historylink").click()
    expect(sam.get_by_text("member added")).to_be_visible()


def test_choice_of_colours_is_kept_and_is_that_of_the_workbench(sam):
    sam.get_by_role("button", name="Dark").click()
    assert background(sam, "body") == "rgb(14, 16, 19)"
    sam.reload()
    assert background(sam, "body") == "rgb(14, 16, 19)"
    assert sam.evaluate("localStorage.getItem('workbench.theme')") == "dark"
    sam.get_by_role("button", name="Light").click()
    assert background(sam, "body") == "rgb(244, 242, 237)"


PAGES = ("", "annotations/person/", "annotations/annotation/", "annotations/event/", "annotations/label/add/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(scheme, sam, complaints):
    sam.emulate_media(color_scheme=scheme)
    found = [violation for where in PAGES for violation in violations(sam, where, scheme)]
    complaints.clear()  # the checker itself tries an inline style; other tests open these pages without it
    assert found == []


def violations(page, where, scheme):
    page.goto(f"/admin/{where}")
    found = found_by_axe(page, only_colours=scheme == "dark")
    return [(where, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_pages_fit_a_small_screen(sam):
    sam.set_viewport_size({"width": 390, "height": 800})
    for where in PAGES:
        sam.goto(f"/admin/{where}")
        assert sam.evaluate("document.documentElement.scrollWidth") <= 390, where
