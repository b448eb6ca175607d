"""Models outside: which hosts are asked, what they may answer, and what of it is taken. Against real small servers."""

import time

import pytest

from annotations.core.errors import Invalid, Refused
from annotations.services import outside
from annotations.services.recommenders import add_recommender
from annotations.services.suggestions import run_recommender
from tests.services.outside_servers import dripping, dripping_headers, endless, serving, silent, telling

pytestmark = pytest.mark.django_db
PHRASE = "Pure lies and slander"  # behind an emoji of several code points


@pytest.fixture
def server(settings):
    """The one server that the operator allows; tests fill in `answers`."""
    with serving({}) as running:
        settings.RECOMMENDER_HOSTS = [running.name]
        yield running


@pytest.fixture
def made(people, project, labels, server):
    """made(kind): a recommender at the server."""

    def make(kind="http", path="/suggest", **options):
        url = f"http://{server.name}{path if kind == 'http' else ''}"
        return add_recommender(by=people.max, project=project, kind=kind, name=kind, url=url, options=options)

    return make


@pytest.fixture
def ask(people, article):
    return lambda recommender: run_recommender(by=people.ana, article=article, recommender=recommender)


def said_of(article, phrase=PHRASE, **more):
    start = article.revision.text.index(phrase)
    return {"segments": [[start, start + len(phrase)]], "quote": phrase, "label": "denial", **more}


def refusal(ask, recommender):
    with pytest.raises(Invalid) as caught:
        ask(recommender)
    return caught.value.message


# -- our own protocol -------------------------------------------------------------------------------------------------


def test_proposals_come_with_score_reason_and_version(ask, made, server, article):
    server.answers["/suggest"] = telling(
        {"proposals": [said_of(article, score=0.75, why="denies", attributes={"kind": "x"})], "version": "v7"}
    )
    found = ask(made())
    assert [(one.label_key, one.score, one.why, dict(one.attributes)) for one in found] == [
        ("denial", 0.75, "denies", {"kind": "x"})
    ]
    assert (found.made_with, found.refused) == ("v7", ())


def test_model_is_told_the_text_its_hash_and_the_labels(ask, made, server, article):
    server.answers["/suggest"] = telling({"proposals": []})
    ask(made())
    path, headers, body = server.heard[0]
    assert (path, headers["Host"], "Authorization" in headers) == ("/suggest", server.name, False)
    assert body["text"] == article.revision.text
    assert body["revision"] == {"number": 1, "sha256": article.revision.sha256}
    assert {"key": "denial", "name": "Denial", "description": ""} in body["labels"]
    assert body["article"] == {"id": str(article.pk), "title": article.title}


def test_lies_about_offsets_are_left_out_counted_and_told(ask, made, server, article):
    good, units = said_of(article), said_of(article)
    units["segments"] = [[start + 5, end + 5] for start, end in units["segments"]]
    strange = [
        units, said_of(article) | {"quote": "something else"}, said_of(article) | {"label": "nothing"},
        said_of(article) | {"segments": [[0, 9_999]]}, said_of(article) | {"segments": [[True, 2]]},
        said_of(article) | {"segments": [[5, 5]]}, said_of(article) | {"segments": []}, "no object", None,
    ]  # fmt: skip
    server.answers["/suggest"] = telling({"proposals": [good, *strange]})
    found = ask(made())
    assert len(found) == 1
    told = " ".join(found.refused)
    assert "2 of 10 proposals do not quote the text" in told
    assert "1 of 10 proposals have a label that is none of this project" in told
    assert "something else" not in told


def test_score_that_is_no_probability_is_left_away(ask, made, server, article):
    scores = (7, "high", True, None)
    server.answers["/suggest"] = telling({"proposals": [said_of(article, score=score) for score in scores]})
    assert {one.score for one in ask(made())} == {None}


@pytest.mark.parametrize("answer", [[], {}, {"proposals": {}}, "proposals", None])
def test_answer_of_another_form_is_refused(ask, made, server, answer):
    server.answers["/suggest"] = telling(answer)
    assert "form that the protocol asks for" in refusal(ask, made())


# -- bad servers ------------------------------------------------------------------------------------------------------

SECRET_WORDS = b"<h1>remote words</h1>"
BAD = {
    "not JSON": (telling(SECRET_WORDS), "JSON"),
    "a page": (telling(SECRET_WORDS, Content_Type="text/html"), "JSON"),
    "another encoding": (telling(b'{"proposals": []}', Content_Encoding="gzip"), "JSON"),
    "deep": (telling(b"[" * 100_000), "JSON"),
    "no UTF-8": (telling(b'{"proposals": "\xff"}'), "JSON"),
    "an error": (telling(SECRET_WORDS, status=500), "status 500"),
    "elsewhere": (telling({}, status=302, Location="http://169.254.169.254/latest/"), "sends elsewhere"),
    "endless": (endless, "more than 5 MiB"),
    "silent": (silent, "in time"),
    "dripping": (dripping, "in time"),
    "dripping headers": (dripping_headers, "in time"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_answer_is_refused_in_our_words_and_in_time(ask, made, server, name):
    server.answers["/suggest"], sentence = BAD[name]
    token = outside.seconds_in_all.set(0.5)
    begun = time.monotonic()
    try:
        words = refusal(ask, made())
    finally:
        outside.seconds_in_all.reset(token)
    assert sentence in words
    assert "remote" not in words
    assert time.monotonic() - begun < 4
    assert len(server.heard) == 1


def test_server_that_is_gone_is_named(ask, made, server):
    server.shutdown()
    server.server_close()
    assert "could not be reached" in refusal(ask, made())


# -- which hosts ------------------------------------------------------------------------------------------------------


def test_nobody_is_asked_whom_the_operator_did_not_name(ask, made, server, settings):
    recommender = made()
    settings.RECOMMENDER_HOSTS = []
    assert f"RECOMMENDER_HOSTS={server.name}" in refusal(ask, recommender)
    assert server.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:{port}/",  # the same machine by another name is another name
        "http://127.0.0.1:1/",
        "http://0x7f000001:{port}/",
        "http://2130706433:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://169.254.169.254/",
        "https://127.0.0.1:1{port}/",
        "http://user@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}@example.org/",
        "ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "http://",
        "",
    ],
)
def test_other_spellings_of_hosts_are_refused(server, url):
    with pytest.raises(Invalid):
        outside.place_in(url.replace("{port}", server.name.partition(":")[2]))
    assert server.heard == []


def test_allowed_name_that_leads_to_a_link_local_address_is_refused(settings):
    settings.RECOMMENDER_HOSTS = ["169.254.169.254:80"]
    with pytest.raises(Invalid, match="no machine's of its own"):
        outside.ask("GET", outside.place_in("http://169.254.169.254/"))


def test_line_ends_in_an_address_write_no_header(settings):
    settings.RECOMMENDER_HOSTS = ["127.0.0.1:80"]
    with pytest.raises(Invalid):
        outside.place_in("http://127.0.0.1:80/a\x7f b")


def test_proxy_of_the_environment_is_not_asked(ask, made, server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.answers["/suggest"] = telling({"proposals": []})
    assert ask(made()) == []


def test_token_of_a_host_goes_to_that_host_alone(ask, made, server, settings):
    name = server.name.upper().replace(".", "_").replace(":", "_")
    settings.RECOMMENDER_TOKENS = {name: "s3cret", "OTHER_80": "not this one"}
    server.answers["/suggest"] = telling({"proposals": []})
    ask(made())
    assert server.heard[0][1]["Authorization"] == "Bearer s3cret"


# -- Label Studio -----------------------------------------------------------------------------------------------------


def region(text, phrase, start, *, quoted=True, label="Denial", **more):
    value = {"start": start, "end": start + len(phrase), "labels": [label]} | ({"text": phrase} if quoted else {})
    return {"from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def test_backend_is_asked_in_the_words_of_label_studio(ask, made, server, article):
    server.answers["/predict"] = telling({"results": []})
    ask(made("label_studio", labels={"PER": "source"}))
    path, _, body = server.heard[0]
    assert path == "/predict"
    assert body["tasks"] == [{"id": 1, "data": {"text": article.revision.text}}]
    assert '<Label value="PER"/>' in body["label_config"]
    assert '<Label value="Denial"/>' in body["label_config"]


def test_offsets_in_either_unit_are_understood_by_their_quote(ask, made, server, article):
    text = article.revision.text
    start = text.index(PHRASE)
    units = len(text[:start].encode("utf-16-le")) // 2
    assert units == start + 3  # a family of three
    answers = [region(text, PHRASE, start, score=0.5), region(text, PHRASE, units)]
    server.answers["/predict"] = telling(
        {"results": [{"result": answers, "score": 0.25, "model_version": "m1"}], "model_version": "m2"}
    )
    found = ask(made("label_studio"))
    assert [(one.segments, one.score) for one in found] == [
        (((start, start + len(PHRASE)),), 0.5), (((start, start + len(PHRASE)),), 0.25)
    ]  # fmt: skip
    assert found.made_with == "m2"


def test_region_without_a_quote_is_taken_only_where_units_do_not_matter(ask, made, server, article):
    text = article.revision.text
    later = "Both sides"
    regions = [region(text, "Reuters", 0, quoted=False), region(text, later, text.index(later), quoted=False)]
    server.answers["/predict"] = telling({"results": [[{"result": regions}]]})
    found = ask(made("label_studio"))
    assert [one.segments for one in found] == [((0, 7),)]
    assert "could stand at two places" in found.refused[0]


def test_regions_that_are_no_spans_are_left_out(ask, made, server, article):
    strange = [{"type": "choices", "value": {"choices": ["x"]}}, None, {"value": {"labels": ["Denial"]}}]
    server.answers["/predict"] = telling({"results": [{"result": strange}]})
    found = ask(made("label_studio"))
    assert (found, len(found.refused)) == ([], 2)


# -- testing a connection ---------------------------------------------------------------------------------------------


def test_connection_is_tested_without_a_word_of_the_project(people, made, server, article):
    server.answers["/suggest"] = telling({"proposals": [], "version": "v1 <b>"})
    words = outside.test_recommender(by=people.max, recommender=made())
    assert words == f"{server.name} answers as it should, version v1 b."
    assert article.revision.text not in str(server.heard)


def test_backend_is_tested_by_its_health_and_set_up(people, made, server):
    recommender = made("label_studio")
    server.answers |= {"/health": telling({"status": "UP"}), "/setup": telling({"model_version": "m3"})}
    assert outside.test_recommender(by=people.max, recommender=recommender).endswith("is up, version m3.")
    assert server.heard[1][2]["access_token"] == ""
    server.answers["/health"] = telling({"status": "DOWN"})
    with pytest.raises(Invalid, match="does not say that it is up"):
        outside.test_recommender(by=people.max, recommender=recommender)


def test_only_managers_test_and_only_what_is_outside(people, project, made, labels):
    with pytest.raises(Refused, match="manager"):
        outside.test_recommender(by=people.ida, recommender=made())
    inside = add_recommender(by=people.max, project=project, kind="cues")
    with pytest.raises(Invalid, match="Only a recommender outside"):
        outside.test_recommender(by=people.max, recommender=inside)
