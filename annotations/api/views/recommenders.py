"""Recommenders: who suggests in a project, set up by its managers."""

from typing import Any

from annotations.api.actions import adds, edits, lists, moves, starts, trashes
from annotations.api.lists import TrashQuery
from annotations.api.records import JOB, PROJECT, RECOMMENDER
from annotations.api.serializers.recommenders import RecommenderBody, RecommenderEdit
from annotations.models import Job, Person, Project, Recommender
from annotations.services import learning, recommenders


@lists(RECOMMENDER, find=PROJECT.find, query=TrashQuery)
def list_recommenders(person: Person, project: Project, query: dict[str, Any]) -> Any:
    """The recommenders of a project. The built-in ones are here once somebody asked for suggestions."""
    return Recommender.objects.filter(project=project, trashed=query.get("trashed", False))


@adds(RECOMMENDER, RecommenderBody, find=PROJECT.find)
def add_recommender(person: Person, project: Project, fields: dict[str, Any]) -> Recommender:
    """Set up a recommender."""
    return recommenders.add_recommender(by=person, project=project, **fields)


@edits(RECOMMENDER, RecommenderEdit)
def edit_recommender(person: Person, recommender: Recommender, version: int, fields: dict[str, Any]) -> Recommender:
    """Rename a recommender, switch it on or off, change what it is told."""
    return recommenders.edit_recommender(by=person, recommender=recommender, version=version, **fields)


@trashes(RECOMMENDER)
def trash_recommender(person: Person, recommender: Recommender, version: int) -> Recommender:
    """Move a recommender to the trash, and what it suggested and nobody decided on out of sight."""
    return recommenders.trash_recommender(by=person, recommender=recommender, version=version)


@moves(RECOMMENDER)
def restore_recommender(person: Person, recommender: Recommender, version: int) -> Recommender:
    """Take a recommender out of the trash."""
    return recommenders.restore_recommender(by=person, recommender=recommender, version=version)


@starts(JOB, find=RECOMMENDER.find)
def train_recommender(person: Person, recommender: Recommender) -> Job:
    """Train a recommender that learns, in the background. The job reports how good it was found."""
    return learning.train_recommender(by=person, recommender=recommender)
