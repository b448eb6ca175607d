"""Revisions and anchors through the API: what came along is told in numbers, what waits is decided by its version."""

import pytest

from annotations.models import Anchor
from annotations.services.resolutions import VerdictSaid, approve_resolution, propose_resolution
from tests.api.conftest import problem
from tests.conftest import ARTICLE

CHANGED = ARTICLE.replace("lies and slander", "lies, slander and worse")


@pytest.fixture
def address(article):
    return f"/articles/{article.pk}/revisions/"


@pytest.fixture
def denial(mark):
    return mark("Pure lies and slander", "denial")


@pytest.fixture
def waiting(boss, address, denial):
    boss.post(address, {"text": CHANGED})
    return Anchor.objects.get(annotation=denial)


def test_a_corrected_text_is_answered_with_what_came_along(boss, address, denial, mark):
    mark("visitor")
    answer = boss.post(address, {"text": CHANGED, "note": "Corrected."}, key="once")
    assert answer.status_code == 201
    row = answer.json()
    assert (row["number"], row["note"]) == (2, "Corrected.")
    assert row["anchors"] == {"exact": 1, "moved": 0, "fuzzy": 1, "orphaned": 0}
    assert row["attributions"] == {"carried": 0, "kept": 0}
    assert boss.post(address, {"text": CHANGED, "note": "Corrected."}, key="once").json() == row
    read = boss.get(answer["Location"]).json()
    assert (read["text"], read["anchors"]) == (CHANGED, row["anchors"])
    first, second = boss.get(address).json()["results"]
    assert (first["anchors"]["exact"], second["anchors"]["exact"]) == (0, 1)
    assert "text" not in second


def test_the_text_is_kept_code_point_for_code_point(boss, address):
    text = "\ufeffOne\r\n\r\ntwo \u00a0 e\u0301 👩‍👩‍👧\n"
    assert boss.get(boss.post(address, {"text": text})["Location"]).json()["text"] == text


def test_refusals_name_the_field(ana, boss, address):
    problem(ana.post(address, {"text": CHANGED}), 403)
    problem(boss.post(address, {"text": ARTICLE}), 422, "text")
    problem(boss.post(address, {"text": ""}), 422, "text")
    problem(boss.post(address, {"text": "a", "number": 7}), 422, "number")


def test_anchors_are_listed_and_decided_once(ana, article, waiting, denial):
    where = f"/articles/{article.pk}/anchors/"
    [row] = ana.get(f"{where}?state=fuzzy&decision=none").json()["results"]
    assert ana.get(f"{where}?waiting=true").json()["results"] == [row]
    assert (row["quote"], row["was_quote"]) == ("Pure lies, slander and worse", "Pure lies and slander")
    one = f"/anchors/{row['id']}/"
    assert ana.get(one)["ETag"] == '"1"'
    problem(ana.post(f"{one}accept/"), 428, "If-Match")
    problem(ana.post(f"{one}accept/", version=4), 412)
    done = ana.post(f"{one}accept/", version=1)
    assert (done.json()["decision"], done["ETag"]) == ("accepted", '"2"')
    assert ana.get(f"/annotations/{denial.pk}/").json()["quote"] == "Pure lies, slander and worse"
    problem(ana.post(f"{one}drop/", version=2), 409)
    assert ana.post(f"{one}reopen/", version=2).json()["decision"] == ""
    assert ana.get(f"{where}?decision=accepted").json()["results"] == []


def test_a_mark_made_anew_is_compared_with_the_text(ana, waiting):
    one, at = f"/anchors/{waiting.pk}/remark/", CHANGED.index("slander and worse")
    problem(ana.post(one, {"segments": [[at, at + 17]], "quote": "slander and more."}, version=1), 422, "quote")
    problem(ana.post(one, {"segments": [[at, 9**9]], "quote": "x"}, version=1), 422, "segments")
    row = ana.post(one, {"segments": [[at, at + 17]], "quote": "slander and worse"}, version=1).json()
    assert (row["decision"], row["segments"]) == ("remarked", [[at, at + 17]])


def test_others_anchors_are_out_of_sight_in_a_blind_project(api, project, article, waiting, address):
    type(project).objects.filter(pk=project.pk).update(blind=True)
    ben = api("ben")
    assert ben.get(f"/articles/{article.pk}/anchors/").json()["results"] == []
    assert ben.get(f"/anchors/{waiting.pk}/").status_code == 404
    assert sum(ben.get(address).json()["results"][1]["anchors"].values()) == 0


def test_a_dispute_tells_whose_quote_changed(ida, boss, people, contested, address):
    verdict = VerdictSaid("disputed", evidence=(contested.evidence,))
    resolution = propose_resolution(
        by=people.ida, dispute=contested.dispute, rationale="So.", verdicts={contested.claims[0].pk: verdict}
    )
    approve_resolution(by=people.jo, resolution=resolution)
    where = f"/disputes/{contested.dispute.pk}/"
    assert ida.get(where).json()["flags"] == []
    boss.post(address, {"text": CHANGED})
    [flag] = ida.get(where).json()["flags"]
    assert (flag["number"], flag["state"], flag["quote"]) == (2, "fuzzy", "Pure lies, slander and worse")
    problem(ida.post(f"/anchors/{flag['anchor']}/accept/", version=1), 409)
    version = ida.get(where).json()["version"]
    ida.post(f"{where}reopen/", {"what": "changed_text", "reason": "Corrected."}, version=version)
    assert ida.post(f"/anchors/{flag['anchor']}/accept/", version=1).status_code == 200
    assert ida.get(where).json()["flags"] == []
