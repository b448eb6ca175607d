"""`manage.py verify_history`: says that all holds, or which event does not, and whether the triggers are there."""

import pytest
from django.core.management.base import CommandError

from annotations.models import Event
from annotations.models.triggers import install_triggers, remove_triggers

pytestmark = pytest.mark.django_db


def test_it_says_that_every_chain_holds(run, contested):
    said = run("verify_history").out
    assert "Every chain holds: 2 chains" in said
    assert f"{Event.objects.count()} events" in said


def test_the_first_broken_event_is_named(run, contested, project):
    remove_triggers()
    for number in (12, 9):
        event = Event.objects.get(project=project, number=number)
        Event.objects.filter(pk=event.pk).update(body=event.body.replace('"at":"2', '"at":"3'))
    install_triggers()
    with pytest.raises(CommandError, match="desk breaks at event 9") as failure:
        run("verify_history")
    assert failure.value.returncode == 1


def test_missing_triggers_are_named(run, contested):
    remove_triggers()
    with pytest.raises(CommandError, match="annotations_event_refuses"):
        run("verify_history")
    install_triggers()
    run("verify_history")
