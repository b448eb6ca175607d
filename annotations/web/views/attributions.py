"""Attributions: who says the words of an annotation, recorded from its inspector.

The speaker's name finds an agent or makes one; the span of the speaker and of the cue are taken from annotations that
are there. Where the annotation makes one claim, the claim is said to be made through the new attribution.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from annotations.core.errors import NotFound, WorkbenchError
from annotations.models import Annotation, Article, Attribution, Claim, ClaimMention, Evidence, Project
from annotations.policies.claims import may_edit_claim
from annotations.queries.attributions import evidence_around
from annotations.queries.lookups import related, visible
from annotations.refusals import status_of
from annotations.services import attributions as services
from annotations.services.claims import edit_mention
from annotations.services.claims import promote_saying as promote
from annotations.web import inspector
from annotations.web.fields import filled, unchanged, version_of
from annotations.web.forms.attributions import KEPT, PLAIN, AttributionForm
from annotations.web.marks import marks_on
from annotations.web.named import agent_named, told_as
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, perform_write, refusal, region
from annotations.web.sayings import contents_sent, guesses_near, hops_sent, likeness_of
from annotations.web.views.annotations import revision_sent

SPANS = {f"{span}_{part}": span for span in ("speaker", "cue") for part in ("segments", "quote")}


@require_POST
def add_attribution(request: WebRequest, pk: UUID) -> HttpResponse:
    """Who says the annotation named in the field `annotation`, in this article."""
    article = visible(Article, request.user, "project", pk=pk)
    content = related(
        Annotation, request.POST.get("annotation", ""), person=request.user, project=article.project, field="annotation"
    )
    form = form_for(request, content)

    def perform() -> Attribution:
        typed = filled(form)
        with told_as(**SPANS):
            row = services.add_attribution(
                by=request.user, article=article, content=content, **columns(request, article.project, typed)
            )
        join_mention(request, content, row)
        return row

    return perform_write(
        request,
        perform,
        lambda _: inspector.shown(request, chosen(request, content.pk)),
        lambda error: inspector.refused(request, chosen(request, content.pk), error, {"attribution": form}),
    )


# -- from the text, in one flow ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def record_saying(request: WebRequest, pk: UUID) -> HttpResponse:
    """GET: the sayings around a place, or who may be meant by `words`. POST: what js/saying.js gathered, at once."""
    article = visible(Article, request.user, "project", pk=pk)
    if request.method != "POST":
        words, at = request.GET.get("words", ""), request.GET.get("at", "")
        if "words" not in request.GET:
            return page(request, "annotations/annotations/_guesses.html", {"guesses_json": guesses_near(article, at)})
        context = likeness_of(article, request.user, words, at)
        return page(request, "annotations/agents/_likeness.html", context | {"article": article})

    def perform() -> Attribution:
        with told_as(**SPANS):
            row = services.record_saying(
                by=request.user,
                article=article,
                revision=revision_sent(request, article),
                contents=contents_sent(request, article),
                hops=hops_sent(request, article),
            )
        join_mention(request, row.content, row)  # type: ignore[arg-type]
        return row

    return perform_write(request, perform, lambda row: said_shown(request, row), saying_refused(request))


def said_shown(request: WebRequest, row: Attribution) -> HttpResponse:
    """The first of the contents in the inspector, and all of them in the text."""
    marked = Annotation.objects.filter(mentions__attribution=row) | Annotation.objects.filter(attributions=row)
    siblings = Annotation.objects.filter(
        attributions__parent=row.parent_id,
        attributions__speaker_quote=row.speaker_quote,
        attributions__cue_segments=row.cue_segments,
        article=row.article_id,
    )
    seen = Annotation.objects.visible_to(request.user).active()
    touched = seen.filter(pk__in={one.pk for rows in (marked, siblings) for one in rows})
    content: Any = row.content
    return inspector.shown(request, chosen(request, content.pk), also=touched.exclude(pk=content.pk))


def saying_refused(request: WebRequest) -> Any:
    """Into the bar, which keeps what was gathered; without it a page of its own."""

    def on_error(error: WorkbenchError) -> HttpResponse:
        if not request.htmx:
            return refusal(request, error)
        answer = region(request, "annotations/annotations/_refused_saying.html", {"error": error}, status_of(error))
        return reswap(retarget(answer, "#saying-refused"), "innerHTML")

    return on_error


# -- one form in the inspector ----------------------------------------------------------------------------------------


def chosen(request: WebRequest, pk: UUID) -> Annotation:
    return visible(Annotation, request.user, "article__project", "revision", "label", "author", pk=pk)


def form_for(request: WebRequest, content: Annotation, said: Attribution | None = None) -> AttributionForm:
    """The form with the menus of the inspector that it was sent from; `said` is what it changes."""
    person, annotation = request.user, chosen(request, content.pk)
    marks = marks_on(annotation.article, annotation.revision, person)
    known = inspector.attributions_in([annotation.article_id], [], person)
    spans = inspector.spans_offered(annotation, marks)
    choices = inspector.attribution_choices(known, spans, evidence_around(annotation, person))
    called = f"attribution-{said.pk}" if said else "attribution"
    return AttributionForm(request.POST, choices=choices, said=said, called=called)


def columns(
    request: WebRequest, project: Project, typed: dict[str, Any], said: Attribution | None = None
) -> dict[str, Any]:
    """What was typed as the service takes it: names and ids as rows, chosen annotations as segments and quote."""
    fields = {name: typed[name] for name in PLAIN if name in typed}
    if "agent" in typed and not (said and said.agent and said.agent.name == typed["agent"]):
        kind = typed.get("agent_kind", "")
        fields["agent"] = agent_named(request.user, project, typed["agent"], kind=kind, field="agent")
    if "recipient" in typed and not (said and said.recipient and said.recipient.name == typed["recipient"]):
        fields["recipient"] = agent_named(request.user, project, typed["recipient"], kind="person", field="recipient")
    for name, model in (("parent", Attribution), ("evidence", Evidence)):
        if name in typed:
            pk = typed[name]
            fields[name] = related(model, pk, person=request.user, project=project, field=name) if pk else None
    for span in ("speaker", "cue"):
        if typed.get(span, KEPT) != KEPT:
            fields |= span_chosen(request, project, span, typed[span])
    return fields


def span_chosen(request: WebRequest, project: Project, span: str, pk: str) -> dict[str, Any]:
    """The segments and the words of the annotation that was chosen as a span; nothing for none."""
    if not pk:
        return {f"{span}_segments": [], f"{span}_quote": ""}
    row = related(Annotation, pk, person=request.user, project=project, field=span)
    return {f"{span}_segments": row.segments, f"{span}_quote": row.quote}


def join_mention(request: WebRequest, content: Annotation, row: Attribution) -> None:
    """A claim that the annotation makes, and of which nothing else is said, is made through what was just recorded;
    where the person may change the claim."""
    mentions = ClaimMention.objects.visible_to(request.user).active().filter(annotation=content, attribution=None)
    for mention in mentions.select_related("claim"):
        if may_edit_claim(request.user, mention.claim):
            edit_mention(by=request.user, mention=mention, version=mention.version, attribution=row)


# -- one attribution --------------------------------------------------------------------------------------------------


def found(request: WebRequest, pk: UUID) -> Attribution:
    return visible(Attribution, request.user, "project", "content", "agent", pk=pk)


def shown_at(request: WebRequest, row: Attribution) -> Annotation | None:
    """The annotation in whose inspector a saying was changed: the one that the form names, else that of its words."""
    at = inspector.inspected(request)
    if at and at.project_id == row.project_id:
        return at
    return chosen(request, row.content_id) if row.content_id else None


def answered(request: WebRequest, row: Attribution) -> HttpResponse:
    """Back to the inspector, or to the article."""
    if at := shown_at(request, row):
        return inspector.shown(request, at)
    return go(request, reverse("web:article", args=[row.article_id]) if row.article_id else reverse("web:queue"))


@require_POST
def edit_attribution(request: WebRequest, pk: UUID) -> HttpResponse:
    """From the inspector of the words that it says, or that it relays."""
    said = found(request, pk)
    at = shown_at(request, said)
    if at is None:
        raise NotFound("There is nothing here.")
    form = form_for(request, at, said)

    def perform() -> Attribution:
        typed = columns(request, said.project, unchanged(filled(form), said), said)
        with told_as(**SPANS):
            return services.edit_attribution(by=request.user, attribution=said, version=version_of(request), **typed)

    def on_error(error: WorkbenchError) -> HttpResponse:
        return inspector.refused(request, at, error, {f"attribution:{pk}": form})

    return perform_write(request, perform, lambda _: answered(request, said), on_error)


@require_POST
def promote_saying(request: WebRequest, pk: UUID) -> HttpResponse:
    """Make a claim of the saying itself: from the inspector (field `annotation`) back to it, else on to the claim."""
    row = found(request, pk)
    at = inspector.inspected(request)

    def on_done(claim: Claim) -> HttpResponse:
        return inspector.shown(request, at) if at else go(request, reverse("web:claim", args=[claim.pk]))

    return perform_write(request, lambda: promote(by=request.user, attribution=row), on_done)


@require_POST
def trash_attribution(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return perform_write(
        request,
        lambda: services.trash_attribution(by=request.user, attribution=row, version=version_of(request)),
        lambda _: answered(request, row),
    )


@require_POST
def restore_attribution(request: WebRequest, pk: UUID) -> HttpResponse:
    row = found(request, pk)
    return perform_write(
        request,
        lambda: services.restore_attribution(by=request.user, attribution=row, version=version_of(request)),
        lambda _: answered(request, row),
    )
