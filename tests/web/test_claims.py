"""Claims through the page: the list, the page of one with its mentions, chain, evidence and disputes, and its moves."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim, ClaimMention
from annotations.services.annotations import add_annotation
from annotations.services.articles import add_article
from annotations.services.attributions import add_attribution
from annotations.services.claims import add_claim, edit_claim, park_claim
from tests.web.forms import form_in

MOST_QUERIES = 15
EDIT = {"fold": "edit"}


def address(claim, part=""):
    return f"/claims/{claim.pk}/{part}"


@pytest.fixture
def silent(contested):
    return contested.claims[0]


# -- the page ---------------------------------------------------------------------------------------------------------


def test_page_costs_few_queries(at, people, silent):
    ida = at(people.ida)
    with CaptureQueriesContext(connection) as queries:
        assert ida.get(address(silent)).status_code == 200
    assert len(queries) <= MOST_QUERIES


def test_mention_is_shown_in_its_context_with_a_link_into_the_article(at, people, article, contested, silent):
    page = at(people.ida).get(address(silent)).content.decode()
    assert "<mark>the visitor was told to stay silent</mark>" in page
    assert "Reuters reported that " in page
    assert f"/articles/{article.pk}/?annotation={contested.annotations[0].pk}" in page


def test_context_counts_code_points(at, people, project, mark):
    phrase = "Both sides say"
    claim = add_claim(by=people.ana, project=project, text="They say so.", mentions=[mark(phrase)])
    page = at(people.ida).get(address(claim)).content.decode()
    assert f"<mark>{phrase}</mark>" in page
    assert "said Osama Hamdan." in page[: page.index("<mark>")].rpartition("…")[2]


def test_chain_says_where_each_speaker_comes_from(at, people, article, contested, silent):
    report = add_attribution(
        by=people.ana, article=article, agent=contested.agents[0], form="indirect", naming="named",
        count=None, access="not_stated", terms="on_record", tone="neutral", basis="stated", note="",
    )  # fmt: skip
    add_attribution(
        by=people.ana, content=contested.annotations[0], parent=report, evidence=contested.evidence, form="indirect",
        naming="unnamed", count=3, access="briefed", terms="background", tone="distancing", basis="external", note="",
    )  # fmt: skip
    page = at(people.ida).get(address(silent)).content.decode()
    line = page[page.index('<ol class="chain-line"') :]
    assert line.index("Not stated") < line.index("Reuters") < line.index("The Wire")  # at a glance, the speaker first
    page = at(people.ida).get(f"/mentions/{silent.mentions.get().pk}/").content.decode()
    chain = page[page.index('<ol class="chain">') : page.index("</ol>", page.index('<ol class="chain">'))]
    assert [words in chain for words in ("The Wire", "Reuters", "Not stated")] == [True, True, True]
    assert chain.index("The Wire") < chain.index("Reuters") < chain.index("Not stated")
    assert '<li class="outside">' in chain
    assert "outside the text, from Reuters report" in chain
    assert "3 of them" in chain


def test_evidence_and_its_counts_are_shown(at, people, contested, silent):
    page = at(people.ida).get(address(silent)).content.decode()
    assert "1 origin, 1 document" in page
    assert contested.source.title in page
    assert "relayed account" in page


def test_disputes_and_the_verdict_there_are_shown(at, people, contested, silent):
    from annotations.services.resolutions import VerdictSaid, propose_resolution

    said = {silent.pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="So.")
    page = at(people.ida).get(address(silent)).content.decode()
    assert "Was he told?" in page
    assert "Statement S1, in dispute" in page
    assert "confidence low" in page


def test_layer_and_state_are_two_lines(at, people, silent):
    page = at(people.ida).get(address(silent)).content.decode()
    assert "Is it so?" in page
    assert "Inbox" in page


def test_stranger_finds_nothing(at, people, silent):
    assert at(people.olu).get(address(silent)).status_code == 404


# -- moves ------------------------------------------------------------------------------------------------------------


def test_taken_and_owned(at, people, silent, send):
    ida = at(people.ida)
    answer = send(ida, ida.get(address(silent)), address(silent, "take/"))
    silent.refresh_from_db()
    assert (answer.status_code, silent.state, silent.owner) == (303, "in_work", people.ida)


@pytest.mark.parametrize(("verb", "state"), [("park", "parked"), ("reject", "closed")])
def test_set_aside_with_a_reason(at, people, silent, send, verb, state):
    ida = at(people.ida)
    refused = send(ida, ida.get(address(silent)), address(silent, f"{verb}/"), reason="")
    assert refused.status_code == 422
    assert "Please fill this in." in refused.content.decode()
    send(ida, ida.get(address(silent)), address(silent, f"{verb}/"), reason="Nobody asks.")
    silent.refresh_from_db()
    assert (silent.state, silent.state_reason) == (state, "Nobody asks.")


def test_back_into_the_inbox(at, people, silent, send):
    ida = at(people.ida)
    park_claim(by=people.ida, claim=silent, version=1, reason="Later.")
    send(ida, ida.get(address(silent)), address(silent, "resume/"))
    silent.refresh_from_db()
    assert silent.state == "inbox"


def test_move_that_is_not_possible_says_why(at, people, silent):
    page = at(people.ida).get(address(silent)).content.decode()
    assert "resume is possible only while it is parked" in page
    answer = at(people.ida).post(address(silent, "resume/"), {"version": 1, "idempotency_key": str(uuid4())})
    assert answer.status_code == 409
    assert "resume is possible only while it is parked" in answer.content.decode()


def test_annotator_reads_why_they_may_not_move_it(at, people, silent):
    page = at(people.ana).get(address(silent)).content.decode()
    assert "Moving a claim through the work needs the role adjudicator or manager" in page


# -- changing ---------------------------------------------------------------------------------------------------------


def test_changed_with_everything_about_it(at, people, silent, send):
    ida = at(people.ida)
    fields = {
        "text": "He was told.",
        "layer": "said",
        "owner": str(people.jo.pk),
        "deadline": "2026-12-01",
        "types": "Causal",
    }
    answer = send(ida, ida.get(address(silent), EDIT), address(silent), **fields)
    silent.refresh_from_db()
    assert answer.status_code == 303
    assert (silent.text, silent.layer, silent.owner, str(silent.deadline)) == (
        "He was told.",
        "said",
        people.jo,
        "2026-12-01",
    )
    assert silent.types == ["Causal"]


def test_impossible_deadline_is_refused_beside_its_field(at, people, silent, send):
    ida = at(people.ida)
    answer = send(ida, ida.get(address(silent), EDIT), address(silent), deadline="soon")
    assert answer.status_code == 422
    assert "A day, as YYYY-MM-DD." in answer.content.decode()


def test_stale_change_shows_both(at, people, silent):
    ida = at(people.ida)
    fields = form_in(ida.get(address(silent), EDIT), address(silent))
    edit_claim(by=people.ida, claim=silent, version=1, text="Theirs.")
    answer = ida.post(address(silent), fields | {"text": "Mine."})
    body = answer.content.decode()
    assert answer.status_code == 412
    assert "Both versions" in body
    assert "Mine." in body
    assert "Theirs." in body


def test_others_claims_are_not_an_annotators_to_change(at, people, silent):
    page = at(people.ben).get(address(silent)).content.decode()
    assert "Changing a claim that someone else made needs the role" in page


def test_statement_of_a_dispute_does_not_go_to_the_trash(at, people, silent, send):
    ida = at(people.ida)
    answer = send(ida, ida.get(address(silent)), address(silent, "trash/"))
    assert answer.status_code == 409
    assert "take it out of the dispute first" in answer.content.decode()


def test_trashed_and_restored(at, people, project, send):
    claim = add_claim(by=people.ana, project=project, text="Alone.")
    ana = at(people.ana)
    send(ana, ana.get(address(claim)), address(claim, "trash/"))
    assert "This claim is in the trash." in ana.get(address(claim)).content.decode()
    send(ana, ana.get(address(claim)), address(claim, "restore/"))
    claim.refresh_from_db()
    assert not claim.trashed


# -- mentions ---------------------------------------------------------------------------------------------------------


def test_place_added_attributed_and_taken_away(at, people, article, contested, silent, send):
    said = add_attribution(
        by=people.ana, article=article, agent=contested.agents[1], form="direct", naming="named", count=None,
        access="not_stated", terms="not_stated", tone="neutral", basis="stated", note="",
    )  # fmt: skip
    ida = at(people.ida)
    send(
        ida,
        ida.get(address(silent, "mentions/"), {"choose": "1"}),
        address(silent, "mentions/"),
        annotation=str(contested.annotations[1].pk),
    )
    mention = ClaimMention.objects.get(annotation=contested.annotations[1])
    send(ida, ida.get(f"/mentions/{mention.pk}/"), f"/mentions/{mention.pk}/", attribution=str(said.pk))
    mention.refresh_from_db()
    assert mention.attribution == said
    send(ida, ida.get(f"/mentions/{mention.pk}/"), f"/mentions/{mention.pk}/remove/")
    mention.refresh_from_db()
    assert mention.trashed


# -- the list ---------------------------------------------------------------------------------------------------------


def test_list_narrows_by_state_layer_owner_and_words(at, people, project, contested, silent, send):
    ida, lists = at(people.ida), f"/projects/{project.slug}/claims/"
    send(ida, ida.get(address(silent)), address(silent, "take/"))
    met = contested.claims[1].text
    for query, shown in [
        ({"state": "in_work"}, (True, False)),
        ({"layer": "said"}, (False, False)),
        ({"owner": str(people.ida.pk)}, (True, False)),
        ({"q": "meeting"}, (False, True)),
        ({"state": "nonsense"}, (True, True)),
    ]:
        page = ida.get(lists, query).content.decode()
        assert (silent.text in page, met in page) == shown, query


def test_list_is_paged_by_key(at, people, project):
    for number in range(55):
        add_claim(by=people.ana, project=project, text=f"Claim number {number}.")
    vera, lists = at(people.vera), f"/projects/{project.slug}/claims/"
    page = vera.get(lists).content.decode()
    assert "Claim number 54." in page
    assert "Claim number 4." not in page
    last = Claim.objects.order_by("-pk")[49].pk
    assert f"before={last}" in page
    assert "Claim number 4." in vera.get(lists, {"before": last}).content.decode()


def test_claim_without_an_article(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/claims/"
    answer = send(ana, ana.get(lists), lists, text="It stands alone.", types="Opinion")
    claim = Claim.objects.get()
    assert (answer.status_code, answer.url) == (303, address(claim))
    assert (claim.text, claim.types) == ("It stands alone.", ["Opinion"])


def test_empty_claim_is_refused_in_the_list(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/claims/"
    answer = send(ana, ana.get(lists), lists, text=" ", note="kept")
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()


# -- places to choose -------------------------------------------------------------------------------------------------


def test_the_likest_of_many_spans_is_offered_and_any_is_found_by_its_words(at, people, project, labels):
    """However far behind in the article it stands."""
    text = (
        "".join(f"Passage {number:03} on another thing. " for number in range(70)) + "The bridge at Dorvan was mined."
    )
    row = add_article(by=people.max, project=project, title="Long", text=text)
    for quote in [f"Passage {number:03} on another thing" for number in range(70)] + ["bridge at Dorvan was mined"]:
        start = text.index(quote)
        add_annotation(
            by=people.ana, article=row, segments=[[start, start + len(quote)]], quote=quote, label=labels["claim"]
        )
    claim = add_claim(by=people.ana, project=project, text="Somebody mined the bridge at Dorvan.")
    ana = at(people.ana)
    offered = ana.get(address(claim, "mentions/"), {"choose": "1"}).context["spans"]
    assert (len(offered), "bridge at Dorvan" in offered[0][1]) == (60, True)
    found = ana.get(address(claim, "mentions/"), {"choose": "1", "q": "passage 069"})
    assert [words for _, words in found.context["spans"]] == ["Claim: “Passage 069 on another thing”"]
    assert (
        "No span has these words"
        in ana.get(address(claim, "mentions/"), {"choose": "1", "q": "x y z"}).content.decode()
    )
