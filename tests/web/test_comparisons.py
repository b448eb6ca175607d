"""Related claims, suggestions, found disputes, figures and series on pages, with and without a script."""

import pytest
from django.urls import reverse

from annotations.models import ClaimRelation, Dispute, Quantity
from annotations.services.claims import add_claim
from annotations.services.comparisons import suggest_claim_relations
from annotations.services.quantities import add_quantity
from annotations.services.sources import add_origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(people, project):
    texts = ("The bridge at Dorvan was mined.", "The bridge at Dorvan was not mined.")
    return [add_claim(by=people.ana, project=project, text=text) for text in texts]


@pytest.fixture
def browser(client, people):
    client.force_login(people.ben)
    return client


def page(browser, name, *args, **query):
    got = browser.get(reverse(f"web:{name}", args=args), query)
    assert got.status_code == 200
    return got.content.decode()


def send(browser, name, row, status=303, headers=None, **form):
    hidden = {"version": getattr(row, "version", 1)}
    got = browser.post(reverse(f"web:{name}", args=[row.pk]), {**hidden, **form}, headers=headers)
    assert got.status_code == status, got.content.decode()[:2000]
    return got


def test_a_suggestion_is_found_shown_with_its_reason_and_accepted(browser, claims):
    send(browser, "find_relations_of_claim", claims[0])
    relation = ClaimRelation.objects.get()
    words = page(browser, "relations_of_claim", claims[0].pk)
    assert "Suggested by the machine" in words
    assert relation.explanation in words
    assert 'data-key="a"' in words
    assert 'data-key="x"' in words
    send(browser, "confirm_claim_relation", relation)
    words = page(browser, "relations_of_claim", claims[1].pk)
    assert "confirmed by a person" in words
    assert 'data-key="a"' not in words


def test_a_reason_of_the_machine_is_said_in_the_reader_s_language(browser, people, claims):
    send(browser, "find_relations_of_claim", claims[0])
    people.ben.preferences = {"language": "ar"}
    people.ben.save()
    words = page(browser, "relations_of_claim", claims[0].pk)
    stored = ClaimRelation.objects.get().explanation
    assert stored.startswith("The same event, and one says that it is not so")
    assert stored not in words
    assert "يناقض" in words


def test_the_claim_page_offers_both_regions_and_htmx_gets_the_region_alone(browser, claims):
    words = page(browser, "claim", claims[0].pk)
    for name in ("relations_of_claim", "quantities"):
        address = reverse(f"web:{name}", args=[claims[0].pk])
        assert f'hx-get="{address}"' in words
        alone = browser.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in alone


def test_a_dismissal_without_a_reason_is_refused_in_its_place(browser, people, claims):
    (relation,) = suggest_claim_relations(by=people.ana, claim=claims[0])
    words = send(browser, "dismiss_claim_relation", relation, status=422).content.decode()
    assert "Please fill this in." in words
    send(browser, "dismiss_claim_relation", relation, reason="Two bridges.")
    assert "Dismissed because: Two bridges." in page(browser, "relations_of_claim", claims[0].pk)


def test_how_two_claims_stand_is_said_either_way_around(browser, claims):
    other = claims[1]
    send(browser, "relations_of_claim", claims[0], claim=other.pk, way="from", type="updates", explanation="Later.")
    assert ClaimRelation.objects.filter(from_claim=other, to_claim=claims[0], type="updates").exists()
    words = send(browser, "relations_of_claim", claims[0], 422, claim=other.pk, way="to", type="").content.decode()
    assert "Please choose one." in words


def test_a_dispute_is_found_on_its_page_and_opened_there(browser, people, project, claims):
    (relation,) = suggest_claim_relations(by=people.ana, claim=claims[0])
    listing = page(browser, "disputes", project.slug)
    assert reverse("web:found_disputes", args=[project.slug]) in listing
    words = page(browser, "found_disputes", project.slug)
    assert all(claim.text in words for claim in claims)
    got = send(browser, "open_dispute_from", relation, at="found", question="Was it mined?")
    assert got["Location"] == reverse("web:dispute", args=[Dispute.objects.get().pk])
    assert "Nothing waits here" in page(browser, "found_disputes", project.slug)


def test_the_whole_project_is_compared_by_a_job(browser, project, claims):
    got = browser.post(reverse("web:found_disputes", args=[project.slug]))
    assert got.status_code == 303
    assert ClaimRelation.objects.count() == 1


def test_the_list_of_relations_asks_as_much_for_ten_as_for_one(
    browser, people, project, claims, django_assert_max_num_queries
):
    for number in range(10):
        add_claim(by=people.ana, project=project, text=f"The bridge at Dorvan was not mined in {2000 + number}.")
    suggest_claim_relations(by=people.ana, claim=claims[0])
    with django_assert_max_num_queries(24):
        page(browser, "relations_of_claim", claims[0].pk)


def test_figures_are_written_down_changed_and_drawn_as_a_series(browser, people, project, claims):
    origin = add_origin(by=people.ana, project=project, label="Ministry of Health")
    form = {"measure": "deaths", "unit": "people", "kind": "running_total", "origin": origin.pk}
    send(browser, "quantities", claims[0], **form, printed="at least 500", as_of="2023-10-17")
    send(browser, "quantities", claims[1], **form, value="471", as_of="2023-10-18")
    first = Quantity.objects.order_by("as_of").first()
    words = page(browser, "series", first.pk)
    assert "<svg" in words
    assert "style=" not in words[words.index("<svg") : words.index("</svg>")]
    assert "Revised down: 471 as of 2023-10-18, after at least 500 as of 2023-10-17." in words
    assert "deaths" in page(browser, "series_list", project.slug)
    send(browser, "quantity", first, **form, value="510", low="", modifier="")
    first.refresh_from_db()
    assert (first.value, first.low, first.modifier, first.as_of) == (510, None, "", "2023-10-17")
    assert "510" in page(browser, "quantity", first.pk)
    send(browser, "trash_quantity", first)
    assert "A drawing needs two figures" in page(browser, "series", first.pk)


def test_a_figure_that_cannot_be_read_is_refused_beside_its_field(browser, claims):
    got = send(browser, "quantities", claims[0], 422, measure="deaths", printed="very many", kind="point")
    assert "No number can be read here" in got.content.decode()


def test_a_viewer_reads_and_is_told_why_not_more(client, people, claims):
    add_quantity(by=people.ana, claim=claims[0], measure="mines", value="3")
    client.force_login(people.vera)
    words = page(client, "quantities", claims[0].pk)
    assert "needs the role" in words
    assert "Write a figure down" not in words
