"""What axe finds on a page, asked the same way by every test. Injected once a document; its half a megabyte is felt.

What depends on colours alone is all that a dark look can change: a test that has asked everything in light asks there
`only_colours`. Style sheets are not read a second time, as only experimental rules would look at them.
"""

from axe_playwright_python.base import AXE_SCRIPT

COLOURS = ["color-contrast", "link-in-text-block"]
RUN = "(options) => axe.run(options).then(({ violations }) => violations)"
OPTIONS = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}


def found_by_axe(page, *, only_colours=False):
    """The violations, as axe tells them."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    chosen = {"runOnly": {"type": "rule", "values": COLOURS}} if only_colours else {}
    return page.evaluate(RUN, OPTIONS | chosen)
