"""How fast related claims are found among 100,000, and how often a suggested relation or dispute is right."""

import random

import pytest
from django.db import connection

from annotations.core.claim_words import key_of, words_to_find
from annotations.core.comparisons import compare_claims
from annotations.models import Claim, ClaimWord
from annotations.queries.comparisons import related_claims
from tests.benchmarks.claim_pairs import FRESH, RELATED, TRAPS
from tests.benchmarks.measure import milliseconds, show, statements
from tests.conftest import make_people, make_project

pytestmark = pytest.mark.benchmark
CLAIMS, AT_ONCE = 100_000, 2_000
SYLLABLES = "ba de ki lo mu na pe ri so tu va we xi yo za".split()  # noqa: SIM905 - read as it stands
NAMES = [f"{one}{two}{three}".title() for one in SYLLABLES for two in SYLLABLES for three in ("r", "n", "l")]
VERBS = ["attacked", "visited", "accused", "supported", "shelled", "praised", "sued", "warned", "left", "funded"]
THINGS = "bridge hospital border port mine dam market school airport village refinery court prison camp".split()  # noqa: SIM905


def claim_text(dice):
    one, other, place = dice.sample(NAMES, 3)
    number = dice.randrange(2, 900)
    return (
        f"{one} {dice.choice(VERBS)} the {dice.choice(THINGS)} of {other} in {place}, where {number} people "
        f"were {dice.choice(('killed', 'wounded', 'detained'))} near the {dice.choice(THINGS)}."
    )


def index_at_once(claims):
    """What `services.indexing` stores, without making a million objects."""
    as_stored = ClaimWord._meta.get_field("claim").get_db_prep_value
    rows = [
        (key_of(claim.project_id, word), as_stored(claim.pk, connection))
        for claim in claims
        for word in words_to_find(claim.text)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {ClaimWord._meta.db_table} (key, claim_id) VALUES (%s, %s)", rows)


@pytest.mark.django_db(transaction=True)
def test_related_claims_among_a_hundred_thousand():
    people = make_people()
    project = make_project(people)
    dice = random.Random(7)
    texts = [claim_text(dice) for _ in range(CLAIMS)]
    for begin in range(0, CLAIMS, AT_ONCE):
        rows = [Claim(project=project, author=people.ana, text=text) for text in texts[begin : begin + AT_ONCE]]
        index_at_once(Claim.objects.bulk_create(rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = [dice.choice(texts).replace("the ", "a ", 1) for _ in range(40)]
    turn = iter(asked * 20)

    def look():
        return related_claims(next(turn), project, people.ana)

    hits = sum(
        any(one.claim.text.split(" ", 3)[-1] in text for one in related_claims(text, project, people.ana))
        for text in asked
    )
    aim = "aim: toward 50 ms on SQLite, 150 ms on PostgreSQL"
    show("related claims among 100,000", milliseconds(look, times=60, warm_up=5), statements(look), aim)
    print(f"{connection.vendor:10} found again among the ten nearest: {hits} of {len(asked)}")


def measured(pairs):
    """(precision, recall) of relations, and of disputes."""
    right = wrong = missed = opposed = tempted = overlooked = 0
    for pair in pairs:
        found = compare_claims(pair.one, pair.other)
        is_right = bool(found) and found.type in pair.expected
        right, wrong = right + is_right, wrong + (bool(found) and not is_right)
        missed += bool(pair.expected) and not is_right
        is_dispute = bool(pair.expected & {"contradicts", "disputes"})
        opposes = bool(found) and found.is_opposing
        opposed, tempted = opposed + (opposes and is_dispute), tempted + (opposes and not is_dispute)
        overlooked += is_dispute and not opposes
    return share(right, wrong), share(right, missed), share(opposed, tempted), share(opposed, overlooked)


def share(of, beside):
    return of / (of + beside) if of + beside else 1.0


@pytest.mark.parametrize(
    ("name", "pairs"),
    [
        ("traps", TRAPS),
        ("traps and related, known when the rules were made", TRAPS + RELATED),
        ("fresh, no rule was changed for them", FRESH),
    ],
)
def test_how_often_a_suggestion_is_right(name, pairs):
    precision, recall, of_disputes, found_disputes = measured(pairs)
    print(
        f"{len(pairs):3} pairs, {name}: relations precision {precision:.2f}, recall {recall:.2f}; "
        f"disputes precision {of_disputes:.2f}, recall {found_disputes:.2f}"
    )
