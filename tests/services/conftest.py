"""Acts as the annotate screen makes them: a write, and beside it what it takes to undo it."""

import pytest

from annotations.services import annotations
from annotations.services.acts import record_act, redo_act, undo_act
from annotations.services.labels import add_label
from annotations.services.write import unit


@pytest.fixture
def do(people, article):
    """do(verb, **fields): one write by Ana, recorded as the screen records it."""

    def act(verb, by=None, **fields):
        by = by or people.ana
        with unit(by):
            made = verb(by=by, **fields)
            record_act(by=by, at=lambda project_id: article.pk)
            return made

    return act


@pytest.fixture
def marked(do, article, labels):
    """marked(phrase, label): an annotation by Ana, as an act."""

    def add(phrase="Pure lies and slander", label="claim", **fields):
        start = article.revisions.get().text.index(phrase)
        return do(
            annotations.add_annotation, article=article, segments=[[start, start + len(phrase)]], quote=phrase,
            label=labels[label], **fields,
        )  # fmt: skip

    return add


@pytest.fixture
def undo(people, article):
    return lambda by=None: undo_act(by=by or people.ana, article=article)


@pytest.fixture
def redo(people, article):
    return lambda by=None: redo_act(by=by or people.ana, article=article)


@pytest.fixture
def arrow(people, project):
    return add_label(by=people.max, project=project, key="answers", name="Answers", kind="relation")
