"""The sheet of evidence in a browser: an address once, one key or click a statement, and how many inputs that takes."""

import pytest
from playwright.sync_api import expect

from annotations.models import Evidence, Source
from annotations.services.claims import add_claim
from annotations.services.disputes import open_dispute
from tests.browser.test_dispute import WIDE, signed_in  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

# Nine addresses and thirty stances on ten statements: those that say the same go in at once.
SAID = [
    (("a/1", "a/2", "a/3"), "The wire", {1: "supports", 2: "supports", 3: "supports", 4: "supports", 5: "supports"}),
    (("b/1",), "The agency", {6: "supports", 7: "supports", 1: "supports", 3: "refutes"}),
    (("c/1",), "The agency", {6: "supports", 8: "supports", 9: "supports"}),
    (("d/1",), "The office", {3: "refutes", 10: "refutes", 4: "refutes"}),
    (("e/1", "e/2"), "The statement", {9: "refutes", 3: "refutes"}),
    (("f/1",), "The visit", {9: "supports"}),
]


class Hand:
    """Counts what a person does: a paste, a click, a key."""

    def __init__(self, page):
        self.page, self.inputs = page, 0

    def paste(self, label, words):
        self.page.get_by_label(label).fill(words)
        self.inputs += 1

    def click(self, target):
        target.click()
        self.inputs += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.inputs += 1


@pytest.fixture
def dispute(people, project):
    claims = [add_claim(by=people.ana, project=project, text=f"Statement {number}.") for number in range(1, 11)]
    return open_dispute(by=people.ana, project=project, question="What was said?", statements=claims)


def test_nine_addresses_and_thirty_stances_take_at_most_sixty_inputs(signed_in, people, dispute):  # noqa: F811
    page = signed_in(people.ana, viewport=WIDE)
    page.goto(f"/disputes/{dispute.pk}/evidence/")
    hand = Hand(page)
    for paths, origin, stances in SAID:
        hand.paste("Address", "\n".join(f"https://example.org/{path}" for path in paths))
        hand.paste("Goes back to", origin)
        for number, stance in stances.items():
            row = page.locator("[data-stance-row]").nth(number - 1)
            hand.click(row.locator("label", has=page.locator(f"input[value={stance}]")))
        hand.click(page.get_by_role("button", name="Add, and go on with the next"))
        expect(page.get_by_text(f"You added what “https://example.org/{paths[-1]}” says.")).to_be_visible()
    assert Source.objects.count() == 9
    assert Evidence.objects.count() == 30
    assert hand.inputs <= 60, hand.inputs
    keys_walk_from_statement_to_statement(page)


def keys_walk_from_statement_to_statement(page):
    page.wait_for_load_state()  # keys are heard from then on
    page.get_by_label("Address").fill("https://example.org/g")
    rows = page.locator("[data-stance-row]")
    rows.first.locator("legend").click()
    page.locator("h1").first.evaluate("element => document.activeElement.blur()")
    for key in ("s", "j", "r"):
        page.keyboard.press(key)
    expect(rows.nth(0).locator("input[value=supports]")).to_be_checked()
    expect(rows.nth(1).locator("input[value=refutes]")).not_to_be_checked()
    expect(rows.nth(2).locator("input[value=refutes]")).to_be_checked()
    expect(rows.nth(3)).to_have_attribute("aria-current", "true")
