"""Comments: who may write, change, close and trash them, whom they call, and what becomes a guideline."""

import pytest

from annotations.core.errors import IllegalMove, Invalid, Refused
from annotations.models import Comment, Event
from annotations.queries.comments import comment_counts, latest_mentions, threads_on, unread_mentions
from annotations.services.comments import (
    add_comment,
    edit_comment,
    reopen_comment,
    resolve_comment,
    restore_comment,
    see_mentions,
    trash_comment,
)
from annotations.services.guidelines import change_guidelines
from annotations.services.projects import edit_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(contested):
    return contested.claims[0]


@pytest.fixture
def thread(people, claim):
    return add_comment(by=people.ana, on=claim, text="Is a denial a claim?")


def test_every_record_that_is_worked_on_can_be_commented_on(people, contested):
    on = [
        contested.annotations[0], contested.claims[0], contested.evidence, contested.positions[0], contested.source,
        contested.dispute,
    ]  # fmt: skip
    for row in on:
        comment = add_comment(by=people.ana, on=row, text="Why?")
        assert (comment.on, comment.on_kind) == (row, type(row).record_kind())
        assert [thread.first for thread in threads_on(comment.on_kind, row.pk, people.vera)] == [comment]


def test_a_label_cannot(people, labels):
    with pytest.raises(Invalid):
        add_comment(by=people.ana, on=labels["claim"], text="Why?")


def test_viewers_read_and_do_not_write(people, claim):
    with pytest.raises(Refused):
        add_comment(by=people.vera, on=claim, text="Why?")


def test_an_empty_comment_is_none(people, claim):
    with pytest.raises(Invalid):
        add_comment(by=people.ana, on=claim, text=" \n")


def test_an_answer_joins_the_thread_also_when_it_answers_an_answer(people, claim, thread):
    answer = add_comment(by=people.ben, on=claim, text="It is.", thread=thread)
    again = add_comment(by=people.ana, on=claim, text="Thanks.", thread=answer)
    assert answer.thread == again.thread == thread
    [seen] = threads_on("claim", claim.pk, people.ana)
    assert seen.answers == [answer, again]


def test_an_answer_is_about_the_same_record(people, contested, thread):
    with pytest.raises(Invalid, match="another record"):
        add_comment(by=people.ben, on=contested.claims[1], text="Here?", thread=thread)


def test_nobody_changes_the_words_of_another(people, thread):
    for person in (people.ben, people.ida, people.max):
        with pytest.raises(Refused, match="Only who wrote"):
            edit_comment(by=person, comment=thread, version=1, text="Something else.")
    edit_comment(by=people.ana, comment=thread, version=1, text="Is a denial really a claim?")
    assert Comment.objects.get(pk=thread.pk).text == "Is a denial really a claim?"


def test_a_thread_is_resolved_and_opened_again_as_a_whole(people, claim, thread):
    answer = add_comment(by=people.ben, on=claim, text="It is.", thread=thread)
    with pytest.raises(IllegalMove, match="as a whole"):
        resolve_comment(by=people.ben, comment=answer, version=1)
    resolve_comment(by=people.ben, comment=thread, version=1)
    assert (thread.resolved_by, thread.resolved_at is None) == (people.ben, False)
    for move, words in ((resolve_comment, "resolved already"), (add_comment, "reopen it")):
        arguments = {"comment": thread, "version": 2} if move is resolve_comment else {"on": claim, "thread": thread}
        with pytest.raises(IllegalMove, match=words):
            move(by=people.ana, **arguments, **({"text": "And?"} if move is add_comment else {}))
    reopen_comment(by=people.ana, comment=thread, version=2)
    assert thread.resolved_at is None
    with pytest.raises(IllegalMove, match="open already"):
        reopen_comment(by=people.ana, comment=thread, version=3)


def test_answers_stay_when_the_first_comment_goes_to_the_trash(people, claim, thread):
    answer = add_comment(by=people.ben, on=claim, text="It is.", thread=thread)
    trash_comment(by=people.ana, comment=thread, version=1)
    [seen] = threads_on("claim", claim.pk, people.ana)
    assert (seen.first.trashed, seen.answers) == (True, [answer])
    trash_comment(by=people.ben, comment=answer, version=1)
    assert threads_on("claim", claim.pk, people.ana) == []
    restore_comment(by=people.ana, comment=thread, version=2)
    assert len(threads_on("claim", claim.pk, people.ana)) == 1


def test_comments_are_counted_for_a_page_in_one_query(people, contested, claim, thread, django_assert_num_queries):
    add_comment(by=people.ben, on=claim, text="It is.", thread=thread)
    add_comment(by=people.ben, on=contested.dispute, text="When?")
    with django_assert_num_queries(1):
        counts = comment_counts(people.vera, {"claim": [claim.pk], "dispute": [contested.dispute.pk], "position": []})
    assert counts == {("claim", str(claim.pk)): 2, ("dispute", str(contested.dispute.pk)): 1}


# -- mentions ---------------------------------------------------------------------------------------------------------


def test_a_member_who_is_called_finds_it(people, claim, django_assert_num_queries):
    comment = add_comment(by=people.ana, on=claim, text="@Ida, and @olu, and me (@ana): look.")
    with django_assert_num_queries(1):
        assert unread_mentions(people.ida) == 1
    assert (unread_mentions(people.olu), unread_mentions(people.ana)) == (0, 0)
    assert [row.comment for row in latest_mentions(people.ida)] == [comment]
    assert see_mentions(by=people.jo, comment=comment) == 0
    assert see_mentions(by=people.ida, comment=comment) == 1
    assert unread_mentions(people.ida) == 0


def test_an_edit_calls_only_whom_it_names_anew(people, claim):
    comment = add_comment(by=people.ana, on=claim, text="@ida @jo")
    see_mentions(by=people.ida)
    edit_comment(by=people.ana, comment=comment, version=1, text="@ida @ben")
    assert [unread_mentions(person) for person in (people.ida, people.jo, people.ben)] == [0, 0, 1]


def test_a_mention_in_the_trash_calls_nobody(people, claim):
    comment = add_comment(by=people.ana, on=claim, text="@ida")
    trash_comment(by=people.ana, comment=comment, version=1)
    assert (unread_mentions(people.ida), latest_mentions(people.ida)) == (0, [])


def test_in_a_blind_project_an_annotator_sees_own_comments_on_own_work(people, project, contested, claim, thread):
    add_comment(by=people.ida, on=claim, text="@ana look")
    edit_project(by=people.max, project=project, version=project.version, blind=True)
    assert [seen.first for seen in threads_on("claim", claim.pk, people.ana)] == [thread]
    assert threads_on("claim", claim.pk, people.ben) == []
    assert unread_mentions(people.ana) == 0
    assert len(threads_on("claim", claim.pk, people.ida)) == 2


# -- guidelines -------------------------------------------------------------------------------------------------------


def test_a_thread_leads_to_a_version_of_the_guidelines(people, project, thread):
    row = change_guidelines(
        by=people.max, project=project, text="A denial is a claim.", comment=thread, reason="Asked."
    )
    assert Comment.objects.get(pk=thread.pk).guideline == row
    [event] = Event.objects.filter(verb="guidelines_changed")
    assert str(thread.pk) in event.body
