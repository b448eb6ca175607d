"""Sources, and the origins that several of them go back to."""

from typing import Any

from annotations.core.citations import csl_of_article
from annotations.core.errors import Invalid
from annotations.core.sentences import say
from annotations.models import Agent, Annotation, Article, Origin, Person, Project, Source
from annotations.models.articles import BASES
from annotations.models.sources import LEVELS, SOURCE_KINDS
from annotations.policies.sources import may_add_origin, may_add_source, may_edit_origin, may_edit_source
from annotations.services.fields import NAME_LENGTH, TEXT_LENGTH, Checks, only_known, same_project
from annotations.services.standing import free_what_cites, refuse_while_cited
from annotations.services.trash import restore, trash
from annotations.services.write import writing

EDITABLE = (
    "kind",
    "title",
    "url",
    "publisher",
    "published_on",
    "published_basis",
    "level",
    "citation",
    "interest",
    "memento_url",
    "archive_url",
    "watched",
    "article",
    "annotation",
    "note",
)
ROWS = ("publisher", "article", "annotation")

WHAT_IS_CITED = ("title", "url", "publisher", "published_on")


def add_source(*, by: Person, project: Project, kind: str, title: str, **fields: Any) -> Source:
    """Add a document or statement that can bear on a claim. Raises Refused, Invalid."""
    only_known(fields, EDITABLE)
    fields |= {"kind": kind, "title": title}
    if fields.get("citation") is None:
        fields["citation"] = {}
    check_fields(fields)
    same_project(project.pk, **{name: fields.get(name) for name in ROWS})
    fields |= where_it_stands(fields.get("article"), fields.get("annotation"))
    with writing(by, project.pk) as change:
        change.allow(may_add_source(by, project.pk))
        return change.add(Source(project=project, author=by, **fields), "source_added")


def edit_source(*, by: Person, source: Source, version: int, **fields: Any) -> Source:
    """Change what is known about a source.

    Raises Refused, Invalid, Stale; IllegalMove where a closed dispute cites it.
    """
    only_known(fields, EDITABLE)
    check_fields(fields)
    same_project(source.project_id, **{name: fields.get(name) for name in ROWS})
    if "article" in fields or "annotation" in fields:
        stands = {"article": source.article, "annotation": source.annotation} | fields
        fields |= where_it_stands(stands["article"], stands["annotation"])
    with writing(by, source.project_id) as change:
        change.allow(may_edit_source(by, source))
        change.check_version(source, version)
        if any(getattr(source, name) != fields.get(name, getattr(source, name)) for name in WHAT_IS_CITED):
            free_what_cites(change, by, "a source that it cites was changed", evidence__source=source)
        return change.edit(source, version, "source_edited", **fields)


def use_as_source(*, by: Person, article: Article, annotation: Annotation | None = None, level: str = "") -> Source:
    """The source that an article of the project, or one span of it, is; made where there is none yet.

    Its title, address, date and citation are the article's; its publisher is the agent that has the outlet's name.
    Raises Refused, Invalid.
    """
    stands = where_it_stands(article, annotation)
    same_project(article.project_id, annotation=annotation)
    known = Source.objects.active().visible_to(by).filter(**stands, project_id=article.project_id).order_by("pk")
    with writing(by, article.project_id) as change:
        change.allow(may_add_source(by, article.project_id))
        found: Source | None = known.first()
        if found:
            return found
        outlet = article.outlet and Agent.objects.active().filter(project_id=article.project_id)
        named = outlet.filter(name__iexact=article.outlet).order_by("pk").first() if outlet else None
        columns = {name: getattr(article, name) for name in ("url", "published_on", "published_basis")}
        columns["citation"] = csl_of_article(byline=article.byline, outlet=article.outlet, language=article.language)
        return add_source(
            by=by, project=article.project, kind="article", title=article.title, publisher=named, level=level,
            **columns, **stands,
        )  # fmt: skip


def where_it_stands(article: Article | None, annotation: Annotation | None) -> dict[str, Any]:
    """The article and the span that a source is. Raises Invalid for a span of another article, or one in the trash."""
    if annotation is None:
        return {"article": article, "annotation": None}
    if article is not None and annotation.article_id != article.pk:
        raise Invalid.field("annotation", "There is no such annotation in this article.")
    return {"article": annotation.article, "annotation": annotation}


def trash_source(*, by: Person, source: Source, version: int) -> Source:
    """Move a source to the trash. Raises IllegalMove while a standing resolution cites evidence from it."""
    with writing(by, source.project_id) as change:
        change.allow(may_edit_source(by, source))
        refuse_while_cited(evidence__source=source)
        return trash(change, source, version, "source_trashed")


def restore_source(*, by: Person, source: Source, version: int) -> Source:
    """Take a source out of the trash."""
    with writing(by, source.project_id) as change:
        change.allow(may_edit_source(by, source))
        return restore(change, source, version, "source_restored")


def check_fields(fields: dict[str, Any]) -> None:
    checks = Checks()
    for name, value in fields.items():
        match name:
            case "kind":
                checks.word(name, value, SOURCE_KINDS)
            case "title":
                checks.text(name, value, required=True, longest=NAME_LENGTH)
            case "url" | "memento_url" | "archive_url":
                checks.address(name, value)
            case "watched":
                checks.truth(name, value)
            case "published_on":
                checks.date(name, value)
            case "published_basis":
                checks.word(name, value, BASES, blank=True)
            case "level":
                checks.word(name, value, LEVELS, blank=True)
            case "citation":
                check_citation(checks, value)
            case "note" | "interest":
                checks.text(name, value)
    checks.done()


def check_citation(checks: Checks, citation: Any) -> None:
    """Kept as it came and not read here; but whoever reads an export may follow its address."""
    if not isinstance(citation, dict):
        checks.wrong("citation", "A citation is a CSL-JSON object.")
    elif len(repr(citation)) > TEXT_LENGTH:
        checks.wrong("citation", say("A citation has at most {most:,} characters.", most=TEXT_LENGTH))
    elif citation.get("URL"):
        checks.address("citation", citation["URL"])


def add_origin(*, by: Person, project: Project, label: str, note: str = "") -> Origin:
    """Name a beginning that documents go back to. Raises Refused, Invalid."""
    check_origin(label=label, note=note)
    with writing(by, project.pk) as change:
        change.allow(may_add_origin(by, project.pk))
        return change.add(Origin(project=project, author=by, label=label, note=note), "origin_added")


def edit_origin(*, by: Person, origin: Origin, version: int, **fields: Any) -> Origin:
    """Rename or describe an origin.

    Raises Refused, Invalid, Stale; IllegalMove where a closed dispute cites evidence that is traced to it.
    """
    only_known(fields, ("label", "note"))
    check_origin(**fields)
    with writing(by, origin.project_id) as change:
        change.allow(may_edit_origin(by, origin))
        change.check_version(origin, version)
        if fields.get("label", origin.label) != origin.label:
            free_what_cites(change, by, "the origin of evidence that it cites was renamed", evidence__origin=origin)
        return change.edit(origin, version, "origin_edited", **fields)


def trash_origin(*, by: Person, origin: Origin, version: int) -> Origin:
    """Move an origin to the trash. Raises IllegalMove while a standing resolution cites evidence traced to it."""
    with writing(by, origin.project_id) as change:
        change.allow(may_edit_origin(by, origin))
        refuse_while_cited(evidence__origin=origin)
        return trash(change, origin, version, "origin_trashed")


def restore_origin(*, by: Person, origin: Origin, version: int) -> Origin:
    """Take an origin out of the trash."""
    with writing(by, origin.project_id) as change:
        change.allow(may_edit_origin(by, origin))
        return restore(change, origin, version, "origin_restored")


def check_origin(**fields: Any) -> None:
    checks = Checks()
    for name, value in fields.items():
        checks.text(name, value, required=name == "label", longest=200 if name == "label" else 20_000)
    checks.done()
