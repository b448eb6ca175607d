"""Evidence through the page: one source on several statements, one piece on a claim, changed, trashed, restored."""

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from annotations.models import Agent, ConfidentialNote, Event, Evidence, Job, Origin, Source
from annotations.queries.exports import FORMAT_NAMES
from annotations.services.evidence import trash_evidence
from annotations.services.reports import publish_dispute
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution


@pytest.fixture
def several(at, people, contested, send):
    """several(**typed): Ana adds one source to the dispute; returns the answer."""

    def add(htmx=False, **typed):
        ana, form = at(people.ana), f"/disputes/{contested.dispute.pk}/evidence/"
        return send(ana, ana.get(form), form, htmx=htmx, **typed)

    return add


def says(claim, stance, **fields):
    said = {"stance": stance, "ground": "document", **fields}
    return {f"{claim.pk}-{name}": value for name, value in said.items()}


# -- several statements -----------------------------------------------------------------------------------------------


def test_one_new_source_speaks_on_two_statements(several, contested):
    silent, met = contested.claims
    said = says(silent, "refutes", quote="Nobody was told.", locator="page 2") | says(met, "supports")
    answer = several(
        url="https://example.org/minutes", title="Minutes", publisher="The archive", origin_label="The minutes", **said
    )
    assert (answer.status_code, answer.url) == (303, f"/disputes/{contested.dispute.pk}/")
    source, origin = Source.objects.get(title="Minutes"), Origin.objects.get(label="The minutes")
    rows = {row.claim: row for row in source.evidence.all()}
    assert {claim: row.stance for claim, row in rows.items()} == {silent: "refutes", met: "supports"}
    assert (rows[silent].quote, rows[silent].locator) == ("Nobody was told.", "page 2")
    assert {row.origin for row in rows.values()} == {origin}
    assert source.publisher == Agent.objects.get(name="The archive")


def test_existing_source_is_chosen(several, contested):
    several(source=str(contested.source.pk), origin=str(contested.origin.pk), **says(contested.claims[1], "mentions"))
    assert contested.source.evidence.count() == 2
    assert Source.objects.count() == 1


def test_known_address_makes_no_second_source(several, contested):
    for claim in contested.claims:
        several(url="https://example.org/a", title="A", **says(claim, "supports"))
    assert Source.objects.filter(url="https://example.org/a").count() == 1


def test_source_that_says_nothing_is_refused(several, contested):
    answer = several(title="Mute")
    assert answer.status_code == 422
    assert "Say what the source says on at least one statement." in answer.content.decode()
    assert not Source.objects.filter(title="Mute").exists()


def test_without_a_ground_the_usual_one_is_taken(several, contested):
    silent, met = contested.claims
    several(title="T", **says(silent, "supports", ground=""), **says(met, "refutes", ground=""))
    rows = Evidence.objects.filter(source__title="T")
    assert {row.claim: row.ground for row in rows} == {silent: "relayed_account", met: "bare_assertion"}


def test_several_addresses_that_say_the_same_are_several_sources_of_one_origin(several, contested):
    said = says(contested.claims[0], "supports", ground="")
    answer = several(url="https://example.org/a\r\nhttps://example.org/b", origin_label="The wire", again="yes", **said)
    assert answer.url == f"/disputes/{contested.dispute.pk}/evidence/"
    rows = Evidence.objects.filter(origin__label="The wire")
    assert {(row.source.url, row.source.title) for row in rows} == {
        (f"https://example.org/{name}", f"https://example.org/{name}") for name in "ab"
    }
    assert Job.objects.filter(kind="copy_fetch").count() == 2
    answer = several(url="https://example.org/c\nhttps://example.org/d", title="One", **said)
    assert "of one page" in answer.content.decode()


def test_bad_address_is_refused_and_nothing_is_stored(several, contested):
    answer = several(title="T", url="javascript:alert(1)", **says(contested.claims[0], "supports"))
    assert answer.status_code == 422
    assert "An address begins with http:// or https://" in answer.content.decode()
    assert Evidence.objects.count() == 1
    assert Source.objects.count() == 1


def test_refusal_of_one_passage_names_the_statement_and_stores_none(several, contested):
    silent, met = contested.claims
    said = says(silent, "supports") | says(met, "supports", quote="half \x00 of it")
    answer = several(title="T", **said)
    assert answer.status_code == 422
    assert "S2" in answer.content.decode()
    assert Evidence.objects.count() == 1


def test_htmx_leads_on_to_the_dispute(several, contested):
    answer = several(htmx=True, title="T", **says(contested.claims[0], "supports"))
    assert answer.headers["HX-Redirect"] == f"/disputes/{contested.dispute.pk}/"


def test_viewer_reads_why_they_may_not(at, people, contested):
    page = at(people.vera).get(f"/disputes/{contested.dispute.pk}/evidence/").content.decode()
    assert "Adding evidence needs the role" in page


# -- one piece --------------------------------------------------------------------------------------------------------


def test_added_on_the_page_of_a_claim(at, people, contested, send):
    claim = contested.claims[1]
    form = f"/claims/{claim.pk}/evidence/"
    ana = at(people.ana)
    answer = send(ana, ana.get(form), form, source=str(contested.source.pk), stance="supports", ground="first_hand")
    assert (answer.status_code, answer.url) == (303, f"/claims/{claim.pk}/")
    assert claim.evidence.get().ground == "first_hand"


def test_refused_on_the_page_of_a_claim_keeps_what_was_typed(at, people, contested, send):
    form = f"/claims/{contested.claims[1].pk}/evidence/"
    ana = at(people.ana)
    answer = send(ana, ana.get(form), form, quote="Their words.", stance="supports", ground="document")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a source, or give the address or the title of a new one." in body
    assert "Their words." in body


def test_changed_and_sent_back_to_where_one_came_from(at, people, contested, send):
    evidence = contested.evidence
    form = f"/evidence/{evidence.pk}/"
    ida = at(people.ida)
    page = ida.get(form, {"next": f"/disputes/{contested.dispute.pk}/"})
    answer = send(ida, page, form, stance="qualifies", origin="", origin_label="Somewhere else")
    evidence.refresh_from_db()
    assert (answer.status_code, answer.url) == (303, f"/disputes/{contested.dispute.pk}/")
    assert (evidence.stance, evidence.origin.label) == ("qualifies", "Somewhere else")


def test_next_leads_nowhere_else(at, people, contested, send):
    form = f"/evidence/{contested.evidence.pk}/"
    ida = at(people.ida)
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:go()"):
        page = ida.get(form, {"next": elsewhere})
        answer = send(ida, page, form, next=elsewhere)
        assert answer.url == f"/claims/{contested.claims[0].pk}/", elsewhere


def test_cited_evidence_does_not_go_to_the_trash(at, people, contested, send):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="So.")
    form = f"/evidence/{contested.evidence.pk}/"
    ida = at(people.ida)
    answer = send(ida, ida.get(form), f"{form}trash/")
    assert answer.status_code == 409
    assert "A standing resolution cites this" in answer.content.decode()


def test_trashed_and_restored(at, people, contested, send):
    form = f"/evidence/{contested.evidence.pk}/"
    ida = at(people.ida)
    send(ida, ida.get(form), f"{form}trash/")
    assert "counts for nothing" in ida.get(form).content.decode()
    send(ida, ida.get(form), f"{form}restore/")
    contested.evidence.refresh_from_db()
    assert not contested.evidence.trashed


def test_trashed_evidence_is_in_no_ledger(at, people, contested):
    trash_evidence(by=people.ida, evidence=contested.evidence, version=1)
    assert "No evidence yet" in at(people.ida).get(f"/disputes/{contested.dispute.pk}/").content.decode()


def test_credibility_is_asked_only_where_the_project_uses_grades(at, people, project, contested):
    form = f"/evidence/{contested.evidence.pk}/"
    assert 'name="credibility"' not in at(people.ida).get(form).content.decode()
    project.grades = True
    project.save()
    assert 'name="credibility"' in at(people.ida).get(form).content.decode()


def test_what_was_graded_is_seen_and_taken_back_also_where_grades_are_off(at, people, contested, send):
    from annotations.services.evidence import edit_evidence

    edit_evidence(by=people.ana, evidence=contested.evidence, version=1, credibility=2)
    ida, form = at(people.ida), f"/evidence/{contested.evidence.pk}/"
    for shown in (form, f"/claims/{contested.claims[0].pk}/", f"/disputes/{contested.dispute.pk}/"):
        assert "credibility 2, probably true" in ida.get(shown).content.decode(), shown
    send(ida, ida.get(form), form, credibility="")
    contested.evidence.refresh_from_db()
    assert contested.evidence.credibility is None
    assert 'name="credibility"' not in ida.get(form).content.decode()


def test_stale_change_shows_both(at, people, contested):
    from annotations.services.evidence import edit_evidence
    from tests.web.forms import form_in

    form = f"/evidence/{contested.evidence.pk}/"
    ida = at(people.ida)
    fields = form_in(ida.get(form), form)
    edit_evidence(by=people.ida, evidence=contested.evidence, version=1, quote="Theirs.")
    answer = ida.post(form, fields | {"quote": "Mine."})
    assert answer.status_code == 412
    assert "Theirs." in answer.content.decode()
    assert "Mine." in answer.content.decode()


# -- notes that leave the desk in no way ------------------------------------------------------------------------------

MARK = "Zwiebelfisch"


@pytest.fixture
def noted(at, people, project, contested, send):
    """A note on the evidence, changed once, one on its source, and one that was taken away: all with the mark."""
    ana, form = at(people.ana), f"/evidence/{contested.evidence.pk}/"
    for words in ("Gone", "First"):
        send(ana, ana.get(form), f"{form}confidential_notes/", text=f"{words} {MARK}")
    gone, note = ConfidentialNote.objects.order_by("pk")
    send(ana, ana.get(form), f"/confidential_notes/{gone.pk}/trash/")
    page = f"/confidential_notes/{note.pk}/"
    answer = send(ana, ana.get(page), page, text=f"The clerk, {MARK}")
    assert (answer.status_code, answer["Location"]) == (303, f"{form}#notes")
    source = f"/sources/{contested.source.pk}/"
    send(at(people.ida), at(people.ida).get(source), f"{source}confidential_notes/", text=f"Of the source: {MARK}")
    note.refresh_from_db()
    assert (note.version, note.text) == (2, f"The clerk, {MARK}")
    return note


def test_notes_are_read_and_changed_by_those_who_decide_and_by_their_author(at, people, contested, noted, send):
    form, page = f"/evidence/{contested.evidence.pk}/", f"/confidential_notes/{noted.pk}/"
    for name, count in {"ana": 2, "ida": 2, "max": 2, "ben": 0, "vera": 0}.items():
        browser = at(getattr(people, name))
        assert browser.get(form).content.decode().count(MARK) == count, name
        assert browser.get(page).status_code == (200 if count else 404), name
    assert MARK in at(people.ida).get(f"/sources/{contested.source.pk}/").content.decode()
    assert MARK not in at(people.ana).get(f"/sources/{contested.source.pk}/").content.decode()
    ida = at(people.ida)
    opened, again = ida.get(page), ida.get(page)
    assert send(ida, opened, page, text="").status_code == 422
    assert send(ida, opened, page, text="Called back.").status_code == 303
    stale = send(ida, again, page, text="Called back twice.")
    assert stale.status_code == 412
    assert all(words in stale.content.decode() for words in ("Both versions", "Called back twice."))
    gone = ConfidentialNote.objects.get(trashed=True)
    assert send(ida, ida.get(form), f"/confidential_notes/{gone.pk}/restore/").status_code == 303
    assert not ConfidentialNote.objects.filter(trashed=True).exists()


def test_history_tells_that_a_note_was_changed_and_no_word_of_it(at, people, project, noted):
    body = at(people.max).get(f"/history/confidential_note/{noted.pk}/").content.decode()
    assert "changed a confidential note" in body
    assert MARK not in body
    (changed,) = Event.objects.filter(verb="confidential_note_edited")
    assert '"before":{}' in changed.body
    assert '"after":{}' in changed.body


def test_the_words_of_a_note_are_stored_in_no_other_table(at, people, project, noted):
    for model in apps.get_models():
        texts = [
            column.name
            for column in model._meta.concrete_fields
            if isinstance(column, TextField | CharField | JSONField)
        ]
        said = " ".join(str(row) for row in model._default_manager.values_list(*texts)) if texts else ""
        assert (MARK in said) == (model is ConfidentialNote), model


def test_the_words_of_a_note_stand_in_no_export_feed_search_or_report(at, people, project, contested, noted):
    verdict = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    dispute = contested.dispute
    resolution = propose_resolution(by=people.ida, dispute=dispute, verdicts=verdict, rationale="So.")
    approve_resolution(by=people.jo, resolution=resolution)
    dispute.refresh_from_db()
    report = publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title="Told")
    desk, shown = f"/projects/{project.slug}", f"/reports/{report.slug}"
    browser, operator = at(people.max), at(people.sam)
    searched = ("claims", "sources", "agents", "origins", "articles", "disputes", "concordance")
    kinds = ("export/report/", "export/", "events/", "claims/", "sources/", "agents/")
    paths = [
        *(f"{desk}/export/?{ask}={name}" for name in FORMAT_NAMES for ask in ("format", "report")),
        *(f"/api/v1{desk}/{kind}{'?format=jsonl' if 'export' in kind else ''}" for kind in kinds),
        *(f"{desk}/{kind}/?q={MARK[:5]}&words={MARK[:5]}" for kind in searched),
        *(f"{desk}/{page}" for page in ("", "history/", "reports/", "corrections/", "reports/feed/")),
        *(f"{shown}/{page}" for page in ("", "1/", "map/", "claim_review.json")),
        *(
            f"/api/v1/{path}/"
            for path in (f"claims/{contested.claims[0].pk}/evidence", f"evidence/{noted.evidence_id}")
        ),
        f"/claims/{contested.claims[0].pk}/",
        f"/disputes/{dispute.pk}/",
    ]
    row = f"/admin/annotations/confidentialnote/{noted.pk}"
    admin = [
        *(f"{row}/{page}/" for page in ("change", "history")),
        "/admin/annotations/event/",
        f"{row[:-37]}/?q={MARK[:5]}",
    ]
    for client, path in [*((browser, path) for path in paths), *((operator, path) for path in admin)]:
        got = client.get(path)
        body = b"".join(got.streaming_content) if got.streaming else got.content
        assert got.status_code == 200, (path, got.status_code)
        assert MARK not in body.decode(), path
