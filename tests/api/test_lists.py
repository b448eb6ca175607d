"""Lists: every row once, in pages, whatever happens meanwhile."""

import pytest

from annotations.services.agents import add_agent
from tests.api.conftest import problem


@pytest.fixture
def agents(project):
    return f"/projects/{project.slug}/agents/"


@pytest.fixture
def seven(people, project):
    return [add_agent(by=people.ana, project=project, kind="person", name=f"N{number}") for number in range(7)]


def walk(client, path, meanwhile=lambda: None):
    rows = []
    while path:
        page = client.get(path).json()
        rows += page["results"]
        path = page["next"]
        meanwhile()
    return [row["name"] for row in rows]


@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7, 8, 1000])
def test_pages_hold_every_row_once(ana, agents, seven, limit):
    assert walk(ana, f"{agents}?limit={limit}") == [agent.name for agent in seven]


def test_newest_come_first_if_asked(ana, agents, seven):
    assert walk(ana, f"{agents}?limit=3&order=newest") == [agent.name for agent in reversed(seven)]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_row_added_meanwhile_doubles_and_hides_nothing(ana, agents, seven, people, project, order):
    count = iter(range(3))

    def meanwhile():
        if next(count, None) is not None:
            add_agent(by=people.ana, project=project, kind="person", name="new")

    found = walk(ana, f"{agents}?limit=2&order={order}", meanwhile)
    assert sorted(name for name in found if name != "new") == [agent.name for agent in seven]


def test_next_keeps_the_filters_and_the_limit(ana, agents, seven, people, project):
    add_agent(by=people.ana, project=project, kind="body", name="B")
    page = ana.get(f"{agents}?kind=person&limit=3").json()
    assert "kind=person" in page["next"]
    assert "limit=3" in page["next"]
    assert page["next"].startswith("http://testserver/api/v1/projects/")
    assert "B" not in walk(ana, f"{agents}?kind=person&limit=3")


def test_last_page_has_no_next(ana, agents, seven):
    page = ana.get(f"{agents}?limit=7").json()
    assert page["next"] is None
    assert set(page) == {"next", "results"}


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "x", "", "1.0", "١", "9" * 30])
def test_other_limits_are_422(ana, agents, limit):
    problem(ana.get(f"{agents}?limit={limit}"), 422, "limit")


@pytest.mark.parametrize(
    "cursor", ["x", "", "after-1", "after-" + "g" * 32, "sideways-" + "0" * 32, "after-" + "0" * 33]
)
def test_made_up_cursors_are_422(ana, agents, cursor):
    problem(ana.get(f"{agents}?cursor={cursor}"), 422, "cursor")


def test_trash_has_a_list_of_its_own(ana, agents, seven):
    ana.delete(f"/agents/{seven[0].pk}/", version=1)
    assert len(ana.get(agents).json()["results"]) == 6
    assert [row["name"] for row in ana.get(f"{agents}?trashed=true").json()["results"]] == ["N0"]
    problem(ana.get(f"{agents}?trashed=1"), 422, "trashed")


@pytest.mark.parametrize("query", ["kind=nobody", "order=random", "trashed=yes"])
def test_unknown_words_are_422(ana, agents, query):
    problem(ana.get(f"{agents}?{query}"), 422, query.partition("=")[0])
