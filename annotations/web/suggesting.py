"""What the annotate screen and the list of suggestions show: the pending ones, what came of asking, and in what words.

The screen gets them as JSON in an attribute (js/suggestions.js draws them apart from annotations); the list gets rows.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.anchoring import context_of
from annotations.models import Article, Job, Person, Recommender, Revision, Suggestion
from annotations.policies.recommenders import may_change_recommenders
from annotations.policies.suggestions import may_suggest
from annotations.queries.suggestions import suggestions_before
from annotations.services.recommenders import FINDS, labels_for

QUOTE_SHOWN = 160


def suggestions_context(person: Person, article: Article, **said: Any) -> dict[str, Any]:
    """For the screen's bar: pending suggestions as JSON, and whether one may ask for more. One query."""
    rows = suggestions_before(article, person)
    return {
        "suggestions_json": json.dumps([seen(row) for row in rows], ensure_ascii=False),
        "suggestion_count": len(rows),
        "suggestions_url": reverse("web:suggestions", args=[article.pk]),
        "decision_may_suggest": may_suggest(person, article.project_id),
        "asked": said,
    }


def seen(row: Suggestion) -> dict[str, Any]:
    """What js/suggestions.js needs of one."""
    return {
        "id": str(row.pk),
        "address": reverse("web:accept_suggestion", args=[row.pk]).removesuffix("accept/"),
        "version": row.version,
        "segments": row.segments,
        "label": row.label.key,
        "labelName": row.label.name,
        "slot": row.label.colour,
        "origin": row.recommender.name,
        "score": percent(row.score),
        "why": row.why,
        "quote": row.quote[:QUOTE_SHOWN],
    }


def percent(score: float | None) -> str:
    return "" if score is None else f"{round(score * 100)} %"


def list_context(
    person: Person, article: Article, revision: Revision, recommender: str = "", least: float = 0.0
) -> dict[str, Any]:
    """For the list: each pending suggestion in its context, narrowed to one recommender and to those sure enough."""
    rows = suggestions_before(article, person)
    origins = {str(row.recommender_id): row.recommender.name for row in rows}
    shown = [row for row in rows if not recommender or str(row.recommender_id) == recommender]
    shown = [row for row in shown if (row.score or 0) >= least]
    return {
        "section": "queue",
        "project": article.project,
        "article": article,
        "rows": [in_context(row, revision.text) for row in shown],
        "total": len(rows),
        "origins": sorted(origins.items(), key=lambda pair: pair[1]),
        "chosen": recommender,
        "least": f"{round(least * 100)}",
        "suggestions_url": reverse("web:suggestions", args=[article.pk]),
        "decision_may_suggest": may_suggest(person, article.project_id),
    }


def in_context(row: Suggestion, text: str) -> dict[str, Any]:
    before, after = context_of(text, row.start, row.end)
    before = before.partition(" ")[2] or before if row.start > len(before) else before  # no halves of words
    after = after.rpartition(" ")[0] or after
    return {"suggestion": row, "before": before, "after": after, "percent": percent(row.score)}


# -- what came of asking ----------------------------------------------------------------------------------------------


def asked_words(
    person: Person, article: Article, made: Mapping[str, int], failed: Mapping[str, str], asked: Iterable[Recommender]
) -> dict[str, Any]:
    """The sentences after asking: how many came, who could not be asked, who has no label to propose."""
    count = sum(made.values())
    words = ngettext("%(count)d suggestion", "%(count)d suggestions", count) % {"count": count}
    mute = [row.name for row in asked if FINDS.get(row.kind) and not labels_for(row)]
    notes = [f"{name}: {why}" for name, why in failed.items()]
    if mute:
        notes.append(_("No label of this project fits what these find: %(names)s.") % {"names": ", ".join(mute)})
    if not made and not failed:
        notes.append(_("No recommender is switched on in this project."))
    return {"words": words, "notes": notes, "settings_url": settings_url(person, article) if notes else ""}


def settings_url(person: Person, article: Article) -> str:
    """Where a manager sets recommenders up; empty for the others."""
    may = may_change_recommenders(person, article.project_id)
    return reverse("web:recommenders", args=[article.project.slug]) if may else ""


def job_words(job: Job) -> dict[str, Any]:
    """While, and after, a long article's suggestions are made in the background."""
    if not job.is_finished:
        return {"words": _("Looking for suggestions …"), "job": job}
    return {"words": "", "notes": [job.problem] if job.problem else []}
