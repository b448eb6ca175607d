"""The guidelines of a project, and the versions in which they stood; a decision names the one that it used.

The newest version is the text of the project itself. A text without a number gets one when it is first changed or
first cited.
"""

from typing import Any

from annotations.models import Comment, GuidelineVersion, Person, Project
from annotations.policies.projects import may_edit_project
from annotations.services.fields import Checks, same_project
from annotations.services.write import Change, writing

LONGEST_GUIDELINES = 200_000
LONGEST_REASON = 2_000


def current_guidelines(*, by: Person, project: Project) -> GuidelineVersion | None:
    """The version that is in force, for a decision to cite; None while nobody has written any guidelines.

    A text that has no number yet gets one here, inside the change that cites it.
    """
    text = Project.objects.values_list("guidelines", flat=True).get(pk=project.pk)
    newest = newest_version(project)
    if newest is not None and newest.text == text:
        return newest
    if newest is None and not text:
        return None
    with writing(by, project.pk) as change:
        change.alone()
        newest = newest_version(project)
        if newest is not None and newest.text == text:
            return newest
        return change.add(next_version(by, project, text, ""), "guidelines_numbered")


def change_guidelines(
    *,
    by: Person,
    project: Project,
    text: str,
    reason: str = "",
    comment: Comment | None = None,
    version: int | None = None,
) -> GuidelineVersion:
    """Give the project another text of its guidelines; `comment` is the thread that led to it.

    Raises Refused, Invalid (also where the text is the one that stands), and Stale where `version` is given and old.
    """
    check_guidelines(text, reason)
    same_project(project.pk, comment=comment)
    with writing(by, project.pk) as change:
        change.allow(may_edit_project(by, project))
        change.alone()
        project.refresh_from_db()
        refuse_the_same(project, text)
        columns: dict[str, Any] = {"guidelines": text}
        row = versioned(by, project, text, reason)
        after = {"guideline_version": row.pk, "reason": reason} | ({"comment": comment.pk} if comment else {})
        change.edit(
            project, project.version if version is None else version, "guidelines_changed", after=after, **columns
        )
        if comment is not None:
            point_to(change, comment, row)
        return row


def versioned(by: Person, project: Project, text: str, reason: str = "") -> GuidelineVersion:
    """The version that a changed text becomes, stored without an event of its own: the project's event tells of it.

    The text that it replaces gets its number first, where it has none.
    """
    newest = newest_version(project)
    if project.guidelines and (newest is None or newest.text != project.guidelines):
        next_version(by, project, project.guidelines, "").save(force_insert=True)
    row = next_version(by, project, text, reason)
    row.save(force_insert=True)
    return row


def newest_version(project: Project) -> GuidelineVersion | None:
    rows = GuidelineVersion.objects.filter(project_id=project.pk).order_by("-number")
    newest: GuidelineVersion | None = rows.first()
    return newest


def next_version(by: Person, project: Project, text: str, reason: str) -> GuidelineVersion:
    newest = newest_version(project)
    return GuidelineVersion(
        project_id=project.pk, author=by, number=(newest.number if newest else 0) + 1, text=text, reason=reason
    )


def point_to(change: Change, comment: Comment, row: GuidelineVersion) -> None:
    """The thread names the version that it led to."""
    change.carry(comment, comment.version, guideline=row)


def check_guidelines(text: Any, reason: Any) -> None:
    checks = Checks()
    checks.text("text", text, longest=LONGEST_GUIDELINES)
    checks.text("reason", reason, longest=LONGEST_REASON)
    checks.done()


def refuse_the_same(project: Project, text: str) -> None:
    checks = Checks()
    if project.guidelines == text:
        checks.wrong("text", "The guidelines say this already.")
    checks.done()
