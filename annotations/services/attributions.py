"""Attributions: who says it, through whom. A speaker outside the text never gets a span in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.core.anchoring import check_segments, quote_of
from annotations.core.errors import Invalid
from annotations.models import Annotation, Article, Attribution, Label, Person, Revision
from annotations.models.attributions import ACCESSES, ATTRIBUTION_BASES, FORMS, NAMINGS, TERMS, TONES
from annotations.policies.attributions import may_add_attribution, may_edit_attribution
from annotations.services.annotations import add_annotation
from annotations.services.claims import add_claim, add_mention
from annotations.services.fields import Checks, only_known, same_project
from annotations.services.trash import restore, trash
from annotations.services.write import Change, writing

WORDS = {
    "form": FORMS,
    "naming": NAMINGS,
    "access": ACCESSES,
    "terms": TERMS,
    "tone": TONES,
    "basis": ATTRIBUTION_BASES,
}
SPANS = ("speaker", "cue")
ROWS = ("agent", "recipient", "content", "parent", "evidence")
EDITABLE = (*WORDS, *ROWS, "count", "note", *(f"{span}_{part}" for span in SPANS for part in ("segments", "quote")))


def add_attribution(
    *,
    by: Person,
    article: Article | None = None,
    content: Annotation | None = None,
    revision: Revision | None = None,
    **fields: Any,
) -> Attribution:
    """Record who says the content, in an article or (with evidence) outside any. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    article = article or (content.article if content else None)
    revision = revision or (content.revision if content else None) or newest(article)
    project_id = project_of(article, fields)
    fields |= {"content": content}
    check_fields(fields)
    same_project(project_id, **{name: fields.get(name) for name in ROWS})
    fields |= spans(fields, revision)
    check_speaker(fields)
    with writing(by, project_id) as change:
        change.allow(may_add_attribution(by, project_id))
        attribution = Attribution(project_id=project_id, author=by, article=article, revision=revision, **fields)
        return change.add(attribution, "attribution_added")


def edit_attribution(*, by: Person, attribution: Attribution, version: int, **fields: Any) -> Attribution:
    """Change who says it. Raises Refused, Invalid (also for a circle of parents), Stale."""
    only_known(fields, EDITABLE)
    check_fields(fields)
    same_project(attribution.project_id, **{name: fields.get(name) for name in ROWS})
    fields |= spans(fields, attribution.revision)
    check_speaker(
        {name: fields.get(name, getattr(attribution, name)) for name in ("basis", "speaker_quote", "evidence")}
    )
    with writing(by, attribution.project_id) as change:
        change.allow(may_edit_attribution(by, attribution))
        if fields.get("parent") is not None:
            no_circle(change, attribution, fields["parent"])
        return change.edit(attribution, version, "attribution_edited", **fields)


def trash_attribution(*, by: Person, attribution: Attribution, version: int) -> Attribution:
    """Move an attribution to the trash; mentions and children that went through it keep pointing to it."""
    with writing(by, attribution.project_id) as change:
        change.allow(may_edit_attribution(by, attribution))
        return trash(change, attribution, version, "attribution_trashed")


def restore_attribution(*, by: Person, attribution: Attribution, version: int) -> Attribution:
    """Take an attribution out of the trash."""
    with writing(by, attribution.project_id) as change:
        change.allow(may_edit_attribution(by, attribution))
        return restore(change, attribution, version, "attribution_restored")


# -- a whole saying at once -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is said: an annotation that is there, or segments with their quote to mark with a label; and the words of
    the claim to make of it, if any."""

    annotation: Annotation | None = None
    segments: Any = None
    quote: Any = ""
    label: Label | None = None
    claim: str = ""


def record_saying(
    *,
    by: Person,
    article: Article,
    contents: Sequence[Content],
    hops: Sequence[dict[str, Any]],
    revision: Revision | None = None,
) -> Attribution:
    """One saying from the text: `contents` said by the first of `hops`, relayed by the others, the outermost last.

    All of it or nothing: contents are marked where they are not yet, one attribution is made a hop (fields as those of
    add_attribution), and the claims are made through the innermost one, which is returned; its content is the first. A
    further content without a claim gets an attribution of its own. Raises Refused, Invalid.
    """
    if not contents or not hops:
        raise Invalid.field("contents", "A saying has somebody who says it and something that is said.")
    with writing(by, article.project_id):
        said_of = [marked(by, article, revision, content) for content in contents]
        parent = None
        for hop in reversed(hops[1:]):
            parent = add_attribution(by=by, article=article, revision=revision, **hop, parent=parent)
        says = {"by": by, "article": article, "revision": revision, **hops[0], "parent": parent}
        said = add_attribution(content=said_of[0], **says)
        for content, annotation in zip(contents, said_of, strict=True):
            if content.claim:
                claim = add_claim(by=by, project=article.project, text=content.claim, language=article.language)
                add_mention(by=by, claim=claim, annotation=annotation, attribution=said)
            elif annotation.pk != said_of[0].pk:
                add_attribution(content=annotation, **says)
        return said


def marked(by: Person, article: Article, revision: Revision | None, content: Content) -> Annotation:
    """The annotation that stands for what is said. Raises Invalid, Refused."""
    if content.annotation is None:
        if content.label is None:
            raise Invalid.field("label", "Choose a label of this project.")
        return add_annotation(
            by=by,
            article=article,
            segments=content.segments,
            quote=content.quote,
            label=content.label,
            revision=revision,
        )
    if content.annotation.article_id != article.pk or content.annotation.trashed:
        raise Invalid.field("contents", "There is no such annotation in this article.")
    return content.annotation


# -- what holds -------------------------------------------------------------------------------------------------------


def newest(article: Article | None) -> Revision | None:
    return article.revisions.newest().first() if article else None


def project_of(article: Article | None, fields: dict[str, Any]) -> Any:
    """The project of whatever the attribution hangs on. Raises Invalid where it hangs on nothing."""
    anchor = article or next((fields[name] for name in ROWS if fields.get(name)), None)
    if anchor is None:
        raise Invalid.field("content", "An attribution needs an article, a content, a speaker or evidence.")
    return anchor.project_id


def spans(fields: dict[str, Any], revision: Revision | None) -> dict[str, Any]:
    """The speaker's and the cue's segments, checked against the text like any annotation."""
    checked: dict[str, Any] = {}
    for span in SPANS:
        segments, quote = fields.get(f"{span}_segments"), fields.get(f"{span}_quote", "")
        if f"{span}_segments" not in fields and not quote:
            continue
        if not segments and not quote:
            checked |= {f"{span}_segments": [], f"{span}_quote": ""}
            continue
        if revision is None:
            raise Invalid.field(f"{span}_segments", "Without an article there is no text to mark.")
        places = check_span(revision.text, segments, quote, span)
        checked[f"{span}_segments"] = [[start, end] for start, end in places]
        checked[f"{span}_quote"] = quote_of(revision.text, places)
    return checked


def check_span(text: str, segments: Any, quote: Any, span: str) -> Any:
    try:
        return check_segments(text, segments, quote)
    except Invalid as error:
        errors = {f"{span}_{field}": words for field, words in error.errors.items()}
        raise Invalid(error.message, errors=errors) from error


def check_speaker(fields: dict[str, Any]) -> None:
    """A speaker known from outside the text rests on evidence and has no span in the text."""
    if fields.get("basis") == "external" and fields.get("speaker_quote"):
        raise Invalid.field("basis", "A speaker with a span in the text is stated or inferred there, not external.")
    if fields.get("basis") == "external" and fields.get("evidence") is None:
        raise Invalid.field("evidence", "A speaker known from outside the text rests on evidence: name it.")


def check_fields(fields: dict[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        if name in WORDS:
            checks.word(name, value, WORDS[name])
        elif name == "count":
            checks.number(name, value, 1, 1_000_000, optional=True)
        elif name == "note":
            checks.text(name, value)
    checks.done()


def no_circle(change: Change, attribution: Attribution, parent: Attribution) -> None:
    """Raise Invalid where the parents of `parent` lead back. Read behind the lock: two edits of one moment that would
    close a circle together come one after the other, and the second one sees the first."""
    change.alone()
    parents = Attribution.objects.filter(project_id=attribution.project_id)
    seen: set[Any] = {attribution.pk}
    above: Any = parent.pk
    while above is not None:
        if above in seen:
            raise Invalid.field("parent", "An attribution cannot be relayed by itself.")
        seen.add(above)
        above = parents.filter(pk=above).values_list("parent_id", flat=True).first()
