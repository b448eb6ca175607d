"""Agents through the page: found by any spelling, added, changed, trashed, with what they said and stood for."""

from annotations.models import Agent, AgentRating
from annotations.services.agents import add_agent


def test_page_shows_spellings_positions_and_what_it_published(at, people, contested):
    hamdan = at(people.vera).get(f"/agents/{contested.agents[1].pk}/").content.decode()
    reuters = at(people.vera).get(f"/agents/{contested.agents[0].pk}/").content.decode()
    assert "أسامة حمدان" in hamdan
    assert "Was he told?" in hamdan
    assert "Reuters report" in reuters


def test_added_with_spellings(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/agents/"
    aliases = "Ismail Qaani\r\n  \r\nإسماعيل قاآني\r\nIsmail Qaani"
    answer = send(ana, ana.get(lists), lists, name="Esmail Qaani", kind="person", aliases=aliases)
    agent = Agent.objects.get()
    assert answer.url == f"/agents/{agent.pk}/"
    assert [alias.name for alias in agent.aliases.order_by("id")] == ["Ismail Qaani", "إسماعيل قاآني"]


def test_nameless_agent_is_refused(at, people, project, send):
    ana, lists = at(people.ana), f"/projects/{project.slug}/agents/"
    answer = send(ana, ana.get(lists), lists, name="", note="kept")
    assert answer.status_code == 422
    assert "Please fill this in." in answer.content.decode()
    assert "kept" in answer.content.decode()


def test_spellings_are_replaced_on_change(at, people, contested, send):
    agent = contested.agents[1]
    form, ida = f"/agents/{agent.pk}/", at(people.ida)
    answer = send(ida, ida.get(form), form, aliases="O. Hamdan", note="Of Hamas.")
    agent.refresh_from_db()
    assert answer.status_code == 303
    assert ([alias.name for alias in agent.aliases.all()], agent.note) == (["O. Hamdan"], "Of Hamas.")


def test_found_by_letters_spelling_and_sound(at, people, project, contested):
    vera, lists = at(people.vera), f"/projects/{project.slug}/agents/"
    for words in ("hamd", "أسامة", "Usama Hamdan"):
        page = vera.get(lists, {"q": words}).content.decode()
        assert "Osama Hamdan" in page, words
        assert "<bdi>أسامة حمدان</bdi>" in page
    assert "Nobody sounds like that" in vera.get(lists, {"q": "Zyx"}).content.decode()
    assert "Osama Hamdan" not in vera.get(lists, {"kind": "outlet"}).content.decode()


def test_trashed_and_restored(at, people, contested, send):
    agent = contested.agents[0]
    form, ida = f"/agents/{agent.pk}/", at(people.ida)
    send(ida, ida.get(form), f"{form}trash/")
    assert "This agent is in the trash." in ida.get(form).content.decode()
    send(ida, ida.get(form), f"{form}restore/")
    agent.refresh_from_db()
    assert not agent.trashed


def test_others_agents_are_not_an_annotators_to_change(at, people, contested):
    page = at(people.ben).get(f"/agents/{contested.agents[0].pk}/").content.decode()
    assert "Changing an agent that someone else made needs the role" in page


# -- one or two -------------------------------------------------------------------------------------------------------


def test_alike_agents_are_looked_at_joined_and_separated(at, people, project, send):
    ana = at(people.ana)
    one, other = (add_agent(by=people.ana, project=project, kind="person", name=name) for name in ("Baqeri", "باقری"))
    shown = ana.get(f"/projects/{project.slug}/agents/alike/").content.decode()
    assert "“Baqeri” and “باقری” sound alike, in two scripts." in shown
    page = f"/agents/{one.pk}/join/"
    answer = send(ana, ana.get(page, {"other": other.pk}), page)
    assert answer.url == f"/agents/{one.pk}/"
    old = ana.get(f"/agents/{other.pk}/")
    assert old.url == f"/agents/{one.pk}/"
    joined = ana.get(f"/agents/{one.pk}/")
    assert "“باقری” was joined into “Baqeri”." in joined.content.decode()
    assert "<bdi>باقری</bdi>" in ana.get(f"/projects/{project.slug}/agents/", {"q": "bagheri"}).content.decode()
    send(ana, joined, f"/agents/{one.pk}/separate/")
    other.refresh_from_db()
    assert not other.trashed


def test_two_are_told_apart_and_not_suggested_again(at, people, project, send):
    ana = at(people.ana)
    one, other = (add_agent(by=people.ana, project=project, kind="person", name=name) for name in ("Qaani", "Ghaani"))
    page = f"/agents/{one.pk}/join/"
    send(ana, ana.get(page, {"other": other.pk}), f"/agents/{one.pk}/distinctions/", reason="Father and son.")
    shown = ana.get(f"/agents/{one.pk}/").content.decode()
    assert "Not to be confused with" in shown
    assert "Father and son." in shown
    assert "sound alike" not in shown


def test_grade_stands_beside_the_documents_of_its_time(at, people, project, contested, send):
    from annotations.services.projects import edit_project

    edit_project(by=people.max, project=project, version=project.version, grades=True)
    ana, page = at(people.ana), f"/agents/{contested.agents[0].pk}/"
    refused = send(ana, ana.get(page), f"{page}ratings/", reliability="B", reason="")
    assert refused.status_code == 422
    send(ana, ana.get(page), f"{page}ratings/", reliability="B", reason="Checked for a year.")
    assert "Checked for a year." in ana.get(page).content.decode()
    assert "Grade of its publisher then" in ana.get(f"/sources/{contested.source.pk}/").content.decode()


def test_a_grade_is_corrected_withdrawn_and_given_back_with_the_reason(at, people, project, contested, send):
    from annotations.services.projects import edit_project

    edit_project(by=people.max, project=project, version=project.version, grades=True)
    ana, page = at(people.ana), f"/agents/{contested.agents[0].pk}/"
    send(ana, ana.get(page), f"{page}ratings/", reliability="B", reason="Checked for a year.", rated_on="2020-02-01")
    grade = AgentRating.objects.get()
    form = f"/agent_ratings/{grade.pk}/"
    assert form in ana.get(page).content.decode()
    assert send(ana, ana.get(form), form, reliability="C").status_code == 422  # without saying why
    corrected = send(ana, ana.get(form), form, reliability="C", because="The wrong letter.")
    assert (corrected.status_code, corrected.url) == (303, f"{page}#grades")
    for shown in (f"/disputes/{contested.dispute.pk}/", f"/claims/{contested.claims[0].pk}/", evidence_of(contested)):
        assert "publisher graded C, from 1 Feb 2020" in ana.get(shown).content.decode(), shown
    assert send(ana, ana.get(form), f"{form}trash/").status_code == 422
    send(ana, ana.get(form), f"{form}trash/", because="Not ours to give.")
    body = ana.get(form).content.decode()
    assert all(words in body for words in ("The wrong letter.", "Not ours to give.", "was withdrawn"))
    assert "publisher graded" not in ana.get(evidence_of(contested)).content.decode()
    assert "withdrawn" in ana.get(page).content.decode()
    send(ana, ana.get(form), f"{form}restore/")
    assert "publisher graded C" in ana.get(evidence_of(contested)).content.decode()


def test_grades_by_topic_stand_beside_the_sources_each_with_what_it_is_for(at, people, project, contested, send):
    from annotations.services.projects import edit_project

    edit_project(by=people.max, project=project, version=project.version, grades=True)
    ana, page = at(people.ana), f"/agents/{contested.agents[0].pk}/"
    for letter, topic in (("B", "military matters"), ("F", "money")):
        grade = {"reliability": letter, "topic": topic, "reason": "Checked.", "rated_on": "2020-02-01"}
        send(ana, ana.get(page), f"{page}ratings/", **grade)
    for shown in (f"/disputes/{contested.dispute.pk}/", f"/claims/{contested.claims[0].pk}/", evidence_of(contested)):
        words = ana.get(shown).content.decode()
        assert "publisher graded B for <bdi>military matters</bdi>, from 1 Feb 2020" in words, shown
        assert "publisher graded F for <bdi>money</bdi>, from 1 Feb 2020 (cannot be judged)" in words, shown
    assert "for <bdi>money</bdi>" in ana.get(f"/sources/{contested.source.pk}/").content.decode()


def evidence_of(contested):
    return f"/evidence/{contested.evidence.pk}/"
