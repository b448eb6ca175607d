"""Relations: labelled arrows between annotations."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, trashes
from annotations.api.lists import TrashQuery
from annotations.api.named import label_named, with_records
from annotations.api.records import ARTICLE, RELATION
from annotations.api.serializers.relations import RelationBody, RelationEdit
from annotations.core.errors import Invalid
from annotations.models import Annotation, Article, Person, Project, Relation
from annotations.queries.relations import in_sight
from annotations.services import relations

COLUMNS = {"from": "from_annotation", "to": "to_annotation"}


@lists(RELATION, find=ARTICLE.find, query=TrashQuery)
def list_relations(person: Person, article: Article, query: dict[str, Any]) -> Any:
    """The relations of an article; those of an annotation in the trash are out of sight with it."""
    rows = Relation.objects.visible_to(person).filter(article=article)
    return rows.filter(trashed=True) if query.get("trashed") else in_sight(rows)


@adds(RELATION, RelationBody, find=ARTICLE.find)
def add_relation(person: Person, article: Article, fields: dict[str, Any]) -> Relation:
    """Draw an arrow from one annotation of the article to another."""
    fields = found(fields, person, article.project)
    for field, column in COLUMNS.items():
        if fields[column].article_id != article.pk:
            raise Invalid.field(field, "There is no such annotation in this article.")
    return relations.add_relation(by=person, **fields)


@edits(RELATION, RelationEdit)
def edit_relation(person: Person, relation: Relation, version: int, fields: dict[str, Any]) -> Relation:
    """Change the label, the note or an end; `from` and `to` exchanged turn it around."""
    fields = found(fields, person, relation.project)
    return relations.edit_relation(by=person, relation=relation, version=version, **fields)


def found(fields: dict[str, Any], person: Person, project: Project) -> dict[str, Any]:
    """The fields as the service takes them: ids as rows."""
    fields = with_records(fields, person, project, **{"from": Annotation, "to": Annotation})
    if "label" in fields:
        fields["label"] = label_named(fields["label"], project)
    return {COLUMNS.get(name, name): value for name, value in fields.items()}


@trashes(RELATION)
def trash_relation(person: Person, relation: Relation, version: int) -> Relation:
    """Move a relation to the trash."""
    return relations.trash_relation(by=person, relation=relation, version=version)


@moves(RELATION)
def restore_relation(person: Person, relation: Relation, version: int) -> Relation:
    """Take a relation out of the trash."""
    return relations.restore_relation(by=person, relation=relation, version=version)
