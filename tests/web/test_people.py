"""Signing in and out, and a new password by mail: the same answer whether an account exists or not."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from annotations.models import Event, Person, SignInTry
from annotations.services.people import TRIES_ARE_KEPT, count_wrong_try, make_person
from annotations.web.limits import MAILS_AN_HOUR

PASSWORD = "long enough for everybody"


@pytest.fixture
def known(db):
    cache.clear()  # it counts the mails of the hour
    return make_person(by=None, username="Kim", password=PASSWORD, email="kim@example.org")


def test_page_has_the_fields_and_the_button_of_the_contract(at, db):
    page = at(None).get("/login/").content.decode()
    assert re.search(r'<label for="id_username">Username</label>', page)
    assert re.search(r'<label for="id_password">Password</label>', page)
    assert re.search(r'<button[^>]*type="submit"[^>]*>Sign in</button>', page)


def test_name_and_password_open_the_queue(at, known, send):
    browser = at(None)
    answer = send(browser, browser.get("/login/"), "", username="kim", password=PASSWORD)
    assert (answer.status_code, answer.url) == (303, "/")
    assert browser.get("/").status_code == 200


def test_sign_in_leads_to_the_page_that_was_asked_for(at, known, send):
    browser = at(None)
    page = browser.get(browser.get("/projects/?x=1").url)
    assert send(browser, page, "", username="Kim", password=PASSWORD).url == "/projects/?x=1"


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:go()"])
def test_sign_in_never_leads_elsewhere(at, known, onward):
    answer = at(None).post("/login/", {"username": "Kim", "password": PASSWORD, "next": onward})
    assert answer.url == "/"


def without_what_was_typed(answer, typed):
    """The page, but for the name that comes back in its field and the tokens that differ each time."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return page.replace(typed, "")


def test_unknown_wrong_and_switched_off_get_the_same_answer(at, known):
    Person.objects.create(username="off", is_active=False, password=known.password)
    attempts = {"nobody": PASSWORD, "Kim": "wrong", "off": PASSWORD}
    answers = [at(None).post("/login/", {"username": name, "password": word}) for name, word in attempts.items()]
    assert {answer.status_code for answer in answers} == {422}
    pages = {without_what_was_typed(answer, name) for answer, name in zip(answers, attempts, strict=True)}
    assert len(pages) == 1
    assert "do not belong together" in pages.pop()


@pytest.mark.parametrize(
    "typed", [{}, {"username": "\x00", "password": "x"}, {"username": "x" * 5000, "password": "y"}]
)
def test_odd_log_ins_are_refused_in_words(at, db, typed):
    assert at(None).post("/login/", typed).status_code == 422


def test_sign_out_is_a_form(at, people):
    browser = at(people.ana)
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/").url == "/login/"
    assert browser.get("/").status_code == 302


def test_who_is_signed_in_is_sent_on(at, people):
    assert at(people.ana).get("/login/?next=/projects/").url == "/projects/"


# -- the demo ---------------------------------------------------------------------------------------------------------


def test_demo_people_stand_on_the_page_only_in_the_demo(at, db, settings):
    assert "demo-people" not in at(None).get("/login/").content.decode()
    settings.DEMO = True
    page = at(None).get("/login/").content.decode()
    assert all(f"<b>{name}</b>" in page for name in ("Ana", "Ben", "Ida", "Jo", "Max", "Vera", "Olu", "Sam"))


def test_demo_button_signs_in(at, db, settings, send):
    from annotations.services.people import make_person

    settings.DEMO = True
    make_person(by=None, username="ana", password="demo")
    browser = at(None)
    assert send(browser, browser.get("/login/"), "", number=1).url == "/"


def test_chosen_password_of_the_demo_is_not_on_the_page(at, db, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, "between us"
    page = at(None).get("/login/").content.decode()
    assert "between us" not in page
    assert 'value="demo"' not in page


# -- a new password ---------------------------------------------------------------------------------------------------


def test_reset_says_the_same_for_known_and_unknown_addresses(at, known):
    answers = [
        at(None).post("/password/reset/", {"email": address}) for address in ("kim@example.org", "no@example.org")
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/password/reset/sent/")] * 2
    assert [message.to for message in mail.outbox] == [["kim@example.org"]]


def test_mailbox_is_not_flooded_and_the_answer_does_not_tell(at, known):
    make_person(by=None, username="lee", password=PASSWORD, email="lee@example.org")
    asked = [
        at(None).post("/password/reset/", {"email": email}) for email in ["kim@example.org", "KIM@example.org"] * 4
    ]
    assert {(answer.status_code, answer.url) for answer in asked} == {(302, "/password/reset/sent/")}
    assert len(mail.outbox) == MAILS_AN_HOUR
    at(None).post("/password/reset/", {"email": "lee@example.org"})
    assert mail.outbox[-1].to == ["lee@example.org"]


def test_link_in_the_mail_begins_with_the_base_address(at, known, settings):
    at(None).post("/password/reset/", {"email": "kim@example.org"}, headers={"Host": "localhost"})
    link = re.search(r"http\S+/password/reset/\S+", mail.outbox[0].body)[0]
    assert link.startswith(f"{settings.BASE_URL}/password/reset/")


def test_new_password_is_set_through_the_service(at, known, settings):
    browser = at(None)
    browser.post("/password/reset/", {"email": "kim@example.org"})
    link = re.search(r"/password/reset/\S+", mail.outbox[0].body.split("address sets it")[1])[0]
    form = browser.get(browser.get(link).url)
    assert "Set a new password" in form.content.decode()
    again = "another password that is long"
    assert browser.post(form.request["PATH_INFO"], {"new_password1": again, "new_password2": again}).status_code == 302
    known.refresh_from_db()
    assert known.check_password(again)
    assert known.version == 2
    assert Event.objects.filter(verb="person_edited", object_id=known.pk).exists()
    assert "does not work any more" in browser.get(link).content.decode()


def test_weak_password_is_refused_in_words(at, known):
    browser = at(None)
    browser.post("/password/reset/", {"email": "kim@example.org"})
    link = re.search(r"/password/reset/\S+", mail.outbox[0].body.split("address sets it")[1])[0]
    form = browser.get(browser.get(link).url)
    answer = browser.post(form.request["PATH_INFO"], {"new_password1": "short", "new_password2": "short"})
    assert "too short" in answer.content.decode()
    known.refresh_from_db()
    assert known.check_password(PASSWORD)


# -- the language, and single keys -------------------------------------------------------------------------------------


def test_language_at_the_door_is_the_one_chosen_there_else_the_browser_s(at, db):
    browser = at(None)
    assert 'lang="en" dir="ltr"' in browser.get("/login/").content.decode()
    answer = browser.get("/login/", headers={"accept-language": "ar-EG,ar;q=0.9"})
    assert 'lang="ar" dir="rtl"' in answer.content.decode()
    assert (answer["Content-Language"], "Accept-Language" in answer["Vary"]) == ("ar", True)
    chosen = browser.get("/login/?language=fa", headers={"accept-language": "ar"}).content.decode()
    assert 'lang="fa" dir="rtl"' in chosen
    assert "گذرواژه" in chosen
    assert 'lang="en"' in browser.get("/login/?language=xx").content.decode()


def test_language_chosen_at_the_door_stays_with_the_person(at, known):
    browser = at(None)
    browser.post("/login/?language=fa", {"username": "kim", "password": PASSWORD})  # the form has no address of its own
    known.refresh_from_db()
    assert known.preferences == {"language": "fa"}
    assert 'lang="fa"' in browser.get("/", headers={"accept-language": "ar"}).content.decode()
    assert 'lang="fa"' in browser.get("/?language=ar").content.decode(), "the person's own choice, not the address's"


def test_person_changes_language_and_keys_in_the_menu(at, known):
    browser = at(known)
    answer = browser.post("/preferences/", {"language": "ar", "next": "/?tab=mine"})
    assert (answer.status_code, answer.url) == (303, "/?tab=mine")
    assert browser.post("/preferences/", {"single_keys": ["off"]}, headers={"hx-request": "true"}).status_code == 204
    known.refresh_from_db()
    assert known.preferences == {"language": "ar", "single_keys": False}
    assert "data-single-keys-off" in browser.get("/").content.decode()
    browser.post("/preferences/", {"single_keys": ["off", "on"]})
    known.refresh_from_db()
    assert known.uses_single_keys
    assert Event.objects.filter(object_id=known.pk, verb="preferences_set").count() == 3


def test_same_choice_again_is_no_event_and_an_unknown_language_is_refused(at, known):
    browser = at(known)
    for _ in range(2):
        browser.post("/preferences/", {"language": "fa"})
    assert Event.objects.filter(verb="preferences_set").count() == 1
    assert browser.post("/preferences/", {"language": "xx"}).status_code == 422
    assert browser.post("/preferences/", {"language": "fa", "next": "https://elsewhere.example/"}).url == "/"


def test_programs_are_spoken_to_in_english(at, known):
    known.preferences = {"language": "fa"}
    known.save()
    answer = at(known).get("/api/v1/projects/nowhere/", headers={"accept-language": "fa"})
    assert answer["Content-Language"] == "en"


# -- one's own password -----------------------------------------------------------------------------------------------


def test_ones_own_password_is_changed_by_whoever_knows_the_old_one(at, known, send):
    here, elsewhere = at(known), at(known)
    form, fresh = here.get("/password/change/"), "an even longer one for everybody"
    typed = {"new_password1": fresh, "new_password2": fresh}
    wrong = send(here, form, "", old_password="wrong", **typed)
    assert (wrong.status_code, "This is not your password" in wrong.content.decode()) == (422, True)
    short = send(here, form, "", old_password=PASSWORD, new_password1="short", new_password2="short")
    assert short.status_code == 422
    done = send(here, form, "", old_password=PASSWORD, **typed)
    assert (done.status_code, done.url) == (303, "/")
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302, "a session of the old password ends"
    known.refresh_from_db()
    assert known.check_password(fresh)
    assert fresh not in Event.objects.order_by("-pk")[0].body
    assert at(None).get("/password/change/").url.startswith("/login/")


# -- wrong passwords --------------------------------------------------------------------------------------------------


def tried(browser, name, password, **sent):
    return browser.post("/login/", {"username": name, "password": password}, **sent)


@pytest.mark.parametrize("name", ["kim", "nobody"])
def test_after_five_wrong_passwords_the_right_one_has_to_wait(at, known, name):
    browser = at(None)
    assert [tried(browser, name.upper(), "wrong").status_code for _ in range(5)] == [422] * 5
    refused = tried(browser, name, PASSWORD)
    assert refused.status_code == 429
    assert "Too many wrong passwords came from here. Try again in 15 minutes." in refused.content.decode()
    elsewhere = tried(browser, "kim", PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 303, "whoever tries names cannot lock their owners out"
    SignInTry.objects.update(since=timezone.now() - TRIES_ARE_KEPT)
    assert tried(at(None), "kim", PASSWORD).status_code == 303


def test_the_right_password_begins_the_count_anew(at, known):
    for _ in range(2):
        assert [tried(at(None), "kim", "wrong").status_code for _ in range(4)] == [422] * 4
        assert tried(at(None), "kim", PASSWORD).status_code == 303


def test_one_address_tries_only_so_many_names(at, known, monkeypatch):
    monkeypatch.setattr("annotations.services.people.TRIES_FROM_AN_ADDRESS", 6)
    assert [tried(at(None), f"name{number}", "wrong").status_code for number in range(6)] == [422] * 6
    assert tried(at(None), "kim", PASSWORD).status_code == 429
    assert tried(at(None), "kim", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 303


def test_a_try_names_nobody(at, known):
    tried(at(None), "kim", "wrong")
    assert SignInTry.objects.count() == 2
    stored = repr(list(SignInTry.objects.values_list()))
    assert "kim" not in stored.lower()
    assert "127.0.0.1" not in stored


# Each door that takes a password: its field, what comes with it, and the answers to a wrong, a right and one too many.
DOORS = {
    "/login/": ("password", {"username": "kim"}, 422, 303, 429),
    "/admin/login/": ("password", {"username": "ola"}, 200, 302, 200),
    "/password/change/": ("old_password", {}, 422, 422, 429),
    "/admin/password_change/": ("old_password", {}, 200, 200, 200),
}


@pytest.fixture(params=DOORS)
def knock(request, at, known):
    """knock(password, REMOTE_ADDR=...) at one of the doors: the status, and whether it says that somebody has to wait.
    New passwords come weak, so that the old one is asked for and stays."""
    from annotations.services.people import make_person

    door = request.param
    operator = make_person(by=None, username="ola", password=PASSWORD, is_superuser=True)
    knocks = operator if "admin" in door else known
    field, comes, wrong, right, wait = DOORS[door]

    def at_the_door(password, **sent):
        browser = at(None if "login" in door else knocks)
        answer = browser.post(door, {**comes, field: password}, **sent)
        return answer.status_code, "Too many wrong passwords came from here" in answer.content.decode()

    at_the_door.wrong, at_the_door.right, at_the_door.wait = (wrong, False), (right, False), (wait, True)
    return at_the_door


def test_at_every_door_the_right_password_has_to_wait_behind_five_wrong_ones(knock):
    assert [knock("wrong") for _ in range(5)] == [knock.wrong] * 5
    assert knock(PASSWORD) == knock.wait
    assert knock(PASSWORD, REMOTE_ADDR="192.0.2.7") == knock.right, "elsewhere the owner is not locked out"
    assert knock(PASSWORD) == knock.wait, "what came from elsewhere begins nothing anew here"
    SignInTry.objects.update(since=timezone.now() - TRIES_ARE_KEPT)
    assert knock(PASSWORD) == knock.right


def test_at_every_door_only_the_right_password_begins_the_count_anew(knock):
    assert [knock("wrong") for _ in range(4)] == [knock.wrong] * 4
    assert knock(PASSWORD) == knock.right
    typed = ["wrong", "wrong", "", "wrong", "wrong", "", "wrong"]
    assert [knock(password)[1] for password in typed] == [False] * 7, "nothing typed counts as nothing"
    assert knock(PASSWORD) == knock.wait


def test_at_every_door_an_address_has_a_limit_of_its_own(knock, monkeypatch):
    monkeypatch.setattr("annotations.services.people.TRIES_FROM_AN_ADDRESS", 4)
    for number in range(3):
        count_wrong_try(username=f"name{number}", address="127.0.0.1")
    assert knock("wrong") == knock.wrong
    assert knock(PASSWORD) == knock.wait


def test_an_open_session_tries_no_password_that_signing_in_would_not(at, known):
    change = {"new_password1": "another password that is long", "new_password2": "another password that is long"}
    browser = at(known)
    for number in range(5):
        browser.post("/password/change/", {"old_password": f"guess {number}", **change})
    assert browser.post("/password/change/", {"old_password": PASSWORD, **change}).status_code == 429
    assert tried(at(None), "KIM", PASSWORD).status_code == 429, "the doors count together"
    known.refresh_from_db()
    assert known.check_password(PASSWORD)
