"""Revisions: a corrected text with its preview, two texts side by side, an old text as it stood, and the review of
annotations whose words changed.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.anchoring import quote_of
from annotations.core.comparing import compare
from annotations.core.errors import Invalid, NotFound, Refused, WorkbenchError
from annotations.models import Anchor, Article, Revision
from annotations.policies.revisions import may_add_revision
from annotations.queries.lookups import as_uuid, visible
from annotations.queries.revisions import anchor_counts, preview_of
from annotations.refusals import status_of
from annotations.services import revisions as services
from annotations.web.fields import filled, json_in, version_of
from annotations.web.forms.annotations import OffsetsForm, segments_in
from annotations.web.forms.revisions import RevisionForm, as_exact
from annotations.web.reading import reading_context
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write
from annotations.web.revising import (
    blocks_near,
    hits_of,
    marks_as_they_stood,
    near_in,
    picker,
    review_list,
    texts_of,
    waiting_of,
)

JOINED = ("annotation__label", "annotation__author", "annotation__article__project", "revision", "from_revision")
DECIDED_SHOWN = 10
Verb = Callable[..., Anchor]

# -- the revisions of an article --------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def revisions(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: all revisions, and where one may, the form for a corrected text. POST: add_revision, or only a preview."""
    article = visible(Article, request.user, "project", pk=pk)
    if request.method == "POST":
        return add_revision(request, article)
    return revisions_page(request, article)


def revisions_page(
    request: WebRequest, article: Article, form: RevisionForm | None = None, status: int = 200, **also: Any
) -> HttpResponse:
    known = picker(article, request.user)
    newest = article.revisions.newest()[:1].get()
    counts = anchor_counts([row.pk for row in known["revisions"]], request.user)
    rows = [{"revision": row, "anchors": counts[str(row.pk)], "before": row.number - 1} for row in known["revisions"]]
    context = known | {
        "section": "queue",
        "project": article.project,
        "article": article,
        "newest": newest,
        "rows": rows,
        "next_number": newest.number + 1,
        "form": form or RevisionForm(newest=newest),
        "may_add": may_add_revision(request.user, article.project_id),
    }
    return page(request, "annotations/revisions/list.html", context | also, status)


def add_revision(request: WebRequest, article: Article) -> HttpResponse:
    newest = article.revisions.newest()[:1].get()
    form = RevisionForm(request.POST, request.FILES, newest=newest)

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return revisions_page(request, article, form, status_of(error))

    if "preview" in request.POST:
        try:
            return preview(request, article, newest, form)
        except WorkbenchError as error:
            return on_error(error)

    def perform() -> Revision:
        filled(form)
        note = form.cleaned_data.get("note", "")
        return services.add_revision(by=request.user, article=article, text=form.corrected(), note=note)

    return perform_write(request, perform, lambda revision: stored(request, article, revision), on_error)


def preview(request: WebRequest, article: Article, newest: Revision, form: RevisionForm) -> HttpResponse:
    """What a corrected text would do; nothing is stored."""
    if not (decision := may_add_revision(request.user, article.project_id)):
        raise Refused(decision.reason)
    filled(form)
    text = form.corrected()
    services.check_revision(text, form.cleaned_data.get("note", ""))
    services.refuse_same(newest, text)
    shown = preview_of(article, text, request.user)
    form.data = {**request.POST.dict(), "text": ""}  # the exact text travels beside it
    return revisions_page(
        request, article, form, preview=shown, exact=as_exact(text), length=len(text), diff=compare(newest.text, text)
    )


def stored(request: WebRequest, article: Article, revision: Revision) -> HttpResponse:
    waiting = picker(article, request.user)["waiting"]
    words = gettext("Revision %(number)s is stored.") % {"number": revision.number}
    if waiting:
        words += " " + ngettext(
            "%(number)s annotation needs a look.", "%(number)s annotations need a look.", waiting
        ) % {"number": waiting}
    messages.success(request, words)
    return go(request, reverse("web:revisions", args=[article.pk]))


@require_safe
def revision(request: WebRequest, pk: UUID, number: int) -> HttpResponse:
    """One text as it was, with its annotations as they stood in it. To read only."""
    article = visible(Article, request.user, "project", pk=pk)
    row = revision_numbered(article, number)
    marks = marks_as_they_stood(article, row, request.user)
    context = picker(article, request.user) | reading_context(article, row, marks, request.user)
    return page(request, "annotations/articles/read.html", context)


def revision_numbered(article: Article, number: int) -> Revision:
    row: Revision | None = article.revisions.filter(number=number).first()
    if row is None:
        raise NotFound("There is nothing here.")
    return row


@require_safe
def compare_revisions(request: WebRequest, pk: UUID) -> HttpResponse:
    """Two texts side by side: `?from=1&to=2`, else the two newest."""
    article = visible(Article, request.user, "project", pk=pk)
    known = picker(article, request.user)
    numbers = [row.number for row in known["revisions"]]
    later = number_in(request, "to", numbers, numbers[0])
    earlier = number_in(request, "from", numbers, max(1, later - 1))
    old, new = revision_numbered(article, earlier), revision_numbered(article, later)
    context = known | {
        "section": "queue",
        "project": article.project,
        "article": article,
        "old": old,
        "new": new,
        "diff": compare(old.text, new.text),
    }
    return page(request, "annotations/revisions/compare.html", context)


def number_in(request: WebRequest, name: str, known: list[int], otherwise: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 and int(said) in known else otherwise


# -- the review -------------------------------------------------------------------------------------------------------


@require_safe
def review_anchors(request: WebRequest, pk: UUID) -> HttpResponse:
    """The annotations that wait for a decision; `?anchor=` says with which one goes on."""
    article = visible(Article, request.user, "project", pk=pk)
    return review_page(request, article, request.GET.get("anchor", ""))


def review_page(
    request: WebRequest, article: Article, current: str, error: WorkbenchError | None = None
) -> HttpResponse:
    """`error` is the refusal of a decision on the current one."""
    waiting = review_list(article, request.user)
    ids = [str(one.anchor.pk) for one in waiting]
    at = ids.index(current) if current in ids else 0
    decided = Anchor.objects.visible_to(request.user).filter(annotation__article=article).exclude(decision="")
    context = picker(article, request.user) | {
        "section": "queue",
        "project": article.project,
        "article": article,
        "anchors": waiting,
        "current": ids[at] if ids else "",
        "previous_id": ids[at - 1] if at > 0 else "",
        "next_id": ids[at + 1] if at + 1 < len(ids) else "",
        "decided": decided.select_related("annotation__label", "decided_by", "revision").order_by("-decided_at")[
            :DECIDED_SHOWN
        ],
        "error": error,
    }
    return page(request, "annotations/revisions/review.html", context, status_of(error) if error else 200)


def one_anchor(request: WebRequest, pk: UUID) -> Anchor:
    anchor = visible(Anchor, request.user, *JOINED, pk=pk)
    anchor.annotation.article = visible(Article, request.user, "project", pk=anchor.annotation.article_id)
    return anchor


def decide(request: WebRequest, anchor: Anchor, verb: Verb, words: str) -> HttpResponse:
    """One decision: on to the next that waits, or the same list with the refusal beside the anchor."""
    article = anchor.annotation.article

    def on_error(error: WorkbenchError) -> HttpResponse:
        return review_page(request, article, str(anchor.pk), error)

    return perform_write(
        request,
        lambda: verb(by=request.user, anchor=anchor, version=version_of(request)),
        lambda _: decided(request, anchor, words),
        on_error,
    )


def decided(request: WebRequest, anchor: Anchor, words: str) -> HttpResponse:
    """On with the next one that waits, which the form named."""
    messages.success(request, words)
    following = as_uuid(request.POST.get("next", ""))
    address = reverse("web:review_anchors", args=[anchor.annotation.article_id])
    return go(request, f"{address}?anchor={following}" if following else address)


@require_POST
def accept_anchor(request: WebRequest, pk: UUID) -> HttpResponse:
    words = gettext("The place that was found is accepted.")
    return decide(request, one_anchor(request, pk), services.accept_anchor, words)


@require_POST
def drop_anchor(request: WebRequest, pk: UUID) -> HttpResponse:
    words = gettext("The annotation is in the trash.")
    return decide(request, one_anchor(request, pk), services.drop_anchor, words)


@require_POST
def reopen_anchor(request: WebRequest, pk: UUID) -> HttpResponse:
    words = gettext("The decision is taken back; the annotation waits again.")
    return decide(request, one_anchor(request, pk), services.reopen_anchor, words)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_anchor(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the new text, to mark the place in it; `?words=` finds words. POST: the segments and their quote."""
    anchor = one_anchor(request, pk)
    if request.method != "POST":
        return remark_page(request, anchor)
    form = OffsetsForm(request.POST)

    def perform() -> Anchor:
        segments, quote = place_sent(request, anchor, form)
        return services.remark_anchor(
            by=request.user, anchor=anchor, version=version_of(request), segments=segments, quote=quote
        )

    def on_error(error: WorkbenchError) -> HttpResponse:
        form.refuse(error)
        return remark_page(request, one_anchor(request, pk), form, error)

    return perform_write(
        request, perform, lambda _: decided(request, anchor, gettext("The annotation is marked anew.")), on_error
    )


def place_sent(request: WebRequest, anchor: Anchor, form: OffsetsForm) -> tuple[Any, Any]:
    """Segments and quote of a mark or a hit; of offsets alone the quote is what stands there."""
    if "segments" in request.POST:
        return json_in(request, "segments", []), json_in(request, "quote", "")
    filled(form)
    segments = segments_in(form)
    length = len(anchor.revision.text)
    if any(end > length for _, end in segments):
        raise Invalid.field("end", gettext("The text has %(length)s characters.") % {"length": length})
    return segments, quote_of(anchor.revision.text, segments)


def remark_page(
    request: WebRequest, anchor: Anchor, form: OffsetsForm | None = None, error: WorkbenchError | None = None
) -> HttpResponse:
    article = anchor.annotation.article
    texts = texts_of([anchor])
    text = texts[anchor.revision_id]
    words = request.GET.get("words", "").replace("\x00", "�")[:500]
    near = near_in(anchor, texts)
    context = picker(article, request.user) | {
        "section": "queue",
        "project": article.project,
        "article": article,
        "anchor": anchor,
        "revision": anchor.revision,
        "waiting_anchor": waiting_of(anchor, texts, request.user),
        "words": words,
        "hits": hits_of(text, words, near),
        "blocks": blocks_near(text, near),
        "offsets_form": form or OffsetsForm(),
        "error": error,
    }
    return page(request, "annotations/revisions/remark.html", context, status_of(error) if error else 200)
