"""The interface in another language: chosen at the door and in the menu, mirrored; texts keep their own direction."""

import pytest
from playwright.sync_api import expect

from annotations.models import Person
from annotations.services.articles import add_article
from annotations.services.people import make_person
from annotations.services.projects import add_member

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long password"
# One paragraph a script, with Latin names and numbers inside: the direction that each has to get.
BLOCKS = {
    "Reuters said on 16 November 2023 that قاآنی had written.": "ltr",
    "قاآنی در 16 نوامبر 2023 به Reuters گفت: «ما آماده‌ایم» (QF-7).": "rtl",
    "قال حمدان لقناة Al-Aqsa إن التقرير كذب، بنسبة 100%.": "rtl",
    "דובר צה״ל אמר ל-Reuters כי 3 רקטות נורו.": "rtl",
    "“北京时间”16日，路透社（Reuters）报道称，双方已会谈。": "ltr",
    "प्रवक्ता ने Reuters से कहा कि 12 लोग घायल हुए।": "ltr",
    "โฆษกกล่าวกับ Reuters ว่ามีผู้บาดเจ็บ 12 คน": "ltr",
    "👩🏽‍🚀 12:30 — «گفت‌وگو» با Reuters ادامه دارد 🇮🇷": "rtl",
}


@pytest.fixture
def many_scripts(people, project):
    return add_article(by=people.max, project=project, title="یک متن، چند خط", text="\n".join(BLOCKS), language="fa")


@pytest.fixture
def guest(people, project):
    kim = make_person(by=None, username="kim", password=PASSWORD)
    add_member(by=people.max, project=project, person=kim, role="annotator")
    return kim


def boxes(page, *selectors):
    return [page.locator(selector).first.bounding_box()["x"] for selector in selectors]


def test_a_language_is_chosen_at_the_door_kept_with_the_person_and_mirrors_the_screen(
    page, guest, labels, many_scripts
):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/login/")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.get_by_role("link", name="فارسی").click()
    expect(page.locator("html[lang=fa][dir=rtl]")).to_be_visible()
    page.get_by_label("نام کاربری").fill("kim")
    page.get_by_label("گذرواژه").fill(PASSWORD)
    page.get_by_role("button", name="ورود").click()
    expect(page.get_by_role("heading", name="صف کار شما")).to_be_visible()
    assert Person.objects.get(pk=guest.pk).preferences == {"language": "fa"}

    page.get_by_role("link", name="یک متن، چند خط").click()
    page.wait_for_selector("html[data-annotate=ready]")
    queue, text, inspector = boxes(page, "#queue", "#text", "#inspector")
    assert inspector < text < queue, "the panes are mirrored"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    directions = page.locator("[data-start]").evaluate_all(
        "(all) => all.map((p) => p.matches(':dir(rtl)') ? 'rtl' : 'ltr')"
    )
    assert directions == list(BLOCKS.values()), "each paragraph by its own words"
    fonts = page.locator("[data-start]").evaluate_all("(all) => all.map((p) => p.scrollWidth <= p.clientWidth + 1)")
    assert all(fonts)

    page.get_by_role("button", name="(منوی شما)").click()
    page.locator("#person-menu").get_by_role("button", name="English").click()
    expect(page.locator("html[lang=en][dir=ltr]")).to_be_visible()
    page.wait_for_selector("html[data-annotate=ready]")
    queue, text, inspector = boxes(page, "#queue", "#text", "#inspector")
    assert queue < text < inspector
    directions = page.locator("[data-start]").evaluate_all(
        "(all) => all.map((p) => p.matches(':dir(rtl)') ? 'rtl' : 'ltr')"
    )
    assert directions == list(BLOCKS.values())


@pytest.mark.browser_context_args(locale="ar-EG")
def test_a_stranger_is_spoken_to_as_the_browser_asks(page, db):
    page.goto("/login/")
    expect(page.locator("html[lang=ar][dir=rtl]")).to_be_visible()
    expect(page.get_by_role("button", name="تسجيل الدخول")).to_be_visible()
