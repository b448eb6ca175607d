"""Long lists a page at a time, by key: a page begins behind the last row of the one before, whatever came meanwhile."""

from typing import Any

from annotations.queries.lookups import as_uuid
from annotations.web.requests import WebRequest

ROWS_A_PAGE = 50
LONGEST_SEARCH = 200


def page_of(request: WebRequest, rows: Any, size: int = ROWS_A_PAGE) -> tuple[list[Any], Any]:
    """The newest rows behind `?before=<id>`, and the id behind which the next page begins (None on the last)."""
    before = as_uuid(request.GET.get("before", ""))
    found = list((rows.filter(pk__lt=before) if before else rows).newest_first()[: size + 1])
    shown = found[:size]
    return shown, shown[-1].pk if len(found) > size else None


def known(word: str | None, choices: Any) -> str:
    """A filter's word, or nothing where it is none of those that there are."""
    return word if word and word in dict(choices) else ""


def words_of(request: WebRequest) -> str:
    """What a list is searched for; a null character, which one of the databases cannot even compare, finds nothing."""
    return request.GET.get("q", "").replace("\x00", "�").strip()[:LONGEST_SEARCH]


def kept(request: WebRequest, *names: str) -> str:
    """The filters of this list, for the address of its next page."""
    query = request.GET.copy()
    for name in list(query):
        if name not in names or not query[name]:
            del query[name]
    return query.urlencode()


def first_row(request: WebRequest) -> int:
    """Where a page begins in a list that is ordered by other things than time: `?start=`."""
    start = request.GET.get("start", "0")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 0
