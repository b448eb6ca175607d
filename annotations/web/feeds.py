"""The public feed of a project, as Atom: what was published and what was corrected, the newest first.

Every address in it begins with BASE_URL, never with what a request calls the host.
"""

import re
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.core.errors import NotFound
from annotations.models import Correction, Project
from annotations.queries import reports as queries
from annotations.templatetags.reports import correction_kind

MOST = 50
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these


def in_xml(words: str) -> str:
    """Words for a feed. Texts may hold any character, and one that XML has not would end the whole feed."""
    return NOT_IN_XML.sub("\ufffd", words)


class Entry(NamedTuple):
    title: str
    words: str
    address: str
    at: datetime


class ReportFeed(Feed[Entry, Project]):
    """Reports by edition, and corrections."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Project:
        project = queries.public_project(slug)
        if project is None:
            raise NotFound("There is nothing here.")
        return project

    def title(self, project: Project) -> str:
        return in_xml(_("{project}: reports and corrections").format(project=project.name))

    def link(self, project: Project) -> str:
        return settings.BASE_URL + reverse("web:public_reports", args=[project.slug])

    def feed_url(self, project: Project) -> str:
        return settings.BASE_URL + reverse("web:report_feed", args=[project.slug])

    def author_name(self, project: Project) -> str:
        return in_xml(project.name)

    def items(self, project: Project) -> list[Entry]:
        reports = map(reported, queries.reports_of(project, MOST))
        corrections = map(corrected, queries.corrections_of(project, MOST))
        return sorted(chain(reports, corrections), key=lambda entry: entry.at, reverse=True)[:MOST]

    def item_title(self, entry: Entry) -> str:
        return in_xml(entry.title)

    def item_description(self, entry: Entry) -> str:
        return in_xml(entry.words)

    def item_link(self, entry: Entry) -> str:
        return entry.address

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.at

    def item_pubdate(self, entry: Entry) -> datetime:
        return entry.at


def reported(one: queries.Listed) -> Entry:
    address = settings.BASE_URL + reverse("web:report_edition", args=[one.report.slug, one.edition.number])
    return Entry(one.report.title, str(one.edition.content["question"]), address, one.edition.created_at)


def corrected(row: Correction) -> Entry:
    address = f"{settings.BASE_URL}{reverse('web:report', args=[row.report.slug])}#correction-{row.pk}"
    return Entry(f"{correction_kind(row.kind)}: {row.report.title}", row.why, address, row.created_at)


report_feed = login_not_required(require_safe(ReportFeed()))
