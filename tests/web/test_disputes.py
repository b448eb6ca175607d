"""The dispute screen and its list: places and counts, statements chosen, moves made or refused in words; with htmx and
without.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Agent, Dispute
from annotations.services.disputes import StanceSaid, add_position, dismiss_dispute, open_dispute
from annotations.services.resolutions import VerdictSaid, propose_resolution
from tests.web.forms import form_in

MOST_QUERIES = 22


@pytest.fixture
def ida(at, people, contested):
    return at(people.ida)


def address(dispute, part=""):
    return f"/disputes/{dispute.pk}/{part}"


def propose(people, contested, by="ida"):
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    proposer = getattr(people, by)
    return propose_resolution(by=proposer, dispute=contested.dispute, verdicts=said, rationale="Word against word.")


# -- the screen -------------------------------------------------------------------------------------------------------


def test_screen_costs_few_queries(ida, people, contested):
    propose(people, contested)
    with CaptureQueriesContext(connection) as queries:
        assert ida.get(address(contested.dispute)).status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_more_parties_cost_no_more_queries(ida, people, project, contested):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            ida.get(address(contested.dispute))
        return len(queries)

    before = cost()
    for number in range(5):
        agent = Agent.objects.create(project=project, author=people.ana, kind="person", name=f"P{number}", name_key="p")
        stances = {contested.claims[0].pk: StanceSaid("deny", "specific", (contested.annotations[1],))}
        add_position(by=people.ida, dispute=contested.dispute, agent=agent, stances=stances)
    assert cost() == before


def test_places_are_shown(ida, people, contested):
    page = ida.get(address(contested.dispute)).content.decode()
    assert "<b>1</b> in dispute" in page
    assert "<b>1</b> nobody affirms it yet" in page
    assert "In dispute" in page
    assert "Nobody affirms it yet" in page


def test_stances_link_back_into_the_article(ida, article, contested):
    page = ida.get(address(contested.dispute)).content.decode()
    annotation = contested.annotations[0]
    assert f"/articles/{article.pk}/?annotation={annotation.pk}" in page
    assert annotation.quote in page
    assert "blanket" in page
    assert "specific" in page


def test_evidence_is_counted_by_origin(ida, contested):
    page = ida.get(address(contested.dispute)).content.decode()
    assert "1 origin, 1 document" in page
    assert contested.origin.label in page


def test_bare_denial_adds_to_no_count(ida, people, project, contested):
    from annotations.services.evidence import add_evidence
    from annotations.services.sources import add_source

    source = add_source(by=people.ana, project=project, kind="article", title="A denial, retold")
    add_evidence(by=people.ana, claim=contested.claims[0], source=source, stance="refutes", ground="bare_assertion")
    page = ida.get(address(contested.dispute)).content.decode()
    assert "1 origin, 1 document<" in page
    assert "counted in nothing" in page
    assert "1 bare assertion" in page


def test_checklist_says_what_is_missing(ida, contested):
    page = ida.get(address(contested.dispute)).content.decode()
    assert "0 of 1 approval by someone other than the proposer" in page
    assert "A proposed resolution with a verdict on each of them" in page


def test_moves_that_are_not_possible_say_why(at, people, contested):
    page = at(people.ana).get(address(contested.dispute)).content.decode()
    assert "Proposing a resolution needs the role adjudicator or manager; here you act as annotator." in page
    assert "reopen is possible only while it is closed" in page


def test_out_of_scope_shows_its_reason(ida, people, project, contested):
    silent, met = contested.claims
    dispute = open_dispute(
        by=people.ana,
        project=project,
        question="And?",
        statements=[silent, met],
        out_of_scope={met.pk: "A matter of taste."},
    )
    page = ida.get(address(dispute)).content.decode()
    assert "Out of scope: A matter of taste." in page
    assert "<b>1</b> out of scope" in page


def test_superseded_position_is_kept_and_folded(ida, people, contested):
    agent, claim = contested.agents[1], contested.claims[0]
    add_position(
        by=people.ida,
        dispute=contested.dispute,
        agent=agent,
        stances={claim.pk: StanceSaid("qualify")},
        stated_on="2026",
    )
    page = ida.get(address(contested.dispute)).content.decode()
    assert "Superseded positions" in page
    assert "Qualifies" in page
    assert "earlier: <del>denies</del>" in page


def test_timeline_tells_what_happened_in_words(ida, contested):
    page = ida.get(address(contested.dispute)).content.decode()
    assert "<b>Ana</b> opened the dispute<" in page.replace(" <", "<")
    assert "<b>Ida</b> added the position of Reuters" in page


def test_a_stranger_to_the_project_finds_nothing(at, people, contested):
    assert at(people.olu).get(address(contested.dispute)).status_code == 404


def test_in_a_blind_project_the_positions_of_others_are_hidden(at, people, project, contested):
    project.blind = True
    project.save()
    page = at(people.ana).get(address(contested.dispute)).content.decode()
    assert "No positions yet" in page
    assert "Osama Hamdan" not in page


# -- moves ------------------------------------------------------------------------------------------------------------


def test_send_back_opens_the_dispute_again(at, people, contested, send):
    propose(people, contested)
    jo = at(people.jo)
    page = jo.get(address(contested.dispute))
    answer = send(jo, page, address(contested.dispute, "send_back/"), comment="Ask the government first.")
    assert (answer.status_code, answer.url) == (303, address(contested.dispute))
    contested.dispute.refresh_from_db()
    assert contested.dispute.state == "open"
    assert "Ask the government first." in jo.get(address(contested.dispute)).content.decode()


def test_send_back_without_a_comment_is_refused_in_the_form(at, people, contested, send):
    propose(people, contested)
    jo = at(people.jo)
    action = address(contested.dispute, "send_back/")
    answer = send(jo, jo.get(address(contested.dispute)), action, comment="")
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()


def test_htmx_gets_the_region_and_an_event(at, people, contested, send):
    propose(people, contested)
    jo = at(people.jo)
    page = jo.get(address(contested.dispute))
    answer = send(jo, page, address(contested.dispute, "send_back/"), htmx=True, comment="Not yet.")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in body
    assert f'id="dispute-{contested.dispute.pk}"' in body
    assert "You sent the dispute back" in body
    assert answer.headers["HX-Trigger"] == "dispute-changed"


def test_dismissed_as_not_a_dispute_with_the_reason(ida, contested, send):
    action = address(contested.dispute, "dismiss/")
    send(ida, ida.get(address(contested.dispute)), action, reason="Two dates, two figures.")
    contested.dispute.refresh_from_db()
    assert (contested.dispute.state, contested.dispute.outcome) == ("closed", "not_a_dispute")
    assert "Two dates, two figures." in ida.get(address(contested.dispute)).content.decode()


def test_reopened_for_a_reason(ida, people, contested, send):
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    action = address(contested.dispute, "reopen/")
    send(ida, ida.get(address(contested.dispute)), action, what="new_evidence", reason="A recording.")
    contested.dispute.refresh_from_db()
    assert contested.dispute.state == "open"
    assert contested.dispute.state_reason == "Reopened for new evidence: A recording."


def test_old_version_is_refused_and_said(ida, people, contested):
    fields = form_in(ida.get(address(contested.dispute)), address(contested.dispute, "dismiss/"))
    contested.dispute.version = 9
    contested.dispute.save()
    answer = ida.post(address(contested.dispute, "dismiss/"), fields | {"reason": "Late."})
    assert answer.status_code == 412
    assert "Someone changed this dispute since you opened it" in answer.content.decode()
    assert "Late." in answer.content.decode()


def test_illegal_move_is_refused_in_words(ida, contested):
    version = {"version": 1, "idempotency_key": str(uuid4())}
    answer = ida.post(address(contested.dispute, "reopen/"), version | {"what": "own_error", "reason": "Now."})
    assert answer.status_code == 409
    assert "possible only while it is closed" in answer.content.decode()


def test_annotator_may_not_dismiss(at, people, contested):
    version = {"version": 1, "idempotency_key": str(uuid4())}
    answer = at(people.ana).post(address(contested.dispute, "dismiss/"), version | {"reason": "No."})
    assert answer.status_code == 403
    assert "needs the role adjudicator or manager" in answer.content.decode()


def test_same_form_sent_twice_moves_once(ida, contested):
    fields = form_in(ida.get(address(contested.dispute)), address(contested.dispute, "dismiss/")) | {"reason": "No."}
    first, second = (ida.post(address(contested.dispute, "dismiss/"), fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)


# -- the list ---------------------------------------------------------------------------------------------------------


def test_list_shows_state_and_places(ida, project, contested):
    page = ida.get(f"/projects/{project.slug}/disputes/").content.decode()
    assert "Was he told?" in page
    assert "1 in dispute" in page


def test_list_narrows_by_state_and_outcome(ida, people, project, contested):
    dismiss_dispute(by=people.ida, dispute=contested.dispute, version=1, reason="No.")
    lists = f"/projects/{project.slug}/disputes/"
    assert "Was he told?" not in ida.get(lists, {"state": "open"}).content.decode()
    assert "Was he told?" in ida.get(lists, {"state": "closed", "outcome": "not_a_dispute"}).content.decode()
    assert "Was he told?" not in ida.get(lists, {"outcome": "settled"}).content.decode()


def test_list_of_many_costs_few_queries_and_is_paged(ida, people, project, contested):
    for number in range(30):
        open_dispute(by=people.ana, project=project, question=f"Question {number}?", statements=contested.claims[:1])
    with CaptureQueriesContext(connection) as queries:
        page = ida.get(f"/projects/{project.slug}/disputes/")
    assert len(queries) <= 12
    body = page.content.decode()
    assert "Question 29?" in body
    assert "Was he told?" not in body
    older = Dispute.objects.order_by("-pk")[24].pk
    assert "Was he told?" in ida.get(f"/projects/{project.slug}/disputes/", {"before": older}).content.decode()


# -- opening and changing ----------------------------------------------------------------------------------------------


def test_claims_of_the_address_are_chosen(at, people, project, contested):
    claim = contested.claims[1]
    new = f"/projects/{project.slug}/disputes/new/"
    for query in ({"claims": f"{claim.pk},not-an-id"}, {"claim": str(claim.pk)}):
        fields = form_in(at(people.ana).get(new, query), new)
        assert {name for name in fields if name.endswith("-chosen")} == {f"{claim.pk}-chosen"}


def test_opened_with_statements_and_a_reason(at, people, project, contested, send):
    silent, met = contested.claims
    new = f"/projects/{project.slug}/disputes/new/"
    ana = at(people.ana)
    said = {f"{silent.pk}-chosen": "yes", f"{met.pk}-chosen": "yes", f"{met.pk}-out_of_scope": "Nobody asks."}
    answer = send(ana, ana.get(new), new, question="Who told him?", owner=str(people.ida.pk), **said)
    dispute = Dispute.objects.get(question="Who told him?")
    assert (answer.status_code, answer.url) == (303, address(dispute))
    assert dispute.owner == people.ida
    reasons = dict(dispute.statements.values_list("claim__text", "out_of_scope_because"))
    assert reasons == {silent.text: "", met.text: "Nobody asks."}


def test_dispute_without_a_statement_is_refused_and_keeps_what_was_typed(at, people, project, contested, send):
    new = f"/projects/{project.slug}/disputes/new/"
    ana = at(people.ana)
    answer = send(ana, ana.get(new), new, question="About nothing?")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "A dispute needs at least one statement: choose a claim." in body
    assert "About nothing?" in body


def test_viewer_reads_why_they_may_not_open_one(at, people, project, contested):
    page = at(people.vera).get(f"/projects/{project.slug}/disputes/").content.decode()
    assert "Opening a dispute needs the role" in page


def test_changing_statements_in_review_sends_it_back(ida, people, contested, send):
    propose(people, contested)
    edit = address(contested.dispute, "edit/")
    answer = send(ida, ida.get(edit), edit, **{f"{contested.claims[1].pk}-chosen": None})
    assert answer.status_code == 303
    contested.dispute.refresh_from_db()
    assert contested.dispute.state == "open"
    assert contested.dispute.statements.count() == 1


def test_stale_edit_shows_both_versions(ida, people, contested):
    from annotations.services.disputes import edit_dispute

    edit = address(contested.dispute, "edit/")
    fields = form_in(ida.get(edit), edit)
    edit_dispute(by=people.ida, dispute=contested.dispute, version=1, question="Was he really told?")
    answer = ida.post(edit, fields | {"question": "Was he ever told?"})
    body = answer.content.decode()
    assert answer.status_code == 412
    assert "Was he really told?" in body
    assert "Was he ever told?" in body
    assert "Both versions" in body
