"""`manage.py revoke_tokens`: what was revoked opens nothing, and the history of the account says so."""

import pytest
from django.core.management.base import CommandError

from annotations.models import Event, Token

pytestmark = pytest.mark.django_db


def test_a_revoked_token_opens_nothing(run, people, client):
    secret = run("create_token", "ana").out.split()[-1]
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/me/", headers=headers).status_code == 200
    assert "ended: 1" in run("revoke_tokens", "Ana").out
    assert client.get("/api/v1/me/", headers=headers).status_code == 401
    assert Event.objects.filter(verb="token_revoked", object_id=people.ana.pk).count() == 1


def test_only_those_with_a_name_are_ended_where_one_is_given(run, people):
    for name in ("dashboard", "script"):
        run("create_token", "ana", "--name", name)
    run("create_token", "ben")
    run("revoke_tokens", "ana", "--name", "script")
    assert set(Token.objects.values_list("user__username", "name")) == {("ana", "dashboard"), ("ben", "")}


def test_nothing_to_revoke_is_said(run, people):
    with pytest.raises(CommandError, match="no such token"):
        run("revoke_tokens", "ana")
