"""The recommender that learns: trained on the project's own annotations in the background, measured, and asked.

Everywhere but in a blind project all may see all, and one model serves everybody. In a blind project a model is trained
on one person's annotations alone and kept for that person alone, because what it finds tells of what it learned.
How learning works is the business of `core.learning`.
"""

from collections import OrderedDict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.core.errors import Clash, IllegalMove, Invalid
from annotations.core.learning import Example, Model, learnable, pack, prepare, propose, train, unpack
from annotations.core.measuring import measure
from annotations.core.recommending import Proposals
from annotations.core.sentences import say
from annotations.models import Annotation, Article, Job, Label, OwnModel, Person, Project, Recommender, Revision
from annotations.policies.recommenders import may_train_recommender
from annotations.policies.roles import Decision
from annotations.services.jobs import Arguments, Report, Running, job, queue_job, start_job
from annotations.services.write import writing

KIND = "train_recommender"
SMALL = 60_000  # code points of annotated articles; a few seconds of training
MOST_ARTICLES = 5_000  # the newest ones; their tokens are limited besides
MODELS_KEPT = 8  # unpacked, in each process
DUE_AFTER, DUE_SHARE = 20, 0.2  # new annotations, and their share of those learned from, that are worth a new training
LEAST_SCORE = 0.4

_models: "OrderedDict[UUID, tuple[datetime, Model]]" = OrderedDict()


# -- asking for training ----------------------------------------------------------------------------------------------


def train_recommender(*, by: Person, recommender: Recommender) -> Job:
    """Train it anew: small projects at once, others in the background. Raises Refused, Invalid, IllegalMove, Clash."""
    check_trainable(by, recommender)
    with writing(by, recommender.project_id) as change:
        change.allow(may_train_recommender(by, recommender.project_id))
        if unfinished(by, recommender):
            raise Clash("This recommender is being trained already.")
        return start_job(by=by, project=recommender.project, kind=KIND, arguments={"recommender": str(recommender.pk)})


def check_trainable(by: Person, recommender: Recommender) -> None:
    if recommender.kind != "learned":
        raise Invalid.field("recommender", say("Only a recommender that learns is trained."))
    if recommender.trashed:
        raise IllegalMove(say("This recommender is in the trash; restore it before training it."))


def unfinished(by: Person, recommender: Recommender) -> bool:
    """Whether a training is on its way already; in a blind project everybody has their own."""
    waiting = Job.objects.unfinished().filter(
        project_id=recommender.project_id, kind=KIND, arguments__recommender=str(recommender.pk)
    )
    return (waiting.filter(author=by) if recommender.project.blind else waiting).exists()


def train_when_due(*, by: Person, recommender: Recommender) -> bool:
    """Queue a training where enough was annotated since the last one; never done while a person waits."""
    trained_at, measured = learned_by(by, recommender)
    if trained_at is None or not may_train_recommender(by, recommender.project_id):
        return False
    new = labelled(by, recommender.project).filter(pk__gt=first_id_at(trained_at))
    needed = max(DUE_AFTER, int(DUE_SHARE * measured.get("annotations", 0)))
    if len(new.values_list("pk", flat=True)[:needed]) < needed or unfinished(by, recommender):
        return False
    queue_job(by=by, project=recommender.project, kind=KIND, arguments={"recommender": str(recommender.pk)})
    return True


def first_id_at(moment: datetime) -> UUID:
    """The smallest id that a record made at this moment can have: uuid7 begins with the milliseconds."""
    return UUID(int=int(moment.timestamp() * 1_000) << 80)


def learned_by(by: Person, recommender: Recommender) -> tuple[datetime | None, dict[str, Any]]:
    """When the model that serves this person was trained, and how good it was found."""
    if not recommender.project.blind:
        return recommender.trained_at, recommender.measured
    own = OwnModel.objects.filter(recommender=recommender, author=by).values_list("trained_at", "measured").first()
    return own or (None, {})


# -- what it learns from ----------------------------------------------------------------------------------------------


def labelled(by: Person, project: Project) -> Any:
    """The annotations that this person's model may learn from."""
    rows = Annotation.objects.visible_to(by).active().filter(project=project, start__isnull=False)
    rows = rows.filter(article__trashed=False, label__retired=False, label__kind="span")
    return rows.filter(author=by) if project.blind else rows


def examples_of(by: Person, project: Project) -> list[Example]:
    """The articles with annotations on their newest text, the newest first."""
    spans: dict[UUID, dict[str, set[tuple[int, int]]]] = {}
    rows = (
        labelled(by, project).order_by("-article_id").values_list("article_id", "revision_id", "label__key", "segments")
    )
    newest = dict(newest_revisions(project, rows.values("article_id")))
    for article, revision, key, segments in rows.iterator(chunk_size=2_000):
        if newest.get(article) == revision:
            spans.setdefault(revision, {}).setdefault(key, set()).update((start, end) for start, end in segments)
    wanted = list(spans)[:MOST_ARTICLES]
    texts = dict(texts_of(wanted))
    return [Example(texts[pk], {key: sorted(found) for key, found in spans[pk].items()}) for pk in wanted]


def texts_of(revisions: list[UUID]) -> list[tuple[UUID, str]]:
    """A database takes only so many ids at once."""
    return [
        pair
        for start in range(0, len(revisions), 500)
        for pair in Revision.objects.filter(pk__in=revisions[start : start + 500]).values_list("pk", "text")
    ]


def newest_revisions(project: Project, articles: Any) -> Any:
    """(article, its newest revision), each article once: later rows win."""
    rows = Revision.objects.filter(project=project, article_id__in=articles).order_by("number")
    return rows.values_list("article_id", "pk")


def size_of(project: Project, arguments: Arguments) -> int:
    """Code points of the annotated articles, as far as it matters."""
    articles = Annotation.objects.active().filter(project=project).values("article_id").distinct()
    sizes = Revision.objects.filter(project=project, article_id__in=articles).values_list("code_points", flat=True)
    return sum(sizes[:MOST_ARTICLES])


# -- training ---------------------------------------------------------------------------------------------------------


def may_train(person: Person, project: Project, arguments: Arguments) -> Decision:
    return may_train_recommender(person, project.pk)


@job(KIND, title="Training a recommender", may=may_train, cost=size_of, small=SMALL)
def train_now(running: Running) -> Report:
    """Learn from everything anew, measure, store. Done twice it stores the same."""
    recommender = (
        Recommender.objects.select_related("project")
        .filter(pk=running.arguments["recommender"], project_id=running.job.project_id)
        .first()
    )
    if recommender is None:
        raise IllegalMove(say("What was to be worked on is no longer there."))
    check_trainable(running.by, recommender)
    begun = timezone.now()
    examples = examples_of(running.by, recommender.project)
    labels = learnable(examples)
    rows = prepare(examples, labels, running.sign)
    measured = measure(rows, labels, running.sign)
    measured |= {"articles": len(rows), "annotations": sum(len(row.begins[key]) for row in rows for key in labels)}
    packed = pack(train(rows, labels, running.sign))
    store_model(running, recommender, packed, measured, begun)
    return {"annotations": measured["annotations"], "articles": len(rows), **in_percent(measured["all"])}


def in_percent(figures: dict[str, Any]) -> dict[str, str]:
    return {name: f"{round(100 * figures[name])} %" for name in ("precision", "recall", "f1")}


def store_model(
    running: Running, recommender: Recommender, packed: bytes, measured: dict[str, Any], at: datetime
) -> None:
    """`at` is when the annotations were read: what came since counts as new."""
    with writing(running.by, recommender.project_id) as change:
        running.hold()
        learned = {"model": packed, "measured": measured, "trained_at": at}
        if recommender.project.blind:
            OwnModel.objects.update_or_create(
                recommender=recommender, author=running.by, defaults={"project": recommender.project, **learned}
            )
        else:
            # Training changes nothing that somebody set up, so it asks for no version.
            Recommender.objects.filter(pk=recommender.pk).update(**learned)
        told = {name: measured[name] for name in ("annotations", "articles", "all")}
        change.note("recommender_trained", recommender, after=told)


# -- asking -----------------------------------------------------------------------------------------------------------


def run_learned(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> Proposals:
    """What the model proposes that may serve this person. Raises Invalid where there is none, or none to be read."""
    trained_at, _ = learned_by(by, recommender)
    if trained_at is None:
        raise Invalid(say("This recommender has not learned anything yet. Train it first."))
    known = Label.objects.filter(project=article.project, kind="span", retired=False)
    keys = set(known.values_list("key", flat=True))
    least = float(recommender.options.get("least", LEAST_SCORE))
    found = propose(model_of(by, recommender), revision.text, least)
    proposals = Proposals(proposal for proposal in found if proposal.label_key in keys)
    proposals.made_with = f"{trained_at:%Y-%m-%d %H:%M}"
    train_when_due(by=by, recommender=recommender)
    return proposals


def model_of(by: Person, recommender: Recommender) -> Model:
    """The model that serves this person, unpacked once a process and training."""
    blind = recommender.project.blind
    rows: Any = (
        OwnModel.objects.filter(recommender=recommender, author=by)
        if blind
        else (Recommender.objects.filter(pk=recommender.pk))
    )
    pk, stored_at = rows.values_list("pk", "trained_at").get()
    kept = _models.get(pk)
    if kept is None or kept[0] != stored_at:
        kept = _models[pk] = stored_at, unpack(bytes(rows.values_list("model", flat=True).get()))
        while len(_models) > MODELS_KEPT:
            _models.popitem(last=False)
    return kept[1]
