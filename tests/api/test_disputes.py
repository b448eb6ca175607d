"""A dispute through the API, from the question to the outcome, with every signature by a person of their own."""

import pytest

from annotations.models import Decision, Event, Resolution
from tests.api.conftest import problem


@pytest.fixture
def at(contested):
    return f"/disputes/{contested.dispute.pk}/"


@pytest.fixture
def verdicts(contested):
    evidence = [str(contested.evidence.pk)]
    return {str(contested.claims[0].pk): {"verdict": "disputed", "confidence": "medium", "evidence": evidence}}


@pytest.fixture
def proposal(verdicts):
    return {"verdicts": verdicts, "rationale": "Two parties, one statement, nothing that decides between them."}


@pytest.fixture
def resolution(ida, at, proposal):
    """Proposed by ida."""
    return ida.post(f"{at}resolutions/", proposal).json()


def test_dispute_is_opened_over_claims(ana, project, contested):
    silent, met = (str(claim.pk) for claim in contested.claims)
    body = {"question": "Which?", "statements": [met, silent], "out_of_scope": {silent: "Judged elsewhere."}}
    row = ana.post(f"/projects/{project.slug}/disputes/", body).json()
    assert [(said["id"], said["number"], said["place"]) for said in row["statements"]] == [
        (met, 1, "not_stated"),
        (silent, 2, "out_of_scope"),
    ]
    assert (row["state"], row["outcome"]) == ("open", "")
    row = ana.patch(f"/disputes/{row['id']}/", {"statements": [silent], "out_of_scope": {}}, version=1).json()
    assert [said["id"] for said in row["statements"]] == [silent]


def test_places_are_computed_from_the_positions(ana, at):
    places = [said["place"] for said in ana.get(at).json()["statements"]]
    assert places == ["in_dispute", "not_stated"]


def test_position_takes_a_word_or_a_whole_stance(ana, at, contested, mark):
    silent, met = (str(claim.pk) for claim in contested.claims)
    span = mark("Both sides say")
    body = {
        "agent": str(contested.agents[0].pk),
        "on_behalf_of": str(contested.agents[1].pk),
        "stated_on": "2023-11",
        "stances": {met: "affirm", silent: {"stance": "qualify", "scope": "specific", "spans": [str(span.pk)]}},
    }
    answer = ana.post(f"{at}positions/", body)
    row = answer.json()
    assert row["stances"][met] == {"stance": "affirm", "scope": "", "spans": [], "evidence": []}
    assert row["stances"][silent]["spans"] == [str(span.pk)]
    row = ana.patch(answer["Location"], {"stances": {met: "deny"}}, version=1).json()
    assert list(row["stances"]) == [met]
    assert row["on_behalf_of"] == str(contested.agents[1].pk)
    tag = ana.delete(answer["Location"], version=2)["ETag"]
    assert ana.post(f"{answer['Location']}restore/", version=tag).status_code == 200


@pytest.mark.parametrize("stance", ["maybe", 1, None, [], {}, {"stance": "deny", "mood": "x"}, {"scope": "specific"}])
def test_stance_that_is_none_is_refused(ana, at, contested, stance):
    body = {"agent": str(contested.agents[0].pk), "stances": {str(contested.claims[0].pk): stance}}
    problem(ana.post(f"{at}positions/", body), 422, "stances")


def test_resolution_has_a_number_and_what_it_judged(ida, at, proposal, people):
    answer = ida.post(f"{at}resolutions/", proposal)
    assert answer.status_code == 201
    row = answer.json()
    assert (row["number"], row["proposer"], row["is_standing"]) == (1, str(people.ida.pk), True)
    assert "ETag" not in answer
    assert ida.get(answer["Location"]).json() == row
    assert ida.get(at).json()["state"] == "in_review"
    assert ida.post(f"{at}resolutions/", proposal).json()["number"] == 2
    assert [known["number"] for known in ida.get(f"{at}resolutions/").json()["results"]] == [1, 2]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"verdicts": {}}, "verdicts"),
        ({"rationale": ""}, "rationale"),
        ({"rationale": " "}, "rationale"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"verdicts": []}, "verdicts"),
        ({"verdicts": {"not an id": {"verdict": "disputed"}}}, "verdicts"),
        ({"number": 7}, "number"),
        ({"proposer": "somebody"}, "proposer"),
    ],
)
def test_incomplete_proposal_is_refused(ida, at, proposal, change, field):
    problem(ida.post(f"{at}resolutions/", {**proposal, **change}), 422, field)
    assert not Resolution.objects.exists()


@pytest.mark.parametrize("change", [{"verdict": "true"}, {"verdict": 1}, {"confidence": "sure"}, {"evidence": ["x"]}])
def test_wrong_verdict_is_refused(ida, at, proposal, verdicts, change):
    next(iter(verdicts.values())).update(change)
    problem(ida.post(f"{at}resolutions/", proposal), 422, "verdicts")


def test_verdict_without_evidence_needs_a_search_log(ida, at, proposal, verdicts):
    next(iter(verdicts.values())).pop("evidence")
    problem(ida.post(f"{at}resolutions/", proposal), 422, "search_log")
    assert ida.post(f"{at}resolutions/", {**proposal, "search_log": "Asked both."}).status_code == 201


def test_annotator_proposes_nothing(ana, at, proposal):
    problem(ana.post(f"{at}resolutions/", proposal), 403)


def test_proposer_cannot_approve_nor_dissent(ida, resolution):
    at = f"/resolutions/{resolution['id']}/"
    assert "proposed" in problem(ida.post(f"{at}approvals/"), 403)["detail"]
    problem(ida.post(f"{at}dissents/", {"reason": "I doubt it."}), 403)
    assert not Decision.objects.exists()


def test_story_ends_unresolved_with_the_dissent_beside_it(api, ana, at, resolution, contested):
    here = f"/resolutions/{resolution['id']}/"
    body = {"reason": "The denial is blanket.", "verdicts": {str(contested.claims[0].pk): "supported"}}
    dissent = api("max").post(f"{here}dissents/", body)
    assert dissent.status_code == 201
    assert api("max").get(dissent["Location"]).json()["verdicts"] == body["verdicts"]
    approval = api("jo").post(f"{here}approvals/", {"comment": "Agreed."})
    assert approval.json()["comment"] == "Agreed."
    assert ana.get(approval["Location"]).json() == approval.json()
    dispute = ana.get(at).json()
    assert (dispute["state"], dispute["outcome"]) == ("closed", "unresolved")
    assert len(ana.get(f"{here}dissents/").json()["results"]) == 1
    assert len(ana.get(f"{here}approvals/").json()["results"]) == 1
    problem(api("jo").post(f"{here}approvals/"), 409)


def test_approval_and_dissent_have_addresses_of_their_own(api, resolution):
    approval = api("jo").post(f"/resolutions/{resolution['id']}/approvals/").json()
    problem(api("jo").get(f"/dissents/{approval['id']}/"), 404)


def test_dissent_needs_a_reason_and_known_verdicts(api, resolution, contested):
    at = f"/resolutions/{resolution['id']}/dissents/"
    problem(api("jo").post(at, {}), 422, "reason")
    body = {"reason": "No.", "verdicts": {str(contested.claims[0].pk): "wrong"}}
    problem(api("jo").post(at, body), 422, "verdicts")
    problem(api("jo").post(at, {**body, "verdicts": {str(contested.claims[1].pk): "refuted"}}), 422, "verdicts")


def test_moves_need_their_version_and_their_words(ida, at, resolution):
    version = ida.get(at)["ETag"]
    problem(ida.post(f"{at}send_back/", {"comment": "More."}), 428, "If-Match")
    problem(ida.post(f"{at}send_back/", {}, version=version), 422, "comment")
    problem(ida.post(f"{at}dismiss/", {"reason": "None."}, version=version), 409)
    back = ida.post(f"{at}send_back/", {"comment": "More."}, version=version)
    assert back.json()["state"] == "open"
    gone = ida.post(f"{at}dismiss/", {"reason": "None."}, version=back["ETag"])
    assert gone.json()["outcome"] == "not_a_dispute"
    problem(ida.post(f"{at}reopen/", {"reason": "New.", "what": "mood"}, version=gone["ETag"]), 422, "what")
    again = ida.post(f"{at}reopen/", {"reason": "New.", "what": "new_evidence"}, version=gone["ETag"])
    assert (again.json()["state"], again.json()["outcome"]) == ("open", "")


def test_change_in_review_sends_it_back_and_in_a_closed_one_is_409(api, ana, ida, at, resolution, contested):
    position = f"/positions/{contested.positions[0].pk}/"
    ida.patch(position, {"channel": "By phone"}, version=1)
    assert ana.get(at).json()["state"] == "open"
    version = ana.get(at)["ETag"]
    ida.post(f"{at}dismiss/", {"reason": "None."}, version=version)
    problem(ida.patch(position, {"channel": "By mail"}, version=2), 409)


def test_cited_evidence_cannot_be_trashed(ana, resolution, contested):
    problem(ana.delete(f"/evidence/{contested.evidence.pk}/", version=1), 409)


def test_lists_are_filtered_by_state(ana, project, at, resolution):
    path = f"/projects/{project.slug}/disputes/"
    assert len(ana.get(f"{path}?state=in_review").json()["results"]) == 1
    assert ana.get(f"{path}?state=open").json()["results"] == []


def test_feed_tells_it_in_order(ana, project, resolution):
    path, numbers = f"/projects/{project.slug}/events/?limit=7", []
    while path:
        page = ana.get(path).json()
        numbers += [event["number"] for event in page["results"]]
        path = page["next"]
    assert numbers == list(range(1, Event.objects.filter(project=project).count() + 1))
    last = ana.get(f"/projects/{project.slug}/events/?after={numbers[-1] - 1}").json()
    assert [event["verb"] for event in last["results"]] == ["resolution_proposed"]
    assert last["next"] is None
    assert ana.get(f"/projects/{project.slug}/events/?after=999999").json()["results"] == []
    problem(ana.get(f"/projects/{project.slug}/events/?after=-1"), 422, "after")
