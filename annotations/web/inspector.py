"""The inspector: one annotation with its label, its claims, who says so, the evidence, the disputes, what happened.

Every write that is made from it answers through `shown` (it worked) or `refused` (a rule said no): for htmx the region
with the gutter beside it and the span to paint, else the article's page. The article itself is never swapped.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from annotations.core.errors import WorkbenchError
from annotations.models import (
    Annotation,
    Attribution,
    Claim,
    ClaimMention,
    Dispute,
    Evidence,
    Label,
    Person,
    Relation,
    Statement,
)
from annotations.policies.annotations import may_add_annotation, may_edit_annotation
from annotations.policies.attributions import may_add_attribution
from annotations.policies.claims import may_add_claim
from annotations.policies.disputes import may_open_dispute
from annotations.policies.evidence import may_add_evidence
from annotations.queries.attributions import Saying, attributions_in, chain_of, evidence_around, saying_of
from annotations.queries.evidence import ledger_of
from annotations.queries.history import history_of, told
from annotations.queries.lookups import as_uuid
from annotations.queries.relations import relations_of
from annotations.refusals import status_of
from annotations.templatetags.languages import said as in_language
from annotations.web.arcs import relations_context
from annotations.web.conflict import conflict_of
from annotations.web.desk import desk_context, labels_of, swatches
from annotations.web.fields import WriteForm
from annotations.web.folds import EVERY, NONE, completes_names, context_of, offers_others, template_of
from annotations.web.forms.annotations import NoteForm
from annotations.web.forms.attributions import AttributionChoices, AttributionForm
from annotations.web.forms.claims import QuickClaimForm
from annotations.web.forms.evidence import EvidenceForm, agent_names, evidence_choices
from annotations.web.marks import Mark, gutters_at, mark_of, marks_around, marks_named, span_of
from annotations.web.requests import WebRequest
from annotations.web.respond import go, page, region
from annotations.web.sayings import chains_shown
from annotations.web.shaping import shape_of

REGION = "annotations/annotations/_region.html"
NEW = "annotations/annotations/_new.html"
FOLD = "annotations/annotations/_fold.html"
EVENTS_SHOWN = 6
SPANS_OFFERED = 80
Forms = Mapping[str, WriteForm]
Swatches = Mapping[str, list[dict[str, Any]]]


# -- answers ----------------------------------------------------------------------------------------------------------


def inspected(request: WebRequest) -> Annotation | None:
    """The annotation from whose inspector a form was sent, named in its field `annotation`; None from elsewhere."""
    return visible_annotation(request.user, request.POST.get("annotation", ""))


def visible_annotation(person: Any, pk: str) -> Annotation | None:
    found = as_uuid(pk)
    if not found:
        return None
    rows = Annotation.objects.visible_to(person).active().select_related("article__project", "label", "author")
    return rows.filter(pk=found).first()


def shown(
    request: WebRequest,
    annotation: Annotation,
    *,
    is_restored: bool = False,
    also: Iterable[Annotation] = (),
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The annotation as it is now, after a write: the region, the gutters where it begins and the span to paint.

    `also` are others that the same write made, changed or took away; `beside` is more for the region's template.
    """
    if not request.htmx:
        return go(request, address_of(annotation))
    person = request.user
    marks = marks_for(annotation, person, also, is_menu=False)
    context = annotation_context(person, annotation, marks, {}, folds=NONE)
    context |= {"gutters": gutters_of(annotation, marks, also), "is_written": True}
    context |= beside or {}
    triggers = spans_to_paint(annotation, marks, also)
    if is_restored:
        triggers["undone"] = {"ids": [str(annotation.pk)]}
    return region(request, REGION, context, triggers=triggers)


def made(request: WebRequest, annotation: Annotation) -> HttpResponse:
    """An annotation that was made this moment: nothing hangs on it yet, so nothing is looked for. Its chip goes into
    the gutter that is there; js/screen.js knows its place among the others. The span is told first, so that it is
    painted before anything else is done. Two queries."""
    if not request.htmx:
        return go(request, address_of(annotation))
    mark = mark_of(annotation, request.user)
    [block] = gutters_of(annotation, [mark])
    context = region_context(request.user, annotation, [mark], Hanging(), {}, labels_of(annotation.article), NONE)
    return region(request, NEW, context | {"block": block}, triggers={"span-changed": span_of(mark)}, told="receive")


def spans_to_paint(annotation: Annotation, marks: list[Mark], also: Iterable[Annotation]) -> dict[str, Any]:
    """Events for the page: first of the others, then of the annotation itself, which stays the current one."""
    spans = {mark["id"]: span_of(mark) for mark in marks if mark["segments"]}
    others = [str(row.pk) for row in also]
    changed, removed = [pk for pk in others if pk in spans], [pk for pk in others if pk not in spans]
    triggers: dict[str, Any] = {}
    if others:
        triggers["spans-changed"] = {"changed": [spans[pk] for pk in changed], "removed": removed}
    if own := spans.get(str(annotation.pk)):
        triggers["span-changed"] = own
    return triggers


def refused(request: WebRequest, annotation: Annotation, error: WorkbenchError, forms: Forms) -> HttpResponse:
    """The annotation with the refused form open and the reason beside it, in the region or in the article's page."""
    person, status = request.user, status_of(error)
    annotation = visible_annotation(person, str(annotation.pk)) or annotation  # a stale one as it is now
    for form in forms.values():
        form.refuse(error)
    conflict = conflict_of(request, annotation, error, forms)
    beside = {"error": error if not forms and not conflict else None, "conflict": conflict}
    if request.htmx:
        marks = marks_for(annotation, person, is_menu=False)
        folds = ["history"] if conflict else NONE  # which tells what somebody else did to it
        context = annotation_context(person, annotation, marks, forms, folds=folds)
        return region(request, REGION, context | beside, status)
    context = focused_desk(person, annotation, forms) | beside
    return page(request, "annotations/articles/annotate.html", context, status)


def opened(request: WebRequest, annotation: Annotation) -> HttpResponse:
    """The region alone, when somebody chose the annotation: with its folds closed and empty."""
    hanging = what_hangs_on(annotation, request.user, {}, NONE)
    marks = marks_named(annotation.article, annotation.revision, request.user, {annotation.pk} | ends_of(hanging))
    labels = labels_of(annotation.article)
    return region(request, REGION, region_context(request.user, annotation, marks, hanging, {}, labels, NONE))


def unfolded(request: WebRequest, annotation: Annotation, name: str) -> HttpResponse:
    """The inside of one fold, when somebody opened it."""
    template = template_of(name)
    marks = marks_for(annotation, request.user) if offers_others([name]) else []
    context = context_of(name, annotation_context(request.user, annotation, marks, {}, folds=[name]))
    return region(request, FOLD, context | {"template": template, "has_names": completes_names([name])})


def marks_for(
    annotation: Annotation, person: Any, also: Iterable[Annotation] = (), *, is_menu: bool = True
) -> list[Mark]:
    """The marks that the inspector and its gutters speak of: those of the same paragraph and of the paragraphs of
    `also`, those at the other ends of its relations, and for a menu the nearest. Their cost does not grow with the
    page."""
    starts = [row.start for row in (annotation, *also) if row.start is not None]
    ends = {pk for row in relations_of(annotation, person) for pk in (row.from_annotation_id, row.to_annotation_id)}
    return marks_around(annotation.article, annotation.revision, person, starts, ends, is_near=is_menu)


def focused_desk(person: Any, annotation: Annotation, forms: Forms | None = None) -> dict[str, Any]:
    """The context of the article's page with this annotation in its inspector."""
    desk = desk_context(person, annotation.article, annotation.revision, annotation.pk)
    labels = {name: desk[name] for name in ("labels", "document_labels", "relation_labels")}
    chosen = annotation_context(person, annotation, desk["marks"], forms or {}, labels)
    return desk | chosen | {"decision_may_annotate": desk["decision_may_annotate"]}


def address_of(annotation: Annotation) -> str:
    return f"{reverse('web:article', args=[annotation.article_id])}?annotation={annotation.pk}"


def gutters_of(annotation: Annotation, marks: list[Mark], also: Iterable[Annotation] = ()) -> list[dict[str, Any]]:
    starts = [row.start for row in (annotation, *also) if row.start is not None]
    return gutters_at(annotation.revision.text, marks, starts, annotation.pk)


# -- what it shows ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Hanging:
    """What hangs on an annotation: claims, sayings and relations, as the inspector shows them."""

    claims: list[dict[str, Any]] = field(default_factory=list)
    known: Mapping[UUID, Attribution] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    proofs: list[Evidence] = field(default_factory=list)


def what_hangs_on(annotation: Annotation, person: Any, forms: Forms, folds: Container[str]) -> Hanging:
    """Four queries, and a few for each kind that there is."""
    return Hanging(
        claims_at(annotation, person, forms, folds),
        attributions_in([annotation.article_id], [], person),
        relations_of(annotation, person),
        evidence_around(annotation, person),
    )


def ends_of(hanging: Hanging) -> set[UUID]:
    return {pk for row in hanging.relations for pk in (row.from_annotation_id, row.to_annotation_id)}


def annotation_context(
    person: Any,
    annotation: Annotation,
    marks: list[Mark],
    forms: Forms,
    labels: Swatches | None = None,
    folds: Container[str] = EVERY,
) -> dict[str, Any]:
    """Everything about one annotation that `person` may see, and in `folds` a form for each thing to add."""
    hanging = what_hangs_on(annotation, person, forms, folds)
    return region_context(person, annotation, marks, hanging, forms, labels or labels_of(annotation.article), folds)


def region_context(
    person: Any,
    annotation: Annotation,
    marks: list[Mark],
    hanging: Hanging,
    forms: Forms,
    labels: Swatches,
    folds: Container[str],
) -> dict[str, Any]:
    """The context of annotations/_annotation.html. Queries only for what its folds show."""
    project = annotation.article.project
    claims, known = hanging.claims, hanging.known
    kind = "document_labels" if annotation.label.kind == "document" else "labels"
    offered = spans_offered(annotation, marks) if offers_others(folds) else []
    choices = attribution_choices(known, offered, hanging.proofs)
    return {
        "annotation": annotation,
        "article": annotation.article,
        "project": project,
        "mark": next((mark for mark in marks if mark["id"] == str(annotation.pk)), None),
        "marks": marks,
        "choices": labels[kind],
        "document_labels": labels["document_labels"],
        "document_marks": [mark for mark in marks if not mark["segments"]],
        "mark_url": reverse("web:add_annotation", args=[annotation.article_id]),
        "swatch": swatch_of(annotation.label, labels[kind]),
        "claims": claims,
        **relations_context(
            person, annotation, hanging.relations, marks, offered, labels["relation_labels"], forms, folds
        ),
        "chains": chains_shown(chains_of(annotation, known, claims), choices, forms, folds),
        "evidence_known": choices.evidence,
        "agents": agent_names(person, project) if forms or completes_names(folds) else (),
        "events": told(history_of("annotation", annotation.pk, person)[:EVENTS_SHOWN], person)
        if "history" in folds
        else None,
        "shape": shape_of(annotation, marks, labels[kind], forms, folds),
        **own_forms(annotation, choices, forms, folds),
        "decision_may_annotate": may_add_annotation(person, project.pk),
        "may": {
            "edit": may_edit_annotation(person, annotation),
            "claim": may_add_claim(person, project.pk),
            "attribution": may_add_attribution(person, project.pk),
            "evidence": may_add_evidence(person, project.pk),
            "dispute": may_open_dispute(person, project.pk),
        },
    }


def own_forms(
    annotation: Annotation, choices: AttributionChoices, forms: Forms, folds: Container[str]
) -> dict[str, WriteForm | None]:
    """The forms of the annotation itself; None in a fold that is empty. A note that is there is shown."""
    made = {
        "annotation": lambda: note_form(annotation) if "note" in folds or annotation.note else None,
        "claim": lambda: QuickClaimForm(initial={"text": annotation.quote}) if "claim" in folds else None,
        "attribution": lambda: AttributionForm(choices=choices) if "attribution" in folds else None,
    }
    names = {"annotation": "note_form", "claim": "claim_form", "attribution": "attribution_form"}
    return {names[name]: forms.get(name) or make() for name, make in made.items()}


def note_form(annotation: Annotation) -> NoteForm:
    label = annotation.label
    return NoteForm(label=label, initial=NoteForm.initial_of(label, annotation.note, annotation.attributes))


def claims_at(
    annotation: Annotation, person: Person, forms: Forms, folds: Container[str] = EVERY
) -> list[dict[str, Any]]:
    """The claims that the annotation makes, each with its evidence, its disputes and a form to add evidence."""
    statements = Statement.objects.filter(dispute__in=Dispute.objects.visible_to(person).active()).select_related(
        "dispute"
    )
    mentions = (
        ClaimMention.objects.visible_to(person)
        .active()
        .filter(annotation=annotation, claim__trashed=False)
        .select_related("claim__owner")
        .prefetch_related(Prefetch("claim__statements", statements, to_attr="seen_statements"))
        .order_by("id")
    )
    rows = list(mentions)
    if not rows:
        return []
    ledger = ledger_of([row.claim_id for row in rows], person)
    shown = [
        {
            "claim": row.claim,
            "mention": row,
            "statements": row.claim.seen_statements,
            "evidence": [one for one in ledger.evidence if one.claim_id == row.claim_id],
            "counted": ledger.counted.get(row.claim_id, []),
            "fold": f"evidence:{row.claim_id}",
            "evidence_form": forms.get(f"evidence:{row.claim_id}"),
        }
        for row in rows
    ]
    if wanted := [one for one in shown if one["fold"] in folds and one["evidence_form"] is None]:
        choices = evidence_choices(person, annotation.article.project)
        for one in wanted:
            one["evidence_form"] = EvidenceForm(choices=choices, called=f"evidence-{one['claim'].pk}")
    return shown


# -- who says so ------------------------------------------------------------------------------------------------------


def chains_of(
    annotation: Annotation, known: Mapping[UUID, Attribution], claims: list[dict[str, Any]]
) -> list[list[Saying]]:
    """Each saying of the annotation's words with those that relay it, the outermost first: those that have the words as
    their content, and those through which its claims are made. One that only relays another saying of the same words
    stands in that one's chain and not alone."""
    outlet = annotation.article.outlet
    through = {claim["mention"].attribution_id for claim in claims}
    said = [row for row in known.values() if row.content_id == annotation.pk or row.pk in through]
    chains = [chain_of(row, known, outlet) for row in said]
    relaying = {link.attribution.pk for chain in chains for link in chain[:-1] if link.attribution}
    return [chain for chain in chains if chain[-1].attribution and chain[-1].attribution.pk not in relaying]


def attribution_choices(
    known: Mapping[UUID, Attribution], spans: list[tuple[str, str]], proofs: Iterable[Evidence]
) -> AttributionChoices:
    """What the form of an attribution offers: annotations as `spans`, the other sayings, the evidence near by."""
    parents = {str(row.pk): str(in_language(saying_of(row).name)) for row in known.values()}
    evidence = {str(one.pk): one.source.title for one in proofs}
    for row in known.values():  # what is recorded stays on offer, wherever it comes from
        if row.evidence:
            evidence.setdefault(str(row.evidence_id), row.evidence.source.title)
        if row.parent_id:
            parents.setdefault(str(row.parent_id), gettext("a saying outside this article"))
    return AttributionChoices(spans, [*parents.items()], [*evidence.items()])


def spans_offered(annotation: Annotation, marks: list[Mark]) -> list[tuple[str, str]]:
    """The annotations near by, for a menu: number and words."""
    return [(mark["id"], f"{mark['number']} {mark['quote'][:60]}") for mark in marks_near(annotation, marks)]


def marks_near(annotation: Annotation, marks: list[Mark]) -> list[Mark]:
    """The marks nearest to the annotation, in the order of the text: a speaker is seldom far from the words."""
    here = annotation.start or 0
    spanned = (mark for mark in marks if mark["segments"])
    nearest = nsmallest(SPANS_OFFERED, spanned, key=lambda mark: abs(mark["segments"][0][0] - here))
    return sorted(nearest, key=lambda mark: mark["segments"])


def swatch_of(label: Label, labels: list[dict[str, Any]]) -> dict[str, Any]:
    """The label's swatch as the others on the page have it; a retired label is not among them."""
    return next((known for known in labels if known["id"] == str(label.pk)), None) or swatches([label])[0]


def evidence_form_for(request: WebRequest, claim: Claim) -> EvidenceForm:
    choices = evidence_choices(request.user, claim.project)
    return EvidenceForm(request.POST, choices=choices, called=f"evidence-{claim.pk}")
