"""A claim is weighed and settled on its pages: questions, searches, votes, an answer; and the words for verdicts."""

import pytest

from annotations.models import Assessment, Claim, Question, Search, VerdictScale
from annotations.services.claims import add_claim, take_claim
from annotations.services.evidence import add_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(people, project, contested):
    made = add_claim(by=people.ana, project=project, text="The bridge was closed in May.")
    add_evidence(by=people.ana, claim=made, source=contested.source, stance="supports", ground="document")
    return take_claim(by=people.ida, claim=made, version=made.version)


def test_an_answer_is_proposed_and_approved_on_the_screen_of_a_claim(at, people, claim, send):
    screen = f"/claims/{claim.pk}/resolutions/"
    ida, jo = at(people.ida), at(people.jo)
    proof = str(claim.evidence.get().pk)
    said = {f"{claim.pk}-verdict": "supported", f"{claim.pk}-evidence": proof}
    answer = send(ida, ida.get(screen), screen, rationale=" ", **said)
    assert answer.status_code == 422
    answer = send(ida, ida.get(screen), screen, rationale="The notice says so.", **said)
    assert (answer.status_code, answer.url) == (303, screen)
    resolution = claim.resolutions.get()
    approve = f"/resolutions/{resolution.pk}/approvals/"
    assert "You proposed this resolution, so someone else decides on it." in ida.get(screen).content.decode()
    answer = send(jo, jo.get(screen), approve)
    assert answer.url == screen
    assert Claim.objects.get(pk=claim.pk).state == "approved"
    page = jo.get(f"/claims/{claim.pk}/").content.decode()
    assert "Supported" in page
    assert "1 of 1 approvals" in page


def test_a_dissent_and_sending_back_stand_on_the_same_screen(at, people, claim, send):
    screen, max_ = f"/claims/{claim.pk}/resolutions/", at(people.max)
    ida = at(people.ida)
    send(ida, ida.get(screen), screen, rationale="So.", search_log="Here.", **{f"{claim.pk}-verdict": "disputed"})
    resolution = claim.resolutions.get()
    answer = send(max_, max_.get(screen), f"/resolutions/{resolution.pk}/dissents/", reason="One notice only.")
    assert answer.status_code == 303
    assert "One notice only." in max_.get(screen).content.decode()
    answer = send(max_, max_.get(screen), f"/claims/{claim.pk}/send_back/", comment="")
    assert answer.status_code == 422
    send(max_, max_.get(screen), f"/claims/{claim.pk}/send_back/", comment="Which bridge?")
    assert Claim.objects.get(pk=claim.pk).state_reason == "Which bridge?"


def test_votes_open_once_ones_own_is_in(at, people, claim, send):
    page = f"/claims/{claim.pk}/assessments/"
    ana, ben = at(people.ana), at(people.ben)
    send(ana, ana.get(page), page, verdict="supported", rationale="Read it myself.")
    hidden = ben.get(page).content.decode()
    assert "1 vote is hidden until yours is in." in hidden
    assert "Read it myself." not in hidden
    send(ben, ben.get(page), page, verdict="refuted")
    seen = ben.get(page).content.decode()
    assert all(words in seen for words in ("Read it myself.", "2 votes, independent", "0 % agree"))
    mine = Assessment.objects.get(author=people.ben)
    answer = send(ben, ben.get(page), f"/assessments/{mine.pk}/", verdict="supported")
    assert answer.status_code == 409
    assert "it stays what it was" in answer.content.decode()


def test_questions_and_searches_are_asked_answered_and_logged(at, people, claim, send):
    page, ana = f"/claims/{claim.pk}/questions/", at(people.ana)
    proof = str(claim.evidence.get().pk)
    answer = {"answer0-type": "extractive", "answer0-text": "from 2 May", "answer0-evidence": proof}
    send(ana, ana.get(page), page, text="From when?", **answer)
    question = Question.objects.get()
    form = f"/questions/{question.pk}/"
    refused = send(ana, ana.get(form), form, **{"answer1-type": "boolean", "answer1-text": "Maybe"})
    assert refused.status_code == 422
    send(ana, ana.get(form), form, **{"answer1-type": "unanswerable"})
    assert [row.type for row in question.answers.order_by("id")] == ["extractive", "unanswerable"]
    send(ana, ana.get(page), f"/claims/{claim.pk}/searches/", place="City archive", query="closure notice")
    assert Search.objects.get().place == "City archive"
    form = at(people.ida).get(f"/claims/{claim.pk}/resolutions/").content.decode()
    assert "City archive: closure notice – nothing found" in form


def test_managers_change_the_words_for_verdicts_by_versions(at, people, project, claim, send):
    page, max_ = f"/projects/{project.slug}/verdict_scales/", at(people.max)
    send(max_, max_.get(page), page, **{"word5-name": "Unproven", "word5-averitec": "Not Enough Evidence"})
    assert list(VerdictScale.objects.get(project=project).words)[-1] == "unproven"
    votes = f"/claims/{claim.pk}/assessments/"
    send(max_, max_.get(votes), votes, verdict="unproven")
    assert "a change makes the next version" in max_.get(page).content.decode()
    send(max_, max_.get(page), page, **{"word5-name": "Not proven"})
    assert [row.number for row in VerdictScale.objects.filter(project=project).order_by("number")] == [1, 2]
    assert "needs the role" in at(people.ida).get(page).content.decode()


def test_notes_for_the_desk_and_evidence_that_counts_together(at, people, contested, claim, send):
    ana, page = at(people.ana), f"/claims/{claim.pk}/"
    other = add_evidence(by=people.ana, claim=claim, source=contested.source, stance="mentions", ground="document")
    first = claim.evidence.order_by("pk").first()
    ana.post(f"{page}evidence_sets/", {"members": [first.pk, other.pk], "stance": "supports"})
    body = ana.get(page).content.decode()
    assert "only together" in body
    assert "1 untraced" in body
    form = f"/evidence/{first.pk}/"
    send(ana, ana.get(form), f"{form}confidential_notes/", text="The clerk, off the record.")
    assert "The clerk, off the record." in at(people.ida).get(form).content.decode()
    assert "The clerk, off the record." not in at(people.vera).get(form).content.decode()


def test_a_search_is_changed_taken_away_and_put_back_on_its_pages(at, people, claim, send):
    page, ana = f"/claims/{claim.pk}/questions/", at(people.ana)
    send(ana, ana.get(page), f"/claims/{claim.pk}/searches/", place="City archive", query="closure notice")
    row = Search.objects.get()
    address = f"/searches/{row.pk}/"
    assert address in ana.get(page).content.decode()
    opened, again = ana.get(address), ana.get(address)
    assert send(ana, opened, address, place="", query="").status_code == 422
    assert send(ana, opened, address, found="A notice of 2 May", searched_on="2024-05").status_code == 303
    stale = send(ana, again, address, place="Town archive")
    assert (stale.status_code, "Both versions" in stale.content.decode()) == (412, True)
    row.refresh_from_db()
    assert (row.place, row.found, row.searched_on) == ("City archive", "A notice of 2 May", "2024-05")
    send(ana, ana.get(page), f"{address}trash/")
    assert "City archive" not in at(people.ida).get(f"/claims/{claim.pk}/resolutions/").content.decode()
    send(ana, ana.get(page), f"{address}restore/")
    assert "City archive" in at(people.ida).get(f"/claims/{claim.pk}/resolutions/").content.decode()
    ben = at(people.ben).get(address).content.decode()
    assert "needs the role" in ben
