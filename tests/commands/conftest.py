"""Running commands as an operator does, and catching what they say."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command


@pytest.fixture
def run():
    """run("export", "desk", "--format", "jsonl").out; errors of the command are raised."""

    def run(name, *arguments, **options):
        out, err = io.StringIO(), io.StringIO()
        call_command(name, *map(str, arguments), stdout=out, stderr=err, **options)
        return SimpleNamespace(out=out.getvalue(), err=err.getvalue())

    return run
