"""The guidelines of a project in their versions."""

from typing import Any

from annotations.api.actions import adds, lists
from annotations.api.named import with_records
from annotations.api.records import GUIDELINE_VERSION, PROJECT
from annotations.api.serializers.guidelines import GuidelinesBody
from annotations.models import Comment, GuidelineVersion, Person, Project
from annotations.services import guidelines


@lists(GUIDELINE_VERSION, find=PROJECT.find)
def list_guidelines(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The versions of a project's guidelines. The newest is the project's own text."""
    return GuidelineVersion.objects.visible_to(person).filter(project=project)


@adds(GUIDELINE_VERSION, GuidelinesBody, find=PROJECT.find)
def change_guidelines(person: Person, project: Project, fields: dict[str, Any]) -> GuidelineVersion:
    """Give the project another text of its guidelines."""
    fields = with_records(fields, person, project, comment=Comment)
    return guidelines.change_guidelines(by=person, project=project, **fields)
