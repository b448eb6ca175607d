"""The laptop and the network of somebody less lucky, on request: what is only quick enough by chance then fails.

SLOW_BROWSER=6 lets every page think six times longer; SLOW_SERVER=0.4 lets every answer but static files come so many
seconds later. Together they show what a key meets that is pressed before the page is ready for it.
"""

import os
import time

from django.core.handlers.wsgi import WSGIHandler

BROWSER_RATE = float(os.environ.get("SLOW_BROWSER") or 1)
ANSWER_SECONDS = float(os.environ.get("SLOW_SERVER") or 0)


def slow_down(page):
    """A handler for a context's "page": none of its pages is spared."""
    if BROWSER_RATE > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": BROWSER_RATE})


def answer_late():
    time.sleep(ANSWER_SECONDS)


class LateHandler(WSGIHandler):
    """What Django's live server runs beneath the one for static files."""

    def __call__(self, environ, start_response):
        answer_late()
        return super().__call__(environ, start_response)
