"""Projects, members, labels, articles, agents, sources, evidence and claims: what comes in goes out, and who may."""

import hashlib

import pytest

from annotations.models import Article, Revision
from tests.api.conftest import problem


@pytest.fixture
def desk(project):
    return f"/projects/{project.slug}"


# -- projects and members ---------------------------------------------------------------------------------------------


def test_made_project_has_its_maker_for_manager(boss):
    body = {"slug": "second", "name": "Second", "approvals_needed": {"claim": 1, "dispute": 2}, "zone": "Europe/Berlin"}
    answer = boss.post("/projects/", body)
    assert answer.status_code == 201
    assert answer["Location"] == "http://testserver/api/v1/projects/second/"
    row = answer.json()
    assert row["approvals_needed"] == {"claim": 1, "dispute": 2}
    members = boss.get("/projects/second/members/").json()["results"]
    assert [(member["username"], member["role"]) for member in members] == [("max", "manager")]


def test_making_a_project_is_a_right(ana):
    problem(ana.post("/projects/", {"slug": "mine"}), 403)


def test_taken_slug_is_409(boss, project):
    problem(boss.post("/projects/", {"slug": project.slug}), 409, "slug")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "no spaces"),
        ("slug", "x" * 61),
        ("zone", "Mars/Base"),
        ("zone", ["UTC"]),
        ("readers_per_article", 0),
        ("readers_per_article", True),
        ("blind", 1),
        ("grades", "true"),
        ("approvals_needed", {"claim": 0}),
        ("approvals_needed", {"other": 1}),
        ("approvals_needed", 1),
    ],
)
def test_wrong_setting_is_refused(boss, field, value):
    problem(boss.post("/projects/", {"slug": "second", field: value}), 422, field)


def test_settings_change_by_version(boss, desk):
    answer = boss.patch(f"{desk}/", {"guidelines": "# How we work"}, version=1)
    assert answer.json()["guidelines"] == "# How we work"
    problem(boss.patch(f"{desk}/", {"slug": "other"}, version=2), 422, "slug")


def test_members_come_change_and_go(boss, desk, people):
    answer = boss.post(f"{desk}/members/", {"username": "olu", "role": "viewer"})
    assert answer.status_code == 201
    at = f"/members/{answer.json()['id']}/"
    assert boss.patch(at, {"role": "annotator"}, version=1).json()["role"] == "annotator"
    assert boss.delete(at, version=2).status_code == 204
    names = [member["username"] for member in boss.get(f"{desk}/members/").json()["results"]]
    assert "olu" not in names


@pytest.mark.parametrize("username", ["nobody", "sam", "ANA ", ""])
def test_unknown_account_and_superuser_are_no_members(boss, desk, username):
    problem(boss.post(f"{desk}/members/", {"username": username, "role": "viewer"}), 422, "username")


def test_who_may_not_change_members_learns_nothing_of_accounts(ida, desk):
    said = [problem(ida.post(f"{desk}/members/", {"username": name, "role": "viewer"}), 403) for name in ("olu", "no")]
    assert said[0] == said[1]


def test_last_manager_stays(boss, desk, people, project):
    own = project.memberships.get(person=people.max)
    problem(boss.delete(f"/members/{own.pk}/", version=1), 422, "role")


# -- labels -----------------------------------------------------------------------------------------------------------


def test_key_is_made_from_the_name_and_stays(boss, desk):
    row = boss.post(f"{desk}/labels/", {"name": "Passive Voice"}).json()
    assert (row["key"], row["kind"], row["colour"]) == ("passive-voice", "span", 1)
    row = boss.patch(f"/labels/{row['id']}/", {"name": "Agentless"}, version=1).json()
    assert (row["key"], row["name"]) == ("passive-voice", "Agentless")
    problem(boss.patch(f"/labels/{row['id']}/", {"key": "other"}, version=2), 422, "key")


def test_retired_label_comes_back_by_either_way(boss, labels):
    at = f"/labels/{labels['claim'].pk}/"
    assert boss.patch(at, {"retired": True}, version=1).json()["retired"] is True
    assert boss.patch(at, {"retired": False, "name": "Claimed"}, version=2).json()["name"] == "Claimed"
    version = boss.get(at)["ETag"]
    assert boss.post(f"{at}retire/", version=version)["ETag"] != version
    assert boss.get(at).json()["retired"] is True


def test_stale_retiring_changes_nothing(boss, labels):
    at = f"/labels/{labels['claim'].pk}/"
    problem(boss.patch(at, {"retired": True, "name": "Other"}, version=7), 412)
    assert boss.get(at).json()["name"] == "Claim"


def test_labels_are_the_managers(ana, desk):
    problem(ana.post(f"{desk}/labels/", {"name": "Mine"}), 403)


def test_label_with_a_taken_key_or_shortcut_is_409(boss, desk, labels):
    problem(boss.post(f"{desk}/labels/", {"name": "Claim"}), 409, "key")
    problem(boss.post(f"{desk}/labels/", {"name": "New", "shortcut": "1"}), 409, "shortcut")


# -- articles ---------------------------------------------------------------------------------------------------------

TRICKY = " \ufeffa\r\nb\rc\u2028Cafe\u0301 👩‍👩‍👧 سلام\u200cها \t\n\n"


def test_text_is_kept_code_point_for_code_point(boss, desk):
    body = {"title": "T", "text": TRICKY, "url": "https://example.org/a", "published_on": "2023-11", "language": "fa"}
    answer = boss.post(f"{desk}/articles/", body)
    row = boss.get(answer["Location"]).json()
    assert row["revision"]["text"] == TRICKY
    assert row["revision"]["sha256"] == hashlib.sha256(TRICKY.encode()).hexdigest()
    assert row["revision"]["code_points"] == len(TRICKY)
    assert answer.json() == row


def test_lists_of_articles_and_revisions_hold_no_text(boss, desk, article):
    listed = boss.get(f"{desk}/articles/").json()["results"]
    assert listed[0]["revision"]["number"] == 1
    assert "text" not in listed[0]["revision"]
    revision = boss.get(f"/articles/{article.pk}/revisions/").json()["results"][0]
    assert "text" not in revision
    assert boss.get(f"/revisions/{revision['id']}/").json()["text"] == article.revision.text


def test_text_does_not_change(boss, article):
    problem(boss.patch(f"/articles/{article.pk}/", {"text": "New"}, version=1), 422, "text")
    assert Revision.objects.get(article=article).text == article.revision.text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "//example.org",
        "ftp://example.org/",
        "http://",
        " http://a",
    ],
)
def test_address_that_is_none_is_refused(boss, desk, url):
    problem(boss.post(f"{desk}/articles/", {"title": "T", "text": "t", "url": url}), 422, "url")
    problem(boss.post(f"{desk}/sources/", {"title": "T", "kind": "article", "url": url}), 422, "url")
    assert not Article.objects.exists()


def test_external_id_is_found_and_unique(boss, desk):
    body = {"title": "T", "text": "t", "external_id": "a/1"}
    first = boss.post(f"{desk}/articles/", body).json()
    problem(boss.post(f"{desk}/articles/", body), 409, "external_id")
    assert [row["id"] for row in boss.get(f"{desk}/articles/?external_id=a/1").json()["results"]] == [first["id"]]


def test_restore_that_clashes_is_409(boss, desk):
    body = {"title": "T", "text": "t", "external_id": "a"}
    at = f"/articles/{boss.post(f'{desk}/articles/', body).json()['id']}/"
    tag = boss.delete(at, version=1)["ETag"]
    boss.post(f"{desk}/articles/", body)
    problem(boss.post(f"{at}restore/", version=tag), 409, "external_id")


def test_time_needs_its_zone(boss, desk):
    body = {"title": "T", "text": "t", "retrieved_at": "2023-11-16T09:30:00"}
    problem(boss.post(f"{desk}/articles/", body), 422, "retrieved_at")
    row = boss.post(f"{desk}/articles/", {**body, "retrieved_at": "2023-11-16T10:30:00+01:00"}).json()
    revision = boss.get(f"/revisions/{row['revision']['id']}/").json()
    assert revision["retrieved_at"] == "2023-11-16T09:30:00.000000Z"


@pytest.mark.parametrize("date", ["16.11.2023", "2023-13", "2023-02-30", "23", "2023-1", 2023, None])
def test_date_that_is_none_is_refused(boss, desk, date):
    problem(boss.post(f"{desk}/articles/", {"title": "T", "text": "t", "published_on": date}), 422, "published_on")


# -- claims and evidence ----------------------------------------------------------------------------------------------


def test_claim_comes_from_annotations_and_moves_by_version(ana, ida, desk, mark, people):
    said = mark("the visitor was told to stay silent")
    body = {"text": "He was told.", "types": ["Event/Property"], "mentions": [str(said.pk)], "deadline": "2026-12-01"}
    answer = ana.post(f"{desk}/claims/", body)
    row = answer.json()
    assert (row["state"], row["mentions"], row["deadline"]) == ("inbox", [str(said.pk)], "2026-12-01")
    at = f"/claims/{row['id']}/"
    problem(ana.post(f"{at}take/", version=1), 403)
    taken = ida.post(f"{at}take/", version=1)
    assert taken["ETag"] == '"2"'
    assert taken.json()["owner"] == str(people.ida.pk)
    problem(ida.post(f"{at}take/", version=2), 409)
    problem(ida.post(f"{at}park/", version=2), 422, "reason")
    assert ida.post(f"{at}park/", {"reason": "Waiting."}, version=2).json()["state"] == "parked"
    assert ida.post(f"{at}resume/", version=3).json()["state"] == "inbox"
    assert ida.post(f"{at}reject/", {"reason": "No claim."}, version=4).json()["state_reason"] == "No claim."
    assert ida.post(f"{at}reconsider/", version=5).json()["state"] == "inbox"
    assert [row["id"] for row in ana.get(f"{desk}/claims/?state=inbox").json()["results"]] == [row["id"]]
    assert ana.get(f"{desk}/claims/?state=parked").json()["results"] == []


def test_mention_goes_through_an_attribution(ana, article, mark, contested):
    annotation = mark("Both sides say")
    claim = f"/claims/{contested.claims[1].pk}/mentions/"
    mention = ana.post(claim, {"annotation": str(annotation.pk)}).json()
    problem(ana.post(claim, {"annotation": str(annotation.pk)}), 409, "annotation")
    body = {"content": str(annotation.pk), "agent": str(contested.agents[0].pk), "form": "indirect", "tone": "neutral"}
    attribution = ana.post(f"/articles/{article.pk}/attributions/", body).json()
    assert attribution["revision"] == str(annotation.revision_id)
    at = f"/mentions/{mention['id']}/"
    changed = ana.patch(at, {"attribution": attribution["id"]}, version=1).json()
    assert changed["attribution"] == attribution["id"]
    assert ana.patch(at, {}, version=2).json()["attribution"] == attribution["id"]
    assert ana.patch(at, {"attribution": None}, version=2).json()["attribution"] is None
    assert ana.delete(at, version=3).status_code == 204


def test_attribution_keeps_speakers_honest(ana, article, contested):
    text, at = article.revision.text, f"/articles/{article.pk}/attributions/"
    start = text.index("Osama Hamdan")
    span = {"speaker_segments": [[start, start + 12]], "speaker_quote": "Osama Hamdan"}
    agent = {"agent": str(contested.agents[1].pk)}
    row = ana.post(at, {**agent, **span}).json()
    assert (row["speaker_quote"], row["basis"], row["article"]) == ("Osama Hamdan", "stated", str(article.pk))
    problem(ana.post(at, {**agent, **span, "speaker_quote": "Osama"}), 422, "speaker_quote")
    problem(ana.post(at, {**agent, **span, "basis": "external"}), 422, "basis")
    problem(ana.post(at, {**agent, "basis": "external"}), 422, "evidence")
    place = f"/attributions/{row['id']}/"
    assert ana.patch(place, {"tone": "distancing"}, version=1).json()["tone"] == "distancing"
    tag = ana.delete(place, version=2)["ETag"]
    assert ana.post(f"{place}restore/", version=tag).json()["trashed"] is False


def test_evidence_says_what_it_rests_on(ana, contested):
    at = f"/claims/{contested.claims[0].pk}/evidence/"
    body = {
        "source": str(contested.source.pk),
        "stance": "refutes",
        "ground": "document",
        "quote": "“no”",
        "locator": "p. 3",
    }
    row = ana.post(at, {**body, "credibility": 3, "origin": str(contested.origin.pk)}).json()
    assert row["origin"] == str(contested.origin.pk)
    row = ana.patch(f"/evidence/{row['id']}/", {"origin": None, "credibility": None}, version=1).json()
    assert (row["origin"], row["credibility"]) == (None, None)
    for field, value in {"credibility": 7, "stance": "likes", "ground": "rumour", "source": None, "origin": 5}.items():
        problem(ana.post(at, {**body, field: value}), 422, field)


def test_sources_and_origins_go_round(ana, desk, contested):
    source = ana.post(
        f"{desk}/sources/",
        {
            "kind": "document",
            "title": "Report",
            "publisher": str(contested.agents[0].pk),
            "citation": {"author": [{"family": "A"}], "issued": {"date-parts": [[2023, 11]]}},
            "level": "primary",
        },
    ).json()
    assert source["citation"]["issued"]["date-parts"] == [[2023, 11]]
    found = ana.get(f"{desk}/sources/?publisher={contested.agents[0].pk}&kind=document").json()["results"]
    assert [row["id"] for row in found] == [source["id"]]
    assert ana.patch(f"/sources/{source['id']}/", {"publisher": None}, version=1).json()["publisher"] is None
    origin = ana.post(f"{desk}/origins/", {"label": "The film"}).json()
    assert ana.patch(f"/origins/{origin['id']}/", {"label": "Film"}, version=1).json()["label"] == "Film"
    for noun, row in (("sources", source), ("origins", origin)):
        tag = ana.delete(f"/{noun}/{row['id']}/", version=2)["ETag"]
        assert ana.post(f"/{noun}/{row['id']}/restore/", version=tag).status_code == 200


def test_what_others_made_is_the_adjudicators_to_change(api, ana, contested):
    at = f"/evidence/{contested.evidence.pk}/"
    problem(api("ben").patch(at, {"note": "mine now"}, version=1), 403)
    assert api("jo").patch(at, {"note": "seen"}, version=1).status_code == 200
