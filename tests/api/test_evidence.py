"""Confidential notes through the API: by whom the policy lets, in their words at these addresses alone."""

import pytest

from annotations.models import ConfidentialNote, Event
from tests.api.conftest import problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", ["evidence", "sources"])
def test_a_note_is_written_read_changed_taken_away_and_put_back(api, people, contested, on):
    about = contested.evidence if on == "evidence" else contested.source
    at, ben, ida = f"/{on}/{about.pk}/confidential_notes/", api("ben"), api("ida")
    made = ben.post(at, {"text": "The clerk."}, key="k")
    assert made.status_code == 201
    row = made.json()
    assert (row["evidence"], row["source"]).count(None) == 1
    assert str(about.pk) in (row["evidence"], row["source"])
    assert ben.post(at, {"text": "The clerk."}, key="k").json() == row
    note = f"/confidential_notes/{row['id']}/"
    assert [api(name).get(at).json()["results"] == [row] for name in ("ben", "ida", "ana", "vera")] == [
        True, True, False, False
    ]  # fmt: skip
    problem(api("ana").get(note), 404)
    problem(api("vera").post(at, {"text": "I look."}), 403)
    problem(ben.patch(note, {"text": ""}, version=1), 422, "text")
    assert ida.patch(note, {"text": "The clerk, called back."}, version=1).json()["version"] == 2
    problem(ben.patch(note, {"text": "Mine."}, version=1), 412)
    assert ben.delete(note, version=2).status_code == 204
    assert ida.get(at).json()["results"] == []
    assert len(ida.get(f"{at}?trashed=true").json()["results"]) == 1
    assert ida.post(f"{note}restore/", version=3).json()["trashed"] is False
    assert ConfidentialNote.objects.get().text == "The clerk, called back."
    bodies = " ".join(Event.objects.filter(object_id=row["id"]).values_list("body", flat=True))
    assert "clerk" not in bodies
