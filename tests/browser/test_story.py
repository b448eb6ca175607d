"""The whole job on the demonstration corpus, as its people do it: mark, claim, say who, cite, dispute, decide, export.

Told on SQLite and on PostgreSQL. Each chapter is one person at the keyboard.
"""

import json
import sqlite3

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections
from playwright.sync_api import expect

from annotations.core.records import RECORD_KINDS
from annotations.management.demo_people import provide_people
from annotations.models import Annotation, Claim, Decision, Dispute, Event, Evidence, Project
from annotations.services.seeds import load_seeds, records_in
from workbench.env import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SEEDS = ROOT / "seeds"
PASSWORD = "demo"
REPORTED = "that wanted Iran and Hezbollah to join the fighting in full"
DENIED = "accused the British agency Reuters of putting out falsehoods in place of news"
CLAIM = "Haniyeh was asked to quieten those who wanted Iran and Hezbollah to join the war in full."
COUNTERCLAIM = "Reuters put out falsehoods in place of news."
QUESTION = "Was Haniyeh asked to quieten those who wanted Iran and Hezbollah in the war?"
CITED = "asked him to silence those calling for the two to join"
DISSENT = "Two camps told Reuters the same."


@pytest.fixture
def demo(transactional_db):
    people = provide_people(PASSWORD)
    load_seeds(records=records_in(SEEDS), folder=SEEDS, people=people)
    return Project.objects.get(slug="seeds")


@pytest.fixture
def sign_in(new_context):
    """A page of one's own, signed in through the form."""

    def come_in(username):
        page = new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto("/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Your queue")).to_be_visible()
        return page

    return come_in


def saved(page):
    expect(page.locator("[data-save-state]").first).to_have_attribute("data-save-state", "saved")


def mark(page, start, end, digit, words):
    """Mark with the keyboard alone, and read in the inspector what was stored."""
    page.keyboard.press("v")
    page.keyboard.type(start)
    page.keyboard.press("Enter")
    page.keyboard.type(end)
    page.keyboard.press("Enter")
    page.keyboard.press(digit)
    expect(page.locator("#inspector blockquote").first).to_have_text(words)
    saved(page)


def make_claim(page, text):
    page.keyboard.press("c")
    form = page.locator("#inspector form", has=page.get_by_role("button", name="Make the claim"))
    form.get_by_label("Claim", exact=False).first.fill(text)
    form.get_by_role("button", name="Make the claim").click()
    expect(page.locator("#inspector").get_by_text(text)).to_be_visible()
    saved(page)


def say_who(page, agent):
    page.locator("#inspector summary", has_text="by a form").click()
    form = page.locator("#inspector form", has=page.get_by_role("button", name="Record it"))
    form.locator("[name$=agent]").fill(agent)
    form.get_by_role("button", name="Record it").click()
    expect(page.locator("#inspector .chain")).to_contain_text(agent)
    saved(page)


def attach_evidence(page, title, address, quote):
    page.keyboard.press("e")
    form = page.locator("#inspector form", has=page.get_by_role("button", name="Add the evidence"))
    form.get_by_label("Supports").check()
    form.locator("[name$=url]").fill(address)
    form.locator("[name$=title]").fill(title)
    form.locator("[name$=ground]").select_option("relayed_account")
    form.locator("[name$=quote]").fill(quote)
    form.get_by_role("button", name="Add the evidence").click()
    expect(page.locator("#inspector").get_by_text(quote)).to_be_visible()
    saved(page)


def map_position(page, agent, stance, span):
    page.get_by_role("link", name="Add a position").first.click()
    page.get_by_label("Party").fill(agent)
    page.get_by_role("radio", name=stance).first.check()
    others = page.get_by_text("Other spans of the same articles").first
    if not page.get_by_label(span, exact=False).first.is_visible():
        others.click()
    page.get_by_label(span, exact=False).first.check()
    page.get_by_role("button", name="Add the position").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


def test_the_whole_job(demo, sign_in, tmp_path):
    article = demo.articles.get(title__startswith="Qaani’s pledge")
    ana_marks_claims_attributes_and_cites(sign_in("ana"), article)
    dispute = ida_maps_positions_and_proposes(sign_in("ida"))
    max_dissents(sign_in("max"), dispute)
    jo = sign_in("jo")
    jo_approves(jo, dispute)
    assert_every_record_is_in(downloaded(jo, tmp_path / "seeds.jsonl"), demo)
    call_command("verify_history")
    assert_a_changed_byte_is_found(dispute, tmp_path / "copy.sqlite3")


def ana_marks_claims_attributes_and_cites(page, article):
    page.get_by_role("link", name=article.title).first.click()
    page.wait_for_selector("html[data-annotate=ready]")
    mark(page, "that wa", "full", "1", REPORTED)
    make_claim(page, CLAIM)
    say_who(page, "Reuters")
    attach_evidence(page, "A wire story", "https://example.org/story", CITED)
    mark(page, "accu", "news", "4", DENIED)
    make_claim(page, COUNTERCLAIM)
    say_who(page, "Osama Hamdan")
    reported = Annotation.objects.get(quote=REPORTED)
    assert reported.revision.text[reported.start : reported.end] == REPORTED
    assert Evidence.objects.get(quote=CITED).author.username == "ana"


def ida_maps_positions_and_proposes(page):
    claim = Claim.objects.get(text=CLAIM)
    page.goto(f"/projects/seeds/disputes/new/?claim={claim.pk}")
    page.get_by_label("The question").fill(QUESTION)
    page.get_by_role("button", name="Open the dispute").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    map_position(page, "Reuters", "Affirms", REPORTED)
    map_position(page, "Osama Hamdan", "Denies", DENIED)
    expect(page.get_by_text("1 in dispute")).to_be_visible()
    page.get_by_role("link", name="Propose a resolution").first.click()
    page.get_by_label("Disputed").first.check()
    page.get_by_label("A wire story", exact=False).first.check()
    page.get_by_label("Rationale").fill("One unnamed account, one denial of the whole.")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_role("button", name="Approve").first).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("You proposed this resolution, so someone else decides").first).to_be_visible()
    return Dispute.objects.get(question=QUESTION)


def max_dissents(page, dispute):
    page.goto(f"/disputes/{dispute.pk}/")
    page.locator("#decide summary", has_text="Dissent").click()
    page.get_by_label("Why", exact=False).first.fill(DISSENT)
    page.get_by_role("button", name="Put my dissent beside it").click()
    expect(page.get_by_text(DISSENT).first).to_be_visible()


def jo_approves(page, dispute):
    """The dispute is closed as unresolved, with the dissent beside the answer."""
    page.goto(f"/disputes/{dispute.pk}/")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("approved by Jo").first).to_be_visible()
    expect(page.get_by_text("Unresolved: could not be independently verified").first).to_be_visible()
    expect(page.get_by_text(DISSENT).first).to_be_visible()
    dispute.refresh_from_db()
    assert (dispute.state, dispute.outcome) == ("closed", "unresolved")
    assert {row.decision for row in Decision.objects.filter(resolution__dispute=dispute)} == {"approval", "dissent"}


def downloaded(page, path):
    page.goto("/projects/seeds/export/")
    with page.expect_download() as download:
        page.locator("a[href*='format=jsonl']").first.click()
    download.value.save_as(path)
    return path


def assert_every_record_is_in(exported, project):
    """As many lines of each kind as the tables have rows of this project; the file names no kind it should not."""
    lines = [json.loads(line) for line in exported.read_text(encoding="utf-8").splitlines()]
    written = {kind: sum(line["record"] == kind for line in lines) for kind in RECORD_KINDS}
    assert sum(written.values()) == len(lines)
    models = {
        model.record_kind(): model
        for model in apps.get_app_config("annotations").get_models()
        if hasattr(model, "record_kind")
    }
    for kind in RECORD_KINDS:
        if kind == "person":
            continue
        assert written[kind] == stored(kind, models, project), kind
    assert {"Ana", "Ida", "Max", "Jo"} <= {line["display_name"] for line in lines if line["record"] == "person"}


def stored(kind, models, project):
    match kind:
        case "project":
            return 1
        case "assessment":
            return 0  # those of others are open to whoever has given their own
        case "event":
            return Event.objects.filter(project=project).exclude(object_kind="assessment").count()
        case "approval" | "dissent":
            return Decision.objects.filter(project=project, decision=kind).count()
        case _:
            return models[kind]._default_manager.filter(project=project).count()


def assert_a_changed_byte_is_found(dispute, copy):
    """In a copy of the database one byte of one event is another; the command fails and names the event."""
    if connection.vendor != "sqlite":
        return  # a file is copied in a moment; what the command reads is the same on both
    event = Event.objects.get(verb="dispute_opened", object_id=dispute.pk)
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
        target.execute("DROP TRIGGER annotations_event_refuses_update")
        target.execute(
            "UPDATE annotations_event SET body = replace(body, 'Was Haniyeh', 'Has Haniyeh') WHERE id = ?", [event.pk]
        )
    settings = dict(connections["default"].settings_dict)
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = str(copy)
    try:
        with pytest.raises(CommandError, match=rf"\b{event.number}\b"):
            call_command("verify_history")
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(settings)
