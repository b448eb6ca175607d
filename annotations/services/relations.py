"""Relations: a labelled arrow between two annotations of one article. Each is drawn once by one person.

An annotation in the trash takes its relations out of sight with it and brings them back: nothing is written for that.
"""

from typing import Any

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.sentences import say, word
from annotations.models import Annotation, Label, Person, Relation
from annotations.policies.relations import may_add_relation, may_edit_relation
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import writing

EDITABLE = ("from_annotation", "to_annotation", "label", "note")
ENDS = ("from_annotation", "to_annotation")
DRAWN_ALREADY = "You drew this relation already."


def add_relation(
    *, by: Person, from_annotation: Annotation, to_annotation: Annotation, label: Label, note: str = ""
) -> Relation:
    """Draw an arrow. Raises Refused; Invalid by field (`from`, `to`, `label`, `note`); Clash for one drawn already."""
    project_id = from_annotation.project_id
    check_ends(project_id, from_annotation, to_annotation)
    check_words(project_id, label, note)
    with writing(by, project_id) as change:
        change.allow(may_add_relation(by, project_id))
        relation = Relation(
            project_id=project_id,
            author=by,
            article_id=from_annotation.article_id,
            from_annotation=from_annotation,
            to_annotation=to_annotation,
            label=label,
            note=note,
        )
        refuse_twice(relation)
        return change.add(relation, "relation_added")


def edit_relation(*, by: Person, relation: Relation, version: int, **fields: Any) -> Relation:
    """Change the label, the note or an end. Raises as add_relation, and Stale."""
    only_known(fields, EDITABLE)
    wanted = {name: fields.get(name, getattr(relation, name)) for name in EDITABLE}
    if any(name in fields for name in ENDS):
        check_ends(relation.project_id, *(wanted[name] for name in ENDS), article_id=relation.article_id)
    check_words(relation.project_id, wanted["label"], wanted["note"], known=relation.label)
    with writing(by, relation.project_id) as change:
        change.allow(may_edit_relation(by, relation))
        change.check_version(relation, version)
        refuse_twice(Relation(pk=relation.pk, author_id=relation.author_id, **wanted))
        return change.edit(relation, version, "relation_edited", **fields)


def turn_relation(*, by: Person, relation: Relation, version: int) -> Relation:
    """Let the arrow lead the other way. Raises Refused, Stale, Clash."""
    ends = {"from_annotation": relation.to_annotation, "to_annotation": relation.from_annotation}
    return edit_relation(by=by, relation=relation, version=version, **ends)


def trash_relation(*, by: Person, relation: Relation, version: int) -> Relation:
    """Move a relation to the trash. Raises Refused, Stale, IllegalMove."""
    with writing(by, relation.project_id) as change:
        change.allow(may_edit_relation(by, relation))
        return trash(change, relation, version, "relation_trashed")


def restore_relation(*, by: Person, relation: Relation, version: int) -> Relation:
    """Take a relation out of the trash. Raises Refused, Stale; IllegalMove while an end of it is in the trash; Clash
    where it was drawn anew meanwhile."""
    with writing(by, relation.project_id) as change:
        change.allow(may_edit_relation(by, relation))
        change.check_version(relation, version)
        if relation.trashed:
            if any(getattr(relation, name).trashed for name in ENDS):
                raise IllegalMove("One of its annotations is in the trash; take that out first.")
            refuse_twice(relation)
        return restore(change, relation, version, "relation_restored")


def check_ends(project_id: Any, start: Annotation, end: Annotation, *, article_id: Any = None) -> None:
    """Both ends are in sight, of one project and of one article, and two. Raises Invalid."""
    same_project(project_id, **{"from": start, "to": end})
    for field, annotation in (("from", start), ("to", end)):
        if annotation.trashed:
            raise Invalid.field(field, "This annotation is in the trash.")
        if annotation.article_id != (article_id or start.article_id):
            raise Invalid.field(field, "A relation joins two annotations of one article.")
    if start.pk == end.pk:
        raise Invalid.field("to", "A relation leads from one annotation to another.")


def check_words(project_id: Any, label: Label, note: Any, known: Label | None = None) -> None:
    """`known` is the label that the relation has: it may keep it when the label is retired. Raises Invalid."""
    same_project(project_id, label=label)
    checks = Checks()
    if label.kind != "relation":
        checks.wrong(
            "label",
            say(
                "{label} labels a {kind}, not a relation between annotations.", label=label.name, kind=word(label.kind)
            ),
        )
    elif label.retired and (known is None or known.pk != label.pk):
        checks.wrong("label", say("The label {label} is retired.", label=label.name))
    checks.text("note", note)
    checks.done()


def refuse_twice(relation: Relation) -> None:
    """Raise Clash where the same person's same arrow is there; the constraint catches two at one moment."""
    same = Relation.objects.active().filter(
        from_annotation=relation.from_annotation,
        to_annotation=relation.to_annotation,
        label=relation.label,
        author_id=relation.author_id,
    )
    if same.exclude(pk=relation.pk).exists():
        raise Clash(DRAWN_ALREADY, errors={"label": [DRAWN_ALREADY]})
