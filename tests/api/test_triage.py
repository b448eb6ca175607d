"""What claims are ranked by, through the API: a preset is taken whole, and adds nothing twice."""

import pytest

from tests.api.conftest import problem

pytestmark = pytest.mark.django_db


def test_fable_is_set_up_by_a_manager_once(api, project):
    at, boss = f"/projects/{project.slug}/triage_criteria/", api("max")
    made = boss.post(f"{at}preset/", {"preset": "fable"}, key="k")
    assert made.status_code == 201
    assert made["Location"].endswith(f"/api/v1{at}")
    names = [row["key"] for row in made.json()["results"]]
    assert names == ["fragmentation", "actionability", "believability", "spread", "exploitativeness"]
    assert boss.post(f"{at}preset/", {"preset": "fable"}, key="k").json() == made.json()
    assert boss.post(f"{at}preset/", {}).json() == {"results": []}
    assert len(boss.get(at).json()["results"]) == 5
    problem(boss.post(f"{at}preset/", {"preset": "other"}), 422, "preset")
    problem(api("ida").post(f"{at}preset/", {}), 403)
