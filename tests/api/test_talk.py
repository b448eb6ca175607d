"""Comments, requests for comment and guidelines through the API: the moves, what they refuse, and who sees what."""

import json

import pytest
from django.test import Client

from annotations.services.comments import add_comment
from annotations.services.people import create_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(people):
    """ask("POST", address, body, by=..., version=...): the answer and its JSON."""
    tokens = {}

    def send(method, address, body=None, by="ana", version=None):
        if by not in tokens:
            tokens[by] = create_token(by=None, person=getattr(people, by), scope="manage")[1]
        headers = {"Authorization": f"Bearer {tokens[by]}"} | ({"If-Match": f'"{version}"'} if version else {})
        raw = b"" if body is None else json.dumps(body).encode()
        got = Client().generic(method, f"/api/v1{address}", raw, "application/json", headers=headers)
        return got.status_code, json.loads(got.content or b"{}")

    return send


def test_a_thread_from_a_question_to_a_guideline(ask, people, project, contested):
    on = f"claim:{contested.claims[0].pk}"
    status, first = ask("POST", "/projects/desk/comments/", {"on": on, "text": "Is it a claim, @ida?"})
    assert (status, first["on"], first["mentions"]) == (
        201, {"kind": "claim", "id": str(contested.claims[0].pk)}, [str(people.ida.pk)],
    )  # fmt: skip
    _, answer = ask("POST", "/projects/desk/comments/", {"on": on, "text": "It is.", "thread": first["id"]}, by="ida")
    assert answer["thread"] == first["id"]
    assert ask("PATCH", f"/comments/{first['id']}/", {"text": "Mine."}, by="ida", version=1)[0] == 403
    assert ask("POST", f"/comments/{answer['id']}/resolve/", by="ida", version=1)[0] == 409
    status, resolved = ask("POST", f"/comments/{first['id']}/resolve/", by="ida", version=1)
    assert (status, resolved["resolved_by"]) == (200, str(people.ida.pk))
    assert ask("POST", "/projects/desk/comments/", {"on": on, "text": "And?", "thread": first["id"]})[0] == 409
    body = {"text": "A denial is a claim.", "comment": first["id"], "reason": "Asked."}
    assert ask("POST", "/projects/desk/guidelines/", body, by="ida")[0] == 403
    status, version = ask("POST", "/projects/desk/guidelines/", body, by="max")
    assert (status, version["number"]) == (201, 1)
    assert ask("GET", f"/comments/{first['id']}/")[1]["guideline"] == version["id"]
    assert ask("POST", "/projects/desk/guidelines/", {**body, "version": 1, "text": "Old."}, by="max")[0] == 412


def test_lists_find_comments_by_what_they_are_on_and_whom_they_call(ask, people, project, contested):
    here = add_comment(by=people.ana, on=contested.dispute, text="@jo")
    add_comment(by=people.ben, on=contested.evidence, text="Why?")

    def found(query):
        return [row["id"] for row in ask("GET", f"/projects/desk/comments/?{query}")[1]["results"]]

    assert len(found("limit=9")) == 2
    only = [str(here.pk)]
    assert found(f"on=dispute:{contested.dispute.pk}") == only
    assert found(f"mentions={people.jo.pk}") == only
    assert found(f"author={people.ana.pk}&resolved=false") == only
    assert found("resolved=true") == []
    assert ask("GET", "/projects/desk/comments/?on=dispute")[0] == 422


def test_an_unknown_record_is_refused_in_the_words_of_a_foreign_one(ask, other_project, people, project, contested):
    for on in ("claim:nothing", f"label:{contested.dispute.pk}", f"claim:{contested.dispute.pk}", "claim:"):
        status, problem = ask("POST", "/projects/desk/comments/", {"on": on, "text": "Why?"})
        assert (status, list(problem["errors"])) == (422, ["on"])


def test_a_request_for_comment_from_asking_to_a_cell(ask, people, project, contested):
    at = f"/disputes/{contested.dispute.pk}/comment_requests/"
    agent, claim = contested.agents[0], contested.claims[0]
    asked = {"agent": str(agent.pk), "sent_at": "2023-11-15T09:00:00Z", "deadline": "2023-11-16T09:00:00Z"}
    status, row = ask("POST", at, asked)
    assert (status, row["outcome"], row["position"]) == (201, "awaited", None)
    assert [one["id"] for one in ask("GET", f"{at}?overdue=true")[1]["results"]] == [row["id"]]
    assert ask("GET", f"{at}?overdue=false")[1]["results"] == []
    here = f"/comment_requests/{row['id']}/"
    assert ask("POST", f"{here}record_outcome/", {"outcome": "no_reply", "fill_cells": True})[0] == 428
    status, row = ask("POST", f"{here}record_outcome/", {"outcome": "no_reply", "fill_cells": True}, version=1)
    position = ask("GET", f"/positions/{row['position']}/")[1]
    assert [one["stance"] for one in position["stances"].values()] == ["no_reply"]
    assert position["stated_on"] == "2023-11-16"
    said = {"stances": {str(claim.pk): {"stance": "deny", "evidence": [str(contested.evidence.pk)]}}}
    answered = {"outcome": "answered", "answer": "No.", "position": said}
    status, row = ask("POST", f"{here}record_outcome/", answered, version=2)
    assert ask("GET", f"/positions/{row['position']}/")[1]["stances"][str(claim.pk)]["stance"] == "deny"
    assert ask("DELETE", here, by="ben", version=3)[0] == 403
    assert ask("DELETE", here, version=3)[0] == 204
    assert ask("POST", f"{here}record_outcome/", {"outcome": "awaited"}, version=4)[0] == 409


def test_what_settles_a_dispute_and_what_does_not_is_said_and_changed(ask, project, contested):
    here = f"/disputes/{contested.dispute.pk}/"
    body = {"would_settle": "A recording.", "would_not_settle": "Another denial."}
    status, row = ask("PATCH", here, body, by="ida", version=1)
    assert (status, row["would_settle"], row["would_not_settle"]) == (200, "A recording.", "Another denial.")


def test_the_requests_of_a_project_stand_in_one_list(ask, people, contested):
    agent = str(contested.agents[0].pk)
    late = {"agent": agent, "sent_at": "2024-01-01T00:00:00Z", "deadline": "2024-01-02T00:00:00Z"}
    _, on_dispute = ask("POST", f"/disputes/{contested.dispute.pk}/comment_requests/", late)
    _, on_claim = ask("POST", f"/claims/{contested.claims[0].pk}/comment_requests/", {"agent": agent})
    status, everything = ask("GET", "/projects/desk/comment_requests/")
    assert (status, [row["id"] for row in everything["results"]]) == (200, [on_dispute["id"], on_claim["id"]])
    _, overdue = ask("GET", "/projects/desk/comment_requests/?overdue=true")
    assert [row["id"] for row in overdue["results"]] == [on_dispute["id"]]
