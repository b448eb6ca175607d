"""Articles from files: each file whole or not at all, unless bad rows are to be passed over; the same file again adds
nothing.

What a file says is read by `core.formats`. A row is the same again by its external id, else by its text and title; a
text file by its text.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.db import transaction

from annotations.core.errors import Invalid, Refused, WorkbenchError
from annotations.core.formats import plain_jsonl, txt
from annotations.core.formats.draft import ArticleDraft, SpanDraft
from annotations.core.text import sha256_of
from annotations.models import Article, Label, Person, Project, Revision
from annotations.policies.projects import may_import
from annotations.services.annotations import add_annotation
from annotations.services.articles import add_article, check_about, check_text
from annotations.services.write import unit

FORMATS = ("txt", "jsonl")
FORMAT_OF_ENDING = {"txt": "txt", "jsonl": "jsonl", "ndjson": "jsonl"}

Row = tuple[int | None, ArticleDraft | Invalid]  # the line of a file of many, and what it says or what is wrong with it
SoundRow = tuple[int | None, ArticleDraft]


@dataclass(slots=True)
class ImportReport:
    """What came in, what was here already, what could not be taken. `name` is the file's; in a dry run ids are None.

    created: [{id, name, row?, title, notes}]; skipped: [{id, name, row?, reason}]; failed: [{name, row?, reason}].
    """

    created: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"created": self.created, "skipped": self.skipped, "failed": self.failed}

    def add(self, other: "ImportReport") -> None:
        """Take over what the report of another file says."""
        self.created += other.created
        self.skipped += other.skipped
        self.failed += other.failed


def import_file(
    *,
    by: Person,
    project: Project,
    name: str,
    content: bytes,
    format: str = "",
    dry_run: bool = False,
    skip_bad: bool = False,
) -> ImportReport:
    """Bring in the articles of one file, with the spans that come with them as annotations by `by`.

    Raises Refused, and Invalid for a format that is not read here; what is wrong inside the file stands in the report.
    A dry run does everything and takes it back.
    """
    by = copy(by)
    by.remembered_ranks = {}  # asked once for the file and not for each of its rows
    if not (decision := may_import(by, project.pk)):
        raise Refused(decision.reason)
    incoming = _File(by, project, PurePath(name).name, labels_by_word(project))
    drafts = list(incoming.sound(read(name, content, format_of(name, format))))
    report = incoming.report
    if report.failed and not skip_bad:
        return report
    if skip_bad and not dry_run:  # each row has its own transaction, so that a long file does not stop other writers
        incoming.take(drafts)
        return report
    with transaction.atomic():
        incoming.take(drafts)
        is_refused = bool(report.failed) and not skip_bad
        if dry_run or is_refused:
            transaction.set_rollback(True)
            report.created = [] if is_refused else [{**said, "id": None} for said in report.created]
    return report


def format_of(name: str, format: str = "") -> str:
    """The format that was asked for, else that of the file's ending. Raises Invalid."""
    found = format or FORMAT_OF_ENDING.get(PurePath(name).suffix.lstrip(".").lower(), "")
    if found not in FORMATS:
        raise Invalid.field("format", f"“{PurePath(name).name}” is read as one of {', '.join(FORMATS)}; say which.")
    return found


def read(name: str, content: bytes, format: str) -> Iterator[Row]:
    """The rows of a file; one without a number for a file that is one article."""
    if format == "jsonl":
        yield from plain_jsonl.read(BytesIO(content))
        return
    try:
        yield None, txt.read(content, name)
    except Invalid as error:
        yield None, error


def labels_by_word(project: Project) -> dict[str, Label]:
    """The labels for spans that are in use, by key and, where only one has it, by name."""
    labels = list(Label.objects.filter(project=project, kind="span", retired=False))
    names = [label.name for label in labels]
    by_name = {label.name: label for label in labels if names.count(label.name) == 1}
    return by_name | {label.key: label for label in labels}


# -- one row after the other ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _File:
    """One file on its way in."""

    by: Person
    project: Project
    name: str
    labels: dict[str, Label]
    report: ImportReport = field(default_factory=ImportReport)

    def sound(self, rows: Iterator[Row]) -> Iterator[SoundRow]:
        """The rows that can be taken as far as they alone can tell; the others go into the report."""
        for row, draft in rows:
            try:
                if isinstance(draft, Invalid):
                    raise draft
                check_about(draft.about())
                check_text(draft.text)
                yield row, draft
            except Invalid as error:
                self.say(self.report.failed, row, reason=error.message)

    def take(self, drafts: list[SoundRow]) -> None:
        for row, draft in drafts:
            try:
                with unit(self.by):
                    self.take_row(row, draft)
            except WorkbenchError as error:
                self.say(self.report.failed, row, reason=error.message)

    def take_row(self, row: int | None, draft: ArticleDraft) -> None:
        # The lock: two imports of one file at once would else both find nothing and both add it.
        Project.objects.select_for_update(no_key=True).get(pk=self.project.pk)
        if twin := same_again(self.project, draft, by_text_alone=row is None):
            where = "It is here already, in the trash." if twin.trashed else "It is here already."
            self.say(self.report.skipped, row, id=str(twin.pk), reason=where)
            return
        spans = [(span, self.label_of(span)) for span in draft.spans]
        about: dict[str, Any] = {**draft.about()}
        article = add_article(by=self.by, project=self.project, text=draft.text, **about)
        for span, label in spans:
            segments = [[span.start, span.end]]
            add_annotation(by=self.by, article=article, segments=segments, quote=span.quote, label=label)
        self.say(self.report.created, row, id=str(article.pk), title=article.title, notes=list(draft.notes))

    def label_of(self, span: SpanDraft) -> Label:
        if span.label not in self.labels:
            raise Invalid.field("spans", f"There is no label for spans “{span.label}” in this project.")
        return self.labels[span.label]

    def say(self, where: list[dict[str, Any]], row: int | None, **words: Any) -> None:
        where.append({"name": self.name} | ({} if row is None else {"row": row}) | words)


def same_again(project: Project, draft: ArticleDraft, *, by_text_alone: bool) -> Article | None:
    """The article that a draft would repeat, in the trash or not; the one that is not in the trash before others."""
    articles = Article.objects.filter(project=project).order_by("trashed", "id")
    of_text = Revision.objects.filter(project=project, sha256=sha256_of(draft.text)).values("article_id")
    twins = articles.filter(pk__in=of_text)
    if draft.external_id:
        return twins.filter(external_id=draft.external_id).first()
    return (twins if by_text_alone else twins.filter(title=draft.title)).first()
