"""Runs the tests in three parts and says plainly what passed, what failed and what could not be run.

    python -m tests.run [sqlite] [postgres] [browser] [bench] [-- arguments for pytest]

`sqlite`: everything but the browser, core included. `postgres`: everything with a database again. `browser`: Chromium
on SQLite, and the stories marked `postgres` on PostgreSQL. A part that lacks its program is reported, not failed,
unless REQUIRE_ALL is set. All parts share one scratch folder, and with it a database that is made once. What is
marked `one_engine` is not asked again on PostgreSQL; pyproject.toml says what may be marked so.

What fails in the browser is asked once more, alone, and the last lines say so: two cores full of browsers are slow at
times, but a test that needs its second try is a defect all the same.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack

from tests.provide import Missing, postgres_server, provide_chromium

PROCESSES = str(min(max(2, os.cpu_count() or 2), 8))
SPREAD = ["-n", PROCESSES, "--dist", "worksteal"]  # whoever has nothing left takes from those who have most
NO_BROWSER = ["-p", "no:playwright", "--ignore=tests/browser"]
ONCE, AGAIN = "not browser and not benchmark", "not browser and not benchmark and not one_engine"
NO_DATABASE = [f"--ignore=tests/{folder}" for folder in ("core", "house", "static", "templatetags")]
PASSED, FAILED, NOT_RUN = "passed", "FAILED", "NOT RUN"
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"  # with it every process of the run compiles every library anew
SOME_FAILED, NO_TESTS = 1, 5  # pytest's exit codes

Outcome = tuple[str, str, str]  # what, passed or not, a word more


class Run:
    """One run: what was asked, the server that several parts share, and what came out."""

    def __init__(self, pytest_arguments: list[str], stack: ExitStack):
        self.pytest_arguments = pytest_arguments
        self.stack = stack
        self.postgres_url: str | None = None
        self.scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="workbench-tests-"))
        self.outcomes: list[Outcome] = []

    def part(
        self, name: str, arguments: list[str], needs: Callable[[], str | None], *, has_second_try: bool = False
    ) -> None:
        print(f"\n=== {name}", flush=True)
        try:
            url = needs()
        except Missing as missing:
            self.outcomes.append((name, NOT_RUN, str(missing)))
            return
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as cache:
            arguments = [*arguments, "-o", f"cache_dir={cache}"] if has_second_try else arguments
            code = self.pytest(arguments, url)
            note = ""
            if code == SOME_FAILED and has_second_try:
                print(f"\n=== {name}: what failed, once more and alone", flush=True)
                code = self.pytest([*arguments, "--last-failed", "-n", "0"], url)
                note = ", after a SECOND TRY of what failed first: see above"
        word = "no tests" if code == NO_TESTS else f"{time.monotonic() - began:.0f} s{note}"
        self.outcomes.append((name, PASSED if code in (0, NO_TESTS) else FAILED, word))

    def pytest(self, arguments: list[str], database_url: str | None) -> int:
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", UNCOMPILED)}
        environment["TEST_SCRATCH"] = self.scratch
        if UNCOMPILED in os.environ:
            environment["PYTHONPYCACHEPREFIX"] = f"{self.scratch}/compiled"
        if database_url:
            environment["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "pytest", "-q", *arguments, *self.pytest_arguments]
        return subprocess.run(command, env=environment).returncode

    def sqlite(self) -> None:
        return None

    def postgres(self) -> str:
        if self.postgres_url is None:
            self.postgres_url = self.stack.enter_context(postgres_server())
        return self.postgres_url

    def chromium(self) -> None:
        provide_chromium()

    def chromium_and_postgres(self) -> str:
        provide_chromium()
        return self.postgres()


def run_sqlite(run: Run) -> None:
    run.part("everything on SQLite", [*SPREAD, *NO_BROWSER, "-m", ONCE, "tests"], run.sqlite)


def run_postgres(run: Run) -> None:
    again = [*SPREAD, *NO_BROWSER, *NO_DATABASE, "-m", AGAIN, "tests"]
    run.part("the database again on PostgreSQL", again, run.postgres)


def run_browser(run: Run) -> None:
    everything, stories = [*SPREAD, "tests/browser"], ["-m", "postgres", "tests/browser"]
    run.part("the browser on SQLite", everything, run.chromium, has_second_try=True)
    run.part("a story in the browser on PostgreSQL", stories, run.chromium_and_postgres, has_second_try=True)


def run_bench(run: Run) -> None:
    measure = ["-s", "-p", "no:playwright", "-m", "benchmark", "tests/benchmarks"]
    os.environ["TEST_SYNCHRONOUS"] = "FULL"  # as people run it; the PostgreSQL server for tests never waits for a disk
    run.part("measured on SQLite", measure, run.sqlite)
    run.part("measured on PostgreSQL", measure, run.postgres)


PARTS = {"sqlite": run_sqlite, "postgres": run_postgres, "browser": run_browser, "bench": run_bench}


def main(arguments: list[str]) -> int:
    split = arguments.index("--") if "--" in arguments else len(arguments)
    wanted = arguments[:split] or ["sqlite", "postgres", "browser"]
    if unknown := [name for name in wanted if name not in PARTS]:
        sys.exit(f"Unknown part: {', '.join(unknown)}. There are {', '.join(PARTS)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server is stopped then too
    with ExitStack() as stack:
        run = Run(arguments[split + 1 :], stack)
        for name in wanted:
            PARTS[name](run)
    return report(run.outcomes)


def report(outcomes: list[Outcome]) -> int:
    print("\n=== In short")
    for name, outcome, word in outcomes:
        print(f"{outcome:8} {name} ({word})")
    bad = {FAILED, NOT_RUN} if os.environ.get("REQUIRE_ALL") else {FAILED}
    return 1 if any(outcome in bad for _, outcome, _ in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
