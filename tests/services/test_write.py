"""The seam of every write: versions, events, the chain, keys, and what concurrent writers do to one another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from annotations.core.errors import Clash, KeyReused, Stale
from annotations.models import Annotation, Chain, Claim, Event, KeptAnswer, Revision
from annotations.models.triggers import missing_triggers
from annotations.services.annotations import add_annotation, edit_annotation, restore_annotation, trash_annotation
from annotations.services.claims import add_claim, edit_claim
from annotations.services.projects import add_member
from annotations.services.write import Answer, Request, once, unit
from tests.conftest import make_people, make_project


def anyone(kind, pk):
    return True


@pytest.mark.django_db
class TestEvents:
    def test_every_change_is_one_event(self, people, project, mark):
        before = Event.objects.filter(project=project).count()
        annotation = mark("Osama Hamdan")
        edit_annotation(by=people.ana, annotation=annotation, version=1, note="who")
        trash_annotation(by=people.ana, annotation=annotation, version=2)
        restore_annotation(by=people.ana, annotation=annotation, version=3)
        events = Event.objects.filter(project=project, number__gt=before).order_by("number")
        assert [event.verb for event in events] == [
            "annotation_added",
            "annotation_edited",
            "annotation_trashed",
            "annotation_restored",
        ]
        assert [event.number for event in events] == list(range(before + 1, before + 5))

    def test_events_keep_the_hash_of_a_quote_and_not_its_words(self, mark, project):
        annotation = mark("Osama Hamdan")
        body = Event.objects.get(object_id=annotation.pk).body
        assert "Osama Hamdan" not in body
        assert "sha256" in body

    def test_a_change_that_changes_nothing_is_no_event(self, people, mark, project):
        annotation = mark("Osama Hamdan")
        number = Chain.objects.get(project=project).number
        edit_annotation(by=people.ana, annotation=annotation, version=1, note="")
        assert Chain.objects.get(project=project).number == number
        assert annotation.version == 1

    def test_a_refused_write_leaves_no_event(self, people, project):
        number = Chain.objects.get(project=project).number
        with pytest.raises(Clash):
            add_member(by=people.max, project=project, person=people.ana, role="viewer")
        assert Chain.objects.get(project=project).number == number

    def test_a_stale_version_is_refused_and_says_the_current_one(self, people, project):
        claim = add_claim(by=people.ana, project=project, text="It rained.")
        same = Claim.objects.get(pk=claim.pk)
        edit_claim(by=people.ana, claim=claim, version=1, text="It rained a lot.")
        with pytest.raises(Stale) as refusal:
            edit_claim(by=people.ana, claim=same, version=1, text="It snowed.")
        assert refusal.value.version == 2

    def test_history_cannot_be_rewritten(self, article):
        for rows, change in ((Event.objects.all(), {"verb": "x"}), (Revision.objects.all(), {"text": "x"})):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows.update(**change)
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                rows._raw_delete(rows.db)

    def test_replacing_a_row_is_refused_too(self, article):
        if connection.vendor != "sqlite":
            connection.check_constraints()  # else deferred checks would stop TRUNCATE before the trigger does
            refused = "TRUNCATE annotations_event CASCADE"
        else:
            refused = "INSERT OR REPLACE INTO annotations_event SELECT * FROM annotations_event LIMIT 1"
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(refused)

    def test_every_trigger_is_installed(self, db):
        assert missing_triggers() == set()


@pytest.mark.django_db
class TestKeys:
    def request(self, people, body="a", key="k1"):
        return Request(people.ana, "POST", "/somewhere/", key, body)

    def test_the_same_key_gives_the_same_answer_once(self, people, project):
        made = []

        def perform():
            made.append(add_claim(by=people.ana, project=project, text="It rained."))
            return Answer(201, b"{}", {"Location": "x"}, "claim", made[-1].pk)

        first = once(self.request(people), perform, anyone)
        assert once(self.request(people), perform, anyone) == first
        assert len(made) == 1

    def test_the_same_key_with_another_body_is_refused(self, people):
        once(self.request(people), lambda: Answer(200), anyone)
        with pytest.raises(KeyReused):
            once(self.request(people, body="b"), lambda: Answer(200), anyone)

    def test_secrets_and_failures_are_never_kept(self, people):
        once(self.request(people), lambda: Answer(201, is_secret=True), anyone)
        once(self.request(people, key="k2"), lambda: Answer(422), anyone)
        assert not KeptAnswer.objects.exists()


def together(count, work):
    """Run `work(number)` in `count` threads that start at one moment; each thread's outcome or error."""
    barrier = threading.Barrier(count)

    def run(number):
        try:
            barrier.wait()
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
class TestConcurrency:
    WRITERS = 8

    @pytest.fixture
    def desk(self):
        people = make_people()
        return people, make_project(people)

    def test_of_eight_writers_with_one_version_one_wins(self, desk):
        people, project = desk
        claim = add_claim(by=people.ana, project=project, text="It rained.")

        def write(number):
            mine = Claim.objects.select_related("project").get(pk=claim.pk)
            return edit_claim(by=people.ana, claim=mine, version=1, text=f"It rained on {number}.")

        outcomes = together(self.WRITERS, write)
        assert sum(isinstance(outcome, Claim) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, Stale) for outcome in outcomes) == self.WRITERS - 1
        assert Claim.objects.get(pk=claim.pk).version == 2

    def test_eight_writers_lose_none_of_their_updates(self, desk):
        people, project = desk
        claim = add_claim(by=people.ana, project=project, text="0")

        def write(_):
            for _ in range(25):
                while True:
                    mine = Claim.objects.select_related("project").get(pk=claim.pk)
                    try:
                        edit_claim(by=people.ana, claim=mine, version=mine.version, text=str(int(mine.text) + 1))
                        break
                    except Stale:
                        continue

        assert together(self.WRITERS, write) == [None] * self.WRITERS
        assert Claim.objects.get(pk=claim.pk).text == str(25 * self.WRITERS)
        numbers = list(Event.objects.filter(project=project).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    def test_sixty_keys_sent_eight_times_at_once_make_sixty_rows(self, desk):
        people, project = desk

        def send(_):
            answers = []
            for key in range(60):

                def perform(key=key):
                    claim = add_claim(by=people.ana, project=project, text=f"Claim {key}.")
                    return Answer(201, str(claim.pk).encode(), {}, "claim", claim.pk)

                answers.append(once(Request(people.ana, "POST", "/claims/", str(key), "h"), perform, anyone).body)
            return answers

        answers = together(self.WRITERS, send)
        assert Claim.objects.filter(project=project).count() == 60
        assert all(answer == answers[0] for answer in answers)

    def test_the_head_of_the_chain_is_never_forked(self, desk):
        people, project = desk

        def write(number):
            for turn in range(5):
                add_claim(by=people.ana, project=project, text=f"{number}-{turn}")

        together(self.WRITERS, write)
        chain = Chain.objects.get(project=project)
        last = Event.objects.filter(chain=chain).latest("number")
        assert (chain.number, chain.head) == (last.number, last.hash)

    def test_a_unit_that_fails_writes_nothing(self, desk):
        people, project = desk

        def fail_after_writing():
            with unit(people.ana):
                add_claim(by=people.ana, project=project, text="It rained.")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_after_writing()
        assert not Claim.objects.exists()


@pytest.mark.django_db
def test_annotations_of_a_retired_revision_word_are_refused(people, article, labels):
    from annotations.core.errors import Invalid
    from annotations.services.labels import retire_label

    retire_label(by=people.max, label=labels["claim"], version=1)
    with pytest.raises(Invalid, match="retired"):
        add_annotation(by=people.ana, article=article, segments=[[0, 7]], quote="Reuters", label=labels["claim"])
    assert not Annotation.objects.exists()
