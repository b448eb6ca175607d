"""One person works through the suggestions of an article from the keyboard, and takes some of it back."""

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Suggestion
from annotations.services.articles import add_article
from annotations.services.labels import add_label
from annotations.services.people import make_person
from annotations.services.projects import make_project
from tests.browser.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "“We will never leave this place,” the mayor said on Thursday. 👩‍👩‍👧\n\n"
    "The ministry denied the report. “It is a lie from end to end,” it said.\n\n"
    "About 35,000 people left in 2024. «همه چیز تمام شده است» he added, “for now at least”."
)


@pytest.fixture
def article(transactional_db):
    person = make_person(by=None, username="max", may_make_projects=True)
    project = make_project(by=person, slug="desk")
    for number, key in enumerate(("quote", "denial", "number"), 1):
        add_label(by=person, project=project, key=key, name=key.title(), shortcut=str(number))
    return add_article(by=person, project=project, title="A denial", text=TEXT)


@pytest.fixture
def page(new_context, live_server, client, article):
    client.force_login(article.author)
    context = new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/articles/{article.pk}/", timeout=60_000)  # the first page of a run makes the bundles
    page.wait_for_selector("[data-annotate=ready]", state="attached")
    return page


def test_suggestions_are_asked_for_stepped_through_and_decided_on_with_keys(page, article):
    bar = page.get_by_role("region", name="Suggestions")
    place, quote = bar.locator("[data-part=place]"), bar.locator("[data-part=quote]")
    for key in ("s", "n"):  # the second one waits for what the first one asked for
        page.keyboard.press(key)
    expect(place).to_have_text("2 of 6")
    page.keyboard.press("p")
    expect(place).to_have_text("1 of 6")
    expect(quote).to_have_text("“We will never leave this place,”")
    assert Annotation.objects.count() == 0
    until(page, "() => CSS.highlights.get('suggested').size === 6")

    page.keyboard.press("a")  # accepted as it is
    expect(place).to_have_text("1 of 5")
    expect(page.locator("[data-annotation]")).to_have_count(1)
    until(page, "() => CSS.highlights.get('suggested').size === 5")

    expect(quote).to_have_text("The ministry denied the report")
    page.keyboard.press("n")
    expect(quote).to_have_text("“It is a lie from end to end,”")
    page.keyboard.press("2")  # accepted as a denial
    expect(page.locator("[data-annotation]")).to_have_count(2)
    page.keyboard.press("p")
    page.keyboard.press("x")  # rejected
    expect(place).to_have_text("1 of 3")
    until(page, "() => document.querySelector('[data-save-state]').dataset.saveState === 'saved'")
    assert {(row.label.key, row.origin) for row in Annotation.objects.all()} == {
        ("quote", "Sayings and quotations"),
        ("denial", "Sayings and quotations"),
    }
    assert Suggestion.objects.get(state="rejected").quote == "The ministry denied the report"

    page.keyboard.press("u")  # the rejection is taken back
    expect(place).to_have_text("2 of 4")

    page.keyboard.press("A")
    dialog = page.get_by_role("dialog", name="Suggestions")
    rows = dialog.get_by_role("listitem")
    expect(rows).to_have_count(4)
    rows.filter(has=page.locator("mark", has_text="35,000")).get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Accept what is ticked").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-annotation]")).to_have_count(5)
    expect(place).to_have_text("1 of 1")
    expect(quote).to_have_text("35,000 people")

    the_last_one_is_rejected(page, bar)


def the_last_one_is_rejected(page, bar):
    page.keyboard.press("s")
    expect(bar).to_be_hidden()
    page.keyboard.press("s")
    page.keyboard.press("x")
    expect(bar.get_by_text("Nothing is suggested here.")).to_be_visible()
