"""How each kind of record is put back, and how what happened to it is remembered until then.

A record is put back through the verbs of its own service, as NOUNS says: a new kind of record is one line there. What
is remembered are columns that changed, never the words of an article: a quote is cut from its text again.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypedDict
from uuid import UUID

from django.db import models

from annotations.core.anchoring import quote_of
from annotations.models import (
    Agent,
    Anchor,
    Annotation,
    Attribution,
    Claim,
    ClaimMention,
    ClaimRelation,
    Evidence,
    Origin,
    Person,
    Relation,
    Source,
    Suggestion,
)
from annotations.policies.claims import may_edit_claim
from annotations.services import (
    accepting,
    agents,
    annotations,
    attributions,
    claims,
    comparisons,
    evidence,
    relations,
    revisions,
    sources,
)
from annotations.services.trash import restore
from annotations.services.write import Step, as_json, writing

Verb = Callable[..., Any]
BEFORE, AFTER = "before", "after"
NOT_COMPARED = frozenset({"id", "project", "author", "created_at", "version", "trashed"})
CONSEQUENCES = frozenset({"dispute"})  # sent back by a change to what it judges, and not taken up again by undoing that


class Noun(NamedTuple):
    """One kind of record: its verbs, each called with `by`, the row, and its version; `keyword` is the row's name."""

    model: type[models.Model]
    keyword: str
    trash: Verb | None
    restore: Verb | None
    edit: Verb
    columns: tuple[str, ...]  # what `edit` can put back
    derived: tuple[str, ...] = ()  # what follows from those columns
    is_shared: bool = False  # everybody's: what was made on the way stays where others may use it


class Remembered(TypedDict):
    """One row of an act, as Act.steps holds it. `left` is a digest of the row where its place in the trash changed."""

    kind: str
    id: str
    added: bool
    before: dict[str, Any]
    after: dict[str, Any]
    left: str


def edit_mention(*, by: Person, mention: ClaimMention, version: int, **columns: Any) -> ClaimMention:
    """Say again where a claim was made, and through whom: a merge moves a mention, and no other verb does."""
    with writing(by, mention.project_id) as change:
        change.allow(may_edit_claim(by, mention.claim))
        return change.edit(mention, version, "mention_edited", **columns)


def restore_mention(*, by: Person, mention: ClaimMention, version: int) -> ClaimMention:
    with writing(by, mention.project_id) as change:
        change.allow(may_edit_claim(by, mention.claim))
        return restore(change, mention, version, "mention_restored")


def edit_annotation(*, by: Person, annotation: Annotation, version: int, **columns: Any) -> Annotation:
    """Segments come back with the words that stand there."""
    if columns.get("segments"):
        columns["quote"] = quote_of(annotation.revision.text, columns["segments"])
    return annotations.edit_annotation(by=by, annotation=annotation, version=version, **columns)


def edit_attribution(*, by: Person, attribution: Attribution, version: int, **columns: Any) -> Attribution:
    for span in attributions.SPANS:
        if columns.get(f"{span}_segments") and attribution.revision:
            columns[f"{span}_quote"] = quote_of(attribution.revision.text, columns[f"{span}_segments"])
    return attributions.edit_attribution(by=by, attribution=attribution, version=version, **columns)


NOUNS: dict[str, Noun] = {
    "annotation": Noun(
        Annotation, "annotation", annotations.trash_annotation, annotations.restore_annotation, edit_annotation,
        annotations.EDITABLE, ("start", "end", "quote"),
    ),
    "relation": Noun(
        Relation, "relation", relations.trash_relation, relations.restore_relation, relations.edit_relation,
        relations.EDITABLE,
    ),
    "attribution": Noun(
        Attribution, "attribution", attributions.trash_attribution, attributions.restore_attribution, edit_attribution,
        attributions.EDITABLE, ("speaker_quote", "cue_quote"),
    ),
    "claim": Noun(Claim, "claim", claims.trash_claim, claims.restore_claim, claims.edit_claim, claims.EDITABLE),
    "mention": Noun(
        ClaimMention, "mention", claims.remove_mention, restore_mention, edit_mention, ("annotation", "attribution"),
    ),
    "claim_relation": Noun(
        ClaimRelation, "claim_relation", comparisons.trash_claim_relation, comparisons.restore_claim_relation,
        comparisons.edit_claim_relation, comparisons.EDITABLE,
    ),
    "evidence": Noun(
        Evidence, "evidence", evidence.trash_evidence, evidence.restore_evidence, evidence.edit_evidence,
        evidence.EDITABLE,
    ),
    "agent": Noun(
        Agent, "agent", agents.trash_agent, agents.restore_agent, agents.edit_agent, agents.EDITABLE, is_shared=True
    ),
    "source": Noun(
        Source, "source", sources.trash_source, sources.restore_source, sources.edit_source, sources.EDITABLE,
        is_shared=True,
    ),
    "origin": Noun(
        Origin, "origin", sources.trash_origin, sources.restore_origin, sources.edit_origin, ("label", "note"),
        is_shared=True,
    ),
    "anchor": Noun(
        Anchor, "anchor", None, None, revisions.redecide_anchor,
        revisions.EDITABLE, ("quote", "decided_by", "decided_at"),
    ),
    "suggestion": Noun(
        Suggestion, "suggestion", None, None, accepting.put_decision, accepting.DECIDED,
    ),
}  # fmt: skip


# -- remembering ------------------------------------------------------------------------------------------------------


def remembered(steps: Iterable[Step]) -> list[Remembered]:
    """The rows of a unit of work, each once, in the order of their first change. Empty where a row of it could not be
    put back: such an act is not undone in parts."""
    rows: dict[UUID, list[Step]] = {}
    for step in steps:
        if kind_of(step.row) not in CONSEQUENCES:
            rows.setdefault(step.row.pk, []).append(step)
    told = [one_row(parts) for parts in rows.values()]
    if any(row is None for row in told):
        return []
    return [row for row in told if row is not None and (row["added"] or row["before"] != row["after"])]


def one_row(parts: list[Step]) -> Remembered | None:
    """All that happened to one row; None where it is of a kind, or changed in a way, that no verb here takes back."""
    row, kind = parts[-1].row, kind_of(parts[-1].row)
    noun = NOUNS.get(kind)
    if noun is None:
        return None
    added = parts[0].before is None
    before: dict[str, Any] = {}
    for part in reversed(parts):
        before |= part.before or {}
    names = [name for name in before if name not in noun.derived]
    if not added and not set(names) <= {*noun.columns, "trashed"}:
        return None
    was = {} if added else {name: as_stored(row, name, before[name]) for name in names}
    now = {} if added else {name: as_stored(row, name, getattr(row, name)) for name in names}
    left = digest_of(row) if added or "trashed" in names else ""
    return Remembered(kind=kind, id=str(row.pk), added=added, before=was, after=now, left=left)


def is_shared(kind: str) -> bool:
    return kind in NOUNS and NOUNS[kind].is_shared


def kind_of(row: Any) -> str:
    return str(type(row).record_kind())


def as_stored(row: models.Model, name: str, value: Any) -> Any:
    """A column's value as JSON from which it can be made again."""
    column = row._meta.get_field(name)
    if value is None or isinstance(column, models.JSONField):
        return json.loads(json.dumps(value))
    if isinstance(column, models.ForeignKey):
        return str(getattr(value, "pk", value))
    return value if isinstance(value, str | float) and type(value) in (str, float) else as_json(value)


def as_value(model: type[models.Model], name: str, stored: Any) -> Any:
    """The value of a column, from `as_stored`."""
    column: Any = model._meta.get_field(name)
    if stored is None or isinstance(column, models.JSONField):
        return stored
    if isinstance(column, models.ForeignKey):
        return column.related_model._default_manager.get(pk=stored)
    return column.to_python(stored)


def digest_of(row: models.Model) -> str:
    """A short word for everything that a row says, whatever its version and wherever it is."""
    said = {
        column.name: as_stored(row, column.name, getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if column.name not in NOT_COMPARED
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


# -- putting back -----------------------------------------------------------------------------------------------------


def rows_of(steps: Iterable[Remembered]) -> dict[str, Any]:
    """The rows of an act as they are now, by id; one query a kind."""
    wanted: dict[str, list[str]] = {}
    for step in steps:
        wanted.setdefault(step["kind"], []).append(step["id"])
    return {
        str(row.pk): row
        for kind, pks in wanted.items()
        if kind in NOUNS
        for row in NOUNS[kind].model._default_manager.filter(pk__in=pks)
    }


def is_as_left(step: Remembered, row: Any, towards: str) -> bool:
    """Whether nobody changed the row since; `towards` is where it shall be brought: BEFORE to undo, AFTER to redo."""
    if row is None:
        return False
    if step["added"] and is_shared(step["kind"]):
        return True  # others go on with what is everybody's
    is_whole = towards == BEFORE or not step["before"].keys() - {"trashed"}
    if step["left"] and is_whole and digest_of(row) != step["left"]:
        return False
    if step["added"]:
        return bool(row.trashed == (towards == AFTER))
    now = step["after"] if towards == BEFORE else step["before"]
    return all(as_stored(row, name, getattr(row, name)) == value for name, value in now.items())


def put(by: Person, step: Remembered, row: Any, towards: str) -> None:
    """Bring one row to where it was before the act, or after it. Raises what the verbs of its service raise."""
    noun = NOUNS[step["kind"]]
    wanted = {"trashed": towards == BEFORE} if step["added"] else dict(step[towards])  # type: ignore[literal-required]
    is_trashed = getattr(row, "trashed", False)
    trashed = wanted.pop("trashed", is_trashed)
    values = {name: as_value(noun.model, name, stored) for name, stored in wanted.items()}

    def perform(verb: Verb | None, **columns: Any) -> None:
        if verb is not None:
            verb(by=by, **{noun.keyword: row}, version=row.version, **columns)

    if is_trashed and not trashed:
        perform(noun.restore)
    if values:
        perform(noun.edit, **values)
    if trashed and not is_trashed and not is_used_elsewhere(step, row):
        perform(noun.trash)


def is_used_elsewhere(step: Remembered, row: Any) -> bool:
    """Whether a row that is everybody's was changed since, or something stands on it: it stays then. What the act made
    to stand on it is in the trash already."""
    if not (step["added"] and is_shared(step["kind"])):
        return False
    users = [
        link.related_model._default_manager.filter(**{link.field.name: row}, trashed=False)
        for link in row._meta.related_objects
        if hasattr(link.related_model, "trashed")
    ]
    return digest_of(row) != step["left"] or any(rows.exists() for rows in users)
