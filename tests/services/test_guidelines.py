"""Guidelines stand in versions: the newest is the project's own text, and the one that was replaced is kept."""

import pytest

from annotations.core.errors import Invalid, Refused, Stale
from annotations.models import Event, GuidelineVersion
from annotations.services.guidelines import change_guidelines, current_guidelines
from annotations.services.projects import edit_project

pytestmark = pytest.mark.django_db


def numbered(project):
    return list(GuidelineVersion.objects.filter(project=project).order_by("number").values_list("number", "text"))


def test_a_project_without_guidelines_has_none_to_cite(people, project):
    assert current_guidelines(by=people.ida, project=project) is None


def test_a_text_from_before_gets_its_number_when_it_is_first_cited(people, project):
    edit_project(by=people.max, project=project, version=project.version, guidelines="Mark everything.")
    cited = current_guidelines(by=people.ida, project=project)
    assert (cited.number, cited.text) == (1, "Mark everything.")
    assert current_guidelines(by=people.jo, project=project) == cited


def test_a_text_without_a_number_is_kept_as_the_first_when_it_is_changed(people, project):
    type(project).objects.filter(pk=project.pk).update(guidelines="As they were.")
    project.refresh_from_db()
    change_guidelines(by=people.max, project=project, text="As they are.", reason="A question came up.")
    assert numbered(project) == [(1, "As they were."), (2, "As they are.")]
    project.refresh_from_db()
    assert project.guidelines == "As they are."


def test_citing_numbers_a_text_once(people, project):
    type(project).objects.filter(pk=project.pk).update(guidelines="As they were.")
    first = current_guidelines(by=people.ida, project=project)
    assert current_guidelines(by=people.jo, project=project) == first
    assert Event.objects.filter(verb="guidelines_numbered").count() == 1


def test_the_settings_make_a_version_too_and_one_event_tells_of_both(people, project):
    edit_project(by=people.max, project=project, version=project.version, guidelines="First.", name="Renamed")
    assert numbered(project) == [(1, "First.")]
    event = Event.objects.order_by("-number").filter(project=project).first()
    assert event.verb == "project_edited"
    assert "guideline_version" in event.body
    edit_project(by=people.max, project=project, version=project.version, guidelines="First.")
    assert numbered(project) == [(1, "First.")]


def test_only_managers_change_them_and_never_over_a_newer_version(people, project):
    with pytest.raises(Refused):
        change_guidelines(by=people.ida, project=project, text="Mine.")
    old = project.version
    change_guidelines(by=people.max, project=project, text="One.", version=old)
    with pytest.raises(Stale):
        change_guidelines(by=people.max, project=project, text="Two.", version=old)
    assert numbered(project) == [(1, "One.")]


def test_the_same_text_is_no_new_version(people, project):
    change_guidelines(by=people.max, project=project, text="One.")
    with pytest.raises(Invalid, match="say this already"):
        change_guidelines(by=people.max, project=project, text="One.")
