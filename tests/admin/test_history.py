"""The history of a record's page is our events, with what was and what is."""

from annotations.models import (
    Alias,
    Answer,
    AssessmentCitation,
    Chain,
    CommentMention,
    Decision,
    Event,
    Label,
    Membership,
    Statement,
    Token,
)
from annotations.services.labels import edit_label
from tests.admin.pages import address


def verbs(page):
    return [told["verb"] for told in page.context["events"]]


def test_history_shows_the_newest_first_with_before_and_after(sam, people, labels):
    edit_label(by=people.max, label=labels["claim"], version=1, name="A <b>claim</b>")
    page = sam.get(address(labels["claim"], "history"))
    assert verbs(page) == ["label edited", "label added"]
    assert page.context["events"][0]["changes"] == [("name", "Claim", "A <b>claim</b>")]
    assert "A &lt;b&gt;claim&lt;/b&gt;" in page.content.decode()


def test_history_goes_on_over_pages(sam, people, labels, monkeypatch):
    monkeypatch.setattr("annotations.admin.base.EVENTS_A_PAGE", 2)
    for version in (1, 2, 3):
        edit_label(by=people.max, label=labels["claim"], version=version, name=f"Claim {version}")
    assert verbs(sam.get(address(labels["claim"], "history"), {"p": 2})) == ["label edited", "label added"]


def test_records_without_events_of_their_own_show_those_of_what_they_belong_to(sam, every_record):
    said = {
        Statement: "dispute opened",
        Alias: "agent added",
        Token: "token created",
        Decision: "resolution approved",
        Membership: "member added",
        Chain: "resolution dissented from",
        AssessmentCitation: "assessment added",
        Answer: "question added",
        CommentMention: "comment added",
    }
    for model, verb in said.items():
        assert verb in verbs(sam.get(address(every_record[model], "history"))), model


def test_page_of_an_event_shows_what_changed_and_leads_to_the_record(sam, people, labels):
    edit_label(by=people.max, label=labels["claim"], version=1, name="<script>")
    page = sam.get(address(Event.objects.get(verb="label_edited"), "change")).content.decode()
    assert "&lt;script&gt;" in page
    assert address(labels["claim"], "change") in page


def test_kinds_of_events_filter(sam, labels):
    page = sam.get(address(Event), {"object_kind": "label"})
    assert {event.verb for event in page.context["cl"].result_list} == {"label_added"}
    assert page.context["cl"].result_count == Label.objects.count()
