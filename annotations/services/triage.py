"""Triage: what claims are ranked by, and how each of them does. The priority of a claim is kept as marks and weights
change.

A priority is computed and no column that people change: it moves no version, and no event of the claim tells of it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from annotations.core.errors import Clash, Stale
from annotations.core.sentences import say
from annotations.core.triage import FABLE, PLAIN, WORTH, Criterion
from annotations.models import Claim, Person, Project, TriageCriterion, TriageMark
from annotations.models.triage import TRIAGE_LEVELS
from annotations.policies.triage import may_add_mark, may_edit_criteria, may_edit_mark
from annotations.services.claims import refuse_merged
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import Change, writing

EDITABLE = ("key", "name", "question", "weight", "order")
A_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


# -- criteria ---------------------------------------------------------------------------------------------------------


def add_criterion(*, by: Person, project: Project, name: str, **fields: Any) -> TriageCriterion:
    """Set up what claims are ranked by. The key is made of the name where none is given. Raises Refused, Invalid,
    Clash."""
    only_known(fields, EDITABLE)
    fields |= {"name": name, "key": fields.get("key") or slugify(str(name))[:40]}
    check_fields(fields)
    with writing(by, project.pk) as change:
        change.allow(may_edit_criteria(by, project.pk))
        return change.add(TriageCriterion(project=project, author=by, **fields), "triage_criterion_added")


def edit_criterion(*, by: Person, criterion: TriageCriterion, version: int, **fields: Any) -> TriageCriterion:
    """Word or weigh a criterion anew; another weight ranks all that it rates anew. Raises Refused, Invalid, Stale."""
    only_known(fields, EDITABLE)
    check_fields(fields)
    with writing(by, criterion.project_id) as change:
        change.allow(may_edit_criteria(by, criterion.project_id))
        change.alone()
        is_weighed = fields.get("weight", criterion.weight) != criterion.weight
        change.edit(criterion, version, "triage_criterion_edited", **fields)
        if is_weighed:
            weigh(rated_by(criterion))
        return criterion


def trash_criterion(*, by: Person, criterion: TriageCriterion, version: int) -> TriageCriterion:
    """Rank by this no longer; its marks are kept for when it is taken back."""
    with writing(by, criterion.project_id) as change:
        change.allow(may_edit_criteria(by, criterion.project_id))
        change.alone()
        trash(change, criterion, version, "triage_criterion_trashed")
        weigh(rated_by(criterion))
        return criterion


def restore_criterion(*, by: Person, criterion: TriageCriterion, version: int) -> TriageCriterion:
    """Rank by this again."""
    with writing(by, criterion.project_id) as change:
        change.allow(may_edit_criteria(by, criterion.project_id))
        change.alone()
        restore(change, criterion, version, "triage_criterion_restored")
        weigh(rated_by(criterion))
        return criterion


def take_preset(*, by: Person, project: Project, preset: Iterable[Criterion] = FABLE) -> list[TriageCriterion]:
    """Set up those criteria of a preset that the project does not have; the ones that were made."""
    with writing(by, project.pk) as change:
        change.allow(may_edit_criteria(by, project.pk))
        change.alone()
        known = set(TriageCriterion.objects.active().filter(project=project).values_list("key", flat=True))
        return [
            change.add(of_preset(by, project.pk, one, order), "triage_criterion_added")
            for order, one in enumerate(preset, 1)
            if one.key not in known
        ]


def of_preset(by: Person, project_id: Any, one: Criterion, order: int) -> TriageCriterion:
    return TriageCriterion(
        project_id=project_id, author=by, order=order, key=one.key, name=str(one.name), question=str(one.question)
    )


def check_fields(fields: Mapping[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "key" if not (isinstance(value, str) and A_KEY.fullmatch(value)):
                checks.wrong(name, "A key is 1 to 40 small letters, digits, hyphens or underscores.")
            case "name":
                checks.text(name, value, required=True, longest=80)
            case "question":
                checks.text(name, value)
            case "weight":
                checks.number(name, value, 0, 10)
            case "order":
                checks.number(name, value, 0, 1_000)
    checks.done()


# -- marks ------------------------------------------------------------------------------------------------------------


class Rating(NamedTuple):
    """A level under a criterion, and why; no level takes the mark away. `seen` is the version of the mark that this is
    given in place of, 0 for none; without it, it is given whatever stands there."""

    level: str
    reason: str = ""
    seen: int | None = None


def add_triage_mark(
    *, by: Person, claim: Claim, level: str, criterion: TriageCriterion | None = None, reason: str = ""
) -> TriageMark:
    """Say how a claim does under a criterion; without one, under the plain one that every project has. Raises Refused,
    Invalid, Clash."""
    check_rating(Rating(level, reason))
    same_project(claim.project_id, criterion=criterion)
    with writing(by, claim.project_id) as change:
        change.allow(may_add_mark(by, claim.project_id))
        change.alone()
        refuse_merged(claim)
        criterion = criterion or plain_criterion(change, by, claim.project_id)
        if TriageMark.objects.active().filter(claim=claim, criterion=criterion).exists():
            words = "This claim has a mark under this criterion already; change that one."
            raise Clash(words, errors={"criterion": [words]})
        return marked(change, by, claim, criterion, Rating(level, reason))


def marked(change: Change, by: Person, claim: Claim, criterion: TriageCriterion, rating: Rating) -> TriageMark:
    mark = TriageMark(
        project_id=claim.project_id,
        author=by,
        claim=claim,
        criterion=criterion,
        level=rating.level,
        reason=rating.reason,
    )
    change.add(mark, "triage_mark_added")
    weigh([claim.pk])
    return mark


def plain_criterion(change: Change, by: Person, project_id: Any) -> TriageCriterion:
    """The project's plain high, medium and low; set up by whoever first needs it. Called behind `change.alone()`."""
    known = TriageCriterion.objects.active().filter(project_id=project_id, key=PLAIN.key).first()
    return known or change.add(of_preset(by, project_id, PLAIN, 0), "triage_criterion_added")


def edit_triage_mark(*, by: Person, mark: TriageMark, version: int, **fields: Any) -> TriageMark:
    """Another level, or another reason. Raises Refused, Invalid, Stale."""
    only_known(fields, ("level", "reason"))
    check_rating(Rating(fields.get("level", mark.level), fields.get("reason", mark.reason)))
    with writing(by, mark.project_id) as change:
        change.allow(may_edit_mark(by, mark))
        change.alone()
        change.edit(mark, version, "triage_mark_edited", **fields)
        weigh([mark.claim_id])
        return mark


def trash_triage_mark(*, by: Person, mark: TriageMark, version: int) -> TriageMark:
    """Take a mark away."""
    with writing(by, mark.project_id) as change:
        change.allow(may_edit_mark(by, mark))
        change.alone()
        trash(change, mark, version, "triage_mark_trashed")
        weigh([mark.claim_id])
        return mark


def restore_triage_mark(*, by: Person, mark: TriageMark, version: int) -> TriageMark:
    """Let a mark count again. Raises Clash where another one took its place."""
    with writing(by, mark.project_id) as change:
        change.allow(may_edit_mark(by, mark))
        change.alone()
        restore(change, mark, version, "triage_mark_restored")
        weigh([mark.claim_id])
        return mark


def rate_claim(*, by: Person, claim: Claim, ratings: Mapping[TriageCriterion, Rating]) -> Claim:
    """Rate a claim under several criteria at once; where the criterion is the plain one that is not there yet, it may
    be given unsaved. What is as it was stays untouched. Raises Refused, Invalid, Stale."""
    with writing(by, claim.project_id) as change:
        change.allow(may_add_mark(by, claim.project_id))
        change.alone()
        refuse_merged(claim)
        known = {mark.criterion_id: mark for mark in TriageMark.objects.active().filter(claim=claim)}
        for criterion, rating in ratings.items():
            rate(change, by, claim, criterion, rating, known.get(criterion.pk))
        return claim


def rate(
    change: Change, by: Person, claim: Claim, criterion: TriageCriterion, rating: Rating, mark: TriageMark | None
) -> None:
    if (mark.level, mark.reason) == rating[:2] if mark else not rating.level:
        return
    refuse_unseen(criterion, rating, mark)
    if mark is None:
        check_rating(rating)
        same_project(claim.project_id, criterion=criterion)
        stored = plain_criterion(change, by, claim.project_id) if criterion._state.adding else criterion
        marked(change, by, claim, stored, rating)
    elif not rating.level:
        trash_triage_mark(by=by, mark=mark, version=mark.version)
    else:
        edit_triage_mark(by=by, mark=mark, version=mark.version, level=rating.level, reason=rating.reason)


def refuse_unseen(criterion: TriageCriterion, rating: Rating, mark: TriageMark | None) -> None:
    """Nobody's mark is replaced or taken away by somebody who did not see it. Raises Stale."""
    stands = mark.version if mark else 0
    if rating.seen is not None and rating.seen != stands:
        words = say(
            "Someone rated this claim under “{name}” since you opened it. Look at that first.", name=criterion.name
        )
        raise Stale(words, version=stands)


def check_rating(rating: Rating) -> None:
    checks = Checks()
    checks.word("level", rating.level, TRIAGE_LEVELS)
    checks.text("reason", rating.reason)
    checks.done()


# -- the priority of claims -------------------------------------------------------------------------------------------


def rated_by(criterion: TriageCriterion) -> Any:
    """The claims that have a mark under a criterion, by id."""
    return TriageMark.objects.active().filter(criterion=criterion).values("claim_id")


def weigh(claims: Iterable[UUID] | Any) -> None:
    """Compute the priority of these claims anew from their marks. One statement, however many they are."""
    worth = Case(*(When(level=level, then=Value(value)) for level, value in WORTH.items()))
    marks = TriageMark.objects.active().filter(claim=OuterRef("pk"), criterion__trashed=False).order_by()
    total = marks.values("claim").annotate(total=Sum(F("criterion__weight") * worth)).values("total")
    Claim.objects.filter(pk__in=claims).update(priority=Coalesce(Subquery(total), 0))
