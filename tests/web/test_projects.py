"""The queue, a project's home, its settings and its members."""

import pytest

from annotations.models import Membership, Project, TriageCriterion


@pytest.fixture
def max_(at, people, project):
    return at(people.max)


# -- the queue --------------------------------------------------------------------------------------------------------


def test_queue_says_what_is_in_an_article(at, people, contested, article):
    page = at(people.ana).get("/").content.decode()
    assert article.title in page
    assert "1 claim" in page
    assert "1 disputed" in page
    assert "2 marks" in page


def test_tabs_count_and_narrow(at, people, project, article, mark):
    from annotations.services.articles import add_article

    add_article(by=people.max, project=project, title="Untouched", text="Nothing here.")
    mark("Reuters")
    ana = at(people.ana)
    page = ana.get("/").content.decode()
    assert 'All <span class="count">2</span>' in page
    assert 'Mine <span class="count">1</span>' in page
    assert 'Disputed <span class="count">0</span>' in page
    assert "Untouched" not in ana.get("/?tab=mine").content.decode()
    assert "Nothing is disputed" in ana.get("/?tab=disputed").content.decode()
    assert "You have marked nothing yet" in at(people.ben).get("/?tab=mine").content.decode()


def test_marks_are_counted_per_person(at, people, mark):
    mark("Reuters")
    assert "1 mark" in at(people.ana).get("/").content.decode()
    assert "Not started" in at(people.ben).get("/").content.decode()


def test_long_queue_has_pages(at, people, project):
    from annotations.services.articles import add_article

    for number in range(51):
        add_article(by=people.max, project=project, title=f"Article {number}", text="Words.")
    ana = at(people.ana)
    first, second = ana.get("/").content.decode(), ana.get("/?tab=all&start=50").content.decode()
    assert [title in first for title in ("Article 50<", "Article 0<", "Older")] == [True, False, True]
    assert [title in second for title in ("Article 50<", "Article 0<", "Newer")] == [False, True, True]


def test_person_without_a_project_reads_what_to_do(at, people, project):
    page = at(people.olu).get("/").content.decode()
    assert "You are in no project yet" in page
    assert "<b>olu</b>" in page


def test_superuser_is_shown_to_the_admin(at, people, project):
    page = at(people.sam).get("/").content.decode()
    assert "Your place is the admin" in page
    assert 'href="/admin/"' in page


def test_project_without_articles_says_so(at, people, project):
    assert "No articles yet" in at(people.ana).get("/").content.decode()


def test_start_here_stands_only_in_the_demo(at, people, settings, contested, article):
    from annotations.models import Project as Projects

    ana = at(people.ana)
    assert "Start here" not in ana.get("/").content.decode()
    settings.DEMO = True
    Projects.objects.update(slug="seeds")
    page = ana.get("/").content.decode()
    assert "Start here: Reuters reports, Hamdan denies" in page
    assert f'href="/articles/{article.pk}/"' in page


# -- making and setting up --------------------------------------------------------------------------------------------


def test_new_project_has_its_maker_as_manager(max_, send, people):
    answer = send(max_, max_.get("/projects/"), "/projects/", name="Second desk", slug="second")
    assert answer.url == "/projects/second/"
    assert Membership.objects.get(project__slug="second").role == "manager"
    assert max_.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"slug": "two words"}, "slug"), ({"slug": ""}, "slug"), ({"name": ""}, "name"), ({"slug": "desk"}, "slug")],
)
def test_bad_project_is_refused_beside_its_field(max_, typed, field):
    answer = max_.post("/projects/", {"name": "N", "slug": "n"} | typed)
    assert answer.status_code in (409, 422)
    assert f'id="project-{field}_error"' in answer.content.decode()
    assert Project.objects.count() == 1


def test_people_without_the_right_make_none(at, people, project):
    ana = at(people.ana)
    assert "Making projects needs an account with that right" in ana.get("/projects/").content.decode()
    assert ana.post("/projects/", {"name": "N", "slug": "n"}).status_code == 403


def test_home_shows_what_is_open(at, people, contested, project):
    page = at(people.vera).get(f"/projects/{project.slug}/").content.decode()
    assert "Was he told?" in page
    assert "Inbox" in page
    assert "opened the dispute" in page
    assert all(name in page for name in ("Ana", "Ida", "Max", "Vera"))


def test_guidelines_are_markdown_without_scripts(max_, people, project, send):
    settings_page = f"/projects/{project.slug}/settings/"
    written = (
        '# First\n\n**bold** <script>x()</script> <b onclick="x()">b</b> [a](javascript:x()) [b](https://example.org/)'
    )
    assert send(max_, max_.get(settings_page), f"/projects/{project.slug}/", guidelines=written).url == settings_page
    page = max_.get(f"/projects/{project.slug}/").content.decode()
    assert "<strong>bold</strong>" in page
    assert '<a href="https://example.org/" rel="noopener noreferrer nofollow">b</a>' in page
    assert "<script>x()" not in page
    assert "<b onclick" not in page
    assert 'href="javascript' not in page


def test_settings_change_every_one(max_, project, send):
    page = max_.get(f"/projects/{project.slug}/settings/")
    typed = {"name": "Desk two", "approvals_dispute": "2", "zone": "Asia/Tehran", "blind": "on", "grades": "on"}
    assert send(max_, page, f"/projects/{project.slug}/", **typed).status_code == 303
    project.refresh_from_db()
    assert (project.name, project.approvals_dispute, project.zone) == ("Desk two", 2, "Asia/Tehran")
    assert (project.blind, project.grades) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"approvals_dispute": "0"}, "approvals_dispute"), ({"name": ""}, "name"), ({"zone": "Moon"}, "zone")],
)
def test_bad_settings_are_refused(max_, project, send, typed, field):
    page = max_.get(f"/projects/{project.slug}/settings/")
    answer = send(max_, page, f"/projects/{project.slug}/", **typed)
    assert answer.status_code == 422
    assert f'id="settings-{field}_error"' in answer.content.decode()


def test_only_managers_change_settings(at, people, project, send):
    ida = at(people.ida)
    page = ida.get(f"/projects/{project.slug}/settings/")
    assert "Changing the settings of a project needs the role manager" in page.content.decode()
    answer = send(ida, page, f"/projects/{project.slug}/", name="Mine")
    assert answer.status_code == 403


# -- members ----------------------------------------------------------------------------------------------------------


def test_manager_adds_changes_and_ends_a_membership(max_, people, project, send):
    members = f"/projects/{project.slug}/members/"
    assert send(max_, max_.get(members), members, username="OLU", role="viewer").url == members
    olu = Membership.objects.get(person=people.olu)
    assert send(max_, max_.get(members), f"/members/{olu.pk}/", role="annotator").url == members
    olu.refresh_from_db()
    assert (olu.role, olu.version) == ("annotator", 2)
    assert send(max_, max_.get(members), f"/members/{olu.pk}/remove/").url == members
    olu.refresh_from_db()
    assert olu.trashed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"username": "nobody"}, "There is no account"),
        ({"username": "ana"}, "member already"),
        ({"username": "sam"}, "cannot be a member"),
        ({"username": ""}, "Please fill this in"),
        ({"role": "king"}, "is none of these"),
    ],
)
def test_bad_member_is_refused_in_words(max_, project, typed, words):
    answer = max_.post(f"/projects/{project.slug}/members/", {"username": "olu", "role": "viewer"} | typed)
    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()


def test_last_manager_stays(max_, people, project, send):
    members = f"/projects/{project.slug}/members/"
    mine = Membership.objects.get(person=people.max)
    answer = send(max_, max_.get(members), f"/members/{mine.pk}/remove/")
    assert answer.status_code == 422
    assert "The last manager stays" in answer.content.decode()


def test_manager_who_leaves_lands_in_the_queue(max_, people, project, send):
    from annotations.services.projects import edit_member

    edit_member(by=people.max, membership=Membership.objects.get(person=people.ida), version=1, role="manager")
    mine = Membership.objects.get(person=people.max)
    answer = send(max_, max_.get(f"/projects/{project.slug}/members/"), f"/members/{mine.pk}/remove/")
    assert answer.url == "/"
    assert max_.get(f"/projects/{project.slug}/").status_code == 404


def test_members_are_changed_by_managers_only(at, people, project):
    ida = at(people.ida)
    page = ida.get(f"/projects/{project.slug}/members/").content.decode()
    assert "Changing who is a member needs the role manager" in page
    membership = Membership.objects.get(person=people.ana)
    assert ida.post(f"/members/{membership.pk}/", {"role": "manager", "version": 1}).status_code == 403
    assert at(people.olu).post(f"/members/{membership.pk}/", {"role": "manager", "version": 1}).status_code == 404


def test_fable_is_set_up_from_the_settings(at, people, project, send):
    max_, page = at(people.max), f"/projects/{project.slug}/settings/"
    assert send(max_, max_.get(page), f"/projects/{project.slug}/triage_criteria/preset/").status_code == 303
    assert TriageCriterion.objects.filter(project=project).count() == 5
