"""What the tests of the annotate screen read back from it."""

import json

DRAFT = """() => [...(CSS.highlights.get('draft') ?? [])].map((range) => {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.toString();
}).join('|')"""
PAINTED = """(names) => names.flatMap((name) => [...CSS.highlights.get(name)]).map((range) => {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.toString();
})"""
SELECT = """([start, end]) => import('/static/annotations/js/offsets.js').then(({ ArticleText }) => {
  const article = new ArticleText(document.querySelector('[data-article-text]'));
  const from = article.boundary(start);
  const to = article.boundary(end, true);
  getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
})"""


def draft(page):
    """The words that are being marked."""
    return page.evaluate(DRAFT)


def painted(page, name):
    """The words of a layer; `focus` has one for each colour."""
    return page.evaluate(PAINTED, [f"focus-{slot}" for slot in range(1, 7)] if name == "focus" else [name])


def select(page, start, end):
    """What a mouse or a finger would have selected; [start, end) in code points."""
    page.evaluate(SELECT, [start, end])


def posted(harness, page, count=1):
    """The marks that reached the server: (segments, quote, label)."""
    for _ in range(100):
        if len(harness.posts) >= count:
            break
        page.wait_for_timeout(30)
    return [(json.loads(p.fields["segments"]), json.loads(p.fields["quote"]), p.fields["label"]) for p in harness.posts]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
