"""`manage.py create_token`: the secret is the last word, and works; nothing else is printed of it."""

import pytest
from django.core.management.base import CommandError
from knox.crypto import hash_token

from annotations.models import Token

pytestmark = pytest.mark.django_db


def test_the_secret_is_the_last_word_and_only_its_hash_is_kept(run, people):
    secret = run("create_token", "Ana").out.split()[-1]
    token = Token.objects.get()
    assert (token.user, token.scope, token.digest) == (people.ana, "manage", hash_token(secret))


def test_a_scope_narrows_it(run, people):
    run("create_token", "ana", "--scope", "read", "--name", "dashboard")
    assert Token.objects.filter(user=people.ana, scope="read", name="dashboard").exists()


def test_a_superuser_gets_none(run, people):
    with pytest.raises(CommandError, match="no token"):
        run("create_token", "sam")


def test_an_unknown_account_is_named(run, people):
    with pytest.raises(CommandError, match="“anna”"):
        run("create_token", "anna")


def test_an_unknown_scope_is_refused(run, people):
    with pytest.raises(CommandError, match="everything"):
        run("create_token", "ana", "--scope", "everything")
