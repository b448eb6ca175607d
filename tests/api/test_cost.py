"""What requests cost, in statements. A figure here may fall; whoever raises one says why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

CREATE_AT_MOST = 12  # with the article held, so that no revision comes in beside the new annotation
READS = ("SELECT", "DECLARE")  # a cursor, on PostgreSQL
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def counted():
    """Counts the statements of what is called, without begin, commit and savepoints."""

    def count(call):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = call()
        assert answer.status_code in (200, 201), answer.content
        return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(FRAME)]

    return count


def test_creating_an_annotation_with_a_key_takes_twelve_statements(ana, article, labels, counted):
    body = {"segments": [[0, 7]], "quote": "Reuters", "label": "claim"}
    statements = counted(lambda: ana.post(f"/articles/{article.pk}/annotations/", body, key="one"))
    assert len(statements) <= CREATE_AT_MOST, "\n".join(statements)


def test_replaying_reads_only(ana, article, labels, counted):
    body = {"segments": [[0, 7]], "quote": "Reuters", "label": "claim"}
    ana.post(f"/articles/{article.pk}/annotations/", body, key="one")
    statements = counted(lambda: ana.post(f"/articles/{article.pk}/annotations/", body, key="one"))
    assert all(statement.startswith(READS) for statement in statements)


def test_authentication_is_one_query_and_no_write(ana, counted):
    statements = counted(lambda: ana.get("/projects/"))
    assert len(statements) == 2
    assert all(statement.startswith(READS) for statement in statements)


@pytest.mark.parametrize("nouns", ["annotations", "agents", "sources", "origins", "labels"])
def test_list_takes_three_queries_however_long_it_is(ana, project, contested, counted, nouns):
    """The person, the project, the page; and for agents the aliases."""
    statements = counted(lambda: ana.get(f"/projects/{project.slug}/{nouns}/"))
    assert len(statements) <= 3 + (nouns == "agents"), "\n".join(statements)


def test_list_of_claims_takes_four_queries(ana, project, contested, counted):
    statements = counted(lambda: ana.get(f"/projects/{project.slug}/claims/"))
    assert len(statements) == 4, "\n".join(statements)


def test_list_of_disputes_does_not_grow_with_its_rows(ana, project, contested, counted):
    one = counted(lambda: ana.get(f"/projects/{project.slug}/disputes/"))
    body = {"question": "And now?", "statements": [str(claim.pk) for claim in contested.claims]}
    ana.post(f"/projects/{project.slug}/disputes/", body)
    two = counted(lambda: ana.get(f"/projects/{project.slug}/disputes/"))
    assert len(two) == len(one), "\n".join(two)


def test_reading_an_article_takes_four_queries(ana, article, counted):
    assert len(counted(lambda: ana.get(f"/articles/{article.pk}/"))) <= 4
