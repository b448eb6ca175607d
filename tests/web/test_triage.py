"""Triage through the pages: the queue in its order, its moves and marks by htmx and by plain forms, the criteria."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Claim, TriageCriterion
from annotations.services.claims import add_claim
from annotations.services.triage import add_criterion, add_triage_mark
from tests.web.forms import form_in

HTMX = {"HX-Request": "true"}
MOST_QUERIES = 10


@pytest.fixture
def ranked(people, project):
    """Three claims, of high, no and medium priority."""
    rows = {}
    for name, level in (("High", "high"), ("None", ""), ("Medium", "medium")):
        rows[name] = add_claim(by=people.ana, project=project, text=f"{name} one.")
        if level:
            add_triage_mark(by=people.ana, claim=rows[name], level=level, reason="It spreads.")
    return rows


def queue(project):
    return f"/projects/{project.slug}/triage/"


def texts_in(answer):
    return re.findall(r'class="claim"[^>]*>([^<]*)<', answer.content.decode())


def test_most_urgent_comes_first_at_a_fixed_cost(at, people, project, ranked):
    vera = at(people.vera)
    with CaptureQueriesContext(connection) as queries:
        page = vera.get(queue(project))
    assert texts_in(page) == ["High one.", "Medium one.", "None one."]
    assert len(queries) <= MOST_QUERIES
    assert "Moving a claim through the work needs the role" in page.content.decode()


def test_queue_is_paged_by_key_whatever_is_taken_meanwhile(at, people, project):
    for number in range(27):
        add_claim(by=people.ana, project=project, text=f"Claim {number:02}.")
    ida = at(people.ida)
    first = ida.get(queue(project))
    onward = re.search(r"after=([^\"&]+)", first.content.decode())[1]
    assert len(texts_in(first)) == 25
    claim = Claim.objects.get(text="Claim 03.")
    ida.post(f"/claims/{claim.pk}/take/", {"version": 1, "queue": "inbox", "idempotency_key": "k"})
    assert texts_in(ida.get(queue(project), {"after": onward})) == ["Claim 25.", "Claim 26."]


def test_taken_from_the_queue_and_back_into_it(at, people, project, ranked):
    ida, claim = at(people.ida), ranked["High"]
    fields = form_in(ida.get(queue(project)), f"/claims/{claim.pk}/take/")
    answer = ida.post(f"/claims/{claim.pk}/take/", fields, headers=HTMX)
    assert answer.status_code == 200
    assert 'class="ranked gone"' in answer.content.decode()
    claim.refresh_from_db()
    assert (claim.state, claim.owner) == ("in_work", people.ida)
    plain = ida.post(f"/claims/{ranked['None'].pk}/take/", {"version": 1, "queue": "inbox", "idempotency_key": "k"})
    assert (plain.status_code, plain.url) == (303, f"{queue(project)}?state=inbox")


def test_reason_is_asked_for_inside_the_row(at, people, project, ranked):
    ida, claim = at(people.ida), ranked["High"]
    address = f"/claims/{claim.pk}/reject/"
    fields = form_in(ida.get(queue(project)), address)
    refused = ida.post(address, fields | {"reason": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert refused.content.decode().lstrip().startswith("<li")
    done = ida.post(address, fields | {"reason": "Not worth it."}, headers=HTMX)
    assert done.status_code == 200
    claim.refresh_from_db()
    assert claim.state_reason == "Not worth it."


def test_rated_in_the_fold_of_its_row(at, people, project, ranked):
    ana, claim = at(people.ana), ranked["None"]
    add_criterion(by=people.max, project=project, name="Harm", weight=4)
    address = f"/claims/{claim.pk}/triage_marks/"
    fields = form_in(ana.get(address, {"queue": "inbox"}, headers=HTMX), address)
    answer = ana.post(address, fields | {"harm-level": "high", "harm-reason": "It hurts."}, headers=HTMX)
    assert "Harm: <b>high</b>" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.priority == 12


def test_criteria_are_a_managers(at, people, project, send):
    lists, mine = f"/projects/{project.slug}/triage_criteria/", at(people.max)
    assert "Changing what claims are ranked by needs the role" in at(people.ida).get(lists).content.decode()
    send(mine, mine.get(lists), f"{lists}preset/")
    assert TriageCriterion.objects.count() == 5
    answer = send(mine, mine.get(lists), lists, name="Harm", weight="11")
    assert answer.status_code == 422
    row = TriageCriterion.objects.get(key="spread")
    send(mine, mine.get(lists), f"/triage_criteria/{row.pk}/", weight="5")
    send(mine, mine.get(lists), f"/triage_criteria/{TriageCriterion.objects.get(key='believability').pk}/trash/")
    row.refresh_from_db()
    assert (row.weight, TriageCriterion.objects.filter(trashed=True).count()) == (5, 1)


def test_annotator_of_a_blind_project_sees_own_claims_and_no_priority(at, people, project, ranked):
    project.blind = True
    project.save()
    add_claim(by=people.ben, project=project, text="Mine.")
    page = at(people.ben).get(queue(project)).content.decode()
    assert "Mine." in page
    assert "High one." not in page
    assert "Priority" not in page


# -- beside the queue: what was checked before, merging, splitting -----------------------------------------------------


def test_claims_like_it_are_told_while_one_is_written(at, people, project):
    add_claim(by=people.ana, project=project, text="Khamenei told Haniyeh in Tehran that Iran would not enter the war.")
    page = at(people.ana).get(
        f"/projects/{project.slug}/claims/similar/",
        {"text": "He told Haniyeh that Iran would not enter the war", "layer": "so"}, headers=HTMX,
    )  # fmt: skip
    words = page.content.decode()
    assert "Khamenei told Haniyeh" in words
    assert "no verdict stands on it" in words
    assert "“He”: who or what is meant?" in words


def test_merged_and_split_through_forms(at, people, project, mark, send):
    claim = add_claim(by=people.ana, project=project, text="They met and talked.", mentions=[mark("Both sides")])
    ida = at(people.ida)
    split = f"/claims/{claim.pk}/split/"
    place = str(claim.mentions.get().annotation_id)
    refused = send(ida, ida.get(split), split, **{"part-2-mentions": place})
    assert refused.status_code == 422
    fields = {"part-1-text": "They met.", "part-1-mentions": place, "part-2-text": "They talked."}
    assert send(ida, ida.get(split), split, **fields).status_code == 303
    met = Claim.objects.get(text="They met.")
    assert met.mentions.get().annotation_id == claim.mentions.model.objects.get().annotation_id
    merge = f"/claims/{met.pk}/merge/"
    assert send(ida, ida.get(merge), merge, into="nonsense").status_code == 422
    found = ida.get(merge, {"q": "they talked and met"}).content.decode()
    assert f'name="into" value="{claim.pk}"' in found
    assert f'name="into" value="{met.pk}"' not in found, "the one that goes cannot be the one that stays"
    answer = send(ida, ida.get(merge), merge, into=f"http://testserver/claims/{claim.pk}/")
    assert (answer.status_code, answer.url) == (303, f"/claims/{claim.pk}/")
    page = ida.get(f"/claims/{met.pk}/").content.decode()
    assert f'Merged into <a href="/claims/{claim.pk}/"' in page


def test_saying_is_promoted_from_the_page(at, people, project, mark, send):
    from annotations.services.attributions import add_attribution

    content = mark("the meeting took place")
    claim = add_claim(by=people.ana, project=project, text="The meeting took place.", mentions=[content])
    row = add_attribution(by=people.ana, content=content, speaker_segments=[], naming="unnamed", count=2)
    ana = at(people.ana)
    answer = send(ana, ana.get(f"/mentions/{claim.mentions.get().pk}/"), f"/attributions/{row.pk}/promote/")
    said = Claim.objects.get(layer="said")
    assert (answer.status_code, answer.url) == (303, f"/claims/{said.pk}/")
    assert said.text == "2 people who are not named said that the meeting took place."


def test_somebody_elses_mark_is_not_lost_by_rating_from_an_old_page(at, people, project, ranked):
    harm = add_criterion(by=people.max, project=project, name="Harm")
    reach = add_criterion(by=people.max, project=project, name="Reach")
    claim, ida = ranked["None"], at(people.ida)
    address = f"/claims/{claim.pk}/triage_marks/"
    opened = form_in(ida.get(address), address)
    add_triage_mark(by=people.ana, claim=claim, criterion=harm, level="high", reason="It hurts.")
    refused = ida.post(address, opened | {"reach-level": "low", "reach-reason": "Few saw it."})
    assert refused.status_code == 412
    assert "Someone rated this claim under “Harm” since you opened it." in refused.content.decode()
    assert list(claim.triage_marks.values_list("criterion", "level")) == [(harm.pk, "high")]
    again = form_in(refused, address)
    assert (again["harm-level"], again["harm-reason"], again["reach-reason"]) == ("high", "It hurts.", "Few saw it.")
    assert ida.post(address, again).status_code == 303
    assert set(claim.triage_marks.active().values_list("criterion", "level")) == {(harm.pk, "high"), (reach.pk, "low")}
