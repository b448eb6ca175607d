"""Relations and sayings from the text, with real keys and a real pointer, on a server with a database."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from annotations.models import Annotation, Attribution, Claim, Relation
from annotations.services.agents import add_agent
from annotations.services.articles import add_article
from annotations.services.labels import add_label
from annotations.services.relations import add_relation
from tests.browser.barriers import found_by_axe
from tests.browser.waiting import until
from workbench.env import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1440, "height": 900}
DIGEST = ROOT / "seeds" / "articles" / "003-qaani-reuters-hamdan.txt"
PERSIAN = "رویترز گزارش داد که دیدار انجام شد. حمدان گفت که دیدار خوب بود و این‌که هیچ فشاری در کار نبود. او سپس رفت."
INPUTS_AT_MOST = 20
FIRST_PAGE_MS = 60_000  # the first page of a run waits until its script is put together
ARCS = "svg.arcs .arc"


@pytest.fixture
def come_in(new_context, live_server, people):
    """come_in(article): Ana at the article, its modules ready."""

    def open_on(article, query="", **options):
        client = Client()
        client.force_login(people.ana)
        context = new_context(**{"viewport": WIDE, **options})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/articles/{article.pk}/{query}", timeout=FIRST_PAGE_MS)
        page.wait_for_selector("html[data-annotate=ready]")
        return page

    return open_on


def saved(page):
    expect(page.locator("[data-save-state]").first).to_have_attribute("data-save-state", "saved")


def barriers(page):
    return [(one["id"], one["nodes"][0]["target"]) for one in found_by_axe(page)]


def chip_of(page, annotation):
    return page.locator(f'[data-annotation="{annotation.pk}"]')


# -- relations --------------------------------------------------------------------------------------------------------


@pytest.fixture
def words(people, project, mark):
    for key in ("denies", "refers to"):
        add_label(by=people.max, project=project, key=key.replace(" ", "-"), name=key, kind="relation")
    return [mark("told to stay silent"), mark("Pure lies", "denial"), mark("the meeting took place")]


def test_relations_by_keyboard_and_pointer_with_arcs(come_in, article, words):
    silent, lies, met = words
    page = come_in(article, f"?annotation={silent.pk}")
    before = chip_of(page, met).bounding_box()
    for key in ("r", "Enter", "1"):  # the neighbour, in three keys
        page.keyboard.press(key)
    expect(page.locator("#relations-title")).to_contain_text("1")
    saved(page)
    assert (Relation.objects.get().to_annotation, Relation.objects.get().label.key) == (lies, "denies")
    expect(page.locator(ARCS)).to_have_count(1)
    expect(page.locator(f"{ARCS}.current text")).to_have_text("denies")
    assert chip_of(page, met).bounding_box() == before, "no arc moves a word"

    page.keyboard.press("r")
    page.keyboard.type("the m")
    expect(page.locator("#relating [data-extent]")).to_contain_text("the meeting took place")
    page.keyboard.press("Enter")
    page.keyboard.type("ref")  # one label begins so: it is taken
    expect(page.locator("#relations-title")).to_contain_text("2")
    saved(page)

    start, end = chip_of(page, met).bounding_box(), chip_of(page, lies).bounding_box()
    page.mouse.move(start["x"] + 9, start["y"] + 9)
    page.mouse.down()
    page.mouse.move(end["x"] + 4, end["y"] + 4, steps=5)
    expect(page.locator("svg.arcs .pulled")).to_have_count(1)
    page.mouse.move(end["x"] + 9, end["y"] + 9)
    page.mouse.up()
    expect(page.locator("#relating")).to_be_visible()
    page.locator("[data-relation-label=denies]").click()
    expect(page.locator(ARCS)).to_have_count(3)
    saved(page)
    assert Relation.objects.filter(from_annotation=met, to_annotation=lies).count() == 1
    take_one_back(page)
    hide_and_follow(page, lies)


def take_one_back(page):
    """Turned around, to the trash, and back by its notice."""
    expect(page.locator(".relation .i-from")).to_have_count(1)
    page.locator(".relation summary").first.click()
    page.get_by_role("button", name="Turn around").first.click()
    expect(page.locator(".relation .i-to")).to_have_count(2)  # the first one led here
    page.locator(".relation summary").first.click()
    page.locator(".relation").first.get_by_role("button", name="Move to trash").click()
    expect(page.locator(ARCS)).to_have_count(2)
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(ARCS)).to_have_count(3)
    saved(page)


def hide_and_follow(page, lies):
    page.locator("#text").focus()
    page.keyboard.press("Shift+R")
    expect(page.locator(ARCS)).to_have_count(0)
    page.keyboard.press("Shift+R")
    expect(page.locator(ARCS)).to_have_count(3)
    page.locator(f"[data-opens-annotation='{lies.pk}']").first.click()
    expect(chip_of(page, lies)).to_have_attribute("aria-current", "true")
    page.keyboard.press("r")
    expect(page.locator("#relating")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#relating")).to_be_hidden()


@pytest.mark.parametrize(("look", "count"), [({"viewport": {"width": 390, "height": 844}}, 0), ({"locale": "fa"}, 1)])
def test_arcs_leave_small_screens_to_the_list_and_are_mirrored(come_in, people, article, words, look, count):
    label = add_label(by=people.max, project=article.project, key="explains", kind="relation")
    add_relation(by=people.ana, from_annotation=words[0], to_annotation=words[1], label=label)
    page = come_in(article, **look)
    if count:
        page.evaluate("document.documentElement.dir = 'rtl'")
        expect(page.locator(ARCS)).to_have_count(count)
        until(
            page,
            """() => {
              const arc = document.querySelector('svg.arcs .line')?.getBoundingClientRect();
              return arc && arc.left < document.querySelector('[data-article-text]').getBoundingClientRect().left;
            }""",
        )
    expect(page.locator(ARCS)).to_have_count(count)
    assert page.evaluate("document.getElementById('text').scrollWidth <= document.getElementById('text').clientWidth")


# -- who said it ------------------------------------------------------------------------------------------------------


@pytest.fixture
def digest(people, project, labels):
    add_agent(by=people.ana, project=project, kind="outlet", name="Reuters", aliases=["رویترز"])
    return add_article(
        by=people.max, project=project, title="Digest", text=DIGEST.read_text(), outlet="syriatruths.com", language="en"
    )


class Counted:
    """A keyboard that counts what is pressed; each step waits until the bar shows what it will take."""

    def __init__(self, page):
        self.page, self.count = page, 0
        self.bar = page.locator("#saying")

    def press(self, key, phase, shows):
        self.page.keyboard.press(key)
        self.count += 1
        expect(self.bar).to_have_attribute("data-phase", phase)
        expect(self.bar).to_contain_text(shows)


def test_two_hops_and_four_claims_in_at_most_twenty_inputs(come_in, digest):
    """From a sentence in which nothing is marked to spans, claims and the chain through the outlet."""
    page = come_in(digest)
    keys = Counted(page)
    keys.press("w", "cue", "“")
    keys.press("c", "cue", "“called”")
    keys.press("l", "cue", "“had claimed”")
    keys.press("Enter", "speaker", "“Reuters”")
    keys.press("Enter", "agent", "known here")
    keys.press("Enter", "content", "it would go on backing Hamas politically")
    keys.press("Enter", "cue", "“writes”")
    keys.press("Enter", "speaker", "“the outlet”")
    keys.press("Enter", "agent", "the outlet of this article")
    keys.press("Enter", "cue", "nobody else")
    keys.press("Enter", "review", "Record")
    keys.press("c", "review", "+ claim")
    page.keyboard.press("Enter")
    keys.count += 1
    expect(keys.bar).to_be_hidden()
    expect(page.locator("#inspector .chain li")).to_have_count(2)
    saved(page)
    print(f"two hops and four claims: {keys.count} inputs")
    assert keys.count <= INPUTS_AT_MOST
    said = Attribution.objects.get(agent__name="Reuters")
    assert (said.speaker_quote, said.cue_quote) == ("Reuters", "had claimed")
    assert (said.parent.agent.name, said.parent.agent.kind) == ("syriatruths.com", "outlet")
    assert (said.parent.speaker_quote, said.parent.cue_quote) == ("the outlet", "writes")
    assert said.content.quote == "at the meeting Haniyeh was told three things"
    claims = list(
        Claim.objects.order_by("id").values_list("text", "mentions__attribution", "mentions__annotation__quote")
    )
    assert [text for text, _, _ in claims] == [quote for _, _, quote in claims]
    assert len(claims) == Annotation.objects.count() == 4
    assert {attribution for _, attribution, _ in claims} == {said.pk}
    expect(page.locator("[data-annotation]")).to_have_count(4)


def test_guesses_are_changed_before_anything_is_stored(come_in, digest):
    """Another speaker by the first letters, a clause left out, a name typed, a step back; then left without a word."""
    page = come_in(digest)
    keys = Counted(page)
    keys.press("w", "cue", "“")
    page.keyboard.type("had c")
    expect(keys.bar).to_contain_text("“had claimed”")
    keys.press("Enter", "speaker", "“Reuters”")
    page.keyboard.type("hani")
    expect(keys.bar).to_contain_text("“Haniyeh”")
    keys.press("Enter", "speaker", "Haniyeh")
    keys.press("Enter", "agent", "new here")
    page.keyboard.type("Somebody")
    keys.press("Enter", "content", "Somebody")
    keys.press("2", "content", "Tehran had no warning")
    expect(keys.bar.locator("[data-toggle='1']")).to_have_attribute("aria-pressed", "false")
    keys.press("Backspace", "agent", "Haniyeh")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(keys.bar).to_be_hidden()
    assert (Attribution.objects.count(), Annotation.objects.count()) == (0, 0)


def test_a_persian_sentence_from_a_marked_annotation(come_in, people, project, labels, digest):
    article = add_article(by=people.max, project=project, title="خبر", text=PERSIAN, outlet="ایرنا", language="fa")
    page = come_in(article)
    keys = Counted(page)
    keys.press("w", "cue", "گزارش داد")
    keys.press("Tab", "cue", "“گفت”")
    keys.press("Enter", "speaker", "“حمدان”")
    keys.press("Enter", "agent", "new here")
    keys.press("Enter", "content", "دیدار خوب بود")
    keys.press("2", "content", "هیچ فشاری")
    keys.press("Enter", "cue", "nobody else")
    keys.press("Enter", "review", "حمدان")
    page.keyboard.press("Enter")
    expect(keys.bar).to_be_hidden()
    expect(page.locator("#inspector .chain")).to_contain_text("حمدان")
    saved(page)
    said = Attribution.objects.get()
    assert (said.speaker_quote, said.cue_quote, said.content.quote) == ("حمدان", "گفت", "دیدار خوب بود")
    assert (said.agent.name, Claim.objects.count(), Annotation.objects.count()) == ("حمدان", 0, 1)
