"""A project's guidelines: Markdown as HTML, cleaned, so that whoever may write them cannot write a script."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del",
    "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}}
# No pictures: the content policy refuses foreign ones. No HTML in the Markdown: it is shown as what was typed.
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def as_html(written: str) -> SafeString:
    """The guidelines for a page; empty for none. Headings begin one level down, the page has its own first."""
    html = _markdown.render(written).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above
