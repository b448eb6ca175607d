"""The forms of articles: a new one by paste, and what is known about one.

A text that has to stay byte for byte comes as a file, because a browser changes the line ends of what is pasted.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.models import Article
from annotations.models.articles import BASES
from annotations.web.fields import Choice, Line, Text, WriteForm, blank_first

LINE_ENDS = _(
    "A browser writes every line end of a pasted text the same way (LF). Where the text has to stay exactly as it is, "
    "bring it as a file instead."
)
DATE_HELP = _("YYYY, YYYY-MM or YYYY-MM-DD: as much as is known.")


class AboutForm(WriteForm):
    """What is known about an article. Its text is not in here: it never changes."""

    called = "about"

    title = Line(_("Title"), required=True)
    outlet = Line(_("Outlet"))
    url = Line(_("Address"), kind="url", attrs={"placeholder": "https://"})
    byline = Line(_("Byline"))
    published_on = Line(_("Date"), help_text=DATE_HELP)
    published_basis = Choice(_("Basis of the date"), blank_first(BASES))
    language = Line(_("Language"), help_text=_("A tag such as en, fa or ar."))
    note = Text(_("Note"), rows=2)
    external_id = Line(_("External id"), help_text=_("Its name in another system; unique in the project."))

    @classmethod
    def initial_of(cls, article: Article) -> dict[str, Any]:
        return {name: getattr(article, name) for name in cls.base_fields}


class ArticleForm(AboutForm):
    """A new article by paste."""

    called = "article"

    text = Text(_("Text"), required=True, rows=12, help_text=LINE_ENDS)
    field_order = ["title", "text", "outlet", "published_on", "published_basis", "byline", "url", "language"]
