"""Kinds of work for tests, in a module that a worker in a process of its own can import too."""

import time

from annotations.core.errors import Invalid
from annotations.models import Origin
from annotations.policies.roles import YES, needs
from annotations.services.jobs import job
from annotations.services.sources import add_origin


def anybody(*_):
    return YES


def annotators(person, project, arguments):
    return needs(person, project.pk, "annotator", "Counting")


def steps(project, arguments):
    return arguments.get("steps", 1)


@job("count", title="Counting", may=annotators, cost=steps, small=3)
def count(running):
    """Counts to `steps`, and leaves one origin behind, however often it is begun."""
    number = running.arguments.get("steps", 1)
    for step in range(number):
        running.sign(step, number)
        time.sleep(running.arguments.get("seconds", 0))
    running.sign(number, number)
    project = running.job.project
    if not Origin.objects.filter(project=project, label="counted").exists():
        add_origin(by=running.by, project=project, label="counted")
    return {"counted": number, "files": [{"name": "count.txt", "url": "/count.txt"}]}


@job("refused", title="Refused", may=anybody, cost=steps, small=9)
def refused(running):
    raise Invalid("There is too little to count.")


@job("broken", title="Broken", may=anybody, cost=steps, small=9)
def broken(running):
    raise RuntimeError("a word that nobody may read")
