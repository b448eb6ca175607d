"""The public pages: what strangers read, what they never read, how much it costs; and the desk's forms for them."""

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache

from annotations.models import CorrectionRequest, Dispute, Report
from annotations.services import reports
from annotations.services.agents import rate_agent
from annotations.services.evidence import edit_evidence
from annotations.services.people import remove_person
from annotations.services.projects import edit_project
from annotations.services.resolutions import (
    VerdictSaid,
    approve_resolution,
    dissent_from_resolution,
    propose_resolution,
)
from annotations.services.sources import edit_source
from tests.core.test_claim_review import check

pytestmark = pytest.mark.django_db
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def dispute(people, contested):
    """Closed over a dissent, with a question that tries to leave every place it is put in."""
    claim = contested.claims[0]
    claim.text = 'He said "</script><b>no</b>" & left.'
    claim.save()
    said = {claim.pk: VerdictSaid("disputed", "low", (contested.evidence,), "Two accounts.")}
    resolution = propose_resolution(
        by=people.ida, dispute=contested.dispute, verdicts=said, rationale="First line.\n\nSecond line."
    )
    dissent_from_resolution(by=people.max, resolution=resolution, reason="I believe it.")
    approve_resolution(by=people.jo, resolution=resolution, comment="INTERNAL COMMENT")
    contested.dispute.refresh_from_db()
    return contested.dispute


@pytest.fixture
def report(people, dispute):
    return reports.publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title="Two accounts")


@pytest.fixture
def asking(people, project, report):
    cache.clear()
    project.refresh_from_db()
    edit_project(by=people.max, project=project, version=project.version, correction_requests=True)
    return f"/reports/{report.slug}/correction_requests/"


def text_of(client, path="/reports/two-accounts/", **headers):
    got = client.get(path, headers=headers)
    assert got.status_code == 200, got.content[:300]
    return got.content.decode()


# -- reading ----------------------------------------------------------------------------------------------------------


def test_a_stranger_reads_a_report(client, report):
    words = text_of(client)
    for part in ("Two accounts", "Unresolved", "Affirmed by Reuters", "Pure lies and slander", "I believe it.", "Ida"):
        assert part in words, part
    assert f'<link rel="canonical" href="{settings.BASE_URL}/reports/two-accounts/">' in words


def test_it_says_what_would_settle_the_question_and_what_would_not(client, people, dispute):
    Dispute.objects.filter(pk=dispute.pk).update(would_settle="A recording.", would_not_settle="Another denial.")
    dispute.refresh_from_db()
    reports.publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title="Two accounts")
    words = text_of(client)
    assert words.index("A recording.") < words.index("What would not") < words.index("Another denial.")


def test_every_paragraph_can_be_quoted(client, report):
    words = text_of(client)
    for number in (1, 2, 3):
        assert f'id="p{number}"' in words
        assert f'href="#p{number}"' in words


def test_a_report_costs_four_queries_and_little_to_send(client, report, django_assert_num_queries):
    client.get("/reports/two-accounts/")
    with django_assert_num_queries(4):
        words = text_of(client)
    assert len(words.encode()) < 40_000


def test_an_unchanged_report_is_not_sent_again(client, report):
    got = client.get("/reports/two-accounts/")
    assert "public" in got["Cache-Control"]
    again = client.get("/reports/two-accounts/", headers={"If-None-Match": got["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_correction_changes_the_tag_and_stands_at_the_top(client, people, report):
    before = client.get("/reports/two-accounts/")["ETag"]
    reports.add_correction(by=people.max, report=report, kind="correction", was="May", now="June", why="A wrong month.")
    after = client.get("/reports/two-accounts/", headers={"If-None-Match": before})
    assert after.status_code == 200
    words = after.content.decode()
    assert words.index("A wrong month.") < words.index("Affirmed by")
    assert "A wrong month." in text_of(client, "/projects/desk/corrections/")


@pytest.mark.parametrize(
    "path",
    [
        "/reports/nothing/", "/reports/two-accounts/2/", "/reports/two-accounts/99999999999999999999/",
        "/reports/nothing/claim_review.json", "/projects/nothing/reports/", "/projects/nothing/corrections/",
        "/projects/nothing/reports/feed/", "/reports/two-accounts/correction_requests/",
    ],
)  # fmt: skip
def test_what_is_not_public_is_not_found(client, report, path):
    assert client.get(path).status_code == 404


def test_a_project_that_published_nothing_is_as_unknown_as_any(client, project):
    for path in ("reports/", "corrections/", "reports/feed/"):
        assert client.get(f"/projects/desk/{path}").status_code == 404


def test_nothing_that_is_the_desks_own_leaks(client, people, report):
    for path in ("", "map/", "claim_review.json", "1/"):
        words = text_of(client, f"/reports/two-accounts/{path}")
        assert "INTERNAL COMMENT" not in words
        for person in (people.ida, people.jo, people.max):
            assert str(person.pk) not in words
            assert f">{person.username}<" not in words


def test_who_left_is_not_named_any_more(client, people, report):
    assert "Jo" in text_of(client)
    remove_person(by=None, person=people.jo, reason="Left.")
    words = text_of(client)
    assert "Approved by a member of the desk" in words


def test_an_earlier_edition_says_so_and_points_to_the_newest(client, people, report, dispute, contested):
    from annotations.services.disputes import reopen_dispute

    reopen_dispute(by=people.ida, dispute=dispute, version=dispute.version, reason="New.", what="new_evidence")
    assert "Under review" in text_of(client)
    said = {contested.claims[0].pk: VerdictSaid("refuted", "low", (contested.evidence,))}
    dispute.refresh_from_db()
    resolution = propose_resolution(by=people.ida, dispute=dispute, verdicts=said, rationale="Now we know.")
    approve_resolution(by=people.jo, resolution=resolution)
    dispute.refresh_from_db()
    reports.publish_dispute(by=people.max, dispute=dispute, version=dispute.version)
    assert "Now we know." in text_of(client)
    first = text_of(client, "/reports/two-accounts/1/")
    assert "This is edition 1." in first
    assert "Now we know." not in first
    assert "ld+json" not in first


def test_a_retracted_report_stays_readable_without_claim_review(client, people, report):
    reports.add_correction(by=people.max, report=report, kind="retraction", why="Our error.")
    words = text_of(client)
    assert "Retracted." in words
    assert "Our error." in words
    assert "ld+json" not in words
    assert client.get("/reports/two-accounts/claim_review.json").json() == []


# -- ClaimReview, lists, feed -----------------------------------------------------------------------------------------


def test_the_page_holds_valid_claim_review_that_nothing_can_leave(client, report):
    words = text_of(client)
    (block,) = DATA.findall(words)
    assert "<" not in block
    (review,) = json.loads(block)
    check(review)
    assert review["url"] == f"{settings.BASE_URL}/reports/two-accounts/#s1"
    assert review["claimReviewed"] == 'He said "</script><b>no</b>" & left.'
    assert "ratingValue" not in review["reviewRating"]
    assert "author" not in review["itemReviewed"], "Reuters only reports what others said"
    assert client.get("/reports/two-accounts/claim_review.json").json() == [review]


def test_the_feed_has_what_was_published_and_corrected_at_our_own_address(client, people, report):
    reports.add_correction(by=people.max, report=report, kind="update", why="Reuters stands by it.")
    got = client.get("/projects/desk/reports/feed/", headers={"Host": "127.0.0.1"})
    assert got["Content-Type"].startswith("application/atom+xml")
    space = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(got.content)
    entries = root.findall(f"{space}entry")
    assert [entry.findtext(f"{space}title") for entry in entries] == ["Update: Two accounts", "Two accounts"]
    assert len({entry.findtext(f"{space}id") for entry in entries}) == 2
    assert all(link.get("href").startswith(settings.BASE_URL) for link in root.iter(f"{space}link"))


def test_a_character_that_xml_has_not_ends_no_feed(client, people, report):
    """Quoted texts keep every character that they came with."""
    reports.add_correction(by=people.max, report=report, kind="update", why="A form feed:\x0c, and \ufffe.")
    got = client.get("/projects/desk/reports/feed/")
    assert got.status_code == 200
    assert "A form feed:\ufffd, and \ufffd." in {one.text for one in ElementTree.fromstring(got.content).iter()}


def test_the_lists_are_public(client, report):
    assert "Two accounts" in text_of(client, "/projects/desk/reports/")
    assert "Nothing had to be corrected" in text_of(client, "/projects/desk/corrections/")


# -- readers ----------------------------------------------------------------------------------------------------------


def test_a_reader_asks_and_the_desk_reads_it(client, people, asking):
    got = client.post(asking, {"text": "The date is wrong.", "contact": "me@example.org"})
    assert got["Location"].endswith("sent=1")
    client.force_login(people.ida)
    words = text_of(client, "/projects/desk/correction_requests/")
    assert "The date is wrong." in words
    assert "me@example.org" in words


def test_a_form_without_its_token_is_refused(asking):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(asking, {"text": "The date is wrong."}).status_code == 403


def test_a_machine_that_fills_in_everything_is_thanked_and_not_heard(client, asking):
    got = client.post(asking, {"text": "Buy this.", "website": "https://spam.example/"})
    assert got.status_code == 303
    assert not CorrectionRequest.objects.exists()


def test_one_address_writes_only_so_often(client, asking):
    answers = [client.post(asking, {"text": f"Wrong {number}."}).status_code for number in range(6)]
    assert answers == [303] * 5 + [429]


def test_an_empty_request_is_refused_beside_its_field(client, asking):
    got = client.post(asking, {"text": ""})
    assert got.status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_an_accepted_request_begins_the_correction(client, people, asking, report):
    client.post(asking, {"text": "The date is wrong."})
    asked = CorrectionRequest.objects.get()
    client.force_login(people.max)
    got = client.post(
        f"/correction_requests/{asked.pk}/answer/",
        {"state": "accepted", "answer": "", "version": 1, "idempotency_key": uuid4()},
    )
    assert "The date is wrong." in text_of(client, got["Location"])


# -- the desk ---------------------------------------------------------------------------------------------------------


def test_the_manager_sees_the_page_before_it_is_published(client, people, dispute):
    client.force_login(people.max)
    words = text_of(client, f"/disputes/{dispute.pk}/publish/")
    assert "How it will look" in words
    assert "Affirmed by Reuters" in words
    assert not Report.objects.exists()
    got = client.post(
        f"/disputes/{dispute.pk}/publish/",
        {"title": "Two accounts", "version": dispute.version, "idempotency_key": uuid4()},
    )
    assert got["Location"] == "/reports/two-accounts/"


def test_the_map_of_a_dispute_has_its_table(client, people, contested):
    client.force_login(people.vera)
    words = text_of(client, f"/disputes/{contested.dispute.pk}/map/")
    assert "<svg" in words
    assert "Goes back to" in words
    part = text_of(client, f"/disputes/{contested.dispute.pk}/map/", **{"HX-Request": "true"})
    assert "<html" not in part


def test_a_report_says_what_a_publisher_was_graded_where_the_project_uses_grades(client, people, project, contested):
    source = contested.source
    edit_source(by=people.ana, source=source, version=source.version, published_on="2024-05-02")
    edit_project(by=people.max, project=project, version=project.version, grades=True)
    contested.agents[0].refresh_from_db()
    agent = type(contested.agents[0]).objects.select_related("project").get(pk=contested.agents[0].pk)
    for letter, day in (("B", date(2024, 1, 9)), ("D", date(2025, 1, 1))):
        rate_agent(by=people.ida, agent=agent, reliability=letter, reason="DESK ONLY", rated_on=day)
    edit_evidence(by=people.ana, evidence=contested.evidence, version=contested.evidence.version, credibility=3)
    said = {contested.claims[0].pk: VerdictSaid("disputed", "low", (contested.evidence,), "Two accounts.")}
    dispute = contested.dispute
    resolution = propose_resolution(by=people.ida, dispute=dispute, verdicts=said, rationale="So.")
    approve_resolution(by=people.jo, resolution=resolution)
    dispute.refresh_from_db()
    reports.publish_dispute(by=people.max, dispute=dispute, version=dispute.version, title="Graded")
    words = text_of(client, "/reports/graded/")
    assert "publisher graded B, from 9 Jan 2024" in words
    assert "credibility 3, possibly true" in words
    assert "DESK ONLY" not in words
