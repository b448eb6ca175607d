"""The tags that every form and every list use."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone

from annotations.templatetags.web import age, words


def rendered(source, rf, **context):
    return Template("{% load web %}" + source).render(Context({"request": rf.get("/"), **context}))


def test_every_form_has_a_key_of_its_own(rf):
    one, other = (rendered("{% write_fields %}", rf) for _ in range(2))
    assert 'name="csrfmiddlewaretoken"' in one
    assert 'name="idempotency_key"' in one
    assert "version" not in one
    assert one.split("idempotency_key")[1] != other.split("idempotency_key")[1]


def test_thing_brings_its_version(rf):
    assert '<input type="hidden" name="version" value="7">' in rendered(
        "{% write_fields thing %}", rf, thing=SimpleNamespace(version=7)
    )


def test_words_lose_their_underscores():
    assert words("not_stated") == "not stated"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (5, "5 days ago"),
        (15, "2 weeks ago"),
        (70, "2 months ago"),
        (800, "2 years ago"),
    ],
)
def test_age_is_said_in_one_unit(days, said):
    assert age(timezone.now() - timedelta(days=days)) == said
