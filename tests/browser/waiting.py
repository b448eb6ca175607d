"""Waiting until something holds in a page. Playwright's own way polls by eval, which the content policy refuses."""

import time

PAUSE_SECONDS = 0.05
FRAMES = "async () => { for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame); }"


def until(page, question, seconds=20):
    """Ask again and again until the answer is true; fails with the question when it never was."""
    end = time.monotonic() + seconds
    while not page.evaluate(question):
        assert time.monotonic() < end, f"never held: {question}"
        time.sleep(PAUSE_SECONDS)


def laid_out(page):
    """What follows a change of the page's size or place, frame by frame, has begun."""
    page.evaluate(FRAMES)


def until_it_is(wanted, read, seconds=20):
    """Read again and again until it is what is wanted; fails with what it was instead."""
    end = time.monotonic() + seconds
    while (found := read()) != wanted and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)
    assert found == wanted
