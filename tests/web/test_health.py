"""What machines ask."""

from annotations.models.triggers import install_triggers, remove_triggers


def test_alive_without_signing_in_and_without_the_database(at, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = at(None).get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_names_what_was_checked(at, db):
    answer = at(None).get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": True, "migrations": True, "triggers": True}}


def test_not_ready_without_the_triggers(at, db):
    remove_triggers()
    try:
        answer = at(None).get("/readyz")
    finally:
        install_triggers()
    assert answer.status_code == 503
    assert answer.json()["checks"]["triggers"] is False
