"""Nothing of a project is seen, named or changed from outside it, and the refusal is the same as for what is not there.

The addresses come from the schema, so that a new one is tested without anybody thinking of it.
"""

import re

import pytest

from annotations.api.records import __dict__ as records
from annotations.api.schema import whole_schema
from annotations.models import Event
from annotations.services import agents, articles, claims, labels, sources
from annotations.services.annotations import add_annotation
from annotations.services.evidence import add_evidence
from annotations.services.projects import edit_project
from tests.api.conftest import problem

NOWHERE = "00000000-0000-7000-8000-000000000000"
IN_PROJECTS = [path for path in whole_schema()["paths"] if "{" in path]


@pytest.fixture
def addresses(project, contested, mark, ida, article):
    """Every address with a parameter, filled with a record of the project that is there."""
    dispute = contested.dispute
    verdict = {"verdict": "disputed", "evidence": [str(contested.evidence.pk)]}
    proposal = {"verdicts": {str(contested.claims[0].pk): verdict}, "rationale": "So."}
    resolution = ida.post(f"/disputes/{dispute.pk}/resolutions/", proposal).json()["id"]
    attribution = ida.post(f"/articles/{article.pk}/attributions/", {"agent": str(contested.agents[0].pk)}).json()["id"]
    ids = {
        "members": project.memberships.first().pk,
        "labels": contested.annotations[0].label_id,
        "articles": article.pk,
        "revisions": article.revision.pk,
        "annotations": contested.annotations[0].pk,
        "attributions": attribution,
        "agents": contested.agents[0].pk,
        "claims": contested.claims[0].pk,
        "mentions": contested.claims[0].mentions.first().pk,
        "evidence": contested.evidence.pk,
        "sources": contested.source.pk,
        "origins": contested.origin.pk,
        "disputes": dispute.pk,
        "positions": contested.positions[0].pk,
        "resolutions": resolution,
    }

    def filled(path, pk=None):
        noun = re.match(r"/api/v1/(\w+)/", path)[1]
        slug = project.slug if pk is None and noun == "projects" else NOWHERE
        if "{source}" in path:  # its own id is the second
            return path.format(source=contested.source.pk, id=NOWHERE)
        return path.format(slug=slug, id=pk or ids.get(noun, NOWHERE))

    return filled


def query_of(path, method="get"):
    """What an address cannot be asked without."""
    if "export" in path:
        return "?format=jsonl"
    if path.endswith("{slug}/claims/similar/"):
        return "?text=visitor"
    return "?words=visitor" if path.endswith("{slug}/occurrences/") and method == "get" else ""


def test_stranger_is_told_what_is_told_of_nothing(api, addresses):
    stranger = api("olu")
    before = Event.objects.count()
    for path in IN_PROJECTS:
        for method in whole_schema()["paths"][path]:
            here, nowhere = (
                stranger.send(method.upper(), where + query_of(path, method), body, version=1)
                for where, body in ((addresses(path), {}), (addresses(path, NOWHERE), None))
            )
            assert problem(here, 404) == problem(nowhere, 404), f"{method} {path}"
    assert Event.objects.count() == before


def test_viewer_changes_nothing(api, addresses):
    viewer = api("vera")
    before = Event.objects.count()
    for path in IN_PROJECTS:
        for method in set(whole_schema()["paths"][path]) - {"get"}:
            answer = viewer.send(method.upper(), addresses(path), {}, version=1)
            assert answer.status_code in (403, 404, 409, 412, 422), f"{method} {path}"
    assert Event.objects.count() == before


def test_viewer_reads_everything(api, addresses):
    viewer = api("vera")
    for path in IN_PROJECTS:
        if "get" in whole_schema()["paths"][path] and NOWHERE not in addresses(path):
            answer = viewer.get(addresses(path) + query_of(path))
            assert answer.status_code == 200, path


# -- ids in bodies ----------------------------------------------------------------------------------------------------


@pytest.fixture
def foreign(people, other_project):
    """One record of each kind in somebody else's project."""
    by, project = people.stranger, other_project
    article = articles.add_article(by=by, project=project, title="T", text="Foreign words")
    label = labels.add_label(by=by, project=project, name="Foreign")
    claim = claims.add_claim(by=by, project=project, text="So.")
    source = sources.add_source(by=by, project=project, kind="article", title="T")
    return {
        "agent": agents.add_agent(by=by, project=project, kind="person", name="N"),
        "label": label,
        "annotation": add_annotation(by=by, article=article, segments=[[0, 7]], quote="Foreign", label=label),
        "claim": claim,
        "source": source,
        "origin": sources.add_origin(by=by, project=project, label="O"),
        "evidence": add_evidence(by=by, claim=claim, source=source, stance="supports", ground="document"),
        "revision": article.revision,
        "member": people.stranger,
    }


def bodies(project, contested, article):
    """Where a body names a record: the address, the body with `ID` for the record, the field, the record's kind."""
    claim, agent, source = (str(row.pk) for row in (contested.claims[0], contested.agents[0], contested.source))
    desk, text, dispute = f"/projects/{project.slug}", f"/articles/{article.pk}", f"/disputes/{contested.dispute.pk}"
    proof, place = {"stance": "supports", "ground": "document"}, {"segments": [[0, 7]], "quote": "Reuters"}
    spans, cited = ({claim: {"stance": "deny", name: ["ID"]}} for name in ("spans", "evidence"))
    judged = {claim: {"verdict": "disputed", "evidence": ["ID"]}}
    return [
        (f"{text}/annotations/", {**place, "label": "ID"}, "label", "label"),
        (f"{text}/annotations/", {**place, "label": "claim", "revision": "ID"}, "revision", "revision"),
        (f"{text}/attributions/", {"agent": "ID"}, "agent", "agent"),
        (f"{text}/attributions/", {"content": "ID"}, "content", "annotation"),
        (f"{desk}/labels/", {"name": "New", "parent": "ID"}, "parent", "label"),
        (f"{desk}/sources/", {"kind": "article", "title": "T", "publisher": "ID"}, "publisher", "agent"),
        (f"{desk}/claims/", {"text": "So.", "mentions": ["ID"]}, "mentions", "annotation"),
        (f"{desk}/claims/", {"text": "So.", "owner": "ID"}, "owner", "member"),
        (f"/claims/{claim}/mentions/", {"annotation": "ID"}, "annotation", "annotation"),
        (f"/claims/{claim}/evidence/", {**proof, "source": "ID"}, "source", "source"),
        (f"/claims/{claim}/evidence/", {**proof, "source": source, "origin": "ID"}, "origin", "origin"),
        (f"{desk}/disputes/", {"question": "Q?", "statements": ["ID"]}, "statements", "claim"),
        (f"{dispute}/positions/", {"agent": "ID", "stances": {}}, "agent", "agent"),
        (f"{dispute}/positions/", {"agent": agent, "stances": {"ID": "deny"}}, "stances", "claim"),
        (f"{dispute}/positions/", {"agent": agent, "stances": spans}, "stances", "annotation"),
        (f"{dispute}/positions/", {"agent": agent, "stances": cited}, "stances", "evidence"),
        (f"{dispute}/resolutions/", {"verdicts": judged, "rationale": "So."}, "verdicts", "evidence"),
    ]


def with_id(part, pk):
    if isinstance(part, dict):
        return {with_id(name, pk): with_id(value, pk) for name, value in part.items()}
    if isinstance(part, list):
        return [with_id(value, pk) for value in part]
    return pk if part == "ID" else part


def test_foreign_unknown_and_broken_ids_are_refused_in_the_same_words(boss, project, contested, article, foreign):
    before = Event.objects.count()
    for path, body, field, kind in bodies(project, contested, article):
        pks = [str(foreign[kind].pk), NOWHERE, "17", "x" * 36]
        words = [problem(boss.post(path, with_id(body, pk)), 422, field) for pk in pks]
        assert words[0] == words[1] == words[2] == words[3], body
    assert Event.objects.count() == before


def test_record_in_the_trash_is_named_like_an_unknown_one(ana, project, contested):
    path = f"/claims/{contested.claims[0].pk}/evidence/"
    body = {"stance": "supports", "ground": "document"}
    source = ana.post(f"/projects/{project.slug}/sources/", {"kind": "article", "title": "T"}).json()["id"]
    ana.delete(f"/sources/{source}/", version=1)
    gone = problem(ana.post(path, {**body, "source": source}), 422, "source")
    assert gone == problem(ana.post(path, {**body, "source": NOWHERE}), 422, "source")


# -- blind projects ---------------------------------------------------------------------------------------------------


def test_annotator_of_a_blind_project_sees_their_own_alone(api, people, project, mark):
    mine, theirs = mark("Pure lies", by=people.ana), mark("slander", by=people.ben)
    edit_project(by=people.max, project=project, version=1, blind=True)
    path = f"/projects/{project.slug}/annotations/"
    assert [row["id"] for row in api("ana").get(path).json()["results"]] == [str(mine.pk)]
    problem(api("ana").get(f"/annotations/{theirs.pk}/"), 404)
    problem(api("ana").delete(f"/annotations/{theirs.pk}/", version=1), 404)
    assert len(api("ida").get(path).json()["results"]) == 2
    events = api("ana").get(f"/projects/{project.slug}/events/?limit=1000").json()["results"]
    assert {event["person"] for event in events} == {str(people.ana.pk)}


def test_every_kind_of_record_stands_behind_visible_to():
    shown = [value for name, value in records.items() if name.isupper()]
    assert len(shown) == 44
    assert all(hasattr(one.model._default_manager.all(), "visible_to") for one in shown)
