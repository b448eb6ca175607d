"""Acts: what a person can undo and redo in an article right now."""

from typing import NamedTuple

from django.db.models import Q

from annotations.models import Act, Article, Person


class Undoable(NamedTuple):
    """The act that undoing would take back, and the one that redoing would do again; None where there is none."""

    undo: Act | None
    redo: Act | None


def undoable(person: Person, article: Article) -> Undoable:
    """The newest act that is done, and the oldest that is undone: they were undone the newest first. One query."""
    acts = Act.objects.visible_to(person).filter(article=article).order_by()
    newest = acts.filter(state="done").order_by("-id").values("pk")[:1]
    oldest = acts.filter(state="undone").order_by("id").values("pk")[:1]
    found = Act.objects.filter(Q(pk__in=newest) | Q(pk__in=oldest)).defer("steps")
    by_state = {act.state: act for act in found}
    return Undoable(by_state.get("done"), by_state.get("undone"))
