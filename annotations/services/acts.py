"""Acts: what a person did to an article, so that it can be undone and redone, by them alone, one act at a time.

An act is recorded in the transaction of the write that it tells of. Undoing it is a write like any other, with its own
events, and refused as a whole where somebody changed one of its records since. `undoing` knows how records go back.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core import wording
from annotations.core.errors import IllegalMove
from annotations.models import (
    Act,
    Anchor,
    Annotation,
    Article,
    Attribution,
    ClaimMention,
    Event,
    Person,
    Relation,
    Suggestion,
)
from annotations.policies.acts import may_undo_act
from annotations.services.undoing import (
    AFTER,
    BEFORE,
    Remembered,
    is_as_left,
    is_shared,
    kind_of,
    put,
    remembered,
    rows_of,
)
from annotations.services.write import PendingEvent, Unit, article_of, unit, writing

KEPT = 50  # acts of one person in one article
THING_LENGTH = 60
WORDS_LENGTH = 200


# -- recording --------------------------------------------------------------------------------------------------------


def record_act(*, by: Person, at: Callable[[UUID], UUID | None] = lambda project_id: None) -> Act | None:
    """Remember what the open unit of work did so far as one act of `by`; None where there is nothing to undo in it.

    It is filed under the article whose records it touched; where it touched none or several, under the article that
    `at` knows in this project, on whose screen it was done, or else under the first of them.
    """
    with unit(by) as work:
        steps = remembered(work.steps)
        touched = list(dict.fromkeys(filter(None, (article_of(step.row) for step in work.steps))))
        if not steps:
            return None
        article_id = touched[0] if len(touched) == 1 else at(project_of(work)) or next(iter(touched), None)
        if article_id is None:
            return None
        make_room(by, article_id)
        return Act.objects.create(
            project_id=project_of(work),
            author=by,
            article_id=article_id,
            verb=work.events[0].verb if work.events else "",
            words=words_for(work)[:WORDS_LENGTH],
            steps=steps,
        )


def project_of(work: Unit) -> Any:
    row: Any = work.steps[0].row
    return row.project_id


def make_room(by: Person, article_id: UUID) -> None:
    """For one act more: what was undone cannot be redone after it, and of the others the last ones are kept."""
    acts = Act.objects.filter(author=by, article_id=article_id)
    older = acts.filter(state="done").order_by("-id").values("pk")[KEPT - 1 :]
    acts.filter(Q(state="undone") | Q(pk__in=older)).delete()


# -- undoing and redoing ----------------------------------------------------------------------------------------------


def undo_act(*, by: Person, article: Article) -> Act:
    """Take back the last thing that `by` did in an article.

    Raises Refused; IllegalMove where nothing is left, or where somebody changed one of its records since, naming which
    and who; and whatever the records' own services raise. Nothing is changed then.
    """
    return turn(by, article, "done", "undone", _("There is nothing left to undo in this article."))


def redo_act(*, by: Person, article: Article) -> Act:
    """Do again what was undone last. Raises as undo_act."""
    return turn(by, article, "undone", "done", _("There is nothing left to redo in this article."))


def turn(by: Person, article: Article, state: str, new_state: str, nothing: str) -> Act:
    towards = BEFORE if new_state == "undone" else AFTER
    with writing(by, article.project_id) as change:
        change.allow(may_undo_act(by, article.project_id))
        acts = Act.objects.visible_to(by).filter(article=article, state=state)
        act: Act | None = acts.select_for_update(of=("self",)).order_by("-id" if towards == BEFORE else "id").first()
        if act is None:
            raise IllegalMove(nothing)
        move_rows(by, act, towards)
        Act.objects.filter(pk=act.pk).update(state=new_state)
        act.state = new_state
        change.unit.steps.clear()  # undoing is not an act of its own
        return act


def move_rows(by: Person, act: Act, towards: str) -> None:
    """All rows of an act, the last first when it is undone. Raises IllegalMove before any is changed."""
    rows = rows_of(act.steps)
    for step in act.steps:
        if not is_as_left(step, rows.get(step["id"]), towards):
            raise IllegalMove(changed_since(by, act, step, rows.get(step["id"])))
    for step in reversed(act.steps) if towards == BEFORE else act.steps:
        put(by, step, rows[step["id"]], towards)


def changed_since(by: Person, act: Act, step: Remembered, row: Any) -> str:
    """Who changed which record since the act, as far as `by` may know."""
    what = thing(row) if row is not None else step["kind"]
    events = Event.objects.visible_to(by).about(step["kind"], step["id"]).filter(at__gt=act.created_at)
    event = events.select_related("person").order_by("-number").first()
    said = {"what": what, "act": act.words}
    if event is None or event.person is None:
        return _("“%(act)s” cannot be turned back: somebody changed %(what)s since. Nothing was changed.") % said
    said |= {"who": _("you") if event.person_id == by.pk else str(event.person)}
    said |= {"when": formats.date_format(timezone.localtime(event.at), "DATETIME_FORMAT")}
    words = _("“%(act)s” cannot be turned back: %(who)s changed %(what)s since (%(when)s). Nothing was changed.")
    return words % said


# -- which annotations it shows on ------------------------------------------------------------------------------------


def annotations_of(act: Act) -> list[UUID]:
    """The annotations that an act made, changed or hangs on: whose chips and spans a screen shows anew."""
    by_kind: dict[str, list[str]] = {}
    for step in act.steps:
        by_kind.setdefault(step["kind"], []).append(step["id"])
    found = [UUID(pk) for pk in by_kind.get("annotation", [])]
    for kind, model, names in (
        ("mention", ClaimMention, ("annotation_id",)),
        ("relation", Relation, ("from_annotation_id", "to_annotation_id")),
        ("attribution", Attribution, ("content_id",)),
        ("anchor", Anchor, ("annotation_id",)),
        ("suggestion", Suggestion, ("annotation_id",)),
    ):
        if pks := by_kind.get(kind):
            rows: Any = model._default_manager.filter(pk__in=pks).values_list(*names)
            found += [pk for row in rows for pk in row if pk]
    return list(dict.fromkeys(found))


# -- in words ---------------------------------------------------------------------------------------------------------


def words_for(work: Unit) -> str:
    """What was done, as one reads it on the button that undoes it, in the language of who did it."""
    if not work.events:
        return ""
    rows = {step.row.pk: step.row for step in work.steps}
    event = next((event for event in work.events if event.pk in rows and not is_shared(event.kind)), work.events[0])
    row = rows.get(event.pk)
    if len(marked := spans_in(work, event)) > 1:
        return several(event, marked)
    if isinstance(row, Annotation):
        return of_annotation(event, row)
    said = {"thing": thing(row) if row is not None else ""}
    if known := telling().get(event.verb):
        return known % said
    return capital(wording.sentence(event.verb, event.kind, said["thing"], event.after, {}))


def telling() -> Mapping[str, str]:
    return {
        "attribution_added": _("Said who says it: %(thing)s"),
        "claim_added": _("Made the claim %(thing)s"),
        "evidence_added": _("Added evidence: %(thing)s"),
        "relation_added": _("Drew the relation %(thing)s"),
    }


def spans_in(work: Unit, event: PendingEvent) -> list[Annotation]:
    """The annotations of a bulk verb."""
    is_bulk = not event.verb.startswith(("annotation_split", "annotations_merged"))
    return [step.row for step in work.steps if isinstance(step.row, Annotation)] if is_bulk else []


def several(event: PendingEvent, rows: list[Annotation]) -> str:
    count = len(rows)
    if event.verb.endswith("trashed"):
        words = ngettext("Moved %(count)d annotation to the trash", "Moved %(count)d annotations to the trash", count)
    else:
        words = ngettext("Labelled %(count)d passage as %(label)s", "Labelled %(count)d passages as %(label)s", count)
    return words % {"count": count, "label": rows[0].label.name}


def of_annotation(event: PendingEvent, row: Annotation) -> str:
    said = {"thing": thing(row), "label": row.label.name}
    match event.verb:
        case "annotation_added":
            return _("Marked %(thing)s as %(label)s") % said
        case "annotation_trashed":
            return _("Moved %(thing)s to the trash") % said
        case "annotation_restored":
            return _("Took %(thing)s out of the trash") % said
        case "annotation_edited" if "label" in event.after:
            return _("Relabelled %(thing)s as %(label)s") % said
        case "annotation_edited" if "segments" in event.after:
            return _("Moved the ends of %(thing)s") % said
        case "annotation_edited":
            return _("Described %(thing)s") % said
    return capital(wording.sentence(event.verb, event.kind, said["thing"], event.after, {}))


def thing(row: Any) -> str:
    """What a record is called in a sentence."""
    match row:
        case Annotation():
            return quoted(row.quote) if row.quote else str(row.label.name)
        case ClaimMention():
            return quoted(row.claim.text)
        case Attribution():
            return str(row.agent or row.get_naming_display())
    name = getattr(row, "text", "") or getattr(row, "title", "") or str(row)
    return quoted(name) if name else kind_of(row)


def quoted(words: str) -> str:
    short = words if len(words) <= THING_LENGTH else f"{words[:THING_LENGTH].rstrip()}…"
    return f"“{' '.join(short.split())}”"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
