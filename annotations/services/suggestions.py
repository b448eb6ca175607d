"""Suggestions: made by recommenders when somebody asks for them, checked against the text, and stored.

A suggestion is nobody's work until a person accepts it: see `accepting`. What was decided is not suggested again at
that place. How each kind of recommender works is said in `recommenders`.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from annotations.core.anchoring import Segment, check_segments, quote_of
from annotations.core.errors import IllegalMove, Invalid, Refused, WorkbenchError
from annotations.core.recommending import WHY_CODE_POINTS, Proposal
from annotations.core.sentences import say
from annotations.models import (
    Annotation,
    Article,
    Label,
    Person,
    Project,
    Recommender,
    Revision,
    Suggestion,
)
from annotations.policies.roles import Decision
from annotations.policies.suggestions import may_suggest
from annotations.services.annotations import newest_revision
from annotations.services.attributes import check_attribute_values
from annotations.services.fields import Checks, same_project
from annotations.services.jobs import Arguments, Report, Running, job
from annotations.services.recommenders import ready_recommenders, runner_of, span_labels
from annotations.services.write import writing

KEPT_AT_MOST = 5_000  # suggestions of one recommender in one article: more is noise
SMALL = 100_000  # code points of an article for which nobody has to wait
IN_ONE_INSERT = 500

# -- making -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposed:
    """What recommenders said of one text, not stored yet; `failed` are those that could not be asked, and why."""

    revision: Revision
    found: tuple[tuple[Recommender, list[Proposal]], ...]
    failed: Mapping[str, str]


def run_recommender(*, by: Person, article: Article, recommender: Recommender) -> list[Proposal]:
    """What a recommender proposes for the newest text of an article; nothing is stored. Raises Refused, and what its
    kind raises where it cannot be asked."""
    if not (decision := may_suggest(by, article.project_id)):
        raise Refused(decision.reason)
    revision = newest_revision(article)
    return runner_of(recommender)(by=by, article=article, revision=revision, recommender=recommender)


def propose(
    *,
    by: Person,
    article: Article,
    recommender: Recommender | None = None,
    before_each: Callable[[], None] = lambda: None,
) -> Proposed:
    """Ask one recommender, or all that are on. One that cannot be asked does not keep the others from it.

    This takes its time, and is therefore no part of a transaction. Raises Refused, IllegalMove, Invalid.
    """
    if not (decision := may_suggest(by, article.project_id)):
        raise Refused(decision.reason)
    if article.trashed:
        raise IllegalMove(say("This article is in the trash; restore it before annotating it."))
    same_project(article.project_id, recommender=recommender)
    article.revision = newest_revision(article)
    found: list[tuple[Recommender, list[Proposal]]] = []
    failed: dict[str, str] = {}
    for row in [recommender] if recommender else ready_recommenders(by=by, project=article.project):
        before_each()
        try:
            said = run_recommender(by=by, article=article, recommender=row)
            found.append((row, said))
            if refused := getattr(said, "refused", ()):
                failed[row.name] = " ".join(refused)
        except WorkbenchError as error:
            failed[row.name] = error.message
    return Proposed(article.revision, tuple(found), failed)


def store_proposed(*, by: Person, article: Article, proposed: Proposed) -> dict[str, int]:
    """Store it all; how many suggestions of each recommender stand there now, by its name. Raises Refused."""
    with writing(by, article.project_id):
        return {
            row.name: store_suggestions(
                by=by,
                article=article,
                revision=proposed.revision,
                recommender=row,
                proposals=found,
                made_with=getattr(found, "made_with", ""),
            )
            for row, found in proposed.found
        }


def is_small(article: Article) -> bool:
    """Whether suggestions for this article are made while a person waits."""
    return newest_revision(article).code_points <= SMALL


def may_have_suggested(person: Person, project: Project, arguments: Arguments) -> Decision:
    return may_suggest(person, project.pk)


def size_of(project: Project, arguments: Arguments) -> int:
    sizes = Revision.objects.filter(article_id=arguments["article"], project=project).order_by("-number")
    return sizes.values_list("code_points", flat=True).first() or 0


@job("suggest", title="Making suggestions", may=may_have_suggested, cost=size_of, small=SMALL)
def suggest(running: Running) -> Report:
    """The same for a long article, in the background. Done twice it stores the same once."""
    project = running.job.project
    article = Article.objects.filter(pk=running.arguments["article"], project=project).select_related("project").first()
    chosen = running.arguments.get("recommender")
    row = Recommender.objects.active().filter(pk=chosen, project=project).first() if chosen else None
    if article is None or (chosen and row is None):
        raise IllegalMove(say("What was to be worked on is no longer there."))
    proposed = propose(by=running.by, article=article, recommender=row, before_each=running.hold)
    made = store_proposed(by=running.by, article=article, proposed=proposed)
    return {"suggestions": sum(made.values()), **proposed.failed}


# -- storing ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class There:
    """What stands on a text already, so that nothing is suggested twice or against a decision."""

    marked: dict[str, list[Segment]] = field(default_factory=dict)  # label key -> extents of annotations
    decided: set[tuple[str, int, int]] = field(default_factory=set)  # (label key, start, end)
    elsewhere: set[tuple[str, int, int]] = field(default_factory=set)  # pending with another recommender
    refused_before: set[tuple[str, str]] = field(default_factory=set)  # (label key, quote), on older revisions

    def keeps_out(self, proposal: Proposal, quote: str) -> bool:
        start, end = proposal.extent
        place = (proposal.label_key, start, end)
        if place in self.decided or place in self.elsewhere or (proposal.label_key, quote) in self.refused_before:
            return True
        return any(is_same_place(place[1:], known) for known in self.marked.get(proposal.label_key, ()))


def is_same_place(one: Segment, other: Segment) -> bool:
    """Whether one lies in the other: the same thing, marked with or without its marks."""
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def store_suggestions(
    *,
    by: Person,
    article: Article,
    revision: Revision,
    recommender: Recommender,
    proposals: Iterable[Proposal],
    audience: Person | None = None,
    made_with: str = "",
) -> int:
    """Store what a recommender proposes on a revision, in place of what it proposed there before and nobody decided
    on; how many suggestions of it stand there then. One event.

    What does not fit the text, has no such label, is labelled so already, was decided on before or comes twice is left
    out. In a blind project only `by` sees them. Raises Refused.
    """
    same_project(article.project_id, revision=revision, recommender=recommender)
    if article.project.blind:
        audience = audience or by
    labels = {label.key: label for label in span_labels(article.project)}
    sound = checked(revision.text, proposals, labels)
    with writing(by, article.project_id) as change:
        change.allow(may_suggest(by, article.project_id))
        Project.objects.select_for_update(no_key=True).get(pk=article.project_id)  # two who ask at once: one by one
        there = what_is_there(audience or by, revision, recommender, audience)
        wanted = {
            (proposal.label_key, *proposal.extent): proposal
            for proposal in reversed(sound)
            if not there.keeps_out(proposal, quote_of(revision.text, proposal.segments))
        }
        pending = Suggestion.objects.filter(
            revision=revision, recommender=recommender, audience=audience, state="pending"
        )
        kept = outdated_removed(pending.select_related("label"), wanted)
        new = [proposal for place, proposal in wanted.items() if place not in kept]
        rows = [
            suggestion_of(proposal, labels[proposal.label_key], by, revision, recommender, audience, made_with)
            for proposal in sorted(new, key=lambda proposal: proposal.segments)
        ]
        Suggestion.objects.bulk_create(rows, batch_size=IN_ONE_INSERT)
        told = {"origin": recommender.name, "revision": revision.pk, "how_many": len(wanted)}
        change.note("suggestions_made", article, after=told)
        return len(wanted)


def outdated_removed(pending: Any, wanted: Mapping[tuple[str, int, int], Proposal]) -> set[tuple[str, int, int]]:
    """Delete the pending suggestions that are not made again as they were; the places of the others."""
    kept, gone = set(), []
    for row in pending:
        place = (row.label.key, row.start, row.end)
        again = wanted.get(place)
        if again and row.segments == [list(pair) for pair in again.segments] and row.score == score_of(again):
            kept.add(place)
        else:
            gone.append(row.pk)
    pending.filter(pk__in=gone).delete()
    return kept


def checked(text: str, proposals: Iterable[Proposal], labels: Mapping[str, Label]) -> list[Proposal]:
    """The proposals that fit the text and the project's labels, the surest first."""
    sound = []
    for proposal in proposals:
        label = labels.get(proposal.label_key)
        if label is None:
            continue
        try:
            segments = check_segments(text, [list(pair) for pair in proposal.segments], quote_of_any(text, proposal))
            fitting = Checks()
            check_attribute_values(fitting, label, dict(proposal.attributes))
            attributes = {} if fitting.errors else dict(proposal.attributes)
        except Invalid:
            continue
        sound.append(Proposal(segments, proposal.label_key, score_of(proposal), proposal.why, attributes))
    sound.sort(key=lambda proposal: (-(proposal.score or 0), proposal.segments))
    return sound[:KEPT_AT_MOST]


def quote_of_any(text: str, proposal: Proposal) -> str:
    """What stands at the segments, whatever they are: their check comes right behind."""
    return quote_of(text, proposal.segments) if all(len(pair) == 2 for pair in proposal.segments) else ""


def score_of(proposal: Proposal) -> float | None:
    """From 0 to 1; None for what is no number."""
    score = proposal.score
    if score is None or isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return None
    return min(1.0, max(0.0, float(score)))


def what_is_there(person: Person, revision: Revision, recommender: Recommender, audience: Person | None) -> There:
    """Annotations that `person` may see, decisions that hold for this audience, and others' pending suggestions."""
    there = There()
    marks = Annotation.objects.visible_to(person).active().filter(revision=revision, start__isnull=False)
    for key, start, end in marks.values_list("label__key", "start", "end"):
        there.marked.setdefault(key, []).append((start, end))
    mine = Suggestion.objects.filter(article_id=revision.article_id, audience=audience)
    on_this = mine.filter(revision=revision)
    decided = on_this.exclude(state="pending").filter(Q(state="rejected") | Q(recommender=recommender))
    there.decided = set(decided.values_list("label__key", "start", "end"))
    pending = on_this.filter(state="pending", recommender__trashed=False).exclude(recommender=recommender)
    there.elsewhere = set(pending.values_list("label__key", "start", "end"))
    before = mine.filter(state="rejected").exclude(revision=revision).values_list("label__key", "quote")
    there.refused_before = {(key, quote) for key, quote in before if revision.text.count(quote) == 1}
    return there


def suggestion_of(
    proposal: Proposal,
    label: Label,
    by: Person,
    revision: Revision,
    recommender: Recommender,
    audience: Person | None,
    made_with: str,
) -> Suggestion:
    start, end = proposal.extent
    return Suggestion(
        project_id=revision.project_id,
        author=by,
        article_id=revision.article_id,
        revision=revision,
        recommender=recommender,
        audience=audience,
        label=label,
        segments=[list(pair) for pair in proposal.segments],
        start=start,
        end=end,
        quote=quote_of(revision.text, proposal.segments),
        attributes=dict(proposal.attributes),
        score=proposal.score,
        why=proposal.why[:WHY_CODE_POINTS],
        made_with=made_with[:80],
    )
