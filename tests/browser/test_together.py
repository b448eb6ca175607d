"""Two people at one article: each sees what the other does, and neither loses the place."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.annotations import edit_annotation
from tests.browser.waiting import until

HEARD = 20_000  # ms: the page asks every five seconds
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def come_in(new_context, live_server, article):
    """A person's own browser, at the article."""

    def page_of(person):
        client = Client()
        client.force_login(person)
        context = new_context(viewport={"width": 1440, "height": 900})
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"/articles/{article.pk}/")
        expect(page.locator("html[data-annotate=ready]")).to_be_attached()
        return page

    return page_of


def test_work_of_another_appears_and_takes_nobodys_place(come_in, people, article, mark):
    first = mark("the visitor was told to stay silent", by=people.ana)
    ana, ben = come_in(people.ana), come_in(people.ben)
    expect(ben.locator("#here")).to_contain_text("Ana")
    chip = ben.locator(f"[data-annotation='{first.pk}']")
    chip.click()
    expect(ben.locator("#inspector")).to_contain_text("told to stay silent")
    chip.focus()

    ana.keyboard.press("v")
    ana.keyboard.type("osama")
    ana.keyboard.press("1")
    expect(ana.locator("[data-annotation]")).to_have_count(2)

    expect(ben.locator("[data-annotation]")).to_have_count(2, timeout=HEARD)  # without a reload
    until(ben, "() => [...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0) >= 3")
    assert ben.evaluate("document.activeElement.dataset.annotation") == str(first.pk), "the focus stayed"
    expect(chip).to_have_attribute("aria-current", "true")

    edit_annotation(by=people.ana, annotation=first, version=1, note="By whom?")
    news = ben.locator("#news")
    expect(news).to_contain_text("Ana changed the annotation that you have open.", timeout=HEARD)
    assert "By whom?" not in ben.locator("#inspector").inner_text(), "what one reads is not swapped"
    news.get_by_role("link", name="Show it as it is now").click()
    expect(ben.locator("#inspector")).to_contain_text("By whom?")
    expect(news).to_be_empty()

    ana.locator(f"[data-annotation='{first.pk}']").click()
    ana.get_by_role("button", name="Move to trash").click()
    expect(ana.locator("[data-annotation]")).to_have_count(1)
    expect(ben.locator("[data-annotation]")).to_have_count(1, timeout=HEARD)
    assert Annotation.objects.active().count() == 1


def test_page_without_a_network_rests_and_catches_up(come_in, people, article, mark):
    ben = come_in(people.ben)
    ben.context.set_offline(True)
    mark("the visitor", by=people.ana)
    ben.wait_for_timeout(6_000)  # longer than the rhythm of asking
    expect(ben.locator("#toasts .toast")).to_have_count(0)
    ben.context.set_offline(False)
    expect(ben.locator("[data-annotation]")).to_have_count(1, timeout=HEARD)
