"""What the benchmarks share: timing a call many times, and printing figures beside what they are meant to reach."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.template.base import Template
from django.test.utils import CaptureQueriesContext, _TestState

NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def milliseconds(call: Callable[[], Any], times: int = 200, warm_up: int = 10) -> list[float]:
    """How long each of `times` calls took."""
    took = []
    with templates_as_served():
        for _ in range(warm_up):
            call()
        for _ in range(times):
            begun = time.perf_counter()
            call()
            took.append((time.perf_counter() - begun) * 1_000)
    return sorted(took)


@contextmanager
def templates_as_served() -> Iterator[None]:
    """Without what the test environment adds: a copy of its whole context for every template, a fifth of a page."""
    with patch.object(Template, "_render", _TestState.saved_data.template_render):  # type: ignore[attr-defined]
        yield


def statements(call: Callable[[], Any]) -> int:
    """How many statements one call sends, begin and commit left out."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not query["sql"].startswith(NOT_COUNTED) for query in captured)


def show(name: str, took: list[float], sent: int, aim: str) -> None:
    p50, p95 = statistics.median(took), took[int(len(took) * 0.95) - 1]
    print(f"{connection.vendor:10} {name:46} p50 {p50:7.2f} ms   p95 {p95:7.2f} ms   {sent:3} statements   {aim}")
