"""History pages: every record's, visible only where the record is, in words, with old and new values."""

from uuid import uuid4

import pytest

from annotations.models import Resolution
from annotations.services.claims import edit_claim, trash_claim
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_resolution,
)


@pytest.fixture
def records(people, project, article, contested):
    """Every kind of record with its id, as it stands in addresses."""
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,))}
    resolution = propose_resolution(by=people.ida, dispute=contested.dispute, verdicts=said, rationale="So.")
    dissent = dissent_from_resolution(by=people.max, resolution=resolution, reason="No.")
    approval = approve_resolution(by=people.jo, resolution=resolution)
    return {
        "agent": contested.agents[0],
        "annotation": contested.annotations[0],
        "approval": approval,
        "article": article,
        "claim": contested.claims[0],
        "dispute": contested.dispute,
        "dissent": dissent,
        "evidence": contested.evidence,
        "label": contested.annotations[0].label,
        "membership": project.memberships.first(),
        "mention": contested.claims[0].mentions.get(),
        "origin": contested.origin,
        "position": contested.positions[0],
        "project": project,
        "resolution": Resolution.objects.get(),
        "revision": article.revisions.get(),
        "source": contested.source,
        "verdict_scale": resolution.scale,
    }


def test_every_record_has_its_history(at, people, records):
    vera = at(people.vera)
    for kind, row in records.items():
        answer = vera.get(f"/history/{kind}/{row.pk}/")
        assert answer.status_code == 200, kind
        assert '<ol class="timeline">' in answer.content.decode(), kind


def test_whoever_may_not_see_the_record_sees_no_history(at, people, records):
    olu = at(people.olu)
    assert {olu.get(f"/history/{kind}/{row.pk}/").status_code for kind, row in records.items()} == {404}


def test_unknown_kinds_and_ids_are_not_found(at, people, records):
    vera = at(people.vera)
    claim = records["claim"].pk
    for path in (f"/history/person/{people.ida.pk}/", f"/history/claim/{uuid4()}/", f"/history/agent/{claim}/"):
        assert vera.get(path).status_code == 404
    assert vera.get(f"/history/dissent/{records['approval'].pk}/").status_code == 404


def test_blind_project_hides_others_records_with_their_history(at, people, project, records):
    project.blind = True
    project.save()
    assert at(people.ben).get(f"/history/claim/{records['claim'].pk}/").status_code == 404


def test_old_and_new_values_are_shown(at, people, contested):
    claim = contested.claims[1]
    edit_claim(by=people.ida, claim=claim, version=1, text="The meeting took place in May.", layer="said")
    page = at(people.vera).get(f"/history/claim/{claim.pk}/").content.decode()
    assert "<del>The meeting took place.</del> <ins>The meeting took place in May.</ins>" in page
    assert "<del>Is it so?</del> <ins>Did they say it?</ins>" in page
    assert "<b>Ida</b> changed the claim" in page


def test_history_of_a_trashed_record_stays(at, people, project):
    from annotations.services.claims import add_claim

    claim = add_claim(by=people.ana, project=project, text="Gone tomorrow.")
    trash_claim(by=people.ana, claim=claim, version=1)
    assert "moved to the trash" in at(people.vera).get(f"/history/claim/{claim.pk}/").content.decode()


def test_words_from_outside_stay_words(at, people, contested):
    edit_claim(by=people.ida, claim=contested.claims[1], version=1, note="<img src=x onerror=go()>")
    page = at(people.vera).get(f"/history/claim/{contested.claims[1].pk}/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_project_history_is_paged_by_number(at, people, project, contested):
    from annotations.services.claims import add_claim

    for number in range(60):
        add_claim(by=people.ana, project=project, text=f"Claim number {number}.")
    vera, path = at(people.vera), f"/projects/{project.slug}/history/"
    page = vera.get(path).content.decode()
    assert "Claim number 59." in page
    assert "opened the dispute" not in page
    before = page.split("?before=")[1].split('"')[0]
    assert "Claim number 5." in vera.get(path, {"before": before}).content.decode()
    assert vera.get(path, {"before": "nonsense"}).status_code == 200


def test_project_history_links_to_the_records(at, people, project, contested):
    page = at(people.vera).get(f"/projects/{project.slug}/history/").content.decode()
    assert f"/disputes/{contested.dispute.pk}/" in page
    assert f"/history/label/{contested.annotations[0].label_id}/" in page
