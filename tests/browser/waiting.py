"""Waiting until something holds in a page. Playwright's own way polls by eval, which the content policy refuses."""

import time

PAUSE_SECONDS = 0.05


def until(page, question, seconds=20):
    """Ask again and again until the answer is true; fails with the question when it never was."""
    end = time.monotonic() + seconds
    while not page.evaluate(question):
        assert time.monotonic() < end, f"never held: {question}"
        time.sleep(PAUSE_SECONDS)
