"""Evidence through the page: one source on several statements, one piece on a claim, changed, trashed, restored."""

import pytest

from annotations.models import Agent, Evidence, Job, Origin, Source
from annotations.services.evidence import trash_evidence
from annotations.services.resolutions import VerdictSaid, propose_resolution


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
