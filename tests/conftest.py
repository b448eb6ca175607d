"""What every test shares. The people stand here; what only a browser needs stands in tests/browser/conftest.py."""

import os
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.kept import Stage, heads_now
from tests.template import copy_template

# No deadline: a busy machine is not a failure. `thorough` is for a long night: HYPOTHESIS_PROFILE=thorough
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The name of this process's database is known now, and pytest-django has not made it yet."""
    with django_db_blocker.unblock():
        copy_template()


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The database begins as a copy. Nobody has to take it away: its folder or its server goes with the run."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_append_only_tables():
    """The one place that lifts the triggers: between tests that commit. The flush ends with migrate's signal, which
    puts them back."""
    from annotations.models.triggers import remove_triggers

    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(case):
        remove_triggers()
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_flush)
        yield


# -- people -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker):
    """The steps that tests begin with, in both orders in which they come: see tests/kept.py."""
    with django_db_blocker.unblock(), undone():
        assert not heads_now(), "rows that an earlier test has left"
        stage = Stage()
        people = stage.keep("people", make_people)
        project = stage.keep("project", lambda: make_project(people))
        with undone():
            branch = stage.branch()
            labels = branch.keep("labels", lambda: make_labels(people, project))
            article = branch.keep("article", lambda: make_article(people, project))
            branch.keep("contested", lambda: make_contested(people, project, marker(people, labels, article)))
        with undone():
            branch = stage.branch()
            article = branch.keep("article", lambda: make_article(people, project))
            labels = branch.keep("labels", lambda: make_labels(people, project))
            branch.keep("contested", lambda: make_contested(people, project, marker(people, labels, article)))


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def stage(kept, db):
    """The steps that this test takes."""
    return Stage()


@pytest.fixture
def people(stage):
    """The demo people by name: ana and ben annotate, ida and jo adjudicate, max manages, vera views, olu is a stranger,
    sam is a superuser. Their roles hold in `project`; in `other_project` none of them is anything."""
    return stage.take("people", make_people)


@pytest.fixture
def project(people, stage):
    """A project with all eight people's roles."""
    return stage.take("project", lambda: make_project(people))


@pytest.fixture
def other_project(people):
    """Somebody else's project, in which only `stranger` is a member (its manager)."""
    from annotations.services.people import make_person
    from annotations.services.projects import make_project as make

    people.stranger = make_person(by=None, username="stranger", may_make_projects=True)
    return make(by=people.stranger, slug="elsewhere", name="Elsewhere")


@pytest.fixture
def labels(people, project, stage):
    """The five labels by key."""
    return stage.take("labels", lambda: make_labels(people, project))


@pytest.fixture
def article(people, project, stage):
    """A short article with a report and its denial, an emoji and a combining mark in it."""
    return stage.take("article", lambda: make_article(people, project))


@pytest.fixture
def mark(people, labels, article):
    """Annotate a phrase of the article by its words: mark("phrase", "claim", by=people.ana)."""
    return marker(people, labels, article)


@pytest.fixture
def contested(people, project, mark, stage):
    """A dispute that is ready for a proposal: `claims` two statements, the first affirmed by Reuters and denied by
    Hamdan, with evidence on it; everything that stands on it is an attribute."""
    return stage.take("contested", lambda: make_contested(people, project, mark))


ARTICLE = (
    "Reuters reported that the visitor was told to stay silent. 👩‍👩‍👧 “Pure lies and slander”, "
    "said Osama Hamdan.\r\n\r\n"
    "Both sides say that the meeting took place. Cafe\u0301 talk went on for an hour."
)


def take_contested(stage):
    """All that `contested` stands on, and it, for those who have no fixtures: an example of hypothesis, a session."""
    people = stage.take("people", make_people)
    project = stage.take("project", lambda: make_project(people))
    article = stage.take("article", lambda: make_article(people, project))
    labels = stage.take("labels", lambda: make_labels(people, project))
    mark = marker(people, labels, article)
    contested = stage.take("contested", lambda: make_contested(people, project, mark))
    return SimpleNamespace(
        people=people, project=project, labels=labels, article=article, mark=mark, contested=contested
    )


def make_people():
    from annotations.services.people import make_person

    named = {
        name: make_person(by=None, username=name, display_name=name.title(), may_make_projects=name == "max")
        for name in ("ana", "ben", "ida", "jo", "max", "vera", "olu")
    }
    return SimpleNamespace(**named, sam=make_person(by=None, username="sam", is_superuser=True))


ROLES = {"ana": "annotator", "ben": "annotator", "ida": "adjudicator", "jo": "adjudicator", "vera": "viewer"}


def make_project(people, slug="desk", **settings):
    from annotations.services import projects

    project = projects.make_project(by=people.max, slug=slug, **settings)
    for name, role in ROLES.items():
        projects.add_member(by=people.max, project=project, person=getattr(people, name), role=role)
    return project


def make_labels(people, project):
    from annotations.services.labels import add_label

    names = ("claim", "quote", "source", "denial", "framing")
    return {
        name: add_label(by=people.max, project=project, key=name, name=name.title(), shortcut=str(number))
        for number, name in enumerate(names, 1)
    }


def make_article(people, project):
    from annotations.services.articles import add_article

    return add_article(by=people.max, project=project, title="A report and a denial", text=ARTICLE, outlet="The Wire")


def marker(people, labels, article):
    from annotations.services.annotations import add_annotation

    def annotate(phrase, label="claim", by=None, on=article):
        start = on.revisions.get(number=1).text.index(phrase)
        segments = [[start, start + len(phrase)]]
        return add_annotation(by=by or people.ana, article=on, segments=segments, quote=phrase, label=labels[label])

    return annotate


def make_contested(people, project, mark):
    from annotations.services.agents import add_agent
    from annotations.services.claims import add_claim
    from annotations.services.disputes import StanceSaid, add_position, open_dispute
    from annotations.services.evidence import add_evidence
    from annotations.services.sources import add_origin, add_source

    said, denied = mark("the visitor was told to stay silent"), mark("Pure lies and slander", "denial")
    silent = add_claim(by=people.ana, project=project, text="The visitor was told to stay silent.", mentions=[said])
    met = add_claim(by=people.ana, project=project, text="The meeting took place.")
    dispute = open_dispute(by=people.ana, project=project, question="Was he told?", statements=[silent, met])
    reuters = add_agent(by=people.ana, project=project, kind="outlet", name="Reuters")
    hamdan = add_agent(by=people.ana, project=project, kind="person", name="Osama Hamdan", aliases=["أسامة حمدان"])
    origin = add_origin(by=people.ana, project=project, label="Reuters, from officials")
    source = add_source(by=people.ana, project=project, kind="article", title="Reuters report", publisher=reuters)
    evidence = add_evidence(
        by=people.ana, claim=silent, source=source, stance="supports", ground="relayed_account", origin=origin
    )
    report = add_position(
        by=people.ida, dispute=dispute, agent=reuters, stances={silent.pk: StanceSaid("affirm", "specific", (said,))}
    )
    denial = add_position(
        by=people.ida, dispute=dispute, agent=hamdan, stances={silent.pk: StanceSaid("deny", "blanket", (denied,))}
    )
    return SimpleNamespace(
        dispute=dispute,
        claims=[silent, met],
        annotations=[said, denied],
        agents=[reuters, hamdan],
        origin=origin,
        source=source,
        evidence=evidence,
        positions=[report, denial],
    )
