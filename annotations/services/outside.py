"""Asking models outside: only at hosts that the operator named, within limits of time and size, and as JSON alone.

A name is looked up once and that very address is connected to; no proxy of the environment, no redirect and no packed
answer is taken. Refusals are in our own words: nothing of an answer, an address looked up or a token stands in them.
What an answer says is read by `core.outside`; the connection is that of `services.fetching`.
"""

import ipaddress
import re
import socket
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
import orjson
from django.conf import settings

from annotations.core.errors import Invalid, Refused
from annotations.core.json_text import parse_json
from annotations.core.outside import keys_by_word, label_config, read_answer, read_predictions
from annotations.core.recommending import Proposals
from annotations.core.sentences import say
from annotations.models import Article, Label, Person, Recommender, Revision
from annotations.policies.recommenders import may_test_recommender
from annotations.services.fetching import LookedUp

SECONDS_TO_CONNECT = 3.0
SECONDS_IN_A_REQUEST, SECONDS_IN_A_JOB = 10.0, 45.0  # in all; a job has to give a sign of life now and then
LARGEST_ANSWER_BYTES = 5 * 1024 * 1024
TEST_TEXT = "A test of the connection."

seconds_in_all: ContextVar[float] = ContextVar("seconds_in_all", default=SECONDS_IN_A_REQUEST)


@dataclass(frozen=True, slots=True)
class Place:
    """An address outside that may be asked, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def name(self) -> str:
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def token(self) -> str:
        """The secret that goes to this host and to no other: RECOMMENDER_TOKEN_<HOST>_<PORT> of the environment."""
        name = re.sub(r"[^A-Z0-9]+", "_", self.name.upper()).strip("_")
        found: str = settings.RECOMMENDER_TOKENS.get(name, "")
        return found

    def below(self, word: str) -> "Place":
        return Place(self.scheme, self.host, self.port, f"{self.path.partition('?')[0].rstrip('/')}/{word}")


def place_in(url: str) -> Place:
    """The place that an address names. Raises Invalid unless the operator allows it."""
    try:
        parts = urlsplit(url)
        port = {"http": 80, "https": 443}[parts.scheme]
        port = parts.port or port
    except (ValueError, KeyError):
        parts, port = None, 0
    if parts is None or not parts.hostname or "@" in parts.netloc:
        raise wrong(say("The address of a model begins with http:// or https:// and names a host."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    place = Place(parts.scheme, parts.hostname.lower(), port, path)
    if place.name not in {host.strip().lower() for host in settings.RECOMMENDER_HOSTS}:
        raise wrong(
            say("{host} may not be asked. The operator allows it with RECOMMENDER_HOSTS={host}.", host=place.name)
        )
    if not (path.isascii() and path.isprintable() and " " not in path):
        raise wrong(say("The address of a model holds characters that belong percent-encoded."))
    return place


def wrong(sentence: str) -> Invalid:
    return Invalid.field("url", sentence)


# -- one request ------------------------------------------------------------------------------------------------------


def address_of(place: Place) -> str:
    """The address that the name has now. Raises Invalid for none, and for one that is no single machine's."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        address = str(found[0][4][0])
    except (OSError, UnicodeError, IndexError) as error:
        raise wrong(say("There is no machine called {host}.", host=place.host)) from error
    known = ipaddress.ip_address(address.partition("%")[0])
    if known.is_link_local or known.is_multicast or known.is_unspecified:
        raise wrong(say("{host} may not be asked: its address is no machine's of its own.", host=place.name))
    return address


def ask(method: str, place: Place, body: Any = None) -> Any:
    """The answer as JSON. Raises Invalid, in our own words, for whatever else comes, or does not."""
    deadline = time.monotonic() + seconds_in_all.get()
    headers: dict[bytes | str, bytes | str] = {
        "Host": place.name,
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    content = b"" if body is None else orjson.dumps(body)
    if body is not None:
        headers["Content-Type"] = "application/json"
    if token := place.token:
        headers["Authorization"] = token if " " in token else f"Bearer {token}"
    url = httpcore.URL(
        scheme=place.scheme.encode(), host=place.host.encode("idna"), port=place.port, target=place.path.encode()
    )
    network = LookedUp(address_of(place), deadline, SECONDS_TO_CONNECT)
    try:
        with (
            httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
            pool.stream(method, url, headers=headers, content=content) as response,
        ):
            return parse_json(answer_in(response, place).decode("utf-8-sig"))
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise wrong(say("{host} did not answer in time.", host=place.name)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise wrong(say("{host} could not be reached, or does not speak HTTP.", host=place.name)) from error
    except (UnicodeDecodeError, ValueError) as error:
        raise wrong(say("{host} did not answer in JSON.", host=place.name)) from error
    except Invalid as error:
        raise (
            error if "url" in error.errors else wrong(say("{host} did not answer in JSON.", host=place.name))
        ) from error


def answer_in(response: httpcore.Response, place: Place) -> bytes:
    """The bytes of an answer that may be read. Raises Invalid."""
    headers = {name.lower(): value for name, value in response.headers}
    if 300 <= response.status < 400:
        raise wrong(say("{host} sends elsewhere; that is not followed.", host=place.name))
    if not 200 <= response.status < 300:
        raise wrong(say("{host} answered with the status {status}.", host=place.name, status=response.status))
    media_type = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if media_type != b"application/json" or headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise wrong(say("{host} did not answer in JSON.", host=place.name))
    pieces, size = [], 0
    for piece in response.iter_stream():
        size += len(piece)
        if size > LARGEST_ANSWER_BYTES:
            most = LARGEST_ANSWER_BYTES // 1024 // 1024
            raise wrong(say("{host} answered with more than {most} MiB.", host=place.name, most=most))
        pieces.append(piece)
    return b"".join(pieces)


# -- the two protocols ------------------------------------------------------------------------------------------------


def labels_of(recommender: Recommender) -> list[dict[str, str]]:
    """The labels for spans that are in use, as they go out."""
    rows = Label.objects.filter(project=recommender.project, kind="span", retired=False).order_by("order", "id")
    named = rows.values_list("key", "name", "description")
    return [{"key": key, "name": name, "description": words} for key, name, words in named]


def chosen_words(recommender: Recommender) -> dict[str, str]:
    """What labels are called outside, to their keys here."""
    found: dict[str, str] = recommender.options.get("labels", {})
    return found


def run_http(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> Proposals:
    """Ask a model that speaks our own protocol. Raises Invalid."""
    labels = labels_of(recommender)
    body = {
        "text": revision.text,
        "language": article.language,
        "labels": labels,
        "article": {"id": str(article.pk), "title": article.title},
        "revision": {"number": revision.number, "sha256": revision.sha256},
    }
    answer = ask("POST", place_in(recommender.url), body)
    return read_answer(answer, revision.text, keys_by_word(labels, chosen_words(recommender)))


def run_label_studio(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> Proposals:
    """Ask a Label Studio ML backend. Raises Invalid."""
    labels = labels_of(recommender)
    body = {
        "tasks": [{"id": 1, "data": {"text": revision.text}}],
        "project": project_of(recommender),
        "label_config": config_of(recommender, labels),
        "params": {"login": None, "password": None, "context": None},
    }
    answer = ask("POST", place_in(recommender.url).below("predict"), body)
    return read_predictions(answer, revision.text, keys_by_word(labels, chosen_words(recommender)))


def project_of(recommender: Recommender) -> str:
    """The name under which a backend keeps what belongs to this project: an id, a point, a time."""
    return f"{recommender.project_id}.{int(recommender.project.created_at.timestamp())}"


def config_of(recommender: Recommender, labels: list[dict[str, str]]) -> str:
    return label_config(labels, {key: word for word, key in chosen_words(recommender).items()})


# -- is it there? -----------------------------------------------------------------------------------------------------


def test_recommender(*, by: Person, recommender: Recommender) -> str:
    """Ask whether it answers as it should; no text of the project is sent. A sentence. Raises Refused, Invalid."""
    if not (decision := may_test_recommender(by, recommender.project_id)):
        raise Refused(decision.reason)
    if recommender.kind == "label_studio":
        return test_label_studio(recommender)
    if recommender.kind != "http":
        raise Invalid.field("recommender", say("Only a recommender outside has a connection to test."))
    body = {
        "text": TEST_TEXT,
        "language": "en",
        "labels": labels_of(recommender),
        "article": {"id": "", "title": ""},
        "revision": {"number": 0, "sha256": ""},
    }
    place = place_in(recommender.url)
    found = read_answer(ask("POST", place, body), TEST_TEXT, keys_by_word(body["labels"], chosen_words(recommender)))  # type: ignore[arg-type]
    return say("{host} answers as it should, version {version}.", host=place.name, version=shown(found.made_with))


def test_label_studio(recommender: Recommender) -> str:
    place = place_in(recommender.url)
    health = ask("GET", place.below("health"))
    if not isinstance(health, dict) or health.get("status") != "UP":
        raise wrong(say("{host} answers, but does not say that it is up.", host=place.name))
    schema = config_of(recommender, labels_of(recommender))
    body = {
        "project": project_of(recommender),
        "schema": schema,
        "hostname": "",
        "access_token": "",
        "extra_params": {},
    }
    said = ask("POST", place.below("setup"), body)
    version = said.get("model_version") if isinstance(said, dict) else None
    return say("{host} is up, version {version}.", host=place.name, version=shown(version))


def shown(version: Any) -> str:
    """A version as one plain word; a model may call itself anything."""
    plain = re.sub(r"[^\w.+:-]+", " ", version)[:80].strip() if isinstance(version, str) else ""
    return plain or "not said"
