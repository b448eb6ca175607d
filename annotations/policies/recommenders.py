"""Who may set up what makes suggestions."""

from typing import Any

from annotations.core.sentences import say
from annotations.models import Person
from annotations.policies.roles import Decision, needs


def may_change_recommenders(person: Person, project_id: Any) -> Decision:
    """Managers: a recommender outside is sent the project's texts."""
    return needs(person, project_id, "manager", say("Setting up suggestions"))


def may_train_recommender(person: Person, project_id: Any) -> Decision:
    """Whoever annotates: it learns from what people marked, and sends nothing anywhere."""
    return needs(person, project_id, "annotator", say("Training a recommender"))


def may_test_recommender(person: Person, project_id: Any) -> Decision:
    """Managers, as for setting it up."""
    return needs(person, project_id, "manager", say("Testing a connection"))
